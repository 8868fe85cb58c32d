//! What goes into the engine and what comes out. Nothing else crosses.

use crate::phrase::Words;
use crate::policy::{Bill, Digest, Note, Permit};
use crate::refusal::Refusal;
use crate::request::Announced;
use crate::{Agent, Entry, Evidence, Request, TimerKey};
use serde::{Deserialize, Serialize};
use shared::bridge::Announcement;
use shared::call::Party;
use shared::customer::Customer;
use shared::desk::{AgentState, Disposition};
use shared::handover::{Decline, Target, Transfer};
use shared::policy::Suppression;
use shared::request::CallRequest;
use shared::sip::Publication;
use shared::voice::Switch;
use shared::{Address, AgentId, BreakId, EquipmentId, LegId, Millis, RequestId};
use std::net::IpAddr;

/// Everything that can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A shopper asks for a call; the id was made by the shell.
    Ask {
        /// The id it will have.
        id: RequestId,
        /// What was asked.
        asked: Box<CallRequest>,
        /// On what terms: those of a page, unless the business itself asks.
        terms: Box<Terms>,
        /// The address it came from, where a person asks.
        network: Option<IpAddr>,
        /// Whether they showed what the policy has pages show, or the business vouches for the number.
        proven: bool,
    },
    /// Nobody calls this number again.
    Never(Address, Suppression),
    /// This number may be called again.
    Forgive(Digest),
    /// The customer takes it back.
    Cancel(RequestId),
    /// The customer wants it at another time; `None` is as soon as possible.
    Reschedule(RequestId, Option<Millis>),
    /// An agent says something.
    Agent(AgentId, Command),
    /// A carrier told us something about a leg.
    Heard(Heard),
    /// An effect was carried out, or will never be.
    Settled {
        /// Which, and whose.
        order: Box<Order>,
        /// What came of it.
        outcome: Settled,
    },
    /// A carrier says what a leg did cost.
    Billed(Box<Bill>),
    /// These desks were heard of, at these instants.
    Alive(Vec<(AgentId, Millis)>),
    /// The customer's side wants this request to be by telephone, or has to.
    ByPhone(RequestId, Switch),
    /// The page of this browser's leg is closed, or loaded again.
    Leaving(LegId),
    /// The page of this browser's leg is there.
    Returned(LegId),
    /// This desk's last connection was closed.
    Unplugged(AgentId),
    /// A SIP server took what a phone published.
    Published(Publication),
    /// Time has passed: whatever is due happens.
    Tick,
}

/// What only the business's own server may ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Terms {
    /// A page asks: as the business's document says.
    #[default]
    Page,
    /// A page asks, for a customer whom the business's server vouches for.
    Signed(Customer),
    /// The business asks.
    Business {
        /// The number, or SIP address, to connect the customer with.
        agent: Address,
        /// When; `None` for as soon as possible.
        at: Option<Millis>,
        /// What the customer hears while holding.
        announcement: Option<Announcement>,
    },
}

/// What an agent can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Signs in (and is away at first).
    SignIn,
    /// Signs out.
    SignOut,
    /// Goes available or away.
    Presence(AgentState),
    /// Goes away for one of the business's breaks.
    Rest(BreakId),
    /// Whether the desk can take calls in the browser.
    Voice(bool),
    /// The call goes on by telephone.
    ByPhone(RequestId),
    /// Hands the request on to a skill or a colleague.
    Transfer(RequestId, Transfer),
    /// Gives the request back.
    Requeue(RequestId),
    /// Does not take the call.
    Decline(RequestId, Decline),
    /// Calls a customer again; the id was made by the shell, the wish is that of the earlier request.
    CallAgain(RequestId, Box<CallRequest>),
    /// A supervisor gives a request in line to a skill or an agent.
    Reassign(RequestId, Target),
    /// A supervisor takes a request in line.
    Take(RequestId),
    /// Ends the call.
    HangUp(RequestId),
    /// The customer of this call wants no calls any more.
    Never(RequestId),
    /// Writes down what came of the call and ends the wrap-up.
    Dispose(RequestId, Disposition),
}

/// News about a leg, in the engine's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Which leg.
    pub leg: LegId,
    /// What.
    pub kind: HeardKind,
    /// When it happened, by the carrier's clock, where it says so. The news itself may be late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Millis>,
}

impl Heard {
    /// News without a time of its own.
    pub fn now(leg: LegId, kind: HeardKind) -> Self {
        Self { leg, kind, at: None }
    }
}

/// What can be heard of a leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeardKind {
    /// The phone rings.
    Ringing,
    /// Somebody answered.
    Answered,
    /// A machine answered.
    AnsweredByMachine,
    /// A key was pressed.
    Digit(char),
    /// What was being said is said.
    Announced,
    /// Both legs are joined.
    Bridged,
    /// The leg is over.
    Ended(LegEnd),
}

/// How a leg ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegEnd {
    /// The line was busy.
    Busy,
    /// Nobody answered in time.
    NoAnswer,
    /// The person declined.
    Declined,
    /// The person hung up after answering.
    HungUp,
    /// We ended it.
    Released,
    /// No such number.
    BadNumber,
    /// The carrier could not do it, and nobody was called.
    Failed,
    /// Nobody knows what became of it: somebody may have been called.
    Lost,
}

/// Something to be done in the telephone network. Committed with the state that caused it, sent afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Dial a leg. Its id makes a repeat harmless.
    Dial {
        /// The leg's id.
        leg: LegId,
        /// Whose.
        party: Party,
        /// The number, permitted.
        to: Permit,
        /// How long it may ring, in seconds.
        ring_s: u32,
        /// After how many seconds its carrier ends it, from its answer, whatever becomes of us; `None` for never.
        #[serde(default)]
        longest_s: Option<u32>,
    },
    /// Say something into an answered leg.
    Announce {
        /// The leg's id.
        leg: LegId,
        /// What.
        words: Words,
    },
    /// Play music into an answered leg until it is joined.
    Music {
        /// The leg's id.
        leg: LegId,
    },
    /// Say something into a leg, then end it.
    Farewell {
        /// The leg's id.
        leg: LegId,
        /// What.
        words: Words,
    },
    /// Take a customer's leg out of what joins it with the agent's, say something into it, then music; the agent's leg is
    /// ended when that is done.
    Hold {
        /// The customer's leg.
        leg: LegId,
        /// The agent's leg.
        agent: LegId,
        /// What the customer hears first.
        words: Words,
    },
    /// Join two answered legs.
    Bridge {
        /// The customer's leg.
        customer: LegId,
        /// The agent's leg.
        agent: LegId,
    },
    /// End a leg, whatever it does.
    HangUp {
        /// The leg's id.
        leg: LegId,
    },
}

impl Effect {
    /// The leg it is about; of two, the one that is to join the other.
    pub fn leg(&self) -> &LegId {
        match self {
            Self::Dial { leg, .. }
            | Self::Announce { leg, .. }
            | Self::Music { leg }
            | Self::Farewell { leg, .. }
            | Self::Hold { leg, .. }
            | Self::HangUp { leg } => leg,
            Self::Bridge { agent, .. } => agent,
        }
    }
}

/// An effect on its way: which request it serves, and which equipment carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The request.
    pub request: RequestId,
    /// The equipment.
    pub via: EquipmentId,
    /// What is to be done.
    pub effect: Effect,
}

/// What came of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The carrier did it.
    Done,
    /// The carrier took it; an event will tell when it is done.
    Taken,
    /// The carrier says no, for good.
    Refused(LegEnd),
    /// It was not given to the carrier: all businesses of the deployment together have rung this number as often as may be until then.
    Withheld(Millis),
}

/// A row to write. All of a step are committed together.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// Insert or replace a request.
    Request(Box<Request>),
    /// Insert or replace an agent.
    Agent(Agent),
    /// Set a timer, or (with `None`) remove it.
    Timer(TimerKey, Option<Millis>),
    /// Replace a row of what was learned.
    Evidence(Evidence),
    /// Add to what was announced to those in line: the first wait, and each one that is longer than the one before.
    Told(RequestId, Announced),
    /// Add to what agents did.
    Journal(Entry),
    /// Change what the dial policy remembers.
    Policy(Note),
}

impl Write {
    /// The request that it writes, where it is one.
    pub fn request(&self) -> Option<&Request> {
        match self {
            Self::Request(request) => Some(request),
            Self::Agent(_)
            | Self::Timer(..)
            | Self::Evidence(_)
            | Self::Told(..)
            | Self::Journal(_)
            | Self::Policy(_) => None,
        }
    }
}

/// What whoever asked is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The request this input was about, as it now stands.
    Request(Box<Request>),
    /// Done; nothing to show.
    Done,
    /// Known already, or too late to matter. Nothing changed.
    Absorbed,
}

/// The one way out of the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What whoever asked is told. A refusal comes with no writes and no effects.
    pub reply: Result<Reply, Refusal>,
    /// Rows to write.
    pub writes: Vec<Write>,
    /// Effects to send, in order.
    pub effects: Vec<Order>,
    /// When to send [`Input::Tick`] at the latest.
    pub wake_at: Option<Millis>,
}
