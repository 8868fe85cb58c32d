//! How the programs of this package say what they found.

use crate::Outcome;
use bench::{Beside, Figure, Report};
use std::fmt::Display;
use std::process::ExitCode;

/// True when the one who started it wants JSON.
pub fn as_json() -> bool {
    std::env::args().any(|word| word == "--json")
}

/// Prints a bench's report, as JSON where that is wanted, or why there is none.
pub fn tell(measured: Outcome<Report>) -> ExitCode {
    match measured {
        Ok(report) if as_json() => print!("{}", report.json()),
        Ok(report) => print!("{report}"),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// A number among the words that this was started with, after a name.
pub fn number(name: &str, otherwise: u32) -> u32 {
    let mut words = std::env::args().skip_while(|word| word != name).skip(1);
    words
        .next()
        .and_then(|word| word.parse().ok())
        .unwrap_or(otherwise)
}

/// What was looked for and found.
pub trait Findings: Display {
    /// As JSON.
    fn json(&self) -> serde_json::Value;

    /// What is wrong, in words.
    fn faults(&self) -> &[String];
}

/// Prints what was found, as JSON where that is wanted, or why nothing could be looked for. Faults are a failure.
pub fn tell_findings(found: Outcome<impl Findings>) -> ExitCode {
    match found {
        Ok(found) => {
            match as_json() {
                true => println!("{}", found.json()),
                false => print!("{found}"),
            }
            if found.faults().is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A figure, beside the control's where there is one.
pub fn figure(name: &str, unit: &'static str, value: f64, beside: Option<(&'static str, f64)>) -> Figure {
    Figure {
        name: name.into(),
        value,
        unit,
        beside: beside.map(|(name, value)| Beside { name, value }),
    }
}

/// The middle one; of an even number the higher of the two in the middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
