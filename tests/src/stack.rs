//! The local stack of one journey: `xtask serve` with a state and a clock of its own.

use crate::api::client;
use crate::{Outcome, broken};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A running server, and what is needed to start it again on the same state.
pub struct Stack {
    folder: PathBuf,
    port: u16,
    child: Child,
    told: Value,
    settings: Vec<(&'static str, String)>,
}

/// A folder in memory where there is one: a journey is not about the disk.
fn folder_for(name: &str) -> PathBuf {
    let root = if Path::new("/dev/shm").is_dir() {
        PathBuf::from("/dev/shm")
    } else {
        std::env::temp_dir()
    };
    root.join(format!("ringback-journey-{}-{name}", std::process::id()))
}

/// `target/debug/deps/journeys-…` and `target/debug/calls` run beside `target/debug/xtask`.
fn xtask() -> Outcome<PathBuf> {
    let own = std::env::current_exe()?;
    let beside = own.ancestors().skip(1).take(2).map(|folder| folder.join("xtask"));
    match beside.into_iter().find(|path| path.is_file()) {
        Some(path) => Ok(path),
        None => broken("xtask is not built: run `cargo xtask test`"),
    }
}

fn serve(folder: &Path, port: u16, settings: &[(&'static str, String)]) -> Outcome<(Child, Value)> {
    let mut serve = Command::new(xtask()?);
    serve
        .args(["serve", "--no-build", "--port", &port.to_string()])
        .arg("--state")
        .arg(folder.join("state"))
        .env("NETWORK_HEADER", "cf-connecting-ip")
        .envs(settings.iter().cloned());
    let clock = folder.join("clock");
    if clock.exists() {
        serve.arg("--clock").arg(clock);
    }
    let mut child = serve.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    match serde_json::from_str(&line) {
        Ok(told) => Ok((child, told)),
        Err(_) => broken("the server did not start; see what it said above"),
    }
}

impl Stack {
    /// Starts a server with an empty state.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(name: &str) -> Outcome<Self> {
        let folder = folder_for(name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("clock"), [0; 8])?;
        Self::start_in(folder, &[])
    }

    /// As [`Self::start`], with these settings besides.
    ///
    /// # Errors
    /// As there.
    pub fn start_with(name: &str, settings: &[(&'static str, String)]) -> Outcome<Self> {
        let folder = folder_for(name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("clock"), [0; 8])?;
        Self::start_in(folder, settings)
    }

    /// As [`Self::start`], on a clock that nobody can move: for measuring.
    ///
    /// # Errors
    /// As there.
    pub fn start_on_time(name: &str) -> Outcome<Self> {
        let folder = folder_for(name);
        fs::create_dir_all(&folder)?;
        Self::start_in(folder, &[])
    }

    /// As [`Self::start_on_time`], with its state on the disk: for crashes.
    ///
    /// # Errors
    /// As there.
    pub fn start_on_disk(name: &str) -> Outcome<Self> {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/journeys");
        let folder = target.join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Self::start_in(folder, &[])
    }

    /// As [`Self::start_on_disk`], with objects that stay in memory.
    ///
    /// # Errors
    /// As there.
    pub fn start_on_disk_awake(name: &str) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../target/journeys/{name}"));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("clock"), [0; 8])?;
        Self::start_in(folder, &[])
    }

    /// The port that the edge listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What the server has in memory, in kB.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn memory_kb(&self) -> Outcome<f64> {
        let status = fs::read_to_string(format!(
            "/proc/{}/status",
            self.told.get("pid").unwrap_or_default()
        ))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kb = line
            .and_then(|line| line.split_whitespace().next())
            .ok_or("no VmRSS")?;
        Ok(kb.parse()?)
    }

    fn start_in(folder: PathBuf, settings: &[(&'static str, String)]) -> Outcome<Self> {
        let (child, told) = serve(&folder, 0, settings)?;
        let origin = told.get("origin").and_then(Value::as_str).unwrap_or_default();
        let port = origin
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok())
            .unwrap_or_default();
        Ok(Self {
            folder,
            port,
            child,
            told,
            settings: settings.to_vec(),
        })
    }

    fn told(&self, what: &str) -> String {
        self.told
            .get(what)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    /// Everything of this journey that is on disk.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The edge's origin.
    pub fn origin(&self) -> String {
        self.told("origin")
    }

    /// The shop's address; another origin, as a merchant's site is.
    pub fn shop(&self) -> String {
        format!("{}/shop/", self.told("shop_origin"))
    }

    /// The demo agents' sign-in code.
    pub fn code(&self) -> String {
        self.told("demo_code")
    }

    /// What whoever runs the server shows to set a business up.
    pub fn operator(&self) -> String {
        self.told("operator_secret")
    }

    /// Kills the server as a crash would, and waits until it is gone.
    ///
    /// # Errors
    /// When there is nothing to kill.
    pub fn kill(&mut self) -> Outcome {
        let pid = self
            .told
            .get("pid")
            .and_then(Value::as_i64)
            .and_then(|pid| i32::try_from(pid).ok())
            .ok_or("the server has no pid")?;
        send_kill(pid);
        drop(self.child.stdin.take());
        self.child.wait()?;
        Ok(())
    }

    /// Starts it again on the same state and port.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_again(&mut self) -> Outcome {
        (self.child, self.told) = serve(&self.folder, self.port, &self.settings)?;
        Ok(())
    }

    /// Starts it again with these settings besides.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_again_with(&mut self, settings: &[(&'static str, String)]) -> Outcome {
        self.settings = settings.to_vec();
        self.kill()?;
        self.start_again()
    }

    /// Moves the server's clock ahead; browsers keep theirs.
    ///
    /// # Errors
    /// When the clock's file can't be written.
    pub fn pass(&self, seconds: u64) -> Outcome {
        let path = self.folder.join("clock");
        let held: [u8; 8] = fs::read(&path)?
            .try_into()
            .map_err(|_| "the clock's file is not eight bytes")?;
        let ahead = i64::from_le_bytes(held) + i64::try_from(seconds)? * 1_000_000_000;
        // In place: the server has this very file mapped.
        let mut file = fs::OpenOptions::new().write(true).open(&path)?;
        std::io::Write::write_all(&mut file, &ahead.to_le_bytes())?;
        // To the server a kept connection was idle all that time, and it closes it now or in a moment: what is asked here may fail for that,
        // so that nothing else does.
        drop(client().get(self.origin()).call());
        Ok(())
    }

    /// The end of the server's log.
    pub fn log_tail(&self) -> String {
        let text = fs::read_to_string(self.told("log")).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines
            .get(lines.len().saturating_sub(30)..)
            .unwrap_or_default()
            .join("\n")
    }
}

#[expect(
    unsafe_code,
    reason = "libc's kill has no safe form; the pid is our own server's"
)]
fn send_kill(pid: i32) {
    // SAFETY: kill takes two integers and touches no memory of ours.
    unsafe {
        libc::kill(pid, libc::SIGKILL);
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // The server ends when its standard input closes.
        drop(self.child.stdin.take());
        drop(self.child.wait());
        // Browsers that a broken journey left behind: those whose profile lies in our folder.
        end_processes_of(&self.folder);
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Ends every process that was started with this folder of ours.
pub(crate) fn end_processes_of(folder: &Path) {
    let ours = folder.to_string_lossy().into_owned();
    let Ok(processes) = fs::read_dir("/proc") else {
        return;
    };
    for process in processes.flatten() {
        let pid = process
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<i32>().ok());
        let command = fs::read(process.path().join("cmdline")).unwrap_or_default();
        if let Some(pid) = pid.filter(|_| String::from_utf8_lossy(&command).contains(&ours)) {
            send_kill(pid);
        }
    }
}
