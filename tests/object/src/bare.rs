//! The object.

use worker::{DurableObject, Env, Error, Request, Response, Result, SqlStorageValue, State, durable_object};

/// One row per request.
#[durable_object]
#[derive(Debug)]
pub struct Bare(State);

#[expect(
    clippy::disallowed_methods,
    reason = "as the runtime's bindings have it: that is what is measured"
)]
impl DurableObject for Bare {
    fn new(state: State, _env: Env) -> Self {
        let table = "CREATE TABLE IF NOT EXISTS request (id TEXT PRIMARY KEY, body TEXT NOT NULL)";
        // Without it the first request fails, and tells.
        drop(state.storage().sql().exec(table, None));
        Self(state)
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|error| Error::from(error.to_string()))?;
        let id = format!("{:032x}", u128::from_ne_bytes(random));
        let values: Vec<SqlStorageValue> = vec![id.as_str().into(), request.text().await?.into()];
        let sql = self.0.storage().sql();
        sql.exec("INSERT INTO request (id, body) VALUES (?, ?)", values)?;
        let response = Response::ok(format!(r#"{{"id":"{id}"}}"#))?.with_status(201);
        response.headers().set("content-type", "application/json")?;
        Ok(response)
    }
}
