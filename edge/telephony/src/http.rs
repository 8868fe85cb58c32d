//! HTTP as data.

/// A request to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpCall {
    /// `GET`, `POST` …
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer {
    /// The status; `None` when no answer came in time or the connection failed.
    pub status: Option<u16>,
    /// `Retry-After` in seconds, when given.
    pub retry_after_s: Option<u32>,
    /// False when the request surely never reached the other side.
    pub sent: bool,
    /// The answer's body, up to a bound.
    pub body: String,
}

impl HttpAnswer {
    /// An answer with this status and body.
    pub fn of(status: u16, body: impl Into<String>) -> Self {
        Self {
            status: Some(status),
            retry_after_s: None,
            sent: true,
            body: body.into(),
        }
    }

    /// No answer; `sent` says whether the request may have arrived.
    pub fn none(sent: bool) -> Self {
        Self {
            status: None,
            retry_after_s: None,
            sent,
            body: String::new(),
        }
    }
}
