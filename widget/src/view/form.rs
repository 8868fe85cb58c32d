//! The form: one question after the other, and a button that says what will happen.

use super::Panel;
use super::element::El;
use super::part::{call_us, dot, heading, spinner};
use super::{consent, frame, note, phone, share, when, who};
use crate::model::{Model, Msg, When};
use crate::word::{self, Say};
use shared::presence::Offer;

pub(super) fn form(panel: Panel) -> El {
    let title = [
        heading(panel).say_of(|model| {
            let aim = model.aim();
            Some(aim.map_or(word::TITLE.clone(), |aim| word::title(aim.name)))
        }),
        panel.el("p").class("muted").say(&word::TITLE_MORE),
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
            // What is typed here is kept in the model while nothing is offered.
            panel.el("div").class("fields").hidden_if(Model::closed).inside(&[
                phone::phone(panel),
                phone::voice(panel),
                note::note(panel),
                share::share(panel),
                consent::consent(panel),
            ]),
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
            panel.el("span").say_of(send_text),
        ]);
    let then = panel
        .el("p")
        .class("small muted")
        .hidden_if(Model::voice)
        .inside(&[
            dot(panel, Model::availability),
            panel.el("span").say_of(after_send),
        ]);
    let ask = panel.el("div").hidden_if(Model::closed).inside(&[send, then]);
    let call = panel
        .el("div")
        .hidden_if(|model| !model.closed())
        .inside(&[call_us(panel)]);
    panel.el("footer").class("foot").inside(&[ask, call])
}

fn send_text(model: &Model) -> Option<Say> {
    if model.sending() {
        return Some(word::SENDING.clone());
    }
    if model.voice() {
        return Some(word::send_voice(model.offer(), model.wait()));
    }
    let times = model.slots.times();
    let chosen = times.iter().find(|time| Some(time.at) == model.form.slot);
    // Where the line breaks, it breaks between the two.
    let whole = |text: &str| text.replace(' ', "\u{a0}");
    let chosen = chosen.map(|time| format!("{}, {}", whole(&time.day), whole(&time.window)));
    Some(word::send(
        model.offer(),
        model.wait(),
        model.when() == When::Later,
        chosen.as_deref(),
    ))
}

fn after_send(model: &Model) -> Option<Say> {
    let (now, expert) = (model.when() == When::Now, model.expert_asked());
    // What happens then stands beside that choice.
    if model.voice() {
        return None;
    }
    if let Some(aim) = model.aim() {
        return Some(word::after_send(now, Some(aim.name), true));
    }
    let sure = !now || expert.is_some_and(|expert| expert.offer == Offer::Now);
    let name = expert.map(|expert| first_name(&expert.name));
    Some(word::after_send(now, name, sure))
}

/// The first word of a name.
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
