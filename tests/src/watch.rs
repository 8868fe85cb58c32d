//! A shopper's panel without a browser: the live socket, as programs use it.

use crate::{Outcome, Stack, broken};
use serde_json::Value;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(500);

/// The live socket of a business's pages.
pub struct Watch {
    socket: WebSocket<TcpStream>,
    latest: Value,
}

impl Watch {
    /// Opens it.
    ///
    /// # Errors
    /// When the server does not let it in.
    pub fn open(stack: &Stack) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", stack.port()))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let address = format!(
            "{}/v1/sites/meridian/live",
            stack.origin().replacen("http", "ws", 1)
        );
        let (socket, _) = tungstenite::client(address, stream)?;
        // From now on nothing may come for long.
        socket.get_ref().set_read_timeout(Some(POLL))?;
        Ok(Self {
            socket,
            latest: Value::Null,
        })
    }

    /// Reads on until what was shown last is what is waited for.
    ///
    /// # Errors
    /// When patience runs out, or the socket closes.
    pub fn until(&mut self, what: &str, mut is: impl FnMut(&Value) -> bool) -> Outcome {
        let began = Instant::now();
        while !is(&self.latest) {
            if began.elapsed() > PATIENCE {
                return broken(format!("waited in vain for {what}; the last was {}", self.latest));
            }
            match self.socket.read() {
                Ok(Message::Text(text)) => self.latest = serde_json::from_str(&text)?,
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
