//! A customer moves a request to another time.
//!
//! **The rules.** It stays the same request: its id, receipt, number and attempts. It can be moved while no phone rings for it: in
//! line, before its time, before the next attempt. Later, its place is the time chosen, as if that had been the first choice, and its
//! own booking is not in its way. Now, its place is the moment of the move: whoever waits already is not overtaken, so that a
//! time far ahead is no way to the front. Moved to where it is, nothing changes, its place least of all.

use crate::TimerKey;
use crate::engine::Acd;
use crate::refusal::Refusal;
use crate::step::Reply;
use shared::call::{Origin, RequestState};
use shared::{Millis, RequestId};

/// Changes after which a request can't be moved any more: each move is a row, and a message to the business's endpoints.
const MOVABLE: i64 = 60;

impl Acd {
    pub(crate) fn reschedule(
        &mut self,
        id: &RequestId,
        slot: Option<Millis>,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let request = self.requests.get(id).ok_or(Refusal::UnknownRequest)?;
        let waits = matches!(request.state, RequestState::Scheduled | RequestState::Queued);
        if !waits || request.origin != Origin::Page {
            return Err(Refusal::NotMovable);
        }
        let reply = Reply::Request(Box::new(request.clone()));
        if request.version >= MOVABLE {
            return Err(Refusal::MovedTooOften);
        }
        let promised = request.asked.slot.filter(|_| request.next_attempt_at.is_none());
        let is_there = match request.state {
            RequestState::Queued => slot.is_none(),
            _ => slot.is_some() && slot == promised,
        };
        if is_there {
            return Ok(reply);
        }
        match slot {
            Some(slot) if !self.offers_instead(request, slot, now) => return Err(Refusal::SlotNotOffered),
            None if !self.is_open(&request.asked, now) => return Err(Refusal::Closed),
            Some(_) | None => {}
        }
        self.gave_up(id, true, now);
        self.clear_timers(id);
        self.with_request(id, |request| {
            request.state = RequestState::Scheduled;
            request.asked.slot = slot;
            request.queued_at = slot.unwrap_or(now);
            request.next_attempt_at = None;
            request.pressing = false;
            // The next wait is a new one, and is announced anew.
            (request.predicted, request.announced) = (None, None);
        });
        match slot {
            Some(slot) => self.set_timer(TimerKey::Slot(id.clone()), slot),
            None => self.enter_line(id, now),
        }
        Ok(reply)
    }
}
