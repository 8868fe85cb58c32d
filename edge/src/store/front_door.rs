//! What is kept of secrets and of those who came without one.

use crate::store::sql::Db;
use serde::Deserialize;
use shared::Millis;
use shared::secret::{NewServerSecret, Refused, Scopes, ServerSecret};
use worker::Result;

/// Days that refusals are remembered.
const DAYS: i64 = 90;
const DAY_MS: i64 = 24 * 3600 * 1000;

/// A secret, as far as it is kept.
#[derive(Debug)]
pub(crate) struct SecretRow {
    pub(crate) secret: ServerSecret,
    pub(crate) hash: String,
}

/// All, also those that ended, the oldest first.
pub(crate) fn secrets(db: &Db) -> Result<Vec<SecretRow>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        hash: String,
        created_at: Millis,
        last_used_at: Option<Millis>,
        scopes: String,
        expires_at: Option<Millis>,
    }
    let rows: Vec<Row> = db.rows(
        "SELECT id, hash, created_at, last_used_at, scopes, expires_at FROM secret ORDER BY created_at, id",
        [],
    )?;
    let secret = |row: Row| {
        let scopes = Scopes::parse(&row.scopes).ok_or("a secret's scopes can't be read")?;
        let secret = ServerSecret {
            id: row.id,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            scopes,
            expires_at: row.expires_at,
        };
        Ok(SecretRow {
            secret,
            hash: row.hash,
        })
    };
    rows.into_iter().map(secret).collect()
}

pub(crate) fn keep_secret(db: &Db, made: &NewServerSecret, hash: &str) -> Result<()> {
    db.run(
        "INSERT INTO secret (id, hash, created_at, scopes, expires_at) VALUES (?, ?, ?, ?, ?)",
        [
            made.id.as_str().into(),
            hash.into(),
            made.created_at.into(),
            made.scopes.to_string().into(),
            made.expires_at.into(),
        ],
    )
}

/// Forgets those that ended before an instant.
pub(crate) fn forget_ended(db: &Db, before: Millis) -> Result<()> {
    db.run("DELETE FROM secret WHERE expires_at < ?", [before.into()])
}

pub(crate) fn used(db: &Db, id: &str, now: Millis) -> Result<()> {
    db.run(
        "UPDATE secret SET last_used_at = ? WHERE id = ?",
        [now.into(), id.into()],
    )
}

/// Takes a secret back; false when there is none of that name.
pub(crate) fn revoke(db: &Db, id: &str) -> Result<bool> {
    #[derive(Deserialize)]
    struct Gone {}
    let gone: Option<Gone> = db.row("DELETE FROM secret WHERE id = ? RETURNING id", [id.into()])?;
    Ok(gone.is_some())
}

/// Counts a refusal.
pub(crate) fn refuse(db: &Db, reason: &str, now: Millis) -> Result<()> {
    let day = now.0.div_euclid(DAY_MS) * DAY_MS;
    db.run(
        "DELETE FROM refusal WHERE day < ?",
        [(day - DAYS * DAY_MS).into()],
    )?;
    db.run(
        "INSERT INTO refusal (day, reason, count, last_at) VALUES (?, ?, 1, ?)
         ON CONFLICT (day, reason) DO UPDATE SET count = count + 1, last_at = excluded.last_at",
        [day.into(), reason.into(), now.into()],
    )
}

/// What was refused lately, the newest first.
pub(crate) fn refusals(db: &Db) -> Result<Vec<Refused>> {
    db.rows(
        "SELECT day, reason, count, last_at FROM refusal ORDER BY day DESC, reason LIMIT 1000",
        [],
    )
}
