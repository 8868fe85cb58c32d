//! The edge: one way to ask, one error format, one socket that comes back by itself.

mod link;
mod socket;

pub(crate) use link::{Link, LinkBadge};
pub(crate) use socket::{Socket, Wire};

use serde::{Serialize, de::DeserializeOwned};
use shared::problem::{Problem, ProblemKind};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// Milliseconds after which an answer no longer counts. The edge answers in milliseconds; a phone's bad network may need more.
const PATIENCE_MS: u32 = 15_000;

/// Why an answer is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nobody answered. The request may or may not have arrived.
    Unreachable,
    /// The edge said no, and why.
    Refused(Problem),
}

impl Failure {
    /// The HTTP status, when there was an answer.
    pub(crate) fn status(&self) -> Option<u16> {
        match self {
            Self::Unreachable => None,
            Self::Refused(problem) => Some(problem.status),
        }
    }

    /// Whether the session lasts, and what was asked needs a sign-in that is fresh.
    pub(crate) fn is_stale(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.is(ProblemKind::SignInAgain))
    }

    /// The case in words for people.
    pub(crate) fn words(&self) -> &str {
        match self {
            Self::Unreachable => "The server can't be reached. Check the connection and try again.",
            Self::Refused(problem) => &problem.detail,
        }
    }

    /// The same beside the one field that was sent.
    pub(crate) fn beside(&self) -> &str {
        match self {
            Self::Refused(problem) => problem
                .errors
                .first()
                .map_or(&problem.detail, |error| &error.message),
            Self::Unreachable => self.words(),
        }
    }
}

/// What an answer means: the type asked for, or the problem it describes.
pub(crate) fn decode<T: DeserializeOwned>(status: u16, body: &str) -> Result<T, Failure> {
    if (200..300).contains(&status) {
        let body = if body.is_empty() { "null" } else { body };
        return serde_json::from_str(body).map_err(|_| {
            // An edge newer than this page: loading the page again brings the two together.
            Failure::Refused(Problem::new(
                ProblemKind::Internal,
                "The server's answer could not be read. Load this page again.",
            ))
        });
    }
    Err(Failure::Refused(serde_json::from_str(body).unwrap_or_else(
        |_| Problem {
            // Something between us and the edge answered in its own words.
            status,
            ..Problem::new(
                ProblemKind::Internal,
                format!("The server answered with an error ({status})."),
            )
        },
    )))
}

/// Asks the edge. `body` travels as JSON.
pub(crate) async fn ask<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<&impl Serialize>,
) -> Result<T, Failure> {
    let Ok(body) = body.map(serde_json::to_string).transpose() else {
        return Err(Failure::Refused(Problem::new(
            ProblemKind::Internal,
            "This can't be sent.",
        )));
    };
    let (status, text, _) = send(method, path, body, None)
        .await
        .map_err(|_| Failure::Unreachable)?;
    decode(status, &text)
}

/// As [`ask`], for what has versions: with the one that was seen, and back comes the one that is.
pub(crate) async fn ask_version<T: DeserializeOwned>(
    method: &str,
    path: &str,
    body: Option<String>,
    seen: Option<&str>,
) -> Result<(T, String), Failure> {
    let (status, text, tag) = send(method, path, body, seen)
        .await
        .map_err(|_| Failure::Unreachable)?;
    Ok((decode(status, &text)?, tag))
}

/// [`ask`] without a body.
pub(crate) async fn ask_plain<T: DeserializeOwned>(method: &str, path: &str) -> Result<T, Failure> {
    ask(method, path, None::<&()>).await
}

async fn send(
    method: &str,
    path: &str,
    body: Option<String>,
    seen: Option<&str>,
) -> Result<(u16, String, String), JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let headers = Headers::new()?;
    if let Some(body) = body {
        headers.set("content-type", "application/json")?;
        init.set_body(&body.into());
    }
    if let Some(tag) = seen {
        headers.set("if-match", tag)?;
    }
    init.set_headers(&headers);
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(path, &init))
        .await?
        .dyn_into()?;
    let text = JsFuture::from(response.text()?)
        .await?
        .as_string()
        .unwrap_or_default();
    let tag = response.headers().get("etag")?.unwrap_or_default();
    Ok((response.status(), text, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_keeps_its_fields() {
        let problem = Problem::field("code", "invalid", "This is not the code.");
        let body = serde_json::to_string(&problem).unwrap();
        assert_eq!(decode::<()>(422, &body), Err(Failure::Refused(problem)));
    }

    #[test]
    fn an_answer_in_foreign_words_still_has_its_status() {
        let failure = decode::<()>(502, "<html>Bad gateway").unwrap_err();
        assert_eq!(failure.status(), Some(502));
        assert!(failure.words().contains("502"));
    }

    #[test]
    fn no_content_is_an_answer_and_nonsense_is_not() {
        assert_eq!(decode::<()>(204, ""), Ok(()));
        assert_eq!(decode::<u8>(200, "[]").unwrap_err().status(), Some(500));
    }
}
