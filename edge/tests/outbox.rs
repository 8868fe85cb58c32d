//! The outbox's SQL, as it is, in SQLite beside what [`telephony::outbox::Slip`] says of each row: the simulator plays with slips, objects
//! with the table, and whatever happens to both is the same.

#![expect(
    clippy::expect_used,
    clippy::panic_in_result_fn,
    reason = "a test is told what went wrong by its panic"
)]

#[path = "../src/outbox.rs"]
#[expect(dead_code, reason = "the runtime's part of it is not called here")]
mod outbox;

/// The clock is the test's: only what the runtime calls asks this one.
mod clock {
    pub(crate) fn now() -> shared::Millis {
        shared::Millis(0)
    }
}

mod store {
    pub(crate) mod sql;
}

use outbox::Row;
use proptest::prelude::*;
use shared::Millis;
use store::sql::Db;
use telephony::outbox::{LEASE_MS, Slip, recheck};

/// Rows of the background that are sent at once.
const BACKGROUND: usize = 3;

#[derive(Debug, Clone)]
enum Event {
    /// Something is to be sent.
    Put { lane: u8, behind: bool, in_ms: i64 },
    /// Time passes; or somebody sets the clock.
    Pass(i64),
    /// What is due is taken.
    Lease,
    /// An attempt that was taken is settled.
    Settle(usize),
    /// An attempt that was taken failed.
    Postpone { taken: usize, in_ms: i64, unsure: bool },
    /// The object wakes.
    Wake,
}

/// A row as the rules know it.
#[derive(Debug, Clone)]
struct Kept {
    seq: i64,
    lane: String,
    behind: bool,
    slip: Slip,
}

/// Table and slips.
struct Both {
    db: Db,
    kept: Vec<Kept>,
    taken: Vec<(Row, Slip)>,
    now: Millis,
}

impl Both {
    fn new() -> Self {
        Self {
            // An exchange has the fewest tables beside it.
            db: Db::of([
                include_str!("../src/store/exchange/0001_exchange.sql"),
                include_str!("../src/store/outbox.sql"),
                include_str!("../src/store/exchange/0002_calls.sql"),
                include_str!("../src/store/exchange/0003_background.sql"),
            ]),
            kept: Vec::new(),
            taken: Vec::new(),
            now: Millis(1_000_000),
        }
    }

    fn is_first(&self, row: &Kept) -> bool {
        !self
            .kept
            .iter()
            .any(|other| other.lane == row.lane && other.seq < row.seq)
    }

    /// Rows of the background that somebody sends.
    fn under_way(&self) -> usize {
        let sent = |row: &&Kept| row.behind && row.slip.leased_until > self.now;
        self.kept.iter().filter(sent).count()
    }

    /// What is to be taken now, by the rules.
    fn due(&self) -> Vec<i64> {
        let first = self.kept.iter().filter(|row| !row.behind && self.is_first(row));
        let mut due: Vec<i64> = first
            .filter(|row| row.slip.is_due(self.now))
            .map(|row| row.seq)
            .collect();
        let mut behind: Vec<&Kept> = self
            .kept
            .iter()
            .filter(|row| row.behind && row.slip.is_due(self.now))
            .collect();
        behind.sort_by_key(|row| (row.slip.due, row.seq));
        let free = BACKGROUND.saturating_sub(self.under_way());
        due.extend(behind.iter().take(free).map(|row| row.seq));
        due.sort_unstable();
        due
    }

    /// When to look again, by the rules.
    fn next_due(&self) -> Option<Millis> {
        let full = self.under_way() >= BACKGROUND;
        let look = |row: &Kept| {
            let at = row.slip.look_at(self.now);
            let waits = row.behind && full && row.slip.leased_until <= self.now;
            if waits { at.max(recheck(self.now)) } else { at }
        };
        self.kept.iter().filter(|row| self.is_first(row)).map(look).min()
    }

    fn of(&mut self, seq: i64) -> Option<&mut Kept> {
        self.kept.iter_mut().find(|row| row.seq == seq)
    }

    /// The number that the next row will have.
    fn next_seq(&self) -> worker::Result<i64> {
        #[derive(serde::Deserialize)]
        struct Last {
            seq: i64,
        }
        let query = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'";
        let last: Option<Last> = self.db.row(query, [])?;
        Ok(last.map_or(0, |last| last.seq) + 1)
    }

    fn happen(&mut self, event: Event) -> worker::Result<()> {
        match event {
            Event::Put { lane, behind, in_ms } => {
                let (seq, due) = (self.next_seq()?, self.now.plus_ms(in_ms));
                let lane = if behind {
                    format!("background {seq}")
                } else {
                    format!("lane {lane}")
                };
                let put = if behind {
                    outbox::insert_behind
                } else {
                    outbox::insert
                };
                put(&self.db, &lane, "{}", due)?;
                self.kept.push(Kept {
                    seq,
                    lane,
                    behind,
                    slip: Slip::new(due),
                });
            }
            Event::Pass(ms) => self.now = self.now.plus_ms(ms),
            Event::Lease => self.lease()?,
            Event::Settle(nth) => {
                if let Some((row, _)) = self.held(nth)? {
                    outbox::remove(&self.db, row.seq)?;
                    self.kept.retain(|kept| kept.seq != row.seq);
                }
            }
            Event::Postpone { taken, in_ms, unsure } => {
                if let Some((row, _)) = self.held(taken)? {
                    let due = self.now.plus_ms(in_ms);
                    outbox::postpone(&self.db, row.seq, due, unsure)?;
                    if let Some(kept) = self.of(row.seq) {
                        kept.slip.postpone(due, unsure);
                    }
                }
            }
            Event::Wake => {
                outbox::give_up_leases(&self.db)?;
                self.kept.iter_mut().for_each(|row| row.slip.give_up());
            }
        }
        let next = outbox::next_due(&self.db, self.now)?;
        assert_eq!(next, self.next_due());
        // A turn that is told that nothing is due does not look what to take.
        assert_eq!(!self.due().is_empty(), next.is_some_and(|at| at <= self.now));
        Ok(())
    }

    fn lease(&mut self) -> worker::Result<()> {
        let due = self.due();
        let mut rows = outbox::lease(&self.db, self.now)?;
        rows.sort_by_key(|row| row.seq);
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), due);
        let now = self.now;
        for row in rows {
            let Some(kept) = self.of(row.seq) else { continue };
            let slip = kept.slip.lease(now);
            assert_eq!((row.unsure(), row.attempts), (slip.unsure, slip.attempts));
            assert_eq!(slip.leased_until, now.plus_ms(LEASE_MS));
            self.taken.push((row, slip));
        }
        Ok(())
    }

    /// An attempt that was taken, unless others have its row by now: both say the same of that.
    fn held(&mut self, nth: usize) -> worker::Result<Option<(Row, Slip)>> {
        if self.taken.is_empty() {
            return Ok(None);
        }
        let (row, slip) = self.taken.swap_remove(nth % self.taken.len());
        let held = self.of(row.seq).is_some_and(|kept| kept.slip.is_held(&slip));
        assert_eq!(outbox::is_held(&self.db, &row)?, held);
        let found = outbox::under_way(&self.db, row.seq, row.attempts)?;
        assert!(
            found.is_some() || !held,
            "an answer finds the row that waits for it"
        );
        Ok(held.then_some((row, slip)))
    }
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..4u8, any::<bool>(), 0..3_000i64).prop_map(|(lane, behind, in_ms)| Event::Put { lane, behind, in_ms }),
        3 => prop_oneof![0..2_000i64, Just(LEASE_MS), Just(-3_600_000), Just(3_600_000)].prop_map(Event::Pass),
        4 => Just(Event::Lease),
        2 => (0..8usize).prop_map(Event::Settle),
        2 => (0..8usize, 0..9_000i64, any::<bool>())
            .prop_map(|(taken, in_ms, unsure)| Event::Postpone { taken, in_ms, unsure }),
        1 => Just(Event::Wake),
    ]
}

proptest! {
    #[test]
    fn the_table_does_what_the_slips_say(events in prop::collection::vec(event(), 1..60)) {
        let mut both = Both::new();
        for event in events {
            both.happen(event).expect("SQLite takes it");
        }
    }
}
