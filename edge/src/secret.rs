//! Secrets: made at random, kept as hashes, compared in constant time.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use shared::{RequestId, SiteId};
use subtle::ConstantTimeEq;
use worker::{Error, Result};

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::from(format!("no randomness: {error}")))?;
    Ok(bytes)
}

/// Random bytes as lower-case hexadecimal text.
fn random_hex<const N: usize>() -> Result<String> {
    Ok(hex(&random::<N>()?))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied();
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(digit).collect()
}

/// A new request's id.
pub(crate) fn request_id() -> Result<RequestId> {
    RequestId::parse(&format!("req_{}", random_hex::<12>()?)).map_err(|error| Error::from(error.to_string()))
}

/// The name of a new secret of a business's.
pub(crate) fn key_id() -> Result<String> {
    Ok(format!("key_{}", random_hex::<6>()?))
}

/// The id of a message to a business's endpoint.
pub(crate) fn message_id() -> Result<String> {
    Ok(format!("msg_{}", random_hex::<12>()?))
}

/// A secret for signing messages to a business's endpoint.
pub(crate) fn endpoint_secret() -> Result<String> {
    Ok(webhook::message::secret(&random::<32>()?))
}

/// A new session's token: 256 bits.
pub(crate) fn session_token() -> Result<String> {
    random_hex::<32>()
}

/// Something to be signed by a passkey: 256 bits, as browsers write them.
pub(crate) fn challenge() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// What is kept of a secret, or compared of a body.
pub(crate) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What a content security policy allows a text by.
pub(crate) fn policy_hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// The receipt of a request: whoever shows it is its customer. Derived, so that nothing has to be kept and a repeated
/// request gets the same one.
pub(crate) fn receipt(secret: &str, site: &SiteId, request: &RequestId) -> Result<String> {
    mark(secret, &format!("receipt.{site}.{request}"))
}

/// What only whoever has `secret` can say of `what`.
pub(crate) fn mark(secret: &str, what: &str) -> Result<String> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|error| Error::from(error.to_string()))?;
    mac.update(what.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// Compares without telling by its time where two texts part.
pub(crate) fn same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}
