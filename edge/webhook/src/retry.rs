//! What follows from an endpoint's answer.

use telephony::HttpAnswer;

/// Seconds from one attempt to the next, as the Standard Webhooks specification proposes them: the first is made at once, the
/// last after a little more than three days.
pub const SCHEDULE_S: [i64; 10] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// An endpoint that asks for more time gets it, up to a day.
const MOST_S: i64 = 86_400;

/// What to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it has arrived.
    Delivered,
    /// Try again after these seconds.
    Again(i64),
    /// It was tried often enough.
    GiveUp,
    /// The endpoint wants nothing any more.
    Gone,
}

/// After `attempts` attempts in all (at least one), the last of which was answered so.
pub fn after(attempts: u32, answer: &HttpAnswer) -> Next {
    match answer.status {
        Some(200..=299) => return Next::Delivered,
        Some(410) => return Next::Gone,
        _ => {}
    }
    let wait = usize::try_from(attempts).ok().and_then(|nth| SCHEDULE_S.get(nth));
    let asked = answer.retry_after_s.map_or(0, i64::from).min(MOST_S);
    wait.map_or(Next::GiveUp, |wait| Next::Again(asked.max(*wait)))
}
