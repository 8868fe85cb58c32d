//! A request comes in, waits, is taken back.

use crate::engine::Acd;
use crate::step::{Refusal, Reply};
use crate::{Request, TimerKey, policy};
use shared::call::{EndReason, RequestState};
use shared::limit::MAX_OPEN_REQUESTS;
use shared::request::CallRequest;
use shared::{Millis, RequestId};

impl Acd {
    pub(crate) fn ask(&mut self, id: RequestId, asked: CallRequest, now: Millis) -> Result<Reply, Refusal> {
        self.refuse_unless_fit(&asked, now)?;
        let scheduled = asked.slot;
        let request = Request::new(id.clone(), asked, now);
        let reply = Reply::Request(Box::new(request.clone()));
        self.requests.insert(id.clone(), request);
        match scheduled {
            Some(slot) => {
                self.with_request(&id, |request| request.state = RequestState::Scheduled);
                self.set_timer(TimerKey::Slot(id), slot);
            }
            None => self.enter_line(&id, now),
        }
        Ok(reply)
    }

    fn refuse_unless_fit(&self, asked: &CallRequest, now: Millis) -> Result<(), Refusal> {
        if !asked.consent {
            return Err(Refusal::NoConsent);
        }
        if asked
            .skill
            .as_ref()
            .is_some_and(|skill| self.config.skill_name(skill).is_none())
        {
            return Err(Refusal::UnknownSkill);
        }
        if asked
            .expert
            .as_ref()
            .is_some_and(|expert| self.config.agent(expert).is_none())
        {
            return Err(Refusal::UnknownExpert);
        }
        match asked.slot {
            Some(slot) if !self.offers(asked, slot, now) => return Err(Refusal::SlotNotOffered),
            None if !self.is_open(asked, now) => return Err(Refusal::Closed),
            Some(_) | None => {}
        }
        policy::permit(&asked.phone).map_err(Refusal::Number)?;
        let open = || {
            self.requests
                .values()
                .filter(|request| request.state != RequestState::Ended)
        };
        if open().any(|request| request.asked.phone == asked.phone) {
            return Err(Refusal::AlreadyAsked);
        }
        if open().count() >= MAX_OPEN_REQUESTS {
            return Err(Refusal::Full);
        }
        Ok(())
    }

    /// The request waits from now on; its place is the instant it was accepted or promised for.
    pub(crate) fn enter_line(&mut self, id: &RequestId, now: Millis) {
        let timing = self.config.business.timing;
        let mut expert = false;
        self.with_request(id, |request| {
            request.state = RequestState::Queued;
            expert = request.asked.expert.is_some();
        });
        self.set_timer(
            TimerKey::Expire(id.clone()),
            now.plus_s(i64::from(timing.expire_s)),
        );
        if expert {
            self.set_timer(
                TimerKey::Expert(id.clone()),
                now.plus_s(i64::from(timing.expert_patience_s)),
            );
        }
    }

    pub(crate) fn cancel(&mut self, id: &RequestId, now: Millis) -> Result<Reply, Refusal> {
        let Some(request) = self.requests.get(id) else {
            return Err(Refusal::UnknownRequest);
        };
        let reply = Reply::Request(Box::new(request.clone()));
        let reason = match request.state {
            RequestState::Ended => return Ok(reply),
            RequestState::Connected => EndReason::Talked,
            RequestState::Scheduled
            | RequestState::Queued
            | RequestState::Reserving
            | RequestState::DialingCustomer
            | RequestState::CustomerOnHold
            | RequestState::RingingAgent => EndReason::CancelledByCustomer,
        };
        self.end(id, reason, now);
        Ok(reply)
    }
}
