//! An expected wait and the range it is published as.

/// The distribution of a wait that still lies ahead, by its first two moments, in ticks from now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// Its mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

/// A wait between two ends, in ticks from now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Range {
    /// Rarely shorter.
    pub low: f64,
    /// Rarely longer.
    pub high: f64,
}

impl Estimate {
    /// The point that lies `z` standard normal deviations up, taking the wait for gamma distributed, by Wilson and Hilferty's
    /// approximation (1931). A sum of exponential steps is gamma distributed when the steps are alike.
    pub fn point(&self, z: f64) -> f64 {
        if self.mean <= 0.0 {
            return 0.0;
        }
        // 1/(9 shape); the square of the coefficient of variation is 1/shape.
        let ninth = self.variance / (self.mean * self.mean) / 9.0;
        let root = 1.0 - ninth + z * ninth.sqrt();
        self.mean * root.max(0.0).powi(3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_are_those_of_the_gamma_distribution() {
        // 90 % points of gamma(shape n + 1, rate 1), from tables: the first is ln 10.
        for (shape, point) in [
            (1.0, std::f64::consts::LN_10),
            (2.0, 3.889_72),
            (5.0, 7.993_59),
            (20.0, 25.902_49),
        ] {
            let estimate = Estimate {
                mean: shape,
                variance: shape,
            };
            assert!((estimate.point(1.281_55) / point - 1.0).abs() < 0.012, "{shape}");
        }
        assert_eq!(Estimate::default().point(1.0).to_bits(), 0.0f64.to_bits());
    }
}
