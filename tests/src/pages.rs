//! A merchant's own site: a few pages on another origin, under whatever policy the merchant has.

use crate::Outcome;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// The site, for as long as the journey lasts.
pub struct Pages {
    /// Its origin.
    pub origin: String,
}

/// A page: its path, and its text. Paths that end in `.js` are scripts.
pub type Page = (&'static str, String);

impl Pages {
    /// Serves these pages, with this `Content-Security-Policy` where it is not empty.
    ///
    /// # Errors
    /// When no port is free.
    pub fn serve(pages: Vec<Page>, policy: &str) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let policy = policy.to_owned();
        // Ends with the test's process. A page that can't be answered shows in the journey.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                drop(answer(&stream, &pages, &policy));
            }
        });
        // By name, so that it is another site than the edge.
        Ok(Self {
            origin: format!("http://localhost:{port}"),
        })
    }

    /// A page's address.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn answer(mut stream: &TcpStream, pages: &[Page], policy: &str) -> Outcome {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().ok_or("an empty request")??;
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let asked = first.split(' ').nth(1).unwrap_or_default();
    let path = asked.split('?').next().unwrap_or_default();
    let (status, text) = match pages.iter().find(|(at, _)| *at == path) {
        Some((_, text)) => ("200 OK", text.as_str()),
        None => ("404 Not Found", ""),
    };
    let kind = if path.ends_with(".js") {
        "text/javascript"
    } else {
        "text/html"
    };
    let policy = if policy.is_empty() {
        String::new()
    } else {
        format!("content-security-policy: {policy}\r\n")
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}; charset=utf-8\r\ncontent-length: {}\r\n{policy}connection: close\r\n\r\n{text}",
        text.len()
    )?;
    Ok(())
}
