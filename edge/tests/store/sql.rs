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
    Null,
}

impl From<&str> for Bind {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Bind {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Bind>> From<Option<T>> for Bind {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
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
            Bind::Null => Self::Null,
        }
    }
}

/// An object's database.
pub(crate) struct Db(Connection);

impl Db {
    /// One that these migrations have made.
    pub(crate) fn of<M: AsRef<str>>(migrations: impl IntoIterator<Item = M>) -> Self {
        let db = Connection::open_in_memory().expect("SQLite in memory");
        for migration in migrations {
            db.execute_batch(migration.as_ref()).expect("a migration");
        }
        Self(db)
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
