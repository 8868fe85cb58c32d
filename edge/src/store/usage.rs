//! What the business used: each leg that has ended, once.

use crate::store::sql::Db;
use serde::Deserialize;
use shared::call::Party;
use shared::usage::{LegUsage, Sum, Usage};
use shared::{Address, EquipmentId, LegId, Millis, RequestId};
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
    phone: Address,
    answered_at: Option<Millis>,
    ended_at: Millis,
    ended: String,
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
