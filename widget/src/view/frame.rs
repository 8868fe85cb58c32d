//! What is around and instead of the form and the call: the top bar, the skeleton, "can't be reached", notices.

use super::Panel;
use super::element::El;
use super::live;
use super::part::{button, call_us, heading, spinner};
use crate::model::{Model, Msg, Notice, Reach};
use crate::word::{self, Say};

/// The top bar: whose panel this is, how to close it, and whether news may be late. Also speaks, for those who listen.
pub(super) fn top(panel: Panel) -> [El; 3] {
    let business = panel
        .el("p")
        .class("business")
        .text_of(|model| model.site.as_ref().map(|site| site.name.clone()));
    let close = button(panel, "close", &word::NOTHING, || Msg::Close)
        .attr_say("aria-label", &word::CLOSE)
        .hidden_if(|model| !model.framed);
    let lost = panel
        .el("span")
        .hidden_if(|model| model.site.is_none() || !model.link.lost())
        .inside(&[spinner(panel), panel.el("span").say(&word::RECONNECTING)]);
    [
        panel.el("header").class("top").inside(&[business, close]),
        panel
            .el("p")
            .class("sr-only")
            .attr("role", "status")
            .id("spoken")
            .say_of(move |model| spoken(panel, model)),
        panel
            .el("p")
            .class("notice lost")
            .attr("role", "status")
            .id("connection")
            .inside(&[lost]),
    ]
}

fn spoken(panel: Panel, model: &Model) -> Option<Say> {
    let request = model.request.as_ref()?;
    let more = live::more(panel, model)?;
    let said = word::spoken(word::live_heading(request), more);
    Some(match live::change(model) {
        Some(why) => word::spoken(said, word::longer(why)),
        None => said,
    })
}

/// The skeleton of the form, while nothing is known.
pub(super) fn loading(panel: Panel) -> El {
    let bones = ["wide", "tall", "tall", "tall", "", "tall"].map(|class| panel.el("i").class(class));
    panel
        .el("section")
        .class("body skeleton")
        .attr("aria-busy", "true")
        .inside(&[heading(panel).class("sr-only").say(&word::LOADING)])
        .inside(&bones)
}

/// The server can't be reached, or knows no such business.
pub(super) fn unreachable(panel: Panel) -> El {
    let unknown = |model: &Model| model.reach == Reach::Unknown;
    let either = move |known: Say, not_known: Say| {
        move |model: &Model| Some(if unknown(model) { &not_known } else { &known }.clone())
    };
    panel.el("section").class("body centre").inside(&[
        heading(panel).say_of(either(word::UNREACHABLE.clone(), word::UNKNOWN_SITE.clone())),
        panel.el("p").class("muted").say_of(either(
            word::UNREACHABLE_MORE.clone(),
            word::UNKNOWN_SITE_MORE.clone(),
        )),
        panel.el("footer").class("foot").inside(&[
            button(panel, "button primary block", &word::TRY_AGAIN, || Msg::Retry),
            call_us(panel),
        ]),
    ])
}

/// Something that belongs to no field.
pub(super) fn notice(panel: Panel) -> El {
    panel
        .el("p")
        .class("notice")
        .attr("data-tone", "danger")
        .attr("role", "alert")
        .id("notice")
        .hidden_if(|model| model.notice.is_none())
        .say_of(|model| match model.notice.as_ref()? {
            Notice::NotSent => Some(word::NOT_SENT.clone()),
            Notice::NotCancelled => Some(word::NOT_CANCELLED.clone()),
            Notice::PageSaidNo => Some(word::PAGE_SAID_NO.clone()),
            Notice::Said(words) => Some(words.clone()),
        })
}
