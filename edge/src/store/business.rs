//! What a Business object keeps, read and written.

use crate::outbox;
use crate::store::row::{
    AGENT_COLUMNS, AgentRow, REQUEST_COLUMNS, REQUEST_WIDTH, RequestRow, agent_binds, binds,
};
use crate::store::sql::Db;
use crate::store::{journal, leg, policy, session};
use acd::{Announced, Config, Heard, HeardKind, LegEnd, Request, Rows, Step, TimerKey, Write};
use serde::Deserialize;
use shared::business::Business;
use shared::desk::Disposition;
use shared::policy::Ceiling;
use shared::request::WaitChange;
use shared::{AgentId, EquipmentId, LegId, Millis, PhoneNumber, RequestId, SiteId};
use telephony::outbox::{Change, Task, changes};
use worker::{Error, Result};

/// How long an idempotency key, a heard event's id and the like are remembered.
const MEMORY_S: i64 = 24 * 3600;

#[derive(Deserialize)]
struct Document {
    site: SiteId,
    document: String,
}

/// The business's document, if it has been set up.
/// No further than `ceiling` says for it.
pub(crate) fn config(db: &Db, ceiling: impl FnOnce(&SiteId) -> Result<Ceiling>) -> Result<Option<Config>> {
    let row: Option<Document> = db.row("SELECT site, document FROM business", [])?;
    row.map(|row| {
        let business: Business = serde_json::from_str(&row.document)?;
        let ceiling = ceiling(&row.site)?;
        Config::new(row.site, business)
            .map(|config| config.within(&ceiling))
            .map_err(|faults| Error::from(format!("the kept document is at fault: {faults:?}")))
    })
    .transpose()
}

pub(crate) fn keep_document(db: &Db, site: &SiteId, business: &Business) -> Result<()> {
    let document = serde_json::to_string(business)?;
    db.run(
        "INSERT INTO business (one, site, document) VALUES (1, ?, ?)
         ON CONFLICT (one) DO UPDATE SET document = excluded.document",
        [site.as_str().into(), document.into()],
    )
}

/// Everything the engine is made of.
pub(crate) fn load(db: &Db) -> Result<Rows> {
    #[derive(Deserialize)]
    struct Timer {
        what: String,
        due: Millis,
    }
    #[derive(Deserialize)]
    struct Learned {
        value: String,
    }
    let requests: Vec<RequestRow> = db.rows(
        &format!(
            "SELECT {REQUEST_COLUMNS} FROM request
             WHERE state <> 'ended' OR id IN (SELECT request FROM agent WHERE request IS NOT NULL)"
        ),
        [],
    )?;
    let agents: Vec<AgentRow> = db.rows(&format!("SELECT {AGENT_COLUMNS} FROM agent"), [])?;
    let timers: Vec<Timer> = db.rows("SELECT what, due FROM timer", [])?;
    let learned: Vec<Learned> = db.rows("SELECT value FROM evidence", [])?;
    Ok(Rows {
        requests: requests
            .into_iter()
            .map(RequestRow::read)
            .collect::<Result<_>>()?,
        agents: agents.into_iter().map(AgentRow::read).collect::<Result<_>>()?,
        timers: timers
            .into_iter()
            .filter_map(|row| Some((TimerKey::parse(&row.what)?, row.due)))
            .collect(),
        evidence: learned
            .iter()
            .map(|row| serde_json::from_str(&row.value))
            .collect::<std::result::Result<_, _>>()?,
        policy: policy::load(db)?,
    })
}

/// One request, wherever it stands.
pub(crate) fn request(db: &Db, id: &RequestId) -> Result<Option<Request>> {
    let query = format!("SELECT {REQUEST_COLUMNS} FROM request WHERE id = ?");
    db.row::<RequestRow>(&query, [id.as_str().into()])?
        .map(RequestRow::read)
        .transpose()
}

/// An agent's latest finished calls, newest first.
pub(crate) fn recent(db: &Db, agent: &AgentId, limit: i64) -> Result<Vec<Request>> {
    let query = format!(
        "SELECT {REQUEST_COLUMNS} FROM request WHERE state = 'ended' AND agent = ? ORDER BY ended_at DESC LIMIT ?"
    );
    let rows: Vec<RequestRow> = db.rows(&query, [agent.as_str().into(), limit.into()])?;
    rows.into_iter().map(RequestRow::read).collect()
}

/// Finished calls with a number, newest first; `but` is not among them.
pub(crate) fn history(db: &Db, phone: &PhoneNumber, but: &RequestId, limit: i64) -> Result<Vec<Request>> {
    let query = format!(
        "SELECT {REQUEST_COLUMNS} FROM request WHERE state = 'ended' AND phone = ? AND id <> ?
         ORDER BY ended_at DESC LIMIT ?"
    );
    let binds = [phone.as_str().into(), but.as_str().into(), limit.into()];
    let rows: Vec<RequestRow> = db.rows(&query, binds)?;
    rows.into_iter().map(RequestRow::read).collect()
}

/// Writes a step: its rows and its outbox entries. Called inside a transaction.
pub(crate) fn commit(db: &Db, step: &Step, now: Millis) -> Result<()> {
    for write in &step.writes {
        match write {
            Write::Request(request) => keep_request(db, request, now)?,
            Write::Agent(agent) => db.run(
                &format!(
                    "INSERT OR REPLACE INTO agent ({AGENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                ),
                agent_binds(agent)?,
            )?,
            Write::Timer(what, Some(due)) => db.run(
                "INSERT INTO timer (what, due) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET due = excluded.due",
                [what.to_string().into(), (*due).into()],
            )?,
            Write::Timer(what, None) => db.run("DELETE FROM timer WHERE what = ?", [what.to_string().into()])?,
            Write::Evidence(evidence) => db.run(
                "INSERT INTO evidence (key, value) VALUES (?, ?)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                [evidence.key().into(), serde_json::to_string(evidence)?.into()],
            )?,
            Write::Told(request, told) => keep_told(db, request, told)?,
            Write::Journal(entry) => journal::add(db, entry)?,
            Write::Policy(note) => policy::keep(db, note)?,
        }
    }
    for order in &step.effects {
        for change in changes(order, now) {
            match change {
                Change::DropUnsentDial(leg) => drop_unsent_dial(db, &leg, now)?,
                Change::Part(leg) => leg::part(db, &leg)?,
                Change::Open(account) => leg::open(db, &account)?,
                Change::Put(task) => put(db, &task, now)?,
            }
        }
    }
    Ok(())
}

/// Puts a task into the outbox.
pub(crate) fn put(db: &Db, task: &Task, due: Millis) -> Result<()> {
    outbox::insert(db, &task.lane(), &serde_json::to_string(task)?, due)
}

fn drop_unsent_dial(db: &Db, leg: &LegId, now: Millis) -> Result<()> {
    #[derive(Deserialize)]
    struct Gone {}
    let gone: Option<Gone> = db.row(
        "DELETE FROM outbox WHERE json_extract(payload, '$.effect.dial.leg') = ? AND leased_until <= ? AND unsure = 0
         RETURNING seq",
        [leg.as_str().into(), now.into()],
    )?;
    if gone.is_some() {
        leg::hear(
            db,
            &Heard::now(leg.clone(), HeardKind::Ended(LegEnd::Released)),
            None,
            now,
        )?;
    }
    Ok(())
}

/// Everything that waits for this equipment is due now, whatever was sent over a connection that is gone.
pub(crate) fn hurry(db: &Db, via: &EquipmentId, now: Millis) -> Result<()> {
    db.run(
        "UPDATE outbox SET due = MIN(due, ?), leased_until = 0 WHERE json_extract(payload, '$.via') = ?",
        [now.into(), via.as_str().into()],
    )
}

fn keep_request(db: &Db, request: &Request, now: Millis) -> Result<()> {
    let marks = ["?"; REQUEST_WIDTH].join(", ");
    db.run(
        &format!("INSERT OR REPLACE INTO request ({REQUEST_COLUMNS}) VALUES ({marks})"),
        binds(request)?,
    )?;
    db.run(
        "INSERT OR REPLACE INTO transition (request, version, at, state, customer_leg, agent_leg, agent, reason)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            request.id.as_str().into(),
            request.version.into(),
            now.into(),
            request.state.as_str().into(),
            request.legs.customer.as_str().into(),
            request.legs.agent.as_str().into(),
            request.agent.as_ref().map(AgentId::as_str).into(),
            request.reason.map(shared::call::EndReason::as_str).into(),
        ],
    )
}

fn keep_told(db: &Db, request: &RequestId, told: &Announced) -> Result<()> {
    db.run(
        "INSERT OR REPLACE INTO told (request, at, low_ms, mean_ms, high_ms, ahead, helpers, change)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            request.as_str().into(),
            told.at.into(),
            told.wait.low_ms.into(),
            told.wait.mean_ms.into(),
            told.wait.high_ms.into(),
            i64::from(told.ahead).into(),
            i64::from(told.helpers).into(),
            told.change.map(WaitChange::as_str).into(),
        ],
    )
}

/// The answer given for an idempotency key before, with the hash of the body it was given for.
#[derive(Debug, Deserialize)]
pub(crate) struct Answered {
    pub(crate) body_hash: String,
    pub(crate) answer: String,
}

pub(crate) fn answered(db: &Db, key: &str) -> Result<Option<Answered>> {
    db.row(
        "SELECT body_hash, answer FROM idempotency WHERE key = ?",
        [key.into()],
    )
}

pub(crate) fn keep_answer(db: &Db, key: &str, body_hash: &str, answer: &str, now: Millis) -> Result<()> {
    // Not every time: the phone that is to ring waits for this.
    if now.0 % 16 == 0 {
        db.run(
            "DELETE FROM idempotency WHERE at < ?",
            [now.plus_s(-MEMORY_S).into()],
        )?;
    }
    db.run(
        "INSERT INTO idempotency (key, body_hash, answer, at) VALUES (?, ?, ?, ?)",
        [key.into(), body_hash.into(), answer.into(), now.into()],
    )
}

/// True when this event was heard before.
pub(crate) fn heard_before(db: &Db, event: &str) -> Result<bool> {
    #[derive(Deserialize)]
    struct Id {}
    Ok(db
        .row::<Id>("SELECT id FROM heard WHERE id = ?", [event.into()])?
        .is_some())
}

/// Remembers an event.
pub(crate) fn remember(db: &Db, event: &str, now: Millis) -> Result<()> {
    db.run("DELETE FROM heard WHERE at < ?", [now.plus_s(-MEMORY_S).into()])?;
    db.run(
        "INSERT OR IGNORE INTO heard (id, at) VALUES (?, ?)",
        [event.into(), now.into()],
    )
}

/// Ends the work of an agent whom the document no longer has.
pub(crate) fn dismiss(db: &Db, agent: &AgentId) -> Result<()> {
    session::forget_agent(db, agent)?;
    db.run("DELETE FROM agent WHERE id = ?", [agent.as_str().into()])
}

/// Keeps what an agent wrote down after the wrap-up had run out. False when the call is not this agent's, is not over, or
/// has been written up before.
pub(crate) fn dispose_late(
    db: &Db,
    id: &RequestId,
    agent: &AgentId,
    disposition: &Disposition,
) -> Result<bool> {
    #[derive(Deserialize)]
    struct Id {}
    let kept: Option<Id> = db.row(
        "UPDATE request SET disposition = ?, version = version + 1
         WHERE id = ? AND agent = ? AND state = 'ended' AND connected_at IS NOT NULL AND disposition IS NULL RETURNING id",
        [serde_json::to_string(disposition)?.into(), id.as_str().into(), agent.as_str().into()],
    )?;
    Ok(kept.is_some())
}
