//! What plays add up to.

use crate::routing::range::Estimate;

/// Plays of one forecast: where chance hardly matters, where it does, and at the most.
pub(crate) const PLAYS: (u32, u32, u32) = (4, 32, 64);
/// Plays go on until their chance adds less than this share to the variance: judged by few plays, and by many.
const CHANCE: (f64, f64) = (0.001, 0.01);

/// Sums over plays of a wait's mean, of its square, and of its variance within the play.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sums {
    pub(crate) plays: f64,
    mean: f64,
    square: f64,
    within: f64,
}

impl Sums {
    pub(crate) fn add(&mut self, at: Moment) {
        self.plays += 1.0;
        self.mean += at.time;
        self.square += at.time * at.time;
        self.within += at.variance;
    }

    /// Variance of a play's mean.
    fn between(&self) -> f64 {
        let mean = self.mean / self.plays;
        (self.square / self.plays - mean * mean).max(0.0)
    }

    pub(crate) fn estimate(&self) -> Option<Estimate> {
        (self.plays > 0.0).then(|| Estimate {
            mean: self.mean / self.plays,
            variance: self.within / self.plays + self.between(),
        })
    }

    /// True when more plays would hardly change it.
    pub(crate) fn is_sure(&self, plays: u32) -> bool {
        let chance = if plays < PLAYS.1 { CHANCE.0 } else { CHANCE.1 };
        plays >= PLAYS.0 && self.between() / self.plays < chance * (self.within / self.plays + self.between())
    }
}

/// A moment of a play: ticks from now, and the variance of that.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Moment {
    pub(crate) time: f64,
    pub(crate) variance: f64,
}
