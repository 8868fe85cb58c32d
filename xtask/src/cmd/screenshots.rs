//! `cargo xtask screenshots`: pictures of every page as people see it, at three widths, light and dark.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, Mode};
use crate::cmd::test::browser;
use crate::fail::Result;
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::site::place;

/// The pictures that the README shows.
const SHOWN: [&str; 3] = ["panel.png", "desk.png", "console.png"];

/// Takes pictures of every page.
#[derive(clap::Args)]
pub(crate) struct Screenshots {
    /// Where they go
    #[arg(long, default_value = "target/screens")]
    folder: PathBuf,
}

impl Screenshots {
    /// Does it, and puts those of the README in their place.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        browser(progress)?;
        build::build(paths, progress, Mode::Quick, None)?;
        let mut cargo = Command::new("cargo");
        cargo
            .args([
                "build", "--quiet", "-p", "xtask", "-p", "clock", "-p", "tests", "--bins",
            ])
            .current_dir(paths.root());
        run::quietly(&mut cargo)?;
        let step = progress.long_step("Pictures", "a minute");
        let folder = paths.at(&self.folder);
        run::quietly(Command::new(paths.at("target/debug/screens")).arg(&folder))?;
        step.done();
        for name in SHOWN {
            place(&folder.join(name), &paths.at(".readme").join(name))?;
        }
        progress.say(&format!("They are in {}.", folder.display()));
        Ok(())
    }
}
