//! Signatures of others, by the algorithms that passkeys and companies' sign-ins use: ES256, EdDSA (Ed25519) and RS256. And the
//! verifiers that the token library works with: these and HS256. Which one a token may use, whoever checks it says.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Verifier};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind, EncodingKey};
use p256::ecdsa;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bits of an RSA key: fewer are too weak, and nobody has more.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// Bytes that are kept and sent as base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Bytes(pub Vec<u8>);

impl TryFrom<String> for Bytes {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map(Self)
    }
}

impl From<Bytes> for String {
    fn from(bytes: Bytes) -> Self {
        URL_SAFE_NO_PAD.encode(bytes.0)
    }
}

/// A public key with the one algorithm that it is used by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "alg")]
pub enum PublicKey {
    /// A point on P-256.
    #[serde(rename = "ES256")]
    Es256 {
        /// The point, uncompressed (SEC 1).
        point: Bytes,
    },
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa {
        /// 32 bytes.
        x: Bytes,
    },
    /// RSA with PKCS #1 v1.5.
    #[serde(rename = "RS256")]
    Rs256 {
        /// Modulus.
        n: Bytes,
        /// Exponent.
        e: Bytes,
    },
}

/// How a signature by ES256 is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As ASN.1 (passkeys).
    Der,
    /// As two numbers of 32 bytes (tokens).
    Fixed,
}

impl PublicKey {
    /// Whether it can be a key at all.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Es256 { point } => ecdsa::VerifyingKey::from_sec1_bytes(&point.0).is_ok(),
            Self::EdDsa { x } => ed25519(&x.0).is_some(),
            Self::Rs256 { n, e } => rsa(&n.0, &e.0).is_some(),
        }
    }

    /// Whether it signed this message.
    pub fn signed(&self, message: &[u8], signature: &[u8], form: Form) -> bool {
        let told = match self {
            Self::Es256 { point } => es256(&point.0, message, signature, form),
            Self::EdDsa { x } => ed25519(&x.0).and_then(|key| {
                let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
                // Strict: no second signature of the same message can be made of one.
                key.verify_strict(message, &signature).ok()
            }),
            Self::Rs256 { n, e } => rsa(&n.0, &e.0).and_then(|key| {
                let digest = Sha256::digest(message);
                key.verify(Pkcs1v15Sign::new::<Sha256>(), &digest, signature).ok()
            }),
        };
        told.is_some()
    }
}

fn es256(point: &[u8], message: &[u8], signature: &[u8], form: Form) -> Option<()> {
    let key = ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
    let signature = match form {
        Form::Der => ecdsa::Signature::from_der(signature),
        Form::Fixed => ecdsa::Signature::from_slice(signature),
    };
    key.verify(message, &signature.ok()?).ok()
}

fn ed25519(x: &[u8]) -> Option<ed25519_dalek::VerifyingKey> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(x.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}

fn rsa(n: &[u8], e: &[u8]) -> Option<RsaPublicKey> {
    let n = BigUint::from_bytes_be(n);
    if !RSA_BITS.contains(&n.bits()) {
        return None;
    }
    RsaPublicKey::new(n, BigUint::from_bytes_be(e)).ok()
}

/// Lets the token library use these verifiers, and nothing else.
pub fn install() {
    // Fails only when it was done before.
    PROVIDER.install_default().ok();
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: no_signer,
    verifier_factory: verifier,
    key_utils: KeyUtils::new_unimplemented(),
};

fn no_signer(_: &Algorithm, _: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Err(ErrorKind::InvalidAlgorithm.into())
}

/// A key verifies by the algorithms of its own family, whatever the token says.
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    let bytes = |bytes: &[u8]| Bytes(bytes.to_vec());
    let key = match (algorithm, key.family(), key.kind()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac, DecodingKeyKind::SecretOrDer(secret)) => {
            let mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| ErrorKind::InvalidKeyFormat)?;
            return Ok(Box::new(Hs256(mac)));
        }
        (Algorithm::ES256, AlgorithmFamily::Ec, DecodingKeyKind::SecretOrDer(point)) => {
            PublicKey::Es256 { point: bytes(point) }
        }
        (Algorithm::EdDSA, AlgorithmFamily::Ed, DecodingKeyKind::SecretOrDer(x)) => {
            PublicKey::EdDsa { x: bytes(x) }
        }
        (Algorithm::RS256, AlgorithmFamily::Rsa, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            PublicKey::Rs256 {
                n: bytes(n),
                e: bytes(e),
            }
        }
        _ => return Err(ErrorKind::InvalidAlgorithm.into()),
    };
    Ok(Box::new(Public {
        algorithm: *algorithm,
        key,
    }))
}

struct Public {
    algorithm: Algorithm,
    key: PublicKey,
}

impl Verifier<Vec<u8>> for Public {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let signed = self.key.signed(message, signature, Form::Fixed);
        signed.then_some(()).ok_or_else(signature::Error::new)
    }
}

impl JwtVerifier for Public {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}

struct Hs256(Hmac<Sha256>);

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let mut mac = self.0.clone();
        mac.update(message);
        // In constant time.
        mac.verify_slice(signature).map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
