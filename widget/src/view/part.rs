//! Parts that several components share.

use super::Panel;
use super::element::El;
use crate::model::{Field, Model, Msg};
use crate::word::{self, Say};
use shared::presence::Availability;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

/// What is wrong with a field, under the id `{field}-error`; nothing while it is right.
pub(super) fn error(panel: Panel, field: Field) -> El {
    panel
        .el("p")
        .class("error")
        .id(&error_id(field))
        .hidden_if(move |model| model.form.error(field).is_none())
        .say_of(move |model| model.form.error(field).cloned())
}

/// The id of a field's error.
pub(super) fn error_id(field: Field) -> String {
    format!("{}-error", field.id())
}

/// `aria-invalid` of a field.
pub(super) fn invalid(field: Field) -> impl Fn(&Model) -> Option<String> {
    move |model| model.form.error(field).map(|_| "true".to_owned())
}

/// The presence dot; the words beside it say the same.
pub(super) fn dot(panel: Panel, availability: impl Fn(&Model) -> Option<Availability> + 'static) -> El {
    panel.el("span").class("dot").attr_of("data-state", move |model| {
        availability(model).map(|it| it.as_str().to_owned())
    })
}

/// Somebody waits for something.
pub(super) fn spinner(panel: Panel) -> El {
    panel.el("i").class("spinner")
}

/// The heading of a screen; it takes the focus when the screen appears.
pub(super) fn heading(panel: Panel) -> El {
    panel.el("h1").id("heading").attr("tabindex", "-1")
}

/// A button.
pub(super) fn button(panel: Panel, class: &str, words: &Say, msg: impl Fn() -> Msg + 'static) -> El {
    panel
        .el("button")
        .attr("type", "button")
        .class(class)
        .say(words)
        .on_click(msg)
}

/// A radio button (or checkbox) with its name and value.
pub(super) fn radio(panel: Panel, name: &str, value: &str) -> El {
    panel
        .el("input")
        .attr("type", "radio")
        .attr("name", name)
        .attr("value", value)
}

/// What stands in an event's control.
pub(super) fn typed(event: &Event) -> String {
    of_target(event, "value").as_string().unwrap_or_default()
}

/// Whether an event's checkbox is on.
pub(super) fn is_checked(event: &Event) -> bool {
    of_target(event, "checked").is_truthy()
}

fn of_target(event: &Event, name: &str) -> JsValue {
    let target = event.target().map_or(JsValue::NULL, JsCast::unchecked_into);
    js_sys::Reflect::get(&target, &JsValue::from_str(name)).unwrap_or_default()
}

/// The business's plain telephone link, when its number is known.
pub(super) fn call_us(panel: Panel) -> El {
    panel
        .el("a")
        .class("button block")
        .id("tel")
        .attr("target", "_top")
        .hidden_if(|model| model.tel().is_none())
        .attr_of("href", |model| model.tel().map(|tel| format!("tel:{tel}")))
        .say_of(|model| model.tel().map(word::call_us))
}
