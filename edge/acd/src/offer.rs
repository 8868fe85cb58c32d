//! What the business offers somebody who comes now: hours and people decide together.

use crate::Request;
use crate::engine::Acd;
use crate::slot::{Board, Booking, HANDLING_S};
use crate::timetable::Whom;
use shared::call::RequestState;
use shared::presence::Offer;
use shared::request::CallRequest;
use shared::{AgentId, Millis, SkillId};

/// Whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// It is.
    Open,
    /// It is not.
    Shut {
        /// When it will be; `None` when nobody can say.
        opens_at: Option<Millis>,
    },
}

/// What is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    /// What may be chosen.
    pub offer: Offer,
    /// When it opens next, while it is not open.
    pub opens_at: Option<Millis>,
}

/// What is offered behind this door, with so many agents free and on duty. `any_slot` is asked only where it matters.
pub fn offer(door: Door, free: u32, on_duty: u32, any_slot: impl FnOnce() -> bool) -> Offered {
    let later = || {
        if any_slot() { Offer::Slot } else { Offer::Closed }
    };
    let (offer, opens_at) = match (door, free, on_duty) {
        (Door::Shut { opens_at }, ..) => (later(), opens_at),
        (Door::Open, 1.., _) => (Offer::Now, None),
        (Door::Open, 0, 1..) => (Offer::Wait, None),
        (Door::Open, 0, 0) => (later(), None),
    };
    Offered { offer, opens_at }
}

impl Acd {
    /// The times offered for later, for a skill, an expert, both or (with neither) anyone; see [`crate::offered`].
    pub fn slots(&self, skill: Option<&SkillId>, expert: Option<&AgentId>, now: Millis) -> Vec<Millis> {
        self.board(&self.bookings(), now).offered(Whom { skill, expert })
    }

    /// The calls promised so far.
    pub(crate) fn bookings(&self) -> Vec<Booking> {
        self.bookings_of(|_| true)
    }

    fn bookings_of(&self, which: impl Fn(&Request) -> bool) -> Vec<Booking> {
        let scheduled = self.requests.values();
        scheduled
            .filter(|request| which(request))
            .filter(|request| request.state == RequestState::Scheduled)
            .filter_map(|request| {
                Some(Booking {
                    at: request.asked.slot?,
                    skill: request.asked.skill.clone(),
                    expert: request.asked.expert.clone(),
                })
            })
            .collect()
    }

    pub(crate) fn board<'a>(&'a self, booked: &'a [Booking], now: Millis) -> Board<'a> {
        let handling_s = self.handling_s().unwrap_or(HANDLING_S);
        Board::new(&self.config, now, booked, handling_s)
    }

    /// True when the wished time is offered and has room.
    pub(crate) fn offers(&self, asked: &CallRequest, slot: Millis, now: Millis) -> bool {
        self.board(&self.bookings(), now).is_offered(whom(asked), slot)
    }

    /// True when that time is offered, and has room for this request in place of the time it has.
    pub(crate) fn offers_instead(&self, request: &Request, slot: Millis, now: Millis) -> bool {
        let others = self.bookings_of(|other| other.id != request.id);
        self.board(&others, now).is_offered(whom(&request.asked), slot)
    }

    /// True when somebody may be called now about this.
    pub(crate) fn is_open(&self, asked: &CallRequest, now: Millis) -> bool {
        self.config.hours.times(whom(asked)).open_at(now)
    }
}

const fn whom(asked: &CallRequest) -> Whom<'_> {
    Whom {
        skill: asked.skill.as_ref(),
        expert: asked.expert.as_ref(),
    }
}
