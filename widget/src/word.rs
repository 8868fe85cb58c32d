//! Every sentence the panel says, in one place, so that another language is another file like this one.
//! Names, numbers and times come in; nothing here knows where they are shown.

mod live;
mod wait;

pub use live::{
    badge, between, duration, ended_heading, ended_more, leg, live_heading, live_more, other_side, talked_for,
};
pub use wait::{closed, expert_wait, longer, offered, opens, wait_left, wait_text, when};

use shared::phone::InvalidPhone;
use shared::presence::{Offer, WaitRange};

/// The form's heading.
pub const TITLE: &str = "Talk to a person";
/// The panel's title where the page says to whom.
pub fn title(name: &str) -> String {
    format!("Talk to {name}")
}

/// What the panel is for.
pub const TITLE_MORE: &str = "Tell us where to call you.";
/// A link with which the request can be followed from another device.
pub const ELSEWHERE: &str = "Follow it on another device";
/// Hides the panel.
pub const CLOSE: &str = "Close";
/// Nothing is known yet.
pub const LOADING: &str = "Loading…";
/// Asks again.
pub const TRY_AGAIN: &str = "Try again";
/// The server can't be reached.
pub const UNREACHABLE: &str = "We can't be reached right now";
/// What to do about it.
pub const UNREACHABLE_MORE: &str =
    "Please check your connection. We keep trying, and nothing you typed is lost.";
/// There is no such business.
pub const UNKNOWN_SITE: &str = "This button isn't set up yet";
/// What to do about it.
pub const UNKNOWN_SITE_MORE: &str = "The page names a business that we don't know.";
/// News may be late.
pub const RECONNECTING: &str = "Connection lost. Reconnecting…";

/// The form's choice of a person or a skill.
pub const WHO: &str = "What is it about?";
/// Anybody.
pub const ANYONE: &str = "Anything else";
/// A busy person.
pub const IN_A_CALL: &str = "in a call";
/// The choice is missing.
pub const CHOOSE_WHO: &str = "Please choose what it is about.";
/// Now or later.
pub const WHEN: &str = "When shall we call?";
/// As soon as possible.
pub const NOW: &str = "Now";
/// At a time offered.
pub const LATER: &str = "Later";
/// As soon as somebody is free.
pub const SOON: &str = "As soon as possible";
/// The days with times.
pub const DAY: &str = "Day";
/// The times of a day.
pub const TIME: &str = "Time";
/// The time is missing.
pub const CHOOSE_SLOT: &str = "Please choose a time.";
/// No times are offered.
pub const NO_SLOTS: &str = "No times are offered at the moment.";
/// The times can't be had.
pub const SLOTS_FAILED: &str = "We couldn't load the times.";
/// The number.
pub const PHONE: &str = "Your phone number";
/// How to write it.
pub const PHONE_HINT: &str = "As you write it at home, or with country code";
/// Another number than the one kept.
pub const USE_ANOTHER: &str = "Use another";
/// The number kept after all.
pub const USE_KEPT: &str = "Use the number I gave before";
/// Removes the number from this device.
pub const FORGET: &str = "Forget my number";
/// The note.
pub const NOTE: &str = "A brief note (optional)";
/// What a note might say.
pub const NOTE_HINT: &str = "So that you need not explain twice";
/// The note is over the limit.
pub const NOTE_TOO_LONG: &str = "Please shorten the note.";
/// The preview.
pub const SHARE: &str = "What we will share";
/// What the preview is for.
pub const SHARE_MORE: &str = "Whoever calls you sees this. Take out what you'd rather keep to yourself.";
/// The page being viewed.
pub const THIS_PAGE: &str = "This page";
/// What the page says of itself.
pub const SAID: &str = "What this page says";
/// The page did not let a request go.
pub const PAGE_SAID_NO: &str =
    "This page has something to settle before it lets your request go. Nothing is lost.";
/// Puts removed lines back.
pub const SHARE_ALL: &str = "Put all back";
/// Nothing is shared.
pub const SHARE_NONE: &str = "no pages";
/// The agreement is missing.
pub const CONSENT_NEEDED: &str = "Please agree, so that we may call you.";
/// The request is on its way.
pub const SENDING: &str = "Sending…";
/// The request could not be sent.
pub const NOT_SENT: &str = "We couldn't send your request. Nothing is lost: please try again in a moment.";
/// The cancellation could not be sent.
pub const NOT_CANCELLED: &str = "We couldn't cancel just now. Please try again.";

/// Takes the request back.
pub const CANCEL: &str = "Cancel this call";
/// Another time for the same request.
pub const MOVE: &str = "Change the time";
/// To the time chosen.
pub const MOVE_THERE: &str = "Change it";
/// The time that it has.
pub const MOVE_NOT: &str = "Keep it as it is";
/// Ends a running call.
pub const END_CALL: &str = "End the call";
/// The cancellation is on its way.
pub const CANCELLING: &str = "Cancelling…";
/// The customer may go on.
pub const GO_ON: &str = "You can close this and go on browsing. Keep your phone near.";
/// The legs of the call.
pub const LEGS: &str = "The call";
/// The customer's leg.
pub const YOU: &str = "You";
/// Asks for a call at a time.
pub const OTHER_TIME: &str = "Choose another time";
/// Corrects the number.
pub const CHANGE_NUMBER: &str = "Change the number";
/// Puts the end aside.
pub const DONE: &str = "Done";
/// Asks for one more call.
pub const ASK_AGAIN: &str = "Ask for another call";

/// What is wrong with a number.
pub fn phone_problem(why: InvalidPhone) -> String {
    why.to_string()
}

/// The business's plain telephone link.
pub fn call_us(tel: &str) -> String {
    format!("Call us: {tel}")
}

/// What choosing a person means.
pub fn expert_more(first_name: &str) -> String {
    format!("{first_name} first; if that takes too long, a colleague")
}

/// The number kept.
pub fn kept_number(masked: &str) -> String {
    format!("We'll call {masked}")
}

/// A number that no number plan has.
pub fn odd_number(number: &str) -> String {
    format!("We'll call {number}. Is it right? We don't know this kind of number.")
}

/// Characters left, near the limit; and beyond it.
pub fn note_left(left: i64) -> String {
    if left < 0 {
        format!("{} too many", -left)
    } else {
        format!("{left} left")
    }
}

/// The business vouches for what is shared.
pub fn vouched_by(name: &str) -> String {
    format!("Confirmed by {name}")
}

/// Beside pages, what the business says of the customer is shared.
pub fn and_account(count: &str) -> String {
    format!("{count}, and your account")
}

/// How many pages are shared.
pub fn share_count(page: bool, trail: usize) -> String {
    match (page, trail) {
        (false, 0) => SHARE_NONE.into(),
        (true, 0) => "this page".into(),
        (true, n) => format!("this page and {n} before it"),
        (false, 1) => "1 page".into(),
        (false, n) => format!("{n} pages"),
    }
}

/// Takes a line out of the preview.
pub fn unshare(title: &str) -> String {
    format!("Don't share {title}")
}

/// In whose time the offered times are written.
pub fn your_zone(zone: &str) -> String {
    format!("Your time ({zone})")
}

/// The button that sends, and says what happens then.
pub fn send(offer: Option<Offer>, wait: Option<WaitRange>, later: bool, chosen: Option<&str>) -> String {
    match (later, chosen, offer, wait) {
        (true, Some(time), ..) => format!("Call me {time}"),
        (true, None, ..) => "Call me later".into(),
        (false, _, Some(Offer::Wait), Some(range)) => format!("Call me in {}", wait_text(range)),
        (false, _, Some(Offer::Wait), None) => "Call me as soon as possible".into(),
        (false, ..) => "Call me now".into(),
    }
}

/// What happens after sending. `who` is the person asked for, `sure` that nobody steps in for them.
pub fn after_send(now: bool, who: Option<&str>, sure: bool) -> String {
    let when = if now { "first" } else { "at that time" };
    match who {
        Some(name) if sure => format!("Your phone rings {when}, then {name} joins."),
        Some(name) => format!("Your phone rings {when}, then {name} or a colleague joins."),
        None => format!("Your phone rings {when}, then an expert joins."),
    }
}
