//! A request as the engine keeps it.

use shared::call::{EndReason, LegState, Legs, Party, RequestState};
use shared::desk::Disposition;
use shared::request::CallRequest;
use shared::{AgentId, LegId, Millis, RequestId};

/// A call request from the tap to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// Counts the changes.
    pub version: i64,
    /// What the customer asked.
    pub asked: CallRequest,
    /// Where it stands.
    pub state: RequestState,
    /// How it ended, once it has.
    pub reason: Option<EndReason>,
    /// When it was accepted.
    pub created_at: Millis,
    /// Its place in line: this one instant, kept through everything.
    pub queued_at: Millis,
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
    /// What the agent wrote down.
    pub disposition: Option<Disposition>,
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
    pub(crate) fn new(id: RequestId, asked: CallRequest, now: Millis) -> Self {
        Self {
            id,
            version: 0,
            state: RequestState::Queued,
            reason: None,
            created_at: now,
            queued_at: asked.slot.unwrap_or(now),
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
            disposition: None,
            asked,
        }
    }

    /// The customer's leg. `None` only for an id too long to carry a suffix, which intake refuses.
    pub(crate) fn customer_leg(&self) -> Option<LegId> {
        leg_id(&self.id, Party::Customer, 1)
    }

    /// The present agent's leg.
    pub(crate) fn agent_leg(&self) -> Option<LegId> {
        leg_id(&self.id, Party::Agent, self.agent_tries)
    }

    /// True when `leg` is one of the two that count now, and not of an agent tried before.
    pub(crate) fn has_leg(&self, party: Party, number: u32) -> bool {
        match party {
            Party::Customer => number == 1,
            Party::Agent => number == self.agent_tries,
        }
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
