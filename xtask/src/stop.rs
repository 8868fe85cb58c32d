//! When to stop: at Ctrl-C, at SIGTERM, or when whoever started this closes our standard input.

use std::io::Read;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::fail::{Doing, Result};

/// Waits for the word to stop.
pub(crate) struct Stop {
    asked: Receiver<()>,
    ask: Sender<()>,
}

impl Stop {
    /// Listens to signals from now on.
    pub(crate) fn on_signals() -> Result<Self> {
        let (ask, asked) = channel();
        let by_signal = ask.clone();
        ctrlc::set_handler(move || {
            let _ = by_signal.send(());
        })
        .doing(|| "can't listen to signals".to_owned())?;
        Ok(Self { asked, ask })
    }

    /// Listens to the end of the standard input as well.
    pub(crate) fn or_end_of_input(self) -> Self {
        let ask = self.ask.clone();
        thread::spawn(move || {
            let mut scrap = [0; 256];
            while std::io::stdin().read(&mut scrap).is_ok_and(|count| count > 0) {}
            let _ = ask.send(());
        });
        self
    }

    /// Whether the word came within this time.
    pub(crate) fn within(&self, time: Duration) -> bool {
        !matches!(self.asked.recv_timeout(time), Err(RecvTimeoutError::Timeout))
    }
}
