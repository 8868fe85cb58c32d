//! A request as the engine keeps it.

use crate::mutant;
use serde::{Deserialize, Serialize};
use shared::bridge::Announcement;
use shared::call::{EndReason, EndedBy, LegState, Legs, Origin, Party, RequestState};
use shared::customer::Customer;
use shared::desk::Disposition;
use shared::handover::Handover;
use shared::request::{CallRequest, WaitChange};
use shared::voice::Switch;
use shared::{AgentId, EquipmentId, LegId, Millis, PhoneNumber, RequestId};

/// A wait as it was announced, in milliseconds from then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Prediction {
    /// Rarely shorter.
    pub low_ms: i64,
    /// The expected wait.
    pub mean_ms: i64,
    /// Rarely longer.
    pub high_ms: i64,
}

/// The announcement that holds, and what it was made of: if a later one is longer, this tells why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    /// When it was made.
    pub at: Millis,
    /// The wait from then on.
    pub wait: Prediction,
    /// Requests that went before.
    pub ahead: u32,
    /// Agents at work who could help.
    pub helpers: u32,
    /// Why it is longer than one before, until it has become as short again.
    pub change: Option<WaitChange>,
    /// When the wait should have been over at the latest, before it became longer.
    #[serde(default)]
    pub was: Option<Millis>,
}

impl Announced {
    /// When the wait should be over at the latest.
    pub(crate) fn ends(&self) -> Millis {
        self.at.plus_ms(self.wait.high_ms)
    }
}

/// How a request finds who takes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// By skill and presence; the page's expert is preferred.
    #[default]
    Distributed,
    /// The expert it names, and nobody else.
    Agent,
    /// This number, whoever answers there. No agent is kept for it.
    Number(PhoneNumber),
}

/// What the customer hears, once they have answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hearing {
    /// Not there yet, or talking.
    #[default]
    Nothing,
    /// Press 1 to be connected.
    Question,
    /// Please hold.
    Announcement,
    /// Music, or what the carrier plays by itself.
    Music,
}

/// A call request from the tap to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Counts the changes.
    pub version: i64,
    /// What the customer asked.
    pub asked: CallRequest,
    /// For whom the business's server vouches: not what the page or the customer says.
    pub customer: Option<Customer>,
    /// Where it stands.
    pub state: RequestState,
    /// How it ended, once it has.
    pub reason: Option<EndReason>,
    /// When it was accepted.
    pub created_at: Millis,
    /// Its place in line: this one instant, kept through everything.
    pub queued_at: Millis,
    /// When it joined the line, this attempt.
    pub joined_at: Millis,
    /// Customer's legs dialled so far; numbers them.
    pub attempt: u32,
    /// When the customer is called again, while that is awaited.
    pub next_attempt_at: Option<Millis>,
    /// Why the last attempt did not reach the customer.
    pub missed: Option<EndReason>,
    /// To how many further levels the request has been opened for having waited.
    pub opened: u8,
    /// A promised call that has become urgent.
    pub pressing: bool,
    /// The wait announced when it joined the line; absent while it was unknown.
    pub predicted: Option<Prediction>,
    /// The announcement that holds.
    pub announced: Option<Announced>,
    /// When the customer was dialled for the first time: the end of the wait.
    pub called_at: Option<Millis>,
    /// Who has it.
    pub agent: Option<AgentId>,
    /// Agents' legs dialled so far; numbers them.
    pub agent_tries: u32,
    /// Agents who did not take it while the customer held.
    pub passed_over: Vec<AgentId>,
    /// Both legs.
    pub legs: Legs,
    /// When the customer answered.
    pub answered_at: Option<Millis>,
    /// When the two began to talk.
    pub connected_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Who ended the call, once it was up.
    pub ended_by: Option<EndedBy>,
    /// What the agent wrote down.
    pub disposition: Option<Disposition>,
    /// Who asked for it.
    pub origin: Origin,
    /// How it finds who takes it.
    pub route: Route,
    /// What the customer hears while holding, where it is not the usual.
    pub announcement: Option<Announcement>,
    /// The equipment that carries this attempt.
    pub via: Option<EquipmentId>,
    /// Equipment that could not carry this attempt.
    pub failed: Vec<EquipmentId>,
    /// Legs that never were because equipment failed, that an agent took back before the customer answered, or that were a browser:
    /// they count as no attempt.
    pub rerouted: u32,
    /// What the customer hears now.
    pub hearing: Hearing,
    /// Times that it left an agent for another one, oldest first.
    pub handed: Vec<Handover>,
    /// Why it is by telephone although the customer wanted to talk in the browser.
    pub switched: Option<Switch>,
}

/// The id of a leg: the request's, the party and a number, so that it is known before the carrier is asked and the
/// request is known from the leg.
pub fn leg_id(request: &RequestId, party: Party, number: u32) -> Option<LegId> {
    let letter = match party {
        Party::Customer => 'c',
        Party::Agent => 'a',
    };
    LegId::parse(&format!("{request}.{letter}{number}")).ok()
}

/// The request and party that a leg belongs to, and the leg's number.
pub fn request_of(leg: &LegId) -> Option<(RequestId, Party, u32)> {
    let (request, tail) = leg.as_str().rsplit_once('.')?;
    let party = match tail.get(..1)? {
        "c" => Party::Customer,
        "a" => Party::Agent,
        _ => return None,
    };
    Some((
        RequestId::parse(request).ok()?,
        party,
        tail.get(1..)?.parse().ok()?,
    ))
}

impl Request {
    /// A request as it is accepted.
    pub fn new(id: RequestId, asked: CallRequest, now: Millis) -> Self {
        Self {
            id,
            version: 0,
            customer: None,
            state: RequestState::Queued,
            reason: None,
            created_at: now,
            queued_at: asked.slot.unwrap_or(now),
            joined_at: now,
            attempt: 0,
            next_attempt_at: None,
            missed: None,
            opened: 0,
            pressing: false,
            predicted: None,
            announced: None,
            called_at: None,
            agent: None,
            agent_tries: 0,
            passed_over: Vec::new(),
            legs: Legs {
                customer: LegState::Idle,
                agent: LegState::Idle,
            },
            answered_at: None,
            connected_at: None,
            ended_at: None,
            ended_by: None,
            disposition: None,
            origin: Origin::Page,
            route: Route::Distributed,
            announcement: None,
            via: None,
            failed: Vec::new(),
            rerouted: 0,
            hearing: Hearing::Nothing,
            handed: Vec::new(),
            switched: None,
            asked,
        }
    }

    /// The present attempt's leg. `None` only for an id too long to carry a suffix, which intake refuses.
    pub(crate) fn customer_leg(&self) -> Option<LegId> {
        leg_id(&self.id, Party::Customer, self.attempt)
    }

    /// The present agent's leg.
    pub(crate) fn agent_leg(&self) -> Option<LegId> {
        leg_id(&self.id, Party::Agent, self.agent_tries)
    }

    /// True when `leg` is one of the two that count now, and not of an attempt or an agent before.
    pub(crate) fn has_leg(&self, party: Party, number: u32) -> bool {
        if mutant!(OldNewsCounts) {
            return true;
        }
        match party {
            Party::Customer => number == self.attempt,
            Party::Agent => number == self.agent_tries,
        }
    }

    /// How often the customer was called, or is being called.
    pub fn attempts(&self) -> u32 {
        self.attempt.saturating_sub(self.rerouted)
    }

    /// Seconds the two talked.
    pub fn talked_s(&self) -> i64 {
        match (self.connected_at, self.ended_at) {
            (Some(from), Some(to)) => to.seconds_since(from),
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leg_tells_its_request() {
        let id = RequestId::parse("req_1").unwrap();
        let leg = leg_id(&id, Party::Agent, 2).unwrap();
        assert_eq!(leg.as_str(), "req_1.a2");
        assert_eq!(request_of(&leg), Some((id, Party::Agent, 2)));
        assert_eq!(request_of(&LegId::parse("nothing").unwrap()), None);
    }
}
