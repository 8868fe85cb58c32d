//! What every answer says to browsers beside what it is: in one place, so that none is forgotten. What an answer says itself stays.

use crate::setting::Settings;
use worker::{Headers, Response, Result};

/// What pages may use of the browser's features: none.
const FEATURES: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
/// The same for a page that somebody may talk in.
pub(crate) const FEATURES_TO_TALK: &str = "camera=(), geolocation=(), microphone=(self), payment=(), usb=()";

/// For answers that programs read: nothing in them runs, and nothing frames them.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";
/// What such answers are.
const DATA: [&str; 4] = [
    "application/json",
    "application/problem+json",
    "text/csv",
    "text/xml",
];

/// Parts of pages, where their names change with their content: no documents of their own, whoever opens them. What is said about
/// documents would only be carried to shoppers on slow lines.
const PARTS: [&str; 4] = ["text/css", "text/javascript", "application/wasm", "image/png"];

/// Adds what is missing. Objects do it to what they answer, the worker to all else.
pub(crate) fn guard(response: Response, settings: &Settings) -> Result<Response> {
    // A socket's handshake has to leave as it is.
    if response.status_code() == 101 {
        return Ok(response);
    }
    complete(response.headers(), settings)?;
    Ok(response)
}

/// The same for the headers of an answer that is not made yet.
pub(crate) fn complete(headers: &Headers, settings: &Settings) -> Result<()> {
    let missing = |name: &str, value: &str| match headers.has(name)? {
        true => Ok(()),
        false => headers.set(name, value),
    };
    missing("x-content-type-options", "nosniff")?;
    let kind = headers.get("content-type")?.unwrap_or_default();
    let kept = headers.get("cache-control")?.unwrap_or_default();
    let part = kept.contains("immutable") && PARTS.iter().any(|part| kind.starts_with(part));
    if !part {
        missing("referrer-policy", "no-referrer")?;
        missing("permissions-policy", FEATURES)?;
        missing("cross-origin-opener-policy", "same-origin")?;
    }
    if DATA.iter().any(|data| kind.starts_with(data)) {
        missing("content-security-policy", NOTHING)?;
    }
    if settings.is_https() {
        missing("strict-transport-security", "max-age=63072000; includeSubDomains")?;
    }
    Ok(())
}
