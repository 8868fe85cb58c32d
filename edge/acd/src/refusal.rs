//! Why the engine says no.

use crate::policy::{Limit, Prohibition};
use shared::Millis;
use shared::policy::Held;
use shared::problem::{Problem, ProblemKind};

/// Why an input is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The customer did not agree to be called.
    NoConsent,
    /// The business has no such skill.
    UnknownSkill,
    /// The business has no such expert.
    UnknownExpert,
    /// This time was not offered.
    SlotNotOffered,
    /// It is not open now.
    Closed,
    /// The page did not show what the policy has it show.
    Unproven,
    /// The policy forbids the number.
    Number(Prohibition),
    /// The policy forbids the number to connect with.
    AgentNumber(Prohibition),
    /// The policy forbids the number, and an agent asked.
    Barred(Prohibition),
    /// More is asked for than the policy lets through.
    Limit(Limit),
    /// An agent's call that the policy does not let out before then.
    NotYet(Held, Millis),
    /// A request for this number is open already.
    AlreadyAsked,
    /// The same, and whoever asks now may be a stranger who wants to know.
    OpenElsewhere,
    /// The business has no such service centre.
    UnknownCentre,
    /// None of the business's equipment may call this number, or can join it with whoever is asked for.
    NoEquipment,
    /// The time lies in the past, or too far ahead.
    BadTime,
    /// Too many wait.
    Full,
    /// No such request.
    UnknownRequest,
    /// No such agent.
    UnknownAgent,
    /// No agent has this SIP address.
    UnknownAddress,
    /// The clock of whoever tells is ahead: all that follows would count as older.
    ClockAhead,
    /// The agent is not signed in.
    SignedOut,
    /// Not while a call is under way.
    InCall,
    /// Only `available` and `away` can be chosen.
    NotAChoice,
    /// This agent does not have that call.
    NotYourCall,
    /// The call is not over yet.
    NotOver,
    /// Only supervisors may.
    NotSupervisor,
    /// Somebody has this request already, or it is over.
    NotWaiting,
    /// The business has no such outcome.
    UnknownDisposition,
    /// This outcome needs an order number.
    OrderMissing,
    /// A phone rings for it already, or it is over.
    NotMovable,
    /// It was moved again and again.
    MovedTooOften,
    /// The call is over.
    IsOver,
    /// The two talk already.
    Talking,
    /// The business has no such break.
    UnknownBreak,
    /// The business has no such skill to hand it on to.
    NoSuchSkill,
    /// Nobody else with this skill is at work.
    NobodySkilled,
    /// The business has no such agent to hand it on to.
    NoSuchColleague,
    /// This colleague is not at work.
    ColleagueAway,
    /// What carries the call can't dial this colleague.
    ColleagueApart,
    /// The request went from hand to hand too often.
    HandedOnTooOften,
}

/// What the public is told of a number that is not called.
const NOT_THIS: &str = "We can't call this number.";

const fn not_yet(why: Held) -> &'static str {
    match why {
        Held::Hours => "It is too early or too late to call where this customer is.",
        Held::Spend => "The business has reached what its calls may cost for now.",
        Held::Rate => "The business has made as many calls as it may for now.",
        Held::Busy => "As many calls are under way as may be.",
        Held::Rings => "This customer was called as often as may be in a day.",
        Held::Neighbours => "Many numbers next to this one were asked for just now. Please try later.",
    }
}

impl Refusal {
    /// The refusal as an agent may know it.
    pub(crate) fn for_agents(self) -> Self {
        match self {
            Self::Number(why) => Self::Barred(why),
            other => other,
        }
    }

    /// The word under which the business sees it counted, where it is no mistake of whoever asked.
    pub const fn counted(&self) -> Option<&'static str> {
        match self {
            Self::Number(why) | Self::AgentNumber(why) | Self::Barred(why) => Some(why.as_str()),
            Self::Limit(limit) => Some(limit.as_str()),
            Self::NotYet(why, _) => Some(why.as_str()),
            Self::Unproven => Some("unproven"),
            Self::AlreadyAsked | Self::OpenElsewhere => Some("number_open"),
            Self::NoEquipment => Some("no_equipment"),
            Self::Full => Some("full"),
            _ => None,
        }
    }

    /// The refusal as the public API says it.
    pub fn problem(&self) -> Problem {
        use ProblemKind::{Conflict, NotFound, Overloaded, TooMany, Unauthorized};
        match self {
            Self::NoConsent => Problem::field("consent", "missing", "Please agree to be called."),
            Self::UnknownSkill => Problem::field(
                "skill",
                "not_offered",
                "This is not something we can help with here.",
            ),
            Self::UnknownExpert => Problem::field("expert", "not_offered", "There is nobody by this name."),
            Self::SlotNotOffered => Problem::field(
                "slot",
                "not_offered",
                "This time is no longer offered. Please choose another.",
            ),
            Self::Closed => Problem::field(
                "skill",
                "closed",
                "We are closed at the moment. Please choose a time for later.",
            ),
            Self::Unproven => Problem::new(
                ProblemKind::ChallengeRequired,
                "Solve the challenge, and send this again with what came of it.",
            ),
            // Whoever asks from outside is told the same, whichever it is.
            Self::Number(_) => Problem::field("phone", "not_allowed", NOT_THIS),
            Self::Barred(why) => Problem::field("phone", "not_allowed", why.words()),
            Self::Limit(_) | Self::OpenElsewhere => {
                Problem::new(TooMany, "Too many calls were asked for. Please try again later.")
            }
            Self::NotYet(why, _) => Problem::new(Conflict, not_yet(*why)),
            Self::AgentNumber(why) => Problem::field("agent", "not_allowed", why.words()),
            Self::AlreadyAsked => {
                Problem::new(Conflict, "We are already going to call this number.").at("phone", "open")
            }
            Self::UnknownCentre => {
                Problem::field("to.centre", "not_offered", "There is no such service centre.")
            }
            Self::NoEquipment => Problem::field("phone", "not_allowed", NOT_THIS),
            Self::BadTime => Problem::field("at", "invalid", "This must be within the next 30 days."),
            Self::Full => Problem::new(Overloaded, "Too many people are waiting. Please try again later."),
            Self::UnknownRequest => Problem::new(NotFound, "There is no such request."),
            Self::UnknownAgent => Problem::new(NotFound, "There is no such agent."),
            Self::UnknownAddress => Problem::field("entity", "unknown", "No agent has this SIP address."),
            Self::ClockAhead => Problem::field("ts", "invalid", "This must not lie in the future."),
            Self::SignedOut => Problem::new(Unauthorized, "Please sign in."),
            Self::InCall => Problem::new(Conflict, "Not while a call is under way."),
            Self::NotAChoice => Problem::field("state", "invalid", "Choose available or away."),
            Self::NotYourCall => Problem::new(Conflict, "This call is not yours."),
            Self::NotOver => Problem::new(Conflict, "The call is not over yet."),
            Self::NotSupervisor => Problem::new(NotFound, "Only supervisors have this."),
            Self::NotWaiting => Problem::new(Conflict, "Somebody has this call already, or it is over."),
            Self::UnknownDisposition => Problem::field("kind", "unknown", "There is no such outcome."),
            Self::OrderMissing => Problem::field("order", "missing", "This outcome needs an order number."),
            Self::NotMovable => Problem::new(
                Conflict,
                "This call can't be moved any more: a phone rings already, or it is over.",
            ),
            Self::MovedTooOften => Problem::new(
                Conflict,
                "This call was moved too often. Cancel it, and ask for another one.",
            ),
            Self::IsOver => Problem::new(Conflict, "The call is over."),
            Self::Talking => Problem::new(Conflict, "You talk already: hand the call on instead."),
            Self::UnknownBreak => Problem::field("pause", "unknown", "There is no such break."),
            Self::NoSuchSkill => Problem::field("to.skill", "unknown", "There is no such skill."),
            Self::NobodySkilled => Problem::field(
                "to.skill",
                "nobody",
                "Nobody else who can help with this is at work.",
            ),
            Self::NoSuchColleague => Problem::field("to.agent", "unknown", "There is no such agent."),
            Self::ColleagueAway => Problem::field("to.agent", "away", "This colleague takes no calls now."),
            Self::ColleagueApart => Problem::field(
                "to.agent",
                "unreachable",
                "This call can't be connected with this colleague's phone.",
            ),
            Self::HandedOnTooOften => Problem::new(
                Conflict,
                "This call has been handed on too often. Please help the customer yourself.",
            ),
        }
    }
}
