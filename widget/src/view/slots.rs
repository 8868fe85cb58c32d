//! The times offered for later: a row of days, and the times of the day looked at.

use super::Panel;
use super::element::El;
use super::part::{button, error, error_id, radio};
use crate::model::{Field, Model, Msg, Slots, Time};
use crate::word;

pub(super) fn slots(panel: Panel) -> El {
    let loading = |model: &Model| matches!(model.slots, Slots::Asked(_) | Slots::Unasked);
    let failed = |model: &Model| matches!(model.slots, Slots::Failed(_));
    let full = |model: &Model| !matches!(&model.slots, Slots::Known(_, times) if times.is_empty());
    let none = |model: &Model| model.slots.times().is_empty();
    let days = panel
        .el("div")
        .class("days")
        .attr("role", "radiogroup")
        .attr_say("aria-label", &word::DAY)
        .hidden_if(none)
        .region(
            |model| model.slots.days(),
            |panel, days| days.iter().map(|it| day(panel, it)).collect(),
        );
    let times = panel
        .el("div")
        .class("times")
        .attr("role", "radiogroup")
        .attr_say("aria-label", &word::TIME)
        .attr("aria-describedby", &error_id(Field::Slot))
        .hidden_if(none)
        .region(of_day, |panel, times| {
            times.iter().map(|it| time(panel, it)).collect()
        });
    panel
        .el("div")
        .class("slots")
        .id(Field::Slot.id())
        .attr("tabindex", "-1")
        .attr_of("aria-busy", move |model| {
            loading(model).then(|| "true".to_owned())
        })
        .inside(&[
            panel
                .el("div")
                .class("skeleton")
                .hidden_if(move |model| !loading(model))
                .inside(&[panel.el("i").class("wide"), panel.el("i").class("tall")]),
            panel.el("p").class("hint").say(&word::NO_SLOTS).hidden_if(full),
            panel
                .el("p")
                .class("hint")
                .hidden_if(move |model| !failed(model))
                .inside(&[
                    panel.el("span").say(&word::SLOTS_FAILED),
                    button(panel, "link", &word::TRY_AGAIN, || Msg::Retry),
                ]),
            days,
            times,
            panel
                .el("p")
                .class("hint")
                .hidden_if(none)
                .say_of(|model| model.zone.as_deref().map(word::your_zone)),
            error(panel, Field::Slot),
        ])
}

fn of_day(model: &Model) -> Vec<Time> {
    model
        .slots
        .times()
        .iter()
        .filter(|time| Some(&time.day) == model.form.day.as_ref())
        .cloned()
        .collect()
}

fn day(panel: Panel, day: &str) -> El {
    let (checked, chosen) = (day.to_owned(), day.to_owned());
    let radio = radio(panel, "day", day)
        .checked_if(move |model| model.form.day.as_ref() == Some(&checked))
        .on("change", move |_| Msg::Day(chosen.clone()));
    panel
        .el("label")
        .class("chip")
        .inside(&[radio, panel.el("span").text(day)])
}

fn time(panel: Panel, time: &Time) -> El {
    let at = time.at;
    let radio = radio(panel, "slot", &at.0.to_string())
        .checked_if(move |model| model.form.slot == Some(at))
        .on("change", move |_| Msg::Slot(at));
    panel
        .el("label")
        .class("chip")
        .inside(&[radio, panel.el("span").class("num").text(&time.window)])
}
