//! Effects on their way, as `edge/src/business/carrier.rs` sends them: leased, asked about, sent, settled, tried again. What to
//! send and what an answer leads to, [`courier`] decides there and here.

use crate::check::Law;
use crate::event::Event;
use crate::object::Stop;
use crate::options::Kind;
use crate::store::{Leased, Store};
use crate::wire::Wire;
use crate::world::World;
use acd::{Effect, Heard, Input, LegEnd, Order, Settled};
use shared::call::Party;
use shared::{EquipmentId, LegId, Millis};
use telephony::courier::{self, Attempt, Move, Next, Unled};
use telephony::inquiry::{self, Aftermath};
use telephony::outbox::Task;
use telephony::{Carrier, HttpAnswer, HttpCall, Known};

/// Milliseconds after which nobody waits for an answer any more.
const TIMEOUT_MS: i64 = 5_000;

/// What all businesses together leave to ring.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Leave {
    Given,
    Withheld(Millis),
    /// Nobody answered.
    Unanswered,
}

/// An answer on its way to whoever waits for it.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The process that asked, or the socket that it comes over.
    waits: u32,
    via: usize,
    row: Leased,
    ask: bool,
    answer: HttpAnswer,
    /// To be heard after it.
    news: Vec<Heard>,
}

impl World {
    /// Takes what is due; it is attempted when the turn is over.
    pub(crate) fn send_due(&mut self) {
        let now = self.wall();
        let leased = self.store.lease(now);
        if leased.is_empty() {
            return;
        }
        self.pending.extend(leased);
        let deadline = self.load().wake_at();
        self.wake_at(Some(telephony::outbox::alarm_while_sending(deadline, now)));
    }

    /// Attempts what was taken.
    pub(crate) fn attempt_all(&mut self) {
        while let Some(row) = self.pending.pop_front() {
            if self.check.broken.is_some() {
                return;
            }
            self.tally.events += 1;
            self.load();
            let task = std::rc::Rc::clone(&row.task);
            match &*task {
                Task::Carry(order) => self.carry_order(row, order),
                Task::Inquire { inquiry, via } => self.inquire(row, inquiry, via),
                // No endpoint is told of what is played here.
                Task::Mail { .. } | Task::Deliver { .. } => {}
            }
            if self.fails(self.options.crash) {
                // Done, and not recorded.
                self.crash();
            }
        }
    }

    fn carry_order(&mut self, row: Leased, order: &Order) {
        if !self.load().wants(order) {
            return self.drop_unwanted(&row, order);
        }
        let (via, known) = (self.line(&order.via), self.known(order.effect.leg()));
        let (Some(via), Some(known)) = (via, known) else {
            return drop(self.settle(&row, order, Settled::Refused(LegEnd::Failed), None));
        };
        match self.leave_of_all(order) {
            Leave::Given => {}
            Leave::Withheld(until) => return drop(self.settle(&row, order, Settled::Withheld(until), None)),
            Leave::Unanswered => {
                return match courier::without_leave(row.slip.attempts, row.slip.unsure, self.wall()) {
                    Unled::Again { in_ms } => self.again(&row, order, in_ms, row.slip.unsure),
                    Unled::Withheld(until) => drop(self.settle(&row, order, Settled::Withheld(until), None)),
                };
            }
        }
        let wire = Wire(self.kind(via));
        match courier::first(&wire, &order.effect, &known, self.attempt_of(&row, via)) {
            Move::Settle(settled) => drop(self.settle(&row, order, settled, None)),
            Move::Ask(call) => self.pass(via, row, &[call], true, Vec::new()),
            Move::Send(calls) => self.pass(via, row, &calls, false, Vec::new()),
        }
    }

    fn attempt_of(&self, row: &Leased, via: usize) -> Attempt {
        Attempt {
            nth: row.slip.attempts + 1,
            unsure: row.slip.unsure,
            by_http: !matches!(self.kind(via), Kind::Plugged | Kind::Browser),
        }
    }

    /// The equipment, if the business still has it.
    pub(crate) fn line(&self, via: &EquipmentId) -> Option<usize> {
        self.store.config.equipment(via)?;
        self.lines.iter().position(|line| line.id == *via)
    }

    pub(crate) fn known(&self, leg: &LegId) -> Option<Known> {
        let account = self.store.ledger.get(leg)?;
        Some(Known {
            leg: leg.clone(),
            party: account.party,
            to: account.to.clone(),
            reference: account.reference.clone(),
            ordered_at: account.ordered_at,
            others: Vec::new(),
        })
    }

    fn others(&mut self, order: &Order) -> bool {
        let first = matches!(
            &order.effect,
            Effect::Dial {
                party: Party::Customer,
                ..
            }
        );
        let now = self.wall();
        first && self.load().has_other_carrier(&order.request, now)
    }

    /// Requests go out, over a network with faults.
    pub(crate) fn pass(&mut self, via: usize, row: Leased, calls: &[HttpCall], ask: bool, news: Vec<Heard>) {
        self.check_attempt(&row);
        if self.kind(via) == Kind::Browser {
            let mut answer = HttpAnswer::none(false);
            for call in calls {
                answer = self.carry(via, row.seq, call);
            }
            return self.hear_answer(&row, ask, &answer, news);
        }
        let plugged = self.kind(via) == Kind::Plugged;
        let (cut, open, connection) = self.lines.get(via).map_or((true, false, 0), |line| {
            (line.cut_until > self.now, line.connected, line.connection)
        });
        if plugged && !open {
            return self.hear_answer(&row, ask, &HttpAnswer::none(false), news);
        }
        let options = &self.options;
        let (lost, unheard) = (options.request_lost, options.answer_lost);
        let (garbage, error, late) = (options.garbage, options.error, options.answer_late);
        let fault = self.faulty();
        let mut is = |often: f64| fault && self.chance.happens(often);
        let (lost, unheard, garbage, error, late) = (is(lost), is(unheard), is(garbage), is(error), is(late));
        let carry = |world: &mut Self| {
            let mut answer = HttpAnswer::none(false);
            for call in calls {
                answer = world.carry(via, row.seq, call);
            }
            answer
        };
        if plugged && (lost || unheard) {
            // What travels over a socket is lost only with the socket.
            if unheard {
                carry(self);
            }
            return self.disconnect(via);
        }
        let (answer, after) = if cut || lost {
            (HttpAnswer::none(true), TIMEOUT_MS)
        } else if error {
            let status = self.chance.one_of(&[503, 503, 429, 500]).copied().unwrap_or(503);
            if status == 500 && self.chance.happens(0.5) {
                carry(self);
            }
            let retry_after_s = (status == 429).then_some(2);
            let answer = HttpAnswer {
                retry_after_s,
                ..HttpAnswer::of(status, "")
            };
            (answer, 20)
        } else if unheard {
            carry(self);
            (HttpAnswer::none(true), TIMEOUT_MS)
        } else if garbage {
            carry(self);
            (HttpAnswer::of(201, "<html>a portal</html>"), 20)
        } else {
            let most = if late { TIMEOUT_MS - 100 } else { 60 };
            (carry(self), self.chance.between(5, most))
        };
        if plugged && answer.status.is_none() {
            // A socket has no answer that says that there is none.
            return;
        }
        self.log.say(|| {
            let call = calls.last().map(|call| (call.method, call.url.as_str()));
            let (status, nth) = (answer.status, row.slip.attempts + 1);
            format!(
                "{call:?} of row {} attempt {nth}: {status:?} {} after {after} ms",
                row.seq, answer.body
            )
        });
        let waits = if plugged { connection } else { self.epoch };
        let answered = Answered {
            waits,
            via,
            row,
            ask,
            answer,
            news,
        };
        self.agenda
            .put(self.now + after, Event::Answer(Box::new(answered)));
    }

    /// An answer arrives.
    pub(crate) fn answered(&mut self, answered: Answered) {
        let Answered {
            waits,
            via,
            row,
            ask,
            answer,
            news,
        } = answered;
        if self.kind(via) != Kind::Plugged {
            if waits == self.epoch {
                self.hear_answer(&row, ask, &answer, news);
            }
            return;
        }
        let current = self
            .lines
            .get(via)
            .is_some_and(|line| line.connected && line.connection == waits);
        // Over a socket it finds its row again.
        self.load();
        let under_way = self.store.outbox.get(&row.seq).is_some_and(|kept| {
            kept.slip.attempts == row.slip.attempts && kept.slip.leased_until > Millis(0)
        });
        if current && under_way {
            self.hear_answer(&row, ask, &answer, news);
        }
    }

    fn hear_answer(&mut self, row: &Leased, ask: bool, answer: &HttpAnswer, news: Vec<Heard>) {
        self.load();
        if !self.is_held(row) {
            return;
        }
        let task = std::rc::Rc::clone(&row.task);
        match &*task {
            Task::Carry(order) if ask => self.asked(row, order, answer),
            Task::Carry(order) => self.sent(row, order, answer),
            Task::Inquire { inquiry, via } => self.inquired(row, inquiry, via, answer),
            Task::Mail { .. } | Task::Deliver { .. } => {}
        }
        drop(self.hear_all(news));
    }

    /// True while the row is still whose it was when it was taken.
    pub(crate) fn is_held(&self, row: &Leased) -> bool {
        let kept = self.store.outbox.get(&row.seq);
        kept.is_some_and(|kept| kept.slip.is_held(&row.slip))
    }

    /// What the carrier says of a leg, before the effect itself is sent.
    fn asked(&mut self, row: &Leased, order: &Order, answer: &HttpAnswer) {
        let (via, known) = (self.line(&order.via), self.known(order.effect.leg()));
        let (Some(via), Some(known)) = (via, known) else {
            self.store.remove(row.seq);
            return;
        };
        let (others, attempt) = (self.others(order), self.attempt_of(row, via));
        let wire = Wire(self.kind(via));
        let wanted = self.load().wants(order);
        let asked = courier::asked(&wire, &order.effect, &known, answer, attempt, others, wanted);
        self.refer(&known.leg, asked.reference);
        match asked.next {
            Next::Settle(settled) => {
                if self.settle(row, order, settled, None).is_err() {
                    return;
                }
            }
            Next::Again { in_ms, unsure } => self.again(row, order, in_ms, unsure),
            Next::Drop => self.drop_unwanted(row, order),
            Next::Send => {
                let known = self.known(order.effect.leg()).unwrap_or(known);
                let calls = wire.request(&order.effect, &known);
                return self.pass(via, row.clone(), &calls, false, asked.news);
            }
        }
        drop(self.hear_all(asked.news));
    }

    /// What the carrier answers to the effect.
    fn sent(&mut self, row: &Leased, order: &Order, answer: &HttpAnswer) {
        let Some(via) = self.lines.iter().position(|line| line.id == order.via) else {
            return;
        };
        let (others, attempt) = (self.others(order), self.attempt_of(row, via));
        let wire = Wire(self.kind(via));
        let (next, reference) = courier::sent(&wire, &order.effect, answer, attempt, others);
        match next {
            Next::Settle(settled) => drop(self.settle(row, order, settled, reference)),
            Next::Again { in_ms, unsure } => self.again(row, order, in_ms, unsure),
            Next::Send | Next::Drop => {}
        }
    }

    pub(crate) fn refer(&mut self, leg: &LegId, reference: Option<String>) {
        if let (Some(account), Some(reference)) = (self.store.ledger.get_mut(leg), reference) {
            account.reference.get_or_insert(reference);
        }
    }

    fn again(&mut self, row: &Leased, order: &Order, in_ms: i64, unsure: bool) {
        if !unsure && !self.load().wants(order) {
            return self.drop_unwanted(row, order);
        }
        let due = self.wall().plus_ms(in_ms);
        self.store.postpone(row.seq, due, unsure);
        self.rearm();
    }

    fn settle(
        &mut self,
        row: &Leased,
        order: &Order,
        outcome: Settled,
        reference: Option<String>,
    ) -> Result<(), Stop> {
        let input = Input::Settled {
            order: Box::new(order.clone()),
            outcome,
        };
        let mut twice = false;
        let settled = self.turn(input, &mut |store, _, now| {
            twice = !store.remove(row.seq);
            if let (Effect::Dial { leg, .. }, Some(reference)) = (&order.effect, &reference)
                && let Some(account) = store.ledger.get_mut(leg)
            {
                account.reference.get_or_insert_with(|| reference.clone());
            }
            follow_up(store, order, inquiry::settled(&order.effect, outcome), now);
        });
        if twice {
            self.break_law(Law::Effects, || format!("settled twice: {order:?}"));
        }
        settled.map(drop)
    }

    fn drop_unwanted(&mut self, row: &Leased, order: &Order) {
        let now = self.wall();
        self.store.remove(row.seq);
        follow_up(
            &mut self.store,
            order,
            inquiry::dropped(&order.effect, row.slip.unsure),
            now,
        );
        self.send_due();
        self.rearm();
    }

    pub(crate) fn hear_all(&mut self, news: Vec<Heard>) -> Result<(), Stop> {
        for heard in news {
            self.listen(&heard, None)?;
        }
        Ok(())
    }

    /// Lets the engine and the ledger hear news, in one turn; `event` is remembered with it.
    pub(crate) fn listen(&mut self, heard: &Heard, event: Option<u64>) -> Result<(), Stop> {
        let turn = self.turn(Input::Heard(heard.clone()), &mut |store, _, now| {
            store.hear(heard, now);
            if let Some(event) = event {
                store.heard.insert(event, ());
            }
        });
        turn.map(drop)
    }

    /// News arrives.
    pub(crate) fn news(&mut self, via: usize, id: u64, heard: Box<Heard>) {
        let named = self.kind(via) == Kind::Named;
        let cut = self
            .lines
            .get(via)
            .is_some_and(|line| line.kind == Kind::Plugged && !line.connected);
        if cut || named && self.store.heard.contains_key(&id) {
            return;
        }
        if self.listen(&heard, named.then_some(id)) == Err(Stop::Failed) && named {
            // It was not taken: once more.
            self.agenda.put(self.now + 500, Event::News(via, id, 1, heard));
        }
    }
}

fn follow_up(store: &mut Store, order: &Order, aftermath: Aftermath, now: Millis) {
    if let Some(heard) = &aftermath.ended {
        store.hear(heard, now);
    }
    if let Some(in_s) = aftermath.inquire_in_s {
        store.put(Task::inquire(order.effect.leg(), &order.via), now.plus_s(in_s));
    }
}
