//! An agent's presence. Name, phone and skills stand in the business's document.

use shared::desk::AgentState;
use shared::{AgentId, Millis, RequestId};

/// An agent as the engine keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub id: AgentId,
    /// Presence.
    pub state: AgentState,
    /// Since when in this state.
    pub since: Millis,
    /// Since when without a call: the longest idle gets the next one. A customer who could not be reached doesn't reset it.
    pub idle_since: Millis,
    /// Where the agent goes after the present call: available, unless away was asked for in the meantime.
    pub next: AgentState,
    /// The request this agent is reserved for, in, or writing up.
    pub request: Option<RequestId>,
    /// Since when the agent is kept by it.
    pub kept_since: Millis,
    /// The customer who is dialled already while this agent still writes up the last call.
    pub ahead: Option<RequestId>,
}

impl Agent {
    /// Somebody who has never signed in.
    pub fn offline(id: AgentId, now: Millis) -> Self {
        Self {
            id,
            state: AgentState::Offline,
            since: now,
            idle_since: now,
            next: AgentState::Available,
            request: None,
            kept_since: now,
            ahead: None,
        }
    }

    /// Signed in and at work: has a call, or would take one.
    pub fn on_duty(&self) -> bool {
        !matches!(self.state, AgentState::Offline | AgentState::Away)
    }

    /// Without a call, in this state.
    pub(crate) fn free(&mut self, state: AgentState, now: Millis) {
        self.go(state, now);
        self.next = AgentState::Available;
        self.request = None;
        self.ahead = None;
    }

    /// Changes the state.
    pub(crate) fn go(&mut self, state: AgentState, now: Millis) {
        if self.state != state {
            self.state = state;
            self.since = now;
        }
    }
}
