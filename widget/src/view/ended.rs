//! How it ended, and what can be done next.

use super::Panel;
use super::element::El;
use super::part::{button, call_us, heading};
use super::talk;
use crate::model::{Msg, When};
use crate::word::{self, Say};
use shared::call::EndReason;
use shared::request::RequestView;

// Browsers compile a function when it is first called: the first drawing has no need of this one.
#[inline(never)]
pub(super) fn ended(panel: Panel) -> El {
    // A request ends once: this screen is drawn for one end only, and need not follow the model.
    let (reason, title, talked) = panel
        .peek(|model| {
            model
                .request
                .as_ref()
                .map(|it| (it.reason, word::ended_heading(it), talked(it)))
        })
        .unwrap_or((None, word::NOTHING.clone(), None));
    let tone = match reason {
        Some(EndReason::Talked) => "ok",
        Some(EndReason::CancelledByCustomer | EndReason::CustomerForbade) => "calm",
        _ => "warn",
    };
    let mut words = vec![heading(panel).say(&title)];
    words.extend(talked.map(|talked| {
        panel
            .el("p")
            .class("num")
            .id("talked")
            .say(&word::talked_for(&panel.writer().digits(&talked)))
    }));
    words.push(
        panel
            .el("p")
            .class("muted")
            .id("more")
            .say(&word::ended_more(reason)),
    );
    panel.el("section").class("body centre").inside(&[
        panel
            .el("i")
            .class("seal")
            .attr("data-tone", tone)
            .attr("aria-hidden", "true"),
        panel.el("div").inside(&words),
        talk::talk(panel),
        panel.el("footer").class("foot").inside(&next(panel, reason)),
    ])
}

/// What helps most comes first.
fn next(panel: Panel, reason: Option<EndReason>) -> Vec<El> {
    let (first, second) = ("button primary block", "button block");
    let again = |class, words: Say| button(panel, class, &words, || Msg::Again(When::Now));
    let later = |class| button(panel, class, &word::OTHER_TIME, || Msg::Again(When::Later));
    let done = |class| button(panel, class, &word::DONE, || Msg::Done);
    match reason {
        Some(EndReason::Talked) => vec![done(first), again(second, word::ASK_AGAIN.clone())],
        Some(EndReason::CancelledByCustomer) => {
            vec![done(first), again(second, word::ASK_AGAIN.clone()), later(second)]
        }
        Some(EndReason::NoAgent | EndReason::AgentNoAnswer | EndReason::Expired | EndReason::ClosedHours) => {
            vec![
                later(first),
                again(second, word::TRY_AGAIN.clone()),
                call_us(panel),
                done("link"),
            ]
        }
        Some(EndReason::CustomerForbade | EndReason::InvalidNumber | EndReason::BlockedNumber) => {
            vec![
                again(first, word::CHANGE_NUMBER.clone()),
                call_us(panel),
                done("link"),
            ]
        }
        Some(EndReason::CarrierError) => vec![
            again(first, word::TRY_AGAIN.clone()),
            later(second),
            call_us(panel),
            done("link"),
        ],
        _ => vec![again(first, word::TRY_AGAIN.clone()), later(second), done("link")],
    }
}

fn talked(request: &RequestView) -> Option<String> {
    let (from, to) = (request.connected_at?, request.ended_at?);
    Some(word::duration(to.seconds_since(from)))
}
