//! The company's own sign-in: the client's secret, and sign-ins that are under way there.

use crate::store::crowd;
use crate::store::sql::Db;
use access::sign_on::{MAX_STATES, STATE_S};
use serde::Deserialize;
use shared::Millis;
use shared::door::Place;
use worker::Result;

/// The secret as it is kept.
pub(crate) fn sealed(db: &Db) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        sealed: String,
    }
    let row: Option<Row> = db.row("SELECT sealed FROM sign_on", [])?;
    Ok(row.map(|row| row.sealed))
}

pub(crate) fn keep_sealed(db: &Db, sealed: &str, now: Millis) -> Result<()> {
    db.run(
        "INSERT INTO sign_on (one, sealed, kept_at) VALUES (1, ?, ?)
         ON CONFLICT (one) DO UPDATE SET sealed = excluded.sealed, kept_at = excluded.kept_at",
        [sealed.into(), now.into()],
    )
}

/// A sign-in that is under way.
#[derive(Debug, Deserialize)]
pub(crate) struct State {
    pub(crate) issuer: String,
    pub(crate) place: Place,
    pub(crate) browser_hash: String,
    made_at: Millis,
}

impl State {
    pub(crate) fn new(issuer: &str, place: Place, browser_hash: String, now: Millis) -> Self {
        Self {
            issuer: issuer.into(),
            place,
            browser_hash,
            made_at: now,
        }
    }
}

/// Keeps one. Those that are over go, and the oldest of whoever has the most when there are too many.
pub(crate) fn begin(db: &Db, hash: &str, state: &State, asker: Option<&str>) -> Result<()> {
    db.run(
        "DELETE FROM sign_on_state WHERE made_at <= ?",
        [state.made_at.plus_s(-STATE_S).into()],
    )?;
    db.run(
        "INSERT INTO sign_on_state (hash, issuer, place, browser_hash, asker, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            hash.into(),
            state.issuer.as_str().into(),
            state.place.as_str().into(),
            state.browser_hash.as_str().into(),
            asker.into(),
            state.made_at.into(),
        ],
    )?;
    crowd::thin(db, "sign_on_state", MAX_STATES)
}

/// The sign-in that comes back, in time. It does so once.
pub(crate) fn take(db: &Db, hash: &str, now: Millis) -> Result<Option<State>> {
    let query = "DELETE FROM sign_on_state WHERE hash = ? RETURNING issuer, place, browser_hash, made_at";
    let taken: Option<State> = db.row(query, [hash.into()])?;
    Ok(taken.filter(|state| state.made_at.plus_s(STATE_S) > now))
}
