//! Sends an HTTP request that was decided elsewhere, and never waits for ever.

use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use telephony::{HttpAnswer, HttpCall};
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, Response, Result};

/// How long an answer may take.
pub(crate) const TIMEOUT_MS: u64 = 5_000;

/// Sends `call`. No answer in time, or no connection, is an answer without a status.
pub(crate) async fn send(call: &HttpCall) -> HttpAnswer {
    match attempt(call).await {
        Ok(response) => HttpAnswer {
            status: Some(response.status_code()),
            retry_after_s: response
                .headers()
                .get("retry-after")
                .ok()
                .flatten()
                .and_then(|text| text.parse().ok()),
        },
        Err(error) => {
            worker::console_warn!("no answer from the other side: {error}");
            HttpAnswer {
                status: None,
                retry_after_s: None,
            }
        }
    }
}

async fn attempt(call: &HttpCall) -> Result<Response> {
    let headers = Headers::new();
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::from(call.method.to_owned()))
        .with_headers(headers)
        .with_body(Some(call.body.as_str().into()));
    let fetch = Fetch::Request(Request::new_with_init(&call.url, &init)?);
    let abort = AbortController::default();
    let signal = abort.signal();
    let sent = pin!(fetch.send_with_signal(&signal));
    let late = pin!(Delay::from(Duration::from_millis(TIMEOUT_MS)));
    match select(sent, late).await {
        Either::Left((mut response, _)) => {
            // A body left unread keeps the connection.
            if let Ok(response) = &mut response {
                drop(response.bytes().await);
            }
            response
        }
        Either::Right(((), _)) => {
            abort.abort();
            Err("no answer in time".into())
        }
    }
}
