//! A company's own sign-in: a real OpenID provider on loopback, which can be told to misbehave.

use crate::{Browser, Outcome, broken, until};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A provider with what it said so far.
pub struct Provider {
    child: Child,
    ears: Mutex<ChildStdin>,
    issuer: String,
    said: Arc<Mutex<Vec<Value>>>,
}

impl Provider {
    /// What the provider calls us, and the secret that it shares with us.
    pub const CLIENT: (&'static str, &'static str) = ("ringback", "a_secret/of+ours");

    /// Starts one that sends browsers back to this address, and signs by this algorithm.
    ///
    /// # Errors
    /// When Node does not start it.
    pub fn start(back: &str, algorithm: &str) -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut child = Command::new("node")
            .args(["tests/provider.mjs", back, algorithm])
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let ears = Mutex::new(child.stdin.take().ok_or("no input")?);
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let first: Value = serde_json::from_str(&lines.next().ok_or("the provider said nothing")??)?;
        let issuer = first.get("issuer").and_then(Value::as_str).ok_or("no issuer")?;
        let issuer = issuer.to_owned();
        let said = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines
                .map_while(Result::ok)
                .filter_map(|line| serde_json::from_str(&line).ok())
            {
                if let Ok(mut kept) = kept.lock() {
                    kept.push(line);
                }
            }
        });
        Ok(Self {
            child,
            ears,
            issuer,
            said,
        })
    }

    /// Where it is.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    fn said(&self) -> Vec<Value> {
        self.said.lock().map(|said| said.clone()).unwrap_or_default()
    }

    async fn tell(&self, what: &Value) -> Outcome {
        let done = || {
            self.said()
                .iter()
                .filter(|line| line.get("done").is_some())
                .count()
        };
        let before = done();
        match self.ears.lock() {
            Ok(mut ears) => writeln!(ears, "{what}")?,
            Err(_) => return broken("the provider can't be told anything"),
        }
        until("the provider to take it", || async {
            Ok((done() > before).then_some(()))
        })
        .await
    }

    /// From now on it is in this mood: `nonce`, `audience`, `issuer`, `late`, `none`, `hs256`: tokens that are wrong in that; `hold`:
    /// browsers are not sent back; `down`; empty: well.
    ///
    /// # Errors
    /// When it does not listen.
    pub async fn mood(&self, mood: &str) -> Outcome {
        self.tell(&json!({ "mood": mood })).await
    }

    /// From now on it signs with another key.
    ///
    /// # Errors
    /// When it does not listen.
    pub async fn rotate(&self) -> Outcome {
        self.tell(&json!({"rotate": true})).await
    }

    /// The addresses that browsers were sent back to so far.
    pub fn returns(&self) -> Vec<String> {
        let back = |line: &Value| line.get("back").and_then(Value::as_str).map(str::to_owned);
        self.said().iter().filter_map(back).collect()
    }

    /// What a person does there: says who they are, and that we may know.
    ///
    /// # Errors
    /// When it does not ask.
    pub async fn sign_in(browser: &Browser, email: &str) -> Outcome {
        browser.fill("[name=login]", email).await?;
        browser.fill("[name=password]", "whatever").await?;
        browser.click("button[type=submit]").await?;
        browser.see("form:has([value=consent])").await?;
        browser.click("form:has([value=consent]) button").await
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
