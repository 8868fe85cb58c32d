//! `cargo xtask contract`: holds the HTTP interface against its OpenAPI document.

use stage::{keep_the_contract, number, tell_findings};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (examples, seed) = (number("--examples", 20), number("--seed", 1));
    tell_findings(keep_the_contract(examples, seed.into()))
}
