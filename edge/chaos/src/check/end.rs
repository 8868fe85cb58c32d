//! The whole, now and then; and the end, when the faults are healed and everything must have come to one.

use super::Law;
use crate::options::Kind;
use crate::world::World;
use acd::policy::Record;
use acd::{LegEnd, Rows};
use shared::call::RequestState;
use telephony::ledger::seconds_between;
use telephony::outbox::{HEARTBEAT_S, LEASE_MS};

impl World {
    /// Everything at once: what is in memory is what was committed, and nothing is missing.
    pub(crate) fn check_whole(&mut self) {
        if let Some(acd) = &self.acd {
            if let Err(how) = acd.check() {
                return self.break_law(Law::Booking, || how);
            }
            if let Some(how) = differs(&acd.rows(), &self.store.rows()) {
                return self.break_law(Law::Memory, || how);
            }
        }
        let open = self
            .store
            .requests
            .values()
            .filter(|request| request.state != RequestState::Ended);
        let (open, counted) = (u64::try_from(open.count()).unwrap_or(0), self.check.open);
        if open != counted {
            return self.break_law(Law::Lost, || {
                format!("{open} requests are open, {counted} should be")
            });
        }
        let told = self.check.told.values();
        let gone = told
            .filter(|id| !self.store.requests.contains_key(*id) && !self.store.ended.contains_key(*id))
            .min();
        if let Some(id) = gone.cloned() {
            return self.break_law(Law::Lost, || format!("{id} was acknowledged and is gone"));
        }
        self.check_nobody_waits();
        self.check_awake();
    }

    /// Where something is to be done, somebody will be woken for it.
    fn check_awake(&mut self) {
        // Where somebody sets the clock back, the alarm that was set before is late by as much.
        if self.alarm_gone || self.options.jump_ms > 0.0 {
            return;
        }
        let (now, alarm) = (self.wall(), self.store.alarm);
        let deadline = self.store.timers.values().min().copied();
        let due = deadline.into_iter().chain(self.store.next_due(now)).min();
        let latest = due.map(|due| due.max(now).plus_s(HEARTBEAT_S));
        if latest.is_some_and(|latest| alarm.is_none_or(|alarm| alarm > latest)) {
            self.break_law(Law::Lost, || {
                format!("due at {due:?}, and the alarm is {alarm:?} at {now}")
            });
        }
    }

    /// Without faults, what a request that is over has left behind is hung up soon: as soon as what was under way before has lost its
    /// lease.
    pub(crate) fn check_left_behind(&mut self) {
        // What was due before somebody set the clock back is due later by as much.
        if self.options.jump_ms > 0.0 {
            return;
        }
        let patience = self.now - 2 * LEASE_MS;
        let left = self
            .alive
            .iter()
            .filter_map(|nth| self.legs.get(*nth))
            .find(|leg| {
                let ended = self.store.ended_at(&leg.request);
                let ended = ended.map(|at| at.0 - self.skew);
                ended.is_some_and(|at| at > self.healed_at && at < patience)
            });
        if let Some(id) = left.map(|leg| leg.id.clone()) {
            self.break_law(Law::Effects, || format!("{id} is up for nobody"));
        }
    }

    /// The faults are long over.
    pub(crate) fn check_end(&mut self) {
        let open = self.store.requests.values();
        let mut open = open.filter(|request| request.state != RequestState::Ended);
        if let Some(request) = open.next() {
            let (id, state) = (request.id.clone(), request.state);
            return self.break_law(Law::Lost, || format!("{id} is {state} for ever"));
        }
        if let Some(row) = self.store.outbox.values().next().cloned() {
            return self.break_law(Law::Effects, || format!("never settled: {row:?}"));
        }
        let up = self.alive.iter().filter_map(|nth| self.legs.get(*nth)).next();
        if let Some(leg) = up.map(|leg| leg.id.clone()) {
            return self.break_law(Law::Twice, || format!("{leg} is up for ever"));
        }
        self.check_bills();
    }

    /// Every leg is in the ledger, is over there, and cost what the equipment says.
    fn check_bills(&mut self) {
        let mut wrong = None;
        for leg in &self.legs {
            let Some(account) = self.store.ledger.get(&leg.id) else {
                wrong = Some(format!("{} has no account", leg.id));
                break;
            };
            let Some(billed) = account.seconds() else {
                wrong = Some(format!("the account of {} was never closed", leg.id));
                break;
            };
            let at = |at: Option<i64>| at.map(shared::Millis);
            let (answered, ended) = (at(leg.answered_at), at(leg.ended_at).unwrap_or_default());
            let record = answered.map_or(0, |answered| seconds_between(answered, ended));
            // What forgets its legs can't be asked long after; what nobody knows is billed by what was heard.
            let certain = !matches!(self.kind(leg.via), Kind::Plugged | Kind::Browser)
                && account.end != Some(LegEnd::Lost)
                && self.options.jump_ms == 0.0
                && self.options.silent == 0.0
                && account.is_certain();
            if certain && billed != record {
                wrong = Some(format!("{}: {billed} s are billed, it was {record} s", leg.id));
                break;
            }
        }
        if let Some(how) = wrong {
            self.break_law(Law::Money, || how);
        }
    }
}

/// What the dial policy remembers, as no order of rows tells it differently.
fn in_order(record: &Record) -> Record {
    let mut record = record.clone();
    record.asked.sort_by(|one, other| one.request.cmp(&other.request));
    record.dials.sort_by(|one, other| one.leg.cmp(&other.leg));
    record
        .suppressed
        .sort_by(|one, other| one.number.cmp(&other.number));
    record
        .waiting
        .sort_by(|one, other| one.request.cmp(&other.request));
    record.dearer.sort_by(|one, other| one.via.cmp(&other.via));
    record
}

/// What is in memory and was not committed, or the other way round.
fn differs(memory: &Rows, kept: &Rows) -> Option<String> {
    if memory.requests != kept.requests {
        let other = memory
            .requests
            .iter()
            .zip(&kept.requests)
            .find(|(one, other)| one != other);
        return Some(match other {
            Some((one, other)) => format!("in memory {one:?}, committed {other:?}"),
            None => format!(
                "{} requests in memory, {} committed",
                memory.requests.len(),
                kept.requests.len()
            ),
        });
    }
    if memory.timers != kept.timers {
        return Some(format!(
            "timers in memory {:?}, committed {:?}",
            memory.timers, kept.timers
        ));
    }
    let (ours, theirs) = (in_order(&memory.policy), in_order(&kept.policy));
    if ours != theirs {
        return Some(format!("the policy remembers {ours:?}, committed {theirs:?}"));
    }
    // What was learned of skills that were given up is kept, and of what nothing was learned there is no row.
    for learned in &kept.evidence {
        let other = memory.evidence.iter().find(|other| other.key() == learned.key());
        if let Some(other) = other.filter(|other| *other != learned) {
            return Some(format!("learned {learned:?}, in memory {other:?}"));
        }
    }
    // Whoever never signed in has no row.
    let strange = kept.agents.iter().find(|agent| !memory.agents.contains(agent));
    strange.map(|agent| format!("committed {agent:?}, in memory something else"))
}
