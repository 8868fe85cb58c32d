//! Many seeds, on all cores: plays share nothing.

use crate::{Verdict, play};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::thread;

/// Plays these seeds, and hands over how each ended, in their order.
///
/// # Errors
/// As [`play`], with the seed; then nothing more is played.
pub fn each(seeds: Range<u64>, events: u64, mut tell: impl FnMut(Verdict)) -> Result<(), String> {
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
                    if seed >= end || sender.send((seed, play(seed, events, false))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut turn) = (BTreeMap::new(), seeds.start);
        for (seed, verdict) in played {
            waiting.insert(seed, verdict);
            while let Some(verdict) = waiting.remove(&turn) {
                tell(verdict.map_err(|wrong| format!("seed {turn}: {wrong}"))?);
                turn += 1;
            }
        }
        Ok(())
    })
}
