//! Debian's packages, where they may be installed: as root, with `apt-get`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::asterisk::Installed;
use crate::fail::{Doing, Result};
use crate::paths::on_path;
use crate::progress::Progress;
use crate::run;
use crate::site;
use crate::stamp::files_under;

/// Whether packages can be installed here without asking anybody.
pub(crate) fn may_install() -> bool {
    on_path("apt-get").is_some() && run::first_line(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// Installs packages and nothing that they merely recommend.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    update()?;
    let mut words = vec!["install", "-y", "--no-install-recommends"];
    words.extend(packages);
    apt(&words)
}

/// What stands in a root that is whole.
const COMPLETE: &str = "complete";

/// Whether there is such a root.
pub(crate) fn is_whole(root: &Path) -> bool {
    root.join(COMPLETE).is_file()
}

/// Makes a root aside: one that was interrupted halfway is never taken for a whole one.
pub(crate) fn make_root(root: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let making = root.with_extension("new");
    site::clear(root)?;
    site::clear(&making)?;
    fs::create_dir_all(&making).doing(|| format!("can't make {}", making.display()))?;
    make(&making)?;
    site::write(&making.join(COMPLETE), b"")?;
    fs::rename(&making, root).doing(|| format!("can't put {} in its place", root.display()))
}

/// Puts packages, and what of theirs this machine lacks, into a folder. Nothing is installed.
pub(crate) fn download(packages: &[&str], folder: &Path) -> Result<()> {
    update()?;
    fs::create_dir_all(folder.join("partial")).doing(|| format!("can't make {}", folder.display()))?;
    let archives = format!("Dir::Cache::archives={}", folder.display());
    let mut words = vec!["-o", &archives, "install", "-y", "--no-install-recommends"];
    words.extend(["--download-only", "--reinstall"]);
    words.extend(packages);
    apt(&words)
}

/// Unpacks packages into a folder of their own, unless they are there. Installed, a server would be started with the machine.
pub(crate) fn unpack(name: &str, packages: &[&str], root: &Path, progress: &Progress) -> Result<Installed> {
    if is_whole(root) {
        return Ok(Installed::Yes);
    }
    if !may_install() || !Path::new("/usr/bin/dpkg-deb").exists() {
        let why = format!("{name} is unpacked from Debian's packages, which takes root's rights on Debian.");
        return Ok(Installed::No(why));
    }
    let step = progress.long_step(format!("{name} from Debian's packages"), "half a minute, once");
    make_root(root, |making| {
        let archives = making.join("packages");
        download(packages, &archives)?;
        for package in files_under(&archives) {
            if package.extension().is_some_and(|extension| extension == "deb") {
                run::quietly(Command::new("dpkg-deb").arg("-x").arg(package).arg(making))?;
            }
        }
        site::clear(&archives)
    })?;
    step.done();
    Ok(Installed::Yes)
}

/// Reads the lists of packages anew.
pub(crate) fn update() -> Result<()> {
    apt(&["update"])
}

/// The command that a person has to run where [`may_install`] says no.
pub(crate) fn command(packages: &[&str]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    )
}

fn apt(words: &[&str]) -> Result<()> {
    let mut apt = Command::new("apt-get");
    apt.args(["-q", "-o", "DPkg::Lock::Timeout=120"])
        .args(words)
        .env("DEBIAN_FRONTEND", "noninteractive");
    run::quietly(&mut apt)
        .map(drop)
        .doing(|| "Debian's packages can't be installed".to_owned())
}
