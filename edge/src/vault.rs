//! Credentials that we must be able to use are encrypted at rest: AES-256-GCM under a key of the deployment, bound to the
//! business and the equipment they belong to.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use worker::{Error, Result};

const NONCE_BYTES: usize = 12;

fn cipher(secret: &str) -> Aes256Gcm {
    Aes256Gcm::new(&Sha256::digest(format!("equipment.{secret}").as_bytes()))
}

/// Encrypts `text` for the place that `of` names.
pub(crate) fn seal(secret: &str, of: &str, text: &str) -> Result<String> {
    let mut nonce = [0_u8; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(|error| Error::from(format!("no randomness: {error}")))?;
    let payload = Payload {
        msg: text.as_bytes(),
        aad: of.as_bytes(),
    };
    let sealed = cipher(secret)
        .encrypt(Nonce::from_slice(&nonce), payload)
        .map_err(|_| Error::from("the credentials can't be encrypted"))?;
    Ok(STANDARD.encode([&nonce[..], &sealed].concat()))
}

/// Decrypts what was sealed for this place; `None` when it was sealed under another key or for another place.
pub(crate) fn open(secret: &str, of: &str, sealed: &str) -> Option<String> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let payload = Payload {
        msg: sealed,
        aad: of.as_bytes(),
    };
    let text = cipher(secret).decrypt(Nonce::from_slice(nonce), payload).ok()?;
    String::from_utf8(text).ok()
}
