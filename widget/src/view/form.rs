//! The form: one question after the other, and a button that says what will happen.

use super::part::dot;
use super::{consent, frame, note, phone, share, when, who};
use crate::browser::Panel;
use crate::model::{Model, Msg, When, Who};
use crate::word;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

pub(super) fn form(panel: Panel) -> impl IntoView {
    let sending = move || panel.read(|model| model.sending());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        panel.send(Msg::Send(Panel::fresh_key()));
    };
    view! {
        <form class="body" id="ask" novalidate aria-labelledby="heading" on:submit=submit>
            <div class="fields" inert=sending>
                <div>
                    <h1 id="heading" tabindex="-1">{word::TITLE}</h1>
                    <p class="muted">{word::TITLE_MORE}</p>
                </div>
                {frame::notice(panel)}
                {who::who(panel)}
                {when::when(panel)}
                {phone::phone(panel)}
                {note::note(panel)}
                {share::share(panel)}
                {consent::consent(panel)}
            </div>
            <footer class="foot">
                <button class="button primary block" id="send" aria-disabled=move || sending().then_some("true")>
                    <i class="spinner" hidden=move || !sending()></i>
                    {move || if sending() { word::SENDING.into() } else { panel.read(send_text) }}
                </button>
                <p class="small muted">
                    {dot(move || panel.read(|model| model.availability()))}
                    {move || panel.read(after_send)}
                </p>
            </footer>
        </form>
    }
}

fn send_text(model: &Model) -> String {
    let wait = match model.skill_asked() {
        Some(skill) => model.skill(skill.as_str()).and_then(|skill| skill.wait),
        None => model.site.as_ref().and_then(|site| site.anyone.wait),
    };
    let chosen = model.slots.offers().iter().find(|offer| Some(offer.at) == model.form.slot);
    let chosen = chosen.map(|offer| format!("{}, {}", offer.day, offer.time));
    word::send(model.when() == When::Now, model.availability(), wait, chosen.as_deref())
}

fn after_send(model: &Model) -> String {
    let expert = model.expert().filter(|_| matches!(model.form.who, Some(Who::Expert(_))));
    word::after_send(model.when() == When::Now, expert.map(|expert| first_name(&expert.name)))
}

/// The first word of a name.
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
