//! `cargo xtask contract`: holds the HTTP interface against its OpenAPI document.

use stage::{as_json, keep_the_contract};
use std::process::ExitCode;

fn main() -> ExitCode {
    let word = |name: &str| {
        let mut words = std::env::args().skip_while(|word| word != name).skip(1);
        words.next().and_then(|word| word.parse().ok())
    };
    let (examples, seed) = (word("--examples").unwrap_or(20), word("--seed").unwrap_or(1));
    match keep_the_contract(u32::try_from(examples).unwrap_or(u32::MAX), seed) {
        Ok(kept) => {
            if as_json() {
                println!("{}", kept.json());
            } else {
                print!("{kept}");
            }
            if kept.faults.is_empty() {
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
