//! What the phone behind a number does, as a plan.

use acd::LegEnd;
use shared::{Address, Millis};
use telephony::exchange::{Behaviour, behaviour};

/// Something that a phone does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Ring,
    Answer,
    Press(char),
    End(LegEnd),
}

const SOON_MS: i64 = 50;
const NETWORK_MS: i64 = 300;
const BRISK_MS: i64 = 1_000;

/// What happens from the dial on, in order. `again` says that the number was dialled before.
pub(crate) fn plan(number: &Address, now: Millis, ring_s: i64, again: bool) -> Vec<(Millis, Act)> {
    let ring = (now.plus_ms(SOON_MS), Act::Ring);
    let late = (now.plus_s(ring_s), Act::End(LegEnd::NoAnswer));
    let after = |ms: i64, act| vec![ring, (now.plus_ms(ms), act), late];
    let end = |how| vec![(now.plus_ms(NETWORK_MS), Act::End(how))];
    let mut plan = match behaviour(number) {
        Behaviour::AnswersAfter(s) => after(i64::from(s) * 1000, Act::Answer),
        Behaviour::Busy => end(LegEnd::Busy),
        Behaviour::BusyAtFirst if !again => end(LegEnd::Busy),
        Behaviour::NotInService | Behaviour::Refused => end(LegEnd::BadNumber),
        Behaviour::Declines => after(BRISK_MS, Act::End(LegEnd::Declined)),
        Behaviour::NeverAnswers => vec![ring, late],
        Behaviour::Person
        | Behaviour::HangsUpAfter(_)
        | Behaviour::Voicemail
        | Behaviour::FailsTwice
        | Behaviour::LateAndRepeated
        | Behaviour::Reversed
        | Behaviour::BusyAtFirst
        | Behaviour::Presses(_) => after(BRISK_MS, Act::Answer),
    };
    plan.sort_by_key(|(at, _)| *at);
    plan
}

/// What happens once it has been answered.
pub(crate) fn after_answer(number: &Address, now: Millis) -> Vec<(Millis, Act)> {
    match behaviour(number) {
        Behaviour::HangsUpAfter(s) => vec![(now.plus_s(i64::from(s)), Act::End(LegEnd::HungUp))],
        Behaviour::Presses(key) => vec![(now.plus_s(2), Act::Press(key))],
        _ => Vec::new(),
    }
}

/// True for the number whose network fails the first two times.
pub(crate) fn fails(number: &Address, attempts: usize) -> bool {
    behaviour(number) == Behaviour::FailsTwice && attempts < 2
}
