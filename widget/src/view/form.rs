//! The form: one question after the other, and a button that says what will happen.

use super::element::El;
use super::part::{dot, heading, spinner};
use super::{consent, frame, note, phone, share, when, who};
use crate::browser::Panel;
use crate::model::{Model, Msg, When, Who};
use crate::word;

pub(super) fn form(panel: Panel) -> El {
    let title = [
        heading(panel).text(word::TITLE),
        panel.el("p").class("muted").text(word::TITLE_MORE),
    ];
    let fields = panel
        .el("div")
        .class("fields")
        .attr_if("inert", Model::sending)
        .inside(&[
            panel.el("div").inside(&title),
            frame::notice(panel),
            who::who(panel),
            when::when(panel),
            phone::phone(panel),
            note::note(panel),
            share::share(panel),
            consent::consent(panel),
        ]);
    panel
        .el("form")
        .class("body")
        .id("ask")
        .attr("novalidate", "")
        .attr("aria-labelledby", "heading")
        .on("submit", |event| {
            event.prevent_default();
            Msg::Send(Panel::fresh_key())
        })
        .inside(&[fields, foot(panel)])
}

fn foot(panel: Panel) -> El {
    // Not `disabled` while it sends: that would take the focus away.
    let send = panel
        .el("button")
        .class("button primary block")
        .id("send")
        .attr_of("aria-disabled", |model| {
            model.sending().then(|| "true".to_owned())
        })
        .inside(&[
            spinner(panel).hidden_if(|model| !model.sending()),
            panel.el("span").text_of(send_text),
        ]);
    let then = panel.el("p").class("small muted").inside(&[
        dot(panel, Model::availability),
        panel.el("span").text_of(after_send),
    ]);
    panel.el("footer").class("foot").inside(&[send, then])
}

fn send_text(model: &Model) -> Option<String> {
    if model.sending() {
        return Some(word::SENDING.into());
    }
    let wait = match model.skill_asked() {
        Some(skill) => model.skill(skill.as_str()).and_then(|skill| skill.wait),
        None => model.site.as_ref().and_then(|site| site.anyone.wait),
    };
    let chosen = model
        .slots
        .offers()
        .iter()
        .find(|offer| Some(offer.at) == model.form.slot);
    let chosen = chosen.map(|offer| format!("{}, {}", offer.day, offer.time));
    Some(word::send(
        model.when() == When::Now,
        model.availability(),
        wait,
        chosen.as_deref(),
    ))
}

fn after_send(model: &Model) -> Option<String> {
    let expert = model
        .expert()
        .filter(|_| matches!(model.form.who, Some(Who::Expert(_))));
    Some(word::after_send(
        model.when() == When::Now,
        expert.map(|expert| first_name(&expert.name)),
    ))
}

/// The first word of a name.
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
