//! Every sentence the panel says, in one place, so that another language is another file like this one.
//! Names, numbers and times come in; nothing here knows where they are shown.

use shared::call::{EndReason, LegState, RequestState};
use shared::phone::InvalidPhone;
use shared::presence::{Availability, WaitRange};
use shared::request::RequestView;

/// The form's heading.
pub const TITLE: &str = "Talk to a person";
/// What the panel is for.
pub const TITLE_MORE: &str = "Tell us where to call you.";
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
/// The choice is missing.
pub const CHOOSE_WHO: &str = "Please choose what it is about.";
/// Now or later.
pub const WHEN: &str = "When shall we call?";
/// As soon as possible.
pub const NOW: &str = "Now";
/// At a time offered.
pub const LATER: &str = "Later";
/// Why "now" can't be chosen.
pub const NOW_CLOSED: &str = "Nobody is on duty right now. Choose a time and we'll call you then.";
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
pub const PHONE_HINT: &str = "With country code, like +44 20 7946 0001";
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
pub const SHARE_MORE: &str =
    "Whoever calls you sees these pages. Take out what you'd rather keep to yourself.";
/// The page being viewed.
pub const THIS_PAGE: &str = "This page";
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

/// What a person can do now.
pub fn presence(availability: Availability) -> &'static str {
    match availability {
        Availability::Free => "free now",
        Availability::Busy => "in a call",
        Availability::Away => "not on duty",
    }
}

/// What a skill can do now.
pub fn skill_presence(availability: Availability, wait: Option<WaitRange>) -> String {
    match (availability, wait) {
        (Availability::Free, _) => "free now".into(),
        (Availability::Busy, Some(range)) => wait_text(range),
        (Availability::Busy, None) => "busy, wait unknown".into(),
        (Availability::Away, _) => "choose a time".into(),
    }
}

/// What choosing a person means.
pub fn expert_more(first_name: &str) -> String {
    format!("{first_name} first; if that takes too long, a colleague")
}

/// A range of time to wait.
pub fn wait_text(range: WaitRange) -> String {
    let (low, high) = (range.low_s / 60, range.high_s.div_ceil(60));
    match (low, high) {
        (_, 0 | 1) => "under a minute".into(),
        (60.., _) => "over an hour".into(),
        (0, _) => format!("up to {high} min"),
        _ if high - low <= 1 => format!("about {high} min"),
        _ => format!("{low}–{high} min"),
    }
}

/// The number kept.
pub fn kept_number(masked: &str) -> String {
    format!("We'll call {masked}")
}

/// Characters left, near the limit; and beyond it.
pub fn note_left(left: i64) -> String {
    if left < 0 {
        format!("{} too many", -left)
    } else {
        format!("{left} left")
    }
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
pub fn send(
    now: bool,
    availability: Option<Availability>,
    wait: Option<WaitRange>,
    chosen: Option<&str>,
) -> String {
    match (now, availability, wait, chosen) {
        (false, _, _, Some(time)) => format!("Call me {time}"),
        (false, ..) => "Call me later".into(),
        (true, Some(Availability::Busy), Some(range), _) => format!("Call me in {}", wait_text(range)),
        (true, Some(Availability::Busy), None, _) => "Call me as soon as possible".into(),
        (true, ..) => "Call me now".into(),
    }
}

/// What happens after sending.
pub fn after_send(now: bool, who: Option<&str>) -> String {
    let who = who.unwrap_or("an expert");
    let when = if now { "first" } else { "at that time" };
    format!("Your phone rings {when}, then {who} joins.")
}

/// The heading of a request that goes on.
pub fn live_heading(request: &RequestView) -> String {
    let agent = request.agent_name.as_deref();
    match request.state {
        RequestState::Scheduled => "We'll call you".into(),
        RequestState::Queued if request.position == Some(1) => "You're next".into(),
        RequestState::Queued => match request.position {
            Some(place) => format!("You're number {place} in line"),
            None => "You're in line".into(),
        },
        RequestState::Reserving => "Your phone is about to ring".into(),
        RequestState::DialingCustomer if request.legs.customer == LegState::Ringing => {
            "Your phone is ringing".into()
        }
        RequestState::DialingCustomer => "We're calling you".into(),
        RequestState::CustomerOnHold => "Thanks for picking up".into(),
        RequestState::RingingAgent => format!("Ringing {}", agent.unwrap_or("our colleague")),
        RequestState::Connected => format!("You're talking with {}", agent.unwrap_or("us")),
        RequestState::Ended => ended_heading(request),
    }
}

/// What the customer should know or do now.
pub fn live_more(request: &RequestView) -> String {
    match request.state {
        RequestState::Scheduled => {
            format!("Your phone, {}, rings at that time. {GO_ON_SHORT}", request.phone)
        }
        RequestState::Queued => match request.wait {
            Some(range) => format!("Expected wait: {}.", wait_text(range)),
            None => "We don't know yet how long it takes.".into(),
        },
        RequestState::Reserving | RequestState::DialingCustomer => {
            format!("Please pick up {}.", request.phone)
        }
        RequestState::CustomerOnHold => "Please hold the line: we're finding somebody for you.".into(),
        RequestState::RingingAgent => "Please hold the line: you'll be connected in a moment.".into(),
        RequestState::Connected | RequestState::Ended => String::new(),
    }
}

const GO_ON_SHORT: &str = "You can close this page.";

/// The other side's name in the two-leg picture.
pub fn other_side(request: &RequestView) -> String {
    request
        .agent_name
        .clone()
        .unwrap_or_else(|| "Our colleague".into())
}

/// How a leg stands.
pub fn leg(state: LegState) -> &'static str {
    match state {
        LegState::Idle => "waiting",
        LegState::Dialing => "calling…",
        LegState::Ringing => "ringing…",
        LegState::Answered => "connected",
        LegState::Bridged => "talking",
        LegState::Ended => "hung up",
    }
}

/// The heading of a request that is over.
pub fn ended_heading(request: &RequestView) -> String {
    let agent = request.agent_name.as_deref().unwrap_or("we");
    match request.reason {
        Some(EndReason::Talked) => "Thanks for talking with us".into(),
        Some(EndReason::CancelledByCustomer) => "Cancelled".into(),
        Some(EndReason::CancelledByBusiness) => "We had to end this call".into(),
        Some(EndReason::CustomerBusy) => "Your line was busy".into(),
        Some(EndReason::CustomerNoAnswer) => "We couldn't reach you".into(),
        Some(EndReason::CustomerDeclined) => "You declined the call".into(),
        Some(EndReason::CustomerVoicemail) => "Your voicemail answered".into(),
        Some(EndReason::CustomerHungUpOnHold) => format!("You hung up before {agent} could answer"),
        Some(EndReason::NoAgent) => "Sorry, nobody could take your call".into(),
        Some(EndReason::Expired) => "Sorry, we couldn't call you in time".into(),
        Some(EndReason::InvalidNumber) => "This number can't be called".into(),
        Some(EndReason::BlockedNumber) => "We can't call this number".into(),
        Some(EndReason::CarrierError) => "The telephone network failed".into(),
        None => "The call is over".into(),
    }
}

/// What it means and what can be done.
pub fn ended_more(reason: Option<EndReason>) -> &'static str {
    match reason {
        Some(EndReason::Talked) => "We hope that helped.",
        Some(EndReason::CancelledByCustomer) => "We won't call you. You can ask again at any time.",
        Some(EndReason::CancelledByBusiness) => "You can ask again, or choose a time that suits you.",
        Some(EndReason::CustomerBusy) => {
            "Finish your other call and try again, or choose a time that suits you."
        }
        Some(EndReason::CustomerNoAnswer) => "Your phone rang, but nobody picked up. Shall we try again?",
        Some(EndReason::CustomerDeclined) => "If that was a mistake, we can call again.",
        Some(EndReason::CustomerVoicemail) => "We didn't leave a message. Shall we try again?",
        Some(EndReason::CustomerHungUpOnHold) => "We can call you again, or at a time that suits you.",
        Some(EndReason::NoAgent) => {
            "Everybody was in another call. Choose a time and we'll keep it free for you."
        }
        Some(EndReason::Expired) => "You waited longer than we keep requests. Choose a time that suits you.",
        Some(EndReason::InvalidNumber) => "The telephone network doesn't know it. Please check the number.",
        Some(EndReason::BlockedNumber) => {
            "We're not able to call numbers of this kind. Please give another one."
        }
        Some(EndReason::CarrierError) => "This was not your fault. Please try again in a moment.",
        None => "",
    }
}

/// How long the two talked.
pub fn talked_for(duration: &str) -> String {
    format!("You talked for {duration}.")
}

/// Minutes and seconds as a clock shows them.
pub fn duration(seconds: i64) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    if minutes >= 60 {
        format!("{}:{:02}:{rest:02}", minutes / 60, minutes % 60)
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A short text for the page's button.
pub fn badge(request: &RequestView) -> String {
    match (request.state, request.wait) {
        (RequestState::Queued, Some(range)) => format!("{} · {}", live_heading(request), wait_text(range)),
        (RequestState::Scheduled, _) => "Your call is booked".into(),
        (RequestState::CustomerOnHold, _) => "Please hold the line".into(),
        _ => live_heading(request),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_a_range_and_never_more_exact_than_it_is() {
        for (low_s, high_s, words) in [
            (0, 0, "under a minute"),
            (10, 60, "under a minute"),
            (20, 170, "up to 3 min"),
            (120, 180, "about 3 min"),
            (120, 300, "2–5 min"),
            (4000, 9000, "over an hour"),
        ] {
            assert_eq!(wait_text(WaitRange { low_s, high_s }), words);
        }
    }

    #[test]
    fn a_duration_reads_like_a_clock() {
        assert_eq!(duration(7), "0:07");
        assert_eq!(duration(754), "12:34");
        assert_eq!(duration(3_661), "1:01:01");
    }

    #[test]
    fn every_end_has_words() {
        for &reason in EndReason::ALL {
            assert!(!ended_more(Some(reason)).is_empty());
        }
    }
}
