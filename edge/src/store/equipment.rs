//! What is kept of a business's equipment besides its document: sealed credentials, and the last fault.

use crate::store::sql::Db;
use serde::Deserialize;
use shared::{EquipmentId, Millis};
use worker::Result;

/// Credentials as they are kept, and the last fault.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Kept {
    pub(crate) sealed: Option<String>,
    pub(crate) fault: Option<String>,
    pub(crate) fault_at: Option<Millis>,
}

pub(crate) fn kept(db: &Db, id: &EquipmentId) -> Result<Kept> {
    let row = db.row(
        "SELECT sealed, fault, fault_at FROM equipment WHERE id = ?",
        [id.as_str().into()],
    )?;
    Ok(row.unwrap_or_default())
}

/// Keeps credentials; those before are gone, and so is the fault that they may have caused.
pub(crate) fn keep_sealed(db: &Db, id: &EquipmentId, sealed: &str) -> Result<()> {
    db.run(
        "INSERT INTO equipment (id, sealed) VALUES (?, ?)
         ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, fault = NULL, fault_at = NULL",
        [id.as_str().into(), sealed.into()],
    )
}

/// Forgets credentials; `why` is what is wrong with it until it has new ones.
pub(crate) fn forget_sealed(db: &Db, id: &EquipmentId, why: &str, now: Millis) -> Result<()> {
    db.run(
        "UPDATE equipment SET sealed = NULL, fault = ?, fault_at = ? WHERE id = ?",
        [why.into(), now.into(), id.as_str().into()],
    )
}

/// Notes what went wrong last.
pub(crate) fn keep_fault(db: &Db, id: &EquipmentId, fault: &str, now: Millis) -> Result<()> {
    db.run(
        "INSERT INTO equipment (id, fault, fault_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET fault = excluded.fault, fault_at = excluded.fault_at",
        [id.as_str().into(), fault.into(), now.into()],
    )
}
