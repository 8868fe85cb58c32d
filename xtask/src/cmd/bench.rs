//! `cargo xtask bench`: what the parts cost, natively and in WebAssembly.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::asterisk::{self, Installed};
use crate::build::{self, Mode};
use crate::cmd::test;
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::toolchain::Toolchain;

/// As `worker-build --panic-unwind` compiles the worker: for WebAssembly the compiler would abort.
const UNWIND: &str = "-Cpanic=unwind";

/// Measures what a part costs, natively and in WebAssembly.
#[derive(clap::Args)]
pub(crate) struct Bench {
    /// Which bench: acd, call, edge, widget
    name: String,
    /// Writes the figures as JSON into this file; without a file, to the standard output instead of the table
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    json: Option<PathBuf>,
    /// Of the bench edge only this part: accepts, views, flood, businesses
    #[arg(long, value_name = "PART")]
    only: Option<String>,
}

impl Bench {
    /// Builds the benches both ways and runs one. The program of the benches plays the two against each other.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        if self.only.is_some() && self.name != "edge" {
            return Err(Fail::new("only the bench edge has parts"));
        }
        match self.name.as_str() {
            "call" => return self.calls(paths, progress),
            "edge" => {
                build::build(paths, progress, Mode::Release, None)?;
                build::object(paths, progress)?;
                return self.staged(paths, progress, &["clock"], "edges", "twelve minutes");
            }
            "widget" => return self.widget(paths, progress),
            _ => {}
        }
        let module = compile(paths, progress)?;
        // A file's path is relative to where the command was given, so nothing here may change the folder.
        let cargo = |verb: &str| {
            let mut cargo = Command::new("cargo");
            cargo
                .args([
                    verb,
                    "--quiet",
                    "--release",
                    "--package",
                    "bench",
                    "--manifest-path",
                ])
                .arg(paths.root().join("Cargo.toml"));
            cargo
        };
        let step = progress.step("The benches");
        run::quietly(&mut cargo("build"))?;
        step.done();
        let step = progress.step(format!("Measuring {}", self.name));
        let output = cargo("run")
            .arg("--")
            .arg(&self.name)
            .arg(module)
            .args(&self.json)
            .output()
            .doing(|| "can't run cargo".to_owned())?;
        if !output.status.success() {
            drop(step);
            return Err(Fail::new(String::from_utf8_lossy(&output.stderr).trim()));
        }
        step.done();
        print!("{}", String::from_utf8_lossy(&output.stdout));
        Ok(())
    }
}

impl Bench {
    /// Real calls through the whole, as it is deployed; the phones and the control are a program of the tests.
    fn calls(&self, paths: &Paths, progress: &Progress) -> Result<()> {
        if let Installed::No(why) = asterisk::ensure(paths, progress)? {
            return Err(Fail::new(why));
        }
        build::build(paths, progress, Mode::Release, None)?;
        self.staged(paths, progress, &["loopback"], "calls", "a minute")
    }

    /// Pages with the button in a real browser, as it is deployed, beside the controls.
    fn widget(&self, paths: &Paths, progress: &Progress) -> Result<()> {
        test::browser(progress)?;
        let npm = build::build(paths, progress, Mode::Release, None)?;
        build::control(paths, progress, &npm)?;
        self.staged(paths, progress, &[], "weigh", "two minutes")
    }

    /// A bench that is a program of the tests, and needs these packages more.
    fn staged(
        &self,
        paths: &Paths,
        progress: &Progress,
        more: &[&str],
        program: &str,
        takes: &str,
    ) -> Result<()> {
        let step = progress.step("The stage");
        let mut cargo = Command::new("cargo");
        cargo
            .args(["build", "--quiet", "-p", "xtask", "-p", "tests"])
            .args(more.iter().flat_map(|package| ["-p", package]))
            .current_dir(paths.root());
        run::quietly(&mut cargo)?;
        step.done();
        let step = progress.long_step(format!("Measuring {}", self.name), takes);
        let mut measure = Command::new(paths.at("target/debug").join(program));
        measure
            .args(self.json.iter().map(|_| "--json"))
            .args(self.only.iter().flat_map(|part| ["--only", part]));
        let output = run::quietly(&mut measure)?;
        step.done();
        let text = String::from_utf8_lossy(&output.stdout);
        match self.json.as_deref().filter(|path| *path != Path::new("-")) {
            Some(path) => {
                std::fs::write(path, text.as_bytes()).doing(|| format!("can't write {}", path.display()))
            }
            None => {
                print!("{text}");
                Ok(())
            }
        }
    }
}

/// The benches as a module, compiled as the worker is.
fn compile(paths: &Paths, progress: &Progress) -> Result<PathBuf> {
    let lock = build::lock(paths, progress)?;
    let toolchain = Toolchain::ensure(paths, progress)?;
    let made = paths
        .wasm_target()
        .join("wasm32-unknown-unknown/release/bench.wasm");
    let step = progress.first_step(
        !made.exists(),
        "The benches for WebAssembly",
        "1 to 2 minutes the first time",
    );
    let mut cargo = toolchain.cargo("rustc", paths, "panic_unwind");
    cargo
        .args(["--release", "-p", "bench", "--lib", "--crate-type", "cdylib"])
        .env("RUSTFLAGS", UNWIND);
    run::quietly(&mut cargo)?;
    step.done();
    drop(lock);
    Ok(made)
}
