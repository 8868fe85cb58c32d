//! The calls in the system: who waits in which line since when, and who talks. Places are used again, so that a run of a
//! billion calls keeps no more of them than were there at once.

use crate::events::Handle;
use acd::routing::{SkillIx, Ticket};

/// Nobody.
const NONE: u32 = u32::MAX;

/// A call from its arrival to its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// Ticks.
    pub(crate) arrived: i64,
    /// Seconds that an agent of speed 1 needs for it.
    pub(crate) work: f64,
    pub(crate) stream: u32,
    pub(crate) skill: SkillIx,
    /// How many came before it, of all streams.
    pub(crate) order: u64,
    /// Which batch counts it.
    pub(crate) batch: Option<u32>,
    /// The engine's name for it while it waits.
    pub(crate) ticket: Ticket,
    /// Events to come that mean nothing once it is answered.
    pub(crate) timers: u8,
    pub(crate) waits: bool,
    serial: u32,
    before: u32,
    after: u32,
}

/// Waiting calls of one skill, oldest first.
#[derive(Debug, Clone, Copy)]
struct Line {
    first: u32,
    last: u32,
    count: u32,
}

/// All calls in the system.
#[derive(Debug)]
pub(crate) struct Calls {
    all: Vec<Call>,
    unused: Vec<u32>,
    lines: Vec<Line>,
    waiting: usize,
    /// Call by the engine's ticket.
    by_ticket: Vec<u32>,
}

impl Call {
    /// A call that arrives now.
    pub(crate) fn new(arrived: i64, stream: u32, skill: SkillIx, work: f64, batch: Option<u32>) -> Self {
        Self {
            arrived,
            work,
            stream,
            skill,
            order: 0,
            batch,
            ticket: Ticket::MAX,
            timers: 0,
            waits: false,
            serial: 0,
            before: NONE,
            after: NONE,
        }
    }
}

impl Calls {
    /// Nobody yet.
    pub(crate) fn new(skills: usize) -> Self {
        let line = Line {
            first: NONE,
            last: NONE,
            count: 0,
        };
        Self {
            all: Vec::new(),
            unused: Vec::new(),
            lines: vec![line; skills],
            waiting: 0,
            by_ticket: Vec::new(),
        }
    }

    /// A call joins the end of its skill's line.
    pub(crate) fn join(&mut self, mut call: Call) -> Handle {
        call.waits = true;
        let at = self.unused.pop();
        if let Some(old) = at.and_then(|at| self.get(at)) {
            call.serial = old.serial.wrapping_add(1);
        }
        let at = at.unwrap_or_else(|| u32::try_from(self.all.len()).unwrap_or(NONE));
        if let Some(line) = self.lines.get_mut(usize::from(call.skill)) {
            call.before = std::mem::replace(&mut line.last, at);
            line.count += 1;
            if line.first == NONE {
                line.first = at;
            }
        }
        if let Some(before) = self.get_mut(call.before) {
            before.after = at;
        }
        let slot = usize::try_from(call.ticket).unwrap_or(usize::MAX);
        if slot >= self.by_ticket.len() {
            self.by_ticket.resize(slot + 1, NONE);
        }
        if let Some(named) = self.by_ticket.get_mut(slot) {
            *named = at;
        }
        self.waiting += 1;
        let serial = call.serial;
        match self.all.get_mut(at as usize) {
            Some(place) => *place = call,
            None => self.all.push(call),
        }
        Handle { at, serial }
    }

    /// A waiting call waits no longer; it keeps its place until [`Self::end`].
    pub(crate) fn leave(&mut self, at: u32) -> Option<Call> {
        let call = self.get_mut(at).filter(|call| call.waits)?;
        call.waits = false;
        let call = *call;
        if let Some(before) = self.get_mut(call.before) {
            before.after = call.after;
        }
        if let Some(after) = self.get_mut(call.after) {
            after.before = call.before;
        }
        if let Some(line) = self.lines.get_mut(usize::from(call.skill)) {
            line.count -= 1;
            if line.first == at {
                line.first = call.after;
            }
            if line.last == at {
                line.last = call.before;
            }
        }
        self.waiting -= 1;
        Some(call)
    }

    /// A call is over; its place may be used again.
    pub(crate) fn end(&mut self, at: u32) {
        self.unused.push(at);
    }

    /// The call at a place.
    pub(crate) fn get(&self, at: u32) -> Option<&Call> {
        self.all.get(at as usize)
    }

    fn get_mut(&mut self, at: u32) -> Option<&mut Call> {
        self.all.get_mut(at as usize)
    }

    /// Events will come for it.
    pub(crate) fn set_timers(&mut self, at: u32, timers: u8) {
        if let Some(call) = self.get_mut(at) {
            call.timers = timers;
        }
    }

    /// The call an event is about, if it still waits. One of its events was taken.
    pub(crate) fn waiting(&mut self, handle: Handle) -> Option<Call> {
        let call = self.get_mut(handle.at)?;
        if !call.waits || call.serial != handle.serial {
            return None;
        }
        call.timers = call.timers.saturating_sub(1);
        Some(*call)
    }

    /// Whether the call an event is about still waits.
    pub(crate) fn waits(&self, handle: Handle) -> bool {
        self.get(handle.at)
            .is_some_and(|call| call.waits && call.serial == handle.serial)
    }

    /// The place of the call that the engine calls so.
    pub(crate) fn of(&self, ticket: Ticket) -> Option<u32> {
        self.by_ticket.get(usize::try_from(ticket).ok()?).copied()
    }

    /// The oldest waiting call of a skill.
    pub(crate) fn head(&self, skill: SkillIx) -> Option<&Call> {
        self.get(self.lines.get(usize::from(skill))?.first)
    }

    /// How many wait for a skill.
    pub(crate) fn in_line(&self, skill: SkillIx) -> u32 {
        self.lines.get(usize::from(skill)).map_or(0, |line| line.count)
    }

    /// How many wait in all.
    pub(crate) fn all_waiting(&self) -> usize {
        self.waiting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(ticket: Ticket, arrived: i64) -> Call {
        let mut call = Call::new(arrived, 0, 0, 1.0, None);
        call.ticket = ticket;
        call
    }

    #[test]
    fn the_line_keeps_its_order_whoever_leaves() {
        let mut calls = Calls::new(1);
        let places: Vec<_> = (0..4).map(|n| calls.join(call(n, i64::from(n)))).collect();
        calls.leave(places[1].at);
        calls.end(places[1].at);
        assert_eq!(calls.head(0).unwrap().arrived, 0);
        calls.leave(places[0].at);
        calls.end(places[0].at);
        assert_eq!((calls.head(0).unwrap().arrived, calls.in_line(0)), (2, 2));
        let again = calls.join(call(0, 9));
        assert_eq!(again.at, places[0].at);
        assert!(calls.waits(again) && !calls.waits(places[0]));
        calls.leave(places[3].at);
        calls.leave(places[2].at);
        assert_eq!((calls.head(0).unwrap().arrived, calls.in_line(0)), (9, 1));
    }
}
