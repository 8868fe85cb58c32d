//! What agents did, as it happened: the record that their day's figures are counted from.

use crate::Agent;
use crate::engine::Acd;
use shared::desk::AgentState;
use shared::handover::{Handing, RefusalReason};
use shared::{AgentId, BreakId, Millis, RequestId};

/// What an agent did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Talked with a customer.
    Talked,
    /// Wrote a call up.
    WroteUp,
    /// Did not take a call that rang.
    Missed,
    /// Refused a call with a reason.
    Refused,
    /// Gave a request back.
    Returned,
    /// Handed a request on.
    Transferred,
    /// Was away.
    Rested,
}

impl Deed {
    /// The word in SQL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Talked => "talked",
            Self::WroteUp => "wrote_up",
            Self::Missed => "missed",
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::Transferred => "transferred",
            Self::Rested => "rested",
        }
    }
}

/// One entry: what an agent did, when it began and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub agent: AgentId,
    /// What.
    pub deed: Deed,
    /// When it began.
    pub at: Millis,
    /// How long it took, in milliseconds.
    pub ms: i64,
    /// The request it was about.
    pub request: Option<RequestId>,
    /// Why: the break, or the reason of a refusal.
    pub reason: Option<String>,
    /// In the agent's words.
    pub text: String,
}

/// What an agent rested for, before something changed.
pub(crate) struct Rest {
    since: Millis,
    pause: Option<BreakId>,
}

impl Rest {
    pub(crate) fn of(agent: &Agent) -> Option<Self> {
        let away = agent.state == AgentState::Away;
        away.then(|| Self {
            since: agent.since,
            pause: agent.pause.clone(),
        })
    }

    /// True when that rest is over.
    pub(crate) fn is_over(&self, agent: &Agent) -> bool {
        agent.state != AgentState::Away || agent.pause != self.pause
    }
}

impl Acd {
    pub(crate) fn note_rest(&mut self, agent: &AgentId, rest: Rest, until: Millis) {
        self.touched.journal.push(Entry {
            agent: agent.clone(),
            deed: Deed::Rested,
            at: rest.since,
            ms: until.0.saturating_sub(rest.since.0),
            request: None,
            reason: rest.pause.map(|pause| pause.to_string()),
            text: String::new(),
        });
    }

    /// Something about a request that began at `at` and is over now.
    pub(crate) fn note_deed(
        &mut self,
        agent: &AgentId,
        deed: Deed,
        request: &RequestId,
        at: Millis,
        now: Millis,
    ) {
        self.touched.journal.push(Entry {
            agent: agent.clone(),
            deed,
            at,
            ms: now.0.saturating_sub(at.0),
            request: Some(request.clone()),
            reason: None,
            text: String::new(),
        });
    }

    /// A request left an agent.
    pub(crate) fn note_handing(
        &mut self,
        agent: &AgentId,
        request: &RequestId,
        how: Handing,
        reason: Option<RefusalReason>,
        text: &str,
        now: Millis,
    ) {
        let deed = match how {
            Handing::Transferred | Handing::Reassigned => Deed::Transferred,
            Handing::Returned => Deed::Returned,
            Handing::Refused => Deed::Refused,
        };
        self.touched.journal.push(Entry {
            agent: agent.clone(),
            deed,
            at: now,
            ms: 0,
            request: Some(request.clone()),
            reason: reason.map(|reason| reason.as_str().into()),
            text: text.into(),
        });
    }
}
