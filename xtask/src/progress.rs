//! What the person at the terminal sees while it works: a line for every step, and on a terminal a last line that
//! moves.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

const FRAMES: [&str; 8] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠧", "⠇", "⠏"];
const TICK: Duration = Duration::from_millis(120);

/// The steps that run, shown on the standard error output.
#[derive(Clone)]
pub(crate) struct Progress {
    board: Arc<Mutex<Board>>,
}

struct Board {
    terminal: bool,
    running: Vec<Running>,
    next: u64,
    frame: usize,
    done: usize,
}

struct Running {
    key: u64,
    name: String,
    since: Instant,
}

/// A step that runs. Dropped without [`Step::done`], it is shown as failed.
pub(crate) struct Step {
    board: Arc<Mutex<Board>>,
    key: u64,
}

impl Progress {
    /// Starts to show progress.
    pub(crate) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let board = Board {
            terminal,
            running: Vec::new(),
            next: 0,
            frame: 0,
            done: 0,
        };
        let board = Arc::new(Mutex::new(board));
        if terminal {
            let weak = Arc::downgrade(&board);
            thread::spawn(move || {
                while let Some(board) = weak.upgrade() {
                    lock(&board).tick();
                    drop(board);
                    thread::sleep(TICK);
                }
            });
        }
        Self { board }
    }

    /// A step begins.
    pub(crate) fn step(&self, name: impl Into<String>) -> Step {
        self.begin(name.into(), None)
    }

    /// A step begins that takes long: says how long, roughly.
    pub(crate) fn long_step(&self, name: impl Into<String>, about: &str) -> Step {
        self.begin(name.into(), Some(about))
    }

    /// A step begins that takes long only the first time.
    pub(crate) fn first_step(&self, first: bool, name: impl Into<String>, about: &str) -> Step {
        self.begin(name.into(), first.then_some(about))
    }

    /// A line between the steps.
    pub(crate) fn say(&self, line: &str) {
        lock(&self.board).line(line);
    }

    /// How many steps were done so far.
    pub(crate) fn done(&self) -> usize {
        lock(&self.board).done
    }

    fn begin(&self, name: String, about: Option<&str>) -> Step {
        let mut board = lock(&self.board);
        if let Some(about) = about {
            board.line(&format!("  · {name} (takes {about})"));
        }
        let key = board.next;
        board.next += 1;
        board.running.push(Running {
            key,
            name,
            since: Instant::now(),
        });
        Step {
            board: Arc::clone(&self.board),
            key,
        }
    }
}

impl Step {
    /// The step ended well.
    pub(crate) fn done(self) {
        lock(&self.board).end(self.key, "✓", "");
    }

    /// The step ended well, and this is worth knowing about it.
    pub(crate) fn done_by(self, remark: &str) {
        lock(&self.board).end(self.key, "✓", remark);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        lock(&self.board).end(self.key, "✗", "");
    }
}

impl Board {
    fn end(&mut self, key: u64, mark: &str, remark: &str) {
        let Some(at) = self.running.iter().position(|step| step.key == key) else {
            return;
        };
        let step = self.running.remove(at);
        self.done += 1;
        let remark = if remark.is_empty() {
            String::new()
        } else {
            format!(", {remark}")
        };
        self.line(&format!(
            "  {mark} {}{remark} ({})",
            step.name,
            elapsed(step.since)
        ));
    }

    fn line(&self, text: &str) {
        let mut out = std::io::stderr().lock();
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        // A closed terminal is no reason to stop the work.
        drop(writeln!(out, "{clear}{text}"));
    }

    fn tick(&mut self) {
        if self.running.is_empty() {
            return;
        }
        self.frame = (self.frame + 1) % FRAMES.len();
        let steps: Vec<String> = self
            .running
            .iter()
            .map(|step| format!("{} {}", step.name, elapsed(step.since)))
            .collect();
        let mark = FRAMES.get(self.frame).unwrap_or(&"·");
        let text: String = format!("  {mark} {}", steps.join(" · "))
            .chars()
            .take(100)
            .collect();
        let mut out = std::io::stderr().lock();
        drop(write!(out, "\r\x1b[2K{text}").and_then(|()| out.flush()));
    }
}

/// A duration as people say it.
pub(crate) fn elapsed(since: Instant) -> String {
    let time = since.elapsed();
    match time.as_secs() {
        seconds @ 0..10 => format!("{seconds}.{} s", time.subsec_millis() / 100),
        seconds @ 10..90 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn lock(board: &Mutex<Board>) -> MutexGuard<'_, Board> {
    board.lock().unwrap_or_else(PoisonError::into_inner)
}
