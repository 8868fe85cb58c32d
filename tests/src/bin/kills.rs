//! `cargo xtask kills`: kills the server under load, so many times, and says whether anything was lost, doubled or forgotten.

use stage::{kill_again_and_again, number, tell_findings};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (times, seed) = (number("--times", 20), number("--seed", 1));
    tell_findings(kill_again_and_again(times, seed.into()))
}
