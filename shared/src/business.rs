//! The document that describes a business (`PUT /v1/businesses/{site}`), refused whole when any part is wrong.

use crate::announcement::Announcements;
use crate::equipment::Equipment;
use crate::hours::{Exception, Hours};
use crate::level::Levels;
use crate::look::Look;
use crate::member::Member;
use crate::policy::Policy;
use crate::retention::Retention;
use crate::rule::Rule;
use crate::sign_on::SignOn;
use crate::webhook::Webhook;
use crate::work::{Break, Outcome};
#[cfg(feature = "serde")]
use crate::work::{usual_breaks, usual_outcomes};
use crate::{Address, AgentId, CentreId, Country, Language, PhoneNumber, SipAddress, SkillId};

/// A business: one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Business {
    /// Its name, as the announcement says it.
    pub name: String,
    /// Its own number: the plain link, and what its calls show as the caller.
    pub tel: PhoneNumber,
    /// Its country: in whose way numbers without `+` are read where it is not known from where a customer writes.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub country: Option<Country>,
    /// Origins of the pages that may carry the button, for example `https://shop.example`.
    pub origins: Vec<String>,
    /// Its time zone (IANA).
    pub zone: String,
    /// When it calls people, in that zone.
    pub hours: Vec<Hours>,
    /// Days on which other hours hold.
    #[cfg_attr(feature = "serde", serde(default))]
    pub exceptions: Vec<Exception>,
    /// What it can help with, in the order shown.
    pub skills: Vec<Skill>,
    /// Who helps.
    pub agents: Vec<Agent>,
    /// Seconds that the several steps may take.
    #[cfg_attr(feature = "serde", serde(default))]
    pub timing: Timing,
    /// Who may take what, and when others may.
    #[cfg_attr(feature = "serde", serde(default))]
    pub routing: Routing,
    /// How often, and how far apart, a customer who was not reached is tried again.
    #[cfg_attr(feature = "serde", serde(default))]
    pub retry: Retry,
    /// Which skills a page gets; the first that matches counts.
    #[cfg_attr(feature = "serde", serde(default))]
    pub rules: Vec<Rule>,
    /// The shopper's cookies that the rules may look at, by name. No other ever leaves the page.
    #[cfg_attr(feature = "serde", serde(default))]
    pub cookies: Vec<String>,
    /// What carries its calls; empty means the sandbox.
    #[cfg_attr(feature = "serde", serde(default))]
    pub equipment: Vec<Equipment>,
    /// Numbers that pages may ask for by name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub centres: Vec<Centre>,
    /// Whoever answers must press 1 before an agent is called: keeps machines out.
    #[cfg_attr(feature = "serde", serde(default))]
    pub press_one: bool,
    /// Customers and agents may write to each other, from the request to the end of the call.
    #[cfg_attr(feature = "serde", serde(default = "by_default"))]
    pub chat: bool,
    /// Customers may talk in the browser, with agents whose desks are ready for it; everybody else is called.
    #[cfg_attr(feature = "serde", serde(default = "by_default"))]
    pub voice: bool,
    /// Who may be called, how often, at what cost and when.
    #[cfg_attr(feature = "serde", serde(default))]
    pub policy: Policy,
    /// The language of customers whose own is not among those that can be said.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Language,
    /// What customers hear on the telephone, where it is not the usual; one entry a language.
    #[cfg_attr(feature = "serde", serde(default))]
    pub announcements: Vec<Announcements>,
    /// Reasons to be away that agents choose from.
    #[cfg_attr(feature = "serde", serde(default = "usual_breaks"))]
    pub breaks: Vec<Break>,
    /// What may come of a call.
    #[cfg_attr(feature = "serde", serde(default = "usual_outcomes"))]
    pub dispositions: Vec<Outcome>,
    /// Who may sign in, and as what.
    #[cfg_attr(feature = "serde", serde(default))]
    pub members: Vec<Member>,
    /// The company's own sign-in, if members come by that.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub sign_on: Option<SignOn>,
    /// Endpoints of its own that are told what happens.
    #[cfg_attr(feature = "serde", serde(default))]
    pub webhooks: Vec<Webhook>,
    /// How long what is kept.
    #[cfg_attr(feature = "serde", serde(default))]
    pub retention: Retention,
    /// How button and panel look.
    #[cfg_attr(feature = "serde", serde(default))]
    pub look: Look,
}

/// What a business has that does not say otherwise.
#[cfg(feature = "serde")]
const fn by_default() -> bool {
    true
}

impl Business {
    /// The name that shoppers see.
    pub fn shown_name(&self) -> &str {
        self.look.name.as_deref().unwrap_or(&self.name)
    }
}

/// A service centre: a number outside of the distribution, whoever answers there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Centre {
    /// Its id, as a page names it.
    pub id: CentreId,
    /// Its name for people.
    pub name: String,
    /// Its number, or its SIP address. Pages never see it.
    pub phone: Address,
}

/// Something the business can help with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Skill {
    /// Its id.
    pub id: SkillId,
    /// Its name for people.
    pub name: String,
    /// Requests of a lower number go first; 1 to 9.
    #[cfg_attr(feature = "serde", serde(default = "middle_priority"))]
    pub priority: u8,
    /// Its own hours, where they are not the business's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hours: Option<Vec<Hours>>,
    /// Its own exceptions, which come before the business's.
    #[cfg_attr(feature = "serde", serde(default))]
    pub exceptions: Vec<Exception>,
}

/// The priority of what names none.
pub const fn middle_priority() -> u8 {
    5
}

/// Somebody who takes calls.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// Id, as a page may name it.
    pub id: AgentId,
    /// The name shown to colleagues and shoppers.
    pub name: String,
    /// The phone that rings for this agent: a number, or a SIP address.
    pub phone: Address,
    /// What this agent can help with, and how well: a list (all primary), or levels by skill (1 = primary).
    pub skills: Levels,
    /// When this agent works, in the business's zone; absent means whenever the business is open.
    #[cfg_attr(feature = "serde", serde(default))]
    pub schedule: Option<Vec<Hours>>,
    /// The SIP address of the phone whose published presence counts beside the desk's, where it publishes any.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub presence: Option<SipAddress>,
    /// Sees the floor, and may give requests in line to somebody else.
    #[cfg_attr(feature = "serde", serde(default))]
    pub supervisor: bool,
}

/// Seconds that the several steps may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Timing {
    /// How long the customer's phone rings.
    pub ring_customer_s: u32,
    /// How long an agent's phone rings before the next agent is tried.
    pub ring_agent_s: u32,
    /// How long the page's expert is waited for before anybody with the skill may take the call.
    pub expert_patience_s: u32,
    /// How long a customer may be kept holding in all before we apologise and let go.
    pub hold_s: u32,
    /// How long whoever answered may take to press 1.
    pub confirm_s: u32,
    /// How long two may talk: a line that was forgotten ends here.
    pub talk_s: u32,
    /// How long an agent may write up a call before it counts as written up.
    pub wrap_up_s: u32,
    /// How long a request may wait in line before it expires.
    pub expire_s: u32,
    /// How long before the end of a wrap-up the next customer may be dialled for that agent.
    pub look_ahead_s: u32,
    /// How long a desk may be silent before its agent counts as away. Browsers let a page that nobody looks at ping only once
    /// a minute.
    pub silence_s: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            ring_customer_s: 30,
            ring_agent_s: 20,
            expert_patience_s: 60,
            hold_s: 180,
            confirm_s: 20,
            talk_s: 2 * 3600,
            wrap_up_s: 300,
            expire_s: 4 * 3600,
            look_ahead_s: 15,
            silence_s: 150,
        }
    }
}

/// Who may take what, and when others may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Routing {
    /// After how many seconds of waiting agents of level 2, 3, … may take a request; agents of levels beyond the list
    /// may when those of its last level may. Empty: all levels at once, the primary ones first.
    pub relax_s: Vec<u32>,
    /// After how many seconds of waiting any agent at work may take it, whatever the skill. Absent: none; then the last
    /// resort is that the request expires (`timing.expire_s`) and the customer is offered another time.
    pub anyone_s: Option<u32>,
}

/// How often, and how far apart, a customer who was not reached is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retry {
    /// Attempts in all, the first one included.
    pub attempts: u32,
    /// Seconds before the second, third, … attempt; the last one counts for those beyond the list.
    pub spacing_s: Vec<u32>,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 3,
            spacing_s: vec![120, 600],
        }
    }
}

impl Retry {
    /// Seconds before the attempt that follows `attempts` made; `None` when there is none left.
    pub fn spacing_after(&self, attempts: u32) -> Option<u32> {
        let nth = usize::try_from(attempts.saturating_sub(1)).ok()?;
        let spacing = self.spacing_s.get(nth).or(self.spacing_s.last())?;
        (attempts < self.attempts).then_some(*spacing)
    }
}
