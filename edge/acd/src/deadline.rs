//! Deadlines: what happens when nobody acts. One queue of `(due, what)`; the earliest wakes the engine.

use crate::engine::Acd;
use crate::step::{Effect, LegEnd};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::{AgentId, Millis, RequestId};
use std::fmt;

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerKey {
    /// The promised time has come.
    Slot(RequestId),
    /// The page's expert has been waited for long enough.
    Expert(RequestId),
    /// It waited longer than the business keeps a request.
    Expire(RequestId),
    /// The leg being dialled should have been answered or ended by the carrier long since.
    Ring(RequestId),
    /// The customer has held long enough.
    Hold(RequestId),
    /// The wrap-up is over, written up or not.
    WrapUp(AgentId),
}

/// Seconds that a carrier may take beyond the ring time before we stop believing that it will tell us.
const RING_GRACE_S: i64 = 15;

impl TimerKey {
    /// Reads the stored form.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        let request = || RequestId::parse(id).ok();
        match kind {
            "slot" => request().map(Self::Slot),
            "expert" => request().map(Self::Expert),
            "expire" => request().map(Self::Expire),
            "ring" => request().map(Self::Ring),
            "hold" => request().map(Self::Hold),
            "wrap_up" => AgentId::parse(id).ok().map(Self::WrapUp),
            _ => None,
        }
    }
}

/// The stored form.
impl fmt::Display for TimerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(id) => write!(f, "slot:{id}"),
            Self::Expert(id) => write!(f, "expert:{id}"),
            Self::Expire(id) => write!(f, "expire:{id}"),
            Self::Ring(id) => write!(f, "ring:{id}"),
            Self::Hold(id) => write!(f, "hold:{id}"),
            Self::WrapUp(id) => write!(f, "wrap_up:{id}"),
        }
    }
}

impl Acd {
    pub(crate) fn set_timer(&mut self, key: TimerKey, due: Millis) {
        self.timers.insert(key.clone(), due);
        self.touched.timers.insert(key);
    }

    pub(crate) fn clear_timer(&mut self, key: TimerKey) {
        if self.timers.remove(&key).is_some() {
            self.touched.timers.insert(key);
        }
    }

    /// Takes back every deadline of a request.
    pub(crate) fn clear_timers(&mut self, id: &RequestId) {
        for key in [
            TimerKey::Slot,
            TimerKey::Expert,
            TimerKey::Expire,
            TimerKey::Ring,
            TimerKey::Hold,
        ] {
            self.clear_timer(key(id.clone()));
        }
    }

    pub(crate) fn await_ring(&mut self, id: &RequestId, ring_s: u32, now: Millis) {
        self.set_timer(
            TimerKey::Ring(id.clone()),
            now.plus_s(i64::from(ring_s) + RING_GRACE_S),
        );
    }

    /// Lets everything happen that is due by `now`, earliest first.
    pub(crate) fn tick(&mut self, now: Millis) {
        let mut due: Vec<(Millis, TimerKey)> = self
            .timers
            .iter()
            .filter(|(_, at)| **at <= now)
            .map(|(key, at)| (*at, key.clone()))
            .collect();
        due.sort();
        for (_, key) in due {
            // An earlier one may have taken this one back.
            if self.timers.contains_key(&key) {
                self.clear_timer(key.clone());
                self.pass(now, key);
            }
        }
    }

    fn pass(&mut self, now: Millis, key: TimerKey) {
        match key {
            TimerKey::Slot(id) => self.enter_line(&id, now),
            // Distribution after the tick sees that the patience is over.
            TimerKey::Expert(_) => {}
            TimerKey::Expire(id) => self.end(&id, EndReason::Expired, now),
            TimerKey::Ring(id) => self.ring_lost(&id, now),
            TimerKey::Hold(id) => self.let_go(&id, now),
            TimerKey::WrapUp(agent) => self.wrapped_up(&agent, now),
        }
    }

    /// The carrier never told how a dialled leg ended: end it ourselves and treat it as not answered.
    fn ring_lost(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let party = match request.state {
            RequestState::Reserving | RequestState::DialingCustomer => Party::Customer,
            RequestState::RingingAgent => Party::Agent,
            RequestState::Scheduled
            | RequestState::Queued
            | RequestState::CustomerOnHold
            | RequestState::Connected
            | RequestState::Ended => return,
        };
        self.give_up_leg(id, party, LegEnd::NoAnswer, now);
    }

    /// The customer has held long enough, or nobody is left to try: apologise and let go.
    pub(crate) fn let_go(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        if !matches!(
            request.state,
            RequestState::CustomerOnHold | RequestState::RingingAgent
        ) {
            return;
        }
        let (customer, name) = (request.customer_leg(), self.config.business.name.clone());
        if let (Some(leg), LegState::Answered) = (customer, request.legs.customer) {
            let text = format!(
                "We are sorry: nobody at {name} could take your call just now. Please choose another time."
            );
            self.effect(id, Effect::Farewell { leg, text });
            self.with_request(id, |request| request.legs.customer = LegState::Ended);
        }
        self.end(id, EndReason::NoAgent, now);
    }
}
