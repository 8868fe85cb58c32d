//! Many seeds, on all cores: plays share nothing.

use crate::{Verdict, play};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// What fails in the object of a play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crashes {
    /// As it happens.
    ByChance,
    /// One thing, at this moment.
    At(u64),
    /// One thing, at each moment there is: a play for each.
    AtEach,
}

impl Crashes {
    fn plays(self, seed: u64, events: u64) -> Result<Vec<Verdict>, String> {
        let at = match self {
            Self::ByChance => return Ok(vec![play(seed, events, None, false)?]),
            Self::At(at) => return Ok(vec![play(seed, events, Some(at), false)?]),
            Self::AtEach => play(seed, events, Some(0), false)?,
        };
        let moments = 1..=at.tally.moments;
        std::iter::once(Ok(at))
            .chain(moments.map(|at| play(seed, events, Some(at), false)))
            .collect()
    }
}

/// Plays these seeds, and hands over how each play ended, in their order.
///
/// # Errors
/// As [`play`], with the seed; then nothing more is played.
pub fn each(
    seeds: Range<u64>,
    events: u64,
    crashes: Crashes,
    mut tell: impl FnMut(Verdict),
) -> Result<(), String> {
    let lanes = thread::available_parallelism().map_or(1, NonZero::get);
    let (next, end) = (AtomicU64::new(seeds.start), seeds.end);
    let (sender, played) = channel();
    thread::scope(|scope| {
        for _ in 0..lanes {
            let (next, sender) = (&next, sender.clone());
            scope.spawn(move || {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    // Nobody listens any more where one was at fault.
                    if seed >= end || sender.send((seed, crashes.plays(seed, events))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut turn) = (BTreeMap::new(), seeds.start);
        for (seed, verdicts) in played {
            waiting.insert(seed, verdicts);
            while let Some(verdicts) = waiting.remove(&turn) {
                let verdicts = verdicts.map_err(|wrong| format!("seed {turn}: {wrong}"))?;
                verdicts.into_iter().for_each(&mut tell);
                turn += 1;
            }
        }
        Ok(())
    })
}
