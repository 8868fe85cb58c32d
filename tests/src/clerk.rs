//! An agent without a browser: the desk's interface, as programs use it.

use crate::{Outcome, Stack, broken};
use serde_json::{Value, json};

/// Somebody signed in at the desk.
pub struct Clerk {
    desk: String,
    cookie: String,
}

impl Clerk {
    /// Signs in and goes available.
    ///
    /// # Errors
    /// When the desk does not let them in.
    pub fn at(stack: &Stack, agent: &str) -> Outcome<Self> {
        Self::of(stack, "meridian", agent)
    }

    /// As [`Clerk::at`], at another business.
    ///
    /// # Errors
    /// As [`Clerk::at`].
    pub fn of(stack: &Stack, site: &str, agent: &str) -> Outcome<Self> {
        let desk = format!("{}/v1/desk", stack.origin());
        let body = json!({"agent": agent, "code": stack.code()});
        let answer = crate::api::client()
            .post(format!("{}/v1/door/{site}/code", stack.origin()))
            .header("content-type", "application/json")
            .send(body.to_string())?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .and_then(|value| value.to_str().ok());
        let Some(cookie) = cookie.and_then(|cookie| cookie.split(';').next()) else {
            return broken(format!("{agent} is not let in: {}", answer.status()));
        };
        let clerk = Self {
            cookie: cookie.into(),
            desk,
        };
        clerk.go("available")?;
        Ok(clerk)
    }

    /// The session's cookie, as browsers send it.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Switches the presence: `available` or `away`.
    ///
    /// # Errors
    /// When the desk refuses it.
    pub fn go(&self, state: &str) -> Outcome {
        let wish = json!({ "state": state }).to_string();
        let put = crate::api::client().put(format!("{}/presence", self.desk));
        let answer = put.header("cookie", &self.cookie).send(wish)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            status => broken(format!("{state} is refused: {status}")),
        }
    }

    /// Says whether the desk takes calls in the browser.
    ///
    /// # Errors
    /// When the desk refuses it.
    pub fn ready(&self, ready: bool) -> Outcome {
        let wish = json!({ "ready": ready }).to_string();
        let put = crate::api::client().put(format!("{}/voice", self.desk));
        let answer = put.header("cookie", &self.cookie).send(wish)?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            status => broken(format!("the desk can't be made ready: {status}")),
        }
    }

    /// What the desk shows.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn view(&self) -> Outcome<Value> {
        let call = crate::api::client()
            .get(&self.desk)
            .header("cookie", &self.cookie);
        Ok(call.call()?.body_mut().read_json()?)
    }

    /// The agent's own state.
    ///
    /// # Errors
    /// When the desk does not answer.
    pub fn state(&self) -> Outcome<String> {
        let view = self.view()?;
        Ok(crate::api::word(&view, "/me/state").unwrap_or_default().into())
    }

    /// Hands the call on.
    ///
    /// # Errors
    /// When there is none, or nobody to take it.
    pub fn hand_on(&self, to: &Value) -> Outcome {
        let view = self.view()?;
        let id = crate::api::word(&view, "/call/id").ok_or("there is no call")?;
        let post = crate::api::client().post(format!("{}/calls/{id}/transfer", self.desk));
        let post = post.header("cookie", &self.cookie);
        let mut answer = post.send(json!({ "to": to }).to_string())?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            _ => broken(answer.body_mut().read_to_string()?),
        }
    }

    /// Writes down that nothing came of the call.
    ///
    /// # Errors
    /// When there is none to write up.
    pub fn write_up(&self) -> Outcome {
        let view = self.view()?;
        let id = crate::api::word(&view, "/call/id").ok_or("there is no call")?;
        let post = crate::api::client().post(format!("{}/calls/{id}/disposition", self.desk));
        let post = post.header("cookie", &self.cookie);
        match post
            .send(json!({"kind": "other", "text": "Thinks about it"}).to_string())?
            .status()
            .as_u16()
        {
            200..=299 => Ok(()),
            status => broken(format!("the call can't be written up: {status}")),
        }
    }

    /// Ends the call.
    ///
    /// # Errors
    /// When there is none.
    pub fn hang_up(&self) -> Outcome {
        let view = self.view()?;
        let id = crate::api::word(&view, "/call/id").ok_or("there is no call")?;
        let post = crate::api::client().post(format!("{}/calls/{id}/hangup", self.desk));
        let answer = post.header("cookie", &self.cookie).send("{}")?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            status => broken(format!("the call can't be ended: {status}")),
        }
    }
}
