//! `cargo xtask start`, `test`, `build`: everything between a fresh clone and a running Ringback.

mod asterisk;
mod build;
mod cmd;
mod coturn;
mod debian;
mod embed;
mod fail;
mod instance;
mod kamailio;
mod names;
mod order;
mod origin;
mod paths;
mod pin;
mod port;
mod progress;
mod run;
mod schemathesis;
mod screen;
mod secrets;
mod seed;
mod server;
mod share;
mod site;
mod stamp;
mod stop;
mod tool;
mod toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::build::Mode;
use crate::paths::Paths;
use crate::progress::Progress;

/// Builds, runs and tests Ringback.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Installs what is missing, builds, and serves the demo until Ctrl-C
    Start(cmd::start::Start),
    /// Checks the format, lints, and runs all tests, also in the browser
    Test(cmd::test::Test),
    /// Builds the worker into target/edge and the static site into target/site
    Build {
        /// Small and optimized, as it is deployed
        #[arg(long)]
        release: bool,
        /// Where it will be served from, as the demo shop's pages name it: https://ringback.example
        #[arg(long)]
        origin: Option<String>,
    },
    /// Keeps the present loader at its address for ever: pages may name it together with its integrity
    Pin,
    /// Writes the tables of the widget's README out of the description of its interface, and packs `@ringback/embed`
    Embed,
    /// Brings up a real Asterisk and real SIP phones for the demo that runs
    Phones(cmd::phones::Phones),
    /// Runs a server for a test, until its standard input closes
    Serve(cmd::serve::Serve),
    /// Drives the routing engine with random arrivals and prints what comes out
    Simulate(cmd::simulate::Simulate),
    /// Plays a whole business through faults, crashes and people, from a seed, and checks what must never break
    Chaos(cmd::chaos::Chaos),
    /// Measures what a part costs, natively and in WebAssembly
    Bench(cmd::bench::Bench),
    /// Kills the server under load again and again, and looks for requests that were lost and calls that were made twice
    Kills(cmd::kills::Kills),
    /// Asks for everything that the OpenAPI document describes, as it says and otherwise, and looks whether each answer is in it
    Contract(cmd::contract::Contract),
    /// Feeds the parsers that strangers reach with whatever a fuzzer finds
    Fuzz(cmd::fuzz::Fuzz),
    /// Takes pictures of every page, those of the README among them
    Screenshots(cmd::screenshots::Screenshots),
    /// Says how many bytes of a release travel to the visitor
    Sizes,
}

fn main() -> ExitCode {
    let (task, paths, progress) = (Arguments::parse().command, Paths::here(), Progress::new());
    let ended = match task {
        Task::Start(start) => start.run(&paths, &progress),
        Task::Test(test) => test.run(&paths, &progress),
        Task::Build { release, origin } => {
            let built = build::build(&paths, &progress, Mode::of(release), origin.as_deref());
            built
                .and_then(|_| pin::tag(&paths))
                .map(|tag| progress.say(&format!("The loader, pinned: {tag}")))
        }
        Task::Pin => pin::pin(&paths, &progress),
        Task::Embed => embed::renew(&paths),
        Task::Phones(phones) => phones.run(&paths, &progress),
        Task::Serve(serve) => serve.run(&paths, &progress),
        Task::Simulate(simulate) => match simulate.run(&paths, &progress) {
            Ok(code) => return code,
            Err(fail) => Err(fail),
        },
        Task::Chaos(chaos) => match chaos.run(&paths, &progress) {
            Ok(code) => return code,
            Err(fail) => Err(fail),
        },
        Task::Bench(bench) => bench.run(&paths, &progress),
        Task::Kills(kills) => kills.run(&paths, &progress),
        Task::Contract(contract) => contract.run(&paths, &progress),
        Task::Fuzz(fuzz) => fuzz.run(&paths, &progress),
        Task::Screenshots(screenshots) => screenshots.run(&paths, &progress),
        Task::Sizes => cmd::sizes::run(&paths, &progress),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => {
            if !fail.is_told() {
                progress.say(&format!("\n{fail}"));
            }
            ExitCode::FAILURE
        }
    }
}
