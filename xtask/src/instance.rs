//! A local server's own folder: its secrets, its data, its log, and the site with the shop's pages made to load the
//! button from this server.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::fail::{Doing, Fail, Result};
use crate::origin;
use crate::paths::Paths;
use crate::secrets::Secrets;
use crate::site;
use crate::stamp::files_under;

/// All that a state folder holds.
const CONTENTS: [&str; 5] = ["data", "site", "log", "secrets.env", "seeded.json"];

/// The state folder of one server, held for as long as this lives.
pub(crate) struct Instance {
    pub(crate) state: PathBuf,
    pub(crate) port: u16,
    pub(crate) secrets: Secrets,
    _hold: File,
}

impl Instance {
    /// Opens a state folder and makes it anew where it is missing, or where `fresh` asks for that.
    pub(crate) fn open(paths: &Paths, state: &Path, port: u16, fresh: bool) -> Result<Self> {
        let state = std::path::absolute(state).doing(|| format!("{} is no folder", state.display()))?;
        fs::create_dir_all(&state).doing(|| format!("can't make {}", state.display()))?;
        let hold = hold(&state)?;
        if fresh {
            forget(&state)?;
        }
        fs::create_dir_all(state.join("data"))
            .doing(|| format!("can't make {}", state.join("data").display()))?;
        let secrets = Secrets::open(&state)?;
        let instance = Self {
            state,
            port,
            secrets,
            _hold: hold,
        };
        instance.lay_out_site(paths)?;
        Ok(instance)
    }

    /// The server's origin.
    pub(crate) fn origin(&self) -> String {
        origin::edge(self.port)
    }

    /// The same server as the shop's origin.
    pub(crate) fn shop_origin(&self) -> String {
        origin::shop(self.port)
    }

    /// A text of the sources with the addresses of this server.
    pub(crate) fn localized(&self, text: &str) -> String {
        origin::moved(text, &self.origin(), &self.shop_origin())
    }

    /// A copy: its pages name this server, and a build meanwhile takes nothing away from it.
    fn lay_out_site(&self, paths: &Paths) -> Result<()> {
        let (from, to) = (paths.site(), self.state.join("site"));
        site::clear(&to)?;
        for file in files_under(&from) {
            let Ok(inside) = file.strip_prefix(&from) else {
                continue;
            };
            if file.extension().is_some_and(|extension| extension == "html") {
                let page = fs::read_to_string(&file).doing(|| format!("can't read {}", file.display()))?;
                site::write(&to.join(inside), self.localized(&page).as_bytes())?;
            } else {
                site::place(&file, &to.join(inside))?;
            }
        }
        Ok(())
    }
}

fn hold(state: &Path) -> Result<File> {
    let path = state.join("lock");
    let file = File::create(&path).doing(|| format!("can't make {}", path.display()))?;
    file.try_lock().map_err(|_| {
        Fail::new(format!(
            "Another server runs on {}: stop it, or keep this one's state elsewhere with `--state FOLDER`",
            state.display()
        ))
    })?;
    Ok(file)
}

fn forget(state: &Path) -> Result<()> {
    for name in CONTENTS {
        let path = state.join(name);
        if path.is_dir() {
            site::clear(&path)?;
        } else if path.exists() {
            fs::remove_file(&path).doing(|| format!("can't remove {}", path.display()))?;
        }
    }
    Ok(())
}
