//! Figures with their half widths, by batch means: the batches are long enough to be nearly independent, so how much they
//! differ says how far the whole may be off.

use serde::Serialize;

/// A figure and the half width of its 95 % confidence interval. `null` where nothing was seen.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Figure {
    /// The estimate.
    pub mean: Option<f64>,
    /// The true value lies within so much of it, in 95 of 100 runs.
    pub half_width: Option<f64>,
}

/// Makes figures out of what the batches counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batches {
    count: f64,
    /// Student's t at 97.5 %.
    t: f64,
}

impl Batches {
    /// So many batches; at least two.
    pub(crate) fn new(count: u32) -> Self {
        Self {
            count: f64::from(count),
            t: t_975(count.saturating_sub(1).max(1)),
        }
    }

    /// A count over the whole time.
    pub(crate) fn total(self, each: impl Iterator<Item = f64> + Clone) -> Figure {
        let sum: f64 = each.clone().sum();
        let mean = sum / self.count;
        self.figure(sum, each.map(|y| (y - mean) * self.count))
    }

    /// Σy/Σx. Its error is that of the mean of (y − ratio·x)/x̄, which is linear (Cochran, Sampling Techniques, 6.4).
    pub(crate) fn ratio(self, each: impl Iterator<Item = (f64, f64)> + Clone) -> Figure {
        let (y, x) = each
            .clone()
            .fold((0.0, 0.0), |sum, (y, x)| (sum.0 + y, sum.1 + x));
        if x <= 0.0 {
            return Figure::default();
        }
        let (ratio, mean) = (y / x, x / self.count);
        self.figure(ratio, each.map(|(y, x)| (y - ratio * x) / mean))
    }

    /// √(Σq/Σn) / (Σw/Σn), out of (q, w, n): linear in the same way.
    pub(crate) fn root_ratio(self, each: impl Iterator<Item = (f64, f64, f64)> + Clone) -> Figure {
        let (q, w, n) = each.clone().fold((0.0, 0.0, 0.0), |sum, one| {
            (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2)
        });
        if n <= 0.0 || w <= 0.0 || q <= 0.0 {
            return Figure::default();
        }
        let (square, mean, per) = (q / n, w / n, n / self.count);
        let value = square.sqrt() / mean;
        let residual = |(q, w, n): (f64, f64, f64)| {
            value * ((q - square * n) / (2.0 * square) - (w - mean * n) / mean) / per
        };
        self.figure(value, each.map(residual))
    }

    /// A value whose error is the mean of these residuals.
    fn figure(self, value: f64, residuals: impl Iterator<Item = f64>) -> Figure {
        let squares: f64 = residuals.map(|residual| residual * residual).sum();
        let error = (squares / (self.count - 1.0) / self.count).sqrt();
        Figure {
            mean: Some(value),
            half_width: Some(self.t * error),
        }
    }
}

/// What Student's t with so many degrees of freedom exceeds in 2.5 of 100 cases, by bisection.
fn t_975(freedom: u32) -> f64 {
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if within(middle, freedom) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// P(|T| < t), a finite sum for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4).
fn within(t: f64, freedom: u32) -> f64 {
    let nu = f64::from(freedom);
    let angle = (t / nu.sqrt()).atan();
    let (sine, cosine) = angle.sin_cos();
    let odd = !freedom.is_multiple_of(2);
    let (mut term, mut sum) = if odd { (cosine, cosine) } else { (1.0, 1.0) };
    let mut k = if odd { 3 } else { 2 };
    while k < freedom {
        term *= cosine * cosine * f64::from(k - 1) / f64::from(k);
        sum += term;
        k += 2;
    }
    match (odd, freedom) {
        (true, 1) => 2.0 * angle / std::f64::consts::PI,
        (true, _) => 2.0 / std::f64::consts::PI * (angle + sine * sum),
        (false, _) => sine * sum,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn students_t_is_that_of_the_tables() {
        for (freedom, t) in [
            (1, 12.706_205),
            (2, 4.302_653),
            (3, 3.182_446),
            (9, 2.262_157),
            (19, 2.093_024),
            (30, 2.042_272),
            (999, 1.962_341),
        ] {
            assert!((t_975(freedom) - t).abs() < 1e-5, "{freedom}: {}", t_975(freedom));
        }
    }

    #[test]
    fn a_ratio_without_noise_has_no_width() {
        let figure = Batches::new(4).ratio((1..5).map(|x| (2.0 * f64::from(x), f64::from(x))));
        assert_eq!(
            figure,
            Figure {
                mean: Some(2.0),
                half_width: Some(0.0)
            }
        );
    }

    #[test]
    fn a_total_is_as_wide_as_its_batches_say() {
        // Batches of 1 and 3: standard deviation √2, of the mean 1, of the total 2.
        let figure = Batches::new(2).total([1.0, 3.0].into_iter());
        assert_eq!(figure.mean, Some(4.0));
        assert!((figure.half_width.unwrap() - 2.0 * 12.706_205).abs() < 1e-4);
    }

    #[test]
    fn nothing_seen_is_null() {
        let figure = Batches::new(2).ratio([(0.0, 0.0), (0.0, 0.0)].into_iter());
        assert_eq!(
            serde_json::to_string(&figure).unwrap(),
            r#"{"mean":null,"half_width":null}"#
        );
    }
}
