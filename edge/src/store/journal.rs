//! What agents did, and what it comes to in a day.

use crate::store::sql::Db;
use acd::Entry;
use serde::Deserialize;
use shared::work::Today;
use shared::{AgentId, Millis, RequestId};
use worker::Result;

/// Adds an entry.
pub(crate) fn add(db: &Db, entry: &Entry) -> Result<()> {
    db.run(
        "INSERT INTO journal (agent, at, deed, ms, request, reason, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            entry.agent.as_str().into(),
            entry.at.into(),
            entry.deed.as_str().into(),
            entry.ms.into(),
            entry.request.as_ref().map(RequestId::as_str).into(),
            entry.reason.as_deref().into(),
            entry.text.as_str().into(),
        ],
    )
}

/// An agent's figures since an instant.
pub(crate) fn figures(db: &Db, agent: &AgentId, since: Millis) -> Result<Today> {
    #[derive(Deserialize)]
    struct Sum {
        deed: String,
        count: u32,
        ms: i64,
    }
    let sums: Vec<Sum> = db.rows(
        "SELECT deed, COUNT(*) AS count, SUM(ms) AS ms FROM journal WHERE agent = ? AND at >= ? GROUP BY deed",
        [agent.as_str().into(), since.into()],
    )?;
    let mut today = Today::default();
    for sum in sums {
        match sum.deed.as_str() {
            "talked" => (today.calls, today.talked_s) = (sum.count, sum.ms / 1000),
            "wrote_up" => today.wrap_up_s = Some(sum.ms / 1000 / i64::from(sum.count.max(1))),
            "missed" => today.missed = sum.count,
            "refused" => today.refused = sum.count,
            _ => {}
        }
    }
    Ok(today)
}
