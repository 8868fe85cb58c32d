//! workerd as a child process: started on a state folder, watched, and always taken along at the end.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::fail::{Doing, Fail, Result};
use crate::instance::Instance;
use crate::paths::{Paths, on_path};
use crate::tool::Npm;

/// Where sign-in links are sent by, if whoever starts the server says so.
const MAIL: [&str; 2] = ["SMTP_URL", "MAIL_FROM"];
/// How far the documents of a server on this machine may go: all its customers come from one address, and call numbers next to each
/// other.
const CEILINGS: &str = r#"{"*": {
    "limits": {
        "number_10min": 1000000, "number_day": 1000000, "number_week": 1000000, "rings_day": 1000000,
        "network_10min": 1000000, "network_day": 1000000, "network_numbers_hour": 1000000, "pair_hour": 1000000,
        "neighbours": 1000000, "calls_hour": 1000000, "calls_day": 1000000, "at_once": 1000000
    },
    "spend": {"call": 1000000, "hour": 1000000, "day": 1000000},
    "unproven": true
}}"#;

/// These, unless somebody tries others out.
fn ceilings() -> String {
    std::env::var("DIAL_CEILINGS").unwrap_or_else(|_| CEILINGS.to_owned())
}

/// Handed on to the worker, for whoever tries them out.
const TURNSTILE: [&str; 3] = ["TURNSTILE_SITE_KEY", "TURNSTILE_SECRET", "TURNSTILE_VERIFY"];

/// The same, for calls in the browser.
const RTC: [&str; 6] = [
    "STUN_URLS",
    "TURN_URLS",
    "TURN_SECRET",
    "TURN_KEY_ID",
    "TURN_KEY_TOKEN",
    "RTC_RELAY_ONLY",
];

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(20);

/// A running server. Dropping it stops it.
pub(crate) struct Server {
    child: Child,
}

/// A clock that can be moved: the library to load into the server, and the file it reads the offset from.
pub(crate) struct MovableClock<'a> {
    pub(crate) library: &'a Path,
    pub(crate) offset: &'a Path,
}

/// The configuration with objects that stay in memory. A clock that jumps makes them idle for longer than workerd lets them
/// live; where an alarm is running at that moment, workerd crashes.
fn pinned(paths: &Paths) -> Result<PathBuf> {
    // As deep below the root as the original, whose paths are relative.
    let (from, to) = (paths.at("edge/workerd.capnp"), paths.at("target/workerd.capnp"));
    let text = fs::read_to_string(&from).doing(|| format!("can't read {}", from.display()))?;
    let text = text.replace("enableSql = true", "enableSql = true, preventEviction = true");
    if fs::read_to_string(&to).is_ok_and(|held| held == text) {
        return Ok(to);
    }
    // Several journeys start servers at once: each writes its own and puts it in place whole.
    let own = to.with_extension(format!("{}.capnp", std::process::id()));
    fs::write(&own, text).doing(|| format!("can't write {}", own.display()))?;
    fs::rename(&own, &to).doing(|| format!("can't write {}", to.display()))?;
    Ok(to)
}

impl Server {
    /// Starts workerd and waits until it answers.
    pub(crate) fn start(
        paths: &Paths,
        npm: &Npm,
        instance: &Instance,
        clock: Option<&MovableClock<'_>>,
    ) -> Result<Self> {
        let log = instance.state.join("log");
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&log)
            .doing(|| format!("can't write {}", log.display()))?;
        let config = match clock {
            None => paths.at("edge/workerd.capnp"),
            Some(_) => pinned(paths)?,
        };
        let mut command = workerd(npm)?;
        let flag = |name: &str, value: &Path| format!("--directory-path={name}={}", value.display());
        command
            .arg("serve")
            .arg(config)
            .arg(format!("--socket-addr=http=127.0.0.1:{}", instance.port))
            .arg(flag("site", &instance.state.join("site")))
            .arg(flag("data", &instance.state.join("data")))
            .env("PUBLIC_ORIGIN", named(instance))
            .env("DEMO", "1")
            .env(
                "NETWORK_HEADER",
                std::env::var("NETWORK_HEADER").unwrap_or_default(),
            )
            .envs(MAIL.map(|name| (name, std::env::var(name).unwrap_or_default())))
            .envs(TURNSTILE.map(|name| (name, std::env::var(name).unwrap_or_default())))
            .envs(RTC.map(|name| (name, std::env::var(name).unwrap_or_default())))
            .env("DIAL_CEILINGS", ceilings())
            .envs(instance.secrets.all())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(clock) = clock {
            command
                .env("LD_PRELOAD", clock.library)
                .env("RINGBACK_CLOCK", clock.offset);
        }
        apart(&mut command);
        let child = command.spawn().doing(|| "can't run workerd".to_owned())?;
        let mut server = Self { child };
        let log = Arc::new(Mutex::new(log));
        if let Some(out) = server.child.stdout.take() {
            follow(out, &log, false);
        }
        if let Some(errors) = server.child.stderr.take() {
            follow(errors, &log, true);
        }
        server.wait_until_it_answers(instance)?;
        Ok(server)
    }

    /// workerd's process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, if it did.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    fn wait_until_it_answers(&mut self, instance: &Instance) -> Result<()> {
        let began = Instant::now();
        let address = SocketAddr::from(([127, 0, 0, 1], instance.port));
        while TcpStream::connect_timeout(&address, POLL).is_err() {
            let log = instance.state.join("log");
            if let Some(status) = self.ended() {
                return Err(Fail::new(format!(
                    "workerd ended at once ({status}): see {}",
                    log.display()
                )));
            }
            if began.elapsed() > PATIENCE {
                return Err(Fail::new(format!(
                    "workerd does not answer: see {}",
                    log.display()
                )));
            }
            thread::sleep(POLL);
        }
        Ok(())
    }
}

impl Drop for Server {
    /// At once: asked politely, workerd would wait for sockets that stay open, and what it has acknowledged is on disk.
    fn drop(&mut self) {
        drop(self.child.kill().and_then(|()| self.child.wait()));
    }
}

/// The origin that people know the server by, if whoever starts it gives it a name: browsers keep passkeys for names, and not for
/// bare addresses.
fn named(instance: &Instance) -> String {
    std::env::var("PUBLIC_ORIGIN").unwrap_or_else(|_| instance.origin())
}

/// workerd's command. Where Linux can, it dies with this process, however that ends.
fn workerd(npm: &Npm) -> Result<Command> {
    let program = npm.workerd()?;
    if cfg!(target_os = "linux")
        && let Some(setpriv) = on_path("setpriv")
    {
        let mut command = Command::new(setpriv);
        command.args(["--pdeathsig", "KILL"]).arg(program);
        return Ok(command);
    }
    Ok(Command::new(program))
}

/// Out of the terminal's process group, so that Ctrl-C reaches this process alone and the order of stopping is ours.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_command: &mut Command) {}

/// Copies what the server says into its log, and errors without their long stacks to the terminal.
fn follow(from: impl Read + Send + 'static, log: &Arc<Mutex<File>>, to_terminal: bool) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in BufReader::new(from)
            .split(b'\n')
            .map_while(std::result::Result::ok)
        {
            let line = String::from_utf8_lossy(&line);
            // Neither a full disk nor a closed terminal may stop the server.
            if let Ok(mut log) = log.lock() {
                drop(writeln!(log, "{line}"));
            }
            let trace = line.starts_with("    at ") || line.starts_with("stack: ");
            if to_terminal && !trace {
                drop(writeln!(std::io::stderr(), "  edge: {line}"));
            }
        }
    });
}
