//! The outbox as the store keeps it: lanes, leases, attempts, and inquiries after legs that are not heard of.

use crate::network::OnRequest;
use crate::world::World;
use acd::{Effect, Heard, HeardKind, Input, LegEnd, Order, Settled};
use shared::call::Party;
use shared::equipment::Kind;
use shared::{EquipmentId, LegId, Millis};
use telephony::courier::{self, Attempt, Move, Next};
use telephony::inquiry::{self, Aftermath};
use telephony::outbox::Task;
use telephony::{HttpAnswer, HttpCall, Told};

const LEASE_MS: i64 = 5_000;

#[derive(Debug, Clone)]
pub(crate) struct Row {
    lane: String,
    task: Task,
    pub(crate) due: Millis,
    attempts: u32,
    unsure: bool,
}

impl World {
    pub(crate) fn drop_unsent_dial(&mut self, leg: &LegId) {
        let unsent = |row: &Row| {
            matches!(&row.task, Task::Carry(Order { effect: Effect::Dial { leg: of, .. }, .. }) if of == leg)
                && !row.unsure
        };
        if self.rows.iter().any(unsent) {
            self.rows.retain(|row| !unsent(row));
            self.note(&Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)));
        }
    }

    pub(crate) fn put(&mut self, task: Task, due: Millis) {
        self.rows.push(Row {
            lane: task.lane(),
            task,
            due,
            attempts: 0,
            unsure: false,
        });
    }

    /// Sends what is due, each lane in its order.
    pub(crate) fn send_due(&mut self) {
        for _ in 0..1000 {
            let first = |at: usize| {
                !self.rows[..at]
                    .iter()
                    .any(|other| other.lane == self.rows[at].lane)
            };
            let due = (0..self.rows.len()).find(|at| self.rows[*at].due <= self.now && first(*at));
            let Some(at) = due else { return };
            self.attempt(at);
        }
        panic!("the outbox never rests");
    }

    fn pass(&mut self, via: &EquipmentId, calls: &[HttpCall]) -> HttpAnswer {
        let now = self.now;
        let line = self.lines.get_mut(via).unwrap();
        let fate = line.network.request(now);
        let mut carry = || {
            calls
                .iter()
                .map(|call| line.far.carry(now, call))
                .last()
                .unwrap_or_else(|| HttpAnswer::none(false))
        };
        match fate {
            OnRequest::Pass => carry(),
            OnRequest::Unreachable => HttpAnswer::none(false),
            OnRequest::Lost => HttpAnswer::none(true),
            OnRequest::AnswerLost => {
                carry();
                HttpAnswer::none(true)
            }
            OnRequest::Garbage => {
                carry();
                HttpAnswer::of(201, "<html>a portal</html>")
            }
            OnRequest::Status(status, retry_after_s) => HttpAnswer {
                retry_after_s,
                ..HttpAnswer::of(status, "")
            },
        }
    }

    fn attempt(&mut self, at: usize) {
        let row = self.rows[at].clone();
        self.rows[at].unsure = true;
        self.rows[at].due = self.now.plus_ms(LEASE_MS);
        match &row.task {
            Task::Inquire { inquiry: leg, via } => self.inquire(at, &leg.clone(), &via.clone()),
            Task::Carry(order) => self.carry(at, &row, &order.clone()),
            Task::Mail { .. } | Task::Deliver { .. } => {}
        }
    }

    fn carry(&mut self, at: usize, row: &Row, order: &Order) {
        let leg = order.effect.leg().clone();
        if !self.acd.wants(order) {
            return self.drop_unwanted(at, row, order);
        }
        let first_leg = matches!(
            order.effect,
            Effect::Dial {
                party: Party::Customer,
                ..
            }
        );
        let others = first_leg && self.acd.has_other_carrier(&order.request, self.now);
        let attempt = Attempt {
            nth: row.attempts + 1,
            unsure: row.unsure,
            by_http: self.lines[&order.via].kind != Kind::Asterisk,
        };
        let known = self.known(&leg);
        let line = &self.lines[&order.via];
        let calls = match courier::first(&*line.codec, &order.effect, &known, attempt) {
            Move::Settle(settled) => return self.settle(at, order, settled),
            Move::Send(calls) => calls,
            Move::Ask(call) => {
                let answer = self.pass(&order.via, &[call]);
                let codec = &*self.lines[&order.via].codec;
                let wanted = self.acd.wants(order);
                let asked = courier::asked(codec, &order.effect, &known, &answer, attempt, others, wanted);
                self.refer(&leg, asked.reference);
                match asked.next {
                    Next::Settle(settled) => {
                        self.settle(at, order, settled);
                        return asked.news.into_iter().for_each(|heard| self.listen(heard));
                    }
                    Next::Again { in_ms, unsure } => return self.postpone(at, in_ms, unsure),
                    Next::Drop => return self.drop_unwanted(at, row, order),
                    Next::Send => self.lines[&order.via]
                        .codec
                        .request(&order.effect, &self.known(&leg)),
                }
            }
        };
        if let Effect::Dial {
            party: Party::Customer,
            ..
        } = order.effect
        {
            self.dials
                .push((order.request.clone(), order.via.clone(), leg.clone()));
        }
        let answer = self.pass(&order.via, &calls);
        let codec = &*self.lines[&order.via].codec;
        let (next, reference) = courier::sent(codec, &order.effect, &answer, attempt, others);
        match next {
            Next::Settle(settled) => {
                if matches!(order.effect, Effect::Dial { .. }) {
                    self.refer(&leg, reference);
                }
                self.settle(at, order, settled);
            }
            Next::Again { in_ms, unsure } => self.postpone(at, in_ms, unsure),
            Next::Send | Next::Drop => unreachable!("only after asking"),
        }
    }

    fn postpone(&mut self, at: usize, in_ms: i64, unsure: bool) {
        let row = &mut self.rows[at];
        (row.due, row.unsure, row.attempts) = (self.now.plus_ms(in_ms), unsure, row.attempts + 1);
    }

    fn settle(&mut self, at: usize, order: &Order, outcome: Settled) {
        self.rows.remove(at);
        self.follow_up(order, inquiry::settled(&order.effect, outcome));
        self.handle(Input::Settled {
            order: Box::new(order.clone()),
            outcome,
        });
    }

    fn drop_unwanted(&mut self, at: usize, row: &Row, order: &Order) {
        self.rows.remove(at);
        self.follow_up(order, inquiry::dropped(&order.effect, row.unsure));
    }

    fn follow_up(&mut self, order: &Order, aftermath: Aftermath) {
        if let Some(heard) = aftermath.ended {
            self.note(&heard);
        }
        if let Some(in_s) = aftermath.inquire_in_s {
            self.put_inquiry(order.effect.leg(), &order.via, in_s);
        }
    }

    fn put_inquiry(&mut self, leg: &LegId, via: &EquipmentId, in_s: i64) {
        self.put(Task::inquire(leg, via), self.now.plus_s(in_s));
    }

    fn inquire(&mut self, at: usize, leg: &LegId, via: &EquipmentId) {
        let bills = self.lines[via].codec.bills();
        if !inquiry::is_wanted(&self.ledger[leg], bills, self.now) {
            self.rows.remove(at);
            return;
        }
        let known = self.known(leg);
        let call = self.lines[via].codec.ask(&known);
        let answer = self.pass(via, &[call]);
        let told = self.lines[via].codec.told(&known, &answer);
        if let Told::Leg { reference, .. } = &told {
            self.refer(leg, reference.clone());
        }
        self.postpone(at, 60_000, false);
        for heard in courier::after_inquiry(&known, told.clone(), self.ledger[leg].is_certain()) {
            self.listen(heard);
        }
        self.bill(leg, &told);
        let account = &self.ledger[leg];
        let request = account.request.clone();
        let over_at = self.kept.get(&request).and_then(|request| request.ended_at);
        let next = inquiry::next(account, &told, bills, self.acd.is_of_use(leg), over_at, self.now);
        let lane = Task::inquire(leg, via).lane();
        let row = self.rows.iter().position(|row| row.lane == lane);
        match (next, row) {
            (_, None) => {}
            (inquiry::Next::Over, Some(at)) => {
                self.rows.remove(at);
            }
            (inquiry::Next::Again { in_s, hang_up }, Some(at)) => {
                self.rows[at].due = self.now.plus_s(in_s);
                if hang_up {
                    let order = Order {
                        request,
                        via: via.clone(),
                        effect: Effect::HangUp { leg: leg.clone() },
                    };
                    self.put(Task::Carry(order), self.now);
                }
            }
        }
    }
}
