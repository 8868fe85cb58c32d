//! What carries a business's calls, as its document writes it. Credentials are no part of it: they are given separately and
//! never read back.

use crate::call::words;
use crate::hours::Hours;
use crate::{EquipmentId, Millis, PhoneNumber};

words! {
    /// The kinds of equipment.
    Kind {
        /// The embedded virtual telephone exchange.
        Sandbox = "sandbox",
        /// An Asterisk of one's own, which connects to us.
        Asterisk = "asterisk",
        /// Twilio, or what speaks its language.
        Twilio = "twilio",
        /// The browsers of customer and agent. It is there by itself, and no document lists it.
        Browser = "browser",
        /// A SIP server that tells what phones publish. It carries no calls.
        Presence = "presence",
    }
}

/// One piece of calling equipment.
///
/// Which one carries a call: of those that may (`prefixes`, `hours`) and are not out of order, the one with the lowest
/// `preference`; of these the cheapest for the number (`rates`); of these one by lot, in proportion to `share`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Equipment {
    /// Its id.
    pub id: EquipmentId,
    /// What it is.
    pub kind: Kind,
    /// The number it shows to whoever is called; absent means the business's own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<PhoneNumber>,
    /// Only customers whose numbers begin like one of these, for example `+44`; empty means all.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub prefixes: Vec<String>,
    /// Only at these times, in the business's zone; absent means always.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub hours: Option<Vec<Hours>>,
    /// Lower goes first; 1 to 9.
    #[cfg_attr(feature = "serde", serde(default = "first"))]
    pub preference: u8,
    /// What a minute costs, by the beginning of the customer's number; the longest that fits counts, and where none does, the
    /// equipment comes after those that name a price.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub rates: Vec<Rate>,
    /// Its share of the calls among equals, in proportion to the others'; 0 is only used when nothing else works.
    #[cfg_attr(feature = "serde", serde(default = "one"))]
    pub share: u32,
    /// Asterisk: the application's name in its `ari.conf`. Default `ringback`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub app: Option<String>,
    /// Asterisk: how a number is dialled, with `{number}` (E.164) or `{digits}` (without the plus), for example
    /// `PJSIP/{number}@trunk`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub dial: Option<String>,
    /// Asterisk: where the recorded phrases are, with `{phrase}` for `hold`, `press-1` and `sorry`. Default `ringback/{phrase}`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub sounds: Option<String>,
    /// Twilio: the account's id.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub account: Option<String>,
    /// Twilio: the interface's address, for those that speak its language. Default is Twilio's own.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub base: Option<String>,
    /// Twilio: have it find out whether a machine answered.
    #[cfg_attr(feature = "serde", serde(default))]
    pub detect_machines: bool,
}

/// What a minute costs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rate {
    /// The beginning of the numbers it holds for, for example `+44`; `+` for all.
    pub prefix: String,
    /// Ten-thousandths of the account's currency, per minute: what carriers print has four places.
    pub per_minute: u32,
}

const fn first() -> u8 {
    1
}

const fn one() -> u32 {
    1
}

impl Kind {
    /// True for what carries calls.
    pub const fn carries(self) -> bool {
        !matches!(self, Self::Presence)
    }
}

impl Equipment {
    /// The browsers of customer and agent, as every business has them: they ring nobody's phone and cost nothing.
    pub fn browser(id: EquipmentId) -> Self {
        Self {
            kind: Kind::Browser,
            ..Self::sandbox(id)
        }
    }

    /// The sandbox, as a business without equipment of its own has it.
    pub fn sandbox(id: EquipmentId) -> Self {
        Self {
            id,
            kind: Kind::Sandbox,
            from: None,
            prefixes: Vec::new(),
            hours: None,
            preference: first(),
            rates: Vec::new(),
            share: one(),
            app: None,
            dial: None,
            sounds: None,
            account: None,
            base: None,
            detect_machines: false,
        }
    }

    /// What a minute to this number costs, where a rate says so.
    pub fn rate(&self, number: &PhoneNumber) -> Option<u32> {
        let fits = self
            .rates
            .iter()
            .filter(|rate| number.as_str().starts_with(rate.prefix.as_str()));
        fits.max_by_key(|rate| rate.prefix.len())
            .map(|rate| rate.per_minute)
    }
}

/// `PUT /v1/businesses/{site}/equipment/{id}/secret`. Nobody ever reads it back: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Credentials {
    /// The account's token, or the connection's password: 16 to 200 visible characters.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[!-~]{16,200}$")))]
    pub secret: String,
}

impl core::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Credentials")
    }
}

/// One piece of equipment as it stands (`GET /v1/businesses/{site}/equipment`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EquipmentView {
    /// Its id.
    pub id: EquipmentId,
    /// What it is.
    pub kind: Kind,
    /// Whether its credentials are there. The sandbox needs none.
    pub has_secret: bool,
    /// Whether its socket is open, for equipment that opens one.
    pub connected: Option<bool>,
    /// It failed, and until then it is a last resort.
    pub out_of_order_until: Option<Millis>,
    /// What went wrong last.
    pub fault: Option<String>,
    /// When.
    pub fault_at: Option<Millis>,
}
