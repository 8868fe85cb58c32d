//! `cargo xtask fuzz`: every parser that strangers reach, fed with whatever a fuzzer finds.

use std::fs;
use std::process::Command;

use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::stamp::files_under;
use crate::tool;

/// Where the targets are.
const FOLDER: &str = "tests/fuzz";

/// Feeds parsers with whatever a fuzzer finds, one after the other, until one breaks or the time is over.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// Seconds for each
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Executions for each, instead of the time
    #[arg(long)]
    runs: Option<u64>,
    /// Only this one
    target: Option<String>,
}

impl Fuzz {
    /// Builds the targets and runs them. What was found on the way is kept in `target/fuzz`, and is where the next run goes on.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        let program = tool::cargo_fuzz(paths, progress)?;
        let folder = paths.at(FOLDER);
        let names: Vec<String> = files_under(&folder.join("targets"))
            .iter()
            .filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned()))
            .filter(|name| self.target.as_ref().is_none_or(|only| only == name))
            .collect();
        if names.is_empty() {
            return Err(Fail::new(format!("there is no such target in {FOLDER}/targets")));
        }
        let fuzz = |verb: &str| {
            let mut fuzz = Command::new(&program);
            // The fuzzer's hooks are not in the stable channel's promise; the sanitizer looks for what safe Rust can't do.
            fuzz.env("RUSTC_BOOTSTRAP", "1").current_dir(paths.root());
            fuzz.args([verb, "--fuzz-dir", FOLDER, "--sanitizer", "none", "--target-dir"]);
            fuzz.arg(paths.at("target/fuzz/build"));
            fuzz
        };
        let step = progress.long_step("Building the fuzzers", "2 minutes the first time");
        run::quietly(&mut fuzz("build"))?;
        step.done();
        for name in names {
            let found = paths.at("target/fuzz").join(&name);
            fs::create_dir_all(&found).doing(|| format!("can't make {}", found.display()))?;
            progress.say(&format!("\n== {name}"));
            let mut run = fuzz("run");
            run.arg(&name)
                .arg(&found)
                .arg(folder.join("seeds").join(&name))
                .args([
                    "--",
                    "-timeout=10",
                    "-max_len=8192",
                    "-print_final_stats=1",
                    "-verbosity=0",
                ]);
            run.arg(match self.runs {
                Some(runs) => format!("-runs={runs}"),
                None => format!("-max_total_time={}", self.seconds),
            });
            if !run
                .status()
                .doing(|| "can't run cargo-fuzz".to_owned())?
                .success()
            {
                return Err(Fail::new(format!("{name} breaks: what breaks it is named above")));
            }
        }
        Ok(())
    }
}
