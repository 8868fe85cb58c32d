//! What the panel says of a request: while it goes on, and once it is over.

use super::wait::{wait_left, wait_text};
use shared::call::{EndReason, LegState, RequestState};
use shared::presence::WaitRange;
use shared::request::RequestView;

/// The heading of a request that goes on.
pub fn live_heading(request: &RequestView) -> String {
    let agent = request.agent_name.as_deref();
    match request.state {
        RequestState::Scheduled if request.missed.is_some() => missed(request.missed).into(),
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
        RequestState::DialingCustomer if request.legs.customer == LegState::Answered => "Is it you?".into(),
        RequestState::DialingCustomer => "We're calling you".into(),
        RequestState::CustomerOnHold => "Thanks for picking up".into(),
        RequestState::RingingAgent => format!("Ringing {}", agent.unwrap_or("our colleague")),
        RequestState::Connected => format!("You're talking with {}", agent.unwrap_or("us")),
        RequestState::Ended => ended_heading(request),
    }
}

/// What the customer should know or do now. `wait` is what is left of it, `time` when the phone rings, as the
/// reader writes it: the promised time as [`between`] says it, or the next try as [`super::when`] does.
pub fn live_more(request: &RequestView, wait: Option<WaitRange>, time: &str) -> String {
    match request.state {
        RequestState::Scheduled if request.missed.is_some() => format!(
            "We try again {time} on {} (call {} of {}). {GO_ON_SHORT}",
            phone(request),
            request.attempt.saturating_add(1),
            request.attempts
        ),
        RequestState::Scheduled => {
            format!("Your phone, {}, rings {time}. {GO_ON_SHORT}", phone(request))
        }
        RequestState::Queued => wait_left(wait),
        RequestState::DialingCustomer if request.legs.customer == LegState::Answered => {
            "Press 1 on your phone, and we connect you.".into()
        }
        RequestState::Reserving | RequestState::DialingCustomer => {
            format!("Please pick up {}.", phone(request))
        }
        RequestState::CustomerOnHold => "Please hold the line: we're finding somebody for you.".into(),
        RequestState::RingingAgent => "Please hold the line: you'll be connected in a moment.".into(),
        RequestState::Connected | RequestState::Ended => String::new(),
    }
}

/// A promised time: the phone rings in between.
pub fn between(from: &str, to: &str) -> String {
    format!("between {from} and {to}")
}

/// The number in one line.
fn phone(request: &RequestView) -> String {
    request.phone.replace(' ', "\u{a0}")
}

const GO_ON_SHORT: &str = "You can close this page.";

/// Why the last call did not reach the customer.
const fn missed(why: Option<EndReason>) -> &'static str {
    match why {
        Some(EndReason::CustomerBusy) => "Your line was busy",
        Some(EndReason::CustomerVoicemail) => "Your voicemail answered",
        Some(EndReason::CustomerNotConfirmed) => "Nobody pressed 1",
        Some(EndReason::CarrierError) => "The telephone network failed",
        _ => "We couldn't reach you",
    }
}

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
        Some(EndReason::CustomerNotConfirmed) => "Nobody pressed 1".into(),
        Some(EndReason::CustomerHungUpOnHold) => format!("You hung up before {agent} could answer"),
        Some(EndReason::NoAgent | EndReason::AgentNoAnswer) => "Sorry, nobody could take your call".into(),
        Some(EndReason::Expired | EndReason::ClosedHours) => "Sorry, we couldn't call you in time".into(),
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
        Some(EndReason::CustomerNotConfirmed) => {
            "Somebody or something answered your phone, but didn't press 1. Shall we try again?"
        }
        Some(EndReason::CustomerHungUpOnHold) => "We can call you again, or at a time that suits you.",
        Some(EndReason::NoAgent | EndReason::AgentNoAnswer) => {
            "Everybody was in another call. Choose a time and we'll keep it free for you."
        }
        Some(EndReason::ClosedHours) => "We closed before somebody was free. Choose a time that suits you.",
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

/// A short text for the page's button. `wait` is what is left of it.
pub fn badge(request: &RequestView, wait: Option<WaitRange>) -> String {
    match (request.state, wait) {
        (RequestState::Queued, Some(range)) => format!("{} · {}", live_heading(request), wait_text(range)),
        (RequestState::Scheduled, _) if request.missed.is_some() => "We call you again".into(),
        (RequestState::Scheduled, _) => "Your call is booked".into(),
        (RequestState::CustomerOnHold, _) => "Please hold the line".into(),
        _ => live_heading(request),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
