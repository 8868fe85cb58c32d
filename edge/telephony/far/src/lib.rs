//! The far ends of carriers, for tests: each speaks its carrier's language, and behind it are the same scripted phones
//! ([`telephony::exchange::behaviour`]). Pure: the time comes in, answers and events go out.

mod ari;
mod phone;
mod sandbox;
mod twilio;

pub use ari::Ari;
pub use sandbox::SandboxEnd;
pub use twilio::TwilioEnd;

use shared::{Address, LegId, Millis};
use std::collections::BTreeMap;
use telephony::{HttpAnswer, HttpCall};

/// Something that the far end tells the business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    /// The leg it is about.
    pub leg: LegId,
    /// Which address it goes to, for carriers that have several.
    pub about: &'static str,
    /// The message as it travels.
    pub text: String,
}

/// A call that was asked for, and taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialled {
    /// What the business calls it.
    pub leg: LegId,
    /// Whose phone it is.
    pub to: Address,
    /// When it was asked for.
    pub at: Millis,
    /// When it was over.
    pub ended_at: Option<Millis>,
}

/// What a far end remembers, whatever language it speaks.
#[derive(Debug, Default)]
pub struct Diary {
    tells: Vec<Tell>,
    dialled: BTreeMap<Address, usize>,
    said: BTreeMap<LegId, Vec<String>>,
}

/// Milliseconds from the answer to the end; nothing was talked without an answer.
fn duration_ms(answered_at: Option<Millis>, ended_at: Option<Millis>) -> Option<i64> {
    let ended = ended_at?;
    Some(answered_at.map_or(0, |answered| ended.0 - answered.0))
}

/// What a test can do with, and see of, a far end.
pub trait FarEnd {
    /// A request arrives.
    fn carry(&mut self, now: Millis, call: &HttpCall) -> HttpAnswer;
    /// Time has passed: phones do what is due.
    fn pass(&mut self, now: Millis);
    /// When something is due next.
    fn wake_at(&self) -> Option<Millis>;
    /// What it remembers, to be read.
    fn noted(&self) -> &Diary;
    /// What it remembers.
    fn diary(&mut self) -> &mut Diary;
    /// What it has to tell since it was asked last.
    fn tells(&mut self) -> Vec<Tell> {
        std::mem::take(&mut self.diary().tells)
    }
    /// The business's answer to something it was told, for carriers that ask.
    fn answer(&mut self, _now: Millis, _leg: &LegId, _text: &str) {}
    /// How often a number was dialled.
    fn dialled(&self, number: &str) -> usize {
        let number = Address::parse(number).ok();
        let times = number.and_then(|number| self.noted().dialled.get(&number));
        times.copied().unwrap_or_default()
    }
    /// Legs that are up or ring.
    fn alive(&self) -> Vec<LegId>;
    /// The leg that this one hears.
    fn hears(&self, leg: &LegId) -> Option<LegId>;
    /// What this leg was told, in order: words or the names of recordings.
    fn said(&self, leg: &LegId) -> Vec<String> {
        self.noted().said.get(leg).cloned().unwrap_or_default()
    }
    /// Milliseconds from the answer to the end, by its own records; `None` while it is not over.
    fn record(&self, leg: &LegId) -> Option<i64>;
}
