//! What customers and agents wrote to each other.

use crate::store::sql::{Bind, Db};
use acd::talk::{Said, Voice};
use serde::Deserialize;
use shared::talk::Author;
use shared::{AgentId, Millis, RequestId};
use std::collections::BTreeMap;
use worker::Result;

/// How far back an author's messages count as lately said, in seconds.
const LATELY_S: i64 = 60;

/// A row of `message`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Kept {
    pub(crate) n: u32,
    pub(crate) at: Millis,
    pub(crate) author: Author,
    pub(crate) agent: Option<AgentId>,
    pub(crate) text: String,
    pub(crate) key: String,
}

const COLUMNS: &str = "n, at, author, agent, text, key";

#[derive(Deserialize)]
struct Count {
    n: u32,
}

/// Everything that was written about a request, in its order.
pub(crate) fn all(db: &Db, request: &RequestId) -> Result<Vec<Kept>> {
    let query = format!("SELECT {COLUMNS} FROM message WHERE request = ? ORDER BY n");
    db.rows(&query, [request.as_str().into()])
}

/// The message that its author gave this key.
pub(crate) fn by_key(db: &Db, request: &RequestId, by: &Voice, key: &str) -> Result<Option<Kept>> {
    let query = format!("SELECT {COLUMNS} FROM message WHERE request = ? AND author = ? AND key = ?");
    let binds = [request.as_str().into(), by.author().as_str().into(), key.into()];
    db.row(&query, binds)
}

/// How much was said about a request, and lately by this voice.
pub(crate) fn said(db: &Db, request: &RequestId, by: &Voice, now: Millis) -> Result<Said> {
    let all: Option<Count> = db.row(
        "SELECT COUNT(*) AS n FROM message WHERE request = ?",
        [request.as_str().into()],
    )?;
    let lately: Option<Count> = db.row(
        "SELECT COUNT(*) AS n FROM message WHERE request = ? AND author = ? AND at > ?",
        [
            request.as_str().into(),
            by.author().as_str().into(),
            now.plus_s(-LATELY_S).into(),
        ],
    )?;
    Ok(Said {
        all: all.map_or(0, |row| row.n),
        lately: lately.map_or(0, |row| row.n),
    })
}

/// Keeps a message, after those that there are.
pub(crate) fn keep(
    db: &Db,
    request: &RequestId,
    by: &Voice,
    key: &str,
    text: &str,
    now: Millis,
) -> Result<Option<Kept>> {
    let agent = match by {
        Voice::Customer => Bind::Null,
        Voice::Agent(agent) => agent.as_str().into(),
    };
    let id = request.as_str();
    db.row(
        &format!(
            "INSERT INTO message (request, n, at, author, agent, text, key)
             SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ?, ? FROM message WHERE request = ? RETURNING {COLUMNS}"
        ),
        [
            id.into(),
            now.into(),
            by.author().as_str().into(),
            agent,
            text.into(),
            key.into(),
            id.into(),
        ],
    )
}

/// How many messages were written about each of these requests, without those that have none.
pub(crate) fn counts<'a>(
    db: &Db,
    requests: impl IntoIterator<Item = &'a RequestId>,
) -> Result<BTreeMap<RequestId, u32>> {
    #[derive(Deserialize)]
    struct Row {
        request: RequestId,
        n: u32,
    }
    let ids: Vec<&str> = requests.into_iter().map(RequestId::as_str).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<Row> = db.rows(
        "SELECT request, COUNT(*) AS n FROM message WHERE request IN (SELECT value FROM json_each(?)) GROUP BY request",
        [serde_json::to_string(&ids)?.into()],
    )?;
    Ok(rows.into_iter().map(|row| (row.request, row.n)).collect())
}
