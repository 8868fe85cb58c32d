//! What is going to happen, in order.

use crate::far::Act;
use crate::page::Say;
use crate::send::Answered;
use acd::Heard;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Something that happens.
#[derive(Debug)]
pub(crate) enum Event {
    /// Customers come.
    Arrive,
    /// A customer sends the form, for the first time or again.
    Submit(usize),
    /// A customer takes it back.
    Cancel(usize),
    /// An agent does something.
    Agent(usize),
    /// A desk that was cut off is there again.
    Plug(usize),
    /// Somebody edits the business's document, or moves a request.
    Supervise,
    /// The object's alarm may be due.
    Alarm,
    /// The alarm is delivered once more.
    AlarmAgain,
    /// Equipment answers a request.
    Answer(Box<Answered>),
    /// Equipment tells of a leg: by which, the event's id, how often it was tried, and what.
    News(usize, u64, u32, Box<Heard>),
    /// A phone does something: a leg, of which turn, and what.
    Phone(usize, u32, Act),
    /// The page of a browser's leg says something.
    Page(usize, Say),
    /// Equipment opens its socket.
    Connect(usize),
    /// Equipment loses it, or restarts.
    Disconnect(usize),
    /// The clock is set.
    Jump,
}

#[derive(Debug)]
struct Entry {
    at: i64,
    seq: u64,
    event: Event,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.seq) == (other.at, other.seq)
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.seq).cmp(&(self.at, self.seq))
    }
}

/// What is going to happen; of two at the same moment the one that was planned first.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Entry>,
    seq: u64,
}

impl Agenda {
    pub(crate) fn put(&mut self, at: i64, event: Event) {
        self.seq += 1;
        self.heap.push(Entry {
            at,
            seq: self.seq,
            event,
        });
    }

    pub(crate) fn next(&mut self) -> Option<(i64, Event)> {
        self.heap.pop().map(|entry| (entry.at, entry.event))
    }
}
