//! What the dial policy remembers.

use crate::store::sql::{Bind, Db, sum};
use acd::policy::{Asked, Closed, Dearer, Dial, Digest, Note, Record, Suppressed, Waiting};
use serde::Deserialize;
use shared::{Address, EquipmentId, Millis, RequestId};
use worker::Result;

/// All of it.
pub(crate) fn load(db: &Db) -> Result<Record> {
    #[derive(Deserialize)]
    struct Salt {
        value: String,
    }
    let salt: Option<Salt> = db.row("SELECT value FROM salt", [])?;
    let asked: Vec<Asked> = db.rows(
        "SELECT request, at, number, neighbourhood, network FROM asked ORDER BY at, request",
        [],
    )?;
    let dials: Vec<Dial> = db.rows(
        "SELECT leg, at, number, per_minute, minutes, answered_at, cost, billed FROM dial ORDER BY at, leg",
        [],
    )?;
    let suppressed: Vec<Suppressed> = db.rows("SELECT number, masked, reason, at FROM suppression", [])?;
    let waiting: Vec<Waiting> = db.rows("SELECT request, why, since, until FROM held", [])?;
    let dearer: Vec<DearerRow> = db.rows("SELECT via, at, per_minute, rates FROM dearer", [])?;
    let dearer = dearer.into_iter().map(DearerRow::read);
    Ok(Record {
        salt: salt.map(|row| row.value).unwrap_or_default(),
        asked,
        dials,
        suppressed,
        waiting,
        dearer: dearer.collect::<Result<_>>()?,
    })
}

#[derive(Deserialize)]
struct DearerRow {
    via: EquipmentId,
    at: Millis,
    per_minute: u32,
    rates: String,
}

impl DearerRow {
    fn read(self) -> Result<Dearer> {
        Ok(Dearer {
            via: self.via,
            at: self.at,
            per_minute: self.per_minute,
            rates: serde_json::from_str(&self.rates)?,
        })
    }
}

/// What the numbers there begin with, or of SIP addresses their host, as one of the requests for them says it; none where all of those
/// are erased.
pub(crate) fn begins(db: &Db, closed: &Closed) -> Result<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        phone: Address,
    }
    let row: Option<Row> = db.row(
        "SELECT phone FROM request WHERE id IN (SELECT value FROM json_each(?)) LIMIT 1",
        [serde_json::to_string(&closed.asked)?.into()],
    )?;
    Ok(row.map(|row| row.phone.neighbourhood()))
}

/// Makes the business's salt, where it has none.
pub(crate) fn salt(db: &Db, make: impl FnOnce() -> Result<String>) -> Result<()> {
    #[derive(Deserialize)]
    struct Have {}
    if db.row::<Have>("SELECT one FROM salt", [])?.is_some() {
        return Ok(());
    }
    db.run("INSERT INTO salt (one, value) VALUES (1, ?)", [make()?.into()])
}

/// Writes a change down.
pub(crate) fn keep(db: &Db, note: &Note) -> Result<()> {
    match note {
        Note::Asked(asked) => db.run(
            "INSERT OR REPLACE INTO asked (request, at, number, neighbourhood, network) VALUES (?, ?, ?, ?, ?)",
            [
                asked.request.as_str().into(),
                asked.at.into(),
                asked.number.as_str().into(),
                asked.neighbourhood.as_ref().map(Digest::as_str).into(),
                asked.network.as_ref().map(Digest::as_str).into(),
            ],
        ),
        Note::Dial(dial) => db.run(
            "INSERT OR REPLACE INTO dial (leg, at, number, per_minute, minutes, answered_at, cost, billed)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                dial.leg.as_str().into(),
                dial.at.into(),
                dial.number.as_str().into(),
                i64::from(dial.per_minute).into(),
                i64::from(dial.minutes).into(),
                dial.answered_at.into(),
                dial.cost.map_or(Bind::Null, sum),
                sum(dial.billed),
            ],
        ),
        Note::Undialled(leg) => db.run("DELETE FROM dial WHERE leg = ?", [leg.as_str().into()]),
        Note::Suppressed(suppressed) => db.run(
            "INSERT OR REPLACE INTO suppression (number, masked, reason, at) VALUES (?, ?, ?, ?)",
            [
                suppressed.number.as_str().into(),
                suppressed.masked.as_str().into(),
                suppressed.reason.as_str().into(),
                suppressed.at.into(),
            ],
        ),
        Note::Forgiven(number) => db.run("DELETE FROM suppression WHERE number = ?", [number.as_str().into()]),
        Note::Waiting(waiting) => db.run(
            "INSERT OR REPLACE INTO held (request, why, since, until) VALUES (?, ?, ?, ?)",
            [
                waiting.request.as_str().into(),
                waiting.why.as_str().into(),
                waiting.since.into(),
                waiting.until.into(),
            ],
        ),
        Note::Released(request) => db.run("DELETE FROM held WHERE request = ?", [request.as_str().into()]),
        Note::Dearer(dearer) => db.run(
            "INSERT OR REPLACE INTO dearer (via, at, per_minute, rates) VALUES (?, ?, ?, ?)",
            [
                dearer.via.as_str().into(),
                dearer.at.into(),
                i64::from(dearer.per_minute).into(),
                serde_json::to_string(&dearer.rates)?.into(),
            ],
        ),
        Note::Forget { networks, all } => {
            db.run("DELETE FROM dearer WHERE at <= ?", [(*all).into()])?;
            db.run(
                "UPDATE asked SET network = NULL, neighbourhood = NULL WHERE at <= ?",
                [(*networks).into()],
            )?;
            db.run("DELETE FROM asked WHERE at <= ?", [(*all).into()])?;
            db.run("DELETE FROM dial WHERE at <= ?", [(*all).into()])
        }
    }
}

/// What somebody agreed to.
pub(crate) struct Consent<'a> {
    pub(crate) request: &'a RequestId,
    pub(crate) at: Millis,
    pub(crate) source: &'a str,
    pub(crate) text_id: &'a str,
    pub(crate) text_sha256: &'a str,
    pub(crate) language: &'a str,
    pub(crate) network: Option<String>,
}

/// Keeps it.
pub(crate) fn keep_consent(db: &Db, consent: &Consent<'_>) -> Result<()> {
    db.run(
        "INSERT INTO consent (request, at, source, text_id, text_sha256, language, network)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            consent.request.as_str().into(),
            consent.at.into(),
            consent.source.into(),
            consent.text_id.into(),
            consent.text_sha256.into(),
            consent.language.into(),
            consent.network.as_deref().into(),
        ],
    )
}
