//! The interface of the object's database, over a SQLite of this process.

use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::Millis;
use worker::{Error, Result};

/// A value to bind.
pub(crate) enum Bind {
    Text(String),
    Int(i64),
}

impl From<&str> for Bind {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Bind {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Millis> for Bind {
    fn from(at: Millis) -> Self {
        Self::Int(at.0)
    }
}

impl From<Bind> for Sql {
    fn from(bind: Bind) -> Self {
        match bind {
            Bind::Text(text) => Self::Text(text),
            Bind::Int(number) => Self::Integer(number),
        }
    }
}

/// An exchange's database.
pub(crate) struct Db(Connection);

impl Db {
    pub(crate) fn empty() -> Self {
        let db = Connection::open_in_memory().expect("SQLite in memory");
        // An exchange has the fewest tables beside it.
        let migrations = [
            include_str!("../../src/store/exchange/0001_exchange.sql"),
            include_str!("../../src/store/outbox.sql"),
            include_str!("../../src/store/exchange/0002_calls.sql"),
            include_str!("../../src/store/exchange/0003_background.sql"),
        ];
        for migration in migrations {
            db.execute_batch(migration).expect("a migration");
        }
        Self(db)
    }

    /// The number that the next row will have.
    pub(crate) fn next_seq(&self) -> i64 {
        let query = "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) + 1";
        self.0.query_row(query, [], |row| row.get(0)).expect("a number")
    }

    pub(crate) fn rows<T: DeserializeOwned>(
        &self,
        query: &str,
        values: impl IntoIterator<Item = Bind>,
    ) -> Result<Vec<T>> {
        let read = || {
            let mut statement = self.0.prepare(query)?;
            let names: Vec<String> = statement.column_names().into_iter().map(Into::into).collect();
            let values = params_from_iter(values.into_iter().map(Sql::from));
            statement
                .query_map(values, |row| json(row, &names))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| Error::from(error.to_string()))?;
        rows.into_iter()
            .map(|row| serde_json::from_value(row).map_err(Error::from))
            .collect()
    }

    pub(crate) fn row<T: DeserializeOwned>(
        &self,
        query: &str,
        values: impl IntoIterator<Item = Bind>,
    ) -> Result<Option<T>> {
        Ok(self.rows(query, values)?.into_iter().next())
    }

    pub(crate) fn run(&self, query: &str, values: impl IntoIterator<Item = Bind>) -> Result<()> {
        self.rows::<Value>(query, values).map(drop)
    }
}

fn json(row: &Row<'_>, names: &[String]) -> rusqlite::Result<Value> {
    let mut fields = Map::new();
    for (at, name) in names.iter().enumerate() {
        let value = match row.get_ref(at)? {
            ValueRef::Integer(number) => number.into(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
            ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
        };
        fields.insert(name.clone(), value);
    }
    Ok(Value::Object(fields))
}
