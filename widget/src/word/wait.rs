//! What the panel says of waits, and of what is offered instead of one.

use shared::presence::{Offer, WaitRange};
use shared::request::WaitChange;

const ANY_MOMENT: &str = "any moment now";

/// A range of time to wait.
pub fn wait_text(range: WaitRange) -> String {
    let (low, high) = (range.low_s / 60, range.high_s.div_ceil(60));
    match (low, high) {
        _ if range.high_s == 0 => ANY_MOMENT.into(),
        (_, 0 | 1) => "under a minute".into(),
        (60.., _) => "over an hour".into(),
        (0, _) => format!("up to {high} min"),
        _ if high - low <= 1 => format!("about {high} min"),
        _ => format!("{low}–{high} min"),
    }
}

/// What is left of the wait in line.
pub fn wait_left(wait: Option<WaitRange>) -> String {
    match wait {
        Some(WaitRange { high_s: 0, .. }) => "It's your turn any moment now.".into(),
        Some(range) => format!("Expected wait: {}.", wait_text(range)),
        None => "We don't know yet how long it takes.".into(),
    }
}

/// Why the wait became longer.
pub const fn longer(why: WaitChange) -> &'static str {
    match why {
        WaitChange::FewerAgents => "Longer than we said: fewer of us are here to help now.",
        WaitChange::OthersFirst => "Longer than we said: somebody who was promised a call goes first.",
        WaitChange::LongerCalls => "Longer than we said: calls take more time than before.",
    }
}

/// What a skill or a person can do for somebody who asks now. `opens` is when it opens, as [`when`] says it.
pub fn offered(offer: Offer, wait: Option<WaitRange>, opens: Option<&str>) -> String {
    match (offer, wait, opens) {
        (Offer::Now, ..) => "free now".into(),
        (Offer::Wait, Some(range), _) => wait_text(range),
        (Offer::Wait, None, _) => "busy, wait unknown".into(),
        (Offer::Slot | Offer::Closed, _, Some(opens)) => format!("opens {opens}"),
        (Offer::Slot, _, None) => "choose a time".into(),
        (Offer::Closed, _, None) => "closed".into(),
    }
}

/// A busy person's own wait beside everybody's.
pub fn expert_wait(first_name: &str, own: Option<WaitRange>, others: Option<WaitRange>) -> String {
    let say = |wait: Option<WaitRange>| wait.map_or_else(|| "wait unknown".into(), wait_text);
    format!("{first_name}: {} · anyone: {}", say(own), say(others))
}

/// A time: of the day when it is today, else with the day.
pub fn when(day: Option<&str>, time: &str) -> String {
    match day {
        Some(day) => format!("{day} at {time}"),
        None => format!("at {time}"),
    }
}

/// Why there is no call now, when a time for later can be chosen. `name` is the person's who was chosen.
pub fn opens(name: Option<&str>, when: Option<&str>) -> String {
    match (name, when) {
        (Some(name), Some(when)) => format!("{name} is here {when}. Choose a time and we'll call you then."),
        (None, Some(when)) => format!("We open {when}. Choose a time and we'll call you then."),
        (_, None) => "Nobody is on duty right now. Choose a time and we'll call you then.".into(),
    }
}

/// Why nothing is offered.
pub fn closed(when: Option<&str>) -> String {
    match when {
        Some(when) => format!("Closed: we open {when}. There is no time to choose before that."),
        None => "Nobody can call you at the moment, and there is no time to choose.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_a_range_and_never_more_exact_than_it_is() {
        for (low_s, high_s, words) in [
            (0, 0, "any moment now"),
            (10, 60, "under a minute"),
            (20, 170, "up to 3 min"),
            (120, 180, "about 3 min"),
            (120, 300, "2–5 min"),
            (4000, 9000, "over an hour"),
        ] {
            assert_eq!(wait_text(WaitRange { low_s, high_s }), words);
        }
    }
}
