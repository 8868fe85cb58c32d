//! A business's own server: it signs what it asks.

use crate::api::{client, word};
use crate::{Asked, Outcome, Stack, broken};
use serde_json::{Value, json};
use shared::Millis;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use telephony::signature;

static MESSAGES: AtomicU64 = AtomicU64::new(0);

/// Who calls the equipment's front door, and with what.
#[derive(Debug, Clone)]
pub struct Caller {
    /// What it signs with.
    pub secret: String,
    /// Seconds that its clock is ahead.
    pub ahead_s: i64,
    /// The id of its next message; `None` for a new one each time.
    pub message: Option<String>,
    /// Its idempotency key, if it uses one.
    pub key: Option<String>,
}

impl Caller {
    /// Somebody with this secret and a good clock.
    pub fn with(secret: &str) -> Self {
        Self {
            secret: secret.into(),
            ahead_s: 0,
            message: None,
            key: None,
        }
    }

    fn headers(&self, body: &str) -> Vec<(&'static str, String)> {
        let next = || format!("msg_{}", MESSAGES.fetch_add(1, Ordering::Relaxed));
        let id = self.message.clone().unwrap_or_else(next);
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis();
        let now = Millis(i64::try_from(since).unwrap_or_default()).plus_s(self.ahead_s);
        let mut headers = signature::sign(&self.secret, &id, now, body);
        headers.extend(self.key.clone().map(|key| ("idempotency-key", key)));
        headers
    }
}

/// A token as a business's server signs one for its page: by another's cryptography than the edge's.
///
/// # Errors
/// When Node does not run.
pub fn signed_token(secret: &str, claims: &Value) -> Outcome<String> {
    const SIGN: &str = "const { createHmac } = require('node:crypto');
        const part = (it) => Buffer.from(JSON.stringify(it)).toString('base64url');
        const [secret, claims] = process.argv.slice(1);
        const said = part({ alg: 'HS256', typ: 'JWT' }) + '.' + part(JSON.parse(claims));
        process.stdout.write(said + '.' + createHmac('sha256', secret).update(said).digest('base64url'))";
    let signed = std::process::Command::new("node")
        .args(["-e", SIGN, secret, &claims.to_string()])
        .output()?;
    Ok(String::from_utf8(signed.stdout)?)
}

impl Stack {
    /// Asks the front door; the status and what it says.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn initiate(&self, caller: &Caller, body: &Value) -> Outcome<(u16, Value)> {
        let text = body.to_string();
        let mut post = client()
            .post(format!("{}/v1/bridges", self.origin()))
            .header("content-type", "application/json");
        for (name, value) in caller.headers(&text) {
            post = post.header(name, value);
        }
        let mut answer = post.send(text)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_json()?))
    }

    /// The request that the front door made.
    ///
    /// # Errors
    /// When it made none.
    pub fn initiated(&self, answer: &Value) -> Outcome<Asked> {
        match (word(answer, "/request/id"), word(answer, "/receipt")) {
            (Some(id), Some(receipt)) => Ok(self.asked(id, receipt)),
            _ => broken(format!("no request: {answer}")),
        }
    }

    /// A call of the operator's, with its status.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn operate(&self, method: &str, path: &str) -> Outcome<(u16, Value)> {
        self.operate_with(method, path, "")
    }

    /// The same with a body, where it is a `POST`.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn operate_with(&self, method: &str, path: &str, body: &str) -> Outcome<(u16, Value)> {
        let address = format!("{}/v1/businesses/meridian/{path}", self.origin());
        let bearer = format!("Bearer {}", self.operator());
        let mut answer = match method {
            "POST" => client()
                .post(address)
                .header("authorization", bearer)
                .send(body)?,
            "DELETE" => client().delete(address).header("authorization", bearer).call()?,
            _ => client().get(address).header("authorization", bearer).call()?,
        };
        let status = answer.status().as_u16();
        let text = answer.body_mut().read_to_string()?;
        Ok((
            status,
            serde_json::from_str(&text).unwrap_or_else(|_| json!(text)),
        ))
    }

    /// A new secret of the business's: its name and itself.
    ///
    /// # Errors
    /// When there is none to be had.
    pub fn new_secret(&self) -> Outcome<(String, String)> {
        self.new_secret_for(&json!({}))
    }

    /// One that is to be like this.
    ///
    /// # Errors
    /// When there is none to be had.
    pub fn new_secret_for(&self, wish: &Value) -> Outcome<(String, String)> {
        let (status, made) = self.operate_with("POST", "secrets", &wish.to_string())?;
        match (word(&made, "/id"), word(&made, "/secret")) {
            (Some(id), Some(secret)) => Ok((id.into(), secret.into())),
            _ => broken(format!("{status}: {made}")),
        }
    }

    /// What the business used, read by its server; the status and what it says.
    ///
    /// # Errors
    /// When nobody answers.
    pub fn usage_of(&self, site: &str, caller: &Caller) -> Outcome<(u16, Value)> {
        let mut get = client().get(format!("{}/v1/businesses/{site}/usage", self.origin()));
        for (name, value) in caller.headers("") {
            get = get.header(name, value);
        }
        let mut answer = get.call()?;
        Ok((answer.status().as_u16(), answer.body_mut().read_json()?))
    }

    /// A secret of this server's own deployment, by its name.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn deployed(&self, name: &str) -> Outcome<String> {
        let secrets = std::fs::read_to_string(self.folder().join("state/secrets.env"))?;
        let secret = secrets
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        Ok(secret.ok_or("no secret")?.to_owned())
    }

    /// What the sandbox's own exchange says of a leg.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn at_the_exchange(&self, leg: &str) -> Outcome<Value> {
        crate::api::get(
            &format!("{}/sandbox/v1/meridian/calls/{leg}", self.origin()),
            Some(&self.deployed("SANDBOX_SECRET")?),
        )
    }
}
