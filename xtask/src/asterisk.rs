//! Asterisk, for the tests of real telephones: a root of its own under `.tools`, from the packages of a newer Debian, because
//! this one has none that opens connections by itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::debian;
use crate::fail::{Doing, Fail, Result};
use crate::paths::{Paths, on_path};
use crate::progress::Progress;
use crate::run;

/// The Debian whose Asterisk is at least 22.5.
const SUITE: &str = "forky";
const PACKAGES: [&str; 2] = ["debootstrap", "espeak-ng"];
/// How debootstrap makes any recent Debian, also one that it has not heard of.
const SCRIPT: &str = "/usr/share/debootstrap/scripts/sid";

/// What installing it led to.
pub(crate) enum Installed {
    /// It is there.
    Yes,
    /// It can't be installed here, and why.
    No(String),
}

/// Installs it, unless it is there.
pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Installed> {
    let root = paths.tools().join("asterisk");
    let complete = root.join("complete");
    if complete.is_file() && PACKAGES.iter().all(|name| on_path(name).is_some()) {
        return Ok(Installed::Yes);
    }
    if !debian::may_install() || !Path::new("/usr/bin/apt-get").exists() {
        let why = "Asterisk is installed from Debian's packages into a root of its own, which takes root's rights on Debian.";
        return Ok(Installed::No(why.into()));
    }
    if PACKAGES.iter().any(|name| on_path(name).is_none()) {
        let step = progress.long_step(
            "debootstrap and espeak-ng from Debian's packages",
            "half a minute",
        );
        debian::install(&PACKAGES)?;
        step.done();
    }
    if complete.is_file() {
        return Ok(Installed::Yes);
    }
    let step = progress.long_step("Asterisk from Debian's packages", "1 to 3 minutes, once");
    // Made aside: a root that was interrupted halfway is never taken for a whole one.
    let making = paths.tools().join("asterisk.new");
    for old in [&making, &root] {
        if old.exists() {
            fs::remove_dir_all(old).doing(|| format!("can't remove {}", old.display()))?;
        }
    }
    fs::create_dir_all(paths.tools()).doing(|| "can't make .tools".to_owned())?;
    let mut debootstrap = Command::new("debootstrap");
    debootstrap
        .args(["--variant=minbase", "--include=asterisk", SUITE])
        .arg(&making);
    debootstrap.args([mirror()?.as_str(), SCRIPT]);
    run::quietly(&mut debootstrap)?;
    fs::write(making.join("complete"), SUITE).doing(|| "can't finish Asterisk's root".to_owned())?;
    fs::rename(&making, &root).doing(|| "can't put Asterisk's root in its place".to_owned())?;
    step.done();
    Ok(Installed::Yes)
}

/// Where this machine gets Debian's packages from.
fn mirror() -> Result<String> {
    let mut files = vec![Path::new("/etc/apt/sources.list").to_path_buf()];
    if let Ok(entries) = fs::read_dir("/etc/apt/sources.list.d") {
        files.extend(entries.flatten().map(|entry| entry.path()));
    }
    let texts = files.iter().filter_map(|file| fs::read_to_string(file).ok());
    let found = texts.flat_map(|text| text.lines().filter_map(mirror_in).collect::<Vec<_>>());
    // A mirror of security updates has no whole Debian.
    let mut found = found.filter(|mirror| !mirror.contains("security"));
    found
        .next()
        .ok_or_else(|| Fail::new("no mirror of Debian is configured in /etc/apt"))
}

/// The mirror that a line of apt's configuration names, in the old form or in the new one.
fn mirror_in(line: &str) -> Option<String> {
    let line = line.trim();
    let words = line.strip_prefix("URIs:").or_else(|| line.strip_prefix("deb "))?;
    let mut words = words.split_whitespace();
    words.find(|word| word.starts_with("http")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_the_machines_own() {
        assert_eq!(
            mirror_in("URIs: http://mirror.example/debian").as_deref(),
            Some("http://mirror.example/debian")
        );
        assert_eq!(
            mirror_in("deb [signed-by=/k] https://m.example/debian bookworm main").as_deref(),
            Some("https://m.example/debian")
        );
        assert_eq!(mirror_in("# deb http://old.example/debian"), None);
        assert_eq!(mirror_in("Suites: bookworm"), None);
    }
}
