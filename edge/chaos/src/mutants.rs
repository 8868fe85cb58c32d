//! Who tests the tests: each bug on purpose must be found.

use acd::mutant::{Mutant, switch};
use serde::Serialize;
use std::panic::catch_unwind;

/// Seeds within which a bug must be found.
pub const SEEDS: u64 = 1_000;

/// How a bug was found.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its name.
    pub mutant: String,
    /// What it does.
    pub words: &'static str,
    /// The invariant that broke, by its number; `None` when it was not found.
    pub law: Option<String>,
    /// Seeds that were played.
    pub seeds: u64,
    /// What broke.
    pub how: String,
}

/// Plays seeds with each of the bugs whose names contain `only`, until it is found; `watch` hears of each.
pub fn mutants(first: u64, events: u64, only: &str, watch: &mut dyn FnMut(&Found)) -> Vec<Found> {
    let wanted = Mutant::ALL
        .iter()
        .filter(|mutant| format!("{mutant:?}").contains(only));
    let found = wanted.map(|mutant| {
        let found = hunt(*mutant, first, events);
        watch(&found);
        found
    });
    found.collect()
}

fn hunt(mutant: Mutant, first: u64, events: u64) -> Found {
    let found = |law, seeds, how| Found {
        mutant: format!("{mutant:?}"),
        words: mutant.words(),
        law,
        seeds,
        how,
    };
    for seed in first..first + SEEDS {
        let played = catch_unwind(|| {
            switch(Some(mutant));
            crate::play(seed, events, None, false)
        });
        switch(None);
        let seeds = seed - first + 1;
        match played {
            Ok(Ok(verdict)) => {
                if let Some(law) = verdict.broken {
                    return found(Some(law.into()), seeds, verdict.how.unwrap_or_default());
                }
            }
            Ok(Err(how)) => return found(None, seeds, how),
            // An assertion in the engine itself.
            Err(_) => return found(Some("panic".into()), seeds, String::new()),
        }
    }
    found(None, SEEDS, String::new())
}
