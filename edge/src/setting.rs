//! Bindings and secrets by name. A deployment that lacks one learns its name.

use crate::secret;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Error as NotJson;
use shared::SiteId;
use shared::member::Email;
use shared::policy::Ceiling;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use worker::{Env, Error, ObjectNamespace, Result, Url};

/// A mail server, and how we come to it.
pub(crate) struct Smtp {
    pub(crate) host: String,
    pub(crate) port: u16,
    /// TLS from the first byte; without it only on this machine.
    pub(crate) secure: bool,
    /// As AUTH PLAIN wants them.
    pub(crate) credentials: Option<String>,
    pub(crate) from: Email,
}

/// Cloudflare's Turnstile, as this deployment has it.
pub(crate) struct Turnstile {
    /// For pages.
    pub(crate) site_key: String,
    pub(crate) secret: String,
    /// Who says what a token is worth.
    pub(crate) verify: String,
}

/// What helps two browsers to find a way to each other.
pub(crate) struct Rtc {
    /// Addresses of servers that tell a browser how the outside sees it.
    pub(crate) stun: Vec<String>,
    /// Addresses of relays, and the secret that they share with us.
    pub(crate) turn: Option<(Vec<String>, String)>,
    /// A key of Cloudflare's relays, and its token.
    pub(crate) cloudflare: Option<(String, String)>,
}

/// Who says what a Turnstile token is worth, unless the deployment names another.
const SITEVERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/// What the operator configured.
#[derive(Clone)]
pub(crate) struct Settings {
    env: Env,
    /// What was read of it before; it never changes.
    read: Rc<RefCell<BTreeMap<&'static str, String>>>,
}

impl Settings {
    pub(crate) fn new(env: &Env) -> Self {
        Self {
            env: env.clone(),
            read: Rc::default(),
        }
    }

    fn text(&self, name: &'static str) -> Result<String> {
        let mut read = self.read.borrow_mut();
        let text = read.entry(name).or_insert_with(|| {
            let value = self.env.var(name).map(|value| value.to_string());
            value.unwrap_or_default()
        });
        match text.as_str() {
            "" => Err(Error::from(format!("the setting {name} is missing"))),
            text => Ok(text.to_owned()),
        }
    }

    /// The origin under which people reach this worker.
    pub(crate) fn public_origin(&self) -> Result<String> {
        self.text("PUBLIC_ORIGIN")
    }

    /// Whether people reach this worker over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.public_origin()
            .is_ok_and(|origin| origin.starts_with("https:"))
    }

    /// The header in which whoever stands before this worker tells from where somebody asks; `None` where nobody does.
    pub(crate) fn network_header(&self) -> Option<String> {
        self.text("NETWORK_HEADER").ok()
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

    /// What names of numbers are made with that all businesses share.
    pub(crate) fn number_salt(&self) -> Result<String> {
        secret::mark(&self.secret_seed()?, "rings")
    }

    /// Objects of another kind.
    pub(crate) fn objects(&self, binding: &str) -> Result<ObjectNamespace> {
        self.env.durable_object(binding)
    }

    /// Makes receipts.
    pub(crate) fn receipt_secret(&self) -> Result<String> {
        self.text("RECEIPT_SECRET")
    }

    /// The mail server that sign-in links are sent by; `None` when there is none.
    ///
    /// # Errors
    /// When the setting can't be read: a deployment whose links go nowhere must not look as if they did.
    pub(crate) fn mail(&self) -> Result<Option<Smtp>> {
        let Ok(address) = self.text("SMTP_URL") else {
            return Ok(None);
        };
        let from = Email::parse(&self.text("MAIL_FROM")?)
            .map_err(|why| Error::from(format!("the setting MAIL_FROM {why}")))?;
        let wrong = || {
            Error::from(
                "the setting SMTP_URL must be smtps://user:password@host:465, or smtp: on this machine",
            )
        };
        let url = Url::parse(&address)?;
        let host = url.host_str().ok_or_else(wrong)?.to_owned();
        let secure = match url.scheme() {
            "smtps" => true,
            "smtp" if matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]") => false,
            _ => return Err(wrong()),
        };
        let decoded = |text: &str| {
            percent_encoding::percent_decode_str(text)
                .decode_utf8_lossy()
                .into_owned()
        };
        let password = url.password().map(decoded);
        Ok(Some(Smtp {
            host,
            port: url.port().unwrap_or(465),
            secure,
            credentials: password
                .map(|password| STANDARD.encode(format!("\0{}\0{password}", decoded(url.username())))),
            from,
        }))
    }

    /// Turnstile; `None` where the deployment has none.
    ///
    /// # Errors
    /// When half of it is missing: a deployment that means to have it must not go without.
    pub(crate) fn turnstile(&self) -> Result<Option<Turnstile>> {
        let Ok(site_key) = self.text("TURNSTILE_SITE_KEY") else {
            return Ok(None);
        };
        Ok(Some(Turnstile {
            site_key,
            secret: self.text("TURNSTILE_SECRET")?,
            verify: self
                .text("TURNSTILE_VERIFY")
                .unwrap_or_else(|_| SITEVERIFY.into()),
        }))
    }

    /// What helps browsers that talk to each other; nothing of it is needed where both are reachable.
    ///
    /// # Errors
    /// When half of it is missing, or only relays may be used and there are none.
    pub(crate) fn rtc(&self) -> Result<Rtc> {
        let list = |name: &'static str| -> Vec<String> {
            let text = self.text(name).unwrap_or_default();
            let all = text.split(',').map(str::trim).filter(|url| !url.is_empty());
            all.map(str::to_owned).collect()
        };
        let urls = list("TURN_URLS");
        let rtc = Rtc {
            stun: list("STUN_URLS"),
            turn: match urls.is_empty() {
                true => None,
                false => Some((urls, self.text("TURN_SECRET")?)),
            },
            cloudflare: match self.text("TURN_KEY_ID") {
                Ok(key) => Some((key, self.text("TURN_KEY_TOKEN")?)),
                Err(_) => None,
            },
        };
        if self.is_relay_only() && rtc.turn.is_none() && rtc.cloudflare.is_none() {
            return Err("the setting RTC_RELAY_ONLY needs relays: TURN_URLS or TURN_KEY_ID".into());
        }
        Ok(rtc)
    }

    /// Whether neither browser is to learn the other's address.
    pub(crate) fn is_relay_only(&self) -> bool {
        self.text("RTC_RELAY_ONLY").is_ok_and(|value| value == "true")
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
