//! Drives the routing engine with random arrivals, at native speed, and measures what becomes of them: a scenario in, one
//! JSON object out. The engine is the product's own; only the callers, the agents' phones and the clock are made up.
//!
//! [`Scenario`] (as written) → [`Plan`] (checked) → [`run`] (the events) → [`Report`] (figures with their half widths).
//!
//! Pure: no clock, no I/O. The same scenario gives the same bytes, and two policies with the same seed meet the same
//! callers at the same instants with the same patience and the same questions.

mod bounds;
mod calls;
mod chance;
mod events;
mod figure;
mod forecast;
mod plan;
mod report;
mod rivals;
mod scenario;
mod stream;
mod tally;
mod time;
mod world;

pub use figure::Figure;
pub use plan::Plan;
pub use report::Report;
pub use scenario::{Scenario, Wrong};
pub use world::run;

/// Reads a scenario, runs it and reports. `watch` hears the share that is done, many times.
pub fn simulate(text: &str, watch: &mut dyn FnMut(f64)) -> Result<Report, Wrong> {
    run(&Plan::of(&Scenario::read(text)?)?, watch)
}
