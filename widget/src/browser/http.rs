//! The edge's HTTP interface, as far as the panel uses it.

use super::clock::date_and_time;
use crate::model::{Miss, Offer, Ticket};
use crate::wire;
use shared::presence::SiteView;
use shared::request::{Accepted, CallRequest, RequestView};
use shared::{Millis, SkillId};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// An answer that takes longer counts as none.
const TIMEOUT_MS: u32 = 8_000;

type Answer<T> = Result<T, Miss>;

struct Ask {
    method: &'static str,
    path: String,
    header: Option<(&'static str, String)>,
    body: Option<String>,
}

pub(super) fn site(site: &str) -> impl Future<Output = Answer<SiteView>> + use<> {
    ask(get(format!("/v1/sites/{site}"), None), wire::site)
}

pub(super) fn slots(site: &str, skill: Option<&SkillId>) -> impl Future<Output = Answer<Vec<Offer>>> + use<> {
    let wish = skill.map(|skill| format!("?skill={skill}")).unwrap_or_default();
    ask(get(format!("/v1/sites/{site}/slots{wish}"), None), |tree| {
        let write = date_and_time();
        let offer = |at: Millis| {
            let (day, time) = write(at);
            Offer { at, day, time }
        };
        Some(wire::slots(tree)?.slots.into_iter().map(offer).collect())
    })
}

pub(super) fn post(site: &str, key: String, body: &CallRequest) -> impl Future<Output = Answer<Accepted>> + use<> {
    let asked = Ask {
        method: "POST",
        path: format!("/v1/sites/{site}/requests"),
        header: Some(("Idempotency-Key", key)),
        body: Some(wire::call_request(body)),
    };
    ask(asked, wire::accepted)
}

pub(super) fn request(site: &str, ticket: Ticket) -> impl Future<Output = Answer<RequestView>> + use<> {
    ask(get(format!("/v1/sites/{site}/requests/{}", ticket.id), Some(ticket)), wire::request)
}

pub(super) fn cancel(site: &str, ticket: Ticket) -> impl Future<Output = Answer<RequestView>> + use<> {
    let asked = get(format!("/v1/sites/{site}/requests/{}", ticket.id), Some(ticket));
    ask(Ask { method: "DELETE", ..asked }, wire::request)
}

fn get(path: String, ticket: Option<Ticket>) -> Ask {
    let header = ticket.map(|ticket| ("Authorization", format!("Bearer {}", ticket.receipt)));
    Ask { method: "GET", path, header, body: None }
}

async fn ask<T>(asked: Ask, read: impl FnOnce(&JsValue) -> Option<T>) -> Answer<T> {
    let Some((status, tree)) = fetch(&asked).await else { return Err(Miss::Unreachable) };
    if (200..300).contains(&status) {
        return read(&tree).ok_or(Miss::Unreachable);
    }
    // A failure of the server's own can pass; a refusal stays one.
    match wire::problem(&tree) {
        Some(problem) if status < 500 || status == 503 => Err(Miss::Refused(problem)),
        _ => Err(Miss::Unreachable),
    }
}

/// The status and the JSON of an answer. What browser and network report as an error is no answer.
async fn fetch(asked: &Ask) -> Option<(u16, JsValue)> {
    let headers = Headers::new().ok()?;
    if let Some((name, value)) = &asked.header {
        headers.set(name, value).ok()?;
    }
    let init = RequestInit::new();
    init.set_method(asked.method);
    if let Some(body) = &asked.body {
        headers.set("Content-Type", "application/json").ok()?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
    let response = web_sys::window()?.fetch_with_str_and_init(&asked.path, &init);
    let response: Response = JsFuture::from(response).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Some((response.status(), wire::parse(&text)?))
}
