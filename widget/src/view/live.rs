//! A request that goes on: booked, in line, calling, talking.

use super::element::El;
use super::part::{button, heading};
use super::{frame, legs};
use crate::browser::{Panel, date_and_time};
use crate::model::{Model, Msg};
use crate::word;
use shared::call::RequestState;

/// What the middle of the screen shows.
#[derive(Clone, Copy, PartialEq)]
enum Middle {
    Booked,
    Waiting,
    Call,
}

pub(super) fn live(panel: Panel) -> El {
    let middle = panel.el("div").region(middle, |panel, middle| match middle {
        Some(Middle::Booked) => vec![booked(panel)],
        Some(Middle::Waiting) => vec![waiting(panel)],
        Some(Middle::Call) => vec![legs::legs(panel)],
        None => Vec::new(),
    });
    let words = panel.el("div").inside(&[
        heading(panel).text_of(|model| model.request.as_ref().map(word::live_heading)),
        panel
            .el("p")
            .class("muted")
            .id("more")
            .text_of(|model| model.request.as_ref().map(word::live_more)),
    ]);
    let go_on = panel.el("p").class("small muted").text(word::GO_ON);
    let cancel = button(panel, "button block", "", || Msg::Cancel)
        .id("cancel")
        .attr_of("aria-disabled", |model| {
            model.cancelling.then(|| "true".to_owned())
        })
        .text_of(|model| {
            let talking = model
                .request
                .as_ref()
                .is_some_and(|request| request.state == RequestState::Connected);
            let words = if talking { word::END_CALL } else { word::CANCEL };
            Some(if model.cancelling { word::CANCELLING } else { words }.to_owned())
        });
    panel.el("section").class("body centre live").inside(&[
        frame::notice(panel),
        middle,
        words,
        go_on.hidden_if(|model| self::middle(model) != Some(Middle::Waiting)),
        panel.el("footer").class("foot").inside(&[cancel]),
    ])
}

fn middle(model: &Model) -> Option<Middle> {
    Some(match model.request.as_ref()?.state {
        RequestState::Scheduled => Middle::Booked,
        RequestState::Queued => Middle::Waiting,
        _ => Middle::Call,
    })
}

fn booked(panel: Panel) -> El {
    let slot = panel.peek(|model| model.request.as_ref().and_then(|request| request.slot));
    let (day, time) = slot.map(date_and_time()).unwrap_or_default();
    panel.el("p").class("big num").id("slot-chosen").inside(&[
        panel.el("span").text(&time),
        panel.el("small").text(&day),
        panel
            .el("small")
            .class("muted")
            .text_of(|model| model.zone.as_deref().map(word::your_zone)),
    ])
}

fn waiting(panel: Panel) -> El {
    let place = panel.el("span").text_of(|model| {
        let place = model.request.as_ref()?.position;
        Some(place.map_or_else(|| "…".into(), |place| place.to_string()))
    });
    panel
        .el("p")
        .class("big num ring")
        .id("position")
        .attr("aria-hidden", "true")
        .inside(&[place])
}
