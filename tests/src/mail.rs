//! A mailbox: a real mail server on loopback, and the people who read what comes.

use crate::{Outcome, Stack, broken, until};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A mail server with everything that it took.
pub struct Mailbox {
    child: Child,
    port: u64,
    taken: Arc<Mutex<Vec<Value>>>,
}

impl Mailbox {
    /// Starts one.
    ///
    /// # Errors
    /// When Node does not start it.
    pub fn start() -> Outcome<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut child = Command::new("node")
            .arg("tests/mail.mjs")
            .current_dir(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let first: Value = serde_json::from_str(&lines.next().ok_or("the mail server said nothing")??)?;
        let port = first.get("port").and_then(Value::as_u64).ok_or("no port")?;
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        std::thread::spawn(move || {
            for mail in lines
                .map_while(Result::ok)
                .filter_map(|line| serde_json::from_str(&line).ok())
            {
                if let Ok(mut kept) = kept.lock() {
                    kept.push(mail);
                }
            }
        });
        Ok(Self { child, port, taken })
    }

    /// What a server is told so that it sends by this one.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        [
            ("SMTP_URL", format!("smtp://door:s3cret@127.0.0.1:{}", self.port)),
            ("MAIL_FROM", "door@ringback.example".into()),
        ]
    }

    /// The e-mails for this address so far.
    pub fn of(&self, email: &str) -> Vec<String> {
        let taken = self.taken.lock().map(|taken| taken.clone()).unwrap_or_default();
        let to = |mail: &Value| mail.pointer("/to/0").and_then(Value::as_str) == Some(email);
        let text = |mail: &Value| mail.get("text").and_then(Value::as_str).map(str::to_owned);
        taken.iter().filter(|mail| to(mail)).filter_map(text).collect()
    }

    /// Waits for the `nth` e-mail for this address (from 1) and gives the link in it.
    ///
    /// # Errors
    /// When none comes.
    pub async fn link(&self, email: &str, nth: usize) -> Outcome<String> {
        until(format!("e-mail {nth} for {email}"), || async {
            let mails = self.of(email);
            let mail = mails.get(nth - 1);
            let line = mail.and_then(|mail| mail.lines().find(|line| line.contains("#in=")));
            Ok(line.map(|line| line.trim().to_owned()))
        })
        .await
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Somebody who is signed in, without a browser.
pub struct Visitor {
    origin: String,
    cookie: String,
}

impl Visitor {
    /// Signs in with a link.
    ///
    /// # Errors
    /// When no link comes, or it does not work.
    pub async fn by_link(stack: &Stack, mailbox: &Mailbox, email: &str) -> Outcome<Self> {
        let before = mailbox.of(email).len();
        let door = format!("{}/v1/door/meridian", stack.origin());
        let client = crate::api::client();
        let wish = json!({"email": email, "to": "console"}).to_string();
        let asked = client.post(format!("{door}/link")).send(wish)?;
        let asked = cookie_of(&asked)?;
        let link = mailbox.link(email, before + 1).await?;
        let token = link.rsplit("#in=").next().unwrap_or_default();
        let open = client.post(format!("{door}/link/open")).header("cookie", &asked);
        let opened = open.send(json!({ "token": token }).to_string())?;
        if opened.status().as_u16() != 200 {
            return broken(format!("{email} is not let in: {}", opened.status()));
        }
        Ok(Self {
            origin: stack.origin(),
            cookie: cookie_of(&opened)?,
        })
    }

    /// Calls, and gives the status and what is answered.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn call(&self, method: &str, path: &str, body: &Value) -> Outcome<(u16, Value)> {
        let address = format!("{}{path}", self.origin);
        // Days may have passed since the last call: no connection is kept.
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(0);
        let client: ureq::Agent = config.build().into();
        let mut answer = match method {
            "GET" => client.get(address).header("cookie", &self.cookie).call()?,
            "DELETE" => client.delete(address).header("cookie", &self.cookie).call()?,
            "PUT" => client
                .put(address)
                .header("cookie", &self.cookie)
                .send(body.to_string())?,
            _ => client
                .post(address)
                .header("cookie", &self.cookie)
                .send(body.to_string())?,
        };
        let text = answer.body_mut().read_to_string()?;
        let told = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok((answer.status().as_u16(), told))
    }
}

impl Visitor {
    /// A header of what is answered there.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn header(&self, path: &str, name: &str) -> Outcome<Option<String>> {
        let client = crate::api::client();
        let answer = client
            .get(format!("{}{path}", self.origin))
            .header("cookie", &self.cookie)
            .call()?;
        let value = answer.headers().get(name).and_then(|value| value.to_str().ok());
        Ok(value.map(str::to_owned))
    }
}

/// The cookie that an answer sets.
///
/// # Errors
/// When it sets none.
pub fn cookie_of<T>(answer: &ureq::http::Response<T>) -> Outcome<String> {
    let header = answer
        .headers()
        .get("set-cookie")
        .and_then(|value| value.to_str().ok());
    let cookie = header.and_then(|header| header.split(';').next());
    Ok(cookie.ok_or("no cookie was set")?.to_owned())
}
