//! What the company's own sign-in is asked: what it is, its keys, a token for a code, who somebody is.

use super::Core;
use super::sign_on::Unsure;
use crate::{clock, send};
use access::sign_on::{Claims, Exchange, Fault, Keys, PROVIDER_S, Provider};
use serde::Deserialize;
use shared::Millis;
use shared::sign_on::SignOn;
use telephony::HttpCall;
use webhook::target;

/// Seconds after one that did not answer in which it is not asked again: whoever knocks at the door has it asked.
const REST_S: i64 = 5;

/// What is known of the company's sign-in, and since when.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) provider: Provider,
    pub(super) keys: Keys,
}

/// The same as it is remembered; nothing for one that did not answer.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    issuer: String,
    at: Millis,
    known: Option<Known>,
}

impl Core {
    /// The rule for addresses that a business names: as for its webhooks.
    pub(super) fn reachable(&self, address: &str) -> Result<(), target::Refused> {
        target::check(address, self.settings.demo_code().is_some())
    }

    /// What the company's sign-in says of itself, and its keys: asked for once an hour, and when `anew`.
    pub(super) async fn provider(&self, setting: &SignOn, anew: bool) -> Result<Known, Unsure> {
        let now = clock::now();
        let held = self.provider.borrow().clone();
        match held.filter(|held| held.issuer == setting.issuer) {
            Some(Remembered {
                known: Some(known),
                at,
                ..
            }) if !anew && at.plus_s(PROVIDER_S) > now => {
                return Ok(known);
            }
            Some(Remembered { known: None, at, .. }) if at.plus_s(REST_S) > now => {
                return Err(Ok(Fault::Provider));
            }
            _ => {}
        }
        let told = self.introduced(&setting.issuer).await;
        self.provider.replace(Some(Remembered {
            issuer: setting.issuer.clone(),
            at: now,
            known: told.as_ref().ok().cloned(),
        }));
        told
    }

    async fn introduced(&self, issuer: &str) -> Result<Known, Unsure> {
        let text = self.fetch(&Provider::address(issuer)).await?;
        let provider = Provider::read(issuer, &text).map_err(Ok)?;
        if !provider
            .addresses()
            .all(|address| self.reachable(address).is_ok())
        {
            return Err(Ok(Fault::Provider));
        }
        let keys = Keys::read(&self.fetch(&provider.jwks_uri).await?).map_err(Ok)?;
        Ok(Known { provider, keys })
    }

    async fn fetch(&self, address: &str) -> Result<String, Unsure> {
        if self.reachable(address).is_err() {
            return Err(Ok(Fault::Provider));
        }
        ask(address, vec![("accept", "application/json".into())]).await
    }
}

/// What a code is exchanged for.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub(super) id_token: String,
    #[serde(default)]
    pub(super) access_token: String,
}

pub(super) async fn exchanged(provider: &Provider, exchange: &Exchange<'_>) -> Result<Tokens, Unsure> {
    let (headers, body) = provider.exchange(exchange);
    let call = HttpCall {
        method: "POST",
        url: provider.token_endpoint.clone(),
        headers,
        body,
    };
    let answer = send::send_as(&call, send::PROVIDER).await;
    match answer.status {
        Some(200) => serde_json::from_str(&answer.body).map_err(|_| Ok(Fault::Token)),
        Some(400..=499) => Err(Ok(Fault::Code)),
        _ => Err(Ok(Fault::Provider)),
    }
}

/// Who somebody is, where the provider tells that elsewhere than in its token.
pub(super) async fn asked(address: &str, token: &str, claims: &Claims) -> Result<Claims, Unsure> {
    let bearer = ("authorization", format!("Bearer {token}"));
    let text = ask(address, vec![bearer, ("accept", "application/json".into())]).await?;
    claims.told(&text).map_err(Ok)
}

async fn ask(address: &str, headers: Vec<(&'static str, String)>) -> Result<String, Unsure> {
    let call = HttpCall {
        method: "GET",
        url: address.into(),
        headers,
        body: String::new(),
    };
    let answer = send::send_as(&call, send::PROVIDER).await;
    match answer.status {
        Some(200) => Ok(answer.body),
        _ => Err(Ok(Fault::Provider)),
    }
}
