//! Tokens with which a business's server vouches for a customer: JWTs, signed with one of its secrets by HS256 and nothing else.

use access::signature;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use shared::customer::{Customer, Fact, Unproven};
use shared::secret::{Scope, Scopes};
use shared::{Millis, PhoneNumber, SiteId};
use std::collections::BTreeMap;

/// Seconds that a token may be good for.
const LONGEST_S: i64 = 3600;
/// Seconds that clocks may differ.
const LEEWAY_S: i64 = 60;
/// Characters of a token's id.
const MAX_JTI_CHARS: usize = 100;

/// A live secret of the business's: its name, itself, what it may be used for.
pub(crate) struct Secret {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) scopes: Scopes,
}

/// A token that is believed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    pub(crate) customer: Customer,
    /// The token's own id: it pays for one call at the most.
    pub(crate) jti: String,
    /// The secret that it was signed with.
    pub(crate) secret: String,
}

/// The registered claims (RFC 7519), those of OpenID Connect for name and number, and the business's own facts.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    iat: Option<i64>,
    jti: String,
    name: Option<String>,
    phone_number: Option<PhoneNumber>,
    #[serde(default)]
    facts: BTreeMap<String, Value>,
}

/// Checks a token at an instant.
pub(crate) fn verify(token: &str, secrets: &[Secret], site: &SiteId, now: Millis) -> Result<Proof, Unproven> {
    signature::install();
    let named = decode_header(token).map_err(|_| Unproven::Forged)?.kid;
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[site.as_str()]);
    rules.set_required_spec_claims(&["exp", "aud", "sub"]);
    // The time comes in as a value, and is compared below.
    rules.validate_exp = false;
    let (secret, claims) = secrets
        .iter()
        .filter(|secret| named.as_ref().is_none_or(|named| *named == secret.id))
        .find_map(|secret| {
            let key = DecodingKey::from_secret(secret.text.as_bytes());
            let read = decode::<Claims>(token, &key, &rules).ok()?;
            Some((secret, read.claims))
        })
        .ok_or(Unproven::Forged)?;
    let now_s = now.0.div_euclid(1000);
    let (oldest, latest) = (now_s - LEEWAY_S, now_s + LONGEST_S + LEEWAY_S);
    let too_long = |from: i64| claims.exp.saturating_sub(from) > LONGEST_S || from > now_s + LEEWAY_S;
    if claims.exp < oldest || claims.exp > latest || claims.iat.is_some_and(too_long) {
        return Err(Unproven::Expired);
    }
    if !secret.scopes.allow(Scope::Customers) {
        return Err(Unproven::NotAllowed);
    }
    let customer = Customer {
        id: Some(claims.sub),
        name: claims.name,
        phone: claims.phone_number,
        facts: claims.facts.into_iter().filter_map(fact).collect(),
    };
    let jti = claims.jti;
    let named = (1..=MAX_JTI_CHARS).contains(&jti.len()) && jti.bytes().all(|byte| byte.is_ascii_graphic());
    if !named || !customer.is_bounded() {
        return Err(Unproven::Forged);
    }
    Ok(Proof {
        customer,
        jti,
        secret: secret.id.clone(),
    })
}

/// A fact as text; `null` says nothing. Lists and objects are refused with the token, as too much.
fn fact((name, value): (String, Value)) -> Option<Fact> {
    let value = match value {
        Value::Null => return None,
        Value::String(text) => text,
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(_) | Value::Object(_) => String::new(),
    };
    Some(Fact { name, value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use hmac::{Hmac, Mac};
    use serde_json::json;
    use sha2::Sha256;

    const NOW: Millis = Millis(1_795_000_000_000);
    const NOW_S: i64 = 1_795_000_000;

    fn signed_as(header: &Value, claims: &Value, secret: &str) -> String {
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(message.as_bytes());
        format!(
            "{message}.{}",
            URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
        )
    }

    fn signed(claims: &Value) -> String {
        signed_as(&json!({"alg": "HS256", "typ": "JWT"}), claims, "old secret")
    }

    fn check(token: &str) -> Result<Proof, Unproven> {
        let secret = |id: &str, text: &str, scopes: &[Scope]| Secret {
            id: id.into(),
            text: text.into(),
            scopes: Scopes::of(scopes).unwrap(),
        };
        let live = [
            secret("key_1", "old secret", Scope::ALL),
            secret("key_2", "new secret", &[Scope::Customers]),
            secret("key_3", "server's secret", &[Scope::Bridges, Scope::Usage]),
        ];
        verify(token, &live, &SiteId::parse("meridian").unwrap(), NOW)
    }

    fn ada() -> Value {
        json!({
            "sub": "4711", "aud": "meridian", "jti": "t-1", "iat": NOW_S, "exp": NOW_S + 600,
            "name": "Ada", "phone_number": "+442079460001", "facts": {"Tier": "gold", "Orders": 3, "Boat": null}
        })
    }

    fn with(field: &str, value: Value) -> Value {
        let mut claims = ada();
        claims[field] = value;
        claims
    }

    #[test]
    fn what_the_business_signed_is_believed() {
        let proof = check(&signed(&ada())).unwrap();
        assert_eq!((proof.jti.as_str(), proof.secret.as_str()), ("t-1", "key_1"));
        assert_eq!(proof.customer.name.as_deref(), Some("Ada"));
        assert_eq!(proof.customer.phone.unwrap().as_str(), "+442079460001");
        let facts: Vec<(&str, &str)> = proof
            .customer
            .facts
            .iter()
            .map(|fact| (fact.name.as_str(), fact.value.as_str()))
            .collect();
        assert_eq!(facts, [("Orders", "3"), ("Tier", "gold")]);
        let next = signed_as(&json!({"alg": "HS256", "kid": "key_2"}), &ada(), "new secret");
        assert_eq!(check(&next).unwrap().secret, "key_2");
    }

    /// A secret for calls and usage makes nobody a customer; of a token that is not good anyway, that is not said.
    #[test]
    fn only_a_secret_for_customers_vouches_for_them() {
        let header = json!({"alg": "HS256"});
        let signed = |claims: &Value| signed_as(&header, claims, "server's secret");
        assert_eq!(check(&signed(&ada())), Err(Unproven::NotAllowed));
        assert_eq!(
            check(&signed(&with("exp", json!(NOW_S - 61)))),
            Err(Unproven::Expired)
        );
        assert_eq!(
            check(&signed(&with("aud", json!("other")))),
            Err(Unproven::Forged)
        );
    }

    #[test]
    fn the_algorithm_is_not_the_tokens_choice() {
        let none = json!({"alg": "none"});
        let bare = signed_as(&none, &ada(), "")
            .rsplit_once('.')
            .unwrap()
            .0
            .to_owned()
            + ".";
        for token in [
            bare,
            signed_as(&json!({"alg": "HS512"}), &ada(), "old secret"),
            signed_as(&json!({"alg": "RS256"}), &ada(), "old secret"),
            signed_as(&json!({"alg": "HS256"}), &ada(), "no secret of theirs"),
            signed_as(&json!({"alg": "HS256", "kid": "key_2"}), &ada(), "old secret"),
            signed(&ada()).replacen('.', ".e30", 1),
            "a.b.c".into(),
            String::new(),
        ] {
            assert_eq!(check(&token), Err(Unproven::Forged), "{token}");
        }
    }

    #[test]
    fn it_is_for_this_business_and_says_who_and_which() {
        for claims in [
            with("aud", json!("other")),
            with("aud", Value::Null),
            with("sub", json!("")),
            with("jti", Value::Null),
            with("jti", json!("")),
            with("jti", json!("a b")),
            with("phone_number", json!("020 7946 0001")),
            with("facts", json!({"Boat": {"berth": 7}})),
            with("facts", json!({"Boat": "x".repeat(300)})),
            with("facts", json!({"": "x"})),
        ] {
            assert_eq!(check(&signed(&claims)), Err(Unproven::Forged), "{claims}");
        }
        assert!(check(&signed(&with("aud", json!(["meridian", "other"])))).is_ok());
    }

    #[test]
    fn it_is_good_for_an_hour_at_the_most() {
        for claims in [
            with("exp", json!(NOW_S - 61)),
            with("exp", json!(NOW_S + 3601)),
            with("iat", json!(NOW_S + 61)),
            with("iat", json!(NOW_S - 3300)),
        ] {
            assert_eq!(check(&signed(&claims)), Err(Unproven::Expired), "{claims}");
        }
        assert!(
            check(&signed(&with("exp", json!(NOW_S - 30)))).is_ok(),
            "clocks differ"
        );
        let mut no_iat = with("exp", json!(NOW_S + 3 * 3600));
        no_iat.as_object_mut().unwrap().remove("iat");
        assert_eq!(check(&signed(&no_iat)), Err(Unproven::Expired));
        assert_eq!(check(&signed(&with("exp", Value::Null))), Err(Unproven::Forged));
    }
}
