//! The browser's programs: the panel, the console, the desk and the virtual phones.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::build::{Job, Mode};
use crate::fail::{Doing, Result};
use crate::names;
use crate::order;
use crate::run;
use crate::site;
use crate::stamp::sources_of;
use crate::tool::{Npm, Tools};

/// A program for the browser and the page it lives in.
pub(crate) struct Screen {
    /// Its binary target, and its folder on the site.
    pub(crate) name: &'static str,
    /// Its package, and the folder of that package.
    package: &'static str,
}

/// The one that shoppers see.
pub(crate) const PANEL: Screen = Screen {
    name: "panel",
    package: "widget",
};

/// All of them.
pub(crate) const SCREENS: [Screen; 4] = [
    PANEL,
    Screen {
        name: "console",
        package: "www",
    },
    Screen {
        name: "desk",
        package: "www",
    },
    Screen {
        name: "phones",
        package: "www",
    },
];

/// What `wasm-opt` may expect of browsers: what the compiler uses by default.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How `wasm-opt` makes a program small. What is made flat first compresses better afterwards.
const SMALL: [&str; 7] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--strip-producers",
    "--strip-target-features",
    "--minify-imports-and-exports-and-modules",
];

/// The panel on visitors' screens shows no panics to anybody, so it carries none of their texts: an eighth of its size. Nor what
/// only they would show, and the standard library's smaller ways instead of its faster ones.
const SILENT_PANICS: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";
const SMALL_STD: &str = "-Zbuild-std-features=optimize_for_size";

impl Screen {
    /// The folder with its page and styles.
    pub(crate) fn sources(&self, job: &Job<'_>) -> PathBuf {
        job.paths.at(self.package).join(self.name)
    }
}

/// Compiles them to WebAssembly: package by package, because the panel does without what the others need.
pub(crate) fn compile(job: &Job<'_>) -> Result<()> {
    for package in ["widget", "www"] {
        let screens: Vec<&Screen> = SCREENS
            .iter()
            .filter(|screen| screen.package == package)
            .collect();
        compile_package(job, package, package, &screens)?;
    }
    Ok(())
}

/// The panel alone.
pub(crate) fn panel(job: &Job<'_>, tools: &Tools, npm: &Npm) -> Result<()> {
    compile_package(job, PANEL.package, PANEL.package, &[&PANEL])?;
    bind(job, tools, npm, &PANEL)
}

/// What the panel is measured beside, made as it is: the smallest app in Leptos.
pub(crate) fn control(job: &Job<'_>, tools: &Tools, npm: &Npm) -> Result<()> {
    let counter = Screen {
        name: "counter",
        package: "counter",
    };
    compile_package(job, counter.package, "tests/counter", &[&counter])?;
    bind(job, tools, npm, &counter)
}

/// One package, which lies in `folder`.
fn compile_package(job: &Job<'_>, package: &str, folder: &str, screens: &[&Screen]) -> Result<()> {
    let stamp = job.stamp(
        &format!("cargo-{package}"),
        &format!("{SILENT_PANICS} {SMALL_STD}"),
    );
    if stamp.fresh() && screens.iter().all(|screen| artifact(job, screen).is_file()) {
        return Ok(());
    }
    let names: Vec<&str> = screens.iter().map(|screen| screen.name).collect();
    let title = format!("The {}", names.join(" and the "));
    let step = job
        .progress
        .first_step(stamp.first(), title, "2 to 3 minutes the first time");
    let made = job.workshop(&format!("cargo-{package}"));
    fs::create_dir_all(&made).doing(|| format!("can't make {}", made.display()))?;
    let mut cargo = job.toolchain.cargo("build", job.paths, "panic_abort");
    cargo.args(["--profile", job.mode.screen_profile(), "-p", package]);
    for name in names {
        cargo.args(["--bin", name]);
    }
    if job.mode == Mode::Release && package != "www" {
        cargo.arg(SMALL_STD).env("RUSTFLAGS", SILENT_PANICS);
    }
    run::quietly(&mut cargo)?;
    let mut inputs = job.manifests(&[folder, "shared"]);
    for screen in screens {
        inputs.extend(sources_of(&artifact(job, screen).with_extension("d")));
    }
    stamp.keep(inputs)?;
    step.done();
    Ok(())
}

/// Puts the JavaScript around a program and, for a release, makes both small.
pub(crate) fn bind(job: &Job<'_>, tools: &Tools, npm: &Npm, screen: &Screen) -> Result<()> {
    let (made, wasm) = (job.workshop(screen.name), artifact(job, screen));
    let stamp = job.stamp(screen.name, &format!("{SMALL:?} ordered nameless"));
    if stamp.fresh() {
        return Ok(());
    }
    let step = job.progress.step(format!("JavaScript of the {}", screen.name));
    let raw = made.join("raw");
    fs::create_dir_all(&raw).doing(|| format!("can't make {}", raw.display()))?;
    let mut bindgen = Command::new(&tools.wasm_bindgen);
    bindgen
        .args([
            "--target",
            "web",
            "--no-typescript",
            "--omit-default-module-path",
            // What functions are called in Rust is ten times as long as what they do where nothing is made small.
            "--remove-name-section",
            "--out-dir",
        ])
        .arg(&raw);
    run::quietly(bindgen.arg(&wasm))?;

    let (js, module) = (format!("{}.js", screen.name), format!("{}_bg.wasm", screen.name));
    match job.mode {
        Mode::Quick => {
            fs::copy(raw.join(&module), made.join(&module))
                .map(drop)
                .doing(|| format!("can't copy {module}"))?;
        }
        Mode::Release => {
            let mut opt = Command::new(npm.wasm_opt());
            opt.args(SMALL)
                .args(FEATURES)
                .arg(raw.join(&module))
                .arg("-o")
                .arg(made.join(&module));
            let listed = run::quietly(&mut opt)?.stdout;
            if screen.name == PANEL.name {
                let small = made.join(&module);
                let wasm = fs::read(&small).doing(|| format!("can't read {}", small.display()))?;
                site::write(&small, &order::by_likeness(&wasm)?)?;
            }
            let text = fs::read_to_string(raw.join(&js))
                .doing(|| format!("can't read {}", raw.join(&js).display()))?;
            let text = names::renamed(&text, &String::from_utf8_lossy(&listed))?;
            site::write(&raw.join(&js), text.as_bytes())?;
        }
    }
    // The page's own program takes it in (site.rs), and makes it small.
    let mut esbuild = Command::new(npm.esbuild());
    esbuild.args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--log-level=warning",
    ]);
    run::quietly(
        esbuild
            .arg(raw.join(&js))
            .arg(format!("--outfile={}", made.join(&js).display())),
    )?;
    stamp.keep(vec![wasm])?;
    step.done();
    Ok(())
}

fn artifact(job: &Job<'_>, screen: &Screen) -> PathBuf {
    let folder = job
        .paths
        .wasm_target()
        .join("wasm32-unknown-unknown")
        .join(job.mode.screen_profile());
    folder.join(format!("{}.wasm", screen.name))
}
