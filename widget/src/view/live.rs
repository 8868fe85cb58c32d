//! A request that goes on: booked, in line, calling, talking.

use super::{frame, legs};
use crate::browser::{Panel, date_and_time};
use crate::model::Msg;
use crate::word;
use leptos::prelude::*;
use shared::call::RequestState;
use shared::request::RequestView;

/// What the middle of the screen shows.
#[derive(Clone, Copy, PartialEq)]
enum Middle {
    Booked,
    Waiting,
    Call,
}

pub(super) fn live(panel: Panel) -> impl IntoView {
    let middle = Memo::new(move |_| {
        ask(panel, |request| match request.state {
            RequestState::Scheduled => Middle::Booked,
            RequestState::Queued => Middle::Waiting,
            _ => Middle::Call,
        })
    });
    let cancelling = move || panel.read(|model| model.cancelling);
    let cancel = move || match ask(panel, |request| request.state) {
        _ if cancelling() => word::CANCELLING,
        Some(RequestState::Connected) => word::END_CALL,
        _ => word::CANCEL,
    };
    let more = move || ask(panel, word::live_more).filter(|words| !words.is_empty());
    view! {
        <section class="body centre live">
            {frame::notice(panel)}
            {move || match middle.get() {
                Some(Middle::Booked) => booked(panel).into_any(),
                Some(Middle::Waiting) => waiting(panel).into_any(),
                Some(Middle::Call) => legs::legs(panel).into_any(),
                None => ().into_any(),
            }}
            <div>
                <h1 id="heading" tabindex="-1">{move || ask(panel, word::live_heading)}</h1>
                <p class="muted" id="more" hidden=move || more().is_none()>{more}</p>
            </div>
            <p class="small muted" hidden=move || middle.get() != Some(Middle::Waiting)>{word::GO_ON}</p>
            <footer class="foot">
                <button
                    type="button"
                    class="button block"
                    id="cancel"
                    aria-disabled=move || cancelling().then_some("true")
                    on:click=move |_| panel.send(Msg::Cancel)
                >
                    {cancel}
                </button>
            </footer>
        </section>
    }
}

/// Something of the request, while there is one.
pub(super) fn ask<T>(panel: Panel, part: impl FnOnce(&RequestView) -> T) -> Option<T> {
    panel.read(|model| model.request.as_ref().map(part))
}

fn booked(panel: Panel) -> impl IntoView {
    let write = date_and_time();
    let slot = panel.peek(|model| model.request.as_ref().and_then(|request| request.slot));
    let (day, time) = slot.map(write).unwrap_or_default();
    view! {
        <p class="big num" id="slot-chosen">
            <span>{time}</span>
            <small>{day}</small>
            <small class="muted">{move || panel.read(|model| model.zone.as_deref().map(word::your_zone))}</small>
        </p>
    }
}

fn waiting(panel: Panel) -> impl IntoView {
    let place = move || ask(panel, |request| request.position.map(|place| place.to_string())).flatten();
    view! { <p class="big num ring" id="position" aria-hidden="true"><span>{move || place().unwrap_or_else(|| "…".into())}</span></p> }
}
