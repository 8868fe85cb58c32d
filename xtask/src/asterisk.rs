//! Asterisk, for the tests of real telephones: a root of its own under `.tools`, from the packages of a newer Debian, because
//! this one has none that opens connections by itself.

use std::path::Path;
use std::process::Command;

use crate::debian;
use crate::fail::{Fail, Result};
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
    if debian::is_whole(&root) && PACKAGES.iter().all(|name| on_path(name).is_some()) {
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
    if debian::is_whole(&root) {
        return Ok(Installed::Yes);
    }
    let step = progress.long_step("Asterisk from Debian's packages", "1 to 3 minutes, once");
    debian::make_root(&root, |making| {
        let mut debootstrap = Command::new("debootstrap");
        debootstrap
            .args(["--variant=minbase", "--include=asterisk", SUITE])
            .arg(making);
        debootstrap.args([mirror()?.as_str(), SCRIPT]);
        run::quietly(&mut debootstrap).map(drop)
    })?;
    step.done();
    Ok(Installed::Yes)
}

/// Where this machine gets Debian's packages from, as apt itself understands its configuration: not every source is Debian's.
fn mirror() -> Result<String> {
    let known = || {
        let mut apt = Command::new("apt-get");
        apt.args(["indextargets", "--format", "$(ORIGIN) $(LABEL) $(REPO_URI)"]);
        apt.arg("Created-By: Packages");
        run::quietly(&mut apt).map(|output| mirror_among(&String::from_utf8_lossy(&output.stdout)))
    };
    if let Some(mirror) = known()? {
        return Ok(mirror);
    }
    // Whose packages a source has, apt knows once it has read its lists.
    debian::update()?;
    known()?.ok_or_else(|| Fail::new("apt knows no source of Debian's own packages"))
}

/// The first source with the whole of Debian; one of security updates only is labelled otherwise.
fn mirror_among(lines: &str) -> Option<String> {
    let mut found = lines
        .lines()
        .filter_map(|line| line.strip_prefix("Debian Debian "));
    found.next().map(|uri| uri.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mirror_is_one_of_debian() {
        let lines = "
 . Node https://node.example/node_20.x/
Debian Debian-Security http://mirror.example/debian-security/
Debian Debian http://mirror.example/debian/
Debian Debian http://other.example/debian/
";
        assert_eq!(
            mirror_among(lines).as_deref(),
            Some("http://mirror.example/debian/")
        );
        assert_eq!(mirror_among(" . Node https://node.example/node_20.x/"), None);
    }
}
