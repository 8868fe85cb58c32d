//! What the panel says when, without the words, which are in `locales/{language}/panel.ftl`.
//! Names, numbers and times come in; nothing here knows where they are shown.

mod live;
mod say;
mod wait;

pub use live::{
    badge, between, duration, ended_heading, ended_more, leg, live_heading, live_more, other_side, spoken,
    talked_for,
};
pub(crate) use say::say;
pub use say::{IDS, Say};
pub use wait::{closed, expert_wait, longer, offered, opens, wait_left, wait_text, when};

use shared::phone::InvalidPhone;
use shared::presence::{Offer, WaitRange};
use shared::problem::{FieldError, Problem, ProblemKind};

/// Which way the language is written: `ltr` or `rtl`.
pub static DIRECTION: Say = say!("direction");
/// The form's heading.
pub static TITLE: Say = say!("title");
/// The panel's title where the page says to whom.
pub fn title(name: &str) -> Say {
    say!("title-name").text("name", name)
}

/// What the panel is for.
pub static TITLE_MORE: Say = say!("title-more");
/// A link with which the request can be followed from another device.
pub static ELSEWHERE: Say = say!("elsewhere");
/// Hides the panel.
pub static CLOSE: Say = say!("close");
/// Nothing is known yet.
pub static LOADING: Say = say!("loading");
/// Asks again.
pub static TRY_AGAIN: Say = say!("try-again");
/// The server can't be reached.
pub static UNREACHABLE: Say = say!("unreachable");
/// What to do about it.
pub static UNREACHABLE_MORE: Say = say!("unreachable-more");
/// There is no such business.
pub static UNKNOWN_SITE: Say = say!("unknown-site");
/// What to do about it.
pub static UNKNOWN_SITE_MORE: Say = say!("unknown-site-more");
/// News may be late.
pub static RECONNECTING: Say = say!("reconnecting");

/// The form's choice of a person or a skill.
pub static WHO: Say = say!("who");
/// Anybody.
pub static ANYONE: Say = say!("anyone");
/// A busy person.
pub static IN_A_CALL: Say = say!("in-a-call");
/// The choice is missing.
pub static CHOOSE_WHO: Say = say!("choose-who");
/// Now or later.
pub static WHEN: Say = say!("when");
/// As soon as possible.
pub static NOW: Say = say!("now");
/// At a time offered.
pub static LATER: Say = say!("later");
/// As soon as somebody is free.
pub static SOON: Say = say!("soon");
/// The days with times.
pub static DAY: Say = say!("day");
/// The times of a day.
pub static TIME: Say = say!("time");
/// The time is missing.
pub static CHOOSE_SLOT: Say = say!("choose-slot");
/// No times are offered.
pub static NO_SLOTS: Say = say!("no-slots");
/// The times can't be had.
pub static SLOTS_FAILED: Say = say!("slots-failed");
/// The number.
pub static PHONE: Say = say!("phone");
/// How to write it.
pub static PHONE_HINT: Say = say!("phone-hint");
/// A call in the browser instead of one by telephone.
pub static VOICE: Say = say!("voice");
/// Another number than the one kept.
pub static USE_ANOTHER: Say = say!("use-another");
/// The number kept after all.
pub static USE_KEPT: Say = say!("use-kept");
/// Removes the number from this device.
pub static FORGET: Say = say!("forget");
/// The note.
pub static NOTE: Say = say!("note");
/// What a note might say.
pub static NOTE_HINT: Say = say!("note-hint");
/// The note is over the limit.
pub static NOTE_TOO_LONG: Say = say!("note-too-long");
/// The preview.
pub static SHARE: Say = say!("share");
/// What the preview is for.
pub static SHARE_MORE: Say = say!("share-more");
/// The page being viewed.
pub static THIS_PAGE: Say = say!("this-page");
/// What the page says of itself.
pub static SAID: Say = say!("said");
/// The page did not let a request go.
pub static PAGE_SAID_NO: Say = say!("page-said-no");
/// Puts removed lines back.
pub static SHARE_ALL: Say = say!("share-all");
/// Nothing is shared.
pub static SHARE_NONE: Say = say!("share-none");
/// The agreement is missing.
pub static CONSENT_NEEDED: Say = say!("consent-needed");
/// The request is on its way.
pub static SENDING: Say = say!("sending");
/// The request could not be sent.
pub static NOT_SENT: Say = say!("not-sent");
/// The cancellation could not be sent.
pub static NOT_CANCELLED: Say = say!("not-cancelled");

/// Takes the request back.
pub static CANCEL: Say = say!("cancel");
/// Another time for the same request.
pub static MOVE: Say = say!("move");
/// To the time chosen.
pub static MOVE_THERE: Say = say!("move-there");
/// The time that it has.
pub static MOVE_NOT: Say = say!("move-not");
/// Ends a running call.
pub static END_CALL: Say = say!("end-call");
/// The cancellation is on its way.
pub static CANCELLING: Say = say!("cancelling");
/// The customer may go on.
pub static GO_ON: Say = say!("go-on");
/// The legs of the call.
pub static LEGS: Say = say!("legs");
/// The customer's leg.
pub static YOU: Say = say!("you");
/// Asks for a call at a time.
pub static OTHER_TIME: Say = say!("other-time");
/// Corrects the number.
pub static CHANGE_NUMBER: Say = say!("change-number");
/// Puts the end aside.
pub static DONE: Say = say!("done");
/// Asks for one more call.
pub static ASK_AGAIN: Say = say!("ask-again");

/// Nothing to say.
pub static NOTHING: Say = Say::verbatim(String::new());

/// What is wrong with a number.
pub const fn phone_problem(why: InvalidPhone) -> Say {
    match why {
        InvalidPhone::Missing => say!("phone-missing"),
        InvalidPhone::NoCountryCode => say!("phone-no-country"),
        InvalidPhone::StrangeCharacter => say!("phone-strange"),
        InvalidPhone::TooShort => say!("phone-short"),
        InvalidPhone::TooLong => say!("phone-long"),
        InvalidPhone::Nowhere => say!("phone-nowhere"),
    }
}

/// Why the server refuses a field; its own words where we have none for that.
pub fn refused(error: &FieldError) -> Say {
    match (error.field.as_str(), error.code.as_str()) {
        (_, "closed") => say!("refused-closed"),
        ("skill", "not_offered") => say!("refused-skill"),
        ("expert", "not_offered") => say!("refused-expert"),
        ("slot", "not_offered") => say!("refused-slot"),
        ("phone", "not_allowed") => say!("refused-number"),
        ("phone", "open") => say!("refused-twice"),
        ("consent", "missing") => CONSENT_NEEDED.clone(),
        ("note", "too_long") => NOTE_TOO_LONG.clone(),
        (field, code) => {
            let number = InvalidPhone::ALL.iter().find(|why| why.code() == code);
            let number = number.filter(|_| field == "phone").map(|why| phone_problem(*why));
            number.unwrap_or_else(|| Say::verbatim(error.message.clone()))
        }
    }
}

/// Why the server refuses all of it.
pub fn refused_whole(problem: &Problem) -> Say {
    if problem.status == ProblemKind::Overloaded.status() {
        say!("refused-full")
    } else {
        Say::verbatim(problem.detail.clone())
    }
}

/// The agreement.
pub fn consent(business: &str) -> Say {
    say!("consent").text("name", business)
}

/// The business's plain telephone link.
pub fn call_us(tel: &str) -> Say {
    say!("call-us").text("tel", tel)
}

/// What choosing a person means.
pub fn expert_more(first_name: &str) -> Say {
    say!("expert-more").text("name", first_name)
}

/// The number kept.
pub fn kept_number(masked: &str) -> Say {
    say!("kept-number").text("phone", masked)
}

/// A number that no number plan has.
pub fn odd_number(number: &str) -> Say {
    say!("odd-number").text("number", number)
}

/// Characters left, near the limit; and beyond it.
pub fn note_left(left: i64) -> Say {
    if left < 0 {
        say!("note-over").number("over", -left)
    } else {
        say!("note-left").number("left", left)
    }
}

/// The business vouches for what is shared.
pub fn vouched_by(name: &str) -> Say {
    say!("vouched-by").text("name", name)
}

/// Beside pages, what the business says of the customer is shared.
pub fn and_account(count: Say) -> Say {
    say!("and-account").words("count", count)
}

/// How many pages are shared.
pub fn share_count(page: bool, trail: usize) -> Say {
    let pages = i64::try_from(trail).unwrap_or(i64::MAX);
    match (page, trail) {
        (false, 0) => SHARE_NONE.clone(),
        (true, 0) => say!("share-page"),
        (true, _) => say!("share-page-and").number("pages", pages),
        (false, _) => say!("share-pages").number("pages", pages),
    }
}

/// The page being viewed, by its path.
pub fn this_page_at(path: &str) -> Say {
    say!("this-page-at").text("path", path)
}

/// Takes a line out of the preview.
pub fn unshare(title: Say) -> Say {
    say!("unshare").words("title", title)
}

/// In whose time the offered times are written.
pub fn your_zone(zone: &str) -> Say {
    say!("your-zone").text("zone", zone)
}

/// The button that sends, where the customer talks in this browser.
pub fn send_voice(offer: Option<Offer>, wait: Option<WaitRange>) -> Say {
    match (offer, wait) {
        (Some(Offer::Wait), Some(range)) => say!("send-voice-wait").words("wait", wait_text(range)),
        (Some(Offer::Wait), None) => say!("send-voice-soon"),
        _ => say!("send-voice-now"),
    }
}

/// The button that sends, and says what happens then.
pub fn send(offer: Option<Offer>, wait: Option<WaitRange>, later: bool, chosen: Option<&str>) -> Say {
    match (later, chosen, offer, wait) {
        (true, Some(time), ..) => say!("send-time").text("time", time),
        (true, None, ..) => say!("send-later"),
        (false, _, Some(Offer::Wait), Some(range)) => say!("send-wait").words("wait", wait_text(range)),
        (false, _, Some(Offer::Wait), None) => say!("send-soon"),
        (false, ..) => say!("send-now"),
    }
}

/// What happens after sending. `who` is the person asked for, `sure` that nobody steps in for them.
pub fn after_send(now: bool, who: Option<&str>, sure: bool) -> Say {
    let said = match (now, who, sure) {
        (true, None, _) => say!("after-now"),
        (true, Some(_), true) => say!("after-now-name"),
        (true, Some(_), false) => say!("after-now-either"),
        (false, None, _) => say!("after-later"),
        (false, Some(_), true) => say!("after-later-name"),
        (false, Some(_), false) => say!("after-later-either"),
    };
    match who {
        Some(name) => said.text("name", name),
        None => said,
    }
}
