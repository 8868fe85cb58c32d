//! A real coturn on loopback: the relay between two browsers.

use crate::{Outcome, PATIENCE, broken};
use std::fs;
use std::net::{TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What it shares with the edge.
const SECRET: &str = "a-secret-of-the-relay";
const POLL: Duration = Duration::from_millis(30);

/// A relay. Dropping it stops it.
pub struct Turn {
    port: u16,
    folder: PathBuf,
    child: Child,
}

impl Turn {
    /// Starts one whose files lie in this folder.
    ///
    /// # Errors
    /// When `cargo xtask` has not unpacked it, or it does not come up.
    pub fn start(folder: &Path) -> Outcome<Self> {
        let clone = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no clone")?;
        let root = clone.join(".tools/coturn");
        if !root.join("complete").is_file() {
            return broken("coturn is not there: run `cargo xtask test`");
        }
        let port = pbx::free_port()?;
        let folder = folder.join(format!("coturn-{port}"));
        fs::create_dir_all(&folder)?;
        let log = fs::File::create(folder.join("said"))?;
        let libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map(|kind| root.join("usr/lib").join(kind));
        let libraries: Vec<String> = libraries.iter().map(|path| path.display().to_string()).collect();
        let own = |option: &str, file: &str| format!("--{option}={}", folder.join(file).display());
        let child = Command::new(root.join("usr/bin/turnserver"))
            .args(["-n", "--use-auth-secret", "--realm=ringback.example", "--no-cli"])
            .args(["--allow-loopback-peers", "--no-tls", "--no-dtls", "--no-rfc5780"])
            .args([
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--simple-log",
                "--log-file=stdout",
            ])
            .arg(format!("--listening-port={port}"))
            .arg(format!("--static-auth-secret={SECRET}"))
            .arg(own("pidfile", "pid"))
            .arg(own("userdb", "users"))
            .current_dir(&folder)
            .env("LD_LIBRARY_PATH", libraries.join(":"))
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let mut turn = Self { port, folder, child };
        turn.wait_ready()?;
        Ok(turn)
    }

    /// It is there when it answers a binding request, and takes connections.
    fn wait_ready(&mut self) -> Outcome {
        let binding = [&[0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42][..], b"ringback-rdy"].concat();
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_read_timeout(Some(POLL))?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            socket.send_to(&binding, ("127.0.0.1", self.port))?;
            let answers = socket.recv(&mut [0; 1500]).is_ok();
            if answers && TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return broken(format!("coturn ended ({status}): {}", self.said()));
            }
            sleep(POLL);
        }
        broken(format!("coturn does not come up: {}", self.said()))
    }

    /// What a server is to be started with to use it; `relay_only` has browsers use nothing else.
    pub fn settings(&self, relay_only: bool) -> Vec<(&'static str, String)> {
        let url = |kind: &str| format!("turn:127.0.0.1:{}?transport={kind}", self.port);
        vec![
            ("TURN_URLS", format!("{},{}", url("udp"), url("tcp"))),
            ("TURN_SECRET", SECRET.to_owned()),
            ("RTC_RELAY_ONLY", relay_only.to_string()),
        ]
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it said.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.join("said")).unwrap_or_default()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        drop(self.child.kill().and_then(|()| self.child.wait()));
    }
}
