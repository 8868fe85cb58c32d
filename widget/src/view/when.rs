//! Now or later, as far as either is offered.

use super::Panel;
use super::element::El;
use super::form::first_name;
use super::part::radio;
use super::slots;
use crate::model::{Model, Msg, When};
use crate::word::{self, Say};
use shared::presence::Offer;

pub(super) fn when(panel: Panel) -> El {
    let closed = |model: &Model| !model.now_possible();
    let soon = |model: &Model| {
        let busy = model.offer() == Some(Offer::Wait);
        Some(if busy {
            word::SOON.clone()
        } else {
            word::NOW.clone()
        })
    };
    let later = |_: &Model| Some(word::LATER.clone());
    let choices = [
        choice(panel, When::Now, "now", soon, closed),
        choice(panel, When::Later, "later", later, |_| false),
    ];
    panel
        .el("fieldset")
        .id("when")
        .attr("role", "radiogroup")
        .attr("aria-describedby", "when-closed")
        .attr_of("data-offer", |model| Some(model.offer()?.as_str().to_owned()))
        .hidden_if(Model::only_now)
        .inside(&[
            panel.el("legend").say(&word::WHEN),
            panel
                .el("div")
                .class("segmented")
                .hidden_if(Model::closed)
                .inside(&choices),
            panel
                .el("p")
                .class("hint")
                .id("when-closed")
                .say_of(move |model| Some(why_not_now(panel, model)))
                .hidden_if(Model::now_possible),
            panel.el("div").region(
                |model| model.when() == When::Later && !model.closed(),
                |panel, later| {
                    if *later {
                        vec![slots::slots(panel)]
                    } else {
                        Vec::new()
                    }
                },
            ),
        ])
}

fn why_not_now(panel: Panel, model: &Model) -> Say {
    let opens = model
        .opens_at()
        .map(|at| panel.writer().when(model.server_now(), at));
    if model.closed() {
        word::closed(opens)
    } else {
        let expert = model.expert_asked().map(|expert| first_name(&expert.name));
        let name = model.aim().map(|aim| aim.name).or(expert);
        word::opens(name, opens)
    }
}

fn choice(
    panel: Panel,
    when: When,
    value: &str,
    words: fn(&Model) -> Option<Say>,
    closed: fn(&Model) -> bool,
) -> El {
    let radio = radio(panel, "when", value)
        .attr_if("disabled", closed)
        .checked_if(move |model| model.when() == when)
        .on("change", move |_| Msg::When(when));
    panel.el("label").inside(&[radio, panel.el("span").say_of(words)])
}
