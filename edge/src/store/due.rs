//! When the object has to wake for what its tables say, asked at once: every turn ends with it.

use crate::outbox;
use crate::store::retention::ERASURE;
use crate::store::session::{Expiry, NEXT_EXPIRY};
use crate::store::sql::{Bind, Db};
use serde::Deserialize;
use shared::Millis;
use worker::Result;

/// What is due when.
#[derive(Debug, Deserialize)]
pub(crate) struct Due {
    /// Something is to be sent.
    pub(crate) sending: Option<Millis>,
    #[serde(flatten)]
    session: Expiry,
    /// What is too old is to be erased.
    erasure: Option<Millis>,
}

impl Due {
    /// Whatever is due first besides what is to be sent.
    pub(crate) fn other(&self) -> Option<Millis> {
        self.session.at().into_iter().chain(self.erasure).min()
    }
}

/// Asks.
pub(crate) fn due(db: &Db, now: Millis) -> Result<Option<Due>> {
    let query = format!(
        "SELECT ({}) AS sending, next.seen_at, next.ends_at, ({ERASURE}) AS erasure FROM ({NEXT_EXPIRY}) AS next",
        outbox::NEXT_DUE
    );
    let binds: [Bind; 5] = outbox::at(now);
    db.row(&query, binds)
}
