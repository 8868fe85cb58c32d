//! Sends an HTTP request that was decided elsewhere, and never waits for ever.

use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use telephony::{HttpAnswer, HttpCall};
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, Result};

/// How long an answer may take.
pub(crate) const TIMEOUT_MS: u64 = 5_000;

/// Bytes of an answer's body that are looked at.
const MAX_ANSWER_BYTES: usize = 256 * 1024;

/// Sends `call`. No answer in time, or no connection, is an answer without a status.
pub(crate) async fn send(call: &HttpCall) -> HttpAnswer {
    match attempt(call).await {
        Ok(answer) => answer,
        Err(error) => {
            worker::console_warn!("no answer from the other side: {error}");
            // The runtime says the same of a connection that was refused and of one that was lost after the request had left.
            HttpAnswer::none(true)
        }
    }
}

async fn attempt(call: &HttpCall) -> Result<HttpAnswer> {
    let headers = Headers::new();
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::from(call.method.to_owned()))
        .with_headers(headers);
    if !call.body.is_empty() {
        init.with_body(Some(call.body.as_str().into()));
    }
    let fetch = Fetch::Request(Request::new_with_init(&call.url, &init)?);
    let abort = AbortController::default();
    let signal = abort.signal();
    let exchange = pin!(async {
        let mut response = fetch.send_with_signal(&signal).await?;
        let body = response.bytes().await?;
        let retry_after = response.headers().get("retry-after").ok().flatten();
        Ok(HttpAnswer {
            status: Some(response.status_code()),
            retry_after_s: retry_after.and_then(|text| text.parse().ok()),
            sent: true,
            body: body
                .get(..MAX_ANSWER_BYTES.min(body.len()))
                .map(String::from_utf8_lossy)
                .unwrap_or_default()
                .into_owned(),
        })
    });
    let late = pin!(Delay::from(Duration::from_millis(TIMEOUT_MS)));
    match select(exchange, late).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => {
            abort.abort();
            Err("no answer in time".into())
        }
    }
}
