//! What was played, in numbers.

use serde::Serialize;

/// Counts of one play, or of many.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Tally {
    /// Things that happened.
    pub events: u64,
    /// Steps of the engine.
    pub steps: u64,
    /// Requests that were accepted.
    pub accepted: u64,
    /// Legs that were dialled.
    pub legs: u64,
    /// Times that two talked.
    pub conversations: u64,
    /// Times that the process died.
    pub crashes: u64,
    /// Moments at which the process might have died, or a transaction failed.
    pub moments: u64,
    /// Legs that were dialled once more by equipment that had forgotten them.
    pub forgotten: u64,
    /// Milliseconds that passed in the play.
    pub milliseconds: i64,
}

impl Tally {
    /// Adds another play's.
    pub fn add(&mut self, other: &Self) {
        self.events += other.events;
        self.steps += other.steps;
        self.accepted += other.accepted;
        self.legs += other.legs;
        self.conversations += other.conversations;
        self.crashes += other.crashes;
        self.moments += other.moments;
        self.forgotten += other.forgotten;
        self.milliseconds += other.milliseconds;
    }
}
