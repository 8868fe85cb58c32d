//! The ledger: each leg's account.

use crate::store::sql::{Bind, Db, sum};
use acd::{Heard, LegEnd};
use serde::Deserialize;
use shared::call::Party;
use shared::{Address, EquipmentId, LegId, Millis, RequestId};
use telephony::Known;
use telephony::ledger::LegAccount;
use worker::{Error, Result};

#[derive(Deserialize)]
struct Row {
    id: LegId,
    request: RequestId,
    party: Party,
    via: EquipmentId,
    phone: Address,
    reference: Option<String>,
    ordered_at: Millis,
    answered_at: Option<Millis>,
    ended_at: Option<Millis>,
    ended: Option<String>,
    price: Option<u64>,
}

fn word(how: LegEnd) -> Result<String> {
    match serde_json::to_value(how)? {
        serde_json::Value::String(word) => Ok(word),
        _ => Err(Error::from("the end of a leg is no word")),
    }
}

/// Opens the account of a leg that is ordered.
pub(crate) fn open(db: &Db, account: &LegAccount) -> Result<()> {
    db.run(
        "INSERT OR IGNORE INTO leg (id, request, party, via, phone, ordered_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            account.leg.as_str().into(),
            account.request.as_str().into(),
            account.party.as_str().into(),
            account.via.as_str().into(),
            account.to.as_str().into(),
            account.ordered_at.into(),
        ],
    )
}

/// A leg's account.
pub(crate) fn account(db: &Db, leg: &LegId) -> Result<Option<LegAccount>> {
    let query = "SELECT id, request, party, via, phone, reference, ordered_at, answered_at, ended_at, ended, price FROM leg WHERE id = ?";
    let row: Option<Row> = db.row(query, [leg.as_str().into()])?;
    row.map(|row| {
        let end = row.ended.map(serde_json::Value::String);
        Ok(LegAccount {
            leg: row.id,
            request: row.request,
            party: row.party,
            via: row.via,
            to: row.phone,
            reference: row.reference,
            ordered_at: row.ordered_at,
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            end: end.map(serde_json::from_value).transpose()?,
            price: row.price,
        })
    })
    .transpose()
}

/// Writes news down, if they are news to the account; `seconds` is the carrier's own count, where it gives one.
pub(crate) fn hear(db: &Db, heard: &Heard, seconds: Option<u32>, now: Millis) -> Result<()> {
    let Some(mut account) = account(db, &heard.leg)? else {
        return Ok(());
    };
    let news = account.hear(heard, now);
    // Also of an end that was known already, from an inquiry that was faster.
    let billed = seconds.is_some_and(|seconds| account.bill(seconds));
    if !news && !billed {
        return Ok(());
    }
    db.run(
        "UPDATE leg SET answered_at = ?, ended_at = ?, ended = ? WHERE id = ?",
        [
            account.answered_at.into(),
            account.ended_at.into(),
            account.end.map(word).transpose()?.into(),
            heard.leg.as_str().into(),
        ],
    )
}

/// What its carrier billed for a leg, in ten-thousandths.
pub(crate) fn keep_price(db: &Db, leg: &LegId, price: u64) -> Result<()> {
    db.run(
        "UPDATE leg SET price = ? WHERE id = ?",
        [sum(price), leg.as_str().into()],
    )
}

/// Remembers the carrier's name of a leg.
pub(crate) fn refer(db: &Db, leg: &LegId, reference: &str) -> Result<()> {
    db.run(
        "UPDATE leg SET reference = ? WHERE id = ? AND reference IS NULL",
        [reference.into(), leg.as_str().into()],
    )
}

/// A leg has entered the room of its request; true when another leg is there.
pub(crate) fn enter(db: &Db, leg: &LegId, now: Millis) -> Result<bool> {
    #[derive(Deserialize)]
    struct Other {}
    db.run(
        "UPDATE leg SET joined_at = ? WHERE id = ? AND joined_at IS NULL",
        [now.into(), leg.as_str().into()],
    )?;
    let other: Option<Other> = db.row(
        "SELECT other.id FROM leg AS this JOIN leg AS other ON other.request = this.request AND other.party <> this.party
         WHERE this.id = ? AND other.joined_at IS NOT NULL AND other.ended_at IS NULL LIMIT 1",
        [leg.as_str().into()],
    )?;
    Ok(other.is_some())
}

/// A leg leaves the room of its request, and may enter it again.
pub(crate) fn part(db: &Db, leg: &LegId) -> Result<()> {
    db.run(
        "UPDATE leg SET joined_at = NULL WHERE id = ?",
        [leg.as_str().into()],
    )
}

/// How far back other legs to the same number are of interest.
const RECENT_S: i64 = 24 * 3600;

/// What a carrier's codec has to know of a leg; of others only where it has names of its own for them.
pub(crate) fn known(db: &Db, leg: &LegId, names: bool) -> Result<Option<Known>> {
    #[derive(Deserialize)]
    struct Other {
        reference: String,
    }
    let Some(account) = account(db, leg)? else {
        return Ok(None);
    };
    let query =
        "SELECT reference FROM leg WHERE phone = ? AND ordered_at > ? AND id <> ? AND reference IS NOT NULL";
    let of_others = || {
        db.rows(
            query,
            [
                account.to.as_str().into(),
                account.ordered_at.plus_s(-RECENT_S).into(),
                Bind::from(leg.as_str()),
            ],
        )
    };
    let others: Vec<Other> = if names { of_others()? } else { Vec::new() };
    Ok(Some(Known {
        leg: account.leg,
        party: account.party,
        to: account.to,
        reference: account.reference,
        ordered_at: account.ordered_at,
        others: others.into_iter().map(|other| other.reference).collect(),
    }))
}
