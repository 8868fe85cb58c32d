//! What an agent sees and says. `GET /v1/desk` and the desk's live socket send [`DeskView`].

use crate::call::{EndReason, EndedBy, Legs, RequestState, words};
use crate::customer::Customer;
use crate::floor::Floor;
use crate::handover::{Handing, RefusalReason, Target};
use crate::limit::{MAX_DISPOSITION_CHARS, MAX_ORDER_CHARS};
use crate::presence::SkillView;
use crate::problem::FieldError;
use crate::request::{Page, PageVisit};
use crate::sip::PhoneState;
use crate::voice::Switch;
use crate::work::{Break, Outcome, Today};
use crate::{AgentId, BreakId, DispositionId, Language, Millis, RequestId, SkillId};

words! {
    /// An agent's presence.
    AgentState {
        /// Not signed in.
        Offline = "offline",
        /// Signed in, not taking calls.
        Away = "away",
        /// Taking calls.
        Available = "available",
        /// Kept for a customer whose phone is being dialled.
        Reserved = "reserved",
        /// The agent's own phone is being dialled or rings.
        Ringing = "ringing",
        /// In a call.
        Talking = "talking",
        /// Writing down what came of the call.
        WrapUp = "wrap_up",
    }
}

/// `PUT /v1/desk/presence`: [`AgentState::Available`] or [`AgentState::Away`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SetPresence {
    /// The state asked for.
    pub state: AgentState,
    /// Why, for `away`: one of the business's breaks.
    #[cfg_attr(feature = "serde", serde(default))]
    pub pause: Option<BreakId>,
}

/// `POST /v1/desk/calls/{request}/disposition`: what came of the call. Ends the wrap-up.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Disposition {
    /// What kind, one of the business's.
    pub kind: DispositionId,
    /// In the agent's words.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_DISPOSITION_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub text: String,
    /// The order it is about.
    #[cfg_attr(feature = "serde", serde(default))]
    pub order: Option<String>,
}

impl Disposition {
    /// Everything that is out of bounds.
    pub fn faults(&self) -> Vec<FieldError> {
        let order = self.order.as_deref().unwrap_or_default();
        let bounds = [
            ("text", self.text.as_str(), MAX_DISPOSITION_CHARS),
            ("order", order, MAX_ORDER_CHARS),
        ];
        let over = bounds
            .into_iter()
            .filter(|(_, text, max)| text.chars().count() > *max);
        over.map(|(field, _, max)| FieldError {
            field: field.into(),
            code: "too_long".into(),
            message: format!("This may have {max} characters at the most."),
        })
        .collect()
    }
}

/// `POST /v1/desk/calls`: the agent calls the customer of an earlier call again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallAgain {
    /// The earlier call.
    pub of: RequestId,
}

/// `POST /v1/desk/calls/{request}/reveal`: the customer's whole number, on an explicit wish.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Revealed {
    /// The number in E.164 form.
    pub phone: String,
}

/// The whole desk of one agent. Sent whole on every change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeskView {
    /// When this was true.
    pub at: Millis,
    /// The business's name.
    pub business: String,
    /// Whose desk this is.
    pub me: AgentView,
    /// The phone that rings for this agent, masked.
    pub phone: String,
    /// The call this agent is reserved for, in, or writing up.
    pub call: Option<ScreenPop>,
    /// Each skill's line.
    pub lines: Vec<SkillView>,
    /// Everybody else.
    pub colleagues: Vec<AgentView>,
    /// Requests promised for later.
    pub scheduled: u32,
    /// This agent's latest calls, newest first.
    pub recent: Vec<PastCall>,
    /// Reasons to be away that can be chosen.
    #[cfg_attr(feature = "serde", serde(default))]
    pub breaks: Vec<Break>,
    /// What may come of a call.
    #[cfg_attr(feature = "serde", serde(default))]
    pub dispositions: Vec<Outcome>,
    /// This agent's figures of the day.
    #[cfg_attr(feature = "serde", serde(default))]
    pub today: Today,
    /// The floor, for supervisors.
    #[cfg_attr(feature = "serde", serde(default))]
    pub floor: Option<Floor>,
    /// Whether the business lets customers talk in the browser.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
}

/// `POST /v1/desk/requests/{request}/reassign`: a supervisor gives a request in line to a skill or an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reassign {
    /// To whom.
    pub to: Target,
}

/// An agent as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgentView {
    /// Id.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Presence.
    pub state: AgentState,
    /// Since when.
    pub since: Millis,
    /// Skills.
    pub skills: Vec<SkillId>,
    /// During a call and its wrap-up: where the agent goes after it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub next: Option<AgentState>,
    /// While away: why, as far as that is known.
    #[cfg_attr(feature = "serde", serde(default))]
    pub pause: Option<Break>,
    /// During a call that a break follows: which.
    #[cfg_attr(feature = "serde", serde(default))]
    pub next_pause: Option<BreakId>,
    /// What the agent's phone says of itself, where it publishes that.
    #[cfg_attr(feature = "serde", serde(default))]
    pub line: Option<PhoneState>,
    /// Whether this agent's desk can take calls in the browser.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
}

/// What the agent sees when a call comes: who asks, about what, from which page.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScreenPop {
    /// The request.
    pub id: RequestId,
    /// Where it stands.
    pub state: RequestState,
    /// How it ended, once it has.
    pub reason: Option<EndReason>,
    /// Both legs.
    pub legs: Legs,
    /// The customer's number, masked; `reveal` gives it whole.
    pub phone: String,
    /// The skill asked for, by name.
    pub skill_name: Option<String>,
    /// For whom the business's own server vouches, as far as the customer lets the agent know.
    #[cfg_attr(feature = "serde", serde(default))]
    pub customer: Option<Customer>,
    /// Whether that server vouches for the number, too.
    #[cfg_attr(feature = "serde", serde(default))]
    pub phone_signed: bool,
    /// The customer's note.
    pub note: String,
    /// The page being viewed when the call was asked for.
    pub page: Option<Page>,
    /// The pages before it, oldest first.
    pub trail: Vec<PageVisit>,
    /// The customer's time zone (IANA).
    pub zone: Option<String>,
    /// The language that the customer reads.
    #[cfg_attr(feature = "serde", serde(default))]
    pub language: Option<Language>,
    /// When the customer asked.
    pub created_at: Millis,
    /// The promised time, when one was chosen.
    pub slot: Option<Millis>,
    /// When the two began to talk.
    pub connected_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Who ended the call, once it was up.
    pub ended_by: Option<EndedBy>,
    /// Who had it before, oldest first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub handed: Vec<HandedOn>,
    /// Whether customer and agent may write to each other about it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub chat: bool,
    /// Whether it is still to be, or is, carried by the browser.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub voice: bool,
    /// Why it is by telephone although it was to be carried by the browser.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub switched: Option<Switch>,
    /// Earlier calls with the same number, latest first.
    #[cfg_attr(feature = "serde", serde(default))]
    pub history: Vec<PastCall>,
}

/// Who had a request before, and what they say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandedOn {
    /// When it left them.
    pub at: Millis,
    /// Whose it was, by name.
    pub from: Option<String>,
    /// How it left them.
    pub how: Handing,
    /// Why it was refused.
    pub reason: Option<RefusalReason>,
    /// In their words.
    pub text: String,
    /// Seconds that they had talked with the customer.
    pub talked_s: i64,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PastCall {
    /// The request.
    pub id: RequestId,
    /// How it ended.
    pub reason: EndReason,
    /// The customer's number, masked.
    pub phone: String,
    /// The skill asked for, by name.
    pub skill_name: Option<String>,
    /// Who had it last, by name.
    #[cfg_attr(feature = "serde", serde(default))]
    pub agent_name: Option<String>,
    /// When it ended.
    pub ended_at: Millis,
    /// Who ended the call, once it was up.
    pub ended_by: Option<EndedBy>,
    /// Seconds the two talked.
    pub talked_s: i64,
    /// What the agent wrote down.
    pub disposition: Option<Disposition>,
    /// How many messages customer and agent wrote to each other.
    #[cfg_attr(feature = "serde", serde(default))]
    pub messages: u32,
}
