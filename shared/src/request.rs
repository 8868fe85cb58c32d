//! A call request: what the shopper sends (`POST /v1/sites/{site}/requests`) and what comes back.

use crate::call::{EndReason, EndedBy, Legs, RequestState, words};
use crate::customer::Identity;
use crate::limit::{MAX_CONTEXT_CHARS, MAX_NOTE_CHARS, MAX_TITLE_CHARS, MAX_TRAIL, MAX_URL_CHARS};
use crate::presence::WaitRange;
use crate::problem::FieldError;
use crate::voice::Switch;
use crate::{AgentId, CentreId, Language, Millis, PhoneNumber, RequestId, SkillId};

/// The shopper's wish. Every text is bounded by [`crate::limit`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallRequest {
    /// The number to call.
    pub phone: PhoneNumber,
    /// The skill asked for; absent means anybody.
    #[cfg_attr(feature = "serde", serde(default))]
    pub skill: Option<SkillId>,
    /// The expert whom the page names; preferred for a while, then anybody with the skill.
    #[cfg_attr(feature = "serde", serde(default))]
    pub expert: Option<AgentId>,
    /// Whom the page asks for directly; absent lets the distribution choose.
    #[cfg_attr(feature = "serde", serde(default))]
    pub to: Option<Direct>,
    /// A brief note for the agent.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_NOTE_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: String,
    /// The slot chosen out of those offered; absent means as soon as possible.
    #[cfg_attr(feature = "serde", serde(default))]
    pub slot: Option<Millis>,
    /// The page being viewed; absent when the shopper chose not to share it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub page: Option<Page>,
    /// The pages viewed shortly before, oldest first.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_TRAIL)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub trail: Vec<PageVisit>,
    /// The shopper's time zone (IANA), for times said to people.
    #[cfg_attr(feature = "serde", serde(default))]
    pub zone: Option<String>,
    /// The language that the shopper reads, for what is said on the telephone.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Option<Language>,
    /// The shopper agreed to be called at this number about this request.
    pub consent: bool,
    /// The business's own word of who the customer is.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub customer: Option<Identity>,
    /// The customer wants to talk in the browser. The number is called wherever that does not work.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
}

/// Somebody asked for directly, past the distribution.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Direct {
    /// This agent and nobody else.
    Agent(AgentId),
    /// A service centre's number, whoever answers there.
    Centre(CentreId),
}

impl Direct {
    /// Reads it as a page writes it: `agent:ana`, `centre:harbour`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')? {
            ("agent", id) => AgentId::parse(id).ok().map(Self::Agent),
            ("centre", id) => CentreId::parse(id).ok().map(Self::Centre),
            _ => None,
        }
    }
}

/// A page of the merchant's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// Its address.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_URL_CHARS)))]
    pub url: String,
    /// Its title.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_TITLE_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub title: String,
    /// What the page says of itself to the agent, as text or JSON. Anybody who can open the page can make it up.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_CONTEXT_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "String::is_empty"))]
    pub context: String,
}

/// A page viewed before.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageVisit {
    /// Its address.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_URL_CHARS)))]
    pub url: String,
    /// Its title, where known.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_TITLE_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub title: String,
    /// When it was opened, where known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub at: Option<Millis>,
}

/// `PATCH /v1/sites/{site}/requests/{id}`: the customer wants it at another time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reschedule {
    /// The slot chosen out of those offered; absent means as soon as possible.
    #[cfg_attr(feature = "serde", serde(default))]
    pub slot: Option<Millis>,
}

/// The answer to an accepted request (`201`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// The request as it stands.
    pub request: RequestView,
    /// The secret that reads, moves and cancels it (`Authorization: Bearer …`). Whoever has it is the customer.
    pub receipt: String,
}

words! {
    /// Why a wait that was announced became longer.
    WaitChange {
        /// Fewer agents are at work who could help.
        FewerAgents = "fewer_agents",
        /// Somebody went before who had to: a promised call, a customer who holds, a higher priority.
        OthersFirst = "others_first",
        /// Calls take longer than they did.
        LongerCalls = "longer_calls",
    }
}

/// A request as its customer sees it. Sent whole on every change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestView {
    /// Its id.
    pub id: RequestId,
    /// Counts the changes; a view with a lower number is older.
    pub version: i64,
    /// Where it stands.
    pub state: RequestState,
    /// How it ended, once it has.
    pub reason: Option<EndReason>,
    /// Both legs.
    pub legs: Legs,
    /// The customer's number, masked.
    pub phone: String,
    /// The skill asked for.
    pub skill: Option<SkillId>,
    /// Its name for people.
    pub skill_name: Option<String>,
    /// The expert asked for.
    #[cfg_attr(feature = "serde", serde(default))]
    pub expert: Option<AgentId>,
    /// The public name of the agent who has it now.
    pub agent_name: Option<String>,
    /// Place in line, from 1, while queued.
    pub position: Option<u32>,
    /// The wait still expected, while queued; absent means unknown.
    pub wait: Option<WaitRange>,
    /// Why the wait became longer, when it did.
    pub wait_change: Option<WaitChange>,
    /// The promised time, when one was chosen.
    pub slot: Option<Millis>,
    /// How often the customer was called so far.
    pub attempt: u32,
    /// How often the customer is called at the most.
    pub attempts: u32,
    /// When the customer is called again, after an attempt that did not reach them.
    pub next_attempt_at: Option<Millis>,
    /// Why the last attempt did not reach the customer.
    pub missed: Option<EndReason>,
    /// When it was accepted.
    pub created_at: Millis,
    /// When the two began to talk.
    pub connected_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Who ended the call, once it was up.
    pub ended_by: Option<EndedBy>,
    /// Whether customer and agent may write to each other about it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub chat: bool,
    /// Whether it is still to be, or is, carried by the customer's browser.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
    /// Why it is by telephone although it was to be carried by the browser.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub switched: Option<Switch>,
}

impl CallRequest {
    /// Everything that is out of bounds in this request, field by field.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut bound = |field: String, text: &str, max: usize| {
            if text.chars().count() > max {
                let message = format!("This may have {max} characters at the most.");
                faults.push(FieldError {
                    field,
                    code: "too_long".into(),
                    message,
                });
            }
        };
        bound("note".into(), &self.note, MAX_NOTE_CHARS);
        bound(
            "zone".into(),
            self.zone.as_deref().unwrap_or_default(),
            MAX_TITLE_CHARS,
        );
        if let Some(page) = &self.page {
            bound("page.url".into(), &page.url, MAX_URL_CHARS);
            bound("page.title".into(), &page.title, MAX_TITLE_CHARS);
            bound("page.context".into(), &page.context, MAX_CONTEXT_CHARS);
        }
        for (at, visit) in self.trail.iter().enumerate() {
            bound(format!("trail[{at}].url"), &visit.url, MAX_URL_CHARS);
            bound(format!("trail[{at}].title"), &visit.title, MAX_TITLE_CHARS);
        }
        if self
            .customer
            .as_ref()
            .is_some_and(|identity| !identity.is_bounded())
        {
            faults.push(FieldError {
                field: "customer".into(),
                code: "too_long".into(),
                message: "This is too long.".into(),
            });
        }
        if self.trail.len() > MAX_TRAIL {
            let message = format!("This may have {MAX_TRAIL} pages at the most.");
            faults.push(FieldError {
                field: "trail".into(),
                code: "too_long".into(),
                message,
            });
        }
        faults
    }

    /// The addresses of pages in this request, each with its field.
    pub fn addresses(&self) -> impl Iterator<Item = (String, &str)> {
        let page = self
            .page
            .iter()
            .map(|page| ("page.url".to_owned(), page.url.as_str()));
        page.chain(
            self.trail
                .iter()
                .enumerate()
                .map(|(at, visit)| (format!("trail[{at}].url"), visit.url.as_str())),
        )
    }
}
