//! The object that keeps what an accepted request consists of, and decides nothing.

use crate::store::schema::{BUSINESS, migrate};
use crate::store::sql::{Bind, Db};
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

/// The row of an accepted request as the edge writes it, with the values that nearly all of them have. `?1` is the request, `?2` the
/// time, `?3` the number.
const REQUEST: &str = "INSERT OR REPLACE INTO request (id, version, state, reason, created_at, queued_at, phone, skill, expert, note, \
    slot, page, trail, zone, language, consent, agent, agent_tries, passed_over, customer_leg, agent_leg, answered_at, connected_at, \
    ended_at, disposition, joined_at, attempt, next_attempt_at, missed, opened, pressing, predicted_low_ms, predicted_ms, \
    predicted_high_ms, announced, called_at, ended_by, origin, route, asked_for, announcement, via, failed, rerouted, hearing, handed, \
    customer, voice, switched) VALUES (?1, 1, 'queued', NULL, ?2, ?2, ?3, 'cruises', NULL, '', NULL, NULL, '[]', NULL, NULL, 1, NULL, 0, \
    '[]', 'idle', 'idle', NULL, NULL, NULL, NULL, ?2, 0, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, 'page', \
    '\"distributed\"', NULL, NULL, NULL, '[]', 0, '\"nothing\"', '[]', NULL, 0, NULL)";
/// As long as a digest of the dial policy.
const DIGEST: &str = "PnkxQpS2sVZqYbT0oT8m1d3nY1y2vJQmH5m0Zr8u4hE";

/// Six rows per request, in one transaction, after one look and before another.
#[durable_object]
pub struct Rows(Db);

#[expect(
    clippy::disallowed_methods,
    reason = "as the runtime's bindings have it: that is what is measured"
)]
impl DurableObject for Rows {
    fn new(state: State, _env: Env) -> Self {
        let db = Db::new(state.storage());
        // Without it the first request fails, and tells.
        drop(migrate(&db, BUSINESS));
        Self(db)
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|error| Error::from(error.to_string()))?;
        let id = format!("{:032x}", u128::from_ne_bytes(random));
        let key = request.headers().get("idempotency-key")?.unwrap_or_default();
        let body = request.text().await?;
        let answer = format!(r#"{{"id":"{id}"}}"#);
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this era")]
        let now = js_sys::Date::now() as i64;
        self.0
            .transaction(|| keep(&self.0, &id, &key, &body, &answer, now))?;
        let response = Response::ok(answer)?.with_status(201);
        response.headers().set("content-type", "application/json")?;
        Ok(response)
    }
}

fn keep(db: &Db, id: &str, key: &str, body: &str, answer: &str, now: i64) -> Result<()> {
    let looks = [Bind::from(key)];
    db.rows::<serde::de::IgnoredAny>("SELECT body_hash, answer FROM idempotency WHERE key = ?", looks)?;
    db.run(REQUEST, [id.into(), now.into(), body.into()])?;
    db.run(
        "INSERT OR REPLACE INTO transition (request, version, at, state, customer_leg, agent_leg, agent, reason)
         VALUES (?, 1, ?, 'queued', 'idle', 'idle', NULL, NULL)",
        [id.into(), now.into()],
    )?;
    db.run(
        "INSERT INTO timer (what, due) VALUES (?, ?) ON CONFLICT (what) DO UPDATE SET due = excluded.due",
        [
            format!("deadline {id}").into(),
            now.saturating_add(3_600_000).into(),
        ],
    )?;
    db.run(
        "INSERT OR REPLACE INTO asked (request, at, number, neighbourhood, network) VALUES (?1, ?2, ?3, ?3, ?3)",
        [id.into(), now.into(), DIGEST.into()],
    )?;
    db.run(
        "INSERT INTO consent (request, at, source, text_id, text_sha256, language, network)
         VALUES (?, ?, 'page', 'call-back', ?, 'en', '127.0.0.0')",
        [id.into(), now.into(), DIGEST.into()],
    )?;
    db.run(
        "INSERT INTO idempotency (key, body_hash, answer, at) VALUES (?, ?, ?, ?)",
        [key.into(), DIGEST.into(), answer.into(), now.into()],
    )?;
    db.rows::<serde::de::IgnoredAny>("SELECT MIN(due) AS due FROM outbox", [])?;
    Ok(())
}
