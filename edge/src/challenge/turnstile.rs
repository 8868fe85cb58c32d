//! Cloudflare's Turnstile: the visitor's browser gets a token there, and we ask Cloudflare what it is worth.

use super::{Challenge, Verdict};
use crate::secret;
use crate::send;
use crate::setting::{Settings, Turnstile as Set};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::{Millis, SiteId};
use telephony::HttpCall;
use worker::{Result, Url};

/// What our challenges are for, as Turnstile's widget is told.
const ACTION: &str = "callback";

pub(super) struct Turnstile {
    set: Set,
    host: String,
    /// Binds a token to the business.
    site: SiteId,
}

/// What `siteverify` answers, as far as it matters.
#[derive(Deserialize)]
struct Said {
    success: bool,
    #[serde(default)]
    hostname: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    cdata: String,
}

impl Turnstile {
    /// `None` where the deployment has no Turnstile.
    pub(super) fn new(settings: &Settings, site: &SiteId) -> Result<Option<Self>> {
        let Some(set) = settings.turnstile()? else {
            return Ok(None);
        };
        let host = Url::parse(&settings.public_origin()?)?;
        Ok(Some(Self {
            set,
            host: host.host_str().unwrap_or_default().to_owned(),
            site: site.clone(),
        }))
    }

    fn believes(&self, said: &Said) -> bool {
        said.success
            && said.hostname == self.host
            && said.action == ACTION
            && said.cdata == self.site.as_str()
    }
}

impl Challenge for Turnstile {
    fn offer(&self, _now: Millis) -> Result<Value> {
        let (key, site) = (&self.set.site_key, self.site.as_str());
        Ok(json!({"kind": "turnstile", "sitekey": key, "action": ACTION, "cdata": site}))
    }

    async fn check(&self, proof: &str) -> Result<Verdict> {
        let asked = HttpCall {
            method: "POST",
            url: self.set.verify.clone(),
            headers: vec![("content-type", "application/json".into())],
            body: json!({"secret": self.set.secret, "response": proof}).to_string(),
        };
        let answer = send::send(&asked).await;
        if answer.status != Some(200) {
            return Ok(Verdict::Unknown);
        }
        Ok(match serde_json::from_str::<Said>(&answer.body) {
            Ok(said) if self.believes(&said) => Verdict::Good(format!("turnstile {}", secret::hash(proof))),
            Ok(_) => Verdict::Bad,
            Err(_) => Verdict::Unknown,
        })
    }
}
