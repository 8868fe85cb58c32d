//! What a Rings object keeps: when its number was rung, by which leg. Neither the number nor whose leg it was.

use crate::store::sql::Db;
use acd::policy::rang_until;
use serde::Deserialize;
use shared::{LegId, Millis};
use worker::Result;

#[derive(Deserialize)]
struct Ring {
    at: Millis,
}

/// When the number was rung, the oldest first.
pub(crate) fn rang(db: &Db) -> Result<Vec<Millis>> {
    let rows: Vec<Ring> = db.rows("SELECT at FROM ring ORDER BY at", [])?;
    Ok(rows.into_iter().map(|row| row.at).collect())
}

/// True when this leg had leave before.
pub(crate) fn had_leave(db: &Db, leg: &LegId) -> Result<bool> {
    let had: Option<Ring> = db.row("SELECT at FROM ring WHERE leg = ?", [leg.as_str().into()])?;
    Ok(had.is_some())
}

/// This leg rings now.
pub(crate) fn keep(db: &Db, leg: &LegId, now: Millis) -> Result<()> {
    db.run(
        "INSERT OR IGNORE INTO ring (leg, at) VALUES (?, ?)",
        [leg.as_str().into(), now.into()],
    )
}

/// Forgets what nobody has to remember any more.
pub(crate) fn forget(db: &Db, now: Millis) -> Result<()> {
    let over = now.0.saturating_sub(rang_until(Millis(0)).0);
    db.run("DELETE FROM ring WHERE at <= ?", [Millis(over).into()])
}
