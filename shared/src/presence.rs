//! Who can help now, and how long it takes. `GET /v1/sites/{site}` and the live socket send [`SiteView`].

use crate::call::words;
use crate::request::RequestView;
use crate::{AgentId, CentreId, Millis, SiteId, SkillId};

words! {
    /// What a skill or a person can do for somebody who asks now.
    Availability {
        /// Somebody is free.
        Free = "free",
        /// On duty, but in other calls.
        Busy = "busy",
        /// Nobody is on duty: a time for later can be chosen.
        Away = "away",
    }
}

words! {
    /// What somebody who comes now may choose. It follows from the hours and from the people.
    Offer {
        /// A call now: somebody is free.
        Now = "now",
        /// A call as soon as somebody is free, or at a time for later.
        Wait = "wait",
        /// A time for later only.
        Slot = "slot",
        /// Nothing: not open, or nobody there, and no time to choose.
        Closed = "closed",
    }
}

/// An expected wait, as a range in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitRange {
    /// Rarely shorter than this.
    pub low_s: u32,
    /// Rarely longer than this.
    pub high_s: u32,
}

/// A business as its shoppers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteView {
    /// Its id.
    pub site: SiteId,
    /// Its name for people.
    pub name: String,
    /// Its own telephone number, for the plain link.
    pub tel: String,
    /// When this was true.
    pub at: Millis,
    /// All skills together.
    pub anyone: SkillView,
    /// Each skill, in the order the business gave.
    pub skills: Vec<SkillView>,
    /// The people whom a page may name.
    pub experts: Vec<ExpertView>,
    /// The service centres that a page may name.
    pub centres: Vec<CentreView>,
    /// What the shopper agrees to by sending.
    pub consent: String,
    /// Whether somebody is at work who could take a call in the browser.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
}

/// One skill's presence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SkillView {
    /// Its id; empty for [`SiteView::anyone`].
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What it can do for somebody who asks now. `away` while it is not open, whoever is signed in.
    pub availability: Availability,
    /// What somebody who comes now may choose.
    pub offer: Offer,
    /// When it opens next; absent while it is open, or when that is more than a year away.
    pub opens_at: Option<Millis>,
    /// Agents free now; 0 while it is not open.
    pub free: u32,
    /// Requests in line.
    pub waiting: u32,
    /// The wait of somebody who asks now; absent means unknown.
    pub wait: Option<WaitRange>,
}

/// One person's presence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExpertView {
    /// Its id, as a page names it (`expert="…"`).
    pub id: AgentId,
    /// The name shown to shoppers.
    pub name: String,
    /// The skills it has.
    pub skills: Vec<SkillId>,
    /// What it can do for somebody who asks now. `away` while it is not open.
    pub availability: Availability,
    /// The wait of somebody who asks for this person now; absent means unknown.
    pub wait: Option<WaitRange>,
    /// What somebody who wants this very person may choose.
    pub offer: Offer,
    /// When the person is there next; absent while it is open and the person is there.
    pub opens_at: Option<Millis>,
}

/// A service centre: its phone rings while the business is open, whoever is at work.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CentreView {
    /// Its id, as a page names it (`to="centre:…"`).
    pub id: CentreId,
    /// Its name for people.
    pub name: String,
    /// `free` while the business is open, else `away`.
    pub availability: Availability,
    /// `now` while the business is open, else `closed`.
    pub offer: Offer,
    /// When it opens next; absent while it is open.
    pub opens_at: Option<Millis>,
}

/// Seconds of a time for later: the promise is a call between its start and its end.
pub const SLOT_S: i64 = 15 * 60;

/// Times offered for later (`GET /v1/sites/{site}/slots?skill=…&expert=…`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SlotsView {
    /// The business's time zone (IANA).
    pub zone: String,
    /// The instants offered, earliest first.
    pub slots: Vec<Millis>,
}

/// A frame on the panel's live socket: presence on every change, and the request the socket proved to own.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteFrame {
    /// Presence, when this frame is about it.
    pub site: Option<SiteView>,
    /// The customer's request, when this frame is about it.
    pub request: Option<RequestView>,
}
