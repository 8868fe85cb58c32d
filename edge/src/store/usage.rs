//! What the business used: each leg that has ended, once.

use crate::store::sql::Db;
use serde::{Deserialize, Serialize};
use shared::call::Party;
use shared::{EquipmentId, LegId, Millis, PhoneNumber, RequestId};
use std::collections::BTreeMap;
use telephony::ledger::seconds_between;
use worker::Result;

/// Legs that one report tells at the most.
pub(crate) const MAX_LEGS: i64 = 10_000;

#[derive(Deserialize)]
struct Row {
    id: LegId,
    request: RequestId,
    party: Party,
    via: EquipmentId,
    phone: PhoneNumber,
    answered_at: Option<Millis>,
    ended_at: Millis,
    ended: String,
}

/// One leg.
#[derive(Debug, Serialize)]
pub(crate) struct LegUsage {
    pub(crate) leg: LegId,
    pub(crate) request: RequestId,
    pub(crate) party: Party,
    pub(crate) equipment: EquipmentId,
    /// Masked.
    pub(crate) number: String,
    pub(crate) answered_at: Option<Millis>,
    pub(crate) ended_at: Millis,
    pub(crate) ended: String,
    /// Begun seconds from the answer to the end.
    pub(crate) seconds: i64,
}

/// One piece of equipment.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Sum {
    pub(crate) legs: i64,
    pub(crate) answered: i64,
    pub(crate) seconds: i64,
}

/// What was used in a time.
#[derive(Debug, Serialize)]
pub(crate) struct Usage {
    pub(crate) from: Millis,
    pub(crate) to: Millis,
    /// True when there is more than one report tells: ask for a shorter time.
    pub(crate) cut: bool,
    pub(crate) total: Sum,
    pub(crate) equipment: BTreeMap<EquipmentId, Sum>,
    pub(crate) legs: Vec<LegUsage>,
}

/// Legs that ended from `from` on and before `to`.
pub(crate) fn usage(db: &Db, from: Millis, to: Millis) -> Result<Usage> {
    let mut rows: Vec<Row> = db.rows(
        "SELECT id, request, party, via, phone, answered_at, ended_at, ended FROM leg
         WHERE ended_at >= ? AND ended_at < ? ORDER BY ended_at, id LIMIT ?",
        [from.into(), to.into(), (MAX_LEGS + 1).into()],
    )?;
    let cut = i64::try_from(rows.len()).unwrap_or(i64::MAX) > MAX_LEGS;
    rows.truncate(usize::try_from(MAX_LEGS).unwrap_or_default());
    let mut usage = Usage {
        from,
        to,
        cut,
        total: Sum::default(),
        equipment: BTreeMap::new(),
        legs: Vec::with_capacity(rows.len()),
    };
    for row in rows {
        let seconds = row
            .answered_at
            .map_or(0, |answered| seconds_between(answered, row.ended_at));
        for sum in [
            &mut usage.total,
            usage.equipment.entry(row.via.clone()).or_default(),
        ] {
            sum.legs += 1;
            sum.answered += i64::from(row.answered_at.is_some());
            sum.seconds += seconds;
        }
        usage.legs.push(LegUsage {
            leg: row.id,
            request: row.request,
            party: row.party,
            equipment: row.via,
            number: row.phone.masked(),
            answered_at: row.answered_at,
            ended_at: row.ended_at,
            ended: row.ended,
            seconds,
        });
    }
    Ok(usage)
}
