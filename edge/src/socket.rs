//! Live sockets: accepted so that the object can sleep while they stay open.

use crate::answer::{Answer, Stop, problem};
use crate::call::Call;
use serde::Serialize;
use shared::Millis;
use shared::problem::ProblemKind;
use wasm_bindgen::prelude::*;
use worker::{Response, State, WebSocket, WebSocketPair, WebSocketRequestResponsePair};

/// Answers the pings of all sockets without waking the object.
pub(crate) fn answer_pings(state: &State) {
    if let Ok(pair) = WebSocketRequestResponsePair::new("ping", "pong") {
        state.set_websocket_auto_response(&pair);
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = js_sys::Object)]
    type JsState;
    #[wasm_bindgen(method, catch, js_name = getWebSocketAutoResponseTimestamp)]
    fn auto_response_timestamp(this: &JsState, ws: &JsValue) -> Result<JsValue, JsValue>;
}

/// When sockets pinged: the runtime remembers it while the object sleeps, and its bindings have no word for it.
#[derive(Debug)]
pub(crate) struct Pings(JsValue);

impl Pings {
    /// Takes note of the object's state, and gives it back.
    pub(crate) fn of(state: State) -> (State, Self) {
        let raw = state._inner();
        let pings = Self(JsValue::from(raw.clone()));
        (State::from(raw), pings)
    }

    /// When this socket's last ping was answered; `None` for one that has not pinged yet.
    pub(crate) fn last_of(&self, ws: &WebSocket) -> Option<Millis> {
        let state: &JsState = self.0.unchecked_ref();
        let socket: &JsValue = ws.as_ref().as_ref();
        let at = state.auto_response_timestamp(socket).ok()?;
        let at = at.dyn_into::<js_sys::Date>().ok()?.get_time();
        #[expect(clippy::cast_possible_truncation, reason = "an instant in whole milliseconds")]
        let at = Millis(at as i64);
        Some(at)
    }
}

/// The subprotocols that a client offers (RFC 6455, 4.1). Browsers send no other header of a page's own with a handshake, so that
/// receipts travel there, too.
pub(crate) struct Offered(String);

impl Offered {
    /// What this call offers.
    pub(crate) fn of(call: &Call) -> worker::Result<Self> {
        Ok(Self(call.header("sec-websocket-protocol")?.unwrap_or_default()))
    }

    /// Ours, where it is among them: what is to be answered.
    pub(crate) fn taken<'a>(&self, ours: &'a str) -> Option<&'a str> {
        self.all().any(|item| item == ours).then_some(ours)
    }

    /// What stands behind this prefix.
    pub(crate) fn after(&self, prefix: &str) -> Option<&str> {
        self.all().find_map(|item| item.strip_prefix(prefix))
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.0.split(',').map(str::trim)
    }
}

/// Refuses another socket where the object has `limit` already.
pub(crate) fn room(state: &State, limit: usize) -> Result<(), Stop> {
    refuse_beyond(state.get_websockets().len(), limit)
}

/// Refuses another socket where there are `limit` under this tag already.
pub(crate) fn room_of(state: &State, tag: &str, limit: usize) -> Result<(), Stop> {
    refuse_beyond(state.get_websockets_with_tag(tag).len(), limit)
}

fn refuse_beyond(there: usize, limit: usize) -> Result<(), Stop> {
    if there >= limit {
        return Err(problem(
            ProblemKind::Overloaded,
            "Too many live connections. Please ask again later.",
        ));
    }
    Ok(())
}

/// Accepts a socket under `tags` and sends it `first`, unless the object has `limit` sockets already.
pub(crate) fn accept<T: Serialize>(
    state: &State,
    limit: usize,
    tags: &[&str],
    protocol: Option<&str>,
    first: &T,
) -> Answer {
    room(state, limit)?;
    let pair = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&pair.server, tags);
    pair.server.send(first)?;
    let response = Response::from_websocket(pair.client)?;
    if let Some(protocol) = protocol {
        response.headers().set("sec-websocket-protocol", protocol)?;
    }
    Ok(response)
}

/// Accepts a socket under `tags` and says nothing. For equipment: the limits of people's sockets are not its.
pub(crate) fn accept_silently(state: &State, tags: &[&str], protocol: Option<&str>) -> Answer {
    let pair = WebSocketPair::new()?;
    state.accept_websocket_with_tags(&pair.server, tags);
    let response = Response::from_websocket(pair.client)?;
    if let Some(protocol) = protocol {
        response.headers().set("sec-websocket-protocol", protocol)?;
    }
    Ok(response)
}

/// True when both are the same socket.
pub(crate) fn is(one: &WebSocket, other: &WebSocket) -> bool {
    let (one, other): (&JsValue, &JsValue) = (one.as_ref().as_ref(), other.as_ref().as_ref());
    one == other
}

/// True for a socket that can be sent to.
pub(crate) fn is_open(socket: &WebSocket) -> bool {
    socket.as_ref().ready_state() == OPEN
}

/// Sends a text as it is; false when the socket is gone.
pub(crate) fn speak(socket: &WebSocket, text: &str) -> bool {
    is_open(socket) && socket.send_with_str(text).is_ok()
}

/// `WebSocket.readyState` of one that can be sent to.
const OPEN: u16 = 1;

/// Sends to a socket; one that is closing is not an error. It must not be sent to: the runtime's exception would not be caught.
pub(crate) fn show<T: Serialize>(socket: &WebSocket, frame: &T) {
    if !is_open(socket) {
        return;
    }
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
