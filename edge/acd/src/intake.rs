//! A request comes in, waits, is taken back.

use crate::engine::Acd;
use crate::mutant;
use crate::policy::Coming;
use crate::refusal::Refusal;
use crate::slot::SLOT_S;
use crate::step::{Reply, Terms};
use crate::{Request, Route, TimerKey};
use shared::call::{EndReason, EndedBy, Origin, RequestState};
use shared::desk::AgentState;
use shared::limit::{MAX_DAYS_AHEAD, MAX_OPEN_REQUESTS};
use shared::request::{CallRequest, Direct};
use shared::{AgentId, Millis, RequestId};
use std::net::IpAddr;

impl Acd {
    pub(crate) fn ask(
        &mut self,
        id: RequestId,
        asked: CallRequest,
        terms: Terms,
        network: Option<IpAddr>,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let mut request = Request::new(id.clone(), asked, now);
        match terms {
            Terms::Page => self.for_page(&mut request, now)?,
            Terms::Signed(customer) => {
                self.for_page(&mut request, now)?;
                request.customer = Some(customer);
            }
            Terms::Business {
                agent,
                at,
                announcement,
            } => {
                let latest = now.plus_s(MAX_DAYS_AHEAD * 24 * 3600);
                if at.is_some_and(|at| at < now || at > latest) {
                    return Err(Refusal::BadTime);
                }
                self.config.rules.other(&agent).map_err(Refusal::AgentNumber)?;
                request.origin = Origin::Business;
                request.route = Route::Number(agent);
                request.announcement = announcement;
                request.next_attempt_at = at;
                request.queued_at = at.unwrap_or(now);
            }
        }
        let coming = self.admit(&request.asked, network, now)?;
        self.refuse_unless_callable(&request)
            .map_err(|why| self.as_known(why, &request, &coming))?;
        self.count_in(&id, coming, now);
        let due = request.asked.slot.or(request.next_attempt_at);
        let reply = Reply::Request(Box::new(request.clone()));
        self.open_lines.insert(request.asked.phone.line(), id.clone());
        self.requests.insert(id.clone(), request);
        match due {
            Some(due) => {
                self.with_request(&id, |request| request.state = RequestState::Scheduled);
                self.set_timer(TimerKey::Slot(id), due);
            }
            None => self.enter_line(&id, now),
        }
        Ok(reply)
    }

    /// An agent who has no call calls a customer of an earlier one: without the line, through the same policy, equipment and
    /// states as every call. Nobody but this agent takes it, and it is not tried again by itself.
    pub(crate) fn call_again(
        &mut self,
        agent: &AgentId,
        id: RequestId,
        asked: CallRequest,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let coming = self.admit(&asked, None, now).map_err(Refusal::for_agents)?;
        let mut request = Request::new(id.clone(), asked, now);
        request.origin = Origin::Agent;
        request.route = Route::Agent;
        request.asked.expert = Some(agent.clone());
        (request.asked.slot, request.asked.to) = (None, None);
        // An agent's wish is a call to the number: nobody waits in a window for it.
        request.asked.voice = false;
        request.queued_at = now;
        self.refuse_unless_callable(&request)?;
        request.via = self.carrier_for(&request, now);
        self.refuse_unless_leave(&request, now)?;
        self.seize(agent)?;
        self.count_in(&id, coming, now);
        let reply = Reply::Request(Box::new(request.clone()));
        self.open_lines.insert(request.asked.phone.line(), id.clone());
        self.requests.insert(id.clone(), request);
        self.assign(&id, agent, now);
        Ok(reply)
    }

    /// The agent takes a request out of turn, from a break as well, to which they return after it.
    pub(crate) fn seize(&mut self, agent: &AgentId) -> Result<(), Refusal> {
        let free = |agent: &&crate::Agent| agent.request.is_none() && agent.state != AgentState::Offline;
        if !self.agents.get(agent).is_some_and(|agent| free(&agent)) {
            return Err(Refusal::InCall);
        }
        self.with_agent(agent, |agent| {
            if agent.state == AgentState::Away {
                (agent.next, agent.next_pause) = (AgentState::Away, agent.pause.clone());
            }
        });
        Ok(())
    }

    fn for_page(&self, request: &mut Request, now: Millis) -> Result<(), Refusal> {
        self.direct(request)?;
        // A number that is rung past the distribution has no desk.
        request.asked.voice &= self.config.business.voice && !matches!(request.route, Route::Number(_));
        self.refuse_unless_fit(&request.asked, now)
    }

    /// Whom the page asks for directly.
    fn direct(&self, request: &mut Request) -> Result<(), Refusal> {
        match &request.asked.to {
            None => {}
            Some(Direct::Agent(agent)) => {
                if self.config.agent(agent).is_none() {
                    return Err(Refusal::UnknownExpert);
                }
                request.asked.expert = Some(agent.clone());
                request.route = Route::Agent;
            }
            Some(Direct::Centre(centre)) => {
                let centres = &self.config.business.centres;
                let found = centres.iter().find(|known| known.id == *centre);
                let phone = found.ok_or(Refusal::UnknownCentre)?.phone.clone();
                request.route = Route::Number(phone);
            }
        }
        Ok(())
    }

    fn refuse_unless_fit(&self, asked: &CallRequest, now: Millis) -> Result<(), Refusal> {
        if !asked.consent && !mutant!(ConsentIgnored) {
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
        Ok(())
    }

    fn refuse_unless_callable(&self, request: &Request) -> Result<(), Refusal> {
        if !self.has_carrier(request) {
            return Err(Refusal::NoEquipment);
        }
        if self.open_lines.contains_key(&request.asked.phone.line()) && !mutant!(NumberTwice) {
            return Err(Refusal::AlreadyAsked);
        }
        if self.open_lines.len() >= MAX_OPEN_REQUESTS {
            return Err(Refusal::Full);
        }
        Ok(())
    }

    /// That a number waits for a call is told to whoever asked for it from the same network, or is vouched for: else anybody could watch
    /// who asks a clinic to call.
    fn as_known(&self, why: Refusal, request: &Request, coming: &Coming) -> Refusal {
        let stranger = request.origin == Origin::Page && request.customer.is_none();
        match why {
            Refusal::AlreadyAsked if stranger && !self.book.asked_from(coming) => Refusal::OpenElsewhere,
            why => why,
        }
    }

    /// The request waits from now on; its place is the instant it was accepted or promised for, also when it comes back.
    pub(crate) fn enter_line(&mut self, id: &RequestId, now: Millis) {
        if self
            .requests
            .get(id)
            .is_some_and(|request| matches!(request.route, Route::Number(_)))
        {
            self.with_request(id, |request| {
                request.next_attempt_at = None;
                request.joined_at = now;
            });
            return self.dial_customer(id, now);
        }
        let timing = self.config.business.timing;
        let (mut expert, mut promised) = (false, None);
        self.with_request(id, |request| {
            expert = request.asked.expert.is_some();
            promised = request.asked.slot.filter(|_| !request.pressing);
        });
        if expert {
            let patience = i64::from(timing.expert_patience_s);
            self.set_timer(TimerKey::Expert(id.clone()), now.plus_s(patience));
        }
        self.with_request(id, |request| {
            request.state = RequestState::Queued;
            request.next_attempt_at = None;
            request.joined_at = now;
            request.opened = 0;
            if mutant!(PlaceLost) {
                request.queued_at = now;
            }
        });
        self.set_timer(
            TimerKey::Expire(id.clone()),
            now.plus_s(i64::from(timing.expire_s)),
        );
        self.await_opening(id, now);
        if let Some(slot) = promised {
            self.await_pressing(id, slot, now);
        }
    }

    /// A promised call yields to those who wait now until its promise, kept at the latest at the end of its slot, comes near:
    /// the slack is what ten departures take, so that chance does not break it (Armony and Maglaras, Operations
    /// Research 52(4), 2004, by age instead of by count).
    fn await_pressing(&mut self, id: &RequestId, slot: Millis, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let agents = self
            .agents
            .values()
            .filter(|agent| agent.on_duty() && self.can_help(request, &agent.id));
        let agents = i32::try_from(agents.count()).unwrap_or(i32::MAX).max(1);
        let slot_ms = SLOT_S * 1000;
        let slack = self.learned.mean(self.skill_of(request)).map_or(slot_ms, |mean| {
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            let slack = (10.0 * mean / f64::from(agents)) as i64;
            slack.min(slot_ms)
        });
        let due = slot.plus_ms(slot_ms - slack);
        if due <= now {
            self.with_request(id, |request| request.pressing = true);
        } else {
            self.set_timer(TimerKey::Press(id.clone()), due);
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
        if mutant!(CancelForgotten) {
            return Ok(reply);
        }
        self.gave_up(id, true, now);
        self.ended_by(id, EndedBy::Customer);
        self.end(id, reason, now);
        Ok(reply)
    }
}
