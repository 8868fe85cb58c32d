//! `simulator SCENARIO.json`: the report on the standard output, progress and errors on the standard error output.

use std::io::Write;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often a long run says how far it is.
const EVERY: Duration = Duration::from_secs(2);
/// What a wrong scenario or command exits with.
const WRONG: u8 = 2;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo xtask simulate SCENARIO.json");
        return ExitCode::from(WRONG);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{}: {error}", path.display());
            return ExitCode::from(WRONG);
        }
    };
    let begun = Instant::now();
    let mut said = begun;
    let mut watch = |share: f64| {
        if said.elapsed() >= EVERY {
            said = Instant::now();
            eprintln!(
                "{:3.0} % after {:.0} s",
                share * 100.0,
                begun.elapsed().as_secs_f64()
            );
        }
    };
    match simulator::simulate(&text, &mut watch) {
        Ok(report) => print(&report),
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::from(WRONG)
        }
    }
}

fn print(report: &simulator::Report) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let written = serde_json::to_writer_pretty(&mut out, report).map_err(std::io::Error::from);
    match written.and_then(|()| writeln!(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("can't write the report: {error}");
            ExitCode::FAILURE
        }
    }
}
