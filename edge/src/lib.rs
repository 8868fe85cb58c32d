//! The edge worker: where a request comes in. It knows routes and bounds, finds the object that owns the business, and
//! hands the request to it. What the request means is decided there; see ARCHITECTURE.md for the whole way.

mod answer;
mod assets;
mod business;
mod cache;
mod call;
mod challenge;
mod clock;
mod cookie;
mod exchange;
mod fault;
mod forward;
mod guard;
mod identity;
mod network;
mod number;
mod outbox;
mod page;
mod rings;
mod route;
mod secret;
mod send;
mod setting;
mod shed;
mod signer;
mod socket;
mod store;
mod vault;

#[cfg(target_arch = "wasm32")]
const _: () = assert!(
    !acd::mutant::COMPILED,
    "bugs on purpose are for edge/chaos: build the worker without the feature `mutants`"
);

use forward::Routed;
use worker::{Context, Env, Request, Result, event};

/// Every request comes in here. An error on our side is logged and answered as a problem without its cause.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Routed> {
    let response = match route::dispatch(request, &env).await {
        Ok(Routed::Here(response)) => response,
        Ok(passed) => return Ok(passed),
        Err(error) => answer::failure(&error)?,
    };
    Ok(Routed::Here(guard::guard(
        response,
        &setting::Settings::new(&env),
    )?))
}
