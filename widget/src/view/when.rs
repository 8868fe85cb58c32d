//! Now or later.

use super::element::El;
use super::part::radio;
use super::slots;
use crate::browser::Panel;
use crate::model::{Model, Msg, When};
use crate::word;

pub(super) fn when(panel: Panel) -> El {
    let closed = |model: &Model| !model.now_possible();
    let choices = [
        choice(panel, When::Now, "now", word::NOW, closed),
        choice(panel, When::Later, "later", word::LATER, |_| false),
    ];
    panel
        .el("fieldset")
        .id("when")
        .attr("role", "radiogroup")
        .attr("aria-describedby", "when-closed")
        .inside(&[
            panel.el("legend").text(word::WHEN),
            panel.el("div").class("segmented").inside(&choices),
            panel
                .el("p")
                .class("hint")
                .id("when-closed")
                .text(word::NOW_CLOSED)
                .hidden_if(Model::now_possible),
            panel.el("div").region(
                |model| model.when() == When::Later,
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

fn choice(panel: Panel, when: When, value: &str, words: &str, closed: fn(&Model) -> bool) -> El {
    let radio = radio(panel, "when", value)
        .attr_if("disabled", closed)
        .checked_if(move |model| model.when() == when)
        .on("change", move |_| Msg::When(when));
    panel.el("label").inside(&[radio, panel.el("span").text(words)])
}
