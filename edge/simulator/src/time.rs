//! Seconds as people write them, and the engine's whole ticks: nanoseconds here, so that a draw is hardly rounded.

/// The longest time that can be simulated, in seconds: a third of what the ticks hold.
pub(crate) const MAX_SECONDS: f64 = 3e9;
const PER_SECOND: f64 = 1e9;

/// Seconds in ticks; what is too long is cut to [`MAX_SECONDS`].
#[expect(clippy::cast_possible_truncation, reason = "cut before")]
pub(crate) fn ticks(seconds: f64) -> i64 {
    (seconds.min(MAX_SECONDS) * PER_SECOND).round() as i64
}

/// Ticks in seconds.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 ns are 104 days; beyond, a microsecond is lost"
)]
pub(crate) fn seconds(ticks: i64) -> f64 {
    ticks as f64 / PER_SECOND
}

/// An estimate in ticks, in seconds.
pub(crate) fn in_seconds(ticks: f64) -> f64 {
    ticks / PER_SECOND
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(ticks(1.5), 1_500_000_000);
        assert_eq!(ticks(f64::INFINITY), ticks(MAX_SECONDS));
        assert!((seconds(ticks(12.25)) - 12.25).abs() < 1e-12);
    }
}
