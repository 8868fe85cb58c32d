//! Sends an HTTP request that was decided elsewhere, and never waits for ever.

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use telephony::{HttpAnswer, HttpCall};
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Result};

/// How an answer is waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner {
    /// How long it may take.
    timeout_ms: u64,
    /// Bytes of its body that are read.
    body_bytes: usize,
    /// Whether it may send us elsewhere.
    redirect: RequestRedirect,
}

/// Equipment answers fast: somebody waits for a phone to ring. It does not send us, and the token that it knows us by, elsewhere.
pub(crate) const EQUIPMENT: Manner = Manner {
    timeout_ms: 5_000,
    body_bytes: 256 * 1024,
    redirect: RequestRedirect::Manual,
};

/// A business's endpoint takes its time, has little to say, and does not send us elsewhere. Shorter than a lease of the outbox.
pub(crate) const ENDPOINT: Manner = Manner {
    timeout_ms: 10_000,
    body_bytes: 1_000,
    redirect: RequestRedirect::Manual,
};

/// A company's sign-in says more, to somebody who waits, and does not send us elsewhere either.
pub(crate) const PROVIDER: Manner = Manner {
    timeout_ms: 10_000,
    body_bytes: 256 * 1024,
    redirect: RequestRedirect::Manual,
};

/// Sends `call` to equipment.
pub(crate) async fn send(call: &HttpCall) -> HttpAnswer {
    send_as(call, EQUIPMENT).await
}

/// Sends `call`. No answer in time, or no connection, is an answer without a status.
pub(crate) async fn send_as(call: &HttpCall, manner: Manner) -> HttpAnswer {
    match attempt(call, manner).await {
        Ok(answer) => answer,
        Err(error) => {
            worker::console_warn!("no answer from the other side: {error}");
            // The runtime says the same of a connection that was refused and of one that was lost after the request had left.
            HttpAnswer::none(true)
        }
    }
}

async fn attempt(call: &HttpCall, manner: Manner) -> Result<HttpAnswer> {
    let headers = Headers::new();
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::from(call.method.to_owned()))
        .with_redirect(manner.redirect)
        .with_headers(headers);
    if !call.body.is_empty() {
        init.with_body(Some(call.body.as_str().into()));
    }
    let fetch = Fetch::Request(Request::new_with_init(&call.url, &init)?);
    let abort = AbortController::default();
    let signal = abort.signal();
    let exchange = pin!(async {
        let mut response = fetch.send_with_signal(&signal).await?;
        let mut body = Vec::new();
        // An empty body is no stream.
        if let Ok(mut stream) = response.stream() {
            while body.len() < manner.body_bytes
                && let Some(chunk) = stream.next().await
            {
                body.extend(chunk?);
            }
        }
        let retry_after = response.headers().get("retry-after").ok().flatten();
        Ok(HttpAnswer {
            status: Some(response.status_code()),
            retry_after_s: retry_after.and_then(|text| text.parse().ok()),
            sent: true,
            body: body
                .get(..manner.body_bytes.min(body.len()))
                .map(String::from_utf8_lossy)
                .unwrap_or_default()
                .into_owned(),
        })
    });
    let late = pin!(Delay::from(Duration::from_millis(manner.timeout_ms)));
    match select(exchange, late).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => {
            abort.abort();
            Err("no answer in time".into())
        }
    }
}
