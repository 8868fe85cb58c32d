//! `bench NAME MODULE [FILE]`: runs a bench here and, by the WebAssembly module of this package, in Node, by turns. The figures
//! go to the standard output as a table, and as JSON into the file (`-`: to the standard output instead of the table).

mod heap;
mod node;

use bench::{BENCHES, Local, Scale, measure};
use std::fs;
use std::process::ExitCode;
use std::time::Instant;

/// Rounds whose median counts.
const ROUNDS: usize = 15;
/// What a wrong command exits with.
const WRONG: u8 = 2;

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, module, file) = match arguments.as_slice() {
        [name, module] => (name, module, None),
        [name, module, file] => (name, module, Some(file.as_str())),
        _ => {
            eprintln!("usage: cargo xtask bench NAME [--json [FILE]]");
            return ExitCode::from(WRONG);
        }
    };
    let Some((nth, bench)) = (0u32..).zip(BENCHES).find(|(_, bench)| bench.name == name) else {
        let names: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
        eprintln!("there is no bench {name}; there is {}", names.join(", "));
        return ExitCode::from(WRONG);
    };
    match run(nth, bench, module, file) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(nth: u32, bench: &bench::Bench, module: &str, file: Option<&str>) -> Result<(), String> {
    // Counted first, before anything else has come and gone on the heap.
    let counts = (bench.counts)(Scale::Full, &heap::live).ok_or("could not count the bytes")?;
    let began = Instant::now();
    let clock = move || began.elapsed().as_secs_f64() * 1000.0;
    let mut native = Local::new(bench, Scale::Full, Box::new(clock));
    let mut node = node::Node::start(module, nth).map_err(|error| format!("can't run node: {error}"))?;
    let beside: (&'static str, &mut dyn bench::Lane) = ("wasm (V8)", &mut node);
    let mut report = measure(bench, Scale::Full, ROUNDS, &mut native, Some(beside))
        .map_err(|work| format!("could not measure {work}"))?;
    report.figures.extend(counts);
    match file {
        Some("-") => print!("{}", report.json()),
        Some(file) => {
            fs::write(file, report.json()).map_err(|error| format!("can't write {file}: {error}"))?;
            print!("{report}");
        }
        None => print!("{report}"),
    }
    Ok(())
}
