//! How it ended, and what can be done next.

use super::part::{button, call_us};
use crate::browser::Panel;
use crate::model::{Msg, When};
use crate::word;
use leptos::prelude::*;
use shared::call::EndReason;
use shared::request::RequestView;

pub(super) fn ended(panel: Panel) -> impl IntoView {
    // A request ends once: this screen is drawn for one end only, and need not follow the model.
    let (reason, heading, talked) =
        panel.peek(|model| model.request.as_ref().map(|it| (it.reason, word::ended_heading(it), talked(it)))).unwrap_or_default();
    let untalked = talked.is_none();
    let tone = match reason {
        Some(EndReason::Talked) => "ok",
        Some(EndReason::CancelledByCustomer) => "calm",
        _ => "warn",
    };
    view! {
        <section class="body centre">
            <i class="seal" data-tone=tone aria-hidden="true"></i>
            <div>
                <h1 id="heading" tabindex="-1">{heading}</h1>
                <p class="num" id="talked" hidden=untalked>{talked.map(|it| word::talked_for(&it))}</p>
                <p class="muted" id="more">{word::ended_more(reason)}</p>
            </div>
            <footer class="foot">{next(panel, reason)}</footer>
        </section>
    }
}

/// What helps most comes first.
fn next(panel: Panel, reason: Option<EndReason>) -> impl IntoView {
    let (first, second) = ("button primary block", "button block");
    let again = |class, text| button(panel, class, text, || Msg::Again(When::Now)).into_any();
    let later = |class| button(panel, class, word::OTHER_TIME, || Msg::Again(When::Later)).into_any();
    let done = |class| button(panel, class, word::DONE, || Msg::Done).into_any();
    match reason {
        Some(EndReason::Talked) => vec![done(first), again(second, word::ASK_AGAIN)],
        Some(EndReason::CancelledByCustomer) => vec![done(first), again(second, word::ASK_AGAIN), later(second)],
        Some(EndReason::NoAgent | EndReason::Expired) => {
            vec![later(first), again(second, word::TRY_AGAIN), call_us(panel).into_any(), done("link")]
        }
        Some(EndReason::InvalidNumber | EndReason::BlockedNumber) => {
            vec![again(first, word::CHANGE_NUMBER), call_us(panel).into_any(), done("link")]
        }
        Some(EndReason::CarrierError) => {
            vec![again(first, word::TRY_AGAIN), later(second), call_us(panel).into_any(), done("link")]
        }
        _ => vec![again(first, word::TRY_AGAIN), later(second), done("link")],
    }
}

fn talked(request: &RequestView) -> Option<String> {
    let (from, to) = (request.connected_at?, request.ended_at?);
    Some(word::duration(to.seconds_since(from)))
}
