//! Random times. Every stream of callers has generators of its own for when they come, what they need and how patient they
//! are, and draws all three at the arrival: so every policy meets the same callers.

use rand_distr::{Distribution, Exp1, Gamma, LogNormal};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use crate::bounds::{positive, within};
use crate::scenario::{Kind, Shape, Wrong};

/// Phases of an Erlang distribution.
const MAX_PHASES: u32 = 10_000;

/// A distribution that can be drawn from, in seconds.
#[derive(Debug, Clone)]
pub(crate) enum Dist {
    Exponential {
        mean: f64,
    },
    Deterministic {
        mean: f64,
    },
    Lognormal(LogNormal<f64>),
    /// With probability `often` exponential with the first mean, else with the second.
    Hyperexponential {
        often: f64,
        means: (f64, f64),
    },
    Erlang(Gamma<f64>),
}

impl Dist {
    /// Checks the shape. `mean` stands in where the shape names none.
    pub(crate) fn of(shape: &Shape, field: &str, mean: Option<f64>) -> Result<Self, Wrong> {
        let at = |name: &str| format!("{field}.{name}");
        let mean = shape
            .mean
            .or(mean)
            .ok_or_else(|| Wrong::new(&at("mean"), "is missing"))?;
        positive(mean, &at("mean"))?;
        let (has_cv, has_k) = match shape.dist {
            Kind::Exponential | Kind::Deterministic => (false, false),
            Kind::Lognormal | Kind::Hyperexponential => (true, false),
            Kind::Erlang => (false, true),
        };
        if shape.cv.is_some() != has_cv {
            return Err(Wrong::new(&at("cv"), given(has_cv)));
        }
        if shape.k.is_some() != has_k {
            return Err(Wrong::new(&at("k"), given(has_k)));
        }
        let (cv, k) = (shape.cv.unwrap_or(1.0), shape.k.unwrap_or(1));
        if !(0.0..=1e3).contains(&cv) {
            return Err(Wrong::new(&at("cv"), "must be from 0 to 1000"));
        }
        within(k, 1, MAX_PHASES, &at("k"))?;
        let squared = cv * cv;
        match shape.dist {
            Kind::Exponential => Ok(Self::Exponential { mean }),
            Kind::Deterministic => Ok(Self::Deterministic { mean }),
            Kind::Lognormal => {
                let variance = squared.ln_1p();
                LogNormal::new(mean.ln() - variance / 2.0, variance.sqrt())
                    .map(Self::Lognormal)
                    .map_err(|error| Wrong::new(field, error))
            }
            Kind::Hyperexponential if cv < 1.0 => Err(Wrong::new(&at("cv"), "must be at least 1")),
            Kind::Hyperexponential => {
                let often = (1.0 + ((squared - 1.0) / (squared + 1.0)).sqrt()) / 2.0;
                Ok(Self::Hyperexponential {
                    often,
                    means: (mean / (2.0 * often), mean / (2.0 * (1.0 - often))),
                })
            }
            Kind::Erlang => Gamma::new(f64::from(k), mean / f64::from(k))
                .map(Self::Erlang)
                .map_err(|error| Wrong::new(field, error)),
        }
    }

    /// The mean, where nothing else is to be known of it: an exponential's.
    pub(crate) fn exponential(&self) -> Option<f64> {
        match self {
            Self::Exponential { mean } => Some(*mean),
            _ => None,
        }
    }

    /// One time, in seconds.
    pub(crate) fn draw(&self, rng: &mut Xoshiro256PlusPlus) -> f64 {
        let one = |rng: &mut Xoshiro256PlusPlus| -> f64 { Exp1.sample(rng) };
        match self {
            Self::Exponential { mean } => mean * one(rng),
            Self::Deterministic { mean } => *mean,
            Self::Lognormal(normal) => normal.sample(rng),
            Self::Hyperexponential { often, means } => {
                let share: f64 = rand_distr::StandardUniform.sample(rng);
                one(rng) * if share < *often { means.0 } else { means.1 }
            }
            Self::Erlang(gamma) => gamma.sample(rng),
        }
    }
}

/// Generators that never meet: each begins 2^128 draws after the one before.
pub(crate) struct Seeds(Xoshiro256PlusPlus);

impl Seeds {
    /// All chance of a run.
    pub(crate) fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// The next generator.
    pub(crate) fn next(&mut self) -> Xoshiro256PlusPlus {
        let here = self.0.clone();
        self.0.jump();
        here
    }
}

fn given(needed: bool) -> &'static str {
    if needed {
        "is missing"
    } else {
        "does not belong to this distribution"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(shape: &str) -> (f64, f64) {
        let dist = Dist::of(&serde_json::from_str(shape).unwrap(), "handle", None).unwrap();
        let mut rng = Seeds::new(5).next();
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let x = dist.draw(&mut rng);
            sum += x;
            squares += x * x;
        }
        let mean = sum / f64::from(n);
        (mean, (squares / f64::from(n) - mean * mean).sqrt() / mean)
    }

    #[test]
    fn mean_and_variation_are_as_asked() {
        for (shape, mean, cv) in [
            (r#"{"dist":"exponential","mean":3}"#, 3.0, 1.0),
            (r#"{"dist":"deterministic","mean":3}"#, 3.0, 0.0),
            (r#"{"dist":"lognormal","mean":3,"cv":0.5}"#, 3.0, 0.5),
            (r#"{"dist":"hyperexponential","mean":3,"cv":2}"#, 3.0, 2.0),
            (r#"{"dist":"hyperexponential","mean":3,"cv":1}"#, 3.0, 1.0),
            (r#"{"dist":"erlang","mean":3,"k":4}"#, 3.0, 0.5),
        ] {
            let (m, c) = moments(shape);
            assert!((m - mean).abs() < 0.05, "{shape}: mean {m}");
            assert!((c - cv).abs() < 0.03, "{shape}: cv {c}");
        }
    }
}
