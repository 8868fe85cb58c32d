//! Numbers that look random and are the same every time.

/// SplitMix64 (Steele, Lea and Flood, 2014): next to nothing beside what is timed.
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// Any seed will do.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of 0 to `count - 1`; 0 of none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let high = u64::from(u32::MAX) & (self.bits() >> 32);
        ((high * count as u64) >> 32) as usize
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// From an exponential distribution of mean 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    pub(crate) fn exponential(&mut self) -> f64 {
        let unit = ((self.bits() >> 11) as f64 + 1.0) / (1u64 << 53) as f64;
        -unit.ln()
    }
}
