//! The outbox's rules, without its table: what an order puts where, in which order rows go out, what a lease is and when to wake
//! for them. The object's SQL says the same of its rows as [`Slip`] does of one; a test plays both against each other.

use crate::ledger::LegAccount;
use acd::{Effect, Order};
use serde::{Deserialize, Serialize};
use shared::{EquipmentId, LegId, Millis};

/// How long a row being sent is out of others' reach. Longer than any attempt.
pub const LEASE_MS: i64 = 15_000;

/// How soon the alarm looks again while a row is being sent.
pub const RECHECK_MS: i64 = 1_000;

/// An alarm that fails halfway is tried again after this time.
pub const HEARTBEAT_S: i64 = 30;

/// What waits in the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Task {
    /// An effect.
    Carry(Order),
    /// A carrier is to be asked about a leg of which no news came.
    Inquire {
        /// Which leg.
        inquiry: LegId,
        /// By what it is carried.
        via: EquipmentId,
    },
}

impl Task {
    /// A question about a leg.
    pub fn inquire(leg: &LegId, via: &EquipmentId) -> Self {
        Self::Inquire {
            inquiry: leg.clone(),
            via: via.clone(),
        }
    }

    /// Its lane: rows of one go out in order, one at a time. Each leg is one: what is to be done to it is done in order, and other
    /// legs don't wait.
    pub fn lane(&self) -> String {
        match self {
            Self::Carry(order) => order.effect.leg().to_string(),
            Self::Inquire { inquiry, .. } => format!("{inquiry} ?"),
        }
    }
}

/// What the commit of an order does, in this order, besides the rows of its step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A leg that is to be hung up must not be dialled any more. A dial that is being sent right now, or may have been, is left to
    /// the hang-up that follows it.
    DropUnsentDial(LegId),
    /// The leg leaves the room of its request.
    Part(LegId),
    /// The account of a leg that is ordered.
    Open(Box<LegAccount>),
    /// A row for the outbox, due now.
    Put(Task),
}

/// What the commit of this order does.
pub fn changes(order: &Order, now: Millis) -> impl Iterator<Item = Change> + use<> {
    let before = match &order.effect {
        Effect::HangUp { leg } => Some(Change::DropUnsentDial(leg.clone())),
        Effect::Hold { leg, .. } => Some(Change::Part(leg.clone())),
        Effect::Dial { leg, party, to, .. } => Some(Change::Open(Box::new(LegAccount {
            leg: leg.clone(),
            request: order.request.clone(),
            party: *party,
            via: order.via.clone(),
            to: to.number().clone(),
            reference: None,
            ordered_at: now,
            answered_at: None,
            ended_at: None,
            end: None,
        }))),
        _ => None,
    };
    before
        .into_iter()
        .chain([Change::Put(Task::Carry(order.clone()))])
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Not before.
    pub due: Millis,
    /// Out of others' reach until then; 0 when nobody sends it.
    pub leased_until: Millis,
    /// Attempts that failed.
    pub attempts: u32,
    /// An attempt may have reached the other side.
    pub unsure: bool,
}

impl Slip {
    /// Of a new row.
    pub const fn new(due: Millis) -> Self {
        Self {
            due,
            leased_until: Millis(0),
            attempts: 0,
            unsure: false,
        }
    }

    /// True when the row, the first of its lane, is to be sent.
    pub fn is_due(&self, now: Millis) -> bool {
        self.due <= now && self.leased_until <= now
    }

    /// Takes it, and tells how it was before. Until an attempt is settled, nobody can say that it did not arrive: this process may
    /// be gone by then. So a leased row is unsure.
    pub const fn lease(&mut self, now: Millis) -> Self {
        let before = *self;
        self.leased_until = now.plus_ms(LEASE_MS);
        self.unsure = true;
        Self {
            leased_until: self.leased_until,
            ..before
        }
    }

    /// The attempt failed; the next is due at `due`. `unsure` when it may have reached the other side all the same.
    pub const fn postpone(&mut self, due: Millis, unsure: bool) {
        self.attempts += 1;
        self.leased_until = Millis(0);
        self.unsure = unsure;
        self.due = due;
    }

    /// An object that has just woken: only one instance lives, so nothing can be under way.
    pub const fn give_up(&mut self) {
        self.leased_until = Millis(0);
    }

    /// A row that can't be deleted any more when its leg is hung up.
    pub fn may_be_sent(&self, now: Millis) -> bool {
        self.unsure || self.leased_until > now
    }

    /// When to look at it, the first of its lane: when it is due, and soon while it is being sent. If this process dies meanwhile,
    /// the alarm wakes the next one, which gives the leases up.
    pub fn look_at(&self, now: Millis) -> Millis {
        if self.leased_until > now {
            self.leased_until.min(recheck(now))
        } else {
            self.due
        }
    }
}

/// When to look again after something was just leased, without looking now.
pub const fn recheck(now: Millis) -> Millis {
    now.plus_ms(RECHECK_MS)
}

/// The alarm while rows were just leased: the engine's deadline or a look at them.
pub fn alarm_while_sending(deadline: Option<Millis>, now: Millis) -> Millis {
    let recheck = recheck(now);
    deadline.map_or(recheck, |deadline| deadline.min(recheck))
}

/// The object's one alarm: whatever is due first, the engine's deadline, a row of the outbox or something else.
pub fn alarm(deadline: Option<Millis>, sending: Option<Millis>, other: Option<Millis>) -> Option<Millis> {
    deadline.into_iter().chain(sending).chain(other).min()
}

/// An alarm is never armed for the present millisecond: from within an alarm that may be dropped.
pub fn armed(at: Millis, now: Millis) -> Millis {
    at.max(now.plus_ms(1))
}
