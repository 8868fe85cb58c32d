//! Erasing what is older than the business keeps it.

use crate::store::audit;
use crate::store::sql::{Bind, Db};
use serde::Deserialize;
use shared::Millis;
use shared::retention::Retention;
use worker::Result;

/// When to erase next: a row of the timers. None of the engine's is called so.
pub(crate) const ERASURE: &str = "SELECT due FROM timer WHERE what = 'erasure'";
/// How often it is looked for what is too old.
const EVERY_S: i64 = 24 * 3600;
/// Rows of each kind that are erased at once; the rest follows soon.
const BATCH: i64 = 500;
const SOON_S: i64 = 2;
const DAY_S: i64 = 24 * 3600;
/// How long answers to repeated requests, ids of what was heard, and sign-ins that were begun are of use at the most.
const MEMORY_S: i64 = 24 * 3600;
/// How long lines of the audit log are kept: a year, and time to look into it.
const AUDIT_S: i64 = 400 * DAY_S;

#[derive(Deserialize)]
struct Due {
    due: Millis,
}

/// Tables whose rows belong to a request, and go with it.
pub(crate) const OF_A_REQUEST: [&str; 6] = [
    "transition",
    "told",
    "journal",
    "consent",
    "message",
    "connection",
];

/// When to erase next.
pub(crate) fn next_due(db: &Db) -> Result<Option<Millis>> {
    let due: Option<Due> = db.row(ERASURE, [])?;
    Ok(due.map(|row| row.due))
}

/// Sets that time.
pub(crate) fn look_at(db: &Db, due: Millis) -> Result<()> {
    db.run(
        "INSERT INTO timer (what, due) VALUES ('erasure', ?) ON CONFLICT (what) DO UPDATE SET due = excluded.due",
        [due.into()],
    )
}

/// Erases what is too old by `now`, a batch of each kind, and sets the time to look again. Called inside a transaction.
pub(crate) fn erase(db: &Db, keep: &Retention, now: Millis) -> Result<()> {
    let before = |days: u32| Bind::from(now.plus_s(-i64::from(days) * DAY_S));
    // One that somebody still writes up stays.
    let old = "SELECT id FROM request WHERE state = 'ended' AND ended_at < ?
               AND id NOT IN (SELECT request FROM agent WHERE request IS NOT NULL) ORDER BY ended_at, id LIMIT ?";
    let requests = || [before(keep.requests_days), BATCH.into()];
    for table in OF_A_REQUEST {
        db.run(
            &format!("DELETE FROM {table} WHERE request IN ({old})"),
            requests(),
        )?;
    }
    let statements: [(String, Bind); 11] = [
        (
            format!("DELETE FROM request WHERE id IN ({old})"),
            before(keep.requests_days),
        ),
        (oldest("journal", "at"), before(keep.requests_days)),
        (oldest("leg", "ended_at"), before(keep.usage_days)),
        (oldest("seen", "last_at"), before(keep.sightings_days)),
        // What is still to be sent is sent, or given up, first.
        (
            "DELETE FROM delivery WHERE rowid IN (SELECT rowid FROM delivery
               WHERE created_at < ? AND state <> 'waiting' ORDER BY created_at LIMIT ?)"
                .into(),
            before(keep.webhooks_days),
        ),
        (
            "DELETE FROM delivery_attempt WHERE rowid IN (SELECT rowid FROM delivery_attempt
               WHERE at < ? AND delivery NOT IN (SELECT id FROM delivery) LIMIT ?)"
                .into(),
            now.into(),
        ),
        (oldest("idempotency", "at"), now.plus_s(-MEMORY_S).into()),
        (oldest("heard", "at"), now.plus_s(-MEMORY_S).into()),
        (oldest("link", "made_at"), now.plus_s(-MEMORY_S).into()),
        (oldest("challenge", "made_at"), now.plus_s(-MEMORY_S).into()),
        (oldest("sign_on_state", "made_at"), now.plus_s(-MEMORY_S).into()),
    ];
    let mut more = false;
    for (statement, bind) in statements {
        #[derive(Deserialize)]
        struct Gone {}
        let gone: Vec<Gone> = db.rows(&format!("{statement} RETURNING 1 AS gone"), [bind, BATCH.into()])?;
        more |= i64::try_from(gone.len()).unwrap_or(i64::MAX) >= BATCH;
    }
    audit::add_rest(db, now)?;
    more |= audit::erase(db, now.plus_s(-AUDIT_S), BATCH)?;
    // Once whole each time, in pieces.
    more |= !audit::check(db, now)?;
    look_at(db, now.plus_s(if more { SOON_S } else { EVERY_S }))
}

fn oldest(table: &str, at: &str) -> String {
    format!(
        "DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {at} < ? ORDER BY {at} LIMIT ?)"
    )
}
