//! `POST /v1/bridges`: a business's own server has two numbers, or SIP addresses, connected.

use crate::limit::{MAX_NOTE_CHARS, MAX_URL_CHARS};
use crate::problem::FieldError;
use crate::{Address, Language, Millis, SiteId};

/// The call initiation. The request is signed; the secret is no part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BridgeRequest {
    /// The business that it is for, and that is billed.
    pub business: SiteId,
    /// Whom to call first.
    pub customer: Address,
    /// Whom to connect the customer with.
    pub agent: Address,
    /// When; absent means as soon as possible.
    #[cfg_attr(feature = "serde", serde(default))]
    pub at: Option<Millis>,
    /// What the customer hears while the agent is called; absent means the usual sentence.
    #[cfg_attr(feature = "serde", serde(default))]
    pub announcement: Option<Announcement>,
    /// The customer's language, for what is said otherwise; absent means the business's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Option<Language>,
}

/// An announcement of the business's own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Announcement {
    /// The words, for equipment that speaks.
    #[cfg_attr(feature = "serde", serde(default))]
    pub text: Option<String>,
    /// The `https` address of a recording (WAV, 8 kHz, mono).
    #[cfg_attr(feature = "serde", serde(default))]
    pub audio: Option<String>,
}

impl BridgeRequest {
    /// Everything that is out of bounds.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut fault = |field: &str, code: &str, message: String| {
            faults.push(FieldError {
                field: field.into(),
                code: code.into(),
                message,
            });
        };
        if self.customer.line() == self.agent.line() {
            fault("agent", "invalid", "This is the customer's number, too.".into());
        }
        if let Some(own) = &self.announcement {
            own.faults("announcement", &mut faults);
        }
        faults
    }
}

impl Announcement {
    /// Everything that is out of bounds in the one that stands at `place`.
    pub fn faults(&self, place: &str, faults: &mut Vec<FieldError>) {
        let mut fault = |field: &str, code: &str, message: String| {
            faults.push(FieldError {
                field: field.into(),
                code: code.into(),
                message,
            });
        };
        let (text, audio) = (format!("{place}.text"), format!("{place}.audio"));
        let long = |text: &Option<String>, max| text.as_ref().is_some_and(|text| text.chars().count() > max);
        if self.text.is_none() && self.audio.is_none() {
            fault(
                place,
                "missing",
                "Give a text, or the address of a recording.".into(),
            );
        }
        if self.text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            fault(&text, "missing", "This has no words.".into());
        }
        if long(&self.text, MAX_NOTE_CHARS) {
            let message = format!("This may have {MAX_NOTE_CHARS} characters at the most.");
            fault(&text, "too_long", message);
        }
        if long(&self.audio, MAX_URL_CHARS) {
            let message = format!("This may have {MAX_URL_CHARS} characters at the most.");
            fault(&audio, "too_long", message);
        }
        let https = |audio: &String| audio.starts_with("https://") && !audio.contains([',', ' ', '"', '<']);
        if self.audio.as_ref().is_some_and(|audio| !https(audio)) {
            fault(
                &audio,
                "invalid",
                "This must be an address that begins with https://.".into(),
            );
        }
    }
}
