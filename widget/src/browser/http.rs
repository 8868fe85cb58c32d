//! The edge's HTTP interface, as far as the panel uses it.

use super::host::set;
use super::words::Writer;
use crate::model::{Miss, Ticket, Time, Whom};
use crate::wire;
use js_sys::Object;
use shared::Millis;
use shared::request::CallRequest;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Response};

/// An answer that takes longer counts as none.
const TIMEOUT_MS: u32 = 8_000;

/// The parsed JSON of a good answer.
pub(super) type Answer = Result<JsValue, Miss>;

/// A call of the interface, not yet made.
pub(super) struct Ask {
    method: &'static str,
    path: String,
    header: Option<(&'static str, String)>,
    body: Option<String>,
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = first)]
    fn first_text() -> Option<String>;
}

/// The business's presence, if it came before the program did (`widget/first.js`).
pub(super) fn first() -> Option<JsValue> {
    wire::parse(&first_text()?)
}

pub(super) fn site(site: &str) -> Ask {
    get(format!("/v1/sites/{site}"), None)
}

pub(super) fn slots(site: &str, whom: &Whom) -> Ask {
    let mut path = format!("/v1/sites/{site}/slots?");
    if let Some(skill) = &whom.skill {
        path.push_str(&format!("skill={skill}&"));
    }
    if let Some(expert) = &whom.expert {
        path.push_str(&format!("expert={expert}"));
    }
    get(path, None)
}

pub(super) fn customer(site: &str, token: &str) -> Ask {
    Ask {
        method: "POST",
        path: format!("/v1/sites/{site}/customer"),
        header: None,
        body: Some(wire::token(token)),
    }
}

pub(super) fn number(site: &str, text: &str) -> Ask {
    Ask {
        method: "POST",
        path: format!("/v1/sites/{site}/number"),
        header: None,
        body: Some(wire::number_typed(text)),
    }
}

pub(super) fn post(site: &str, key: String, body: &CallRequest) -> Ask {
    Ask {
        method: "POST",
        path: format!("/v1/sites/{site}/requests"),
        header: Some(("Idempotency-Key", key)),
        body: Some(wire::call_request(body)),
    }
}

pub(super) fn request(site: &str, ticket: &Ticket) -> Ask {
    get(format!("/v1/sites/{site}/requests/{}", ticket.id), Some(ticket))
}

pub(super) fn cancel(site: &str, ticket: &Ticket) -> Ask {
    Ask {
        method: "DELETE",
        ..request(site, ticket)
    }
}

pub(super) fn reschedule(site: &str, ticket: &Ticket, slot: Option<Millis>) -> Ask {
    Ask {
        method: "PATCH",
        body: Some(wire::reschedule(slot)),
        ..request(site, ticket)
    }
}

fn get(path: String, ticket: Option<&Ticket>) -> Ask {
    let header = ticket.map(|ticket| ("Authorization", format!("Bearer {}", ticket.receipt)));
    Ask {
        method: "GET",
        path,
        header,
        body: None,
    }
}

/// Reads an answer. One that can't be read is as good as none.
pub(super) fn read<T>(answer: Answer, read: impl FnOnce(&JsValue) -> Option<T>) -> Result<T, Miss> {
    read(&answer?).ok_or(Miss::Unreachable)
}

/// Reads the times offered, as the customer writes them.
pub(super) fn times(tree: &JsValue) -> Option<Vec<Time>> {
    let time = |at: Millis| Time {
        at,
        day: Writer.day(at),
        window: Writer.window(at),
    };
    Some(wire::slots(tree)?.slots.into_iter().map(time).collect())
}

impl Ask {
    /// Makes the call. Not generic over what is read: there is one such future in the program.
    pub(super) async fn send(self) -> Answer {
        let Some((status, tree)) = self.fetch().await else {
            return Err(Miss::Unreachable);
        };
        if (200..300).contains(&status) {
            return Ok(tree);
        }
        // A failure of the server's own can pass; a refusal stays one.
        match wire::problem(&tree) {
            Some(problem) if status < 500 || status == 503 => Err(Miss::Refused(problem)),
            _ => Err(Miss::Unreachable),
        }
    }

    /// The status and the JSON of an answer. What browser and network report as an error is no answer.
    async fn fetch(self) -> Option<(u16, JsValue)> {
        let (init, headers) = (Object::new(), Object::new());
        let method = JsValue::from_str(self.method);
        let signal = AbortSignal::timeout_with_u32(TIMEOUT_MS);
        if let Some((name, value)) = &self.header {
            set(&headers, name, &JsValue::from_str(value));
        }
        if let Some(body) = &self.body {
            set(&headers, "Content-Type", &JsValue::from_str("application/json"));
            set(&init, "body", &JsValue::from_str(body));
        }
        set(&init, "method", &method);
        set(&init, "headers", &headers);
        set(&init, "signal", &signal);
        // What was full a moment ago may be asked for again at once.
        set(&init, "cache", &JsValue::from_str("no-store"));
        let response = web_sys::window()?.fetch_with_str_and_init(&self.path, init.unchecked_ref());
        let response: Response = JsFuture::from(response).await.ok()?.unchecked_into();
        let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
        Some((response.status(), wire::parse(&text)?))
    }
}
