//! The Business object as `edge/src/business.rs` has it: load, catch up, engine, one commit, alarm, outbox; and the moments at which
//! its process dies.

use crate::event::Event;
use crate::store::Store;
use crate::world::World;
use acd::{Acd, Input, Refusal, Reply, Step};
use shared::{AgentId, Millis, RequestId};
use telephony::outbox;

/// Why a turn gave no reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    Refused(Refusal),
    /// The storage failed, or the process is gone: whoever asked does not know what happened.
    Failed,
}

/// What a commit adds in the same transaction.
pub(crate) type Also<'a> = &'a mut dyn FnMut(&mut Store, &Step, Millis);

impl World {
    /// Now, as the object's clock shows it.
    pub(crate) fn wall(&self) -> Millis {
        Millis(self.now + self.skew)
    }

    /// The process is gone, and with it what it had in memory and under way.
    pub(crate) fn crash(&mut self) {
        self.log.note("crash", &[u64::from(self.epoch)]);
        self.tally.crashes += 1;
        self.forget();
        for via in 0..self.lines.len() {
            self.disconnect(via);
        }
    }

    /// The object sleeps: nothing is under way, and its sockets stay.
    pub(crate) fn forget(&mut self) {
        self.epoch += 1;
        self.woken = false;
        self.armed.forget();
        self.acd = None;
        self.pending.clear();
    }

    /// Makes sure that the engine is in memory.
    pub(crate) fn load(&mut self) -> &mut Acd {
        if !self.woken {
            self.woken = true;
            self.store.give_up_leases();
        }
        let (store, now) = (&self.store, Millis(self.now + self.skew));
        self.acd
            .get_or_insert_with(|| Acd::restore(store.config.clone(), store.rows(), now))
    }

    /// Lets one thing happen, as the shell does.
    pub(crate) fn turn(&mut self, input: Input, also: Also<'_>) -> Result<Reply, Stop> {
        self.load();
        let now = self.wall();
        self.catch_up(now, &input)?;
        let step = self.commit(now, input, also)?;
        self.send_due();
        self.rearm();
        if self.fails(self.options.crash) {
            // Committed, and nothing sent; whoever asked hears nothing.
            self.crash();
            return Err(Stop::Failed);
        }
        step.reply.map_err(Stop::Refused)
    }

    fn catch_up(&mut self, now: Millis, next: &Input) -> Result<(), Stop> {
        let heard = self.heard_of(now);
        if !heard.is_empty() {
            self.commit(now, Input::Alive(heard), &mut |_, _, _| {})?;
        }
        if self.load().is_due(now) && *next != Input::Tick {
            self.commit(now, Input::Tick, &mut |_, _, _| {})?;
        }
        Ok(())
    }

    /// Desks that would count as silent, but pinged since.
    fn heard_of(&mut self, now: Millis) -> Vec<(AgentId, Millis)> {
        let doubted = self.load().doubted(now);
        let pinged = doubted.into_iter().filter(|agent| {
            let desk = self.desks.iter().find(|desk| desk.id == *agent);
            desk.is_some_and(|desk| desk.plugged)
        });
        pinged.map(|agent| (agent, now.plus_ms(-10_000))).collect()
    }

    pub(crate) fn commit(&mut self, now: Millis, input: Input, also: Also<'_>) -> Result<Step, Stop> {
        if self.fails(self.options.crash) {
            self.crash();
            return Err(Stop::Failed);
        }
        let cause = input.clone();
        self.load();
        let Some(acd) = self.acd.as_mut() else {
            return Err(Stop::Failed);
        };
        let step = acd.handle(now, input);
        self.tally.steps += 1;
        if step.reply.is_err() {
            return Ok(step);
        }
        if self.fails(self.options.storage) {
            // Nothing of it was kept.
            self.log.note("rolled back", &[]);
            self.acd = None;
            return Err(Stop::Failed);
        }
        self.check_step(&cause, &step, now);
        self.store.commit(&step, now);
        also(&mut self.store, &step, now);
        self.check_rows(&cause, &step);
        self.log.step(&step);
        Ok(step)
    }

    /// Arms the alarm for whatever is due first.
    pub(crate) fn rearm(&mut self) {
        let now = self.wall();
        let deadline = self.load().wake_at();
        self.wake_at(outbox::alarm(deadline, self.store.next_due(now), None));
        self.check_alarm(deadline, now);
    }

    pub(crate) fn wake_at(&mut self, at: Option<Millis>) {
        if let Some(at) = self.armed.change(at, self.wall()) {
            self.store.alarm = at;
            self.plan_alarm();
        }
    }

    /// Sees to it that the alarm is looked at when it is due.
    pub(crate) fn plan_alarm(&mut self) {
        if let Some(at) = self.store.alarm {
            let at = (at.0 - self.skew).max(self.now);
            if at < self.alarm_planned {
                self.alarm_planned = at;
                self.agenda.put(at, Event::Alarm);
            }
        }
    }

    /// The runtime looks whether the alarm is due.
    pub(crate) fn alarm_rings(&mut self) {
        if self.now < self.alarm_planned {
            // A look that was planned before an earlier one.
            return;
        }
        self.alarm_planned = i64::MAX;
        let Some(at) = self.store.alarm else { return };
        if at > self.wall() {
            return self.plan_alarm();
        }
        if self.faulty() {
            if self.chance.happens(self.options.alarm_lost) {
                self.log.note("alarm lost", &[]);
                self.store.alarm = None;
                self.alarm_gone = true;
                return;
            }
            if self.chance.happens(self.options.alarm_late) {
                let late = self.now + self.chance.between(100, 60_000);
                self.alarm_planned = late;
                self.agenda.put(late, Event::Alarm);
                return;
            }
            if self.chance.happens(self.options.alarm_twice) {
                let again = self.now + self.chance.between(0, 3_000);
                self.agenda.put(again, Event::AlarmAgain);
            }
        }
        self.alarm();
    }

    /// The handler of the alarm. One that fails is called again.
    pub(crate) fn alarm(&mut self) {
        let epoch = self.epoch;
        self.store.alarm = None;
        self.armed.forget();
        let heartbeat = self.wall().plus_s(outbox::HEARTBEAT_S);
        self.wake_at(Some(heartbeat));
        if self.turn(Input::Tick, &mut |_, _, _| {}).is_err() && self.epoch != epoch {
            let again = self.now + 2_000;
            self.agenda.put(again, Event::AlarmAgain);
        }
    }

    /// The request's id, as the shell makes it.
    pub(crate) fn new_id(&mut self) -> Option<RequestId> {
        self.next_request += 1;
        // In no order, as the ids of the shell are.
        let mixed = self
            .next_request
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(17);
        RequestId::parse(&format!("{:x}.{}", mixed >> 40, self.next_request)).ok()
    }
}
