//! Passkeys, and the challenges that they are made and used with.

use crate::store::crowd;
use crate::store::sql::Db;
use access::passkey::{CHALLENGE_S, Kept, MAX_CHALLENGES};
use serde::Deserialize;
use shared::Millis;
use shared::door::PasskeyView;
use shared::member::Email;
use worker::Result;

/// A passkey.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Passkey {
    pub(crate) id: String,
    pub(crate) member: Email,
    pub(crate) handle: String,
    name: String,
    key: String,
    counter: u32,
    synced: u8,
    made_at: Millis,
    used_at: Option<Millis>,
}

impl Passkey {
    /// What its signatures are checked by.
    pub(crate) fn kept(&self) -> Result<Kept> {
        Ok(Kept {
            key: serde_json::from_str(&self.key)?,
            counter: self.counter,
            synced: self.synced != 0,
        })
    }

    pub(crate) fn view(self) -> PasskeyView {
        PasskeyView {
            id: self.id,
            name: self.name,
            synced: self.synced != 0,
            made_at: self.made_at,
            used_at: self.used_at,
        }
    }
}

pub(crate) fn find(db: &Db, id: &str) -> Result<Option<Passkey>> {
    db.row("SELECT * FROM passkey WHERE id = ?", [id.into()])
}

/// A member's, the latest first.
pub(crate) fn of_member(db: &Db, member: &Email) -> Result<Vec<Passkey>> {
    db.rows(
        "SELECT * FROM passkey WHERE member = ? ORDER BY made_at DESC, id",
        [member.as_str().into()],
    )
}

/// Whether there are any.
pub(crate) fn any(db: &Db) -> Result<bool> {
    #[derive(Deserialize)]
    struct One {}
    let found: Option<One> = db.row("SELECT id FROM passkey LIMIT 1", [])?;
    Ok(found.is_some())
}

/// A passkey that is yet to be kept.
pub(crate) struct New<'a> {
    pub(crate) id: &'a str,
    pub(crate) member: &'a Email,
    pub(crate) handle: &'a str,
    pub(crate) name: &'a str,
    pub(crate) kept: &'a Kept,
}

pub(crate) fn keep(db: &Db, new: &New<'_>, now: Millis) -> Result<()> {
    let kept = new.kept;
    db.run(
        "INSERT INTO passkey (id, member, handle, name, key, counter, synced, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            new.id.into(),
            new.member.as_str().into(),
            new.handle.into(),
            new.name.into(),
            serde_json::to_string(&kept.key)?.into(),
            i64::from(kept.counter).into(),
            i64::from(kept.synced).into(),
            now.into(),
        ],
    )
}

/// It signed somebody in.
pub(crate) fn used(db: &Db, id: &str, counter: u32, now: Millis) -> Result<()> {
    db.run(
        "UPDATE passkey SET counter = ?, used_at = ? WHERE id = ?",
        [i64::from(counter).into(), now.into(), id.into()],
    )
}

pub(crate) fn remove(db: &Db, id: &str) -> Result<()> {
    db.run("DELETE FROM passkey WHERE id = ?", [id.into()])
}

/// Forgets all of a member's.
pub(crate) fn forget(db: &Db, member: &Email) -> Result<()> {
    db.run("DELETE FROM passkey WHERE member = ?", [member.as_str().into()])
}

/// Keeps a challenge. Those that are over go, and the oldest of whoever has the most when there are too many.
pub(crate) fn challenge(
    db: &Db,
    hash: &str,
    session: Option<&str>,
    asker: Option<&str>,
    now: Millis,
) -> Result<()> {
    db.run(
        "DELETE FROM challenge WHERE made_at <= ?",
        [now.plus_s(-CHALLENGE_S).into()],
    )?;
    db.run(
        "INSERT INTO challenge (hash, session, asker, made_at) VALUES (?, ?, ?, ?)",
        [hash.into(), session.into(), asker.into(), now.into()],
    )?;
    crowd::thin(db, "challenge", MAX_CHALLENGES)
}

/// Whether a challenge is open, for this session or for whoever signs in. It is not any more.
pub(crate) fn take(db: &Db, hash: &str, session: Option<&str>, now: Millis) -> Result<bool> {
    #[derive(Deserialize)]
    struct Taken {
        session: Option<String>,
        made_at: Millis,
    }
    let query = "DELETE FROM challenge WHERE hash = ? RETURNING session, made_at";
    let taken: Option<Taken> = db.row(query, [hash.into()])?;
    Ok(taken.is_some_and(|it| it.session.as_deref() == session && it.made_at.plus_s(CHALLENGE_S) > now))
}
