//! What the console needs beside the document: where the script tag was seen, and requests for reports.

use crate::store::row::predicted;
use crate::store::sql::Db;
use acd::report::Told;
use serde::Deserialize;
use shared::call::EndReason;
use shared::report::Seen;
use shared::{AgentId, Millis, SkillId};
use worker::{Error, Result};

/// Origins that are kept: anybody can make up more.
const MAX_ORIGINS: i64 = 50;
/// How exact "seen last" is.
const SEEN_EVERY_S: i64 = 60;
/// Requests that one report looks at.
pub(crate) const MAX_TOLD: i64 = 50_000;

/// Remembers that the tag was seen on pages of this origin.
pub(crate) fn see(db: &Db, origin: &str, now: Millis) -> Result<()> {
    db.run(
        "INSERT INTO seen (origin, first_at, last_at) SELECT ?, ?, ?
         WHERE EXISTS (SELECT 1 FROM seen WHERE origin = ?) OR (SELECT COUNT(*) FROM seen) < ?
         ON CONFLICT (origin) DO UPDATE SET last_at = excluded.last_at WHERE last_at < ?",
        [
            origin.into(),
            now.into(),
            now.into(),
            origin.into(),
            MAX_ORIGINS.into(),
            now.plus_s(-SEEN_EVERY_S).into(),
        ],
    )
}

/// Where the tag was seen, the latest first.
pub(crate) fn seen(db: &Db, allowed: &[String]) -> Result<Vec<Seen>> {
    #[derive(Deserialize)]
    struct Row {
        origin: String,
        first_at: Millis,
        last_at: Millis,
    }
    let rows: Vec<Row> = db.rows(
        "SELECT origin, first_at, last_at FROM seen ORDER BY last_at DESC, origin",
        [],
    )?;
    let seen = rows.into_iter().map(|row| Seen {
        allowed: allowed.contains(&row.origin),
        origin: row.origin,
        first_at: row.first_at,
        last_at: row.last_at,
    });
    Ok(seen.collect())
}

/// Requests that were accepted from `from` on and before `to`, the first ones; at most one more than a report looks at.
pub(crate) fn told(db: &Db, from: Millis, to: Millis) -> Result<Vec<Told>> {
    #[derive(Deserialize)]
    struct Row {
        created_at: Millis,
        queued_at: Millis,
        called_at: Option<Millis>,
        connected_at: Option<Millis>,
        ended_at: Option<Millis>,
        reason: Option<String>,
        skill: Option<SkillId>,
        agent: Option<AgentId>,
        page: Option<String>,
        predicted_low_ms: Option<i64>,
        predicted_ms: Option<i64>,
        predicted_high_ms: Option<i64>,
    }
    let rows: Vec<Row> = db.rows(
        "SELECT created_at, queued_at, called_at, connected_at, ended_at, reason, skill, agent,
           predicted_low_ms, predicted_ms, predicted_high_ms,
           json_extract(page, '$.url') AS page
         FROM request WHERE created_at >= ? AND created_at < ? ORDER BY created_at LIMIT ?",
        [from.into(), to.into(), (MAX_TOLD + 1).into()],
    )?;
    rows.into_iter()
        .map(|row| {
            let reason = row.reason.as_deref();
            let known = reason.map(|text| {
                EndReason::parse(text).ok_or_else(|| Error::from(format!("no reason is called {text}")))
            });
            Ok(Told {
                created_at: row.created_at,
                queued_at: row.queued_at,
                called_at: row.called_at,
                connected_at: row.connected_at,
                predicted: predicted(row.predicted_low_ms, row.predicted_ms, row.predicted_high_ms),
                ended_at: row.ended_at,
                reason: known.transpose()?,
                skill: row.skill,
                agent: row.agent,
                page: row.page,
            })
        })
        .collect()
}
