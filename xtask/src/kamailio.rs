//! Kamailio, for the tests of presence: out of this Debian's packages into a folder under `.tools`. Installed, it would be started as a
//! server of the machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::asterisk::Installed;
use crate::debian;
use crate::fail::{Doing, Result};
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;

const PACKAGES: [&str; 6] = [
    "kamailio",
    "kamailio-extra-modules",
    "kamailio-json-modules",
    "kamailio-presence-modules",
    "kamailio-utils-modules",
    "kamailio-xml-modules",
];

/// Unpacks it, unless it is there.
pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Installed> {
    let root = paths.tools().join("kamailio");
    let complete = root.join("complete");
    if complete.is_file() {
        return Ok(Installed::Yes);
    }
    if !debian::may_install() || !Path::new("/usr/bin/dpkg-deb").exists() {
        let why = "Kamailio is unpacked from Debian's packages, which takes root's rights on Debian.";
        return Ok(Installed::No(why.into()));
    }
    let step = progress.long_step("Kamailio from Debian's packages", "half a minute, once");
    // Made aside, as Asterisk's root is.
    let making = paths.tools().join("kamailio.new");
    for old in [&making, &root] {
        if old.exists() {
            fs::remove_dir_all(old).doing(|| format!("can't remove {}", old.display()))?;
        }
    }
    let packages = making.join("packages");
    debian::download(&PACKAGES, &packages)?;
    for entry in fs::read_dir(&packages).doing(|| "can't read Kamailio's packages".to_owned())? {
        let package = entry
            .doing(|| "can't read Kamailio's packages".to_owned())?
            .path();
        if package.extension().is_some_and(|extension| extension == "deb") {
            run::quietly(Command::new("dpkg-deb").arg("-x").arg(package).arg(&making))?;
        }
    }
    fs::remove_dir_all(&packages).doing(|| "can't remove Kamailio's packages".to_owned())?;
    fs::write(making.join("complete"), "").doing(|| "can't finish Kamailio".to_owned())?;
    fs::rename(&making, &root).doing(|| "can't put Kamailio in its place".to_owned())?;
    step.done();
    Ok(Installed::Yes)
}
