//! What happened, as one number, so that two runs can be compared; and as text, when somebody wants to read it.

use acd::{Step, Write};
use std::collections::VecDeque;

/// Lines that are kept.
const LINES: usize = 120;

#[derive(Debug)]
pub(crate) struct Log {
    hash: u64,
    /// The last lines, while they are wanted: they cost more than the play itself.
    lines: Option<VecDeque<String>>,
    pub(crate) now: i64,
}

impl Log {
    pub(crate) fn new(reads: bool) -> Self {
        Self {
            hash: 0xcbf2_9ce4_8422_2325,
            lines: reads.then(VecDeque::new),
            now: 0,
        }
    }

    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    pub(crate) fn lines(self) -> Vec<String> {
        self.lines.into_iter().flatten().collect()
    }

    pub(crate) fn reads(&self) -> bool {
        self.lines.is_some()
    }

    fn mix(&mut self, word: u64) {
        self.hash = (self.hash ^ word)
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(23);
    }

    fn text(&mut self, text: &str) {
        for chunk in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
            self.mix(u64::from_le_bytes(word));
        }
    }

    /// Something happened.
    pub(crate) fn note(&mut self, what: &str, numbers: &[u64]) {
        self.mix(self.now.cast_unsigned());
        self.text(what);
        numbers.iter().for_each(|number| self.mix(*number));
        if self.reads() {
            let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
            self.say(|| format!("{what} {}", numbers.join(" ")));
        }
    }

    /// More words for those who read.
    pub(crate) fn say(&mut self, words: impl FnOnce() -> String) {
        if let Some(lines) = &mut self.lines {
            if lines.len() >= LINES {
                lines.pop_front();
            }
            lines.push_back(format!("{:>12} {}", self.now, words()));
        }
    }

    /// A step was committed.
    pub(crate) fn step(&mut self, step: &Step) {
        self.mix(u64::try_from(step.writes.len()).unwrap_or(0));
        for write in &step.writes {
            match write {
                Write::Request(request) => {
                    self.text(request.id.as_str());
                    self.text(request.state.as_str());
                    self.mix(request.version.cast_unsigned());
                    self.say(|| {
                        format!(
                            "  {} v{} {} agent {:?} legs {} {} attempt {} tries {} via {:?} {}",
                            request.id,
                            request.version,
                            request.state.as_str(),
                            request.agent,
                            request.legs.customer.as_str(),
                            request.legs.agent.as_str(),
                            request.attempt,
                            request.agent_tries,
                            request.via,
                            request.reason.map_or("", |reason| reason.as_str())
                        )
                    });
                }
                Write::Agent(agent) => {
                    self.text(agent.id.as_str());
                    self.text(agent.state.as_str());
                    self.say(|| format!("  {} {} {:?}", agent.id, agent.state.as_str(), agent.request));
                }
                Write::Timer(key, at) => {
                    self.mix(at.map_or(0, |at| at.0.cast_unsigned()));
                    self.say(|| format!("  timer {key} {at:?}"));
                }
                Write::Evidence(_) | Write::Told(..) | Write::Journal(_) | Write::Policy(_) => {}
            }
        }
        for order in &step.effects {
            self.text(order.effect.leg().as_str());
            self.say(|| format!("  order {:?}", order.effect));
        }
    }
}
