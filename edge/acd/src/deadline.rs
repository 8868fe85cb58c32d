//! Deadlines: what happens when nobody acts. One queue of `(due, what)`; the earliest wakes the engine.

use crate::engine::Acd;
use crate::mutant;
use crate::phrase::Phrase;
use crate::step::{Effect, LegEnd};
use shared::call::{EndReason, EndedBy, LegState, Party, RequestState};
use shared::voice::Switch;
use shared::{AgentId, EquipmentId, LegId, Millis, RequestId};
use std::fmt;

/// What is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimerKey {
    /// The promised time, or that of the next attempt, has come.
    Slot(RequestId),
    /// A promised call becomes urgent.
    Press(RequestId),
    /// The request has waited long enough for the next levels.
    Open(RequestId),
    /// The page's expert has been waited for long enough.
    Expert(RequestId),
    /// It waited longer than the business keeps a request.
    Expire(RequestId),
    /// The leg being dialled should have been answered or ended by the carrier long since.
    Ring(RequestId),
    /// Nobody pressed 1.
    Confirm(RequestId),
    /// The announcement should be over.
    Say(RequestId),
    /// The customer has held long enough.
    Hold(RequestId),
    /// The page of a browser's leg was closed, and is not there again.
    Left(LegId),
    /// The two have talked for as long as the business lets them.
    Talk(RequestId),
    /// The wrap-up is over, written up or not.
    WrapUp(AgentId),
    /// The wrap-up is about to be over: the next customer may be dialled.
    Ahead(AgentId),
    /// The desk was not heard of for too long.
    Silent(AgentId),
    /// What the agent's phone published holds no longer.
    Published(AgentId),
    /// Until then the equipment is a last resort.
    Down(EquipmentId),
    /// The call has cost as much as it may.
    Budget(RequestId),
    /// The waits are worked out anew.
    Forecast,
    /// What the dial policy has counted long enough is forgotten.
    Forget,
}

/// Seconds that a carrier may take beyond the ring time before we stop believing that it will tell us.
const RING_GRACE_S: i64 = 15;

impl TimerKey {
    /// Reads the stored form.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        let request = || RequestId::parse(id).ok();
        let agent = || AgentId::parse(id).ok();
        match kind {
            "slot" => request().map(Self::Slot),
            "press" => request().map(Self::Press),
            "open" => request().map(Self::Open),
            "expert" => request().map(Self::Expert),
            "expire" => request().map(Self::Expire),
            "ring" => request().map(Self::Ring),
            "confirm" => request().map(Self::Confirm),
            "say" => request().map(Self::Say),
            "hold" => request().map(Self::Hold),
            "talk" => request().map(Self::Talk),
            "left" => LegId::parse(id).ok().map(Self::Left),
            "down" => EquipmentId::parse(id).ok().map(Self::Down),
            "wrap_up" => agent().map(Self::WrapUp),
            "ahead" => agent().map(Self::Ahead),
            "silent" => agent().map(Self::Silent),
            "published" => agent().map(Self::Published),
            "budget" => request().map(Self::Budget),
            "forecast" => Some(Self::Forecast),
            "forget" => Some(Self::Forget),
            _ => None,
        }
    }
}

/// The stored form.
impl fmt::Display for TimerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Slot(id) => write!(f, "slot:{id}"),
            Self::Press(id) => write!(f, "press:{id}"),
            Self::Open(id) => write!(f, "open:{id}"),
            Self::Expert(id) => write!(f, "expert:{id}"),
            Self::Expire(id) => write!(f, "expire:{id}"),
            Self::Ring(id) => write!(f, "ring:{id}"),
            Self::Confirm(id) => write!(f, "confirm:{id}"),
            Self::Say(id) => write!(f, "say:{id}"),
            Self::Hold(id) => write!(f, "hold:{id}"),
            Self::Talk(id) => write!(f, "talk:{id}"),
            Self::Left(leg) => write!(f, "left:{leg}"),
            Self::Down(id) => write!(f, "down:{id}"),
            Self::WrapUp(id) => write!(f, "wrap_up:{id}"),
            Self::Ahead(id) => write!(f, "ahead:{id}"),
            Self::Silent(id) => write!(f, "silent:{id}"),
            Self::Published(id) => write!(f, "published:{id}"),
            Self::Budget(id) => write!(f, "budget:{id}"),
            Self::Forecast => write!(f, "forecast:"),
            Self::Forget => write!(f, "forget:"),
        }
    }
}

impl Acd {
    pub(crate) fn set_timer(&mut self, key: TimerKey, due: Millis) {
        if let Some(old) = self.timers.insert(key.clone(), due) {
            self.due.remove(&(old, key.clone()));
        }
        self.due.insert((due, key.clone()));
        self.timer_changed(key);
    }

    pub(crate) fn clear_timer(&mut self, key: TimerKey) {
        if let Some(old) = self.timers.remove(&key) {
            self.due.remove(&(old, key.clone()));
            self.timer_changed(key);
        }
    }

    fn timer_changed(&mut self, key: TimerKey) {
        // Whom a request waits for follows from it.
        if let TimerKey::Expert(id) = &key {
            self.place(id);
        }
        self.touched.timers.insert(key);
    }

    /// Takes back every deadline of a request.
    pub(crate) fn clear_timers(&mut self, id: &RequestId) {
        for key in [
            TimerKey::Slot,
            TimerKey::Press,
            TimerKey::Open,
            TimerKey::Expert,
            TimerKey::Expire,
            TimerKey::Ring,
            TimerKey::Confirm,
            TimerKey::Say,
            TimerKey::Hold,
            TimerKey::Talk,
        ] {
            self.clear_timer(key(id.clone()));
        }
    }

    pub(crate) fn await_ring(&mut self, id: &RequestId, ring_s: u32, now: Millis) {
        if mutant!(RingForEver) {
            return;
        }
        // Of a browser nobody tells that it rang long enough.
        let grace_s = if self.in_browser(id) { 0 } else { RING_GRACE_S };
        self.set_timer(
            TimerKey::Ring(id.clone()),
            now.plus_s(i64::from(ring_s) + grace_s),
        );
    }

    /// Lets everything happen that is due by `now`, earliest first.
    pub(crate) fn tick(&mut self, now: Millis) {
        // What falls due by what happens here is left to the next tick.
        let due: Vec<(Millis, TimerKey)> = self
            .due
            .iter()
            .take_while(|(at, _)| *at <= now)
            .cloned()
            .collect();
        for (at, key) in due {
            // An earlier one may have taken this one back, or put it off.
            if self.timers.get(&key) == Some(&at) {
                self.clear_timer(key.clone());
                self.pass(now, key);
            }
        }
    }

    fn pass(&mut self, now: Millis, key: TimerKey) {
        match key {
            TimerKey::Slot(id) => self.enter_line(&id, now),
            TimerKey::Press(id) => self.with_request(&id, |request| request.pressing = true),
            TimerKey::Open(id) => {
                let joined = self.requests.get(&id).map_or(now, |request| request.joined_at);
                self.with_request(&id, |request| request.opened = request.opened.saturating_add(1));
                self.await_opening(&id, joined);
            }
            // The timer was the patience: that it is over was seen when it was cleared.
            TimerKey::Expert(_) => {}
            TimerKey::Expire(id) => self.expire(&id, now),
            TimerKey::Ring(id) => self.ring_lost(&id, now),
            TimerKey::Confirm(id) => self.not_confirmed(&id, now),
            TimerKey::Say(id) => self.said(&id),
            TimerKey::Hold(id) => self.let_go(&id, now),
            TimerKey::Left(leg) => self.left(&leg, now),
            TimerKey::Talk(id) => {
                self.ended_by(&id, EndedBy::Business);
                self.end(&id, EndReason::Talked, now);
            }
            TimerKey::WrapUp(agent) => self.wrapped_up(&agent, now),
            TimerKey::Silent(agent) => self.silent(&agent, now),
            TimerKey::Published(agent) => self.lapse(&agent, now),
            TimerKey::Budget(id) => self.over_budget(&id, now),
            TimerKey::Forget => self.forget(now),
            // Distribution and announcement follow every tick.
            TimerKey::Ahead(_) | TimerKey::Forecast | TimerKey::Down(_) => {}
        }
    }

    /// The carrier never told how a dialled leg ended: end it ourselves and treat it as not answered.
    fn ring_lost(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let party = match request.state {
            RequestState::Reserving | RequestState::DialingCustomer => Party::Customer,
            RequestState::RingingAgent if self.in_browser(id) && request.legs.agent == LegState::Answered => {
                return self.go_over(id, Switch::NoConnection, now);
            }
            RequestState::RingingAgent => Party::Agent,
            RequestState::Scheduled
            | RequestState::Queued
            | RequestState::CustomerOnHold
            | RequestState::Connected
            | RequestState::Ended => return,
        };
        self.give_up_leg(id, party, LegEnd::NoAnswer, now);
    }

    /// It waited for as long as the business keeps a request. That is no patience lost: nobody gave up.
    fn expire(&mut self, id: &RequestId, now: Millis) {
        let open = self
            .requests
            .get(id)
            .is_some_and(|request| self.config.open_at(request.asked.skill.as_ref(), now));
        self.gave_up(id, false, now);
        let reason = if open {
            EndReason::Expired
        } else {
            EndReason::ClosedHours
        };
        self.end(id, reason, now);
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
        if let (Some(leg), LegState::Answered) = (request.customer_leg(), request.legs.customer) {
            let words = Phrase::Sorry.of(&self.config.business, request.asked.language.as_ref());
            self.effect(id, Effect::Farewell { leg, words });
            self.with_request(id, |request| request.legs.customer = LegState::Ended);
        }
        self.ended_by(id, EndedBy::Business);
        let rang = self
            .requests
            .get(id)
            .is_some_and(|request| request.agent_tries > 0);
        let reason = if rang {
            EndReason::AgentNoAnswer
        } else {
            EndReason::NoAgent
        };
        self.end(id, reason, now);
    }
}
