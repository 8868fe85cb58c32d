//! What the edge is measured beside, in the edge's language: an object that keeps each request in one row, as `tests/bare-edge` does in
//! JavaScript.

mod bare;

use worker::{Context, Env, Request, Response, Result, event};

/// Passes every request to the object of its path.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let stub = env.durable_object("BARE")?.get_by_name(&request.path())?;
    stub.fetch_with_request(request).await
}
