//! Requests that could be dialled, but for the policy: they keep their place, wait until the first of them may have leave, and are called
//! in turn.

use crate::engine::Acd;
use crate::policy::{Note, Waiting};
use crate::view::count;
use crate::{Request, TimerKey};
use shared::call::{EndReason, LegState, Origin, RequestState};
use shared::policy::Held;
use shared::{Millis, RequestId};

/// Seconds until leave is asked for again, at the least, where others withheld it.
const AGAIN_S: i64 = 60;

impl Acd {
    /// The request keeps its place and waits for leave; an agent who was kept for it is free, and has lost nothing.
    pub(crate) fn hold_back(&mut self, id: &RequestId, why: Held, until: Millis, now: Millis) {
        let before = self.book.waiting(id);
        let since = before
            .filter(|waiting| waiting.why == why)
            .map_or(now, |waiting| waiting.since);
        self.note(Note::Waiting(Waiting {
            request: id.clone(),
            why,
            since,
            until,
        }));
        self.clear_timers(id);
        let mut agent = None;
        self.with_request(id, |request| {
            request.state = RequestState::Scheduled;
            request.next_attempt_at = Some(until);
            request.legs.customer = LegState::Idle;
            agent = request.agent.take();
        });
        self.set_timer(TimerKey::Slot(id.clone()), until);
        self.unclaim(id);
        if let Some(agent) = agent {
            self.with_agent(&agent, |agent| agent.free(agent.next, now));
        }
    }

    /// Others rang this number as often as may be: the request waits as it does when this business did, and no phone rang, so that it
    /// was no attempt. What an agent asked for at once is not rung tomorrow.
    pub(crate) fn withheld(&mut self, id: &RequestId, until: Millis, now: Millis) {
        self.with_request(id, |request| {
            request.rerouted += 1;
            request.failed.clear();
        });
        match self.requests.get(id).map(|request| request.origin) {
            Some(Origin::Agent) => self.end(id, EndReason::BlockedNumber, now),
            // By the clock of whoever said it: not at once, again and again, where ours is ahead.
            Some(_) => self.hold_back(id, Held::Rings, until.max(now.plus_s(AGAIN_S)), now),
            None => {}
        }
    }

    /// Who waits for leave asks for it again at the next tick: the document says something else of it now.
    pub fn ask_leave_again(&mut self, now: Millis) {
        let held = self.requests.values().filter(|request| {
            request.state == RequestState::Scheduled && self.book.waiting(&request.id).is_some()
        });
        let held: Vec<RequestId> = held.map(|request| request.id.clone()).collect();
        for id in held {
            self.with_request(&id, |request| request.next_attempt_at = Some(now));
            self.set_timer(TimerKey::Slot(id), now);
        }
    }

    /// Nothing holds the request back any more.
    pub(crate) fn let_out(&mut self, id: &RequestId) {
        if self.book.waiting(id).is_some() {
            self.note(Note::Released(id.clone()));
        }
    }

    /// Calls under way.
    pub(crate) fn live(&self) -> u32 {
        count(
            self.requests
                .values()
                .filter(|request| request.state.is_live())
                .count(),
        )
    }

    /// How many wait for what the whole business may do, and go before this one.
    pub(crate) fn held_before(&self, request: &Request) -> u32 {
        let own = self.place_in_line(request);
        let before = self.book.everybody_waiting().filter(|waiting| {
            let other = self.requests.get(&waiting.request);
            is_of_all(waiting.why) && other.is_some_and(|other| self.place_in_line(other) < own)
        });
        count(before.count())
    }

    /// The calls under way, where anybody waits for one of them to end.
    pub(crate) fn live_if_held(&self) -> Option<u32> {
        let busy = |waiting: &Waiting| waiting.why == Held::Busy;
        self.book.everybody_waiting().any(busy).then(|| self.live())
    }

    /// Calls that are over make room for as many who wait for that, and what is settled may make room for one who waits for it: they
    /// are back in line, and ask for leave in their turn. (All of them would be refused but these.)
    pub(crate) fn call_in(&mut self, live_before: Option<u32>, now: Millis) {
        let over = live_before.map_or(0, |before| before.saturating_sub(self.live()));
        for _ in 0..over {
            self.call_in_first(Held::Busy, now);
        }
        let settled = |note: &Note| matches!(note, Note::Dial(dial) if dial.cost.is_some());
        if self.touched.notes.iter().any(settled) {
            self.call_in_first(Held::Spend, now);
        }
    }

    fn call_in_first(&mut self, why: Held, now: Millis) {
        let first = self.book.everybody_waiting().filter_map(|waiting| {
            let request = self.requests.get(&waiting.request)?;
            let held = waiting.why == why && request.state == RequestState::Scheduled;
            held.then(|| (self.place_in_line(request), &request.id))
        });
        if let Some((_, id)) = first.min() {
            let id = id.clone();
            self.clear_timer(TimerKey::Slot(id.clone()));
            self.enter_line(&id, now);
        }
    }
}

/// True for what holds back everybody alike.
const fn is_of_all(why: Held) -> bool {
    match why {
        Held::Spend | Held::Rate | Held::Busy => true,
        Held::Hours | Held::Rings | Held::Neighbours => false,
    }
}
