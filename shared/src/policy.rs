//! Who may be called, as a business's document says it. What it leaves out is careful; the deployment says how far it may go
//! beyond that.

use crate::call::words;
use crate::{Address, Country, EquipmentId, Millis, RequestId, SipDomain};

/// Who may be called, how often, at what cost and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Policy {
    /// Countries whose numbers may be called; empty means the business's own country.
    pub countries: Vec<Country>,
    /// Domains whose SIP addresses may be called; empty means none.
    pub sip_domains: Vec<SipDomain>,
    /// How many calls.
    pub limits: Limits,
    /// What they may cost.
    pub spend: Spend,
    /// When people are called who did not ask to be called just then.
    pub calling: Calling,
    /// What a page has to show before its customer is called.
    pub challenge: Challenge,
}

/// Makes a table of bounds: its defaults, and the lower of two tables.
macro_rules! bounds {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident = $usual:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[cfg_attr(
            feature = "serde",
            derive(serde::Serialize, serde::Deserialize),
            serde(default, deny_unknown_fields)
        )]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub struct $name { $($(#[$fdoc])* pub $field: u32),+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $usual),+ }
            }
        }

        impl $name {
            /// No bound at all.
            pub const NONE: Self = Self { $($field: u32::MAX),+ };

            /// The lower of each.
            #[must_use]
            pub fn at_most(self, other: Self) -> Self {
                Self { $($field: self.$field.min(other.$field)),+ }
            }

            /// Each with its name.
            pub fn fields(self) -> impl Iterator<Item = (&'static str, u32)> {
                [$((stringify!($field), self.$field)),+].into_iter()
            }
        }
    };
}

bounds! {
    /// How many calls. A request is counted when it is accepted, a call when the customer's phone is dialled.
    Limits {
        /// Requests for one number in ten minutes.
        number_10min = 2,
        /// Requests for one number in a day.
        number_day = 3,
        /// Requests for one number in a week.
        number_week = 10,
        /// Calls to one number in a day, attempts included.
        rings_day = 6,
        /// Requests from one network in ten minutes.
        network_10min = 3,
        /// Requests from one network in a day.
        network_day = 10,
        /// Different numbers from one network in an hour.
        network_numbers_hour = 2,
        /// Requests for one number from one network in an hour.
        pair_hour = 2,
        /// Different numbers that share all but their last three digits, in ten minutes. With one more nobody there is called for
        /// an hour.
        neighbours = 4,
        /// Customers called in an hour.
        calls_hour = 10,
        /// Customers called in a day.
        calls_day = 100,
        /// Calls at once.
        at_once = 5,
    }
}

bounds! {
    /// What calls may cost, in hundredths of the currency of the equipment's rates.
    Spend {
        /// One call, both parties. A call that reaches it is ended.
        call = 500,
        /// All calls of an hour.
        hour = 2000,
        /// All calls of a day.
        day = 5000,
    }
}

/// When people are called who did not ask to be called just then, on the clock where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Calling {
    /// `HH:MM`, inclusive.
    pub from: String,
    /// `HH:MM`, exclusive.
    pub to: String,
}

impl Default for Calling {
    fn default() -> Self {
        Self {
            from: "08:00".into(),
            to: "21:00".into(),
        }
    }
}

words! {
    /// What a page has to show before its customer is called, where the business's server doesn't vouch for the number.
    #[derive(Default)]
    Challenge {
        /// Nothing. A deployment has to allow it.
        None = "none",
        /// That the customer's device worked a while for it.
        #[default]
        Work = "work",
        /// What Cloudflare's Turnstile says of the visitor; work where the deployment has no Turnstile, or it is silent.
        Turnstile = "turnstile",
    }
}

/// How far the documents of a deployment may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ceiling {
    /// Of calls.
    pub limits: Limits,
    /// Of costs.
    pub spend: Spend,
    /// What a minute is taken to cost one party where no rate says so, in hundredths. The sandbox costs nothing.
    pub unknown_minute: u32,
    /// Whether pages may ask without showing anything.
    pub unproven: bool,
}

impl Default for Ceiling {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            spend: Spend::default(),
            unknown_minute: 5,
            unproven: false,
        }
    }
}

impl Policy {
    /// Every number of every country counts as any other, at any hour, and nothing is counted: for simulations of something else.
    pub fn unbounded(countries: Vec<Country>) -> Self {
        Self {
            countries,
            sip_domains: Vec::new(),
            limits: Limits::NONE,
            spend: Spend::NONE,
            calling: Calling {
                from: "00:00".into(),
                to: "24:00".into(),
            },
            challenge: Challenge::None,
        }
    }
}

words! {
    /// Why somebody is never called again.
    Suppression {
        /// They pressed 9.
        PressedNine = "pressed_9",
        /// They told an agent.
        AskedAgent = "asked_agent",
        /// They told the business.
        Asked = "asked",
        /// Their data were erased.
        Erased = "erased",
        /// The business brought a list.
        Imported = "imported",
    }
}

words! {
    /// Why a call waits that could be made now.
    Held {
        /// It is too early or too late where the customer is.
        Hours = "calling_hours",
        /// The spend cap is reached.
        Spend = "spend_cap",
        /// As many were called as may be in this time.
        Rate = "call_rate",
        /// As many calls are under way as may be.
        Busy = "calls_at_once",
        /// The customer was called as often as may be in a day.
        Rings = "number_calls",
        /// Too many neighbouring numbers were asked for.
        Neighbours = "neighbouring_numbers",
    }
}

/// `GET /v1/businesses/{site}/policy`: the policy as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PolicyView {
    /// The limits that hold.
    pub limits: Limits,
    /// What is set aside and was spent.
    pub spend: Costs,
    /// Equipment whose bills were higher than its rates.
    pub dearer: Vec<Dearer>,
    /// Where nobody is called for a while.
    pub quarantined: Vec<Quarantined>,
    /// Which requests wait for leave.
    pub waiting: Vec<Waits>,
}

/// What is set aside and was spent, in hundredths; begun ones count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Costs {
    /// How much it may be.
    pub caps: Spend,
    /// In the last hour.
    pub hour: u64,
    /// In the last day.
    pub day: u64,
}

/// Equipment that has billed more than its rates say: no minute over it is reckoned at less for a while, unless the rates are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dearer {
    /// Which.
    pub equipment: EquipmentId,
    /// The most that a minute did cost, in ten-thousandths as in its rates.
    pub per_minute: u32,
    /// How long.
    pub until: Millis,
}

/// Numbers next to each other that are not called, because too many of them were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Quarantined {
    /// What they begin with; of SIP addresses their host.
    pub begins: String,
    /// How long.
    pub until: Millis,
}

/// A request that could be dialled, but for the policy.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Waits {
    /// Which.
    pub request: RequestId,
    /// Why.
    pub why: Held,
    /// Since when.
    pub since: Millis,
    /// When it is looked at again.
    pub until: Millis,
}

/// A number that is never called, of `GET /v1/businesses/{site}/suppressions`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SuppressionView {
    /// Names it when it is taken off; tells nothing of it.
    pub id: String,
    /// Masked.
    pub number: String,
    /// Why.
    pub reason: Suppression,
    /// Since when.
    pub at: Millis,
}

/// `POST /v1/businesses/{site}/suppressions`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suppress {
    /// Whom to call never again.
    pub phone: Address,
    /// Why.
    pub reason: Suppression,
}
