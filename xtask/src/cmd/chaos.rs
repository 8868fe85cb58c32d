//! `cargo xtask chaos`: a whole business through faults and crashes, from a seed.

use std::process::{Command, ExitCode, ExitStatus};

use crate::fail::{Doing, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;

/// Plays a whole business through faults, crashes and people, from a seed, and checks what must never break.
#[derive(Default, clap::Args)]
pub(crate) struct Chaos {
    /// How many seeds
    #[arg(long)]
    seeds: Option<u64>,
    /// The first of them; alone, the one that is played
    #[arg(long)]
    seed: Option<u64>,
    /// Events with faults in the play of one seed
    #[arg(long)]
    events: Option<u64>,
    /// The process dies, or a transaction fails, once in each play, and there is a play for each moment at which it can
    #[arg(long, conflicts_with = "mutants")]
    crash_at_each: bool,
    /// The process dies, or a transaction fails, at this moment and at no other
    #[arg(long, conflicts_with_all = ["mutants", "crash_at_each"])]
    crash_at: Option<u64>,
    /// Writes the report as JSON
    #[arg(long)]
    json: bool,
    /// Switches bugs on, one at a time, and says how soon each is found
    #[arg(long)]
    mutants: bool,
    /// Only bugs whose names contain this
    #[arg(long, requires = "mutants")]
    only: Option<String>,
}

impl Chaos {
    /// So many seeds.
    pub(crate) fn of(seeds: u64) -> Self {
        Self {
            seeds: Some(seeds),
            ..Self::default()
        }
    }

    /// A crash at each moment of the seeds that are always played so.
    pub(crate) fn at_each() -> Self {
        Self {
            crash_at_each: true,
            ..Self::default()
        }
    }

    /// Builds the simulator and runs it. Its output and its exit code are ours.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<ExitCode> {
        Ok(code_of(self.status(paths, progress)?))
    }

    /// The same, for whoever asks how it ended.
    pub(crate) fn status(self, paths: &Paths, progress: &Progress) -> Result<ExitStatus> {
        let features: &[&str] = if self.mutants {
            &["--features", "mutants"]
        } else {
            &[]
        };
        let cargo = |verb: &str| {
            let mut cargo = Command::new("cargo");
            cargo
                .args([verb, "--quiet", "--profile", "chaos", "--package", "chaos"])
                .args(features)
                .current_dir(paths.root());
            cargo
        };
        let step = progress.step("Building the chaos");
        run::quietly(&mut cargo("build"))?;
        step.done();
        let mut run = cargo("run");
        run.arg("--");
        let numbers = [
            ("--seeds", self.seeds),
            ("--seed", self.seed),
            ("--events", self.events),
            ("--crash-at", self.crash_at),
        ];
        for (word, number) in numbers {
            if let Some(number) = number {
                run.args([word, &number.to_string()]);
            }
        }
        let words = [
            ("--crash-at-each", self.crash_at_each),
            ("--json", self.json),
            ("--mutants", self.mutants),
        ];
        run.args(words.into_iter().filter(|(_, is)| *is).map(|(word, _)| word));
        if let Some(only) = &self.only {
            run.args(["--only", only]);
        }
        run.status().doing(|| "can't run cargo".to_owned())
    }
}

fn code_of(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
