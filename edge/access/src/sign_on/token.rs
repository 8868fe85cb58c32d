//! What a provider's tokens are believed (OpenID Connect Core 1.0, section 3.1.3.7).

use super::Fault;
use crate::signature;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;
use shared::Millis;

/// Algorithms that are taken. What a provider's settings say is not asked: a token signed with the client's secret, or not at all,
/// is none.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
/// Seconds that clocks may differ.
const LEEWAY_S: i64 = 60;
/// Seconds since a token was made: it comes straight from the provider.
const OLDEST_S: i64 = 10 * 60;

/// A provider's public keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<Jwk>);

impl Keys {
    /// Reads a key set; keys of kinds that we don't know are left out.
    ///
    /// # Errors
    /// [`Fault::Provider`] when it is none.
    pub fn read(text: &str) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let set: Set = serde_json::from_str(text).map_err(|_| Fault::Provider)?;
        let known = set
            .keys
            .into_iter()
            .filter_map(|key| serde_json::from_value(key).ok());
        Ok(Self(known.collect()))
    }

    /// The key that a token names, or the only one of its family.
    fn find(&self, kid: Option<&str>, family: AlgorithmFamily) -> Option<DecodingKey> {
        let signs = |key: &&Jwk| !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        let mut fitting = self
            .0
            .iter()
            .filter(signs)
            .filter(|key| kid.is_none() || key.common.key_id.as_deref() == kid)
            .filter_map(|key| DecodingKey::from_jwk(key).ok())
            .filter(|key| key.family() == family);
        let first = fitting.next();
        first.filter(|_| kid.is_some() || fitting.next().is_none())
    }
}

/// What a token has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Whose it is.
    pub issuer: &'a str,
    /// Whom it is for.
    pub client_id: &'a str,
    /// Of which sign-in.
    pub nonce: &'a str,
    /// When it is looked at.
    pub now: Millis,
}

/// What it says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who, by the provider's own name for them.
    pub sub: String,
    /// The address.
    pub email: Option<String>,
    /// The company knows that it is theirs.
    pub email_verified: bool,
    /// The name.
    pub name: Option<String>,
    /// Their groups.
    pub groups: Vec<String>,
}

#[derive(Deserialize)]
struct Registered {
    sub: String,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    azp: Option<String>,
    aud: Value,
    #[serde(flatten)]
    info: UserInfo,
}

/// Who somebody is, in a token or where the provider tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UserInfo {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: Value,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    groups: Value,
}

/// Checks a token.
///
/// # Errors
/// What stands against it; [`Fault::Key`] when the keys are to be asked for anew.
pub fn verify(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Claims, Fault> {
    signature::install();
    // An algorithm that the library does not know, `none` before all, can't even be read.
    let header = decode_header(token).map_err(|_| Fault::Algorithm)?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Fault::Algorithm);
    }
    let key = keys
        .find(header.kid.as_deref(), header.alg.family())
        .ok_or(Fault::Key)?;
    let mut rules = Validation::new(header.alg);
    rules.set_audience(&[expected.client_id]);
    rules.set_issuer(&[expected.issuer]);
    rules.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // The time comes in as a value, and is compared below.
    rules.validate_exp = false;
    let read = decode::<Registered>(token, &key, &rules)
        .map_err(|_| Fault::Signature)?
        .claims;
    // Whoever is named with others must be the one that it was made for.
    let several = read.aud.as_array().is_some_and(|all| all.len() > 1);
    if (several || read.azp.is_some()) && read.azp.as_deref() != Some(expected.client_id) {
        return Err(Fault::Signature);
    }
    if read.nonce.as_deref() != Some(expected.nonce) {
        return Err(Fault::Nonce);
    }
    let now_s = expected.now.0.div_euclid(1000);
    let (oldest, latest) = (now_s - OLDEST_S - LEEWAY_S, now_s + LEEWAY_S);
    if read.exp <= now_s - LEEWAY_S || !(oldest..=latest).contains(&read.iat) {
        return Err(Fault::Time);
    }
    Ok(read.info.of(read.sub))
}

impl UserInfo {
    fn of(self, sub: String) -> Claims {
        let groups = match self.groups {
            Value::String(one) => vec![one],
            Value::Array(all) => all
                .into_iter()
                .filter_map(|it| it.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        };
        Claims {
            sub,
            email: self.email,
            // Some say it as a word.
            email_verified: self.email_verified == true || self.email_verified == "true",
            name: self.name,
            groups,
        }
    }
}

impl Claims {
    /// Whether the provider has to be asked who it is.
    pub fn are_thin(&self) -> bool {
        self.email.is_none()
    }

    /// What the provider tells where it tells who somebody is, in the place of what the token says.
    ///
    /// # Errors
    /// [`Fault::Token`] when that is about somebody else.
    pub fn told(&self, text: &str) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Told {
            sub: String,
            #[serde(flatten)]
            info: UserInfo,
        }
        let told: Told = serde_json::from_str(text).map_err(|_| Fault::Provider)?;
        if told.sub != self.sub {
            return Err(Fault::Token);
        }
        Ok(told.info.of(told.sub))
    }
}
