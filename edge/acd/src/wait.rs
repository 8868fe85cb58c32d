//! How long somebody who asks now will wait, from what calls took lately. Unknown while the evidence is thin.

use shared::presence::WaitRange;

/// What calls took lately, from the first word to the end of the wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Handling {
    /// Calls seen.
    pub calls: u32,
    /// Their seconds in all.
    pub total_s: i64,
}

/// Calls below which a mean says too little to be published.
const MIN_EVIDENCE: u32 = 5;
/// Calls that the mean remembers.
const MEMORY: u32 = 50;
/// The normal distribution's 10 % and 90 % points lie this far from its mean.
const Z_90: f64 = 1.281_55;

impl Handling {
    /// One more call.
    pub(crate) fn learn(&mut self, seconds: i64) {
        if self.calls >= MEMORY {
            self.total_s -= self.total_s / i64::from(self.calls);
            self.calls -= 1;
        }
        self.calls += 1;
        self.total_s += seconds;
    }

    /// Seconds that a call takes; `None` while the evidence is thin.
    pub(crate) fn mean_s(&self) -> Option<u32> {
        let mean = self.total_s.checked_div(i64::from(self.calls))?;
        u32::try_from(mean).ok().filter(|_| self.calls >= MIN_EVIDENCE)
    }

    /// The wait of somebody at `position` (from 1) when `agents` are at work: the sum of `position` departures, each
    /// after mean/agents, is gamma distributed; its 10 % and 90 % points by Wilson and Hilferty's approximation (1931).
    pub fn wait(&self, position: u32, agents: u32) -> Option<WaitRange> {
        if self.calls < MIN_EVIDENCE || agents == 0 {
            return None;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of fifty calls are far below 2^53"
        )]
        let mean = self.total_s as f64 / f64::from(self.calls) / f64::from(agents);
        let n = f64::from(position.max(1));
        let point = |z: f64| {
            let root = 1.0 - 1.0 / (9.0 * n) + z / (3.0 * n.sqrt());
            mean * n * root.max(0.0).powi(3)
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; both are not negative"
        )]
        let seconds = |s: f64| s.round() as u32;
        Some(WaitRange {
            low_s: seconds(point(-Z_90)),
            high_s: seconds(point(Z_90)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thin_evidence_is_no_evidence() {
        assert_eq!(
            Handling {
                calls: 4,
                total_s: 400
            }
            .wait(1, 1),
            None
        );
        assert_eq!(
            Handling {
                calls: 50,
                total_s: 5000
            }
            .wait(1, 0),
            None
        );
    }

    #[test]
    fn the_range_holds_the_gamma_points() {
        // Gamma(shape 4, mean 25 each): 10 % at 43.6, 90 % at 167.0 (tables).
        let range = Handling {
            calls: 50,
            total_s: 5000,
        }
        .wait(4, 4)
        .unwrap();
        assert!((42..=46).contains(&range.low_s), "{range:?}");
        assert!((164..=170).contains(&range.high_s), "{range:?}");
    }
}
