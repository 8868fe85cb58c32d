//! The page around the panel. It is spoken to at exactly one origin, which the loader put behind the `#` of our address
//! (our own `frame-ancestors` lets no other page frame us), and heard only from that origin and that very window.

use crate::model::Here;
use crate::wire::Tree;
use js_sys::{Object, Reflect};
use shared::call::RequestState;
use shared::request::{CallRequest, Direct, Page, PageVisit};
use shared::{AgentId, Language, Millis, SkillId};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Window};

/// What the page says.
pub(super) enum Heard {
    Here(Box<Here>),
    Opened { focus: bool },
    Closed,
    Leave(bool),
}

/// The page around the panel.
pub(super) struct Host {
    window: Window,
    origin: String,
}

/// The page around the panel, when there is one that names its origin.
pub(super) fn find() -> Option<Host> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    if Object::is(&parent, &window) {
        return None;
    }
    let hash = window.field("location").field("hash").text()?;
    let origin = hash.strip_prefix('#')?.to_owned();
    origin.starts_with("http").then_some(Host {
        window: parent,
        origin,
    })
}

/// Whether the browser has what a call needs.
pub(super) fn can_speak() -> bool {
    let window: JsValue = web_sys::window().into();
    let microphones = window.field("navigator").field("mediaDevices");
    !window.field("RTCPeerConnection").is_nothing() && !microphones.is_nothing()
}

impl Host {
    /// Listens for as long as the document lives.
    pub(super) fn listen(&self, then: impl Fn(Heard) + 'static) {
        let (window, origin) = (self.window.clone(), self.origin.clone());
        listen_to("message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            let theirs = event.source().is_some_and(|source| Object::is(&source, &window));
            if let (true, Some(heard)) = (theirs && event.origin() == origin, read(&event.data())) {
                then(heard);
            }
        });
    }

    pub(super) fn ready(&self) {
        self.say("ready", &[]);
    }

    /// Asks whether a request may go. Nothing of the customer is in it.
    pub(super) fn ask(&self, request: &CallRequest) {
        let text = |text: Option<&str>| text.map_or(JsValue::NULL, JsValue::from_str);
        let to = match &request.to {
            None => JsValue::NULL,
            Some(Direct::Agent(id)) => JsValue::from_str(&format!("agent:{id}")),
            Some(Direct::Centre(id)) => JsValue::from_str(&format!("centre:{id}")),
        };
        let slot = request
            .slot
            .map_or(JsValue::NULL, |at| JsValue::from_f64(at.0 as f64));
        let more = [
            ("skill", text(request.skill.as_ref().map(SkillId::as_str))),
            ("expert", text(request.expert.as_ref().map(AgentId::as_str))),
            ("to", to),
            ("slot", slot),
        ];
        self.say("asking", &more);
    }

    pub(super) fn close(&self) {
        self.say("close", &[]);
    }

    pub(super) fn state(&self, state: Option<RequestState>, text: &str) {
        let state = state.map_or(JsValue::NULL, |state| JsValue::from_str(state.as_str()));
        self.say("state", &[("state", state), ("text", JsValue::from_str(text))]);
    }

    fn say(&self, what: &str, more: &[(&str, JsValue)]) {
        let message = Object::new();
        let head = [
            ("ringback", JsValue::from_f64(1.0)),
            ("type", JsValue::from_str(what)),
        ];
        for (name, value) in head.iter().chain(more) {
            set(&message, name, value);
        }
        // It fails only when the origin is none; then nobody is there to be told.
        drop(self.window.post_message(&message, &self.origin));
    }
}

/// Sets a field of a plain object, which can't fail.
pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &JsValue::from_str(name), value));
}

fn read(data: &JsValue) -> Option<Heard> {
    if data.field("ringback").number() != Some(1.0) {
        return None;
    }
    match data.field("type").text()?.as_str() {
        "opened" => Some(Heard::Opened {
            focus: data.field("focus").as_bool() != Some(false),
        }),
        "closed" => Some(Heard::Closed),
        "answer" => Some(Heard::Leave(data.field("go").as_bool() != Some(false))),
        "context" => Some(Heard::Here(Box::new(here(data)))),
        _ => None,
    }
}

/// What the page tells, as far as it makes sense.
fn here(data: &JsValue) -> Here {
    let page = data.field("page");
    let visits = data.field("trail").items().unwrap_or_default();
    let skills = data.field("skills").items().unwrap_or_default();
    let skill = |tree: &JsValue| tree.text().and_then(|id| SkillId::parse(&id).ok());
    Here {
        page: page.field("url").text().map(|url| Page {
            url,
            title: title(&page),
            context: page.field("context").text().unwrap_or_default(),
        }),
        trail: visits.iter().filter_map(visit).collect(),
        skill: skill(&data.field("skill")),
        skills: skills.iter().filter_map(skill).collect(),
        expert: data
            .field("expert")
            .text()
            .and_then(|id| AgentId::parse(&id).ok()),
        to: data.field("to").text().and_then(|to| Direct::parse(&to)),
        tel: data.field("tel").text(),
        locale: data
            .field("locale")
            .text()
            .and_then(|tag| Language::parse(&tag).ok()),
        asks: data.field("asks").as_bool() == Some(true),
        token: data.field("token").text(),
        phone: data.field("phone").text(),
        note: data.field("note").text(),
        forgets: data.field("keeps").as_bool() == Some(false),
        unshared: Vec::new(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond the range becomes the nearest instant"
)]
fn visit(tree: &JsValue) -> Option<PageVisit> {
    let at = tree.field("at").number().map(|at| Millis(at as i64));
    Some(PageVisit {
        url: tree.field("url").text()?,
        title: title(tree),
        at,
    })
}

fn title(tree: &JsValue) -> String {
    tree.field("title").text().unwrap_or_default()
}

/// Calls back when the device has a network again.
pub(super) fn on_online(then: impl Fn() + 'static) {
    listen_to("online", move |_| then());
}

/// Calls back when the customer presses Escape.
pub(super) fn on_escape(then: impl Fn() + 'static) {
    listen_to("keydown", move |event| {
        if event.field("key").text().as_deref() == Some("Escape") {
            then();
        }
    });
}

/// For as long as the document lives.
fn listen_to(what: &str, then: impl Fn(&Event) + 'static) {
    let then: Box<dyn Fn(Event)> = Box::new(move |event| then(&event));
    let then = Closure::wrap(then).into_js_value();
    if let Some(window) = web_sys::window() {
        drop(window.add_event_listener_with_callback(what, then.unchecked_ref()));
    }
}
