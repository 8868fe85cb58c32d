//! Bindings and secrets by name. A deployment that lacks one learns its name.

use serde_json::Error as NotJson;
use shared::SiteId;
use shared::policy::Ceiling;
use std::collections::BTreeMap;
use worker::{Env, Error, Result};

/// What the operator configured.
#[derive(Clone)]
pub(crate) struct Settings(Env);

impl Settings {
    pub(crate) fn new(env: &Env) -> Self {
        Self(env.clone())
    }

    fn text(&self, name: &str) -> Result<String> {
        match self.0.var(name).map(|value| value.to_string()) {
            Ok(text) if !text.is_empty() => Ok(text),
            _ => Err(Error::from(format!("the setting {name} is missing"))),
        }
    }

    /// The origin under which people reach this worker.
    pub(crate) fn public_origin(&self) -> Result<String> {
        self.text("PUBLIC_ORIGIN")
    }

    /// Sets businesses up.
    pub(crate) fn operator_secret(&self) -> Result<String> {
        self.text("OPERATOR_SECRET")
    }

    /// Opens the sandbox exchange.
    pub(crate) fn sandbox_secret(&self) -> Result<String> {
        self.text("SANDBOX_SECRET")
    }

    /// Signs call events.
    pub(crate) fn event_secret(&self) -> Result<String> {
        self.text("EVENT_SECRET")
    }

    /// Encrypts the credentials of equipment.
    pub(crate) fn vault_secret(&self) -> Result<String> {
        self.text("VAULT_SECRET")
    }

    /// Businesses' secrets are derived from it.
    pub(crate) fn secret_seed(&self) -> Result<String> {
        self.text("SECRET_SEED")
    }

    /// Makes receipts.
    pub(crate) fn receipt_secret(&self) -> Result<String> {
        self.text("RECEIPT_SECRET")
    }

    /// How far this business's document may go: what `DIAL_CEILINGS` says for it, or for `*`, which is every other.
    pub(crate) fn ceiling(&self, site: &SiteId) -> Result<Ceiling> {
        let Ok(text) = self.text("DIAL_CEILINGS") else {
            return Ok(Ceiling::default());
        };
        let all: BTreeMap<String, Ceiling> = serde_json::from_str(&text)
            .map_err(|why: NotJson| Error::from(format!("the setting DIAL_CEILINGS: {why}")))?;
        let found = all.get(site.as_str()).or_else(|| all.get("*"));
        Ok(found.copied().unwrap_or_default())
    }

    /// The demo's sign-in code; `None` unless the operator turned the demo on.
    pub(crate) fn demo_code(&self) -> Option<String> {
        let on = self.text("DEMO").is_ok_and(|value| value == "1");
        self.text("DEMO_CODE").ok().filter(|_| on)
    }
}
