//! `cargo xtask kills`: kills the server under load, so many times, and says whether anything was lost, doubled or forgotten.

use stage::kill_again_and_again;
use std::process::ExitCode;

fn main() -> ExitCode {
    let word = |name: &str| {
        let mut words = std::env::args().skip_while(|word| word != name).skip(1);
        words.next().and_then(|word| word.parse().ok())
    };
    let (times, seed) = (word("--times").unwrap_or(20), word("--seed").unwrap_or(1));
    match kill_again_and_again(usize::try_from(times).unwrap_or(usize::MAX), seed) {
        Ok(found) => {
            if std::env::args().any(|word| word == "--json") {
                println!("{}", found.json());
            } else {
                print!("{found}");
            }
            if found.faults.is_empty() {
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
