//! Builds everything: the tools first, then the worker and the browser's programs, then the static site.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

use crate::embed;
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::{Progress, elapsed};
use crate::run;
use crate::screen::{self, SCREENS};
use crate::site;
use crate::stamp::{Stamp, sources_of};
use crate::tool::{Npm, Tools};
use crate::toolchain::Toolchain;

/// How the programs are compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quick to build, for development and tests.
    Quick,
    /// Small, for visitors.
    Release,
}

impl Mode {
    /// The mode that the flag `--release` asks for.
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Quick }
    }

    /// The profile of the browser's programs in `Cargo.toml`.
    pub(crate) fn screen_profile(self) -> &'static str {
        match self {
            Self::Quick => "panel-dev",
            Self::Release => "panel",
        }
    }

    /// Cargo's folder for the worker's profile, and worker-build's flag for it.
    fn edge_profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Quick => ("debug", "--dev"),
            Self::Release => ("release", "--release"),
        }
    }
}

/// All that the steps of one build share.
pub(crate) struct Job<'a> {
    pub(crate) paths: &'a Paths,
    pub(crate) progress: &'a Progress,
    pub(crate) mode: Mode,
    pub(crate) origin: Option<&'a str>,
    pub(crate) toolchain: Toolchain,
}

impl Job<'_> {
    /// The folder of what is made in this mode on the way to the finished site.
    pub(crate) fn workshop(&self, name: &str) -> PathBuf {
        let mode = match self.mode {
            Mode::Quick => "quick",
            Mode::Release => "release",
        };
        self.paths.at("target/workshop").join(mode).join(name)
    }

    /// The stamp of a step of this job; a new compiler makes everything anew, and so does another `recipe`: what it is made with.
    pub(crate) fn stamp(&self, name: &str, recipe: &str) -> Stamp {
        let salt = format!("{} {recipe}", self.toolchain.version);
        Stamp::new(self.workshop(name).join("stamp"), salt)
    }

    /// The files that decide about a compilation beside its sources.
    pub(crate) fn manifests(&self, packages: &[&str]) -> Vec<PathBuf> {
        let own = ["Cargo.toml", "Cargo.lock"].map(PathBuf::from).into_iter();
        let theirs = packages
            .iter()
            .map(|package| PathBuf::from(package).join("Cargo.toml"));
        own.chain(theirs).map(|path| self.paths.at(path)).collect()
    }
}

/// Builds what is not up to date into `target/edge` and `target/site`.
///
/// `origin` is where the site will be served from, if that is known; a local server says it later.
pub(crate) fn build(paths: &Paths, progress: &Progress, mode: Mode, origin: Option<&str>) -> Result<Npm> {
    let (began, before) = (Instant::now(), progress.done());
    let lock = lock(paths, progress)?;
    // Two lanes, because most steps keep one core busy: the compiler and what it compiles, and the tools.
    let (job, tools) = thread::scope(|scope| {
        let lane = scope.spawn(|| {
            let toolchain = Toolchain::ensure(paths, progress)?;
            let job = Job {
                paths,
                progress,
                mode,
                origin,
                toolchain,
            };
            screen::compile(&job)?;
            Ok(job)
        });
        let tools = Npm::ensure(paths, progress).and_then(|npm| Ok((Tools::ensure(paths, progress)?, npm)));
        let fault = || Err(Fail::new("the build stopped by a fault of its own"));
        (lane.join().unwrap_or_else(|_| fault()), tools)
    });
    let (job, (tools, npm)) = (job?, tools?);
    worker(&job, &tools, &npm)?;
    for screen in &SCREENS {
        screen::bind(&job, &tools, &npm, screen)?;
    }
    site::assemble(&job, &npm)?;
    embed::pack(paths)?;
    drop(lock);
    let how = if progress.done() == before {
        "Up to date"
    } else {
        "Built"
    };
    progress.say(&format!("{how} ({})", elapsed(began)));
    Ok(npm)
}

/// What `cargo xtask bench widget` measures beside: the smallest app in Leptos and a bare loader, made as ours are, in a folder as
/// they are served.
pub(crate) fn control(paths: &Paths, progress: &Progress, npm: &Npm) -> Result<()> {
    released(paths, progress, |job, tools| {
        screen::control(job, tools, npm)?;
        site::control(job, npm)
    })
}

/// What shoppers load, as a release makes it, in a folder of its own.
pub(crate) fn for_shoppers(paths: &Paths, progress: &Progress) -> Result<PathBuf> {
    let npm = Npm::ensure(paths, progress)?;
    released(paths, progress, |job, tools| {
        screen::panel(job, tools, &npm)?;
        site::for_shoppers(job, &npm)
    })
}

fn released<T>(
    paths: &Paths,
    progress: &Progress,
    make: impl FnOnce(&Job<'_>, &Tools) -> Result<T>,
) -> Result<T> {
    let lock = lock(paths, progress)?;
    let (toolchain, tools) = (
        Toolchain::ensure(paths, progress)?,
        Tools::ensure(paths, progress)?,
    );
    let job = Job {
        paths,
        progress,
        mode: Mode::Release,
        origin: None,
        toolchain,
    };
    let made = make(&job, &tools)?;
    drop(lock);
    Ok(made)
}

/// What `cargo xtask bench edge` measures beside: the smallest object in the same language, made as ours is.
pub(crate) fn object(paths: &Paths, progress: &Progress) -> Result<()> {
    let npm = Npm::ensure(paths, progress)?;
    released(paths, progress, |job, tools| {
        let made = compile_worker(job, tools, &npm, "tests/object", &["tests/object"])?;
        place(&made, &job.paths.at("target/object"))
    })
}

/// Builds the worker.
fn worker(job: &Job<'_>, tools: &Tools, npm: &Npm) -> Result<()> {
    let manifests = [
        "edge",
        "edge/access",
        "edge/acd",
        "edge/telephony",
        "edge/webhook",
        "shared",
    ];
    let made = compile_worker(job, tools, npm, "edge", &manifests)?;
    let edge = job.paths.edge();
    place(&made, &edge)?;
    site::place(&job.paths.at("edge/front.js"), &edge.join("front.js"))?;
    Ok(())
}

/// Puts a worker that was made where it is served from.
fn place(made: &Path, to: &Path) -> Result<()> {
    for name in ["index.js", "index_bg.wasm"] {
        site::place(&made.join(name), &to.join(name))?;
    }
    Ok(())
}

/// The package in `source`, with panics that unwind: otherwise one panic would hang every request of its isolate. Gives the folder that
/// it is made in.
fn compile_worker(
    job: &Job<'_>,
    tools: &Tools,
    npm: &Npm,
    source: &str,
    manifests: &[&str],
) -> Result<PathBuf> {
    let name = source.rsplit('/').next().unwrap_or(source);
    let (made, stamp) = (job.workshop(name), job.stamp(name, ""));
    let (folder, flag) = job.mode.edge_profile();
    if !stamp.fresh() {
        let title = format!("The worker in {source}");
        let step = job
            .progress
            .first_step(stamp.first(), title, "2 to 4 minutes the first time");
        fs::create_dir_all(&made).doing(|| format!("can't make {}", made.display()))?;
        let mut build = Command::new(&tools.worker_build);
        job.toolchain.prepare(&mut build, job.paths);
        build
            .current_dir(job.paths.at(source))
            .args(["--panic-unwind", flag, "--out-dir"])
            .arg(&made)
            .env("WASM_BINDGEN_BIN", &tools.wasm_bindgen)
            .env("WASM_OPT_BIN", npm.wasm_opt())
            .env("ESBUILD_BIN", npm.esbuild());
        run::quietly(&mut build)?;
        let artifact = job
            .paths
            .wasm_target()
            .join("wasm32-unknown-unknown")
            .join(folder)
            .join(format!("{name}.d"));
        let mut inputs = sources_of(&artifact);
        inputs.extend(job.manifests(manifests));
        stamp.keep(inputs)?;
        step.done();
    }
    Ok(made)
}

/// One build at a time in a clone.
pub(crate) fn lock(paths: &Paths, progress: &Progress) -> Result<File> {
    let path = paths.at("target/.build-lock");
    let open = fs::create_dir_all(paths.at("target")).and_then(|()| File::create(&path));
    let file = open.doing(|| format!("can't make {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let step = progress.long_step(
                "Waiting for another build in this clone",
                "as long as that one does",
            );
            file.lock().doing(|| format!("can't lock {}", path.display()))?;
            step.done();
        }
        Err(TryLockError::Error(error)) => {
            return Err(Fail::new(format!("can't lock {}: {error}", path.display())));
        }
    }
    Ok(file)
}
