//! What the panel says of waits, and of what is offered instead of one.

use super::{Say, say};
use shared::presence::{Offer, WaitRange};
use shared::request::WaitChange;

/// A range of time to wait.
pub fn wait_text(range: WaitRange) -> Say {
    let (low, high) = (range.low_s / 60, range.high_s.div_ceil(60));
    let up_to = |said: Say| said.number("high", high.into());
    match (low, high) {
        _ if range.high_s == 0 => say!("wait-none"),
        (_, 0 | 1) => say!("wait-short"),
        (60.., _) => say!("wait-long"),
        (0, _) => up_to(say!("wait-up-to")),
        _ if high - low <= 1 => up_to(say!("wait-about")),
        _ => up_to(say!("wait-range").number("low", low.into())),
    }
}

/// What is left of the wait in line.
pub fn wait_left(wait: Option<WaitRange>) -> Say {
    match wait {
        Some(WaitRange { high_s: 0, .. }) => say!("wait-left-none"),
        Some(range) => say!("wait-left").words("wait", wait_text(range)),
        None => say!("wait-left-unknown"),
    }
}

/// Why the wait became longer.
pub const fn longer(why: WaitChange) -> Say {
    match why {
        WaitChange::FewerAgents => say!("longer-fewer"),
        WaitChange::OthersFirst => say!("longer-others"),
        WaitChange::LongerCalls => say!("longer-calls"),
    }
}

/// What a skill or a person can do for somebody who asks now. `opens` is when it opens, as [`when`] says it.
pub fn offered(offer: Offer, wait: Option<WaitRange>, opens: Option<Say>) -> Say {
    match (offer, wait, opens) {
        (Offer::Now, ..) => say!("offer-now"),
        (Offer::Wait, Some(range), _) => wait_text(range),
        (Offer::Wait, None, _) => say!("offer-wait"),
        (Offer::Slot | Offer::Closed, _, Some(opens)) => say!("offer-opens").words("when", opens),
        (Offer::Slot, _, None) => say!("offer-slot"),
        (Offer::Closed, _, None) => say!("offer-closed"),
    }
}

/// A busy person's own wait beside everybody's.
pub fn expert_wait(first_name: &str, own: Option<WaitRange>, others: Option<WaitRange>) -> Say {
    let wait = |wait: Option<WaitRange>| wait.map_or(say!("wait-unknown"), wait_text);
    say!("expert-wait")
        .text("name", first_name)
        .words("own", wait(own))
        .words("others", wait(others))
}

/// A time: of the day when it is today, else with the day.
pub fn when(day: Option<&str>, time: &str) -> Say {
    match day {
        Some(day) => say!("at-day").text("day", day).text("time", time),
        None => say!("at-time").text("time", time),
    }
}

/// Why there is no call now, when a time for later can be chosen. `name` is the person's who was chosen.
pub fn opens(name: Option<&str>, when: Option<Say>) -> Say {
    match (name, when) {
        (Some(name), Some(when)) => say!("here-again").text("name", name).words("when", when),
        (None, Some(when)) => say!("open-again").words("when", when),
        (_, None) => say!("nobody-now"),
    }
}

/// Why nothing is offered.
pub fn closed(when: Option<Say>) -> Say {
    match when {
        Some(when) => say!("closed-until").words("when", when),
        None => say!("closed-now"),
    }
}
