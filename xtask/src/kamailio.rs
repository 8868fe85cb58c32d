//! Kamailio, for the tests of presence: out of this Debian's packages into a folder under `.tools`. Installed, it would be started as a
//! server of the machine.

use std::path::Path;
use std::process::Command;

use crate::asterisk::Installed;
use crate::debian;
use crate::fail::Result;
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::site;
use crate::stamp::files_under;

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
    if debian::is_whole(&root) {
        return Ok(Installed::Yes);
    }
    if !debian::may_install() || !Path::new("/usr/bin/dpkg-deb").exists() {
        let why = "Kamailio is unpacked from Debian's packages, which takes root's rights on Debian.";
        return Ok(Installed::No(why.into()));
    }
    let step = progress.long_step("Kamailio from Debian's packages", "half a minute, once");
    debian::make_root(&root, |making| {
        let packages = making.join("packages");
        debian::download(&PACKAGES, &packages)?;
        for package in files_under(&packages) {
            if package.extension().is_some_and(|extension| extension == "deb") {
                run::quietly(Command::new("dpkg-deb").arg("-x").arg(package).arg(making))?;
            }
        }
        site::clear(&packages)
    })?;
    step.done();
    Ok(Installed::Yes)
}
