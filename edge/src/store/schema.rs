//! Numbered migrations, applied in order when an object wakes. A migration that has been released is never edited.

use crate::store::sql::{Bind, Db};
use serde::Deserialize;
use worker::Result;

/// The migrations of one kind of object: the n-th makes version n.
pub(crate) type Migrations = &'static [&'static str];

/// The Business object's.
pub(crate) const BUSINESS: Migrations = &[
    concat!(
        include_str!("business/0001_business.sql"),
        include_str!("outbox.sql")
    ),
    include_str!("business/0002_brain.sql"),
    include_str!("business/0003_equipment.sql"),
    include_str!("business/0004_front_door.sql"),
    include_str!("business/0005_console.sql"),
    include_str!("business/0006_desk.sql"),
    include_str!("business/0007_customer.sql"),
    include_str!("business/0008_webhooks.sql"),
    include_str!("business/0009_retention.sql"),
    include_str!("business/0010_language.sql"),
    include_str!("business/0020_access.sql"),
    include_str!("business/0030_policy.sql"),
    include_str!("business/0040_passkeys.sql"),
    include_str!("business/0041_sign_on.sql"),
    include_str!("business/0050_phone.sql"),
    include_str!("business/0060_chat.sql"),
    include_str!("business/0070_voice.sql"),
    include_str!("business/0080_bills.sql"),
    include_str!("business/0082_secrets.sql"),
    include_str!("business/0083_askers.sql"),
    include_str!("business/0084_audit.sql"),
    include_str!("business/0085_neighbours.sql"),
    include_str!("business/0086_instants.sql"),
];
/// The Exchange object's.
pub(crate) const EXCHANGE: Migrations = &[
    concat!(
        include_str!("exchange/0001_exchange.sql"),
        include_str!("outbox.sql")
    ),
    include_str!("exchange/0002_calls.sql"),
    include_str!("exchange/0003_background.sql"),
];

/// The Rings object's.
pub(crate) const RINGS: Migrations = &[include_str!("rings/0001_rings.sql")];

#[derive(Deserialize)]
struct Version {
    version: i64,
}

#[derive(Deserialize)]
struct Name {}

/// True when the object has ever been written to. Asking about an unknown business must not create anything.
pub(crate) fn exists(db: &Db) -> Result<bool> {
    let query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";
    Ok(db.row::<Name>(query, [])?.is_some())
}

/// Brings the database to the newest version.
///
/// # Errors
/// When the database is newer than this program, which then must not touch it.
pub(crate) fn migrate(db: &Db, migrations: Migrations) -> Result<()> {
    db.transaction(|| {
        db.run(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY) STRICT",
            [],
        )?;
        let found: Option<Version> = db.row(
            "SELECT version FROM schema_version ORDER BY version DESC LIMIT 1",
            [],
        )?;
        let have = found.map_or(0, |row| row.version);
        let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
        if have > known {
            return Err(format!("the database is at version {have}, this program knows {known}").into());
        }
        for (sql, version) in migrations.iter().zip(1..).filter(|(_, version)| *version > have) {
            db.run(sql, [])?;
            db.run(
                "INSERT INTO schema_version (version) VALUES (?)",
                [Bind::Int(version)],
            )?;
        }
        Ok(())
    })
}
