//! What the panel says of a request: while it goes on, and once it is over.

use super::wait::{wait_left, wait_text};
use super::{Say, say};
use shared::call::{EndReason, LegState, RequestState};
use shared::presence::WaitRange;
use shared::request::RequestView;

/// The heading of a request that goes on.
pub fn live_heading(request: &RequestView) -> Say {
    let agent = request.agent_name.as_deref();
    match request.state {
        RequestState::Scheduled if request.missed.is_some() => missed(request.missed),
        RequestState::Scheduled => say!("live-scheduled"),
        RequestState::Queued if request.position == Some(1) => say!("live-next"),
        RequestState::Queued => match request.position {
            Some(place) => say!("live-place").number("place", place.into()),
            None => say!("live-queued"),
        },
        RequestState::Reserving | RequestState::DialingCustomer | RequestState::CustomerOnHold
            if request.voice =>
        {
            say!("badge-hold")
        }
        RequestState::Reserving => say!("live-reserving"),
        RequestState::DialingCustomer if request.legs.customer == LegState::Ringing => say!("live-ringing"),
        RequestState::DialingCustomer if request.legs.customer == LegState::Answered => say!("live-question"),
        RequestState::DialingCustomer => say!("live-dialing"),
        RequestState::CustomerOnHold => say!("live-hold"),
        RequestState::RingingAgent => match agent {
            Some(name) => say!("live-agent").text("name", name),
            None => say!("live-agent-unnamed"),
        },
        RequestState::Connected => match agent {
            Some(name) => say!("live-talking").text("name", name),
            None => say!("live-talking-unnamed"),
        },
        RequestState::Ended => ended_heading(request),
    }
}

/// What the customer should know or do now. `wait` is what is left of it, `time` when the phone rings, as the
/// reader writes it: the promised time as [`between`] says it, or the next try as [`super::when`] does.
pub fn live_more(request: &RequestView, wait: Option<WaitRange>, time: Say) -> Say {
    match request.state {
        RequestState::Scheduled if request.missed.is_some() => say!("more-again")
            .words("time", time)
            .text("phone", &phone(request))
            .number("attempt", i64::from(request.attempt) + 1)
            .number("attempts", request.attempts.into()),
        RequestState::Scheduled => say!("more-scheduled")
            .text("phone", &phone(request))
            .words("time", time),
        RequestState::Queued => wait_left(wait),
        RequestState::Reserving | RequestState::DialingCustomer | RequestState::CustomerOnHold
            if request.voice =>
        {
            say!("more-agent")
        }
        RequestState::DialingCustomer if request.legs.customer == LegState::Answered => say!("more-question"),
        RequestState::Reserving | RequestState::DialingCustomer => {
            say!("more-pick-up").text("phone", &phone(request))
        }
        RequestState::CustomerOnHold => say!("more-hold"),
        RequestState::RingingAgent => say!("more-agent"),
        RequestState::Connected | RequestState::Ended => super::NOTHING.clone(),
    }
}

/// A promised time: the phone rings in between.
pub fn between(from: &str, to: &str) -> Say {
    say!("between").text("from", from).text("to", to)
}

/// The heading and what follows it, as it is read out.
pub fn spoken(heading: Say, more: Say) -> Say {
    say!("spoken").words("heading", heading).words("more", more)
}

/// The number in one line.
fn phone(request: &RequestView) -> String {
    request.phone.replace(' ', "\u{a0}")
}

/// Why the last call did not reach the customer.
const fn missed(why: Option<EndReason>) -> Say {
    match why {
        Some(EndReason::CustomerBusy) => say!("ended-busy"),
        Some(EndReason::CustomerVoicemail) => say!("ended-voicemail"),
        Some(EndReason::CustomerNotConfirmed) => say!("ended-not-confirmed"),
        Some(EndReason::CarrierError) => say!("ended-network"),
        _ => say!("ended-no-answer"),
    }
}

/// The other side's name in the two-leg picture.
pub fn other_side(request: &RequestView) -> Say {
    match &request.agent_name {
        Some(name) => Say::verbatim(name.clone()),
        None => say!("colleague"),
    }
}

/// How a leg stands.
pub const fn leg(state: LegState) -> Say {
    match state {
        LegState::Idle => say!("leg-idle"),
        LegState::Dialing => say!("leg-dialing"),
        LegState::Ringing => say!("leg-ringing"),
        LegState::Answered => say!("leg-answered"),
        LegState::Bridged => say!("leg-bridged"),
        LegState::Ended => say!("leg-ended"),
    }
}

/// The heading of a request that is over.
pub fn ended_heading(request: &RequestView) -> Say {
    match request.reason {
        Some(EndReason::Talked) => say!("ended-talked"),
        Some(EndReason::CancelledByCustomer) => say!("ended-cancelled"),
        Some(EndReason::CancelledByBusiness) => say!("ended-by-business"),
        Some(EndReason::CustomerBusy) => say!("ended-busy"),
        Some(EndReason::CustomerNoAnswer) => say!("ended-no-answer"),
        Some(EndReason::CustomerDeclined) => say!("ended-declined"),
        Some(EndReason::CustomerForbade) => say!("ended-forbade"),
        Some(EndReason::CustomerVoicemail) => say!("ended-voicemail"),
        Some(EndReason::CustomerNotConfirmed) => say!("ended-not-confirmed"),
        Some(EndReason::CustomerHungUpOnHold) => match &request.agent_name {
            Some(name) => say!("ended-hung-up-name").text("name", name),
            None => say!("ended-hung-up"),
        },
        Some(EndReason::NoAgent | EndReason::AgentNoAnswer) => say!("ended-nobody"),
        Some(EndReason::Expired | EndReason::ClosedHours) => say!("ended-late"),
        Some(EndReason::InvalidNumber) => say!("ended-invalid"),
        Some(EndReason::BlockedNumber) => say!("ended-blocked"),
        Some(EndReason::CarrierError) => say!("ended-network"),
        None => say!("ended"),
    }
}

/// What it means and what can be done.
pub fn ended_more(reason: Option<EndReason>) -> Say {
    match reason {
        Some(EndReason::Talked) => say!("ended-talked-more"),
        Some(EndReason::CancelledByCustomer) => say!("ended-cancelled-more"),
        Some(EndReason::CancelledByBusiness) => say!("ended-by-business-more"),
        Some(EndReason::CustomerBusy) => say!("ended-busy-more"),
        Some(EndReason::CustomerNoAnswer) => say!("ended-no-answer-more"),
        Some(EndReason::CustomerDeclined) => say!("ended-declined-more"),
        Some(EndReason::CustomerForbade) => say!("ended-forbade-more"),
        Some(EndReason::CustomerVoicemail) => say!("ended-voicemail-more"),
        Some(EndReason::CustomerNotConfirmed) => say!("ended-not-confirmed-more"),
        Some(EndReason::CustomerHungUpOnHold) => say!("ended-hung-up-more"),
        Some(EndReason::NoAgent | EndReason::AgentNoAnswer) => say!("ended-nobody-more"),
        Some(EndReason::ClosedHours) => say!("ended-closed-more"),
        Some(EndReason::Expired) => say!("ended-expired-more"),
        Some(EndReason::InvalidNumber) => say!("ended-invalid-more"),
        Some(EndReason::BlockedNumber) => say!("ended-blocked-more"),
        Some(EndReason::CarrierError) => say!("ended-network-more"),
        None => super::NOTHING.clone(),
    }
}

/// How long the two talked.
pub fn talked_for(duration: &str) -> Say {
    say!("ended-talked-for").text("duration", duration)
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
pub fn badge(request: &RequestView, wait: Option<WaitRange>) -> Say {
    match (request.state, wait) {
        (RequestState::Queued, Some(range)) => say!("badge-wait")
            .words("heading", live_heading(request))
            .words("wait", wait_text(range)),
        (RequestState::Scheduled, _) if request.missed.is_some() => say!("badge-again"),
        (RequestState::Scheduled, _) => say!("badge-booked"),
        (RequestState::CustomerOnHold, _) => say!("badge-hold"),
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
            assert_ne!(ended_more(Some(reason)), crate::word::NOTHING.clone());
        }
    }
}
