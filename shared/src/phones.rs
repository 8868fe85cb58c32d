//! The sandbox's virtual phones, as their page shows them (`/sandbox/v1/{site}/phones/live`).

use crate::call::words;
use crate::{Language, Millis};

words! {
    /// What a virtual phone does.
    PhoneState {
        /// It rings: answer or decline.
        Ringing = "ringing",
        /// Somebody has picked it up.
        InCall = "in_call",
        /// The call is over; kept for a minute so that people can read how it ended.
        Ended = "ended",
    }
}

/// Every phone that has a call now or had one in the last minute. Sent whole on every change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhonesView {
    /// When this was true.
    pub at: Millis,
    /// The phones, those with the newest change first.
    pub phones: Vec<PhoneView>,
}

/// One phone with one call. Its actions are `POST /sandbox/v1/{site}/phones/{leg}/answer`, `…/decline`, `…/hangup`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhoneView {
    /// The leg that rings here; names the phone's call in the actions.
    pub leg: String,
    /// The phone's number.
    pub number: String,
    /// Who calls, as the display shows it.
    pub caller: String,
    /// What it does.
    pub state: PhoneState,
    /// Since when.
    pub since: Millis,
    /// What has been said into it, oldest first.
    pub said: Vec<Said>,
    /// The number at the other end once both are joined.
    pub talking_to: Option<String>,
    /// How it ended, in words, once it has.
    pub ended: Option<String>,
}

/// Words spoken into a phone by the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// When.
    pub at: Millis,
    /// What.
    pub text: String,
    /// In which language.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Language,
}
