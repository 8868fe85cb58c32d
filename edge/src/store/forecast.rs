//! What was announced to those who waited, beside what came true.

use crate::store::sql::Db;
use acd::PastWaits;
use serde::Deserialize;
use shared::forecast::{CallWait, Forecast, Told};
use shared::{Millis, RequestId, SkillId};
use std::collections::BTreeMap;
use worker::Result;

/// Calls that a report looks back on.
const CALLS: i64 = 1000;
/// Of these, those that it tells one by one.
const TOLD: i64 = 50;

/// One announcement, with the request it was about.
#[derive(Debug, Deserialize)]
struct ToldRow {
    request: RequestId,
    #[serde(flatten)]
    told: Told,
}

/// Mean waits since an instant, by skill: as announced, and as they came true.
pub(crate) fn waits(db: &Db, since: Millis) -> Result<Vec<PastWaits>> {
    #[derive(Deserialize)]
    struct Row {
        skill: SkillId,
        predicted_ms: f64,
        actual_ms: f64,
    }
    let rows: Vec<Row> = db.rows(
        "SELECT skill, AVG(predicted_ms) AS predicted_ms, AVG(called_at - queued_at) AS actual_ms FROM request
         WHERE called_at >= ? AND called_at > queued_at AND predicted_high_ms > 0 AND skill IS NOT NULL GROUP BY skill",
        [since.into()],
    )?;
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    let seconds = |ms: f64| (ms / 1000.0).round() as i64;
    let waits = rows.into_iter().map(|row| PastWaits {
        skill: row.skill,
        predicted_s: seconds(row.predicted_ms),
        actual_s: seconds(row.actual_ms),
    });
    Ok(waits.collect())
}

/// The report on the latest calls.
pub(crate) fn report(db: &Db) -> Result<Forecast> {
    let skills = db.rows(
        "WITH latest AS (
           SELECT skill, predicted_low_ms AS low, predicted_ms AS mean, predicted_high_ms AS high, called_at - queued_at AS actual
           FROM request WHERE called_at IS NOT NULL ORDER BY called_at DESC LIMIT ?),
         compared AS (SELECT * FROM latest WHERE mean IS NOT NULL AND high > 0 AND actual > 0)
         SELECT latest.skill AS skill, COUNT(*) AS calls,
           (SELECT COUNT(*) FROM compared WHERE compared.skill IS latest.skill) AS compared,
           (SELECT AVG(mean) FROM compared WHERE compared.skill IS latest.skill) AS predicted_ms,
           (SELECT AVG(actual) FROM compared WHERE compared.skill IS latest.skill) AS actual_ms,
           (SELECT SQRT(AVG(1.0 * (mean - actual) * (mean - actual))) FROM compared WHERE compared.skill IS latest.skill)
             AS error_ms,
           (SELECT AVG(actual BETWEEN low AND high) FROM compared WHERE compared.skill IS latest.skill) AS coverage
         FROM latest GROUP BY latest.skill ORDER BY latest.skill",
        [CALLS.into()],
    )?;
    let mut calls: Vec<CallWait> = db.rows(
        "SELECT id, skill, queued_at, predicted_low_ms, predicted_ms, predicted_high_ms, called_at - queued_at AS actual_ms
         FROM request WHERE called_at IS NOT NULL ORDER BY called_at DESC LIMIT ?",
        [TOLD.into()],
    )?;
    let told: Vec<ToldRow> = db.rows(
        "SELECT request, at, low_ms, mean_ms, high_ms, ahead, helpers, change FROM told
         WHERE request IN (SELECT id FROM request WHERE called_at IS NOT NULL ORDER BY called_at DESC LIMIT ?)
         ORDER BY request, at",
        [TOLD.into()],
    )?;
    let mut by_request: BTreeMap<RequestId, Vec<Told>> = BTreeMap::new();
    for row in told {
        by_request.entry(row.request).or_default().push(row.told);
    }
    for call in &mut calls {
        call.told = by_request.remove(&call.id).unwrap_or_default();
    }
    Ok(Forecast { skills, calls })
}
