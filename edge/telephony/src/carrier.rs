//! What every carrier can do.

use crate::{HttpAnswer, HttpCall};
use acd::{Effect, LegEnd};

/// A carrier as a codec.
pub trait Carrier {
    /// The HTTP request that carries this effect out. The same effect always gives the same request.
    fn request(&self, effect: &Effect) -> HttpCall;

    /// What the answer to it means.
    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome;
}

/// What came of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The carrier took it.
    Done,
    /// The carrier says no, for good.
    Refused(LegEnd),
    /// The carrier did not take it; it may later. Seconds to wait, when it said so.
    Retry(Option<u32>),
    /// Nobody knows whether it took it. Only a carrier that recognises our ids may simply be asked again.
    Unknown,
}

/// Attempts after which an effect counts as refused.
const MAX_ATTEMPTS: u32 = 8;
/// The longest pause between two attempts.
const MAX_PAUSE_MS: i64 = 8_000;

/// Milliseconds to wait after the attempt numbered `attempt` (from 1): 250, 500, … 8000; `None` when it was the last.
/// A carrier's own wish is respected when it is longer, up to a minute.
pub fn retry_after_ms(attempt: u32, wish_s: Option<u32>) -> Option<i64> {
    if attempt >= MAX_ATTEMPTS {
        return None;
    }
    let pause = (250_i64 << attempt.saturating_sub(1).min(10)).min(MAX_PAUSE_MS);
    Some(pause.max(i64::from(wish_s.unwrap_or(0).min(60)) * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (1..=8).map(|attempt| retry_after_ms(attempt, None)).collect();
        assert_eq!(
            pauses,
            [
                Some(250),
                Some(500),
                Some(1000),
                Some(2000),
                Some(4000),
                Some(8000),
                Some(8000),
                None
            ]
        );
        assert_eq!(retry_after_ms(1, Some(5)), Some(5000));
        assert_eq!(retry_after_ms(1, Some(100_000)), Some(60_000));
    }
}
