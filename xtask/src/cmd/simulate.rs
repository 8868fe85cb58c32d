//! `cargo xtask simulate`: the routing engine under random arrivals.

use std::path::PathBuf;
use std::process::{Command, ExitCode, ExitStatus};

use crate::fail::{Doing, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;

/// Drives the routing engine with random arrivals and prints what comes out.
#[derive(clap::Args)]
pub(crate) struct Simulate {
    /// What arrives and who answers; edge/simulator/README.md describes it
    scenario: PathBuf,
}

impl Simulate {
    /// Builds the simulator and runs it. Its output and its exit code are ours.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<ExitCode> {
        // The scenario's path is relative to where the command was given, so nothing here may change the folder.
        let cargo = |verb: &str| {
            let mut cargo = Command::new("cargo");
            cargo.args([
                verb,
                "--quiet",
                "--release",
                "--package",
                "simulator",
                "--manifest-path",
            ]);
            cargo.arg(paths.root().join("Cargo.toml"));
            cargo
        };
        let step = progress.step("Building the simulator");
        run::quietly(&mut cargo("build"))?;
        step.done();
        let status = cargo("run")
            .arg("--")
            .arg(self.scenario)
            .status()
            .doing(|| "can't run cargo".to_owned())?;
        Ok(code_of(status))
    }
}

fn code_of(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
