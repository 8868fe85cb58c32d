//! What the parts cost. A [`Bench`] is a list of works that are timed in rounds, natively and in WebAssembly by turns, so that
//! whatever else the machine does hits both; of things that are counted; and of quotients of the former.
//!
//! Works are given the time. The program natively and Node around the WebAssembly ask the same [`Local`] for the same numbers:
//! work by work, round by round.

mod acd;
mod chance;
mod local;
mod measure;
mod report;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use local::Local;
pub use measure::{Lane, measure};
pub use report::{Beside, Figure, Report};

/// Milliseconds since whenever.
pub type Clock<'a> = &'a dyn Fn() -> f64;

/// Bytes that live on the heap at this moment.
pub type Heap<'a> = &'a dyn Fn() -> usize;

/// Takes some time, by that clock, and answers with the figure as of this round.
pub type Round = Box<dyn FnMut(Clock<'_>) -> f64>;

/// How much of a bench is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// All of it.
    Full,
    /// Just enough to see that it runs: the figures mean nothing.
    Tiny,
}

impl Scale {
    /// How long a round takes at least, in milliseconds.
    fn round_ms(self) -> f64 {
        match self {
            Self::Full => 40.0,
            Self::Tiny => 0.0,
        }
    }
}

/// Something that is timed.
pub struct Work {
    /// The name of the figure.
    pub name: String,
    /// The unit of the figure.
    pub unit: &'static str,
    /// Sets it up; `None` where that fails, which is a fault of the bench.
    pub make: Box<dyn Fn() -> Option<Round>>,
}

/// A figure that is one work's divided by another's of the same round.
pub struct Quotient {
    /// The name of the figure.
    pub name: String,
    /// The work above.
    pub of: String,
    /// The work below.
    pub by: String,
}

/// A bench.
#[derive(Clone, Copy)]
pub struct Bench {
    /// What it is asked for by.
    pub name: &'static str,
    /// What is timed.
    pub works: fn(Scale) -> Vec<Work>,
    /// What follows from it.
    pub quotients: fn(Scale) -> Vec<Quotient>,
    /// What is counted instead, natively alone; `None` where that fails, which is a fault of the bench.
    pub counts: fn(Scale, Heap<'_>) -> Option<Vec<Figure>>,
}

/// All benches. Their places are how the module in WebAssembly is asked for them.
pub const BENCHES: &[Bench] = &[acd::BENCH];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bench_runs_and_reports_figures_that_can_be_read() {
        for bench in BENCHES {
            let ticks = std::cell::Cell::new(0.0);
            let clock = move || {
                ticks.set(ticks.get() + 1.0);
                ticks.get()
            };
            let mut native = Local::new(bench, Scale::Tiny, Box::new(clock.clone()));
            let mut beside = Local::new(bench, Scale::Tiny, Box::new(clock));
            let mut report =
                measure(bench, Scale::Tiny, 2, &mut native, Some(("itself", &mut beside))).unwrap();
            report.figures.extend((bench.counts)(Scale::Tiny, &|| 0).unwrap());
            let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
            assert_eq!(json["bench"], bench.name);
            let figures = json["figures"].as_array().unwrap();
            assert!(!figures.is_empty());
            for figure in figures {
                assert!(
                    figure["name"].is_string() && figure["unit"].is_string(),
                    "{figure}"
                );
                assert!(figure["value"].is_f64(), "{figure}");
                assert_eq!(figure["beside"].is_null(), figure["ratio"].is_null(), "{figure}");
            }
        }
    }
}
