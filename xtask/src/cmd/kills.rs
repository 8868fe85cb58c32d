//! `cargo xtask kills`: a server under load that is killed again and again, and what must hold of everything it had acknowledged.

use std::process::Command;

use crate::build::{self, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;

/// Kills the server under load again and again, and looks for requests that were lost and calls that were made twice.
#[derive(clap::Args)]
pub(crate) struct Kills {
    /// How often
    #[arg(long, default_value_t = 20)]
    times: u32,
    /// What the moments of the kills follow from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Says what was found as JSON
    #[arg(long)]
    json: bool,
}

impl Kills {
    /// Does it.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        build::build(paths, progress, Mode::Quick, None)?;
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build", "--quiet", "-p", "xtask", "-p", "tests", "--bin", "xtask", "--bin", "kills",
            ])
            .current_dir(paths.root());
        run::quietly(&mut cargo)?;
        let mut kills = Command::new(paths.at("target/debug/kills"));
        kills
            .args([
                "--times",
                &self.times.to_string(),
                "--seed",
                &self.seed.to_string(),
            ])
            .args(self.json.then_some("--json"));
        let status = kills.status().doing(|| "can't run the kills".to_owned())?;
        if status.success() {
            Ok(())
        } else {
            Err(Fail::told())
        }
    }
}
