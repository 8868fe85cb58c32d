//! The stage of real telephones: the local stack, an Asterisk that connects to it, and the network of phones behind that.

use crate::api::{client, get};
use crate::{Asked, Clerk, Outcome, Stack, broken};
use base64::{Engine, engine::general_purpose::STANDARD};
use pbx::{Edge, Kamailio, Parts, Telephones};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long telephones are waited for: a phone may ring for twenty seconds.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(30);
/// The exchange's secret.
const SECRET: &str = "a-secret-of-the-exchange";

/// A business whose calls an Asterisk carries.
pub struct Exchange {
    /// The server.
    pub stack: Stack,
    /// The Asterisk and its network.
    pub phones: Telephones,
}

/// Where `cargo xtask` has installed Asterisk, and what it has built for it.
///
/// # Errors
/// When it has not.
pub fn parts() -> Outcome<Parts> {
    let clone = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no clone")?;
    let parts = Parts {
        root: clone.join(".tools/asterisk"),
        loopback: library(clone),
    };
    if parts.root.join("usr/sbin/asterisk").exists() && parts.loopback.is_file() {
        Ok(parts)
    } else {
        broken("Asterisk is not installed: run `cargo xtask test`")
    }
}

/// A Kamailio that tells the edge at `address`, as this equipment with this secret, what these phones publish.
///
/// # Errors
/// When `cargo xtask` has not unpacked it, or it does not come up.
pub fn kamailio(
    stack: &Stack,
    address: &str,
    equipment: (&str, &str),
    phones: &[(&str, &str)],
) -> Outcome<Kamailio> {
    let clone = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no clone")?;
    let root = clone.join(".tools/kamailio");
    if !root.join("complete").is_file() {
        return broken("Kamailio is not there: run `cargo xtask test`");
    }
    let folder = stack.folder().join("kamailio");
    Ok(Kamailio::start(&root, folder, address, equipment, phones)?)
}

fn library(clone: &Path) -> PathBuf {
    clone.join("target/debug/libloopback.so")
}

impl Exchange {
    /// Brings everything up, with the business's document changed, and waits until the Asterisk has connected.
    ///
    /// # Errors
    /// When something does not come up.
    pub fn open(name: &str, change: impl FnOnce(&mut Value)) -> Outcome<Self> {
        let stack = Stack::start(name)?;
        stack.set_up(|document| {
            document["equipment"] = json!([pbx()]);
            change(document);
        })?;
        stack.give_secret("pbx", SECRET)?;
        let edge = Edge {
            url: format!(
                "{}/v1/carriers/asterisk/meridian/pbx",
                stack.origin().replacen("http", "ws", 1)
            ),
            user: "pbx".into(),
            password: SECRET.into(),
        };
        let unique = format!("{name}-{}", std::process::id());
        let phones = Telephones::start(&parts()?, &unique, &edge, &pbx::words("Meridian Travel"))?;
        let exchange = Self { stack, phones };
        wait_for("the Asterisk to connect", || {
            Ok(exchange.connected()?.then_some(()))
        })?;
        Ok(exchange)
    }

    /// True while the Asterisk's socket is open.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn connected(&self) -> Outcome<bool> {
        let equipment = self.stack.equipment()?;
        let all = equipment.as_array().ok_or("no list of equipment")?;
        Ok(all
            .iter()
            .any(|one| one["id"] == "pbx" && one["connected"] == true))
    }

    /// Somebody at the desk.
    ///
    /// # Errors
    /// When they are not let in.
    pub fn clerk(&self, agent: &str) -> Outcome<Clerk> {
        Clerk::at(&self.stack, agent)
    }

    /// Waits until a request is in this state, and gives it.
    ///
    /// # Errors
    /// When it is not in time, or has ended otherwise.
    pub fn until(&self, asked: &Asked, state: &str) -> Outcome<Value> {
        wait_for(state, || self.stack.reached(asked, state))
    }

    /// Waits for the end of a request: its reason, and who ended it.
    ///
    /// # Errors
    /// When it does not end in time.
    pub fn end_of(&self, asked: &Asked) -> Outcome<(String, Value)> {
        let view = self.until(asked, "ended")?;
        Ok((
            view.get("reason")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .into(),
            view.get("ended_by").cloned().unwrap_or_default(),
        ))
    }

    /// The SIP address of a user of the network behind the Asterisk.
    pub fn at(&self, user: &str) -> String {
        format!("sip:{user}@127.0.0.1:{}", self.phones.sip_port)
    }

    /// How often a number was called, or a user at a SIP address, by the network's records of calls that are over.
    ///
    /// # Errors
    /// When the records can't be read.
    pub fn calls_to(&self, number: &str) -> Outcome<usize> {
        let records = self.phones.records()?;
        Ok(records.iter().filter(|record| record.number == number).count())
    }
}

/// The Asterisk as the business's document names it.
pub fn pbx() -> Value {
    json!({"id": "pbx", "kind": "asterisk", "dial": "PJSIP/{number}@trunk"})
}

/// The same, where it dials SIP addresses, too.
pub fn pbx_and_sip() -> Value {
    let mut pbx = pbx();
    if let Some(pbx) = pbx.as_object_mut() {
        pbx.insert("dial_sip".into(), json!("PJSIP/out/{address}"));
    }
    pbx
}

/// Looks again and again until `look` finds something.
///
/// # Errors
/// When patience runs out, or `look` says so.
pub fn wait_for<T>(what: impl std::fmt::Display, mut look: impl FnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(found) = look()? {
            return Ok(found);
        }
        std::thread::sleep(POLL);
    }
    broken(format!("waited in vain for {what}"))
}

/// Tells what a phone published, as a SIP server with this equipment's id and secret does: the status, and what is answered.
///
/// # Errors
/// When nobody answers.
pub fn as_sip_server(stack: &Stack, (id, secret): (&str, &str), told: &Value) -> Outcome<(u16, Value)> {
    let credentials = STANDARD.encode(format!("{id}:{secret}"));
    let address = format!("{}/v1/presence/meridian/{id}", stack.origin());
    let post = client()
        .post(address)
        .header("authorization", format!("Basic {credentials}"));
    let mut answer = post.send(told.to_string())?;
    let text = answer.body_mut().read_to_string()?;
    Ok((
        answer.status().as_u16(),
        serde_json::from_str(&text).unwrap_or_default(),
    ))
}

impl Stack {
    /// Gives a piece of equipment its credentials.
    ///
    /// # Errors
    /// When the server does not take them.
    pub fn give_secret(&self, equipment: &str, secret: &str) -> Outcome {
        self.give_secret_at("meridian", equipment, secret)
    }

    /// As [`Stack::give_secret`], at another business.
    ///
    /// # Errors
    /// As there.
    pub fn give_secret_at(&self, site: &str, equipment: &str, secret: &str) -> Outcome {
        let put = client().put(format!(
            "{}/v1/businesses/{site}/equipment/{equipment}/secret",
            self.origin()
        ));
        let put = put.header("authorization", format!("Bearer {}", self.operator()));
        let mut answer = put.send(json!({ "secret": secret }).to_string())?;
        match answer.status().as_u16() {
            204 => Ok(()),
            _ => broken(answer.body_mut().read_to_string()?),
        }
    }

    /// The state of the business's equipment.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn equipment(&self) -> Outcome<Value> {
        let address = format!("{}/v1/businesses/meridian/equipment", self.origin());
        get(&address, Some(&self.operator()))
    }

    /// The dial policy as it stands.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn policy(&self) -> Outcome<Value> {
        let address = format!("{}/v1/businesses/meridian/policy", self.origin());
        get(&address, Some(&self.operator()))
    }
}
