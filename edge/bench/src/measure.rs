//! Rounds by turns, and what they come to.

use crate::{Bench, Beside, Figure, Report, Scale};

/// Where works are run: here, or in another runtime.
pub trait Lane {
    /// One round of a work, by its place in the bench; `None` when it can't be run.
    fn round(&mut self, work: usize) -> Option<f64>;
}

/// Times the works of a bench, all of them in each round, natively and in the lane beside.
///
/// # Errors
/// The name of a work that could not be run.
pub fn measure(
    bench: &Bench,
    scale: Scale,
    rounds: usize,
    native: &mut dyn Lane,
    mut beside: Option<(&'static str, &mut dyn Lane)>,
) -> Result<Report, String> {
    let works = (bench.works)(scale);
    let mut here = vec![Vec::new(); works.len()];
    let mut there = here.clone();
    // The first round warms up: caches, branch predictors, and the compilers of the runtime beside.
    for nth in 0..=rounds {
        for (at, work) in works.iter().enumerate() {
            let run = |lane: &mut dyn Lane, samples: &mut Vec<Vec<f64>>| {
                let value = lane.round(at).filter(|value| value.is_finite());
                let value = value.ok_or_else(|| work.name.clone())?;
                if let (true, Some(samples)) = (nth > 0, samples.get_mut(at)) {
                    samples.push(value);
                }
                Ok::<(), String>(())
            };
            run(native, &mut here)?;
            if let Some((_, lane)) = &mut beside {
                run(*lane, &mut there)?;
            }
        }
    }
    let name = beside.map(|(name, _)| name);
    let figure = |name_of: &str, unit, here: &[f64], there: &[f64]| Figure {
        name: name_of.to_owned(),
        value: median(here),
        unit,
        beside: name.map(|name| Beside {
            name,
            value: median(there),
        }),
    };
    let mut figures = Vec::new();
    for ((work, here), there) in works.iter().zip(&here).zip(&there) {
        figures.push(figure(&work.name, work.unit, here, there));
    }
    for quotient in (bench.quotients)(scale) {
        let place = |name: &str| works.iter().position(|work| work.name == name);
        let (Some(of), Some(by)) = (place(&quotient.of), place(&quotient.by)) else {
            return Err(quotient.name);
        };
        let of_both = |samples: &[Vec<f64>]| match (samples.get(of), samples.get(by)) {
            (Some(of), Some(by)) => of.iter().zip(by).map(|(of, by)| of / by).collect(),
            _ => Vec::new(),
        };
        figures.push(figure(&quotient.name, "1", &of_both(&here), &of_both(&there)));
    }
    Ok(Report {
        bench: bench.name,
        figures,
    })
}

/// The middle one, or the upper of the two in the middle.
fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
