//! A request goes from one agent to another: handed on, given back, refused. Its place in line and its attempts stay as they are,
//! and a customer who is on the line stays there.

use crate::TimerKey;
use crate::engine::Acd;
use crate::journal::Deed;
use crate::refusal::Refusal;
use crate::request::{Hearing, Request, Route};
use crate::step::{Effect, Reply};
use shared::call::{EndReason, EndedBy, LegState, Origin, RequestState};
use shared::desk::AgentState;
use shared::handover::{Decline, Handing, Handover, RefusalReason, Target, Transfer};
use shared::limit::MAX_HANDOVERS;
use shared::{AgentId, BreakId, Millis, RequestId};

impl Acd {
    /// The agent does not take it: away, unless it only was not theirs.
    pub(crate) fn decline(
        &mut self,
        agent: &AgentId,
        id: &RequestId,
        wish: &Decline,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        match self.own(agent, id)? {
            RequestState::Ended => return Err(Refusal::IsOver),
            RequestState::Connected => return Err(Refusal::Talking),
            _ => {}
        }
        if wish.reason != RefusalReason::NotMine {
            let pause = BreakId::parse(wish.reason.as_str()).ok();
            self.with_agent(agent, |agent| {
                (agent.next, agent.next_pause) = (AgentState::Away, pause);
            });
        }
        self.record(
            Some(agent),
            id,
            Handing::Refused,
            None,
            Some(wish.reason),
            &wish.text,
            now,
        );
        self.drop_or_give_back(agent, id, now);
        Ok(Reply::Done)
    }

    /// The agent gives it back: to the line, or while the customer is on the line to whoever takes it next.
    pub(crate) fn requeue(&mut self, agent: &AgentId, id: &RequestId, now: Millis) -> Result<Reply, Refusal> {
        if self.own(agent, id)? == RequestState::Ended {
            return Err(Refusal::IsOver);
        }
        if self.would_strand(id, agent) {
            return Err(Refusal::NobodySkilled);
        }
        self.refuse_unless_few(id)?;
        self.record(Some(agent), id, Handing::Returned, None, None, "", now);
        self.drop_or_give_back(agent, id, now);
        Ok(Reply::Done)
    }

    /// The agent hands it on to a skill or a colleague.
    pub(crate) fn transfer(
        &mut self,
        agent: &AgentId,
        id: &RequestId,
        wish: &Transfer,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        if self.own(agent, id)? == RequestState::Ended {
            return Err(Refusal::IsOver);
        }
        self.refuse_unless_taken(id, &wish.to, Some(agent))?;
        self.refuse_unless_few(id)?;
        let to = Some(wish.to.clone());
        self.record(Some(agent), id, Handing::Transferred, to, None, &wish.note, now);
        self.turn_to(id, &wish.to);
        self.give_back(agent, id, now);
        Ok(Reply::Done)
    }

    /// Somebody other than `by` must be at work who could take this request: nobody is put on hold for nobody.
    pub(crate) fn refuse_unless_taken(
        &self,
        id: &RequestId,
        to: &Target,
        by: Option<&AgentId>,
    ) -> Result<(), Refusal> {
        let request = self.requests.get(id);
        let apart = |agent: &AgentId| request.is_some_and(|request| self.is_apart(request, agent));
        let others = || {
            self.agents
                .values()
                .filter(|agent| Some(&agent.id) != by && agent.on_duty())
        };
        match to {
            Target::Agent(agent) if self.config.agent(agent).is_none() => Err(Refusal::NoSuchColleague),
            Target::Agent(agent) => match others().any(|other| other.id == *agent) {
                true if apart(agent) => Err(Refusal::ColleagueApart),
                true => Ok(()),
                false => Err(Refusal::ColleagueAway),
            },
            Target::Skill(skill) if self.config.skill_name(skill).is_none() => Err(Refusal::NoSuchSkill),
            Target::Skill(skill) => {
                let skilled = |id: &AgentId| {
                    let facts = self.config.agent(id);
                    facts.is_some_and(|facts| facts.skills.level(skill).is_some())
                };
                match others().any(|agent| skilled(&agent.id) && !apart(&agent.id)) {
                    true => Ok(()),
                    false => Err(Refusal::NobodySkilled),
                }
            }
        }
    }

    pub(crate) fn refuse_unless_few(&self, id: &RequestId) -> Result<(), Refusal> {
        match self.requests.get(id) {
            Some(request) if request.handed.len() >= MAX_HANDOVERS => Err(Refusal::HandedOnTooOften),
            _ => Ok(()),
        }
    }

    /// Writes down that a request left an agent; without one, that it was moved.
    #[expect(clippy::too_many_arguments, reason = "each is a field of the record")]
    pub(crate) fn record(
        &mut self,
        agent: Option<&AgentId>,
        id: &RequestId,
        how: Handing,
        to: Option<Target>,
        reason: Option<RefusalReason>,
        text: &str,
        now: Millis,
    ) {
        if let Some(agent) = agent {
            self.note_handing(agent, id, how, reason, text, now);
        }
        let text = text.trim().to_owned();
        self.with_request(id, |request| {
            let talked_s = request.connected_at.map_or(0, |since| now.seconds_since(since));
            request.handed.push(Handover {
                at: now,
                from: agent.cloned(),
                how,
                to,
                reason,
                text,
                talked_s,
                skill: request.asked.skill.clone(),
            });
            // Refusals are never refused, so the oldest of too many is forgotten.
            let surplus = request.handed.len().saturating_sub(MAX_HANDOVERS + 1);
            request.handed.drain(..surplus);
        });
    }

    /// From now on it is for this skill or agent.
    pub(crate) fn turn_to(&mut self, id: &RequestId, to: &Target) {
        self.with_request(id, |request| {
            request.route = Route::Distributed;
            request.passed_over.clear();
            match to {
                Target::Skill(skill) => {
                    (request.asked.skill, request.asked.expert) = (Some(skill.clone()), None);
                }
                Target::Agent(agent) => request.asked.expert = Some(agent.clone()),
            }
        });
    }

    /// True when the customer is on the line, and nobody else at work could take the call.
    fn would_strand(&self, id: &RequestId, by: &AgentId) -> bool {
        self.requests.get(id).is_some_and(|request| {
            let mut others = self
                .agents
                .values()
                .filter(|agent| agent.id != *by && agent.on_duty());
            request.hearing != Hearing::Nothing && !others.any(|agent| self.can_help(request, &agent.id))
        })
    }

    /// A call that only this agent wanted is over when they don't want it any more; any other one goes on.
    fn drop_or_give_back(&mut self, agent: &AgentId, id: &RequestId, now: Millis) {
        let alone = self.requests.get(id).is_some_and(|request| {
            request.origin == Origin::Agent && request.state != RequestState::Connected
        });
        if !alone {
            return self.give_back(agent, id, now);
        }
        self.ended_by(id, EndedBy::Agent);
        self.end(id, EndReason::CancelledByBusiness, now);
    }

    /// The request leaves the agent, who is not asked for it again; the agent is free.
    fn give_back(&mut self, agent: &AgentId, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let (state, connected_at) = (request.state, request.connected_at);
        self.with_request(id, |request| {
            request.agent = None;
            request.passed_over.push(agent.clone());
            // Whoever asked for this agent alone gets somebody rather than nobody.
            if request.route == Route::Agent {
                request.route = Route::Distributed;
            }
            if request.asked.expert.as_ref() == Some(agent) {
                request.asked.expert = None;
            }
        });
        match state {
            RequestState::Connected => self.back_to_hold(id, now),
            RequestState::RingingAgent => self.stop_ringing(id),
            RequestState::Reserving | RequestState::DialingCustomer if self.is_early(id, agent) => {
                self.withdraw(id, now);
            }
            _ => {}
        }
        self.await_colleague(id, now);
        if let Some(since) = connected_at {
            self.note_deed(agent, Deed::Talked, id, since, now);
        }
        self.release(agent, id, now);
    }

    /// The customer leaves the agent's leg, which ends, and holds again.
    fn back_to_hold(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        let legs = request.customer_leg().zip(request.agent_leg());
        let words = self.announcement(request);
        self.clear_timers(id);
        self.await_hold(id, now);
        self.with_request(id, |request| {
            request.state = RequestState::CustomerOnHold;
            (request.legs.customer, request.legs.agent) = (LegState::Answered, LegState::Idle);
            request.hearing = Hearing::Announcement;
            request.connected_at = None;
        });
        if let Some((leg, agent)) = legs {
            self.effect(id, Effect::Hold { leg, agent, words });
        }
    }

    /// The agent's phone stops ringing; the customer holds on.
    fn stop_ringing(&mut self, id: &RequestId) {
        if let Some(leg) = self.requests.get(id).and_then(Request::agent_leg) {
            self.effect(id, Effect::HangUp { leg });
        }
        self.clear_timer(TimerKey::Ring(id.clone()));
        self.with_request(id, |request| {
            request.state = RequestState::CustomerOnHold;
            request.legs.agent = LegState::Idle;
        });
    }

    /// True while the customer has not answered, and nobody else could take the call at once.
    fn is_early(&self, id: &RequestId, by: &AgentId) -> bool {
        let takes = |request: &Request| {
            let mut agents = self.agents.values();
            agents.any(|agent| {
                agent.is_free()
                    && agent.id != *by
                    && !request.passed_over.contains(&agent.id)
                    && self.can_help(request, &agent.id)
            })
        };
        let request = self.requests.get(id);
        request.is_some_and(|request| request.hearing == Hearing::Nothing && !takes(request))
    }

    /// The customer's phone stops ringing, and the request is in line again where it was. The leg counts as no attempt.
    pub(crate) fn withdraw(&mut self, id: &RequestId, now: Millis) {
        self.hang_up_legs(id);
        self.clear_timers(id);
        self.unclaim(id);
        self.with_request(id, |request| {
            request.rerouted += 1;
            request.legs.customer = LegState::Idle;
        });
        self.enter_line(id, now);
    }

    /// A colleague who was chosen is waited for, also while the customer holds.
    pub(crate) fn await_colleague(&mut self, id: &RequestId, now: Millis) {
        let waits = self.requests.get(id).is_some_and(|request| {
            let handed = request.handed.last().and_then(|last| last.to.as_ref());
            request.state != RequestState::Scheduled && matches!(handed, Some(Target::Agent(_)))
        });
        if waits {
            let patience = i64::from(self.config.business.timing.expert_patience_s);
            self.set_timer(TimerKey::Expert(id.clone()), now.plus_s(patience));
        }
    }
}
