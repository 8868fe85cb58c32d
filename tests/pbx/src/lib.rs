//! A real Asterisk that connects to the edge, and a second one that is the telephone network at its other end: numbers that
//! answer, are busy, decline, press keys, speak tones and record what they hear. All of it on loopback.

pub mod audio;
mod conf;
mod instance;
mod kamailio;
mod records;
mod sounds;

pub use instance::Instance;
pub use kamailio::{Kamailio, publisher};
pub use records::Record;

use std::io;
use std::net::{TcpListener, UdpSocket};
use std::path::{Path, PathBuf};

/// What is installed.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The folder in which Asterisk is installed, as a root of its own.
    pub root: PathBuf,
    /// The library that keeps sockets on loopback.
    pub loopback: PathBuf,
}

/// The edge, as Asterisk connects to it.
#[derive(Debug, Clone)]
pub struct Edge {
    /// `ws://…/v1/carriers/asterisk/{site}/{equipment}`.
    pub url: String,
    /// The equipment's id.
    pub user: String,
    /// Its secret.
    pub password: String,
}

/// The exchange and the telephone network.
#[derive(Debug)]
pub struct Telephones {
    /// The Asterisk that connects to the edge.
    pub exchange: Instance,
    /// The network of phones behind it.
    pub network: Instance,
    /// The network's SIP port.
    pub sip_port: u16,
    /// What a softphone registers with, as `7001` or `7002`.
    pub softphone_password: String,
}

impl Telephones {
    /// Brings both up under names that nobody else uses at the same time. Answers when both are ready; the exchange connects to
    /// the edge by itself.
    ///
    /// # Errors
    /// When one does not come up: what it said last.
    pub fn start(parts: &Parts, name: &str, edge: &Edge, words: &[(&str, String)]) -> io::Result<Self> {
        let network_port = free_port()?;
        let softphone_password = edge.password.chars().take(12).collect::<String>();
        let network = Self::network(parts, name, network_port, &softphone_password)?;
        let exchange = Self::exchange(parts, name, edge, network_port, words)?;
        let mut telephones = Self {
            exchange,
            network,
            sip_port: network_port,
            softphone_password,
        };
        telephones.network.wait_ready()?;
        telephones.exchange.wait_ready()?;
        Ok(telephones)
    }

    /// The exchange alone, dialling into whatever answers SIP at `sip_port`.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn exchange(
        parts: &Parts,
        name: &str,
        edge: &Edge,
        sip_port: u16,
        words: &[(&str, String)],
    ) -> io::Result<Instance> {
        let sip = free_port()?;
        let values = [
            ("sip", sip.to_string()),
            ("pstn", sip_port.to_string()),
            ("url", edge.url.clone()),
            ("user", edge.user.clone()),
            ("password", edge.password.clone()),
        ];
        let instance = Instance::prepare(parts, &format!("{name}-exchange"), conf::EXCHANGE, &values)?;
        for (phrase, text) in words {
            sounds::spoken(
                text,
                &instance.path(&format!("data/sounds/ringback/{phrase}.wav")),
            )?;
        }
        audio::write(&instance.path("moh/hold.wav"), &audio::tone(MUSIC_HZ, 20, 1500))?;
        instance.run()
    }

    fn network(parts: &Parts, name: &str, sip: u16, password: &str) -> io::Result<Instance> {
        let values = [("sip", sip.to_string()), ("password", password.to_owned())];
        let instance = Instance::prepare(parts, &format!("{name}-network"), conf::NETWORK, &values)?;
        for (digits, hz) in TONES {
            audio::write(
                &instance.path(&format!("sounds/tone-{digits}.wav")),
                &audio::tone(hz, 30, 8000),
            )?;
        }
        audio::write(
            &instance.path("sounds/machine.wav"),
            &audio::tone(MACHINE_HZ, 2, 4000),
        )?;
        instance.run()
    }

    /// What the phone with this number, or of this user, heard in its latest call.
    ///
    /// # Errors
    /// When it was never answered.
    pub fn heard(&self, number: &str) -> io::Result<Vec<i16>> {
        let folder = self.network.path("heard");
        let prefix = format!("{}-", number.trim_start_matches('+'));
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| file_name(path).starts_with(&prefix))
            .collect();
        files.sort();
        let newest = files
            .last()
            .ok_or_else(|| io::Error::other(format!("{number} was never answered")))?;
        audio::read(newest)
    }

    /// The network's own records: one for each call that reached a number and is over, in the order of their ends.
    ///
    /// # Errors
    /// When they can't be read.
    pub fn records(&self) -> io::Result<Vec<Record>> {
        records::read(&self.network.path("log/cdr-csv/Master.csv"))
    }
}

/// What the exchange of this business says, by the names of the recordings.
pub fn words(business: &str) -> [(&'static str, String); 4] {
    [
        (
            "hold",
            format!("Please hold while we connect you to a {business} representative."),
        ),
        (
            "press-1",
            format!(
                "This is {business} with the call you asked for. Press 1 to be connected, or 9 never to be called again."
            ),
        ),
        (
            "never",
            format!("{business} will not call this number again. Goodbye."),
        ),
        (
            "sorry",
            format!(
                "We are sorry: nobody at {business} could take your call just now. Please choose another time."
            ),
        ),
    ]
}

/// The tone that phones speak, by the last three digits of their numbers.
const TONES: [(&str, u32); 4] = [("001", 440), ("002", 620), ("101", 880), ("102", 1200)];
/// The music on hold.
pub const MUSIC_HZ: u32 = 250;
/// What the machine says.
pub const MACHINE_HZ: u32 = 330;

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A port that is free for UDP and TCP at this moment.
///
/// # Errors
/// When there is none.
pub fn free_port() -> io::Result<u16> {
    for _ in 0..50 {
        let tcp = TcpListener::bind("127.0.0.1:0")?;
        let port = tcp.local_addr()?.port();
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
    }
    Err(io::Error::other("no port is free"))
}
