//! What is still to happen, earliest first. Of two at the same instant the one planned earlier comes first.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use acd::routing::AgentIx;

/// Something that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The next caller of a stream.
    Arrival(u32),
    /// The call ends; the agent may still be kept.
    HungUp(AgentIx),
    /// The agent is kept no longer.
    Free(AgentIx),
    /// A caller's patience ends.
    GaveUp(Handle),
    /// A promised call goes first from now on.
    Urgent(Handle),
}

/// A call, and which of those that were kept in the same place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Handle {
    pub(crate) at: u32,
    pub(crate) serial: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    time: i64,
    order: u64,
    event: Event,
}

/// The events to come. Those of calls that were answered meanwhile stay until their time; when they are the most, they go.
#[derive(Debug, Default)]
pub(crate) struct Events {
    heap: BinaryHeap<Reverse<Entry>>,
    next: u64,
    stale: usize,
}

impl Events {
    /// Something will happen.
    pub(crate) fn add(&mut self, time: i64, event: Event) {
        let order = self.next;
        self.next += 1;
        self.heap.push(Reverse(Entry { time, order, event }));
    }

    /// What happens next.
    pub(crate) fn pop(&mut self) -> Option<(i64, Event)> {
        self.heap.pop().map(|Reverse(entry)| (entry.time, entry.event))
    }

    /// So many of the events to come mean nothing any more.
    pub(crate) fn forget(&mut self, stale: u8, live: impl Fn(Handle) -> bool) {
        self.stale += usize::from(stale);
        if self.stale > 1024 && self.stale > self.heap.len() / 2 {
            self.heap.retain(|Reverse(entry)| match entry.event {
                Event::GaveUp(call) | Event::Urgent(call) => live(call),
                _ => true,
            });
            self.stale = 0;
        }
    }

    /// One that meant nothing was taken out.
    pub(crate) fn was_stale(&mut self) {
        self.stale = self.stale.saturating_sub(1);
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.time, self.order).cmp(&(other.time, other.order))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_then_in_the_order_of_planning() {
        let mut events = Events::default();
        events.add(5, Event::Arrival(0));
        events.add(3, Event::Arrival(1));
        events.add(5, Event::Arrival(2));
        let popped: Vec<_> = std::iter::from_fn(|| events.pop()).collect();
        assert_eq!(
            popped,
            [
                (3, Event::Arrival(1)),
                (5, Event::Arrival(0)),
                (5, Event::Arrival(2))
            ]
        );
    }
}
