//! How much a socket says within a minute.

use crate::clock;
use serde::{Deserialize, Serialize};
use worker::{Result, WebSocket};

/// It is the socket's own: so it outlives the object's sleep.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Pace {
    minute: i64,
    said: u32,
}

/// Counts what a socket says; false when it is more than `most` within this minute.
pub(super) fn within_pace(ws: &WebSocket, most: u32) -> Result<bool> {
    let minute = clock::now().0.div_euclid(60_000);
    let before = ws.deserialize_attachment::<Pace>().ok().flatten();
    let said = before
        .filter(|pace| pace.minute == minute)
        .map_or(0, |pace| pace.said)
        .saturating_add(1);
    ws.serialize_attachment(Pace { minute, said })?;
    Ok(said <= most)
}
