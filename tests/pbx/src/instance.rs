//! One running Asterisk, in a folder of its own inside the root it is installed in.

use crate::conf::{BOTH, Files};
use crate::{Parts, free_port};
use std::fs;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long it may take to come up. The machines are shared and slow at times.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);
/// Ports that one instance takes for audio.
const RTP_PORTS: u16 = 400;
const FOLDERS: [&str; 13] = [
    "etc",
    "varlib/keys",
    "spool",
    "run",
    "log",
    "log/cdr-csv",
    "cache",
    "data",
    "data/sounds",
    "data/sounds/ringback",
    "moh",
    "sounds",
    "heard",
];

/// One Asterisk.
#[derive(Debug)]
pub struct Instance {
    root: PathBuf,
    /// Its folder, as it sees it.
    home: String,
    child: Option<Child>,
}

fn modules(root: &Path) -> io::Result<String> {
    for folder in [
        "usr/lib/x86_64-linux-gnu/asterisk/modules",
        "usr/lib/aarch64-linux-gnu/asterisk/modules",
    ] {
        if root.join(folder).is_dir() {
            return Ok(format!("/{folder}"));
        }
    }
    Err(Error::other(format!(
        "there is no Asterisk in {}",
        root.display()
    )))
}

impl Instance {
    /// Makes its folder and configuration.
    pub(crate) fn prepare(
        parts: &Parts,
        name: &str,
        files: Files,
        values: &[(&str, String)],
    ) -> io::Result<Self> {
        let home = format!("/srv/{name}");
        let instance = Self {
            root: parts.root.clone(),
            home: home.clone(),
            child: None,
        };
        let folder = instance.path("");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        for sub in FOLDERS {
            fs::create_dir_all(folder.join(sub))?;
        }
        // Its own sounds beside everything else that was installed.
        for entry in fs::read_dir(parts.root.join("usr/share/asterisk"))? {
            let name = entry?.file_name();
            if name != "sounds" {
                std::os::unix::fs::symlink(
                    Path::new("/usr/share/asterisk").join(&name),
                    folder.join("data").join(&name),
                )?;
            }
        }
        // Names are looked up there, and a minimal root has none.
        let hosts = instance.root.join("etc/hosts");
        if !hosts.exists() {
            fs::write(hosts, "127.0.0.1 localhost\n")?;
        }
        let rtp_from = free_port()?.clamp(10_000, 60_000) & !1;
        let own = [
            ("home", home),
            ("name", name.to_owned()),
            ("modules", modules(&parts.root)?),
            ("rtp_from", rtp_from.to_string()),
            ("rtp_to", rtp_from.saturating_add(RTP_PORTS).to_string()),
        ];
        for (file, template) in BOTH.iter().chain(files) {
            let mut text = (*template).to_owned();
            for (key, value) in own.iter().chain(values) {
                text = text.replace(&format!("{{{key}}}"), value);
            }
            fs::write(instance.path(&format!("etc/{file}")), text)?;
        }
        fs::copy(&parts.loopback, instance.path("loopback.so"))?;
        Ok(instance)
    }

    /// A path inside its folder, as we see it.
    pub fn path(&self, sub: &str) -> PathBuf {
        self.root.join(self.home.trim_start_matches('/')).join(sub)
    }

    fn inside(&self, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command.arg(&self.root).arg(program);
        command
    }

    /// Starts it.
    pub(crate) fn run(mut self) -> io::Result<Self> {
        self.start()?;
        Ok(self)
    }

    /// Starts it, for the first time or again on the same folder.
    ///
    /// # Errors
    /// When the program can't be run.
    pub fn start(&mut self) -> io::Result<()> {
        let log = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.path("said"))?;
        let owned = self
            .inside("chown")
            .args(["-R", "asterisk:asterisk", &self.home])
            .status()?;
        if !owned.success() {
            return Err(Error::other("the folder can't be given to Asterisk"));
        }
        let mut asterisk = self.inside("/usr/bin/env");
        asterisk
            .arg(format!("LD_PRELOAD={}/loopback.so", self.home))
            .args([
                "/usr/sbin/asterisk",
                "-f",
                "-U",
                "asterisk",
                "-G",
                "asterisk",
                "-C",
            ])
            .arg(format!("{}/etc/asterisk.conf", self.home))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        self.child = Some(asterisk.spawn()?);
        Ok(())
    }

    /// Waits until it takes commands and has booted.
    ///
    /// # Errors
    /// When it ends, or takes too long: what it said last.
    pub fn wait_ready(&mut self) -> io::Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self
                .command("core waitfullybooted")
                .is_ok_and(|said| said.contains("fully booted"))
            {
                return Ok(());
            }
            if let Some(child) = &mut self.child
                && let Some(status) = child.try_wait()?
            {
                return Err(Error::other(format!(
                    "Asterisk ended ({status}): {}",
                    self.said()
                )));
            }
            sleep(POLL);
        }
        Err(Error::other(format!(
            "Asterisk does not come up: {}",
            self.said()
        )))
    }

    /// Gives it a command, as at its console.
    ///
    /// # Errors
    /// When it does not listen.
    pub fn command(&self, words: &str) -> io::Result<String> {
        let config = format!("{}/etc/asterisk.conf", self.home);
        let output = self
            .inside("/usr/sbin/asterisk")
            .args(["-C", &config, "-rx", words])
            .output()?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(Error::other(String::from_utf8_lossy(&output.stdout).into_owned()))
        }
    }

    /// What it said last.
    pub fn said(&self) -> String {
        let text = fs::read_to_string(self.path("said")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines
            .get(lines.len().saturating_sub(20)..)
            .unwrap_or_default()
            .join("\n")
    }

    /// Ends it from one moment to the next, as a crash would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.kill();
        // Recordings of tests are of no use afterwards; a person's are looked at while it runs.
        drop(fs::remove_dir_all(self.path("")));
    }
}
