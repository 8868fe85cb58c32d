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
}
