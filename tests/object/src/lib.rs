//! What the edge is measured beside, in the edge's language: an object that keeps each request in one row, as `tests/bare-edge` does in
//! JavaScript, and one that keeps the rows of an accepted request, by the edge's own schema and way to the database.

mod bare;
mod rows;
#[expect(dead_code, reason = "the edge's own, of which this uses a part")]
mod store;

use worker::{Context, Env, Request, Response, Result, event};

/// Passes every request to the object of its path.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let path = request.path();
    let kind = if path.starts_with("/rows/") {
        "ROWS"
    } else {
        "BARE"
    };
    let stub = env.durable_object(kind)?.get_by_name(&path)?;
    stub.fetch_with_request(request).await
}
