//! What is kept of a business's endpoints: what they are told and what came of it, their sealed secrets, what is wrong with them.

use crate::outbox;
use crate::secret;
use crate::store::business::request;
use crate::store::row::{AGENT_COLUMNS, AgentRow};
use crate::store::sql::Db;
use acd::policy::Note;
use acd::{Agent, Config, Step, Write};
use serde::Deserialize;
use serde_json::Value;
use shared::limit::MAX_WAITING;
use shared::webhook::{
    AttemptView, DeliveryState, DeliveryView, EndpointView, EventType, SecretView, Webhook,
};
use shared::{AgentId, Millis, WebhookId};
use telephony::outbox::Task;
use webhook::{event, message};
use worker::Result;

/// Seconds in which nobody is told twice that calls wait for the same reason.
const AGAIN_S: i64 = 3600;
/// Messages that the log shows at once.
const SHOWN: i64 = 50;

/// Something to tell, with what is told when numbers are masked, and when they are whole.
pub(crate) struct Happened {
    event: EventType,
    masked: Value,
    whole: Value,
}

impl Happened {
    /// The same for everybody.
    pub(crate) fn plain(event: EventType, data: Value) -> Self {
        Self {
            event,
            masked: data.clone(),
            whole: data,
        }
    }

    /// Something that happened to a request.
    pub(crate) fn to(request: &acd::Request, event: EventType) -> Self {
        Self {
            event,
            masked: event::request(request, false),
            whole: event::request(request, true),
        }
    }
}

/// What a step changes that somebody wants to be told, in order. Reads the rows as they were: call it before they are written.
pub(crate) fn happened(db: &Db, config: &Config, step: &Step, now: Millis) -> Result<Vec<Happened>> {
    if !config.business.webhooks.iter().any(|hook| hook.on) {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for write in &step.writes {
        match write {
            Write::Request(after) => {
                let before = request(db, &after.id)?;
                let events = event::of_request(before.as_ref(), after);
                all.extend(events.into_iter().map(|event| Happened::to(after, event)));
            }
            Write::Agent(after) => {
                let before = agent(db, &after.id)?;
                let event = event::of_agent(before.as_ref(), after);
                all.extend(event.map(|event| Happened::plain(event, event::agent(after))));
            }
            Write::Policy(note) => {
                let Some((event, data)) = event::of_policy(note) else {
                    continue;
                };
                let same = all
                    .iter()
                    .any(|it: &Happened| it.event == event && it.whole.get("why") == data.get("why"));
                if !same && is_news(db, note, now)? {
                    all.push(Happened::plain(event, data));
                }
            }
            Write::Timer(..) | Write::Evidence(_) | Write::Told(..) | Write::Journal(_) => {}
        }
    }
    Ok(all)
}

/// Whether the books don't have it yet: the first that waits for this reason, and not again within the hour; a price above what was known.
fn is_news(db: &Db, note: &Note, now: Millis) -> Result<bool> {
    #[derive(Deserialize)]
    struct There {}
    let known: Option<There> = match note {
        Note::Waiting(waiting) => {
            let why = waiting.why.as_str();
            db.row(
                "SELECT 1 AS one WHERE EXISTS (SELECT 1 FROM held WHERE why = ?1)
                 OR EXISTS (SELECT 1 FROM delivery WHERE created_at > ?2 AND event = ?3 AND json_extract(body, '$.data.why') = ?1)",
                [
                    why.into(),
                    now.plus_s(-AGAIN_S).into(),
                    EventType::CallsHeld.as_str().into(),
                ],
            )?
        }
        Note::Dearer(dearer) => db.row(
            "SELECT 1 AS one FROM dearer WHERE via = ? AND per_minute >= ?",
            [dearer.via.as_str().into(), i64::from(dearer.per_minute).into()],
        )?,
        _ => return Ok(true),
    };
    Ok(known.is_none())
}

fn agent(db: &Db, id: &AgentId) -> Result<Option<Agent>> {
    let query = format!("SELECT {AGENT_COLUMNS} FROM agent WHERE id = ?");
    db.row::<AgentRow>(&query, [id.as_str().into()])?
        .map(AgentRow::read)
        .transpose()
}

/// Puts messages about all of it into the outbox, for whoever wants them. Called inside a transaction.
pub(crate) fn tell(db: &Db, config: &Config, happened: &[Happened], now: Millis) -> Result<()> {
    for hook in config.business.webhooks.iter().filter(|hook| hook.on) {
        let wanted = happened.iter().filter(|it| hook.events.contains(&it.event));
        let wanted: Vec<_> = wanted.collect();
        if wanted.is_empty() || !can_be_told(db, &hook.id)? {
            continue;
        }
        for it in wanted {
            put(db, hook, it, now)?;
        }
    }
    Ok(())
}

/// Whether the endpoint has a secret, and has not said that it is gone.
fn can_be_told(db: &Db, hook: &WebhookId) -> Result<bool> {
    #[derive(Deserialize)]
    struct There {}
    let there: Option<There> = db.row(
        "SELECT id FROM webhook_secret WHERE webhook = ?
         AND NOT EXISTS (SELECT 1 FROM webhook WHERE id = ? AND gone_at IS NOT NULL) LIMIT 1",
        [hook.as_str().into(), hook.as_str().into()],
    )?;
    Ok(there.is_some())
}

/// Puts one message into the outbox; gives its id. When too many wait, it is only noted that it was dropped.
pub(crate) fn put(db: &Db, hook: &Webhook, happened: &Happened, now: Millis) -> Result<String> {
    #[derive(Deserialize)]
    struct Waiting {
        n: i64,
    }
    let waiting: Option<Waiting> =
        db.row("SELECT COUNT(*) AS n FROM delivery WHERE state = 'waiting'", [])?;
    let state = match waiting.is_some_and(|it| it.n >= MAX_WAITING) {
        true => DeliveryState::Dropped,
        false => DeliveryState::Waiting,
    };
    let data = if hook.whole_numbers {
        &happened.whole
    } else {
        &happened.masked
    };
    let id = secret::message_id()?;
    db.run(
        "INSERT INTO delivery (id, webhook, event, body, created_at, state) VALUES (?, ?, ?, ?, ?, ?)",
        [
            id.as_str().into(),
            hook.id.as_str().into(),
            happened.event.as_str().into(),
            message::body(happened.event, now, data).into(),
            now.into(),
            state.as_str().into(),
        ],
    )?;
    if state == DeliveryState::Waiting {
        send(db, &id, now)?;
    }
    Ok(id)
}

fn send(db: &Db, id: &str, due: Millis) -> Result<()> {
    let task = Task::Deliver { deliver: id.into() };
    outbox::insert_behind(db, &task.lane(), &serde_json::to_string(&task)?, due)
}

/// A message that is to be sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) webhook: WebhookId,
    pub(crate) body: String,
}

pub(crate) fn delivery(db: &Db, id: &str) -> Result<Option<Delivery>> {
    db.row("SELECT webhook, body FROM delivery WHERE id = ?", [id.into()])
}

/// Notes an attempt, or why there was none.
pub(crate) fn keep_attempt(db: &Db, id: &str, attempt: &AttemptView) -> Result<()> {
    db.run(
        "INSERT INTO delivery_attempt (delivery, at, status, took_ms, answer) VALUES (?, ?, ?, ?, ?)",
        [
            id.into(),
            attempt.at.into(),
            attempt.status.map(i64::from).into(),
            i64::from(attempt.took_ms).into(),
            attempt.answer.as_str().into(),
        ],
    )
}

/// Where a message stands now.
pub(crate) fn stand(db: &Db, id: &str, state: DeliveryState) -> Result<()> {
    db.run(
        "UPDATE delivery SET state = ? WHERE id = ?",
        [state.as_str().into(), id.into()],
    )
}

/// An endpoint took a message: nothing is wrong with it.
pub(crate) fn well(db: &Db, hook: &WebhookId) -> Result<()> {
    db.run("DELETE FROM webhook WHERE id = ?", [hook.as_str().into()])
}

/// An endpoint did not take a message; `gone` when it wants none any more.
pub(crate) fn failing(db: &Db, hook: &WebhookId, gone: bool, now: Millis) -> Result<()> {
    db.run(
        "INSERT INTO webhook (id, failing_since, gone_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET gone_at = COALESCE(excluded.gone_at, gone_at)",
        [hook.as_str().into(), now.into(), gone.then_some(now).into()],
    )
}

/// Sends a message again, now, whatever became of it. False when there is none of that id.
pub(crate) fn again(db: &Db, hook: &WebhookId, id: &str, now: Millis) -> Result<bool> {
    #[derive(Deserialize)]
    struct There {}
    let there: Option<There> = db.row(
        "UPDATE delivery SET state = 'waiting' WHERE id = ? AND webhook = ? RETURNING id",
        [id.into(), hook.as_str().into()],
    )?;
    if there.is_none() {
        return Ok(false);
    }
    let waiting: Option<There> = db.row(
        "UPDATE outbox SET due = MIN(due, ?) WHERE lane = ? RETURNING seq",
        [now.into(), format!("delivery {id}").into()],
    )?;
    if waiting.is_none() {
        send(db, id, now)?;
    }
    Ok(true)
}

/// Messages to an endpoint, the newest first; with `id` only that one.
pub(crate) fn deliveries(db: &Db, hook: &WebhookId, id: Option<&str>) -> Result<Vec<DeliveryView>> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
        event: String,
        created_at: Millis,
        state: DeliveryState,
        due: Option<Millis>,
        body: String,
    }
    let rows: Vec<Row> = db.rows(
        "SELECT id, event, created_at, state, body,
           (SELECT due FROM outbox WHERE lane = 'delivery ' || delivery.id) AS due
         FROM delivery WHERE webhook = ? AND id = COALESCE(?, id) ORDER BY created_at DESC, rowid DESC LIMIT ?",
        [hook.as_str().into(), id.into(), SHOWN.into()],
    )?;
    let views = rows.into_iter().map(|row| {
        let attempts: Vec<AttemptView> = db.rows(
            "SELECT at, status, took_ms, answer FROM delivery_attempt WHERE delivery = ? ORDER BY at, rowid",
            [row.id.as_str().into()],
        )?;
        Ok(DeliveryView {
            id: row.id,
            event: row.event,
            created_at: row.created_at,
            state: row.state,
            due: row.due,
            body: row.body,
            attempts,
        })
    });
    views.collect()
}

/// An endpoint as it stands.
pub(crate) fn endpoint(db: &Db, id: &WebhookId) -> Result<EndpointView> {
    #[derive(Deserialize)]
    struct Row {
        failing_since: Option<Millis>,
        gone_at: Option<Millis>,
        waiting: u32,
    }
    let query = "SELECT MAX(failing_since) AS failing_since, MAX(gone_at) AS gone_at,
                   (SELECT COUNT(*) FROM delivery WHERE webhook = ? AND state = 'waiting') AS waiting
                 FROM webhook WHERE id = ?";
    let row: Option<Row> = db.row(query, [id.as_str().into(), id.as_str().into()])?;
    Ok(EndpointView {
        id: id.clone(),
        secrets: db.rows(
            "SELECT id, created_at FROM webhook_secret WHERE webhook = ? ORDER BY created_at, id",
            [id.as_str().into()],
        )?,
        failing_since: row.as_ref().and_then(|row| row.failing_since),
        gone_at: row.as_ref().and_then(|row| row.gone_at),
        waiting: row.map_or(0, |row| row.waiting),
    })
}

/// A secret as it is kept.
#[derive(Debug, Deserialize)]
pub(crate) struct Sealed {
    pub(crate) id: String,
    pub(crate) sealed: String,
}

/// An endpoint's live secrets, the oldest first.
pub(crate) fn secrets(db: &Db, hook: &WebhookId) -> Result<Vec<Sealed>> {
    db.rows(
        "SELECT id, sealed FROM webhook_secret WHERE webhook = ? ORDER BY created_at, id",
        [hook.as_str().into()],
    )
}

pub(crate) fn keep_secret(db: &Db, hook: &WebhookId, kept: &SecretView, sealed: &str) -> Result<()> {
    db.run(
        "INSERT INTO webhook_secret (id, webhook, sealed, created_at) VALUES (?, ?, ?, ?)",
        [
            kept.id.as_str().into(),
            hook.as_str().into(),
            sealed.into(),
            kept.created_at.into(),
        ],
    )
}

/// Takes a secret back; false when there is none of that name.
pub(crate) fn revoke(db: &Db, hook: &WebhookId, id: &str) -> Result<bool> {
    #[derive(Deserialize)]
    struct Gone {}
    let gone: Option<Gone> = db.row(
        "DELETE FROM webhook_secret WHERE id = ? AND webhook = ? RETURNING id",
        [id.into(), hook.as_str().into()],
    )?;
    Ok(gone.is_some())
}

/// Forgets the secrets and the troubles of an endpoint that is gone from the document, or is now somewhere else: the next one
/// under its name is another one.
pub(crate) fn forget(db: &Db, hook: &WebhookId) -> Result<()> {
    db.run(
        "DELETE FROM webhook_secret WHERE webhook = ?",
        [hook.as_str().into()],
    )?;
    well(db, hook)
}
