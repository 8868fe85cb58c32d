//! The works of a bench in this program, set up when they are first asked for.

use crate::{Bench, Lane, Round, Scale, Work};

/// Runs works here and now.
pub struct Local {
    works: Vec<(Work, Option<Round>)>,
    clock: Box<dyn Fn() -> f64>,
}

impl Local {
    /// The works of this bench, timed by this clock (in milliseconds).
    pub fn new(bench: &Bench, scale: Scale, clock: Box<dyn Fn() -> f64>) -> Self {
        let works = (bench.works)(scale);
        Self {
            works: works.into_iter().map(|work| (work, None)).collect(),
            clock,
        }
    }
}

impl Lane for Local {
    fn round(&mut self, work: usize) -> Option<f64> {
        let (work, round) = self.works.get_mut(work)?;
        if round.is_none() {
            *round = (work.make)();
        }
        round.as_mut().map(|round| round(&*self.clock))
    }
}
