//! A call in the browser without browsers: the sockets of its two sides, as programs hold them.

use crate::api::{Asked, word};
use crate::talk::{dial, of_receipt};
use crate::{Clerk, Outcome, Stack, broken};
use serde_json::{Value, json};
use std::net::TcpStream;
use tungstenite::{Message, WebSocket};

/// One side's socket.
pub struct Voice(WebSocket<TcpStream>);

impl Voice {
    /// The customer's window, with the request's receipt.
    ///
    /// # Errors
    /// When it is refused.
    pub fn of_customer(stack: &Stack, asked: &Asked) -> Outcome<Self> {
        Self::of_customer_with(stack, asked, asked)
    }

    /// The same with the receipt of another request.
    ///
    /// # Errors
    /// When it is refused.
    pub fn of_customer_with(stack: &Stack, asked: &Asked, receipt: &Asked) -> Outcome<Self> {
        let address = format!("{}/voice", asked.address);
        Ok(Self(dial(stack, &address, of_receipt(receipt))?))
    }

    /// The desk of the agent who has this request.
    ///
    /// # Errors
    /// When it is refused.
    pub fn of_agent(stack: &Stack, clerk: &Clerk, asked: &Asked) -> Outcome<Self> {
        let (id, _) = asked.credentials();
        let address = format!("{}/v1/desk/requests/{id}/voice", stack.origin());
        Ok(Self(dial(stack, &address, ("cookie", clerk.cookie().into()))?))
    }

    /// Says something about the call.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn say(&mut self, what: &Value) -> Outcome {
        self.send(&what.to_string())
    }

    /// Sends a text as it is.
    ///
    /// # Errors
    /// When the line is gone.
    pub fn send(&mut self, text: &str) -> Outcome {
        Ok(self.0.send(Message::text(text))?)
    }

    /// The next thing that it is told of this kind: `call`, `ring`, `connect`, `signal`, `over` or `refused`.
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

    /// Waits until the call is shown in this state.
    ///
    /// # Errors
    /// When it never is.
    pub fn is(&mut self, state: &str) -> Outcome<Value> {
        loop {
            let call = self.hears("call")?;
            if word(&call, "/state") == Some(state) {
                return Ok(call);
            }
        }
    }

    /// Waits until the server closes it: the code.
    ///
    /// # Errors
    /// When it does not.
    pub fn closes(&mut self) -> Outcome<u16> {
        loop {
            if let Message::Close(why) = self.0.read()? {
                return Ok(why.map_or(0, |why| why.code.into()));
            }
        }
    }

    /// It is the turn of this side: the microphone is there.
    ///
    /// # Errors
    /// When it is not, or the line is gone.
    pub fn answers(&mut self) -> Outcome {
        self.hears("ring")?;
        self.say(&json!({"answered": true}))
    }
}
