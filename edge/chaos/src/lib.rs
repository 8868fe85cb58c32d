//! Plays a whole business (engine, rows, outbox, equipment, phones, people, clock) through faults and crashes, from a seed, and
//! checks after every step what must never break. The same seed plays the same play, to the last event.
//!
//! | module | idea |
//! | --- | --- |
//! | `options` | what is drawn from a seed before the play: how big, which faults, how often |
//! | `narrow` | a dial policy that is in the way, in one seed of four |
//! | `world` | the play: the next thing happens, until the faults are healed and everything has come to its end |
//! | `object`, `send` | the Business object's turn and its outbox, as `edge/src` has them |
//! | `moment` | the moments at which they die, or a transaction fails |
//! | `store` | its tables, as maps |
//! | `wire`, `far` | scripted equipment, and the phones behind it |
//! | `page` | the pages of calls in the browser |
//! | `people`, `desks` | customers, agents, the supervisor |
//! | `rings` | how often all businesses rang a number |
//! | `check` | what must never break |
//! | `lanes` | many seeds on all cores, or one for each of its moments |

mod chance;
mod check;
mod desks;
mod document;
mod event;
mod far;
mod inquire;
mod lanes;
mod log;
mod moment;
#[cfg(feature = "mutants")]
pub mod mutants;
mod narrow;
mod object;
mod options;
mod page;
mod people;
mod report;
mod rings;
mod send;
mod store;
mod wire;
mod world;

pub use lanes::{Crashes, each};
pub use report::Tally;

use serde::Serialize;

/// How the play of one seed ended.
#[derive(Debug, Serialize)]
pub struct Verdict {
    /// The seed.
    pub seed: u64,
    /// The only moment at which something failed in the object, if it was not left to chance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crash_at: Option<u64>,
    /// Of everything that happened: equal for equal plays.
    pub hash: String,
    /// In numbers.
    pub tally: Tally,
    /// The invariant that broke, by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken: Option<&'static str>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// What was drawn, for one that broke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<serde_json::Value>,
    /// The last things that happened, when they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub last: Vec<String>,
}

/// Plays a seed: so many events with faults, then none until everything has come to its end. With `crash_at` the process dies, or
/// a transaction fails, at just this moment of it (see [`Tally::moments`]; 0 for never), and else by chance. `reads` keeps the last
/// events as text.
///
/// # Errors
/// The document that was drawn is at fault.
pub fn play(seed: u64, events: u64, crash_at: Option<u64>, reads: bool) -> Result<Verdict, String> {
    let played = world::World::new(seed, events, crash_at, reads)?.play();
    let broken = played.broken;
    Ok(Verdict {
        seed,
        crash_at,
        hash: format!("{:016x}", played.hash),
        tally: played.tally,
        options: broken
            .as_ref()
            .and_then(|_| serde_json::to_value(&played.options).ok()),
        broken: broken.as_ref().map(|broken| broken.law.number()),
        how: broken.map(|broken| broken.how),
        last: played.lines,
    })
}
