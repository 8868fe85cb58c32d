//! `cargo xtask serve`: a server in the hands of a test. It says where it is in one line of JSON, and stays until its
//! standard input closes, so that it can't outlive the test.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::build::{self, Mode};
use crate::fail::{Doing, Fail, Result};
use crate::instance::Instance;
use crate::paths::Paths;
use crate::port;
use crate::progress::Progress;
use crate::seed::Demo;
use crate::server::{MovableClock, Server};
use crate::stop::Stop;
use crate::tool::Npm;

const POLL: Duration = Duration::from_millis(50);

/// Runs a server for a test, until its standard input closes.
#[derive(clap::Args)]
pub(crate) struct Serve {
    /// The port to serve on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The folder of this server's state; the same folder again continues where it was
    #[arg(long)]
    state: PathBuf,
    /// A file with the nanoseconds, eight bytes little-endian, by which the server's clock is ahead
    #[arg(long)]
    clock: Option<PathBuf>,
    /// Serves what was built before
    #[arg(long)]
    no_build: bool,
}

impl Serve {
    /// Does it.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        let port = port::free(self.port)?;
        let npm = if self.no_build {
            Npm::present(paths)
        } else {
            build::build(paths, progress, Mode::Quick, None)?
        };
        let stop = Stop::on_signals()?.or_end_of_input();
        let instance = Instance::open(paths, &self.state, port, false)?;
        let offset = self
            .clock
            .as_deref()
            .map(std::path::absolute)
            .transpose()
            .doing(|| "--clock is no path".to_owned())?;
        let library = paths.at("target/debug/libclock.so");
        let clock = offset.as_deref().map(|offset| MovableClock {
            library: &library,
            offset,
        });
        if let Some(clock) = &clock {
            ready(clock)?;
        }
        let mut server = Server::start(paths, &npm, &instance, clock.as_ref())?;
        Demo::read(paths)?.seed(&instance)?;
        let line = serde_json::json!({
            "origin": instance.origin(),
            "shop_origin": instance.shop_origin(),
            "pid": server.pid(),
            "demo_code": instance.secrets.demo_code(),
            "operator_secret": instance.secrets.operator(),
            "log": instance.state.join("log"),
        });
        println!("{line}");
        while !stop.within(POLL) {
            if let Some(status) = server.ended() {
                return Err(Fail::new(format!("The server ended ({status})")));
            }
        }
        Ok(())
    }
}

/// The library must be built and the file must have its eight bytes, or the server would run on the real clock unnoticed.
fn ready(clock: &MovableClock<'_>) -> Result<()> {
    if cfg!(not(target_os = "linux")) {
        return Err(Fail::new("`--clock` needs Linux"));
    }
    if !clock.library.is_file() {
        return Err(Fail::new(
            "the movable clock is not built: run `cargo build -p clock`",
        ));
    }
    if !clock.offset.exists() {
        fs::write(clock.offset, [0; 8]).doing(|| format!("can't write {}", clock.offset.display()))?;
    }
    Ok(())
}
