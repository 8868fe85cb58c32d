//! `cargo xtask contract`: the HTTP interface held against its OpenAPI document.

use std::process::Command;

use crate::build::{self, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::{run, schemathesis};

/// Asks for everything that the OpenAPI document describes, as it says and otherwise, and looks whether each answer is in it.
#[derive(clap::Args)]
pub(crate) struct Contract {
    /// Calls of each kind that are made up for each operation, at the most
    #[arg(long, default_value_t = 20)]
    examples: u32,
    /// What the calls follow from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Says what was found as JSON
    #[arg(long)]
    json: bool,
}

impl Contract {
    /// Does it.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        schemathesis::ensure(paths, progress)?;
        build::build(paths, progress, Mode::Quick, None)?;
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build", "--quiet", "-p", "xtask", "-p", "tests", "--bin", "xtask", "--bin", "contract",
            ])
            .current_dir(paths.root());
        run::quietly(&mut cargo)?;
        let mut contract = Command::new(paths.at("target/debug/contract"));
        contract
            .args([
                "--examples",
                &self.examples.to_string(),
                "--seed",
                &self.seed.to_string(),
            ])
            .args(self.json.then_some("--json"));
        let status = contract.status().doing(|| "can't run what asks".to_owned())?;
        if status.success() {
            Ok(())
        } else {
            Err(Fail::told())
        }
    }
}
