//! All waits of a business worked out at once.

use crate::acd::Size;
use crate::acd::decisions::{Floor, skill};
use crate::chance::Chance;
use crate::{Round, Scale};
use acd::routing::{Forecaster, Learned};

/// Milliseconds that a call takes, on the average.
const CALL_MS: f64 = 240_000.0;
/// Milliseconds after which people give up, on the average.
const PATIENCE_MS: f64 = 600_000.0;

/// Calls of every skill and agent, and waits that ended either way.
fn learned(size: Size, scale: Scale) -> Learned {
    let mut learned = Learned::new(size.skills, size.agents);
    let mut chance = Chance::new(2);
    let rounds = match scale {
        Scale::Full => 40,
        Scale::Tiny => 2,
    };
    #[expect(clippy::cast_possible_truncation, reason = "far below 2^63")]
    let drawn = |mean: f64, chance: &mut Chance| (mean * chance.exponential()) as i64;
    for agent in (0..size.agents).cycle().take(rounds * size.agents as usize) {
        let skill = skill(size, &mut chance);
        let mean = CALL_MS * (0.5 + f64::from(skill) / f64::from(size.skills));
        learned.handled(Some(skill), agent, drawn(mean, &mut chance));
        let (patience, wait) = (drawn(PATIENCE_MS, &mut chance), drawn(CALL_MS, &mut chance));
        learned.waited(Some(skill), patience.min(wait), patience < wait);
    }
    learned
}

/// Milliseconds of one outlook over everything.
pub(crate) fn outlook(size: Size, scale: Scale) -> Round {
    let mut floor = Floor::new(size);
    floor.fill();
    // So that the line is no row of equals.
    for _ in 0..2 * size.waiting {
        floor.turn();
    }
    let learned = learned(size, scale);
    let mut forecaster = Forecaster::new();
    let now = floor.now();
    Box::new(move |clock| {
        let (began, mut done) = (clock(), 0.0);
        loop {
            let outlook = forecaster.outlook(&floor.router, &learned, now);
            // What nobody looks at need not be worked out.
            std::hint::black_box(&outlook);
            done += 1.0;
            let took = clock() - began;
            if took > 0.0 && took >= scale.round_ms() {
                return took / done;
            }
        }
    })
}
