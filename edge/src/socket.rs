//! Live sockets: accepted so that the object can sleep while they stay open.

use crate::answer::{Answer, problem};
use serde::Serialize;
use shared::problem::ProblemKind;
use worker::{Response, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair};

/// Answers the pings of all sockets without waking the object.
pub(crate) fn answer_pings(state: &State) {
    if let Ok(pair) = WebSocketRequestResponsePair::new("ping", "pong") {
        state.set_websocket_auto_response(&pair);
    }
}

/// Accepts a socket under `tags` and sends it `first`, unless the object has `limit` sockets already.
pub(crate) fn accept<T: Serialize>(
    state: &State,
    limit: usize,
    tags: &[&str],
    protocol: Option<&str>,
    first: &T,
) -> Answer {
    if state.get_websockets().len() >= limit {
        return Err(problem(
            ProblemKind::Overloaded,
            "Too many live connections. Please ask again later.",
        ));
    }
    let pair = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&pair.server, tags);
    pair.server.send(first)?;
    let response = Response::from_websocket(pair.client)?;
    if let Some(protocol) = protocol {
        response.headers().set("sec-websocket-protocol", protocol)?;
    }
    Ok(response)
}

/// Sends to a socket; one that is closing is not an error.
pub(crate) fn show<T: Serialize>(socket: &WebSocket, frame: &T) {
    if let Err(error) = socket.send(frame) {
        worker::console_debug!("a socket is gone: {error}");
    }
}

/// Closes our half. Codes that a peer can't send (1005, 1006, 1015) must not be echoed.
pub(crate) fn close(socket: &WebSocket, code: usize, reason: &str) {
    let code = u16::try_from(code)
        .ok()
        .filter(|code| *code == 1000 || (3000..5000).contains(code))
        .unwrap_or(1000);
    if let Err(error) = socket.close(Some(code), Some(reason)) {
        worker::console_debug!("a socket is closed already: {error}");
    }
}
