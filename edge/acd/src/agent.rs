//! An agent's presence. Name, phone and skills stand in the business's document.

use crate::published::{Duty, Published};
use shared::desk::AgentState;
use shared::{AgentId, BreakId, Millis, RequestId};

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
    /// While away: why, as far as that is known.
    pub pause: Option<BreakId>,
    /// Why, when `next` is away.
    pub next_pause: Option<BreakId>,
    /// The request this agent is reserved for, in, or writing up.
    pub request: Option<RequestId>,
    /// Since when the agent is kept by it.
    pub kept_since: Millis,
    /// The customer who is dialled already while this agent still writes up the last call.
    pub ahead: Option<RequestId>,
    /// What the agent's phone published last, where it publishes.
    pub published: Option<Published>,
    /// The desk can take calls in the browser.
    pub voice: bool,
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
            pause: None,
            next_pause: None,
            request: None,
            kept_since: now,
            ahead: None,
            published: None,
            voice: false,
        }
    }

    /// At work, as the desk says.
    pub fn at_work(&self) -> bool {
        !matches!(self.state, AgentState::Offline | AgentState::Away)
    }

    /// At work, and to be reached by phone: has a call, or would take one.
    pub fn on_duty(&self) -> bool {
        self.duty() != Duty::Off
    }

    /// Would take a call now.
    pub fn is_free(&self) -> bool {
        self.duty() == Duty::Free
    }

    /// Without a call, in this state.
    pub(crate) fn free(&mut self, state: AgentState, now: Millis) {
        let pause = self.next_pause.take();
        self.go_for(state, pause, now);
        self.next = AgentState::Available;
        self.request = None;
        self.ahead = None;
    }

    /// Without a call, and away for a reason that follows from what happened.
    pub(crate) fn send_away(&mut self, why: &str, now: Millis) {
        if self.next_pause.is_none() {
            self.next_pause = BreakId::parse(why).ok();
        }
        self.free(AgentState::Away, now);
    }

    /// Changes the state.
    pub(crate) fn go(&mut self, state: AgentState, now: Millis) {
        self.go_for(state, None, now);
    }

    /// Changes the state; `pause` is why, for one who goes away.
    pub(crate) fn go_for(&mut self, state: AgentState, pause: Option<BreakId>, now: Millis) {
        let pause = pause.filter(|_| state == AgentState::Away);
        if self.state != state || self.pause != pause {
            self.since = now;
        }
        (self.state, self.pause) = (state, pause);
    }
}
