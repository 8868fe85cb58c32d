//! The number: asked for only when none is kept, and never shown whole when one is.

use super::Panel;
use super::element::El;
use super::part::{button, error, error_id, invalid, is_checked, typed};
use super::talk;
use crate::model::{Field, Msg};
use crate::word;

pub(super) fn phone(panel: Panel) -> El {
    panel.el("div").region(
        |model| model.own_number().is_none() || model.form.another,
        |panel, asked| vec![if *asked { ask(panel) } else { kept(panel) }],
    )
}

/// To talk in the browser instead, where that can be had; the number stands in for it.
pub(super) fn voice(panel: Panel) -> El {
    let check = panel
        .el("input")
        .attr("type", "checkbox")
        .id("voice")
        .checked_if(|model| model.form.voice)
        .on("change", |event| Msg::Voice(is_checked(&event)));
    panel
        .el("div")
        .hidden_if(|model| !model.voice_offered())
        .inside(&[
            panel
                .el("label")
                .class("choice")
                .inside(&[check, panel.el("span").say(&word::VOICE)]),
            talk::voice(panel),
        ])
}

fn ask(panel: Panel) -> El {
    let field = Field::Phone;
    let input = panel
        .el("input")
        .attr("type", "tel")
        .id(field.id())
        .attr("name", "phone")
        .attr("autocomplete", "tel")
        .attr("required", "")
        .attr("dir", "ltr")
        .attr("aria-describedby", &format!("{} phone-hint", error_id(field)))
        .attr_of("aria-invalid", invalid(field))
        .value_of(|model| Some(model.form.phone.clone()))
        .on("input", |event| Msg::Phone(typed(&event)))
        .on("change", |_| Msg::PhoneLeft);
    let meant = panel
        .el("p")
        .class("small")
        .id("phone-meant")
        .attr("aria-live", "polite")
        .inside(&[panel.el("b").class("num").say_of(|model| {
            let meant = model.number_meant()?;
            let words = if meant.known {
                word::kept_number
            } else {
                word::odd_number
            };
            Some(words(&meant.international))
        })]);
    panel.el("div").class("field").inside(&[
        panel.el("label").attr("for", field.id()).say(&word::PHONE),
        input,
        error(panel, field),
        meant,
        panel
            .el("p")
            .class("hint")
            .id("phone-hint")
            .hidden_if(|model| model.number_meant().is_some())
            .say(&word::PHONE_HINT),
        button(panel, "link", &word::USE_KEPT, || Msg::UseKept)
            .hidden_if(|model| model.own_number().is_none()),
    ])
}

fn kept(panel: Panel) -> El {
    let number = panel.el("p").class("label num").say_of(|model| {
        let number = model.own_number()?;
        Some(word::kept_number(&number.masked()))
    });
    panel.el("div").class("field").id("kept-phone").inside(&[
        number,
        panel.el("p").class("row").inside(&[
            button(panel, "link", &word::USE_ANOTHER, || Msg::UseAnother),
            button(panel, "link", &word::FORGET, || Msg::ForgetNumber)
                .hidden_if(|model| model.own_number() != model.kept.as_ref()),
        ]),
    ])
}
