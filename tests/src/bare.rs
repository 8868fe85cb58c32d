//! The least that connects two people: a script with a door for requests and a socket for Asterisk, no line, no memory, no rules.
//! What a call costs beside it is what everything else costs.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use tungstenite::protocol::Role;
use tungstenite::{Message, WebSocket, accept};

/// The script, for as long as the process lives.
pub struct Bare {
    /// Where calls are asked for: `POST {address}`, with `id customer agent` as its body.
    pub address: String,
    /// Where Asterisk connects to.
    pub url: String,
}

impl Bare {
    /// Starts it.
    ///
    /// # Errors
    /// When it gets no port.
    pub fn start() -> std::io::Result<Self> {
        let (door, wall) = (
            TcpListener::bind("127.0.0.1:0")?,
            TcpListener::bind("127.0.0.1:0")?,
        );
        let (address, url) = (
            format!("http://{}", door.local_addr()?),
            format!("ws://{}/ari", wall.local_addr()?),
        );
        let script = Arc::new(Script::default());
        let (asker, listener) = (Arc::clone(&script), Arc::clone(&script));
        thread::spawn(move || {
            for stream in door.incoming().flatten() {
                let script = Arc::clone(&asker);
                thread::spawn(move || requests(stream, &script));
            }
        });
        thread::spawn(move || listener.listen(&wall));
        Ok(Self { address, url })
    }
}

/// What the two sides of the script share: Asterisk's socket for writing, and whom to call when somebody has answered.
#[derive(Default)]
struct Script {
    asterisk: Mutex<Option<WebSocket<TcpStream>>>,
    agents: Mutex<BTreeMap<String, String>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Script {
    fn listen(&self, wall: &TcpListener) -> Option<()> {
        let (stream, _) = wall.accept().ok()?;
        stream.set_nodelay(true).ok()?;
        let writer = stream.try_clone().ok()?;
        let mut socket = accept(stream).ok()?;
        *lock(&self.asterisk) = Some(WebSocket::from_raw_socket(writer, Role::Server, None));
        while let Ok(message) = socket.read() {
            let Message::Text(text) = message else { continue };
            let event: Value = serde_json::from_str(&text).unwrap_or_default();
            let channel = event["channel"]["id"].as_str().unwrap_or_default();
            if event["type"] != "StasisStart" {
                continue;
            }
            if let Some(id) = channel.strip_suffix(".c") {
                let agent = lock(&self.agents).remove(id)?;
                self.dial(&format!("{id}.a"), &agent);
            } else if let Some(id) = channel.strip_suffix(".a") {
                // Measured; over.
                self.rest("DELETE", &format!("channels/{id}.c"), &json!({}));
                self.rest("DELETE", &format!("channels/{id}.a"), &json!({}));
            }
        }
        None
    }

    fn dial(&self, id: &str, number: &str) {
        let body = json!({"endpoint": format!("PJSIP/{number}@trunk"), "app": "ringback", "timeout": 30});
        self.rest("POST", &format!("channels/{id}"), &body);
    }

    fn rest(&self, method: &str, uri: &str, body: &Value) {
        let frame = json!({
            "type": "RESTRequest", "request_id": uri, "method": method, "uri": uri, "content_type": "application/json",
            "message_body": body.to_string()
        });
        if let Some(socket) = lock(&self.asterisk).as_mut() {
            drop(socket.send(Message::text(frame.to_string())));
        }
    }
}

/// Requests over one connection, as they come.
fn requests(mut stream: TcpStream, script: &Script) {
    drop(stream.set_nodelay(true));
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    while let Ok(count @ 1..) = stream.read(&mut chunk) {
        bytes.extend(chunk.get(..count).unwrap_or_default());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .to_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
        if body.len() < length.unwrap_or_default() {
            continue;
        }
        let words: Vec<&str> = body.split_whitespace().collect();
        if let [id, customer, agent] = words.as_slice() {
            lock(&script.agents).insert((*id).to_owned(), (*agent).to_owned());
            script.dial(&format!("{id}.c"), customer);
        }
        bytes.clear();
        drop(stream.write_all(b"HTTP/1.1 201 .\r\ncontent-length: 2\r\n\r\n{}"));
    }
}
