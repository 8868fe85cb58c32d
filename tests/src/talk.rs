//! A talk about a request, as programs hold it: the socket itself.

use crate::api::Asked;
use crate::{Outcome, PATIENCE, Stack, broken};
use serde_json::{Value, json};
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket, client};

/// How a socket says that it has this receipt.
pub(crate) fn of_receipt(asked: &Asked) -> (&'static str, String) {
    let offered = format!("ringback.v1, receipt.{}", asked.receipt);
    ("sec-websocket-protocol", offered)
}

/// Opens the socket at an address of the server's, with the header that proves whose it is.
pub(crate) fn dial(
    stack: &Stack,
    address: &str,
    (header, proof): (&'static str, String),
) -> Outcome<WebSocket<TcpStream>> {
    let mut request = address.replacen("http", "ws", 1).into_client_request()?;
    request.headers_mut().insert(header, proof.parse()?);
    let stream = TcpStream::connect(("127.0.0.1", stack.port()))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    match client(request, stream) {
        Ok((socket, _)) => Ok(socket),
        Err(why) => broken(format!("the socket is refused: {why}")),
    }
}

/// The customer's side of a talk.
pub struct Talk(WebSocket<TcpStream>);

impl Talk {
    /// Opens it with the request's receipt.
    ///
    /// # Errors
    /// When it is refused.
    pub fn open(stack: &Stack, asked: &Asked) -> Outcome<Self> {
        Self::open_with(stack, asked, asked)
    }

    /// The same with the receipt of another request.
    ///
    /// # Errors
    /// When it is refused.
    pub fn open_with(stack: &Stack, asked: &Asked, receipt: &Asked) -> Outcome<Self> {
        let address = format!("{}/talk", asked.address);
        Ok(Self(dial(stack, &address, of_receipt(receipt))?))
    }

    /// Writes something.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn say(&mut self, key: &str, text: &str) -> Outcome {
        self.send(&json!({"key": key, "text": text}).to_string())
    }

    /// Sends a text as it is.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn send(&mut self, text: &str) -> Outcome {
        Ok(self.0.send(Message::text(text))?)
    }

    /// The next thing that it is told of this kind: `talk`, `messages` or `unsaid`.
    ///
    /// # Errors
    /// When nothing comes, or the line is closed.
    pub fn hears(&mut self, kind: &str) -> Outcome<Value> {
        loop {
            match self.0.read()? {
                Message::Text(text) => {
                    let frame: Value = serde_json::from_str(&text)?;
                    if let Some(told) = frame.get(kind) {
                        return Ok(told.clone());
                    }
                }
                Message::Close(why) => return broken(format!("closed: {why:?}")),
                _ => {}
            }
        }
    }
}
