//! Everything that is kept of one customer: read as a whole, or erased.

use crate::store::retention::OF_A_REQUEST;
use crate::store::sql::{Bind, Db};
use serde::Deserialize;
use serde_json::{Map, Value};
use shared::privacy::{Erased, Person};
use shared::{Address, RequestId};
use worker::Result;

/// Requests of one person, by their ids, as the statements below take them.
pub(crate) struct Theirs {
    ids: String,
    /// One of them is not over, or not written up.
    pub(crate) open: bool,
}

/// The requests of a person.
pub(crate) fn of(db: &Db, person: &Person) -> Result<Theirs> {
    #[derive(Deserialize)]
    struct Row {
        id: RequestId,
        open: i64,
    }
    let line = person.phone.as_ref().map(Address::line);
    let rows: Vec<Row> = db.rows(
        "SELECT id, state <> 'ended' OR id IN (SELECT request FROM agent WHERE request IS NOT NULL) AS open FROM request
         WHERE phone = ?1 COLLATE NOCASE OR substr(phone, 1, length(?2)) = ?2 COLLATE NOCASE OR json_extract(customer, '$.id') = ?3
         ORDER BY created_at, id",
        [
            line.clone().into(),
            // A SIP phone is the same one whatever port it was asked for at. Nothing else has a colon behind its line.
            line.map(|line| format!("{line}:")).into(),
            person.customer.as_deref().into(),
        ],
    )?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    Ok(Theirs {
        ids: serde_json::to_string(&ids)?,
        open: rows.iter().any(|row| row.open != 0),
    })
}

/// The ids as a table.
const THEIRS: &str = "(SELECT value FROM json_each(?))";

/// Everything, by kinds.
pub(crate) fn export(db: &Db, theirs: &Theirs) -> Result<Map<String, Value>> {
    let kinds = [
        (
            "requests",
            "SELECT json_object('id', id, 'created_at', created_at, 'ended_at', ended_at, 'state', state, 'reason', reason,
               'phone', phone, 'skill', skill, 'expert', expert, 'note', note, 'slot', slot, 'zone', zone, 'language', language,
               'consent', consent, 'page', json(page), 'trail', json(trail), 'customer', json(customer), 'agent', agent,
               'disposition', json(disposition), 'ended_by', ended_by, 'voice', voice, 'switched', switched) AS it
             FROM request WHERE id IN",
        ),
        (
            "consents",
            "SELECT json_object('request', request, 'at', at, 'source', source, 'text', text_id, 'text_sha256', text_sha256,
               'language', language, 'network', network) AS it FROM consent WHERE request IN",
        ),
        (
            "steps",
            "SELECT json_object('request', request, 'at', at, 'state', state, 'agent', agent, 'reason', reason) AS it
             FROM transition WHERE request IN",
        ),
        (
            "announced_waits",
            "SELECT json_object('request', request, 'at', at, 'low_ms', low_ms, 'high_ms', high_ms) AS it FROM told WHERE request IN",
        ),
        (
            "handled",
            "SELECT json_object('request', request, 'at', at, 'agent', agent, 'deed', deed, 'reason', reason, 'text', text) AS it
             FROM journal WHERE request IN",
        ),
        (
            "messages",
            "SELECT json_object('request', request, 'at', at, 'by', author, 'agent', agent, 'text', text) AS it
             FROM message WHERE request IN",
        ),
        (
            "calls",
            "SELECT json_object('id', id, 'request', request, 'phone', phone, 'ordered_at', ordered_at, 'answered_at', answered_at,
               'ended_at', ended_at, 'ended', ended) AS it FROM leg WHERE party = 'customer' AND request IN",
        ),
        (
            "deliveries",
            "SELECT json_object('id', id, 'webhook', webhook, 'event', event, 'created_at', created_at, 'body', json(body)) AS it
             FROM delivery WHERE json_extract(body, '$.data.request') IN",
        ),
    ];
    let mut all = Map::new();
    for (kind, query) in kinds {
        #[derive(Deserialize)]
        struct Row {
            it: String,
        }
        let rows: Vec<Row> = db.rows(&format!("{query} {THEIRS}"), [Bind::from(theirs.ids.as_str())])?;
        let rows: Vec<Value> = rows
            .iter()
            .map(|row| serde_json::from_str(&row.it))
            .collect::<serde_json::Result<_>>()?;
        all.insert(kind.into(), rows.into());
    }
    Ok(all)
}

/// Erases it. Called inside a transaction, after which the engine is loaded again. What the policy counts of the number and of calls to it
/// stays until its week is over, by digest: it would otherwise be forgotten by whoever asks to be. What the number shares with others, and
/// where it was asked for from, does not.
pub(crate) fn erase(db: &Db, theirs: &Theirs) -> Result<Erased> {
    let gone = |statement: &str| -> Result<u32> {
        #[derive(Deserialize)]
        struct Gone {}
        let gone: Vec<Gone> = db.rows(
            &format!("{} RETURNING 1 AS gone", statement.replace("THEIRS", THEIRS)),
            [Bind::from(theirs.ids.as_str())],
        )?;
        Ok(u32::try_from(gone.len()).unwrap_or(u32::MAX))
    };
    for table in OF_A_REQUEST {
        gone(&format!("DELETE FROM {table} WHERE request IN THEIRS"))?;
    }
    gone("UPDATE asked SET neighbourhood = NULL, network = NULL WHERE request IN THEIRS")?;
    // The answers to what was asked: repeated, it would be told of a request that is not there any more.
    gone("DELETE FROM idempotency WHERE json_extract(answer, '$.request.id') IN THEIRS")?;
    let messages = "SELECT id FROM delivery WHERE json_extract(body, '$.data.request') IN THEIRS";
    gone(&format!(
        "DELETE FROM outbox WHERE json_extract(payload, '$.deliver') IN ({messages})"
    ))?;
    gone(&format!(
        "DELETE FROM delivery_attempt WHERE delivery IN ({messages})"
    ))?;
    Ok(Erased {
        deliveries: gone("DELETE FROM delivery WHERE json_extract(body, '$.data.request') IN THEIRS")?,
        calls: gone("DELETE FROM leg WHERE party = 'customer' AND request IN THEIRS")?,
        requests: gone("DELETE FROM request WHERE id IN THEIRS")?,
    })
}
