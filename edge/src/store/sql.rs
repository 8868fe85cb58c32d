//! SQL and transactions, with every JavaScript exception caught.
//!
//! The runtime's own bindings let an exception unwind through WebAssembly: the request is then never answered and the
//! object's instance is reset. These few lines declare the same methods with `catch`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::AssertUnwindSafe;
use wasm_bindgen::prelude::*;
use worker::{Error, Result, Storage};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = js_sys::Object)]
    type JsSql;
    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &JsSql, query: &str, values: js_sys::Array) -> Result<JsCursor, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type JsCursor;
    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &JsCursor) -> Result<js_sys::Array, JsValue>;

    #[wasm_bindgen(extends = js_sys::Object)]
    type JsStorage;
    #[wasm_bindgen(method, getter)]
    fn sql(this: &JsStorage) -> JsSql;
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(
        this: &JsStorage,
        body: &mut dyn FnMut() -> Result<JsValue, JsValue>,
    ) -> Result<JsValue, JsValue>;
}

/// The highest sum that is kept: what crosses as a double is exact up to here.
const MOST: u64 = (1 << 53) - 1;

/// A sum as the database keeps it: what is more than it can be is as much as it can.
pub(crate) fn sum(sum: u64) -> Bind {
    Bind::Int(i64::try_from(sum.min(MOST)).unwrap_or(i64::MAX))
}

/// A value to bind. Integers must stay below 2^53: they cross as doubles. There is no boolean: it would be stored as text.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
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

impl From<i64> for Bind {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<shared::Millis> for Bind {
    fn from(at: shared::Millis) -> Self {
        Self::Int(at.0)
    }
}

impl<T: Into<Bind>> From<Option<T>> for Bind {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Values as the runtime takes them. They cross at once, as JSON: one by one they cost more than what they are written by.
fn bound(values: impl IntoIterator<Item = Bind>) -> Result<js_sys::Array> {
    let values: Vec<Bind> = values.into_iter().collect();
    if values.is_empty() {
        return Ok(js_sys::Array::new());
    }
    let values = js_sys::JSON::parse(&serde_json::to_string(&values)?).map_err(Error::from)?;
    Ok(values.unchecked_into())
}

/// An object's database.
pub(crate) struct Db(Storage);

impl Db {
    pub(crate) fn new(storage: Storage) -> Self {
        Self(storage)
    }

    fn raw(&self) -> &JsStorage {
        let raw: &JsValue = self.0.as_raw().as_ref();
        raw.unchecked_ref()
    }

    /// Runs one statement and reads all its rows.
    pub(crate) fn rows<T: DeserializeOwned>(
        &self,
        query: &str,
        values: impl IntoIterator<Item = Bind>,
    ) -> Result<Vec<T>> {
        let rows = self
            .raw()
            .sql()
            .exec(query, bound(values)?)
            .and_then(|cursor| cursor.to_array())
            .map_err(Error::from)?;
        rows.iter()
            .map(|row| serde_wasm_bindgen::from_value(row).map_err(Error::from))
            .collect()
    }

    /// Runs one statement and reads its first row, if there is one.
    pub(crate) fn row<T: DeserializeOwned>(
        &self,
        query: &str,
        values: impl IntoIterator<Item = Bind>,
    ) -> Result<Option<T>> {
        Ok(self.rows(query, values)?.into_iter().next())
    }

    /// Runs a statement for what it does.
    pub(crate) fn run(&self, query: &str, values: impl IntoIterator<Item = Bind>) -> Result<()> {
        self.raw()
            .sql()
            .exec(query, bound(values)?)
            .map_err(Error::from)?;
        Ok(())
    }

    /// Does everything in `body` or nothing of it. An error of `body` rolls back and is passed on.
    pub(crate) fn transaction<T>(&self, mut body: impl FnMut() -> Result<T>) -> Result<T> {
        let (mut done, mut failed) = (None, None);
        let outcome = {
            let mut state = AssertUnwindSafe((&mut body, &mut done, &mut failed));
            self.raw().transaction_sync(&mut move || {
                let AssertUnwindSafe((body, done, failed)) = &mut state;
                match body() {
                    Ok(value) => {
                        **done = Some(value);
                        Ok(JsValue::UNDEFINED)
                    }
                    Err(error) => {
                        **failed = Some(error);
                        Err(JsValue::from_str("rolled back"))
                    }
                }
            })
        };
        match (outcome, done, failed) {
            (Ok(_), Some(value), _) => Ok(value),
            (_, _, Some(error)) => Err(error),
            (Err(error), ..) => Err(error.into()),
            (Ok(_), None, None) => Err("the transaction's body did not run".into()),
        }
    }
}
