//! The edge's own schema and way to the database.

#[path = "../../../edge/src/store/schema.rs"]
pub(crate) mod schema;
#[path = "../../../edge/src/store/sql.rs"]
pub(crate) mod sql;
