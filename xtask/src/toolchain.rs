//! The compiler for WebAssembly. It is the one that compiles everything else, if the sources of its standard library
//! are there or can be had from rustup; where rustup's server is out of reach, Debian's compiler takes its place.
//!
//! The standard library is always built from its sources: the worker needs it with panics that unwind, and the
//! browser's programs get smaller by it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::debian;
use crate::fail::{Doing, Fail, Result};
use crate::paths::{Paths, on_path};
use crate::progress::Progress;
use crate::run;

const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LIB: &str = "/usr/lib/rustlib";
const DEBIAN_PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];
/// The oldest minor version of Rust that compiles this workspace, as `rust-version` in `Cargo.toml` says.
const OLDEST: u32 = 95;

/// A compiler that has what WebAssembly needs.
#[derive(Debug, Clone)]
pub(crate) struct Toolchain {
    cargo: PathBuf,
    rustc: PathBuf,
    /// Folder of stand-ins for `cargo`, `rustc` and `rustup`, for programs that insist on a nightly toolchain.
    shim: PathBuf,
    /// The compiler's version.
    pub(crate) version: String,
}

impl Toolchain {
    /// Finds the toolchain, or sets it up.
    pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Self> {
        let cargo = std::env::var_os("CARGO")
            .map(PathBuf::from)
            .or_else(|| on_path("cargo"));
        let cargo = cargo
            .ok_or_else(|| Fail::new("cargo is not on the PATH: install Rust from https://rustup.rs"))?;
        let sysroot = sysroot()?;
        let own = paths.tools().join("rust");
        // The compiler that a clone began with stays, or everything would be compiled again.
        let rustc = if own.is_dir() && debian_ready() {
            link_debian(&own, &sysroot)?
        } else if has_sources(&sysroot) {
            sysroot.join("bin/rustc")
        } else {
            Self::fetch(&own, progress, &sysroot)?
        };
        let version = run::first_line(Command::new(&rustc).arg("--version"))
            .ok_or_else(|| Fail::new(format!("{} does not run", rustc.display())))?;
        let toolchain = Self {
            cargo,
            rustc,
            shim: paths.tools().join("shim"),
            version,
        };
        toolchain.write_shim()?;
        Ok(toolchain)
    }

    /// A `cargo` that does this (`build`, `rustc`) for WebAssembly with the standard library built along, panicking as `panic`
    /// says.
    pub(crate) fn cargo(&self, verb: &str, paths: &Paths, panic: &str) -> Command {
        let mut cargo = Command::new(&self.cargo);
        cargo
            .args([verb, "--quiet", "--target", TARGET, "-Z"])
            .arg(format!("build-std=std,{panic}"));
        self.prepare(&mut cargo, paths);
        cargo
    }

    /// Makes a command that runs `cargo` or `rustc` by itself use this toolchain.
    pub(crate) fn prepare(&self, command: &mut Command, paths: &Paths) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(
            std::iter::once(self.shim.clone())
                .chain(std::env::split_paths(&path))
                .collect::<Vec<_>>(),
        );
        command
            .current_dir(paths.root())
            .env("CARGO_TARGET_DIR", paths.wasm_target())
            .env("RUSTC", &self.rustc)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("PATH", path.unwrap_or_else(|_| OsString::from(&self.shim)));
    }

    fn fetch(own: &Path, progress: &Progress, sysroot: &Path) -> Result<PathBuf> {
        let step = progress.long_step("Rust for wasm32-unknown-unknown", "half a minute");
        let rustup = run::quietly(Command::new("rustup").args(["component", "add", "rust-src"]))
            .and_then(|_| run::quietly(Command::new("rustup").args(["target", "add", TARGET])));
        if rustup.is_ok() && has_sources(sysroot) {
            step.done_by("from rustup");
            return Ok(sysroot.join("bin/rustc"));
        }
        if !debian_ready() {
            install_debian()?;
        }
        let rustc = link_debian(own, sysroot)?;
        step.done_by("by Debian's compiler, because rustup could not fetch it");
        Ok(rustc)
    }

    /// `worker-build --panic-unwind` calls for a nightly toolchain only to build the standard library along, which
    /// any toolchain does when `RUSTC_BOOTSTRAP` is set. These scripts drop the `+nightly`.
    fn write_shim(&self) -> Result<()> {
        let drop_plus = "case \"$1\" in +*) shift ;; esac\n";
        for (name, program) in [("cargo", &self.cargo), ("rustc", &self.rustc)] {
            let body = format!("{drop_plus}exec {} \"$@\"\n", run::quoted(program));
            run::script(&self.shim.join(name), &body)?;
        }
        run::script(&self.shim.join("rustup"), "echo 'rust-src (installed)'\n")
    }
}

fn sysroot() -> Result<PathBuf> {
    run::first_line(Command::new("rustc").args(["--print", "sysroot"]))
        .map(PathBuf::from)
        .ok_or_else(|| Fail::new("rustc does not run: install Rust from https://rustup.rs"))
}

fn has_sources(sysroot: &Path) -> bool {
    let rustlib = sysroot.join("lib/rustlib");
    rustlib.join("src/rust/library/Cargo.lock").is_file() && rustlib.join(TARGET).is_dir()
}

fn debian_ready() -> bool {
    let minor = || {
        let version = run::first_line(Command::new(DEBIAN_RUSTC).arg("--version"))?;
        version
            .strip_prefix("rustc 1.")?
            .split('.')
            .next()?
            .parse::<u32>()
            .ok()
    };
    Path::new(DEBIAN_LIB)
        .join("src/rust/library/Cargo.lock")
        .is_file()
        && minor().is_some_and(|minor| minor >= OLDEST)
}

fn install_debian() -> Result<()> {
    if !debian::may_install() {
        return Err(Fail::new(format!(
            "Rust's WebAssembly target is missing and rustup could not fetch it. Run\n\n    rustup component add rust-src \
             && rustup target add {TARGET}\n\nor, on Debian where rustup's server is out of reach,\n\n    {}",
            debian::command(&DEBIAN_PACKAGES)
        )));
    }
    debian::install(&DEBIAN_PACKAGES)?;
    if debian_ready() {
        return Ok(());
    }
    Err(Fail::new(format!(
        "Rust's WebAssembly target is missing, rustup could not fetch it, and {DEBIAN_RUSTC} of Debian's package \
         rustc-web is older than Rust 1.{OLDEST}"
    )))
}

/// A sysroot of our own around Debian's compiler: its libraries, and the linker that rustup brings.
#[cfg(unix)]
fn link_debian(own: &Path, rustup: &Path) -> Result<PathBuf> {
    let host = run::first_line(Command::new(DEBIAN_RUSTC).args(["--print", "host-tuple"]))
        .ok_or_else(|| Fail::new(format!("{DEBIAN_RUSTC} does not run")))?;
    let (debian, lib) = (Path::new(DEBIAN_LIB), own.join("lib/rustlib"));
    let lld = rustup.join("lib/rustlib").join(&host).join("bin/rust-lld");
    if !lld.is_file() {
        return Err(Fail::new(format!(
            "{} is missing: install Rust from https://rustup.rs",
            lld.display()
        )));
    }
    let lay = || {
        fs::create_dir_all(lib.join(TARGET).join("lib"))?;
        fs::create_dir_all(lib.join(&host).join("bin"))?;
        link(&debian.join("src"), &lib.join("src"))?;
        link(&debian.join(&host).join("lib"), &lib.join(&host).join("lib"))?;
        link(&lld, &lib.join(&host).join("bin/rust-lld"))
    };
    lay().doing(|| format!("can't set up {}", own.display()))?;
    let rustc = own.join("bin/rustc");
    run::script(
        &rustc,
        &format!("exec {DEBIAN_RUSTC} --sysroot {} \"$@\"\n", run::quoted(own)),
    )?;
    Ok(rustc)
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> std::io::Result<()> {
    if fs::read_link(at).is_ok_and(|present| present == to) {
        return Ok(());
    }
    if fs::symlink_metadata(at).is_ok() {
        fs::remove_file(at)?;
    }
    std::os::unix::fs::symlink(to, at)
}

#[cfg(not(unix))]
fn link_debian(_own: &Path, _rustup: &Path) -> Result<PathBuf> {
    Err(Fail::new("Debian's compiler needs Debian"))
}
