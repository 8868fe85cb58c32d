//! A SIP phone that does one thing: it picks up at once, and remembers when each call reached it. For measuring.

use std::collections::BTreeMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// When a call reached a number, and when it was answered.
#[derive(Debug, Clone, Copy)]
pub struct Reached {
    /// The INVITE was there.
    pub invited: Instant,
    /// The answer was sent.
    pub answered: Instant,
}

/// The phone of all numbers.
pub struct Uas {
    /// Its port.
    pub port: u16,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    reached: Mutex<BTreeMap<String, Vec<Reached>>>,
    news: Condvar,
    over: AtomicBool,
}

impl Uas {
    /// Starts it.
    ///
    /// # Errors
    /// When it gets no port.
    pub fn start() -> std::io::Result<Self> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_read_timeout(Some(Duration::from_millis(100)))?;
        let port = socket.local_addr()?.port();
        let shared = Arc::new(Shared::default());
        let own = Arc::clone(&shared);
        let thread = thread::spawn(move || serve(&socket, port, &own));
        Ok(Self {
            port,
            shared,
            thread: Some(thread),
        })
    }

    /// Waits for the n-th call (from 0) to a number.
    pub fn wait(&self, number: &str, nth: usize, patience: Duration) -> Option<Reached> {
        let reached = self.shared.reached.lock().unwrap_or_else(PoisonError::into_inner);
        let find = |reached: &BTreeMap<String, Vec<Reached>>| {
            reached.get(number).and_then(|calls| calls.get(nth)).copied()
        };
        let (reached, _) = self
            .shared
            .news
            .wait_timeout_while(reached, patience, |reached| find(reached).is_none())
            .unwrap_or_else(PoisonError::into_inner);
        find(&reached)
    }

    /// How often each number was called.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let reached = self.shared.reached.lock().unwrap_or_else(PoisonError::into_inner);
        reached
            .iter()
            .map(|(number, calls)| (number.clone(), calls.len()))
            .collect()
    }
}

impl Drop for Uas {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn serve(socket: &UdpSocket, port: u16, shared: &Shared) {
    let mut buffer = [0; 8192];
    let mut known: BTreeMap<String, ()> = BTreeMap::new();
    while !shared.over.load(Ordering::Relaxed) {
        let Ok((count, from)) = socket.recv_from(&mut buffer) else {
            continue;
        };
        let invited = Instant::now();
        let text = String::from_utf8_lossy(buffer.get(..count).unwrap_or_default()).into_owned();
        answer(socket, port, &text, from);
        let call = header(&text, "Call-ID").unwrap_or_default();
        // A repeat of an INVITE is the same call.
        if text.starts_with("INVITE ") && known.insert(call.to_owned(), ()).is_none() {
            let number = text
                .split(['@', ' '])
                .nth(1)
                .unwrap_or_default()
                .trim_start_matches("sip:")
                .to_owned();
            let reached = Reached {
                invited,
                answered: Instant::now(),
            };
            let mut all = shared.reached.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(number).or_default().push(reached);
            shared.news.notify_all();
        }
    }
}

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::trim))
}

fn answer(socket: &UdpSocket, port: u16, text: &str, to: SocketAddr) {
    let method = text.split(' ').next().unwrap_or_default();
    if !matches!(method, "INVITE" | "BYE" | "CANCEL" | "OPTIONS") {
        return;
    }
    let copied: String = text
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| {
            ["Via:", "From:", "Call-ID:", "CSeq:", "Record-Route:"]
                .iter()
                .any(|name| line.starts_with(name))
        })
        .map(|line| format!("{line}\r\n"))
        .collect();
    let target = header(text, "To").unwrap_or_default();
    let tagged = if target.contains(";tag=") {
        target.to_owned()
    } else {
        format!("{target};tag=uas")
    };
    let body = if method == "INVITE" {
        format!(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n"
        )
    } else {
        String::new()
    };
    let kind = if body.is_empty() {
        ""
    } else {
        "Content-Type: application/sdp\r\n"
    };
    let message = format!(
        "SIP/2.0 200 OK\r\n{copied}To: {tagged}\r\nContact: <sip:uas@127.0.0.1:{port}>\r\n{kind}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    drop(socket.send_to(message.as_bytes(), to));
}
