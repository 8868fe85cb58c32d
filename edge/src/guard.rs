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
    let kind = headers.get("content-type")?.unwrap_or_default();
    let kept = headers.get("cache-control")?.unwrap_or_default();
    for (name, value) in needed(&kind, &kept, settings.is_https()) {
        if !headers.has(name)? {
            headers.set(name, value)?;
        }
    }
    Ok(())
}

/// What an answer of this kind, kept in this way, says unless it says it itself.
fn needed(kind: &str, kept: &str, https: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_any = |kinds: &[&str]| kinds.iter().any(|of| kind.starts_with(of));
    let part = kept.contains("immutable") && is_any(&PARTS);
    let all = [
        (true, "x-content-type-options", "nosniff"),
        (!part, "referrer-policy", "no-referrer"),
        (!part, "permissions-policy", FEATURES),
        (!part, "cross-origin-opener-policy", "same-origin"),
        (is_any(&DATA), "content-security-policy", NOTHING),
        (
            https,
            "strict-transport-security",
            "max-age=63072000; includeSubDomains",
        ),
    ];
    let needed = all.into_iter().filter(|(needed, ..)| *needed);
    needed.map(|(_, name, value)| (name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(kind: &str, kept: &str, https: bool) -> Vec<&'static str> {
        needed(kind, kept, https).map(|(name, _)| name).collect()
    }

    #[test]
    fn who_is_reached_over_tls_is_asked_for_nothing_else_for_two_years() {
        for (kind, kept) in [
            ("text/html; charset=utf-8", "no-store"),
            ("application/json", "no-store"),
            ("application/wasm", "public, max-age=31536000, immutable"),
        ] {
            assert!(names(kind, kept, true).contains(&"strict-transport-security"));
            assert!(
                !names(kind, kept, false).contains(&"strict-transport-security"),
                "a browser would never come back to a server on this machine"
            );
        }
    }

    #[test]
    fn what_programs_read_runs_nothing_and_is_framed_by_nobody() {
        for kind in DATA {
            let all: Vec<_> = needed(kind, "no-store", false).collect();
            assert!(all.contains(&("content-security-policy", NOTHING)), "{kind}");
        }
        // Pages bring their own.
        assert!(!names("text/html; charset=utf-8", "no-store", false).contains(&"content-security-policy"));
    }

    #[test]
    fn parts_that_never_change_carry_nothing_about_documents() {
        let kept = "public, max-age=31536000, immutable";
        assert_eq!(names("text/css", kept, false), ["x-content-type-options"]);
        // Whoever opens such a page has a document.
        assert!(names("text/html", kept, false).contains(&"referrer-policy"));
        assert!(names("text/css", "no-store", false).contains(&"referrer-policy"));
    }
}
