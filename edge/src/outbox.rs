//! The one outbox: what is to be sent is a row, committed with the state that caused it, leased before it is sent, and
//! removed once it is settled. Both objects use it, with payloads of their own. [`telephony::outbox`] says of one row what the SQL
//! here says of all.
//!
//! Rows of one lane go out in order, one at a time; lanes don't wait for each other. What is in the background goes a few at a
//! time: the runtime has few connections at once, and phones need them.

use crate::clock;
use crate::store::sql::{Bind, Db};
use serde::Deserialize;
use shared::Millis;
use std::future::Future;
use telephony::outbox as rules;
use worker::{Result, State};

/// Rows of the background that are sent at once.
const BACKGROUND: i64 = 3;

/// A row that is due.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Row {
    pub(crate) seq: i64,
    pub(crate) payload: String,
    /// Attempts made before this one.
    pub(crate) attempts: u32,
    /// Not 0 when one of them may have reached the other side.
    unsure: i64,
    /// The lease that it was taken with.
    leased_until: Millis,
}

impl Row {
    /// True when an attempt before this one may have reached the other side.
    pub(crate) fn unsure(&self) -> bool {
        self.unsure != 0
    }
}

#[derive(Deserialize)]
struct Due {
    due: Option<Millis>,
}

pub(crate) fn insert(db: &Db, lane: &str, payload: &str, due: Millis) -> Result<()> {
    db.run(
        "INSERT INTO outbox (lane, payload, due) VALUES (?, ?, ?)",
        [lane.into(), payload.into(), due.into()],
    )
}

/// Puts a row into the background, in a lane of its own.
pub(crate) fn insert_behind(db: &Db, lane: &str, payload: &str, due: Millis) -> Result<()> {
    db.run(
        "INSERT INTO outbox (lane, payload, due, background) VALUES (?, ?, ?, 1)",
        [lane.into(), payload.into(), due.into()],
    )
}

/// Takes the rows that are due, the first of each lane, and leases them. Until an attempt is settled, nobody can say that it did
/// not arrive: this process may be gone by then. So a leased row is unsure, and what is told of it is whether it was before.
pub(crate) fn lease(db: &Db, now: Millis) -> Result<Vec<Row>> {
    db.rows(
        "UPDATE outbox SET leased_until = ?, unsure = 1 + 2 * (unsure > 0)
         WHERE seq IN (
           SELECT seq FROM outbox AS this
           WHERE background = 0 AND due <= ? AND leased_until <= ?
             AND NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.lane = this.lane AND other.seq < this.seq)
           ORDER BY seq LIMIT 50)
         OR seq IN (
           SELECT seq FROM outbox WHERE background = 1 AND due <= ? AND leased_until <= ? ORDER BY due, seq
           LIMIT MAX(0, ? - (SELECT COUNT(*) FROM outbox WHERE background = 1 AND leased_until > ?)))
         RETURNING seq, payload, attempts, unsure > 1 AS unsure, leased_until",
        [
            now.plus_ms(rules::LEASE_MS).into(),
            now.into(),
            now.into(),
            now.into(),
            now.into(),
            BACKGROUND.into(),
            now.into(),
        ],
    )
}

/// Attempts everything that is due. Each row goes its own way, so that one that hangs holds up nothing but its lane. An
/// attempt that fails on our side is made again when its lease has run out. True when there was anything.
pub(crate) fn attempt_due<F>(state: &State, db: &Db, attempt: impl Fn(Row) -> F) -> bool
where
    F: Future<Output = Result<()>> + 'static,
{
    let rows = match lease(db, clock::now()) {
        Ok(rows) => rows,
        Err(error) => {
            worker::console_error!("the outbox can't be read: {error}");
            return false;
        }
    };
    let any = !rows.is_empty();
    for row in rows {
        let attempted = attempt(row);
        state.wait_until(async move {
            if let Err(error) = attempted.await {
                worker::console_error!("what was due could not be settled: {error}");
            }
        });
    }
    any
}

/// The row is settled, one way or the other.
pub(crate) fn remove(db: &Db, seq: i64) -> Result<()> {
    db.run("DELETE FROM outbox WHERE seq = ?", [Bind::Int(seq)])
}

/// The attempt failed; the next is due at `due`. `unsure` when it may have reached the other side all the same.
pub(crate) fn postpone(db: &Db, seq: i64, due: Millis, unsure: bool) -> Result<()> {
    db.run(
        "UPDATE outbox SET attempts = attempts + 1, leased_until = 0, unsure = ?, due = ? WHERE seq = ?",
        [i64::from(unsure).into(), due.into(), seq.into()],
    )
}

/// A row that is being attempted, by its number: for answers that come by another way than they were asked for.
pub(crate) fn under_way(db: &Db, seq: i64, attempts: u32) -> Result<Option<Row>> {
    db.row(
        "SELECT seq, payload, attempts, unsure > 1 AS unsure, leased_until FROM outbox WHERE seq = ? AND attempts = ? AND leased_until > 0",
        [seq.into(), i64::from(attempts).into()],
    )
}

/// True while the row is still whose it was when it was taken.
pub(crate) fn is_held(db: &Db, row: &Row) -> Result<bool> {
    #[derive(Deserialize)]
    struct Held {}
    let query = "SELECT seq FROM outbox WHERE seq = ? AND leased_until = ? AND attempts = ?";
    let binds = [
        row.seq.into(),
        row.leased_until.into(),
        i64::from(row.attempts).into(),
    ];
    let held: Option<Held> = db.row(query, binds)?;
    Ok(held.is_some())
}

/// Gives up every lease. For an object that has just woken: only one instance lives, so nothing can be under way.
pub(crate) fn give_up_leases(db: &Db) -> Result<()> {
    db.run("UPDATE outbox SET leased_until = 0 WHERE leased_until > 0", [])
}

/// When to look again: when the next row is due, and soon while something is being sent. If this process dies meanwhile,
/// the alarm wakes the next one, which gives the leases up. What is due in the background while enough of it is being sent has to
/// wait for that.
pub(crate) const NEXT_DUE: &str = "SELECT MIN(CASE
       WHEN leased_until > ? THEN MIN(leased_until, ?)
       WHEN background = 1 AND (SELECT COUNT(*) FROM outbox WHERE background = 1 AND leased_until > ?) >= ? THEN MAX(due, ?)
       ELSE due END) AS due FROM outbox AS this
     WHERE NOT EXISTS (SELECT 1 FROM outbox AS other WHERE other.lane = this.lane AND other.seq < this.seq)";

/// What [`NEXT_DUE`] is asked with.
pub(crate) fn at(now: Millis) -> [Bind; 5] {
    let soon = rules::recheck(now);
    [
        now.into(),
        soon.into(),
        now.into(),
        BACKGROUND.into(),
        soon.into(),
    ]
}

/// The answer to [`NEXT_DUE`].
pub(crate) fn next_due(db: &Db, now: Millis) -> Result<Option<Millis>> {
    Ok(db.row::<Due>(NEXT_DUE, at(now))?.and_then(|row| row.due))
}
