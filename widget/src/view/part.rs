//! Parts that several components share.

use crate::browser::Panel;
use crate::model::{Field, Msg};
use crate::word;
use leptos::prelude::*;
use shared::presence::Availability;

/// What is wrong with a field, under the id `{field}-error`; nothing while it is right.
pub(super) fn error(panel: Panel, field: Field) -> impl IntoView {
    let words = move || panel.read(|model| model.form.error(field).map(str::to_owned));
    view! {
        <p class="error" id=error_id(field) hidden=move || words().is_none()>
            {move || words().unwrap_or_default()}
        </p>
    }
}

/// The id of a field's error.
pub(super) fn error_id(field: Field) -> String {
    format!("{}-error", field.id())
}

/// `aria-invalid` of a field.
pub(super) fn invalid(panel: Panel, field: Field) -> impl Fn() -> Option<&'static str> + Copy {
    move || panel.read(|model| model.form.error(field).map(|_| "true"))
}

/// The presence dot; the words beside it say the same.
pub(super) fn dot(availability: impl Fn() -> Option<Availability> + Send + 'static) -> impl IntoView {
    view! { <span class="dot" data-state=move || availability().map(Availability::as_str)></span> }
}

/// A button that sends a message.
pub(super) fn button(panel: Panel, class: &'static str, text: &'static str, msg: fn() -> Msg) -> impl IntoView {
    view! { <button type="button" class=class on:click=move |_| panel.send(msg())>{text}</button> }
}

/// The business's plain telephone link, when its number is known.
pub(super) fn call_us(panel: Panel) -> impl IntoView {
    let tel = move || panel.read(|model| model.tel().map(str::to_owned));
    view! {
        <a
            class="button block"
            id="tel"
            hidden=move || tel().is_none()
            href=move || tel().map(|tel| format!("tel:{tel}"))
            target="_top"
        >
            {move || tel().map(|tel| word::call_us(&tel))}
        </a>
    }
}
