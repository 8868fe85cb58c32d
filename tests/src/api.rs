//! The interface of the server, as programs use it: for what would take people too long.

use crate::{Outcome, Stack, broken, until, worked};
use serde_json::{Value, json};
use std::fs;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Idempotency keys that were used.
static KEYS: AtomicU64 = AtomicU64::new(0);

/// A request made without a browser.
pub struct Asked {
    pub(crate) address: String,
    pub(crate) receipt: String,
}

impl Asked {
    /// The request's id, and what proves that one is its customer.
    pub(crate) fn credentials(&self) -> (&str, &str) {
        let id = self.address.rsplit('/').next().unwrap_or_default();
        (id, &self.receipt)
    }
}

fn send(address: &str, body: &Value, proof: &str) -> Outcome<(u16, Value)> {
    let key = KEYS.fetch_add(1, Ordering::Relaxed).to_string();
    let mut call = client().post(address).header("idempotency-key", key);
    if !proof.is_empty() {
        call = call.header("challenge-answer", proof);
    }
    let mut answer = call.send(body.to_string())?;
    Ok((answer.status().as_u16(), answer.body_mut().read_json()?))
}

/// The server closes a connection on which nothing was asked for five seconds; what is asked at that very moment is lost.
const KEPT_CONNECTION: Duration = Duration::from_secs(3);

/// One for all, so that connections are kept.
pub(crate) fn client() -> ureq::Agent {
    static CLIENT: OnceLock<ureq::Agent> = OnceLock::new();
    let make = || {
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_age(KEPT_CONNECTION)
            .build()
            .into()
    };
    CLIENT.get_or_init(make).clone()
}

/// Posts a text.
///
/// # Errors
/// When nobody answers.
pub fn post_text(address: &str, text: &str) -> Outcome {
    client().post(address).send(text)?.body_mut().read_to_string()?;
    Ok(())
}

/// Posts JSON, and gives the status and what is answered.
///
/// # Errors
/// When nobody answers.
pub fn post_json(address: &str, body: &Value) -> Outcome<(u16, String)> {
    let mut answer = client().post(address).send(body.to_string())?;
    Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
}

/// The same from this network, as whatever stands before the server would tell it.
///
/// # Errors
/// When nobody answers.
pub fn post_json_from(network: &str, address: &str, body: &Value) -> Outcome<(u16, String)> {
    let post = client().post(address).header("cf-connecting-ip", network);
    let mut answer = post.send(body.to_string())?;
    Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
}

/// Minutes since the week began, by the clock of this machine in UTC: Monday is 0.
///
/// # Errors
/// When the clock is before 1970.
pub fn minute_of_week() -> Outcome<u64> {
    let minutes = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 60;
    // 1970 began on a Thursday.
    Ok((minutes + 3 * 24 * 60) % (7 * 24 * 60))
}

/// This machine's clock, in UTC milliseconds.
pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or_default()
}

impl Stack {
    /// The business as its document describes it now, with something changed.
    ///
    /// # Errors
    /// When the server does not take it.
    pub fn set_up(&self, change: impl FnOnce(&mut Value)) -> Outcome {
        self.set_up_as("meridian", change)
    }

    /// The demo's document.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn seeded(&self) -> Outcome<Value> {
        let text = fs::read_to_string(self.folder().join("state/seeded.json"))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// As [`Stack::set_up`], under another name.
    ///
    /// # Errors
    /// As there.
    pub fn set_up_as(&self, site: &str, change: impl FnOnce(&mut Value)) -> Outcome {
        let mut document = self.seeded()?;
        change(&mut document);
        let call = client().put(format!("{}/v1/businesses/{site}", self.origin()));
        let call = call.header("authorization", format!("Bearer {}", self.operator()));
        let mut answer = call.send(document.to_string())?;
        if answer.status().as_u16() != 200 {
            return broken(answer.body_mut().read_to_string()?);
        }
        Ok(())
    }

    /// The business's document as it is kept.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn document(&self) -> Outcome<Value> {
        let address = format!("{}/v1/businesses/meridian", self.origin());
        get(&address, Some(&self.operator()))
    }

    /// Takes these origins among those whose pages may carry the button.
    ///
    /// # Errors
    /// When the server does not take it.
    pub fn admit(&self, more: &[&str]) -> Outcome {
        self.set_up(|document| {
            if let Some(origins) = document.get_mut("origins").and_then(Value::as_array_mut) {
                origins.extend(more.iter().map(|&origin| origin.into()));
            }
        })
    }

    /// The address and the integrity under which the present loader can be pinned.
    ///
    /// # Errors
    /// When the server does not list them.
    pub fn pinned(&self) -> Outcome<(String, String)> {
        let listed = get(&format!("{}/v1/versions.json", self.origin()), None)?;
        match (
            word(&listed, "/loader/address"),
            word(&listed, "/loader/integrity"),
        ) {
            (Some(address), Some(integrity)) => Ok((address.into(), integrity.into())),
            _ => broken(listed),
        }
    }

    /// What a shopper's page is told.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn site(&self) -> Outcome<Value> {
        get(&format!("{}/v1/sites/meridian", self.origin()), None)
    }

    /// What was announced to those who waited, beside what came true.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn forecast(&self) -> Outcome<Value> {
        let address = format!("{}/v1/businesses/meridian/forecast", self.origin());
        get(&address, Some(&self.operator()))
    }

    /// Asks for a call of this number; `more` are other fields of the request.
    ///
    /// # Errors
    /// When it is refused: the status, field and code of the refusal.
    pub fn ask(&self, phone: &str, more: &Value) -> Outcome<Asked> {
        self.ask_at("meridian", phone, more)
    }

    /// A page of this origin with the business's script tag is looked at.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn view_page(&self, site: &str, origin: &str) -> Outcome {
        let address = format!("{}/v1/sites/{site}", self.origin());
        client().get(address).header("origin", origin).call()?;
        Ok(())
    }

    /// As [`Stack::ask`], at another business.
    ///
    /// # Errors
    /// As [`Stack::ask`].
    pub fn ask_at(&self, site: &str, phone: &str, more: &Value) -> Outcome<Asked> {
        let mut body = json!({"phone": phone, "consent": true});
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        let address = format!("{}/v1/sites/{site}/requests", self.origin());
        let (mut status, mut told) = send(&address, &body, "")?;
        if status == 428 {
            (status, told) = send(&address, &body, &worked(&told)?)?;
        }
        match (word(&told, "/request/id"), word(&told, "/receipt")) {
            (Some(id), Some(receipt)) => Ok(Asked {
                address: format!("{address}/{id}"),
                receipt: receipt.into(),
            }),
            _ => {
                let error = |name| word(&told, name).unwrap_or_default();
                let (field, code) = (error("/errors/0/field"), error("/errors/0/code"));
                broken(format!("{status} {field} {code}"))
            }
        }
    }

    /// Asks for a call with what came of a challenge: the status, and what is told.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn ask_showing(&self, phone: &str, proof: &str) -> Outcome<(u16, Value)> {
        let address = format!("{}/v1/sites/meridian/requests", self.origin());
        send(&address, &json!({"phone": phone, "consent": true}), proof)
    }

    pub(crate) fn asked(&self, id: &str, receipt: &str) -> Asked {
        Asked {
            address: format!("{}/v1/sites/meridian/requests/{id}", self.origin()),
            receipt: receipt.into(),
        }
    }

    /// True when this business knows that request.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn knows(&self, site: &str, id: &str, receipt: &str) -> Outcome<bool> {
        let address = format!("{}/v1/sites/{site}/requests/{id}", self.origin());
        let call = client()
            .get(address)
            .header("authorization", format!("Bearer {receipt}"));
        Ok(call.call()?.status().as_u16() == 200)
    }

    /// That request, as its customer sees it.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn view_of(&self, asked: &Asked) -> Outcome<Value> {
        get(&asked.address, Some(&asked.receipt))
    }

    /// That request once it is in this state, nothing while it is on its way there.
    ///
    /// # Errors
    /// When the server does not answer, or the request has ended otherwise.
    pub fn reached(&self, asked: &Asked, state: &str) -> Outcome<Option<Value>> {
        let view = self.view_of(asked)?;
        let now = view.get("state").and_then(Value::as_str);
        if now == Some("ended") && state != "ended" {
            return broken(format!("ended instead of {state}: {view}"));
        }
        Ok((now == Some(state)).then_some(view))
    }

    /// Takes a request back.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn cancel(&self, asked: &Asked) -> Outcome {
        let bearer = format!("Bearer {}", asked.receipt);
        client()
            .delete(&asked.address)
            .header("authorization", bearer)
            .call()?;
        Ok(())
    }

    /// The customer of this request wants to be called by telephone: how it stands then.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn call_by_phone(&self, asked: &Asked) -> Outcome<Value> {
        let bearer = format!("Bearer {}", asked.receipt);
        let call = client().delete(format!("{}/voice", asked.address));
        Ok(call
            .header("authorization", bearer)
            .call()?
            .body_mut()
            .read_json()?)
    }

    /// Where that request stands.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn state_of(&self, asked: &Asked) -> Outcome<String> {
        let view = self.view_of(asked)?;
        Ok(word(&view, "/state").unwrap_or_default().into())
    }

    /// Moves the server's clock ahead and waits until it has noticed: who asks at once may lose the connection.
    ///
    /// # Errors
    /// When it does not answer any more.
    pub async fn later(&self, seconds: u64) -> Outcome {
        self.pass(seconds)?;
        until("the server after the jump of its clock", async || {
            Ok(self.site().ok())
        })
        .await?;
        Ok(())
    }
}

pub(crate) fn word<'a>(json: &'a Value, at: &str) -> Option<&'a str> {
    json.pointer(at)?.as_str()
}

pub(crate) fn get(address: &str, secret: Option<&str>) -> Outcome<Value> {
    let mut call = client().get(address);
    if let Some(secret) = secret {
        call = call.header("authorization", format!("Bearer {secret}"));
    }
    let mut answer = call.call()?;
    if answer.status().as_u16() != 200 {
        return broken(answer.body_mut().read_to_string()?);
    }
    Ok(answer.body_mut().read_json()?)
}
