//! The number: asked for only when none is kept, and never shown whole when one is.

use super::part::{button, error, error_id, invalid};
use crate::browser::Panel;
use crate::model::{Field, Msg};
use crate::word;
use leptos::prelude::*;

pub(super) fn phone(panel: Panel) -> impl IntoView {
    let asked = Memo::new(move |_| panel.read(|model| model.kept.is_none() || model.form.another));
    move || if asked.get() { ask(panel).into_any() } else { kept(panel).into_any() }
}

fn ask(panel: Panel) -> impl IntoView {
    let back = move || panel.read(|model| model.kept.is_some());
    view! {
        <div class="field">
            <label for=Field::Phone.id()>{word::PHONE}</label>
            <input
                type="tel"
                id=Field::Phone.id()
                name="phone"
                autocomplete="tel"
                inputmode="tel"
                required
                dir="ltr"
                aria-describedby=format!("{} phone-hint", error_id(Field::Phone))
                aria-invalid=invalid(panel, Field::Phone)
                prop:value=move || panel.read(|model| model.form.phone.clone())
                on:input=move |event| panel.send(Msg::Phone(event_target_value(&event)))
            />
            {error(panel, Field::Phone)}
            <p class="hint" id="phone-hint">{word::PHONE_HINT}</p>
            <p hidden=move || !back()>{button(panel, "link", word::USE_KEPT, || Msg::UseKept)}</p>
        </div>
    }
}

fn kept(panel: Panel) -> impl IntoView {
    let words = move || panel.read(|model| model.kept.as_ref().map(|kept| word::kept_number(&kept.masked())));
    view! {
        <div class="field" id="kept-phone">
            <p class="label num">{words}</p>
            <p class="row">
                {button(panel, "link", word::USE_ANOTHER, || Msg::UseAnother)}
                {button(panel, "link", word::FORGET, || Msg::ForgetNumber)}
            </p>
        </div>
    }
}
