//! The document that describes a business (`PUT /v1/businesses/{site}`), refused whole when any part is wrong.

use crate::{AgentId, PhoneNumber, SkillId};

/// A business: one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Business {
    /// Its name, as the announcement says it.
    pub name: String,
    /// Its own number: the plain link, and what its calls show as the caller.
    pub tel: PhoneNumber,
    /// Origins of the pages that may carry the button, for example `https://shop.example`.
    pub origins: Vec<String>,
    /// Its time zone (IANA).
    pub zone: String,
    /// When it offers calls for later, in that zone.
    pub hours: Vec<Hours>,
    /// What it can help with, in the order shown.
    pub skills: Vec<Skill>,
    /// Who helps.
    pub agents: Vec<Agent>,
    /// Seconds that the several steps may take.
    #[cfg_attr(feature = "serde", serde(default))]
    pub timing: Timing,
}

/// Open from one minute of the day to another, on some days of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Hours {
    /// Days of the week, 1 = Monday to 7 = Sunday.
    pub days: Vec<u8>,
    /// `HH:MM`, inclusive.
    pub from: String,
    /// `HH:MM`, exclusive; `24:00` is the end of the day.
    pub to: String,
}

/// Something the business can help with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// Its name for people.
    pub name: String,
}

/// Somebody who takes calls.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Agent {
    /// Id, as a page may name it.
    pub id: AgentId,
    /// The name shown to colleagues and shoppers.
    pub name: String,
    /// The phone that rings for this agent.
    pub phone: PhoneNumber,
    /// What this agent can help with.
    pub skills: Vec<SkillId>,
}

/// Seconds that the several steps may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Timing {
    /// How long the customer's phone rings.
    pub ring_customer_s: u32,
    /// How long an agent's phone rings before the next agent is tried.
    pub ring_agent_s: u32,
    /// How long the page's expert is waited for before anybody with the skill may take the call.
    pub expert_patience_s: u32,
    /// How long a customer may be kept holding in all before we apologise and let go.
    pub hold_s: u32,
    /// How long an agent may write up a call before it counts as written up.
    pub wrap_up_s: u32,
    /// How long a request may wait in line before it expires.
    pub expire_s: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            ring_customer_s: 30,
            ring_agent_s: 20,
            expert_patience_s: 60,
            hold_s: 180,
            wrap_up_s: 300,
            expire_s: 4 * 3600,
        }
    }
}
