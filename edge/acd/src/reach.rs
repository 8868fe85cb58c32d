//! Customers who were not reached are tried again; the next customer is dialled while an agent is about to be free.

use crate::engine::Acd;
use crate::evidence::Lesson;
use crate::mutant;
use crate::request::Hearing;
use crate::routing::Ticket;
use crate::step::Effect;
use crate::{Request, TimerKey};
use shared::call::{EndReason, LegState, Origin, RequestState};
use shared::desk::AgentState;
use shared::{AgentId, LegId, Millis, RequestId};

impl Acd {
    /// The customer could not be reached: another attempt later, while there are any left and the business is open then. The
    /// agent is free again, and has lost nothing of being idle.
    pub(crate) fn not_reached(&mut self, id: &RequestId, reason: EndReason, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let spacing = self
            .config
            .business
            .retry
            .spacing_after(if mutant!(RetryForEver) {
                1
            } else {
                request.attempts()
            });
        // The business itself said when to call: its own hours don't stand against that.
        let ours = request.origin == Origin::Business;
        // An agent who called decides whether to call again.
        let alone = request.origin == Origin::Agent;
        let next = spacing
            .map(|seconds| now.plus_s(i64::from(seconds)))
            .filter(|at| ours || self.config.open_at(request.asked.skill.as_ref(), *at));
        let (Some(next), true) = (next, is_worth_another(reason) && !alone) else {
            return self.end(id, reason, now);
        };
        self.hang_up_legs(id);
        self.clear_timers(id);
        self.clear_timer(TimerKey::Budget(id.clone()));
        let mut agent = None;
        self.with_request(id, |request| {
            request.state = RequestState::Scheduled;
            request.next_attempt_at = Some(next);
            request.missed = Some(reason);
            request.legs.customer = LegState::Idle;
            request.legs.agent = LegState::Idle;
            request.passed_over.clear();
            request.failed.clear();
            request.hearing = Hearing::Nothing;
            agent = request.agent.take();
        });
        self.set_timer(TimerKey::Slot(id.clone()), next);
        self.unclaim(id);
        if let Some(agent) = agent {
            self.release(&agent, id, now);
        }
    }

    /// Ends every leg that may be alive.
    pub(crate) fn hang_up_legs(&mut self, id: &RequestId) {
        for leg in self.requests.get(id).map(live_legs).unwrap_or_default() {
            self.effect(id, Effect::HangUp { leg });
        }
    }

    /// An agent who was kept for a customer is free again.
    pub(crate) fn release(&mut self, agent: &AgentId, request: &RequestId, now: Millis) {
        self.kept(agent, request, now);
        self.with_agent(agent, |agent| agent.free(agent.next, now));
    }

    /// How long a request kept its agent teaches the forecast.
    pub(crate) fn kept(&mut self, agent: &AgentId, request: &RequestId, now: Millis) {
        let (Some(ix), Some(kept)) = (self.config.agent_ix(agent), self.agents.get(agent)) else {
            return;
        };
        let ms = now.0.saturating_sub(kept.kept_since.0);
        let skill = self
            .requests
            .get(request)
            .and_then(|request| self.skill_of(request));
        self.learned.handled(skill, ix, ms);
        let lessons = [Lesson::Skill(skill), Lesson::Agent(ix)];
        self.touched.lessons.extend(lessons);
    }

    /// Dials the next customer for each agent whose wrap-up is about to run out: never more customers than such agents. True when
    /// there was one.
    pub(crate) fn dial_ahead(&mut self, now: Millis) -> bool {
        let soon = now.plus_s(i64::from(self.config.business.timing.look_ahead_s));
        let due: Vec<AgentId> = self
            .agents
            .values()
            .filter(|agent| {
                agent.state == AgentState::WrapUp
                    && agent.ahead.is_none()
                    && agent.next == AgentState::Available
                    && agent.can_be_rung()
            })
            .filter(|agent| {
                let ends = self.timers.get(&TimerKey::WrapUp(agent.id.clone()));
                ends.is_some_and(|ends| *ends <= soon)
            })
            .map(|agent| agent.id.clone())
            .collect();
        let mut any = false;
        for agent in due {
            let next = self
                .config
                .agent_ix(&agent)
                .and_then(|ix| self.router.first_for(ix));
            let Some(id) = next.and_then(|ticket: Ticket| self.held_by.get(&ticket).cloned()) else {
                continue;
            };
            // Those who are dialled or hold already are not dialled again.
            if self
                .requests
                .get(&id)
                .is_some_and(|request| request.state == RequestState::Queued)
            {
                self.with_agent(&agent, |agent| agent.ahead = Some(id.clone()));
                self.dial_customer(&id, now);
                any = true;
            }
        }
        any
    }

    /// Nobody's next customer any more.
    pub(crate) fn unclaim(&mut self, id: &RequestId) {
        let claims = self
            .agents
            .values()
            .filter(|agent| agent.ahead.as_ref() == Some(id));
        let claims: Vec<AgentId> = claims.map(|agent| agent.id.clone()).collect();
        for agent in claims {
            self.with_agent(&agent, |agent| agent.ahead = None);
        }
    }
}

/// True when the customer may be reached another time.
const fn is_worth_another(reason: EndReason) -> bool {
    matches!(
        reason,
        EndReason::CustomerBusy
            | EndReason::CustomerNoAnswer
            | EndReason::CustomerVoicemail
            | EndReason::CustomerNotConfirmed
            | EndReason::CarrierError
    )
}

/// The legs that a carrier may have.
fn live_legs(request: &Request) -> Vec<LegId> {
    let alive = |state| state > LegState::Idle && state < LegState::Ended;
    let legs = [
        (request.legs.customer, request.customer_leg()),
        (request.legs.agent, request.agent_leg()),
    ];
    let legs = legs.into_iter().filter(|(state, _)| alive(*state));
    legs.filter_map(|(_, leg)| leg).collect()
}
