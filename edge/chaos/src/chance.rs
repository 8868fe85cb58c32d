//! Everything that is left to chance, out of one seed.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// A source of decisions; the same seed gives the same ones.
#[derive(Debug, Clone)]
pub(crate) struct Chance(Xoshiro256PlusPlus);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A number from 0, below `end`; 0 when `end` is.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.0.next_u64()) * u128::from(end)) >> 64) as u64
    }

    /// A number from `first` to `last`.
    pub(crate) fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = u64::try_from(last - first).unwrap_or(0) + 1;
        first + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True with this probability.
    pub(crate) fn happens(&mut self, often: f64) -> bool {
        often > 0.0 && self.unit() < often
    }

    /// A number from 0, below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits")]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A time with this mean, exponential, in milliseconds and at least one.
    #[expect(clippy::cast_possible_truncation, reason = "saturates")]
    pub(crate) fn around(&mut self, mean_ms: f64) -> i64 {
        ((-(1.0 - self.unit()).ln() * mean_ms) as i64).max(1)
    }

    /// One of these.
    pub(crate) fn one_of<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let nth = self.below(u64::try_from(of.len()).unwrap_or(0));
        of.get(usize::try_from(nth).unwrap_or(0))
    }
}
