//! Browsers: one ChromeDriver for each journey, one Chromium with a profile of its own for each person.

use crate::{Browser, Outcome, until};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};

/// Chromium at rest: nothing that it would do by itself.
const QUIET: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
    "--disable-dev-shm-usage",
    "--mute-audio",
    "--window-size=1280,900",
];

/// A running ChromeDriver.
pub struct Driver {
    child: Child,
    address: String,
    folder: PathBuf,
}

impl Driver {
    /// Starts one that keeps its profiles in `folder`.
    ///
    /// # Errors
    /// When ChromeDriver is not installed.
    pub fn start(folder: &Path) -> Outcome<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver does not start ({error}): run `cargo xtask test`"))?;
        Ok(Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
            folder: folder.into(),
        })
    }

    /// Opens a browser for somebody, with these flags more.
    ///
    /// # Errors
    /// When it does not come up.
    pub async fn open(&self, owner: &str, flags: &[&str]) -> Outcome<Browser> {
        let mut wishes = DesiredCapabilities::chrome();
        for flag in QUIET.iter().chain(flags) {
            wishes.add_arg(flag)?;
        }
        let profile = self.folder.join(format!("profile-{owner}"));
        wishes.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        if let Some(binary) = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
            .iter()
            .find(|path| Path::new(path).exists())
        {
            wishes.set_binary(binary)?;
        }
        // ChromeDriver takes a moment to listen.
        let driver = until(format!("a browser for {owner}"), || async {
            Ok(Some(WebDriver::new(&self.address, wishes.clone()).await?))
        });
        Ok(Browser::new(driver.await?, owner, profile))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
