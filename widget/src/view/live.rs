//! A request that goes on: booked, in line, calling, talking.

use super::Panel;
use super::element::El;
use super::part::{button, heading};
use super::{frame, legs, talk, when};
use crate::model::{Model, Moving, Msg};
use crate::word::{self, Say};
use shared::Millis;
use shared::call::RequestState;
use shared::presence::SLOT_S;
use shared::request::WaitChange;

/// What the middle of the screen shows.
#[derive(Clone, Copy, PartialEq)]
enum Middle {
    Booked(Millis),
    Again(Millis),
    Waiting,
    Call,
}

// Browsers compile a function when it is first called: the first drawing has no need of this one.
#[inline(never)]
pub(super) fn live(panel: Panel) -> El {
    let middle = panel.el("div").region(middle, |panel, middle| match middle {
        Some(Middle::Booked(at)) => vec![booked(
            panel,
            "slot-chosen",
            &panel.writer().window(*at),
            &panel.writer().day(*at),
        )],
        Some(Middle::Again(at)) => vec![booked(
            panel,
            "next-attempt",
            &panel.writer().time(*at),
            &panel.writer().day(*at),
        )],
        Some(Middle::Waiting) => vec![waiting(panel)],
        Some(Middle::Call) => vec![legs::legs(panel)],
        None => Vec::new(),
    });
    let words = panel.el("div").inside(&[
        heading(panel).say_of(|model| model.request.as_ref().map(word::live_heading)),
        panel
            .el("p")
            .class("muted")
            .id("more")
            .attr_of("data-low", |model| Some(model.wait_left()?.low_s.to_string()))
            .attr_of("data-high", |model| Some(model.wait_left()?.high_s.to_string()))
            .say_of(move |model| more(panel, model)),
        panel
            .el("p")
            .class("small muted")
            .id("wait-change")
            .attr_of("data-change", |model| Some(change(model)?.as_str().to_owned()))
            .hidden_if(|model| change(model).is_none())
            .say_of(|model| Some(word::longer(change(model)?))),
    ]);
    let go_on = panel.el("p").class("small muted").say(&word::GO_ON);
    let cancel = button(panel, "button block", &word::NOTHING, || Msg::Cancel)
        .id("cancel")
        .attr_of("aria-disabled", |model| {
            model.cancelling.then(|| "true".to_owned())
        })
        .say_of(|model| {
            let talking = model
                .request
                .as_ref()
                .is_some_and(|request| request.state == RequestState::Connected);
            let words = if talking {
                word::END_CALL.clone()
            } else {
                word::CANCEL.clone()
            };
            Some(if model.cancelling {
                word::CANCELLING.clone()
            } else {
                words
            })
        });
    let elsewhere = panel
        .el("a")
        .class("small")
        .id("elsewhere")
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .attr_of("href", Model::link_elsewhere)
        .hidden_if(|model| model.link_elsewhere().is_none())
        .say(&word::ELSEWHERE);
    let other = button(panel, "link", &word::MOVE, || Msg::Move(true))
        .id("move")
        .hidden_if(|model| !model.movable() || model.moving != Moving::No);
    let chooser = panel.el("div").class("moving").region(
        |model| model.moving != Moving::No,
        |panel, moving| if *moving { vec![chooser(panel)] } else { Vec::new() },
    );
    panel.el("section").class("body centre live").inside(&[
        frame::notice(panel),
        middle,
        words,
        other,
        chooser,
        elsewhere,
        go_on.hidden_if(|model| self::middle(model) != Some(Middle::Waiting)),
        talk::voice(panel),
        talk::talk(panel),
        panel.el("footer").class("foot").inside(&[cancel]),
    ])
}

/// Another time, chosen as the first one was.
fn chooser(panel: Panel) -> El {
    let there = button(panel, "button primary block", &word::MOVE_THERE, || {
        Msg::MoveThere
    })
    .id("move-there")
    .attr_of("aria-disabled", |model| {
        (model.moving == Moving::Sent).then(|| "true".to_owned())
    });
    let keep = button(panel, "link", &word::MOVE_NOT, || Msg::Move(false)).id("move-not");
    panel
        .el("div")
        .class("fields")
        .inside(&[when::when(panel), there, keep])
}

/// What the customer should know or do now.
pub(super) fn more(panel: Panel, model: &Model) -> Option<Say> {
    let request = model.request.as_ref()?;
    let (writer, now) = (panel.writer(), model.server_now());
    let time = match (request.next_attempt_at, request.slot) {
        (Some(next), _) => writer.when(now, next),
        (None, Some(slot)) => word::between(&writer.time(slot), &writer.time(slot.plus_s(SLOT_S))),
        (None, None) => word::NOTHING.clone(),
    };
    Some(word::live_more(request, model.wait_left(), time))
}

/// Why the wait is longer than it was, as long as it is a wait.
pub(super) fn change(model: &Model) -> Option<WaitChange> {
    let request = model.request.as_ref()?;
    request
        .wait_change
        .filter(|_| request.state == RequestState::Queued)
}

fn middle(model: &Model) -> Option<Middle> {
    let request = model.request.as_ref()?;
    Some(match (request.state, request.next_attempt_at.or(request.slot)) {
        (RequestState::Scheduled, Some(at)) if request.next_attempt_at.is_some() => Middle::Again(at),
        (RequestState::Scheduled, Some(at)) => Middle::Booked(at),
        (RequestState::Queued | RequestState::Scheduled, _) => Middle::Waiting,
        _ => Middle::Call,
    })
}

/// When the phone rings.
fn booked(panel: Panel, id: &str, time: &str, day: &str) -> El {
    panel.el("p").class("big num").id(id).inside(&[
        panel.el("span").text(time),
        panel.el("small").text(day),
        panel
            .el("small")
            .class("muted")
            .say_of(|model| model.zone.as_deref().map(word::your_zone)),
    ])
}

fn waiting(panel: Panel) -> El {
    let place = panel.el("span").text_of(move |model| {
        let place = model.request.as_ref()?.position;
        Some(place.map_or_else(|| "…".into(), |place| panel.writer().digits(&place.to_string())))
    });
    panel
        .el("p")
        .class("big num ring")
        .id("position")
        .attr("aria-hidden", "true")
        .inside(&[place])
}
