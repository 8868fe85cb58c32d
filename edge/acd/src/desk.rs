//! What agents say.

use crate::TimerKey;
use crate::engine::Acd;
use crate::journal::Deed;
use crate::refusal::Refusal;
use crate::step::{Command, Reply};
use shared::call::{EndReason, EndedBy, RequestState};
use shared::desk::{AgentState, Disposition};
use shared::{AgentId, BreakId, Millis, RequestId};

impl Acd {
    pub(crate) fn command(&mut self, id: &AgentId, command: Command, now: Millis) -> Result<Reply, Refusal> {
        let known = self.config.agent(id).is_some();
        let Some(agent) = self.agents.get(id).filter(|_| known) else {
            return Err(Refusal::UnknownAgent);
        };
        if agent.state == AgentState::Offline && !matches!(command, Command::SignIn | Command::SignOut) {
            return Err(Refusal::SignedOut);
        }
        let reply = self.obey(id, command, now);
        if reply.is_ok() {
            self.alive(id, now);
        }
        reply
    }

    fn obey(&mut self, id: &AgentId, command: Command, now: Millis) -> Result<Reply, Refusal> {
        let Some(agent) = self.agents.get(id) else {
            return Err(Refusal::UnknownAgent);
        };
        match command {
            Command::SignIn if agent.state != AgentState::Offline => Ok(Reply::Absorbed),
            Command::SignIn => self.go(id, AgentState::Away, None, now),
            Command::SignOut => self.go(id, AgentState::Offline, None, now),
            Command::Presence(state @ (AgentState::Available | AgentState::Away)) => {
                self.go(id, state, None, now)
            }
            Command::Presence(_) => Err(Refusal::NotAChoice),
            Command::Rest(pause) if self.config.pause(&pause).is_none() => Err(Refusal::UnknownBreak),
            Command::Rest(pause) => self.go(id, AgentState::Away, Some(pause), now),
            Command::Voice(ready) => {
                self.with_agent(id, |agent| agent.voice = ready);
                Ok(Reply::Done)
            }
            Command::ByPhone(request) => self.by_phone_for(id, &request, now),
            Command::Transfer(request, wish) => self.transfer(id, &request, &wish, now),
            Command::Requeue(request) => self.requeue(id, &request, now),
            Command::Decline(request, wish) => self.decline(id, &request, &wish, now),
            Command::CallAgain(request, asked) => self.call_again(id, request, *asked, now),
            Command::Reassign(request, to) => self.reassign(id, &request, &to, now),
            Command::Take(request) => self.take(id, &request, now),
            Command::HangUp(request) => self.hang_up(id, &request, now),
            Command::Never(request) => self.told_never(id, &request, now),
            Command::Dispose(request, disposition) => self.dispose(id, &request, disposition, now),
        }
    }

    fn go(
        &mut self,
        id: &AgentId,
        state: AgentState,
        pause: Option<BreakId>,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let Some(agent) = self.agents.get(id) else {
            return Err(Refusal::UnknownAgent);
        };
        if agent.request.is_some() {
            if state == AgentState::Offline {
                return Err(Refusal::InCall);
            }
            self.with_agent(id, |agent| (agent.next, agent.next_pause) = (state, pause));
            return Ok(Reply::Done);
        }
        let fresh = !agent.at_work();
        self.with_agent(id, |agent| {
            agent.go_for(state, pause, now);
            agent.voice &= state != AgentState::Offline;
            if fresh {
                agent.idle_since = now;
            }
        });
        if fresh && state == AgentState::Available {
            self.forgive(id);
        }
        Ok(Reply::Done)
    }

    /// An agent who comes back on purpose may be rung again for customers who still hold, or wait again.
    fn forgive(&mut self, agent: &AgentId) {
        let holding = self
            .requests
            .values()
            .filter(|request| matches!(request.state, RequestState::CustomerOnHold | RequestState::Queued));
        let missed: Vec<RequestId> = holding
            .filter(|request| request.passed_over.contains(agent))
            .map(|request| request.id.clone())
            .collect();
        for id in missed {
            self.with_request(&id, |request| request.passed_over.retain(|other| other != agent));
        }
    }

    /// The request, if this agent has it.
    pub(crate) fn own(&self, agent: &AgentId, id: &RequestId) -> Result<RequestState, Refusal> {
        let mine = self
            .agents
            .get(agent)
            .is_some_and(|agent| agent.request.as_ref() == Some(id));
        self.requests
            .get(id)
            .filter(|_| mine)
            .map(|request| request.state)
            .ok_or(Refusal::NotYourCall)
    }

    fn hang_up(&mut self, agent: &AgentId, id: &RequestId, now: Millis) -> Result<Reply, Refusal> {
        let state = self.own(agent, id)?;
        if state == RequestState::Ended {
            return Ok(Reply::Absorbed);
        }
        self.ended_by(id, EndedBy::Agent);
        match state {
            RequestState::Ended => return Ok(Reply::Absorbed),
            RequestState::Connected => self.end(id, EndReason::Talked, now),
            RequestState::Scheduled
            | RequestState::Queued
            | RequestState::Reserving
            | RequestState::DialingCustomer
            | RequestState::CustomerOnHold
            | RequestState::RingingAgent => self.end(id, EndReason::CancelledByBusiness, now),
        }
        Ok(Reply::Done)
    }

    fn dispose(
        &mut self,
        agent: &AgentId,
        id: &RequestId,
        disposition: Disposition,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        if self.own(agent, id)? != RequestState::Ended {
            return Err(Refusal::NotOver);
        }
        self.config.refuse_disposition(&disposition)?;
        self.with_request(id, |request| request.disposition = Some(disposition));
        self.wrapped_up(agent, now);
        Ok(Reply::Done)
    }

    /// The wrap-up is over: the agent is available again, and how long the call kept it teaches the forecast.
    pub(crate) fn wrapped_up(&mut self, id: &AgentId, now: Millis) {
        self.clear_timer(TimerKey::WrapUp(id.clone()));
        self.clear_timer(TimerKey::Ahead(id.clone()));
        let Some(agent) = self.agents.get(id) else { return };
        let (Some(finished), since) = (agent.request.clone(), agent.since) else {
            return;
        };
        self.note_deed(id, Deed::WroteUp, &finished, since, now);
        self.kept(id, &finished, now);
        self.with_agent(id, |agent| {
            agent.idle_since = now;
            agent.free(agent.next, now);
        });
    }
}
