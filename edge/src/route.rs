//! Which object a request belongs to, for the routes of the contract's table. The object decides what it means. Page views alone are
//! answered here.

use crate::answer::{Answer, Stop, finish, json, problem};
use crate::business::{BINDING as BUSINESS, SESSION_COOKIES};
use crate::call::{Call, cookie_in};
use crate::exchange::BINDING as EXCHANGE;
use crate::forward::{Routed, forward};
use crate::setting::Settings;
use crate::{assets, clock, network, number, page, secret, shed};
use contract::route::{Found, find};
use serde::Deserialize;
use shared::SiteId;
use shared::problem::{Problem, ProblemKind};
use std::time::Duration;
use telephony::secret::SecretText;
use worker::{Delay, Env, Headers, Method, Request, RequestInit, Response, Result};

/// How a request is answered, or why not.
type Way = std::result::Result<Routed, Stop>;

/// Finds who answers.
pub(crate) async fn dispatch(request: Request, env: &Env) -> Result<Routed> {
    match place(request, env).await {
        Ok(routed) => Ok(routed),
        Err(stop) => finish(Err(stop)).map(Routed::Here),
    }
}

async fn place(request: Request, env: &Env) -> Way {
    let path = request.path();
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let ours = matches!(
        segments.as_slice(),
        [
            "v1",
            "sites" | "desk" | "session" | "door" | "businesses" | "carriers" | "presence" | "bridges",
            ..
        ] | ["sandbox", ..]
    );
    if !ours {
        return assets::serve(request, env).await.map(Routed::Here);
    }
    if request.method() == Method::Options {
        return preflight(&path).map(Routed::Here);
    }
    // As it was sent: the bindings take methods that they don't know for GET.
    let method = request.inner().method();
    match find(&method, &segments) {
        Found::Route(_) => {}
        Found::Others(methods) => return Ok(Routed::Here(other_methods(&method, &methods)?)),
        Found::Nothing => return Err(nothing_here()),
    }
    let site = match segments.as_slice() {
        ["v1", "sites", site] if request.method() == Method::Get => {
            return page::view(&request, env, site).await;
        }
        ["v1", "sites", site, "number"] if request.method() == Method::Post => {
            return number::answer(request, env, site).await.map(Routed::Here);
        }
        ["v1", "sites" | "businesses" | "door" | "presence", site, ..]
        | ["v1", "carriers", _, site, ..]
        | ["sandbox", "v1", site, ..] => (*site).to_owned(),
        ["v1", "desk" | "session", ..] => return by_cookie(request, env).await,
        ["v1", "bridges"] => return bridges(request, env).await,
        _ => return Err(nothing_here()),
    };
    match segments.as_slice() {
        ["sandbox", ..] => exchange(request, env, &site).await,
        ["v1", "sites", _, "requests"] => ask(request, env, &site).await,
        _ => pass(&request, env, BUSINESS, &site).await,
    }
}

/// A request for a call: the one thing that a crowd may want at once.
async fn ask(request: Request, env: &Env, site: &str) -> Way {
    let of_page = request.headers().has("origin")?;
    let passed = async {
        let network = network::of(request.headers(), &Settings::new(env))?;
        let place = shed::enter(&site_id(site)?, network, clock::now())?;
        if place.lets_others_in() {
            Delay::from(Duration::ZERO).await;
        }
        let passed = pass(&request, env, BUSINESS, site).await;
        drop(place);
        passed
    };
    match passed.await {
        Ok(routed) => Ok(routed),
        Err(stop) => for_pages(of_page, Err(stop)).map(Routed::Here),
    }
}

/// Lets the pages of other origins read the answer, refusals included; those that may not ask have been refused.
pub(crate) fn for_pages(of_page: bool, answer: Answer) -> Answer {
    let response = finish(answer)?;
    if of_page {
        let headers = response.headers();
        headers.set("access-control-allow-origin", "*")?;
        headers.set("access-control-expose-headers", "location, retry-after")?;
    }
    Ok(response)
}

fn site_id(site: &str) -> std::result::Result<SiteId, Stop> {
    SiteId::parse(site).map_err(|_| problem(ProblemKind::NotFound, "There is no such business."))
}

fn other_methods(method: &str, there: &[&str]) -> Result<Response> {
    let words = format!("{method} does not exist here.");
    let response = finish(Err(problem(ProblemKind::MethodNotAllowed, &words)))?;
    response.headers().set("allow", &there.join(", "))?;
    Ok(response)
}

fn nothing_here() -> Stop {
    problem(ProblemKind::NotFound, "There is nothing at this address.")
}

/// A browser on another origin asks whether it may. Only the public calls are for other origins; they carry no cookie,
/// and the object checks the origin of the call itself.
fn preflight(path: &str) -> Answer {
    let response = Response::empty()?.with_status(204);
    if path.starts_with("/v1/sites/") {
        let headers = response.headers();
        headers.set("access-control-allow-origin", "*")?;
        headers.set("access-control-allow-methods", "GET, POST, PATCH, DELETE")?;
        headers.set(
            "access-control-allow-headers",
            "authorization, content-type, idempotency-key, challenge-answer",
        )?;
        headers.set("access-control-max-age", "86400")?;
    }
    Ok(response)
}

/// Only a business has an exchange: without this check a wrong address would make an empty one.
async fn exchange(request: Request, env: &Env, site: &str) -> Way {
    if origins(env, site).await?.is_none() {
        return Err(problem(ProblemKind::NotFound, "There is no such business."));
    }
    pass(&request, env, EXCHANGE, site).await
}

/// The origins of a business's pages; `None` when there is no such business.
pub(crate) async fn origins(env: &Env, site: &str) -> std::result::Result<Option<Vec<String>>, Stop> {
    let Ok(site) = SiteId::parse(site) else {
        return Ok(None);
    };
    let stub = env.durable_object(BUSINESS)?.get_by_name(site.as_str())?;
    let mut answer = stub
        .fetch_with_str(&format!("http://business/v1/sites/{site}/origins"))
        .await?;
    if answer.status_code() == 200 {
        Ok(Some(answer.json().await?))
    } else {
        Ok(None)
    }
}

async fn pass(request: &Request, env: &Env, binding: &str, site: &str) -> Way {
    let site = site_id(site)?;
    forward(request, env, binding, &site).await.map(Routed::Passed)
}

/// Calls of the desk and of the session name their business in the cookie.
async fn by_cookie(request: Request, env: &Env) -> Way {
    let cookies = request.headers().get("cookie")?.unwrap_or_default();
    let session = SESSION_COOKIES
        .iter()
        .find_map(|name| cookie_in(&cookies, name)?.rsplit_once('.'));
    // A cookie of no business that could be is as good as none.
    match session.filter(|(site, _)| SiteId::parse(site).is_ok()) {
        Some((site, _)) => pass(&request, env, BUSINESS, site).await,
        None => Err(problem(ProblemKind::Unauthorized, "Please sign in.")),
    }
}

/// A call initiation names its business in its body, which is signed: it is passed on as it came.
async fn bridges(request: Request, env: &Env) -> Way {
    #[derive(Deserialize)]
    struct Named {
        business: String,
    }
    if request.method() != Method::Post {
        return Err(problem(ProblemKind::MethodNotAllowed, "Only POST exists here."));
    }
    let call = Call::read(request).await?;
    let named = serde_json::from_str::<Named>(&call.body).map_err(|_| {
        problem(
            ProblemKind::InvalidJson,
            "The body must be a JSON object that names its business.",
        )
    })?;
    let unknown = |_| problem(ProblemKind::Unauthorized, "This needs a signature that fits.");
    let site = SiteId::parse(&named.business).map_err(unknown)?;
    let headers = Headers::new();
    for name in [
        "content-type",
        "idempotency-key",
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    ] {
        if let Some(value) = call.header(name)? {
            headers.set(name, &value)?;
        }
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post)
        .with_headers(headers)
        .with_body(Some(call.body.as_str().into()));
    let again = Request::new_with_init(call.url.as_str(), &init)?;
    pass(&again, env, BUSINESS, site.as_str()).await
}

/// Refuses whoever does not show `expected` as a bearer token.
pub(crate) fn require_bearer(call: &Call, expected: &str) -> std::result::Result<(), Stop> {
    match call.bearer()? {
        Some(token) if secret::same(&token, expected) => Ok(()),
        given => {
            let sent = given.and_then(|token| SecretText::sent(&token));
            let words = sent.unwrap_or("This call needs a valid secret.");
            Err(problem(ProblemKind::Unauthorized, words))
        }
    }
}

/// Refuses a browser on an origin that is neither ours nor in `allowed`. Callers that are no browsers send no origin.
pub(crate) fn require_origin(
    call: &Call,
    settings: &Settings,
    allowed: &[String],
) -> std::result::Result<(), Stop> {
    let Some(origin) = call.header("origin")? else {
        return Ok(());
    };
    if origin == settings.public_origin()? || allowed.contains(&origin) {
        return Ok(());
    }
    Err(Problem::new(
        ProblemKind::WrongOrigin,
        format!("Pages of {origin} may not ask here."),
    )
    .at("Origin", "not_allowed")
    .into())
}

/// Nothing at this address, or not with this method.
pub(crate) fn no_route(call: &Call, known: bool) -> Answer {
    if known {
        let method = call.method.to_string();
        return Err(problem(
            ProblemKind::MethodNotAllowed,
            &format!("{method} does not exist here."),
        ));
    }
    Err(nothing_here())
}

/// An answer for any page to read.
pub(crate) fn public_json<T: serde::Serialize>(status: u16, value: &T, cache: &str) -> Answer {
    let response = json(status, value)?;
    response.headers().set("access-control-allow-origin", "*")?;
    response.headers().set("cache-control", cache)?;
    Ok(response)
}
