//! The outbox's rules, without its table: what an order puts where, in which order rows go out, what a lease is and when to wake
//! for them. The object's SQL says of all its rows what [`Slip`] says of one.

use crate::ledger::LegAccount;
use acd::mutant;
use acd::{Effect, Order, request_of};
use serde::{Deserialize, Serialize};
use shared::call::Party;
use shared::{EquipmentId, LegId, Millis};

/// How long a row being sent is out of others' reach. Longer than any attempt: leave to ring, a question and a dial have three, five and five
/// seconds.
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
    /// The e-mail with a sign-in link.
    Mail {
        /// Which link.
        mail: String,
    },
    /// A message to an endpoint of the business's.
    Deliver {
        /// Its id.
        deliver: String,
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

    /// Its lane: rows of one go out in order, one at a time. Each agent's leg is one: what is to be done to it is done in order, and
    /// other legs don't wait. A customer's legs share one: nothing dials the customer before the hang-up of an earlier leg has
    /// arrived, by whatever equipment.
    pub fn lane(&self) -> String {
        match self {
            Self::Carry(order) if mutant!(LanesMixed) => format!("{:?}", order.effect),
            Self::Carry(order) => match request_of(order.effect.leg()) {
                Some((request, Party::Customer, _)) => format!("{request}.c"),
                _ => order.effect.leg().to_string(),
            },
            Self::Inquire { inquiry, .. } => format!("{inquiry} ?"),
            Self::Mail { mail } => format!("mail {mail}"),
            Self::Deliver { deliver } => format!("delivery {deliver}"),
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
            to: to.address().clone(),
            reference: None,
            ordered_at: now,
            answered_at: None,
            ended_at: None,
            end: None,
            price: None,
        }))),
        _ => None,
    };
    let before = before.filter(|change| match change {
        Change::Open(_) => !mutant!(LedgerForgotten),
        Change::DropUnsentDial(_) | Change::Part(_) | Change::Put(_) => true,
    });
    let put = (!mutant!(OutboxNotCommitted)).then(|| Change::Put(Task::Carry(order.clone())));
    before.into_iter().chain(put)
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
        self.due <= now && (self.leased_until <= now || mutant!(LeaseForgotten))
    }

    /// Takes it, and tells how it was before. Until an attempt is settled, nobody can say that it did not arrive: this process may
    /// be gone by then. So a leased row is unsure.
    pub fn lease(&mut self, now: Millis) -> Self {
        let before = *self;
        self.leased_until = now.plus_ms(LEASE_MS);
        self.unsure = !mutant!(LeaseCertain);
        Self {
            leased_until: self.leased_until,
            ..before
        }
    }

    /// True while the row is still whose it was when it was taken: after the clock was set, or when equipment is there again, others may
    /// have it, and what comes of the attempt is theirs to find out. Who sets the clock twice may bring the same lease about again, of
    /// another attempt.
    pub fn is_held(&self, as_taken: &Self) -> bool {
        (self.leased_until, self.attempts) == (as_taken.leased_until, as_taken.attempts)
            || mutant!(LeaseStolen)
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

    /// The equipment is there again: it is due now, whatever was sent over a connection that is gone.
    pub fn hurry(&mut self, now: Millis) {
        self.due = self.due.min(now);
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
    let deadline = deadline.filter(|_| !mutant!(AlarmForgetsDeadline));
    let sending = sending.filter(|_| !mutant!(AlarmForgetsOutbox));
    deadline.into_iter().chain(sending).chain(other).min()
}

/// An alarm is never armed for the present millisecond: from within an alarm that may be dropped.
pub fn armed(at: Millis, now: Millis) -> Millis {
    at.max(now.plus_ms(1))
}

/// What an object knows of its one alarm while it is awake: most turns leave it where it was, and arming it anew costs as much as a
/// row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Armed {
    /// How it is set, where that is known.
    at: Option<Option<Millis>>,
    /// When it was last asked for.
    asked: Millis,
}

impl Armed {
    /// What the alarm has to be set to (`Some(None)`: to nothing) for `at`; `None` where it is set so already. An alarm that did not
    /// ring in its time is set again, for it may be lost; so is one where the clock is seen to have been set back.
    pub fn change(&mut self, at: Option<Millis>, now: Millis) -> Option<Option<Millis>> {
        let at = at.map(|at| armed(at, now));
        let known = self.at.filter(|_| now >= self.asked);
        *self = Self {
            at: Some(at),
            asked: now,
        };
        (known != Some(at)).then_some(at)
    }

    /// The alarm rang, or nobody knows how it is set.
    pub fn forget(&mut self) {
        self.at = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::RequestId;

    #[test]
    fn an_alarm_is_set_once_and_again_when_it_rang_or_may_be_lost() {
        let (five, six) = (Some(Millis(5_000)), Some(Millis(6_000)));
        let mut alarm = Armed::default();
        assert_eq!(alarm.change(five, Millis(1)), Some(five));
        assert_eq!(alarm.change(five, Millis(2)), None, "it is set so");
        assert_eq!(alarm.change(six, Millis(3)), Some(six));
        alarm.forget();
        assert_eq!(alarm.change(six, Millis(4)), Some(six), "it rang meanwhile");
        // Its time is over, and it did not ring.
        let late = Some(Millis(7_001));
        assert_eq!(alarm.change(six, Millis(7_000)), Some(late));
        assert_eq!(alarm.change(six, Millis(7_000)), None);
        assert_eq!(alarm.change(six, Millis(10)), Some(six), "the clock was set back");
        assert_eq!(alarm.change(None, Millis(11)), Some(None));
        assert_eq!(alarm.change(None, Millis(12)), None, "nothing to wake for");
    }

    fn hang_up(leg: &str, via: &str) -> Task {
        Task::Carry(Order {
            request: RequestId::parse("req_1").unwrap(),
            via: EquipmentId::parse(via).unwrap(),
            effect: Effect::HangUp {
                leg: LegId::parse(leg).unwrap(),
            },
        })
    }

    #[test]
    fn a_customer_is_not_dialled_again_before_the_earlier_leg_was_hung_up() {
        assert_eq!(
            hang_up("req_1.c1", "pbx").lane(),
            hang_up("req_1.c2", "pbx").lane()
        );
        let elsewhere = hang_up("req_1.c2", "cloud").lane();
        assert_eq!(hang_up("req_1.c1", "pbx").lane(), elsewhere);
        assert_ne!(
            hang_up("req_1.a1", "pbx").lane(),
            hang_up("req_1.a2", "pbx").lane()
        );
    }

    #[test]
    fn who_lost_the_lease_has_no_say_any_more() {
        let mut row = Slip::new(Millis(0));
        let taken = row.lease(Millis(1_000));
        assert!(!taken.unsure && row.unsure && row.is_held(&taken));
        // Somebody sets the clock an hour ahead, and the row is taken again.
        let now = Millis(3_601_000);
        assert!(row.is_due(now));
        let again = row.lease(now);
        assert!(again.unsure && row.is_held(&again) && !row.is_held(&taken));
        row.postpone(now.plus_ms(250), true);
        assert!(!row.is_held(&again) && !row.is_due(now) && row.is_due(now.plus_ms(250)));
    }

    #[test]
    fn the_alarm_is_the_first_of_all_that_is_due() {
        let mut row = Slip::new(Millis(90));
        assert_eq!(row.look_at(Millis(10)), Millis(90));
        row.lease(Millis(90));
        assert_eq!(row.look_at(Millis(100)), recheck(Millis(100)));
        assert_eq!(alarm(Some(Millis(5)), Some(Millis(3)), None), Some(Millis(3)));
        assert_eq!(alarm(None, None, None), None);
        assert_eq!(alarm_while_sending(Some(Millis(5)), Millis(0)), Millis(5));
        assert_eq!(alarm_while_sending(None, Millis(0)), recheck(Millis(0)));
        assert_eq!(armed(Millis(3), Millis(7)), Millis(8));
    }
}
