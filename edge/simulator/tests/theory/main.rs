//! The simulator, and the engine in it, against what is known exactly.
//!
//! A measured figure must lie within two of its half widths of the exact one. With 20 batches that is 4.2 standard errors: one
//! false alarm in 2000 checks, whenever something changes that uses other random numbers. With the seeds as they are, the
//! result is the same every time. How narrow the half widths must be is asked, too: a wide one would accept anything.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that can not go on should stop"
)]

mod chain;
mod erlang;
mod forecasts;
mod promise;
mod skills;

use serde_json::{Value, json};

/// Runs a scenario.
fn run(scenario: &Value) -> Value {
    let report = simulator::simulate(&scenario.to_string(), &mut |_| ()).unwrap();
    serde_json::to_value(&report).unwrap()
}

/// A figure: the estimate and its half width. `at` is the path to it, with slashes.
fn figure(report: &Value, at: &str) -> (f64, f64) {
    let found = at.split('/').fold(report, |value, key| &value[key]);
    let number = |key: &str| {
        found[key]
            .as_f64()
            .unwrap_or_else(|| panic!("{at}.{key} in {report:#}"))
    };
    (number("mean"), number("half_width"))
}

/// The figure agrees with the exact value, and its half width is at most this share of it.
fn agrees(report: &Value, at: &str, exact: f64, narrow: f64) {
    let (mean, half_width) = figure(report, at);
    assert!(
        (mean - exact).abs() <= 2.0 * half_width + 1e-12,
        "{at}: {mean} ± {half_width}, exactly {exact}"
    );
    assert!(half_width <= narrow * exact, "{at}: ± {half_width} of {exact}");
}

/// One line, calls of mean 1.
fn line(rate: f64, agents: u32, length: f64) -> Value {
    json!({
        "seed": 11, "warmup": length / 50.0, "length": length, "forecast": false, "select": "fcfs-longest-idle",
        "arrivals": [{ "skill": "a", "rate": rate, "handle": { "dist": "exponential", "mean": 1.0 } }],
        "agents": [{ "count": agents, "skills": { "a": 1 } }],
    })
}
