//! A hosted carrier on this machine: the far end of Twilio behind real HTTP. It asks for markup and sends callbacks, signed, as
//! the real one does.

use crate::Outcome;
use far::{Dialled, FarEnd, TwilioEnd};
use shared::Millis;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use telephony::twilio::signature;
use telephony::{HttpAnswer, HttpCall};

/// The account and its token, as the business's document and its credentials name them.
pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
/// The token.
pub const TOKEN: &str = "the-token-of-the-account";
const BEAT: Duration = Duration::from_millis(20);

/// What the carrier does with requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// What it should.
    Well,
    /// It takes the call and never answers.
    Hangs,
    /// It answers with this status, and `Retry-After` in seconds.
    Refuses(u16, u32),
    /// It answers with garbage.
    Babbles,
}

/// The carrier.
pub struct Hosted {
    /// Its address.
    pub base: String,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    far: Mutex<TwilioEnd>,
    mood: Mutex<Mood>,
    /// `…/twilio/{site}/{equipment}`, as the first dial named it.
    hooks: Mutex<Option<String>>,
    over: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn now() -> Millis {
    Millis(crate::now_ms())
}

impl Hosted {
    /// Starts it.
    ///
    /// # Errors
    /// When it gets no port.
    pub fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let base = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared {
            far: Mutex::default(),
            mood: Mutex::new(Mood::Well),
            hooks: Mutex::default(),
            over: AtomicBool::new(false),
        });
        let (door, beat) = (Arc::clone(&shared), Arc::clone(&shared));
        let threads = vec![
            thread::spawn(move || listen(&listener, &door)),
            thread::spawn(move || tick(&beat)),
        ];
        Ok(Self {
            base,
            shared,
            threads,
        })
    }

    /// Changes what it does.
    pub fn set(&self, mood: Mood) {
        *lock(&self.shared.mood) = mood;
    }

    /// From now on a begun minute costs so much, in ten-thousandths, for each party.
    pub fn charge(&self, per_minute: u32) {
        lock(&self.shared.far).charge(per_minute);
    }

    /// How often a number was dialled.
    pub fn dialled(&self, number: &str) -> usize {
        lock(&self.shared.far).dialled(number)
    }

    /// Every call it took.
    pub fn taken(&self) -> Vec<Dialled> {
        lock(&self.shared.far).taken().collect()
    }

    /// How many phones ring or are up.
    pub fn alive(&self) -> usize {
        lock(&self.shared.far).alive().len()
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

fn listen(listener: &TcpListener, shared: &Arc<Shared>) {
    while !shared.over.load(Ordering::Relaxed) {
        match listener.accept() {
            Ok((stream, _)) => {
                let shared = Arc::clone(shared);
                thread::spawn(move || serve(stream, &shared));
            }
            Err(_) => thread::sleep(BEAT),
        }
    }
}

/// One request and its answer.
fn serve(mut stream: TcpStream, shared: &Shared) {
    drop(stream.set_nonblocking(false));
    drop(stream.set_read_timeout(Some(Duration::from_secs(5))));
    let Some((method, path, authorized, body)) = read(&mut stream) else {
        return;
    };
    let mood = *lock(&shared.mood);
    let call = HttpCall {
        method: if method == "GET" { "GET" } else { "POST" },
        url: path,
        headers: vec![],
        body,
    };
    let answer = match mood {
        _ if !authorized => HttpAnswer::of(401, r#"{"code":20003,"status":401}"#),
        Mood::Refuses(status, retry_after_s) => HttpAnswer {
            retry_after_s: Some(retry_after_s),
            ..HttpAnswer::of(status, "")
        },
        Mood::Well | Mood::Hangs | Mood::Babbles => {
            remember_hooks(shared, &call.body);
            lock(&shared.far).carry(now(), &call)
        }
    };
    if mood == Mood::Hangs && call.method == "POST" {
        // Nothing more comes; the caller gives up.
        while !shared.over.load(Ordering::Relaxed) && *lock(&shared.mood) == Mood::Hangs {
            thread::sleep(BEAT);
        }
        return;
    }
    let text = if mood == Mood::Babbles {
        "<html>a portal</html>".to_owned()
    } else {
        answer.body
    };
    let retry = answer
        .retry_after_s
        .map(|seconds| format!("retry-after: {seconds}\r\n"))
        .unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} .\r\ncontent-type: application/json\r\n{retry}content-length: {}\r\nconnection: close\r\n\r\n",
        answer.status.unwrap_or(500),
        text.len()
    );
    drop(stream.write_all(format!("{head}{text}").as_bytes()));
}

fn read(stream: &mut TcpStream) -> Option<(String, String, bool, String)> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let header = |name: &str| {
                head.lines().find_map(|line| {
                    line.to_lowercase()
                        .starts_with(name)
                        .then(|| line.split_once(':'))
                        .flatten()
                        .map(|(_, value)| value.trim().to_owned())
                })
            };
            let length: usize = header("content-length")
                .and_then(|text| text.parse().ok())
                .unwrap_or_default();
            if body.len() >= length {
                let mut words = head.split_whitespace();
                let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
                let expected = format!("Basic {}", base64(&format!("{ACCOUNT}:{TOKEN}")));
                return Some((
                    method,
                    path,
                    header("authorization").as_deref() == Some(&expected),
                    body.to_owned(),
                ));
            }
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend(chunk.get(..count)?),
        }
    }
}

fn base64(text: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(text)
}

fn remember_hooks(shared: &Shared, form: &str) {
    let url = form_urlencoded::parse(form.as_bytes()).find(|(name, _)| name == "Url");
    if let Some(hooks) = url.and_then(|(_, url)| url.rsplitn(3, '/').nth(2).map(str::to_owned)) {
        *lock(&shared.hooks) = Some(hooks);
    }
}

/// Phones do what is due; what is to be told is posted, in order.
fn tick(shared: &Shared) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into();
    while !shared.over.load(Ordering::Relaxed) {
        let tells = {
            let mut far = lock(&shared.far);
            far.pass(now());
            far.tells()
        };
        let hooks = lock(&shared.hooks).clone().unwrap_or_default();
        for tell in tells {
            let address = format!("{hooks}/{}/{}", tell.leg, tell.about);
            let signature = signature::sign(TOKEN, &address, &tell.text);
            let sent = agent
                .post(&address)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("x-twilio-signature", signature)
                .send(&tell.text);
            if let "voice" | "digits" = tell.about {
                // Whom nobody tells what to do hangs up.
                let markup = sent.and_then(|mut answer| answer.body_mut().read_to_string());
                lock(&shared.far).answer(now(), &tell.leg, &markup.unwrap_or_default());
            }
        }
        thread::sleep(BEAT);
    }
}

/// Posts a form with a signature that may be wrong; the status of the answer.
///
/// # Errors
/// When nobody answers.
pub fn post_form(address: &str, form: &str, signature: &str) -> Outcome<u16> {
    let post = crate::api::client()
        .post(address)
        .header("content-type", "application/x-www-form-urlencoded");
    Ok(post
        .header("x-twilio-signature", signature)
        .send(form)?
        .status()
        .as_u16())
}
