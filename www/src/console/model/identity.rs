//! How people sign in: their own passkeys, and the company's own sign-in.

use super::{Do, Model, Msg, Notice};
use crate::net::Failure;
use serde_json::{Value, json};
use shared::member::Right;
use shared::sign_on::SignOnStatus;

/// Where what is wrong with a new passkey is said, and with the company's secret.
pub(in crate::console) const NEW_PASSKEY: &str = "passkey.name";
pub(in crate::console) const CLIENT_SECRET: &str = "sign_on.secret";
/// Where the company's sign-in stands in the document.
pub(in crate::console) const SIGN_ON: &str = "sign_on";

/// What may happen to it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Identity {
    /// A name is typed for a new passkey.
    Named(String),
    AddPasskey,
    /// A new passkey is there; or why not.
    Added(Result<(), String>),
    RemovePasskey(String),
    Removed(Result<(), Failure>),
    SignOn(Result<SignOnStatus, Failure>),
    /// The client's secret.
    Secret(String),
    SecretKept(Result<(), Failure>),
}

/// What to ask the browser or the edge about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum AskIdentity {
    /// A passkey of this name.
    AddPasskey(String),
    RemovePasskey(String),
    SignOn,
    KeepSecret(String),
}

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::console) struct Identities {
    /// A name that is typed for a new passkey.
    pub(in crate::console) named: String,
    /// The browser asks for a passkey.
    pub(in crate::console) busy: bool,
    pub(in crate::console) sign_on: Option<SignOnStatus>,
}

/// A sign-in of the company's that is yet to be filled in.
pub(in crate::console) fn new_sign_on() -> Value {
    json!({"issuer": "", "client_id": ""})
}

fn ask(model: &Model, what: AskIdentity) -> Vec<Do> {
    let site = model.site.clone();
    site.map(|site| Do::Identity(site, what)).into_iter().collect()
}

/// What is to be looked at while this part is open.
pub(super) fn look(model: &Model) -> Vec<Do> {
    match model.may(Right::ReadEquipment) {
        true => ask(model, AskIdentity::SignOn),
        false => Vec::new(),
    }
}

/// Takes in what happened.
pub(super) fn update(model: &mut Model, what: Identity) -> Vec<Do> {
    match what {
        Identity::Named(text) => {
            model.identities.named = text;
            model.errors.remove(NEW_PASSKEY);
        }
        Identity::AddPasskey if model.identities.busy => {}
        Identity::AddPasskey => {
            let name = model.identities.named.trim().to_owned();
            if name.is_empty() {
                let words = "Name it, so that you find it again.";
                model.errors.insert(NEW_PASSKEY.into(), words.into());
                return Vec::new();
            }
            model.identities.busy = true;
            model.errors.remove(NEW_PASSKEY);
            return ask(model, AskIdentity::AddPasskey(name));
        }
        Identity::Added(answer) => {
            model.identities.busy = false;
            match answer {
                Ok(()) => {
                    model.identities.named.clear();
                    return vec![Do::ReadMe];
                }
                Err(words) => {
                    model.errors.insert(NEW_PASSKEY.into(), words);
                }
            }
        }
        Identity::RemovePasskey(id) => return ask(model, AskIdentity::RemovePasskey(id)),
        Identity::Removed(Ok(())) => return vec![Do::ReadMe],
        Identity::SignOn(Ok(sign_on)) => model.identities.sign_on = Some(sign_on),
        Identity::Secret(secret) => return ask(model, AskIdentity::KeepSecret(secret)),
        Identity::SecretKept(Ok(())) => {
            model.errors.remove(CLIENT_SECRET);
            model.say(Notice::Saved);
            return look(model);
        }
        Identity::SecretKept(Err(failure)) if failure.status() != Some(401) => {
            model
                .errors
                .insert(CLIENT_SECRET.into(), failure.beside().to_owned());
        }
        Identity::Removed(Err(failure))
        | Identity::SignOn(Err(failure))
        | Identity::SecretKept(Err(failure)) => model.refuse(&failure),
    }
    Vec::new()
}

impl From<Identity> for Msg {
    fn from(what: Identity) -> Self {
        Self::Identity(what)
    }
}
