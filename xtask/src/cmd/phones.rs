//! `cargo xtask phones`: real telephones for the demo that runs. An Asterisk connects to it, and behind that is a network of
//! phones; the demo business is told to use it, until Ctrl-C.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use pbx::{Edge, Parts, Telephones};
use serde_json::{Value, json};

use crate::asterisk::{self, Installed};
use crate::fail::{Doing, Fail, Result};
use crate::origin;
use crate::paths::Paths;
use crate::progress::Progress;
use crate::run;
use crate::secrets::Secrets;
use crate::seed::{Demo, SITE};
use crate::stop::Stop;

const POLL: Duration = Duration::from_millis(200);
/// The equipment's id in the demo's document.
const EQUIPMENT: &str = "pbx";

/// Brings up an Asterisk and a network of phones for the demo that runs.
#[derive(clap::Args)]
pub(crate) struct Phones {
    /// The port that the demo is served on
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// The folder of the demo's state, where its secrets are
    #[arg(long, default_value = ".ringback")]
    state: PathBuf,
}

impl Phones {
    /// Does it.
    pub(crate) fn run(self, paths: &Paths, progress: &Progress) -> Result<()> {
        if let Installed::No(why) = asterisk::ensure(paths, progress)? {
            return Err(Fail::new(why));
        }
        let mut cargo = Command::new("cargo");
        cargo
            .args(["build", "--quiet", "-p", "loopback"])
            .current_dir(paths.root());
        run::quietly(&mut cargo)?;
        let stop = Stop::on_signals()?;
        let secrets = Secrets::open(&paths.at(&self.state))?;
        let demo = Demo::read(paths)?;
        let (edge, shop) = (origin::edge(self.port), origin::shop(self.port));
        let before = origin::moved(demo.document(), &edge, &shop);
        let server = Server {
            origin: edge.clone(),
            operator: secrets.operator().to_owned(),
        };
        let mut document: Value =
            serde_json::from_str(&before).doing(|| "the demo's document is no JSON".to_owned())?;
        let name = document
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        if let Some(fields) = document.as_object_mut() {
            let own = json!([
                {"id": EQUIPMENT, "kind": "asterisk", "dial": "PJSIP/{number}@trunk"},
                {"id": "sandbox", "kind": "sandbox", "preference": 2}
            ]);
            fields.insert("equipment".into(), own);
        }
        server.put("", &document)?;
        let password = secrets.fresh()?;
        server.put(
            &format!("/equipment/{EQUIPMENT}/secret"),
            &json!({ "secret": password }),
        )?;
        let step = progress.step("An Asterisk and its network of phones");
        let parts = Parts {
            root: paths.tools().join("asterisk"),
            loopback: paths.at("target/debug/libloopback.so"),
        };
        let edge = Edge {
            url: format!(
                "{}/v1/carriers/asterisk/{SITE}/{EQUIPMENT}",
                edge.replacen("http", "ws", 1)
            ),
            user: EQUIPMENT.into(),
            password,
        };
        let unique = format!("phones-{}", std::process::id());
        let phones = Telephones::start(&parts, &unique, &edge, &pbx::words(&name))
            .doing(|| "the telephones do not come up".to_owned())?;
        step.done();
        println!("{}", welcome(&phones, self.port));
        while !stop.within(POLL) {}
        drop(phones);
        let before: Value =
            serde_json::from_str(&before).doing(|| "the demo's document is no JSON".to_owned())?;
        server.put("", &before)?;
        progress.say("\nStopped. The demo uses its sandbox again.");
        Ok(())
    }
}

struct Server {
    origin: String,
    operator: String,
}

impl Server {
    fn put(&self, path: &str, body: &Value) -> Result<()> {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)));
        let agent: ureq::Agent = config.build().into();
        let mut answer = agent
            .put(format!("{}/v1/businesses/{SITE}{path}", self.origin))
            .header("Authorization", format!("Bearer {}", self.operator))
            .header("Content-Type", "application/json")
            .send(body.to_string())
            .doing(|| {
                format!(
                    "nothing answers at {}: run `cargo xtask start` first",
                    self.origin
                )
            })?;
        if answer.status().is_success() {
            return Ok(());
        }
        let text = answer.body_mut().read_to_string().unwrap_or_default();
        Err(Fail::new(format!(
            "the server refused it ({}): {text}",
            answer.status()
        )))
    }
}

fn welcome(phones: &Telephones, port: u16) -> String {
    let heard = phones.network.path("heard");
    format!(
        "
The demo at port {port} calls real telephones now; Ctrl-C stops them. Ask for a call in the shop with one of these numbers:

    +447700900001          picks up after a second, speaks a tone of 440 Hz, and records what it hears
    +442079460003          picks up after 3 seconds (any number from 000 to 099 does likewise)
    +442079460104          picks up after a second and hangs up 4 seconds later (100 to 199)
    +442079460200 201 202  busy, never answers, declines
    +442079460203          a machine
    +442079460301          picks up and presses 1
    +447700900201 202      your own softphones, once they are registered (below)

Agents' phones +447700900101 and 102 pick up after two seconds, speak tones of 880 and 1200 Hz, and record what they hear.
What phones heard is in {heard}

A softphone of your own: user 7001 or 7002, password {password}, server 127.0.0.1:{sip} (UDP).",
        heard = heard.display(),
        password = phones.softphone_password,
        sip = phones.sip_port,
    )
}
