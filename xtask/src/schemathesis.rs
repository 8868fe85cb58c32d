//! Schemathesis, which holds the HTTP interface against its OpenAPI document: from Python's index into an environment of its own under
//! `.tools`, every package of it in the version that `tests/schemathesis.txt` names.

use std::fs;
use std::process::Command;

use crate::debian;
use crate::fail::{Doing, Fail, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::stamp::Stamp;

/// The versions.
const VERSIONS: &str = "tests/schemathesis.txt";
/// What Debian calls Python with its environments.
const PACKAGES: [&str; 1] = ["python3-venv"];

/// Installs it, unless it is there.
pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<()> {
    let (home, versions) = (paths.tools().join("schemathesis"), paths.at(VERSIONS));
    let stamp = Stamp::new(home.join(".ringback"), "venv");
    if stamp.fresh() {
        return Ok(());
    }
    let step = progress.long_step("Schemathesis", "half a minute, once");
    if home.is_dir() {
        fs::remove_dir_all(&home).doing(|| format!("can't clear {}", home.display()))?;
    }
    let environment = || run::quietly(Command::new("python3").args(["-m", "venv"]).arg(&home));
    if environment().is_err() {
        if !debian::may_install() {
            return Err(Fail::new(format!(
                "Schemathesis needs Python 3.10 or newer with its environments. On Debian:\n\n    {}",
                debian::command(&PACKAGES)
            )));
        }
        debian::install(&PACKAGES)?;
        environment()?;
    }
    let mut pip = Command::new(home.join("bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ])
    .arg(&versions);
    run::quietly(&mut pip)?;
    stamp.keep(vec![versions])?;
    step.done();
    Ok(())
}
