//! How long people wait before they give up, by age.

use serde::{Deserialize, Serialize};

/// Waits that ended at about the same age.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Waits {
    /// How many ended.
    pub(crate) ended: f64,
    /// Their ticks.
    pub(crate) ticks: f64,
    /// How many of them by giving up.
    pub(crate) gave_up: f64,
}

/// Patience as it was seen: the rate of giving up by age, constant within a bin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Patience {
    pub(crate) bins: Vec<Hazard>,
}

/// Of one bin of ages.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hazard {
    /// Where the bin begins: working it out takes longer than all the rest.
    pub(crate) edge: f64,
    /// Accumulated before.
    pub(crate) before: f64,
    /// Per tick.
    pub(crate) rate: f64,
}

/// The bin of an age: two to the octave, beginning at 2^k and 1.5 * 2^k.
pub(crate) fn bin_of(age: f64) -> usize {
    if age < 1.0 {
        return 0;
    }
    // Exponent and highest bit of the fraction are the number of the half octave.
    usize::try_from((age.to_bits() >> 51).saturating_sub(1023 << 1) + 1).unwrap_or(0)
}

/// Where a bin begins.
pub(crate) fn edge_of(bin: usize) -> f64 {
    match bin.checked_sub(1) {
        None => 0.0,
        Some(half) => {
            let power = f64::powi(2.0, i32::try_from(half / 2).unwrap_or(0));
            if half % 2 == 0 { power } else { power * 1.5 }
        }
    }
}

impl Patience {
    /// Hazard accumulated up to an age, and its rate at that age.
    pub(crate) fn hazard(&self, age: f64) -> (f64, f64) {
        let bin = bin_of(age).min(self.bins.len().saturating_sub(1));
        let Hazard { edge, before, rate } = self.bins.get(bin).copied().unwrap_or_default();
        (before + rate * (age - edge), rate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_are_half_octaves() {
        for (age, bin, edge) in [
            (0.5, 0, 0.0),
            (1.0, 1, 1.0),
            (1.4, 1, 1.0),
            (1.5, 2, 1.5),
            (2.0, 3, 2.0),
            (100.0, 14, 96.0),
        ] {
            assert_eq!(bin_of(age), bin, "{age}");
            assert!((edge_of(bin) - edge).abs() < 1e-9, "{age}");
        }
    }
}
