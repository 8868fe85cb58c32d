//! The script that real calls are measured beside: `tests/bare.mjs`.

use crate::Outcome;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The script, while it runs.
pub struct Bare {
    /// Where calls are asked for: `POST {address}`, with `id customer agent` as its body.
    pub address: String,
    /// Where Asterisk connects to.
    pub url: String,
    child: Child,
}

impl Bare {
    /// Starts it.
    ///
    /// # Errors
    /// When Node can't run it.
    pub fn start() -> Outcome<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("bare.mjs");
        let mut child = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let (door, wall) = line
            .trim()
            .split_once(' ')
            .ok_or("the bare script does not start")?;
        Ok(Self {
            address: format!("http://127.0.0.1:{door}"),
            url: format!("ws://127.0.0.1:{wall}/ari"),
            child,
        })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // It ends when its standard input closes.
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}
