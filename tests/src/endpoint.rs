//! A merchant's own server that is told what happens: real HTTP on this machine. It believes only what the reference library of
//! the Standard Webhooks believes.

use crate::{Outcome, broken, until};
use serde_json::Value;
use standardwebhooks::Webhook;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;
use ureq::http::HeaderMap;

/// A message as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its id.
    pub id: String,
    /// How many signatures it carried.
    pub signatures: usize,
    /// Its body, byte by byte.
    pub body: String,
    /// The path it came to.
    pub path: String,
    headers: HeaderMap,
}

impl Received {
    /// What it says, if the library believes it with this secret.
    ///
    /// # Errors
    /// When it does not.
    pub fn believed(&self, secret: &str) -> Outcome<Value> {
        Webhook::new(secret)?.verify(self.body.as_bytes(), &self.headers)?;
        Ok(serde_json::from_str(&self.body)?)
    }

    /// True when the library would have signed it so: for messages whose clock was moved, which it takes for too old or too new.
    ///
    /// # Errors
    /// When a header can't be read.
    pub fn fits(&self, secret: &str) -> Outcome<bool> {
        let header = |name: &str| {
            self.headers
                .get(name)
                .and_then(|it| it.to_str().ok())
                .unwrap_or_default()
        };
        let signed = Webhook::new(secret)?.sign(
            header("webhook-id"),
            header("webhook-timestamp").parse()?,
            self.body.as_bytes(),
        )?;
        Ok(header("webhook-signature").split(' ').any(|it| it == signed))
    }
}

/// What the server does with messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// It takes them.
    Takes,
    /// It answers with this status.
    Answers(u16),
    /// It sends whoever comes elsewhere on itself.
    Redirects,
    /// It never answers.
    Hangs,
    /// It takes them, and says this.
    Says(&'static str),
    /// It takes them, and says much more than anybody wants to know.
    Babbles,
}

/// The server, until the journey's process ends.
pub struct Endpoint {
    /// Where it is told.
    pub url: String,
    shared: Arc<Shared>,
}

struct Shared {
    received: Mutex<Vec<Received>>,
    manners: Mutex<Manners>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Endpoint {
    /// Starts it.
    ///
    /// # Errors
    /// When no port is free.
    pub fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}/hooks", listener.local_addr()?);
        let shared = Arc::new(Shared {
            received: Mutex::default(),
            manners: Mutex::new(Manners::Takes),
        });
        let door = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&door);
                // A message that can't be read shows in the journey: it is missing.
                thread::spawn(move || drop(serve(&stream, &shared)));
            }
        });
        Ok(Self { url, shared })
    }

    /// Changes what it does from now on.
    pub fn now(&self, manners: Manners) {
        *lock(&self.shared.manners) = manners;
    }

    /// Everything that came, also what it did not take.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared.received).clone()
    }

    /// Waits until so many messages came, and gives them.
    ///
    /// # Errors
    /// When they don't come, or more did.
    pub async fn hears(&self, count: usize) -> Outcome<Vec<Received>> {
        let look = async || Ok(Some(self.received()).filter(|all| all.len() >= count));
        let all = until(format!("{count} messages"), look).await?;
        match all.len() == count {
            true => Ok(all),
            false => broken(format!("{} messages instead of {count}: {all:?}", all.len())),
        }
    }
}

fn serve(mut stream: &TcpStream, shared: &Shared) -> Outcome {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut headers = HeaderMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(
            ureq::http::HeaderName::from_bytes(name.as_bytes())?,
            value.parse()?,
        );
    }
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let mut body = vec![0; header("content-length").parse().unwrap_or_default()];
    reader.read_exact(&mut body)?;
    let received = Received {
        id: header("webhook-id").into(),
        signatures: header("webhook-signature").split(' ').count(),
        body: String::from_utf8(body)?,
        path: first.split(' ').nth(1).unwrap_or_default().into(),
        headers: headers.clone(),
    };
    lock(&shared.received).push(received);
    let manners = *lock(&shared.manners);
    let (status, more, text) = match manners {
        Manners::Takes => (200, String::new(), "thanks".to_owned()),
        Manners::Says(words) => (200, String::new(), words.into()),
        Manners::Answers(status) => (status, String::new(), "no".into()),
        Manners::Redirects => (307, "location: /elsewhere\r\n".into(), String::new()),
        Manners::Babbles => (200, String::new(), "blah ".repeat(200_000)),
        Manners::Hangs => {
            while *lock(&shared.manners) == Manners::Hangs {
                thread::sleep(Duration::from_millis(20));
            }
            return Ok(());
        }
    };
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 {status} .\r\n{more}content-length: {length}\r\nconnection: close\r\n\r\n{text}"
    )?;
    Ok(())
}
