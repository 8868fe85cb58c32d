//! `cargo xtask start`: from a clone to the demo in the browser.

use std::path::PathBuf;
use std::time::Duration;

use crate::build::{self, Mode};
use crate::fail::{Fail, Result};
use crate::instance::Instance;
use crate::paths::Paths;
use crate::port;
use crate::progress::Progress;
use crate::seed::{Demo, SITE};
use crate::server::Server;
use crate::stop::Stop;

const POLL: Duration = Duration::from_millis(200);

/// Installs what is missing, builds, and serves the demo until Ctrl-C.
#[derive(clap::Args)]
pub(crate) struct Start {
    /// The port to serve on
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Forgets everything that was kept from earlier runs
    #[arg(long)]
    fresh: bool,
    /// Builds small and optimized, as it is deployed
    #[arg(long)]
    release: bool,
    /// Where requests, secrets and the log are kept
    #[arg(long, default_value = ".ringback")]
    state: PathBuf,
}

impl Start {
    /// Does it.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        // First of all, so that nobody waits for a build to hear it.
        let port = port::free(self.port)?;
        let npm = build::build(paths, progress, Mode::of(self.release), None)?;
        let stop = Stop::on_signals()?;
        let instance = Instance::open(paths, &paths.at(&self.state), port, self.fresh)?;
        let mut server = Server::start(paths, &npm, &instance, None)?;
        let demo = Demo::read(paths)?;
        demo.seed(&instance)?;
        println!(
            "{}",
            welcome(&instance, &demo.agents(), &self.state.display().to_string())
        );
        while !stop.within(POLL) {
            if let Some(status) = server.ended() {
                let log = instance.state.join("log");
                return Err(Fail::new(format!(
                    "The server ended by itself ({status}): see {}",
                    log.display()
                )));
            }
        }
        drop(server);
        progress.say("\nStopped. Everything is kept for the next start.");
        Ok(())
    }
}

fn welcome(instance: &Instance, agents: &[String], state: &str) -> String {
    let (edge, shop) = (instance.origin(), instance.shop_origin());
    let code = instance.secrets.demo_code();
    let agents = match agents {
        [] => "an agent".to_owned(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    };
    format!(
        "
Ringback runs. Open these side by side; Ctrl-C stops it.

    The shop             {shop}/shop/
    The agent desk       {edge}/desk/?site={SITE}
    The console          {edge}/console/?site={SITE}
    The virtual phones   {edge}/phones/?site={SITE}
    The front door       {edge}/

Sign in at the desk as {agents}, with the code {code}.
State and log are kept in {state}; `--fresh` forgets them."
    )
}
