//! Rows that anybody can have made, as many as there may be: whoever makes too many displaces their own, and nobody else's.

use crate::store::sql::Db;
use worker::Result;

/// Takes the oldest row of the asker who has the most, where a table has one more than it may. Whoever nobody knows is one asker.
pub(crate) fn thin(db: &Db, table: &str, most: i64) -> Result<()> {
    let statement = format!(
        "DELETE FROM {table} WHERE (SELECT COUNT(*) FROM {table}) > ? AND rowid = (SELECT rowid FROM {table}
           WHERE asker IS (SELECT asker FROM {table} GROUP BY asker ORDER BY COUNT(*) DESC, MIN(made_at) LIMIT 1)
           ORDER BY made_at, rowid LIMIT 1)"
    );
    db.run(&statement, [most.into()])
}
