//! The controls of the edge, in the runtime that it runs in: `tests/bare-edge`, a hello and one row per request in JavaScript, and
//! `tests/object`, one row per request in Rust.

use crate::{Outcome, broken};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// The control, while it runs.
pub struct BareEdge {
    /// Where it listens on loopback.
    pub port: u16,
    child: Child,
}

fn workerd(root: &Path) -> PathBuf {
    let arch = if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "64"
    };
    root.join(format!(
        "node_modules/@cloudflare/workerd-linux-{arch}/bin/workerd"
    ))
}

impl BareEdge {
    /// Starts the one in JavaScript with its state in `folder`.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(folder: &Path) -> Outcome<Self> {
        Self::start_of("bare-edge", folder)
    }

    /// Starts the one in Rust with its state in `folder`.
    ///
    /// # Errors
    /// When it does not come up, or `cargo xtask bench edge` has not made it.
    pub fn start_in_rust(folder: &Path) -> Outcome<Self> {
        Self::start_of("object", folder)
    }

    fn start_of(name: &str, folder: &Path) -> Outcome<Self> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = tests.parent().ok_or("no clone")?;
        let data = folder.join(name);
        std::fs::create_dir_all(&data)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new(workerd(root))
            .arg("serve")
            .arg(tests.join(name).join("workerd.capnp"))
            .arg(format!("--socket-addr=http=127.0.0.1:{port}"))
            .arg(format!("--directory-path=data={}", data.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let bare = Self { port, child };
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if began.elapsed() > PATIENCE {
                return broken("the bare edge does not come up");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(bare)
    }
}

impl Drop for BareEdge {
    fn drop(&mut self) {
        drop(self.child.kill().and_then(|()| self.child.wait()));
    }
}
