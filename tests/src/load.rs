//! Requests as fast as a server takes them: connections that stay open, and nothing that costs more than the server.

use crate::{Outcome, broken};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How often a request is sent again over another connection.
const AGAIN: usize = 5;

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Its status.
    pub status: u16,
    /// `Retry-After`, in seconds.
    pub retry_after_s: Option<u64>,
    /// Its body.
    pub body: String,
    /// How long it took.
    pub took: Duration,
}

/// A connection that is used again and again.
struct Wire {
    stream: BufReader<TcpStream>,
}

impl Wire {
    fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Self {
            stream: BufReader::new(stream),
        })
    }

    fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }

    fn bytes(&mut self, count: usize) -> Outcome<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn ask(&mut self, request: &str) -> Outcome<Heard> {
        let began = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes())?;
        let head = self.line()?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let Some(status) = status else {
            return broken(format!("no answer: {head}"));
        };
        let mut heard = Heard {
            status,
            ..Heard::default()
        };
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(("retry-after", value)) => heard.retry_after_s = value.trim().parse().ok(),
                Some(_) => {}
            }
        }
        let mut body = Vec::new();
        if chunked {
            loop {
                let size = usize::from_str_radix(&self.line()?, 16)?;
                body.extend(self.bytes(size)?);
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            body = self.bytes(length)?;
        }
        heard.body = String::from_utf8_lossy(&body).into_owned();
        heard.took = began.elapsed();
        Ok(heard)
    }
}

/// What many requests came to.
#[derive(Debug, Default)]
pub struct Run {
    /// How often a connection was lost, and its request sent again over another one: a server that is behind drops some that it
    /// has not read from.
    pub again: usize,
    /// All answers, with the number of their request.
    pub heard: Vec<(usize, Heard)>,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Run {
    /// Answers of this status in a second.
    pub fn rate(&self, status: u16) -> f64 {
        let count = self
            .heard
            .iter()
            .filter(|(_, heard)| heard.status == status)
            .count();
        f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / self.took.as_secs_f64()
    }

    /// The time within which this share (in hundredths) of the answers of this status came, in milliseconds.
    pub fn within_ms(&self, status: u16, share: usize) -> f64 {
        let answers = self.heard.iter().filter(|(_, heard)| heard.status == status);
        let mut times: Vec<f64> = answers
            .map(|(_, heard)| heard.took.as_secs_f64() * 1000.0)
            .collect();
        times.sort_by(f64::total_cmp);
        let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// A POST as it travels.
pub fn post(path: &str, headers: &[(&str, &str)], body: &str) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A GET as it travels.
pub fn get(path: &str, headers: &[(&str, &str)]) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}\r\n")
}

/// Makes so many requests over so many connections, each of which asks again as soon as it was answered, for no longer than
/// `longest`.
///
/// # Errors
/// When connections break again and again.
pub fn run(
    port: u16,
    connections: usize,
    requests: usize,
    longest: Duration,
    make: impl Fn(usize) -> String + Sync,
) -> Outcome<Run> {
    let mut wires = (0..connections)
        .map(|_| Wire::open(port))
        .collect::<Outcome<Vec<_>>>()?;
    let (next, again, failed) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(None));
    let began = Instant::now();
    let heard = std::thread::scope(|scope| {
        let threads: Vec<_> = wires
            .iter_mut()
            .map(|wire| {
                scope.spawn(|| {
                    let mut heard = Vec::new();
                    while began.elapsed() < longest {
                        let nth = next.fetch_add(1, Ordering::Relaxed);
                        if nth >= requests {
                            break;
                        }
                        let request = make(nth);
                        let mut answer = wire.ask(&request);
                        for _ in 0..AGAIN {
                            if answer.is_ok() {
                                break;
                            }
                            again.fetch_add(1, Ordering::Relaxed);
                            answer = Wire::open(port).and_then(|anew| {
                                *wire = anew;
                                wire.ask(&request)
                            });
                        }
                        match answer {
                            Ok(answer) => heard.push((nth, answer)),
                            Err(error) => {
                                *failed.lock().unwrap_or_else(PoisonError::into_inner) =
                                    Some((nth, error.to_string()));
                                break;
                            }
                        }
                    }
                    heard
                })
            })
            .collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_default())
            .collect()
    });
    let took = began.elapsed();
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some((nth, error)) => broken(format!("request {nth}: {error}")),
        None => Ok(Run {
            again: again.into_inner(),
            heard,
            took,
        }),
    }
}
