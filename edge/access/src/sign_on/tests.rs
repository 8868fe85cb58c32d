//! A provider of software: it signs what it is told to, and with what.

use super::*;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use serde_json::{Value, json};
use shared::Millis;
use shared::sign_on::GroupRole;

const ISSUER: &str = "https://login.shop.example";
const NOW_S: i64 = 1_795_000_000;

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn ec() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()
}

fn ed() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[9; 32])
}

fn keys() -> Keys {
    let point = ec().verifying_key().to_encoded_point(false);
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let set = json!({"keys": [
        {"kty": "EC", "crv": "P-256", "kid": "ec", "use": "sig", "x": text(point.x().unwrap()), "y": text(point.y().unwrap())},
        {"kty": "OKP", "crv": "Ed25519", "kid": "ed", "x": text(ed().verifying_key().as_bytes())},
        {"kty": "unheard of", "kid": "new"},
        {"kty": "RSA", "kid": "enc", "use": "enc", "n": text(&[0xff; 256]), "e": "AQAB"},
    ]});
    Keys::read(&set.to_string()).unwrap()
}

fn signed(header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", part(header), part(claims));
    let signature = match header["alg"].as_str() {
        Some("ES256") => {
            let signature: p256::ecdsa::Signature = ec().sign(message.as_bytes());
            signature.to_bytes().to_vec()
        }
        Some("EdDSA") => ed().sign(message.as_bytes()).to_bytes().to_vec(),
        _ => Vec::new(),
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn ana() -> Value {
    json!({
        "iss": ISSUER, "aud": "ringback", "sub": "4711", "nonce": "n", "iat": NOW_S, "exp": NOW_S + 300,
        "email": "Ana@shop.example", "email_verified": true, "name": "Ana", "groups": ["support", "staff"]
    })
}

fn with(field: &str, value: Value) -> Value {
    let mut claims = ana();
    claims[field] = value;
    claims
}

fn check(token: &str) -> Result<Claims, Fault> {
    let expected = Expected {
        issuer: ISSUER,
        client_id: "ringback",
        nonce: "n",
        now: Millis(NOW_S * 1000),
    };
    verify(token, &keys(), &expected)
}

fn es256(claims: &Value) -> String {
    signed(&json!({"alg": "ES256", "kid": "ec"}), claims)
}

#[test]
fn what_the_company_signed_is_believed() {
    for header in [
        json!({"alg": "ES256", "kid": "ec"}),
        json!({"alg": "EdDSA", "kid": "ed"}),
        json!({"alg": "ES256"}),
    ] {
        let claims = check(&signed(&header, &ana())).unwrap();
        assert_eq!(claims.email.as_deref(), Some("Ana@shop.example"));
        assert_eq!(claims.groups, ["support", "staff"]);
        assert!(claims.email_verified && !claims.are_thin());
    }
    assert!(check(&es256(&with("aud", json!(["ringback"])))).is_ok());
}

/// A token that the `jose` package for JavaScript signed by RS256, and its key: other people's cryptography.
#[test]
fn a_token_of_another_library_by_rs256_is_believed() {
    let (set, token) = include_str!("rs256.txt").trim().split_once('\n').unwrap();
    let expected = Expected {
        issuer: ISSUER,
        client_id: "ringback",
        nonce: "n",
        now: Millis(NOW_S * 1000),
    };
    let keys = Keys::read(set).unwrap();
    assert_eq!(
        verify(token, &keys, &expected).unwrap().email.as_deref(),
        Some("ana@shop.example")
    );
    let (said, signature) = token.rsplit_once('.').unwrap();
    let other = format!("{said}.{}", signature.replacen('A', "B", 1));
    assert_eq!(verify(&other, &keys, &expected), Err(Fault::Signature));
    assert_eq!(verify(token, &Keys::default(), &expected), Err(Fault::Key));
}

#[test]
fn the_algorithm_is_not_the_tokens_choice() {
    for alg in ["none", "HS256", "HS384", "RS512", "PS256", "ES384", "nonsense"] {
        let token = signed(&json!({"alg": alg, "kid": "ec"}), &ana());
        assert_eq!(check(&token), Err(Fault::Algorithm), "{alg}");
    }
    // A key is good for its own family only, and keys for encryption sign nothing.
    for header in [
        json!({"alg": "ES256", "kid": "ed"}),
        json!({"alg": "RS256", "kid": "enc"}),
        json!({"alg": "RS256", "kid": "ec"}),
    ] {
        assert_eq!(check(&signed(&header, &ana())), Err(Fault::Key), "{header}");
    }
    assert_eq!(check("a.b.c"), Err(Fault::Algorithm));
    assert_eq!(check(""), Err(Fault::Algorithm));
}

#[test]
fn a_key_that_is_not_known_is_asked_for() {
    assert_eq!(
        check(&signed(&json!({"alg": "ES256", "kid": "next"}), &ana())),
        Err(Fault::Key)
    );
}

#[test]
fn it_is_from_this_issuer_for_this_client_and_this_sign_in() {
    for (field, value, fault) in [
        ("iss", json!("https://login.evil.example"), Fault::Signature),
        ("iss", Value::Null, Fault::Signature),
        ("aud", json!("another"), Fault::Signature),
        ("aud", json!(["ringback", "another"]), Fault::Signature),
        ("azp", json!("another"), Fault::Signature),
        ("sub", Value::Null, Fault::Signature),
        ("nonce", json!("m"), Fault::Nonce),
        ("nonce", Value::Null, Fault::Nonce),
        ("exp", json!(NOW_S - 61), Fault::Time),
        ("iat", json!(NOW_S + 61), Fault::Time),
        ("iat", json!(NOW_S - 661), Fault::Time),
    ] {
        assert_eq!(
            check(&es256(&with(field, value.clone()))),
            Err(fault),
            "{field} {value}"
        );
    }
    let mut several = with("aud", json!(["another", "ringback"]));
    several["azp"] = json!("ringback");
    assert!(check(&es256(&several)).is_ok());
    let (said, _) = es256(&ana())
        .rsplit_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let (_, signature) = es256(&with("sub", json!("1")))
        .rsplit_once('.')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!(check(&format!("{said}.{signature}")), Err(Fault::Signature));
}

fn setting() -> SignOn {
    SignOn {
        issuer: ISSUER.into(),
        client_id: "ringback".into(),
        scope: None,
        only: false,
        groups: vec![GroupRole {
            group: "support".into(),
            role: Role::Agent,
        }],
    }
}

fn olga() -> Member {
    Member {
        email: Email::parse("olga@shop.example").unwrap(),
        name: "Olga".into(),
        roles: vec![Role::Owner],
        agent: None,
    }
}

#[test]
fn members_come_in_and_groups_make_members_but_never_owners() {
    let claims = |email: &str, verified: bool, groups: &[&str]| Claims {
        sub: "1".into(),
        email: Some(email.into()),
        email_verified: verified,
        name: Some(" ".into()),
        groups: groups.iter().map(ToString::to_string).collect(),
    };
    let who = |claims: &Claims| person(claims, &[olga()], &setting());
    assert_eq!(
        who(&claims("Olga@shop.example", true, &[])),
        Ok(Person::Member(olga().email))
    );
    assert_eq!(who(&claims("olga@shop.example", false, &[])), Err(Fault::Email));
    assert_eq!(who(&claims("nonsense", true, &["support"])), Err(Fault::Email));
    assert_eq!(
        who(&claims("eve@shop.example", true, &["staff"])),
        Err(Fault::Stranger)
    );
    let Ok(Person::New(made)) = who(&claims("ben@shop.example", true, &["support"])) else {
        panic!("his group makes him one");
    };
    assert_eq!(
        (made.name.as_str(), made.roles.as_slice()),
        ("ben", &[Role::Agent][..])
    );
    let mut greedy = setting();
    greedy.groups[0].role = Role::Owner;
    assert_eq!(
        person(&claims("ben@shop.example", true, &["support"]), &[], &greedy),
        Err(Fault::Stranger)
    );
    assert_eq!(faults(&greedy)[0].field, "sign_on.groups[0].role");
    assert!(faults(&setting()).is_empty());
}

#[test]
fn a_thin_token_is_filled_from_where_the_provider_tells_who_it_is() {
    let mut thin = ana();
    for field in ["email", "email_verified"] {
        thin.as_object_mut().unwrap().remove(field);
    }
    let claims = check(&es256(&thin)).unwrap();
    assert!(claims.are_thin());
    let told = claims
        .told(
            r#"{"sub": "4711", "email": "ana@shop.example", "email_verified": "true", "groups": "support"}"#,
        )
        .unwrap();
    assert!(told.email_verified && told.groups == ["support"]);
    assert_eq!(
        claims.told(r#"{"sub": "4712", "email": "olga@shop.example", "email_verified": true}"#),
        Err(Fault::Token)
    );
}

#[test]
fn a_browser_is_sent_with_what_it_must_bring_back() {
    let text = json!({
        "issuer": ISSUER, "authorization_endpoint": "https://login.shop.example/auth?tenant=1",
        "token_endpoint": "https://login.shop.example/token", "jwks_uri": "https://login.shop.example/keys"
    });
    let provider = Provider::read(ISSUER, &text.to_string()).unwrap();
    assert_eq!(
        Provider::read("https://login.evil.example", &text.to_string()),
        Err(Fault::Provider)
    );
    let once = Once {
        state: "s&t",
        nonce: "n",
        // RFC 7636, appendix B.
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    };
    let address = provider.sign_in("ringback", "https://ringback.example/back", Some("groups"), &once);
    assert!(
        address
            .starts_with("https://login.shop.example/auth?tenant=1&response_type=code&client_id=ringback&")
    );
    for piece in [
        "state=s%26t",
        "nonce=n",
        "scope=openid+email+profile+groups",
        "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
    ] {
        assert!(address.contains(piece), "{address}");
    }
    let exchange = Exchange {
        client_id: "ring:back",
        secret: "s+cret",
        back: "https://ringback.example/back",
        code: "c",
        verifier: once.verifier,
    };
    let (headers, body) = provider.exchange(&exchange);
    let basic = format!(
        "Basic {}",
        base64::engine::general_purpose::STANDARD.encode("ring%3Aback:s%2Bcret")
    );
    assert!(headers.contains(&("authorization", basic)));
    assert!(!body.contains("secret") && body.contains("code_verifier=dBjft"));
}
