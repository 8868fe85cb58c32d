//! What is committed: nothing is lost, nobody is booked twice, everything has a deadline.

use super::{Kept, Law};
use crate::document::{time_of_day, wall_of_london};
use crate::world::World;
use acd::{Command, Effect, Input, Order, Refusal, Request, Route, Step, Terms, TimerKey, Write};
use shared::call::{Origin, Party, RequestState};
use shared::desk::AgentState;
use shared::{Millis, RequestId};
use telephony::outbox::Task;

fn request_of_timer(key: &TimerKey) -> Option<&RequestId> {
    match key {
        TimerKey::Slot(id)
        | TimerKey::Press(id)
        | TimerKey::Open(id)
        | TimerKey::Expert(id)
        | TimerKey::Expire(id)
        | TimerKey::Ring(id)
        | TimerKey::Confirm(id)
        | TimerKey::Say(id)
        | TimerKey::Hold(id)
        | TimerKey::Talk(id)
        | TimerKey::Budget(id) => Some(id),
        TimerKey::WrapUp(_)
        | TimerKey::Ahead(_)
        | TimerKey::Silent(_)
        | TimerKey::Published(_)
        | TimerKey::Down(_)
        | TimerKey::Left(_)
        | TimerKey::Forecast
        | TimerKey::Forget => None,
    }
}

impl World {
    /// A step is about to be committed.
    pub(crate) fn check_step(&mut self, cause: &Input, step: &Step, now: Millis) {
        self.check.assigned.clear();
        self.check_policy(cause, step, now);
        for write in &step.writes {
            match write {
                Write::Request(request) => self.check_request(cause, request, step, now),
                Write::Timer(key, at) => {
                    let Some(id) = request_of_timer(key) else { continue };
                    let had = self.store.timers.contains_key(key);
                    let change = i32::from(at.is_some()) - i32::from(had);
                    *self.check.deadlines.entry(id.clone()).or_default() += change;
                }
                Write::Agent(_)
                | Write::Evidence(_)
                | Write::Told(..)
                | Write::Journal(_)
                | Write::Policy(_) => {}
            }
        }
        for order in &step.effects {
            self.check_order(order, step);
        }
    }

    fn check_request(&mut self, cause: &Input, request: &Request, step: &Step, now: Millis) {
        let id = &request.id;
        let ended = request.state == RequestState::Ended;
        let kept = self.check.known.get(id).copied();
        match kept {
            None => self.check_new(cause, request, now),
            Some(kept) if kept.ended && !ended => {
                self.break_law(Law::Lost, || format!("{id} was over and is {}", request.state));
            }
            Some(kept) if kept.version + 1 != request.version => {
                self.break_law(Law::Record, || {
                    format!("{id}: version {} after {}", request.version, kept.version)
                });
            }
            Some(_) => {}
        }
        let was = self.store.requests.get(id);
        if was.is_some_and(|was| was.queued_at != request.queued_at || was.created_at != request.created_at) {
            self.break_law(Law::Fairness, || format!("{id} lost its place in line"));
        }
        if ended && (request.reason.is_none() || request.ended_at.is_none()) {
            self.break_law(Law::Lost, || format!("{id} ended without a reason"));
        }
        let most = self.options.attempts;
        if request.attempts() > most {
            self.break_law(Law::Twice, || {
                format!("{id}: attempt {} of {most}", request.attempts())
            });
        }
        self.check_assigned(cause, request, step);
        let before = kept.map(|kept| kept.ended);
        self.check.known.insert(
            id.clone(),
            Kept {
                version: request.version,
                ended,
            },
        );
        match (before, ended) {
            (None, false) => self.check.open += 1,
            (None, true) => self.check.ended += 1,
            (Some(false), true) => {
                self.check.open -= 1;
                self.check.ended += 1;
            }
            _ => {}
        }
        if ended {
            if self.check.phones.get(&request.asked.phone) == Some(id) {
                self.check.phones.remove(&request.asked.phone);
            }
        } else {
            let other = self.check.phones.insert(request.asked.phone.clone(), id.clone());
            if other.as_ref().is_some_and(|other| other != id) {
                self.break_law(Law::Twice, || format!("{id} and {other:?} are for one number"));
            }
        }
    }

    /// Something was accepted.
    fn check_new(&mut self, cause: &Input, request: &Request, now: Millis) {
        let id = &request.id;
        let asked = match cause {
            Input::Ask { id: new, terms, .. } if new == id => Some(**terms == Terms::Page),
            Input::Agent(_, Command::CallAgain(new, _)) if new == id => None,
            _ => {
                return self.break_law(Law::Lost, || format!("{id} was asked by nobody"));
            }
        };
        if request.asked.phone.as_str().starts_with("+1900") {
            self.break_law(Law::Leave, || format!("{id}: a premium number was accepted"));
        }
        if asked == Some(true) {
            if !request.asked.consent {
                self.break_law(Law::Leave, || format!("{id} was accepted without consent"));
            }
            let at = request.asked.slot.unwrap_or(now);
            if !self.is_open(at) {
                self.break_law(Law::Eligibility, || {
                    format!("{id} was accepted for {at}, when it is closed")
                });
            }
        }
    }

    /// Whether the business is open, worked out by hand.
    fn is_open(&self, at: Millis) -> bool {
        if self.options.hours.is_none() {
            return true;
        }
        let wall = wall_of_london(at.0);
        let hours = &self.store.config.business.hours;
        hours.iter().any(|hours| {
            let span = time_of_day(&hours.from).zip(time_of_day(&hours.to));
            span.is_some_and(|(from, to)| (from..to).contains(&wall))
        })
    }

    /// A form was refused: rightly?
    pub(crate) fn check_refused(&mut self, nth: usize, why: &Refusal) {
        let now = self.wall();
        let Some((asked, _)) = self.form(nth) else { return };
        let phone = asked.phone.clone();
        match why {
            Refusal::Closed if self.is_open(now) => {
                self.break_law(Law::Eligibility, || format!("closed at {now}, when it is open"));
            }
            Refusal::AlreadyAsked | Refusal::OpenElsewhere if !self.check.phones.contains_key(&phone) => {
                self.break_law(Law::Lost, || "asked already, where nothing is open".into());
            }
            _ => {}
        }
    }

    /// An effect is ordered.
    fn check_order(&mut self, order: &Order, step: &Step) {
        let Effect::Dial { leg, party, to, .. } = &order.effect else {
            return;
        };
        if self.check.ordered.insert(leg.clone(), ()).is_some() {
            return self.break_law(Law::Twice, || format!("{leg} was ordered twice"));
        }
        if to.address().as_str().starts_with("+1900") {
            return self.break_law(Law::Leave, || format!("{leg} is to a premium number"));
        }
        let written = step.writes.iter().find_map(|write| match write {
            Write::Request(request) if request.id == order.request => Some(&**request),
            _ => None,
        });
        let Some(request) = written else {
            return self.break_law(Law::Effects, || {
                format!("{leg} was ordered for nothing that is written")
            });
        };
        let claimed = || {
            let ahead = |agent: &acd::Agent| agent.ahead.as_ref() == Some(&order.request);
            let written = step
                .writes
                .iter()
                .any(|write| matches!(write, Write::Agent(agent) if ahead(agent)));
            written || self.store.agents.values().any(ahead)
        };
        let over = request.state == RequestState::Ended;
        match party {
            Party::Customer
                if !over
                    && request.agent.is_none()
                    && !matches!(request.route, Route::Number(_))
                    && !claimed() =>
            {
                self.break_law(Law::Booking, || format!("{leg} is dialled for nobody"));
            }
            Party::Agent if !over && request.answered_at.is_none() => {
                self.break_law(Law::Leave, || {
                    format!("{leg} is dialled before the customer has answered")
                });
            }
            Party::Customer | Party::Agent => {}
        }
    }

    /// A step was committed: what it touched fits together.
    pub(crate) fn check_rows(&mut self, cause: &Input, step: &Step) {
        for write in &step.writes {
            let wrong = match write {
                Write::Request(request) => self.misfit(request),
                Write::Agent(agent) => self.misbooked(agent),
                _ => None,
            };
            if let Some((law, how)) = wrong {
                self.break_law(law, || how);
            }
        }
        self.check_put(step);
        self.check_at_once(step);
        self.check_order_of_line(cause);
    }

    /// What was ordered waits to be sent, unless a hang-up of the same step made it needless.
    fn check_put(&mut self, step: &Step) {
        let newest = self.store.outbox.values().rev().take(step.effects.len() + 2);
        let put: Vec<&Order> = newest
            .filter_map(|row| match &*row.task {
                Task::Carry(order) => Some(order),
                Task::Inquire { .. } | Task::Mail { .. } | Task::Deliver { .. } => None,
            })
            .collect();
        let missing = step.effects.iter().find(|order| {
            let dial = matches!(order.effect, Effect::Dial { .. });
            let dropped = dial
                && step.effects.iter().any(
                    |other| matches!(&other.effect, Effect::HangUp { leg } if leg == order.effect.leg()),
                );
            !put.contains(order) && !dropped
        });
        let dials = step
            .effects
            .iter()
            .filter(|order| matches!(order.effect, Effect::Dial { .. }));
        let mut legs = dials.map(|order| order.effect.leg());
        if let Some(leg) = legs.find(|leg| !self.store.ledger.contains_key(*leg)) {
            self.break_law(Law::Money, || format!("{leg} has no account"));
        }
        if let Some(order) = missing.cloned() {
            self.break_law(Law::Effects, || {
                format!("ordered, and not in the outbox: {order:?}")
            });
        }
    }

    fn misfit(&self, request: &Request) -> Option<(Law, String)> {
        let id = &request.id;
        let agent = request.agent.as_ref().and_then(|id| self.store.agents.get(id));
        let held = agent.is_some_and(|agent| agent.request.as_ref() == Some(id));
        let alone = request.agent.is_none();
        let numbered = matches!(request.route, Route::Number(_)) && alone;
        let deadline = self.check.deadlines.get(id).is_some_and(|count| *count > 0);
        let (booked, ends) = match request.state {
            RequestState::Scheduled | RequestState::Queued | RequestState::CustomerOnHold => {
                (alone, deadline)
            }
            RequestState::Reserving | RequestState::DialingCustomer => (held || alone, deadline),
            RequestState::RingingAgent | RequestState::Connected => (held || numbered, deadline),
            RequestState::Ended => (true, true),
        };
        if !ends {
            return Some((
                Law::Lost,
                format!("{id} is {} and nothing ends it", request.state),
            ));
        }
        if !booked {
            let agent = &request.agent;
            return Some((Law::Booking, format!("{id} is {} with {agent:?}", request.state)));
        }
        if request.origin == Origin::Agent && request.attempts() > 1 {
            return Some((Law::Twice, format!("{id}: nobody asked for a second attempt")));
        }
        None
    }

    fn misbooked(&self, agent: &acd::Agent) -> Option<(Law, String)> {
        let request = agent.request.as_ref().map(|id| self.store.requests.get(id));
        let fits = match (agent.state, request) {
            (AgentState::Offline | AgentState::Away | AgentState::Available, None) => true,
            (AgentState::Reserved, Some(Some(request))) => {
                matches!(
                    request.state,
                    RequestState::Reserving | RequestState::DialingCustomer
                )
            }
            (AgentState::Ringing, Some(Some(request))) => request.state == RequestState::RingingAgent,
            (AgentState::Talking, Some(Some(request))) => request.state == RequestState::Connected,
            (AgentState::WrapUp, Some(Some(request))) => request.state == RequestState::Ended,
            _ => false,
        };
        let mutual = request
            .flatten()
            .is_none_or(|request| request.agent.as_ref() == Some(&agent.id));
        (!fits || !mutual).then(|| {
            let (id, state) = (&agent.id, agent.state);
            (Law::Booking, format!("{id} is {state} with {:?}", agent.request))
        })
    }

    /// Whoever asked was told that it is accepted.
    pub(crate) fn acknowledge(&mut self, nth: usize, id: &RequestId) {
        let Some(key) = self.customers.get(nth).map(|customer| customer.key) else {
            return;
        };
        if !self.check.known.contains_key(id) {
            self.break_law(Law::Lost, || format!("{id} was acknowledged and is nowhere"));
        }
        if let Some(other) = self.check.told.insert(key, id.clone())
            && other != *id
        {
            self.break_law(Law::Lost, || format!("one form was told {other} and {id}"));
        }
    }

    /// Whoever asked was told that it is taken back.
    pub(crate) fn check_cancelled(&mut self, id: &RequestId) {
        let open = self.store.requests.get(id);
        if open.is_some_and(|request| request.state != RequestState::Ended) {
            self.break_law(Law::Leave, || format!("{id} was taken back and goes on"));
        }
    }

    /// The alarm was armed: nothing is due before it.
    pub(crate) fn check_alarm(&mut self, deadline: Option<Millis>, now: Millis) {
        // One that was lost, and whose time comes a second time because somebody set the clock back, is believed in until then.
        if self.alarm_gone && self.options.jump_ms > 0.0 && self.store.alarm.is_none() {
            return;
        }
        self.alarm_gone = false;
        let rows = self.store.outbox.values();
        let free = rows.filter(|row| row.slip.leased_until <= now && self.store.is_head(row));
        let first = free.map(|row| row.slip.due).chain(deadline).min();
        let alarm = self.store.alarm;
        let late = first.is_some_and(|first| alarm.is_none_or(|alarm| alarm > first.max(now.plus_ms(1))));
        let asleep = alarm.is_none() && !self.store.outbox.is_empty();
        if late || asleep {
            self.break_law(Law::Lost, || {
                format!("due at {first:?}, and the alarm is {alarm:?}")
            });
        }
    }
}
