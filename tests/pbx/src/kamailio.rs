//! A real Kamailio, configured as operators are told to, and a PBX that publishes to it.

use crate::conf::PUBLISHER;
use crate::{Instance, Parts, free_port};
use std::fs;
use std::io::{self, Error};
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What operators have, word for word.
const CONFIG: &str = include_str!("../../../edge/telephony/kamailio/kamailio.cfg");
const SETTINGS: &str = include_str!("../../../edge/telephony/kamailio/settings.cfg");
/// The tables that come with it and are used.
const TABLES: [&str; 5] = ["active_watchers", "presentity", "version", "watchers", "xcap"];
/// What its settings name.
const DOMAIN: &str = "pbx.example";

const PATIENCE: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(50);

/// One Kamailio, on loopback.
#[derive(Debug)]
pub struct Kamailio {
    /// Its SIP port.
    pub port: u16,
    folder: PathBuf,
    child: Child,
}

/// Where it was unpacked for this machine.
fn libraries(root: &Path) -> io::Result<PathBuf> {
    let known = ["x86_64-linux-gnu", "aarch64-linux-gnu"];
    let mut folders = known.iter().map(|kind| root.join("usr/lib").join(kind));
    folders
        .find(|folder| folder.join("kamailio").is_dir())
        .ok_or_else(|| Error::other(format!("there is no Kamailio in {}", root.display())))
}

/// The operators' settings with other values, every one of them.
fn settings(values: &[(&str, String)]) -> io::Result<String> {
    let mut text = String::new();
    for line in SETTINGS.lines() {
        let name = line
            .strip_prefix("#!define ")
            .and_then(|rest| rest.split(' ').next());
        match name {
            None => text.push_str(line),
            Some(name) => {
                let value = values.iter().find(|(known, _)| *known == name);
                let (_, value) = value.ok_or_else(|| Error::other(format!("{name} has no value here")))?;
                text.push_str(&format!("#!define {name} {value}"));
            }
        }
        text.push('\n');
    }
    Ok(text)
}

/// A phone's line in `subscriber`: the digest is that of HTTP's and SIP's authentication.
fn subscriber(user: &str, password: &str) -> io::Result<String> {
    let words = "printf '%s' \"$1\" | md5sum";
    let what = format!("{user}:{DOMAIN}:{password}");
    let said = Command::new("sh").args(["-c", words, "sh", &what]).output()?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let digest = said.split(' ').next().unwrap_or_default();
    Ok(format!("{user}:{digest}\n"))
}

impl Kamailio {
    /// Starts it in this folder, which is made anew, with phones that may publish. It tells `edge`, as the equipment with this id and
    /// secret.
    ///
    /// # Errors
    /// When it does not come up: what it said last.
    pub fn start(
        root: &Path,
        folder: PathBuf,
        edge: &str,
        (equipment, secret): (&str, &str),
        phones: &[(&str, &str)],
    ) -> io::Result<Self> {
        let port = free_port()?;
        let database = folder.join("tables");
        fs::create_dir_all(&database)?;
        for table in TABLES {
            let from = root.join("usr/share/kamailio/dbtext/kamailio").join(table);
            fs::copy(from, database.join(table))?;
        }
        let lines: io::Result<String> = phones
            .iter()
            .map(|(user, password)| subscriber(user, password))
            .collect();
        fs::write(
            database.join("subscriber"),
            format!("username(string) ha1(string)\n{}", lines?),
        )?;
        let quoted = |text: &str| format!("\"{text}\"");
        let values = [
            ("LISTEN", format!("udp:127.0.0.1:{port}")),
            ("ADDRESS", quoted(&format!("sip:127.0.0.1:{port}"))),
            ("DOMAIN", quoted(DOMAIN)),
            ("DATABASE", quoted(&format!("text://{}", database.display()))),
            ("LONGEST", "3600".into()),
            ("EDGE", quoted(edge)),
            ("EQUIPMENT", quoted(equipment)),
            ("SECRET", quoted(secret)),
        ];
        fs::write(folder.join("kamailio.cfg"), CONFIG)?;
        fs::write(folder.join("settings.cfg"), settings(&values)?)?;
        let mut kamailio = Self {
            port,
            child: run(root, &folder)?,
            folder,
        };
        kamailio.wait_ready()?;
        Ok(kamailio)
    }

    /// It answers as soon as it takes anything.
    fn wait_ready(&mut self) -> io::Result<()> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_read_timeout(Some(POLL))?;
        let own = socket.local_addr()?;
        let options = format!(
            "OPTIONS sip:{DOMAIN} SIP/2.0\r\nVia: SIP/2.0/UDP {own};branch=z9hG4bKready\r\nMax-Forwards: 1\r\n\
             From: <sip:test@{DOMAIN}>;tag=1\r\nTo: <sip:{DOMAIN}>\r\nCall-ID: ready\r\nCSeq: 1 OPTIONS\r\n\
             Content-Length: 0\r\n\r\n"
        );
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            socket.send_to(options.as_bytes(), ("127.0.0.1", self.port))?;
            if socket.recv(&mut [0; 2048]).is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(Error::other(format!(
                    "Kamailio ended ({status}): {}",
                    self.said()
                )));
            }
            sleep(POLL);
        }
        Err(Error::other(format!(
            "Kamailio does not come up: {}",
            self.said()
        )))
    }

    /// What it said.
    pub fn said(&self) -> String {
        fs::read_to_string(self.folder.join("said")).unwrap_or_default()
    }
}

fn run(root: &Path, folder: &Path) -> io::Result<Child> {
    let libraries = libraries(root)?;
    let own = libraries.join("kamailio");
    let log = fs::File::create(folder.join("said"))?;
    let running = folder.join("run");
    fs::create_dir_all(&running)?;
    Command::new(root.join("usr/sbin/kamailio"))
        .args(["-DD", "-E", "-m", "64", "-M", "8", "-f"])
        .arg(folder.join("kamailio.cfg"))
        .arg("-L")
        .arg(own.join("modules"))
        .arg("-Y")
        .arg(&running)
        .env(
            "LD_LIBRARY_PATH",
            format!("{}:{}", libraries.display(), own.display()),
        )
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
}

impl Drop for Kamailio {
    fn drop(&mut self) {
        // Its other processes end with the first one, if that is asked to end.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}

/// Starts a PBX that publishes how `ana`'s phone is, for so many seconds each time, to a SIP server on loopback. It also tries to
/// publish as `cleo`, with the password of `ben`.
///
/// # Errors
/// When it does not come up.
pub fn publisher(
    parts: &Parts,
    name: &str,
    presence: u16,
    expiration: u32,
    password: &str,
) -> io::Result<Instance> {
    let values = [
        ("sip", free_port()?.to_string()),
        ("presence", presence.to_string()),
        ("expiration", expiration.to_string()),
        ("password", password.to_owned()),
    ];
    let mut instance = Instance::prepare(parts, &format!("{name}-publisher"), PUBLISHER, &values)?.run()?;
    instance.wait_ready()?;
    Ok(instance)
}
