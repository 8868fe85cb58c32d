//! What an Exchange object keeps.

use crate::outbox;
use crate::store::sql::Db;
use serde::{Deserialize, Serialize};
use shared::Millis;
use telephony::exchange::{Leg, Phase, Post, Step};
use telephony::sandbox::EventBody;
use worker::Result;

/// How long an ended leg's id is remembered, so that it is not dialled again.
const MEMORY_S: i64 = 24 * 3600;

/// What waits in the outbox: an event and where it goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) url: String,
    pub(crate) event: EventBody,
}

#[derive(Deserialize)]
struct LegRow {
    leg: String,
}

pub(crate) fn load(db: &Db) -> Result<Vec<Leg>> {
    let rows: Vec<LegRow> = db.rows("SELECT leg FROM leg", [])?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_str(&row.leg)?))
        .collect()
}

/// Writes a step: its legs and the events to send. Called inside a transaction.
pub(crate) fn commit(db: &Db, step: &Step, now: Millis) -> Result<()> {
    db.run(
        "DELETE FROM leg WHERE phase = 'ended' AND since < ?",
        [now.plus_s(-MEMORY_S).into()],
    )?;
    for leg in &step.legs {
        let phase = match leg.phase() {
            Phase::Ended => "ended",
            Phase::Trying | Phase::Ringing | Phase::Answered => "open",
        };
        db.run(
            "INSERT OR REPLACE INTO leg (id, phase, since, leg) VALUES (?, ?, ?, ?)",
            [
                leg.id().as_str().into(),
                phase.into(),
                leg.since().into(),
                serde_json::to_string(leg)?.into(),
            ],
        )?;
    }
    for (copy, post) in step.posts.iter().enumerate() {
        outbox::insert(db, &lane(post, copy, now), &payload(post)?, post.due)?;
    }
    Ok(())
}

/// Events of a leg go out in order; one that a script delays must not hold up those behind it.
fn lane(post: &Post, copy: usize, now: Millis) -> String {
    let leg = &post.event.heard.leg;
    if post.due > now {
        format!("{leg} {} {copy}", post.event.id)
    } else {
        leg.to_string()
    }
}

fn payload(post: &Post) -> Result<String> {
    Ok(serde_json::to_string(&Pending {
        url: post.url.clone(),
        event: post.event.clone(),
    })?)
}
