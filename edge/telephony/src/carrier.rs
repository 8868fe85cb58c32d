//! What every carrier can do. A new carrier is one file that implements [`Carrier`], and the conformance suite.

use crate::{HttpAnswer, HttpCall};
use acd::{Effect, Heard, LegEnd};
use shared::call::Party;
use shared::{Address, LegId, Millis};

/// A carrier as a codec.
pub trait Carrier {
    /// The HTTP requests that carry this effect out, in order; none when the carrier does it by itself ([`by_itself`]), and for a dial
    /// to what it knows no way to. The same effect always gives the same requests.
    fn request(&self, effect: &Effect, known: &Known) -> Vec<HttpCall>;

    /// What the answer to the last of them means.
    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome;

    /// Asks what became of a leg: when nobody knows whether a dial was taken, and when news is overdue.
    fn ask(&self, known: &Known) -> HttpCall;

    /// What the answer to that says.
    fn told(&self, known: &Known, answer: &HttpAnswer) -> Told;

    /// The carrier's own name of the leg, when the answer to a dial tells it.
    fn reference(&self, _answer: &HttpAnswer) -> Option<String> {
        None
    }

    /// True when it says, some time after the end of a leg, what that did cost.
    fn bills(&self) -> bool {
        false
    }

    /// True when it can't be told anything about a leg without its own name of it.
    fn needs_reference(&self) -> bool {
        false
    }
}

/// What is known of a leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id, which we chose.
    pub leg: LegId,
    /// Whose.
    pub party: Party,
    /// The number, or SIP address.
    pub to: Address,
    /// The carrier's name of it.
    pub reference: Option<String>,
    /// When it was ordered.
    pub ordered_at: Millis,
    /// The carrier's names of other legs to the same number.
    pub others: Vec<String>,
}

/// What came of one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The carrier did it.
    Done,
    /// The carrier took it; an event will tell when it is done.
    Taken,
    /// The carrier says no, for good.
    Refused(LegEnd),
    /// The carrier surely did not take it; it may later. Seconds to wait, when it said so.
    Retry(Option<u32>),
    /// Nobody knows whether it took it.
    Unknown,
}

/// What a carrier says of a leg that it was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// It has no such leg: it was never dialled, or is long over.
    Absent,
    /// It has.
    Leg {
        /// Its name there.
        reference: Option<String>,
        /// What may be news.
        news: Vec<Heard>,
        /// What it did cost, in ten-thousandths, once its carrier says so.
        price: Option<u64>,
    },
    /// No answer, or none that says anything.
    Unclear,
}

/// What it means that a carrier needs no request for an effect: it does it by itself, and of a bridge its events will tell.
pub const fn by_itself(effect: &Effect) -> Outcome {
    match effect {
        Effect::Bridge { .. } => Outcome::Taken,
        _ => Outcome::Done,
    }
}

/// What an answer means that says nothing about a call: the same for every carrier.
///
/// `None` when it has to be looked at.
pub fn general(answer: &HttpAnswer) -> Option<Outcome> {
    Some(match answer.status {
        None if !answer.sent => Outcome::Retry(None),
        None => Outcome::Unknown,
        // Whoever failed halfway may have done it; a gateway that could not connect has not.
        Some(500 | 502 | 504 | 520 | 524) => Outcome::Unknown,
        Some(429 | 500..=599) => Outcome::Retry(answer.retry_after_s),
        Some(401 | 403) => Outcome::Refused(LegEnd::Failed),
        Some(_) => return None,
    })
}
