//! A call that left the desk before anybody talked: the agent wants to know why, for a moment.

use crate::desk::word;
use shared::Millis;
use shared::call::{EndReason, LegState, RequestState};
use shared::desk::{PastCall, ScreenPop};

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct Gone {
    /// The customer's number, masked.
    pub(in crate::desk) phone: String,
    /// The reason, when the edge said one.
    pub(in crate::desk) reason: Option<EndReason>,
    /// In words.
    pub(in crate::desk) words: &'static str,
    /// Until when it is said (browser's clock).
    pub(in crate::desk) until: Millis,
}

impl Gone {
    /// What to say about a call that is no longer on the desk. Nothing when the two talked: then a wrap-up has ended it.
    pub(super) fn of(pop: &ScreenPop, recent: &[PastCall], until: Millis) -> Option<Self> {
        let past = recent.iter().find(|past| past.id == pop.id);
        let reason = past.map(|past| past.reason).or(pop.reason);
        if pop.connected_at.is_some() || matches!(reason, Some(EndReason::Talked)) {
            return None;
        }
        let words = match reason {
            Some(reason) => word::gone(reason),
            // No end, so it goes on: the customer is tried again, or talks to somebody else.
            None if matches!(pop.state, RequestState::Reserving | RequestState::DialingCustomer) => {
                word::GONE_NOT_REACHED
            }
            None if pop.legs.agent == LegState::Idle => word::GONE_ELSEWHERE,
            None => word::GONE_MISSED,
        };
        Some(Self {
            phone: pop.phone.clone(),
            reason,
            words,
            until,
        })
    }
}
