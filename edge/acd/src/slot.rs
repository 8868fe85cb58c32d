//! Times for later. A slot is a quarter of an hour, and the promise is a call between its start and its end, so there are
//! only as many places as the agents who are there by schedule can take ([`crate::seat`] has the rule).

use crate::config::Config;
use crate::seat::Seats;
use crate::timetable::{Times, Whom};
use shared::{AgentId, Millis, SkillId};
use std::collections::BTreeMap;

pub use shared::presence::SLOT_S;

/// Seconds that a call takes, from the first word to the end of the wrap-up, while nothing is known of it.
pub const HANDLING_S: u32 = 300;
/// Slots offered at once, at the most.
pub const MAX_SLOTS: usize = 96;
/// The first slot offered is at least this far ahead: nearer is "now".
const LEAD_S: i64 = 10 * 60;
/// Slots reach this far ahead, and to the end of the first day that has one.
const HORIZON_S: i64 = 48 * 3600;
/// A first slot is looked for this far ahead.
const SEARCH_S: i64 = 14 * 24 * 3600;

/// A call that is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The start of its slot.
    pub at: Millis,
    /// The skill asked for; with `None` anybody can take it.
    pub skill: Option<SkillId>,
    /// The expert asked for, who is then meant alone.
    pub expert: Option<AgentId>,
}

/// The slots offered at `now`, earliest first, 96 at the most. They fall on the quarter hours of the business's own clock.
///
/// They reach 48 hours ahead; when the first free one is later, or late on the last day, to the end of its day. `booked`
/// are the calls promised so far, `handling_s` the seconds that a call takes ([`HANDLING_S`] when unknown).
pub fn offered(
    config: &Config,
    now: Millis,
    skill: Option<&SkillId>,
    expert: Option<&AgentId>,
    booked: &[Booking],
    handling_s: u32,
) -> Vec<Millis> {
    Board::new(config, now, booked, handling_s).offered(Whom { skill, expert })
}

/// True when `slot` is offered at `now`, or was a moment ago and is still to come, and has room: what accepting needs. The
/// bound of 96 is on the answer, not on the promise.
pub fn is_offered(
    config: &Config,
    slot: Millis,
    now: Millis,
    skill: Option<&SkillId>,
    expert: Option<&AgentId>,
    booked: &[Booking],
    handling_s: u32,
) -> bool {
    Board::new(config, now, booked, handling_s).is_offered(Whom { skill, expert }, slot)
}

/// The first quarter hour of the business's clock at or after `from`. Every zone in use is a multiple of 15 minutes off UTC.
fn first_slot(from: Millis) -> Millis {
    let step = SLOT_S * 1000;
    let past = from.0.rem_euclid(step);
    if past == 0 {
        from
    } else {
        from.plus_ms(step - past)
    }
}

#[cfg(test)]
mod simulation;

/// The board with all promised calls. What it works out about a slot is kept for the next question.
pub(crate) struct Board<'a> {
    pub(crate) config: &'a Config,
    pub(crate) now: Millis,
    handling_s: usize,
    booked: BTreeMap<Millis, Vec<&'a Booking>>,
    seats: BTreeMap<Millis, Seats>,
}

impl<'a> Board<'a> {
    pub(crate) fn new(config: &'a Config, now: Millis, booked: &'a [Booking], handling_s: u32) -> Self {
        let mut by_slot: BTreeMap<Millis, Vec<&Booking>> = BTreeMap::new();
        for booking in booked {
            by_slot.entry(booking.at).or_default().push(booking);
        }
        Self {
            config,
            now,
            handling_s: usize::try_from(handling_s).unwrap_or(usize::MAX),
            booked: by_slot,
            seats: BTreeMap::new(),
        }
    }

    pub(crate) fn offered(&mut self, whom: Whom<'_>) -> Vec<Millis> {
        let whom = self.config.hours.known(whom);
        let mut times = self.config.hours.times(whom);
        let (mut from, end) = (self.first(), self.now.plus_s(SEARCH_S));
        let horizon = from.plus_s(HORIZON_S);
        let (mut slots, mut first_day) = (Vec::new(), None);
        while let Some(slot) = self.next_free(whom, &mut times, from, end) {
            let day = times.local(slot).map(|local| local.day);
            if slots.is_empty() {
                first_day = day;
            }
            if slots.len() >= MAX_SLOTS || (slot >= horizon && day != first_day) {
                break;
            }
            slots.push(slot);
            from = slot.plus_s(SLOT_S);
        }
        slots
    }

    pub(crate) fn is_offered(&mut self, whom: Whom<'_>, slot: Millis) -> bool {
        let whom = self.config.hours.known(whom);
        let end = self.now.plus_s(SEARCH_S);
        if slot <= self.now || slot > end || first_slot(slot) != slot {
            return false;
        }
        let mut times = self.config.hours.times(whom);
        if !times.manned_at(slot) || !self.has_room(whom, &mut times, slot) {
            return false;
        }
        let near = slot <= self.now.plus_s(LEAD_S + HORIZON_S);
        let day = times.local(slot).map(|local| local.day);
        near || self
            .next_free(whom, &mut times, self.first(), end)
            .is_some_and(|first| times.local(first).map(|local| local.day) == day)
    }

    /// True when any slot is offered.
    pub(crate) fn any(&mut self, whom: Whom<'_>, times: &mut Times<'_>) -> bool {
        self.next_free(whom, times, self.first(), self.now.plus_s(SEARCH_S))
            .is_some()
    }

    fn first(&self) -> Millis {
        first_slot(self.now.plus_s(LEAD_S))
    }

    /// The first slot from `from` on, and before `end`, with room. `times` are those of `whom`.
    fn next_free(
        &mut self,
        whom: Whom<'_>,
        times: &mut Times<'_>,
        from: Millis,
        end: Millis,
    ) -> Option<Millis> {
        let mut at = from;
        while at < end {
            at = first_slot(times.manned_by(at, end)?);
            // Hours may end before the quarter that follows their beginning.
            if at < end && times.manned_at(at) {
                if self.has_room(whom, times, at) {
                    return Some(at);
                }
                at = at.plus_s(SLOT_S);
            }
        }
        None
    }

    /// True when a slot that is manned for `whom` has room for one more of them.
    fn has_room(&mut self, whom: Whom<'_>, times: &mut Times<'_>, at: Millis) -> bool {
        let Some(booked) = self.booked.get(&at) else {
            // An empty slot that somebody is there for takes at least one.
            return true;
        };
        let Some(local) = times.local(at) else {
            return false;
        };
        let hours = &self.config.hours;
        let there = |whom: Whom<'_>| -> Vec<usize> {
            let crew = hours.crew(whom).agents.iter().copied();
            crew.filter(|agent| hours.has_shift(*agent, local)).collect()
        };
        let seats = self.seats.entry(at).or_insert_with(|| {
            let mut seats = Seats::new(usize::try_from(SLOT_S).unwrap_or_default(), self.handling_s);
            for booking in booked {
                let kind = seats.kind(there(hours.known(Whom {
                    skill: booking.skill.as_ref(),
                    expert: booking.expert.as_ref(),
                })));
                seats.book(kind);
            }
            seats
        });
        seats.has_room(&there(whom))
    }
}
