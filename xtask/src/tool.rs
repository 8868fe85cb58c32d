//! The programs that the build needs beside the compiler: by cargo into `.tools`, from npm into `node_modules`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::fail::{Doing, Fail, Result};
use crate::paths::{Paths, on_path};
use crate::progress::Progress;
use crate::run;
use crate::stamp::Stamp;

/// The oldest major version of Node that the tools from npm run on.
const OLDEST_NODE: u32 = 20;

/// A program that cargo installs.
struct CargoTool {
    package: &'static str,
    program: &'static str,
    /// How much it is optimized, as little as its work allows: compiling it takes longer than it will ever run.
    opt_level: &'static str,
    about: &'static str,
}

const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    opt_level: "1",
    about: "2 to 4 minutes, once",
};
const WORKER_BUILD: CargoTool = CargoTool {
    package: "worker-build",
    program: "worker-build",
    opt_level: "0",
    about: "1 to 2 minutes, once",
};

const CARGO_FUZZ: CargoTool = CargoTool {
    package: "cargo-fuzz",
    program: "cargo-fuzz",
    opt_level: "0",
    about: "half a minute, once",
};
const CARGO_FUZZ_VERSION: &str = "0.13.2";

/// What drives the fuzzers. Only those who fuzz need it.
pub(crate) fn cargo_fuzz(paths: &Paths, progress: &Progress) -> Result<PathBuf> {
    cargo_tool(paths, progress, &CARGO_FUZZ, CARGO_FUZZ_VERSION)
}

/// Where the programs are.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    /// Makes the JavaScript around a WebAssembly module.
    pub(crate) wasm_bindgen: PathBuf,
    /// Builds a Cloudflare worker.
    pub(crate) worker_build: PathBuf,
}

impl Tools {
    /// Finds the programs of exactly the versions that `Cargo.lock` has of their libraries, or installs them.
    pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Self> {
        let lock = fs::read_to_string(paths.at("Cargo.lock")).doing(|| "can't read Cargo.lock".to_owned())?;
        let bindgen = locked(&lock, "wasm-bindgen")?;
        let worker = locked(&lock, "worker")?;
        Ok(Self {
            wasm_bindgen: cargo_tool(paths, progress, &WASM_BINDGEN, &bindgen)?,
            worker_build: cargo_tool(paths, progress, &WORKER_BUILD, &worker)?,
        })
    }
}

/// The programs from npm.
#[derive(Debug, Clone)]
pub(crate) struct Npm {
    modules: PathBuf,
}

impl Npm {
    /// Installs what `package-lock.json` says, unless it is there.
    pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Self> {
        let npm = Self::present(paths);
        let stamp = Stamp::new(npm.modules.join(".ringback"), "npm ci");
        if !stamp.fresh() {
            need_node()?;
            let step = progress.long_step("Tools from npm", "20 seconds");
            let mut ci = Command::new("npm");
            ci.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(paths.root());
            run::quietly(&mut ci)?;
            stamp.keep(vec![paths.at("package.json"), paths.at("package-lock.json")])?;
            step.done();
        }
        Ok(npm)
    }

    /// What an earlier build installed.
    pub(crate) fn present(paths: &Paths) -> Self {
        Self {
            modules: paths.at("node_modules"),
        }
    }

    /// The bundler and minifier of JavaScript.
    pub(crate) fn esbuild(&self) -> PathBuf {
        self.modules.join(".bin/esbuild")
    }

    /// The optimizer of WebAssembly.
    pub(crate) fn wasm_opt(&self) -> PathBuf {
        self.modules.join(".bin/wasm-opt")
    }

    /// The Workers runtime: the program itself, not the script that finds it.
    pub(crate) fn workerd(&self) -> Result<PathBuf> {
        let arch = match std::env::consts::ARCH {
            "x86_64" => "64",
            "aarch64" => "arm64",
            other => other,
        };
        let os = match std::env::consts::OS {
            "macos" => "darwin",
            other => other,
        };
        let program = self
            .modules
            .join(format!("@cloudflare/workerd-{os}-{arch}/bin/workerd"));
        if program.is_file() {
            return Ok(program);
        }
        Err(Fail::new(format!(
            "there is no workerd for {os} on {arch} (looked for {})",
            program.display()
        )))
    }
}

fn need_node() -> Result<()> {
    let version = run::first_line(Command::new("node").arg("--version")).unwrap_or_default();
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(OLDEST_NODE..) if on_path("npm").is_some() => Ok(()),
        _ => Err(Fail::new(format!(
            "Node {OLDEST_NODE} or newer with npm is needed: install it from https://nodejs.org"
        ))),
    }
}

/// The version that `Cargo.lock` has of a package.
fn locked(lock: &str, package: &str) -> Result<String> {
    let mut lines = lock
        .lines()
        .skip_while(|line| *line != format!("name = \"{package}\""));
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| {
            Fail::new(format!(
                "Cargo.lock has no {package}: run `cargo metadata` to renew it"
            ))
        })
}

fn cargo_tool(paths: &Paths, progress: &Progress, tool: &CargoTool, version: &str) -> Result<PathBuf> {
    let own = paths.tools().join("bin").join(tool.program);
    let candidates = [Some(own.clone()), on_path(tool.program)];
    let present = candidates.into_iter().flatten().find(|candidate| {
        let answer = run::first_line(Command::new(candidate).arg("--version"));
        answer.is_some_and(|answer| answer.split_whitespace().next_back() == Some(version))
    });
    if let Some(present) = present {
        return Ok(present);
    }
    let step = progress.long_step(format!("{} {version}", tool.package), tool.about);
    // Not `--locked`: the lock of wasm-bindgen-cli names versions that mirrors of the registry may have dropped.
    let mut cargo = Command::new("cargo");
    cargo
        .args([
            "install",
            "--quiet",
            "--force",
            tool.package,
            "--version",
            version,
            "--bin",
            tool.program,
            "--root",
        ])
        .arg(paths.tools())
        .current_dir(paths.root())
        .env("CARGO_TARGET_DIR", paths.at("target/tools"))
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.opt_level)
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env_remove("RUSTFLAGS");
    run::quietly(&mut cargo)?;
    step.done();
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::locked;

    #[test]
    fn reads_versions_from_the_lock() {
        let lock = "[[package]]\nname = \"worker-sys\"\nversion = \"9\"\n\n[[package]]\nname = \"worker\"\nversion = \"0.8.7\"\n";
        assert_eq!(locked(lock, "worker").unwrap(), "0.8.7");
        assert!(locked(lock, "nothing").is_err());
    }
}
