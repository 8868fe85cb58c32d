//! Who gets whom: first come, first served, by somebody who may.

use super::Law;
use crate::world::World;
use acd::{Agent, Command, Input, Request, Route, Step, Write};
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::{AgentId, RequestId, SkillId};

/// Spreads ids evenly: FNV-1a, once more.
fn tie(id: &RequestId) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in id.as_str().bytes() {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

impl World {
    /// Who did not take which call.
    pub(crate) fn note_missed(&mut self, cause: &Input, request: &Request) {
        let id = &request.id;
        if let Input::Agent(agent, command) = cause {
            self.check.missed.retain(|(_, other)| other != agent);
            if matches!(command, Command::Transfer(of, _) | Command::Reassign(of, _) if of == id) {
                self.check.missed.retain(|(of, _)| of != id);
            }
        }
        if matches!(request.state, RequestState::Scheduled | RequestState::Ended) {
            self.check.missed.retain(|(of, _)| of != id);
        }
        let was = self.store.requests.get(id);
        let rang = was.filter(|was| was.state == RequestState::RingingAgent && !self.check.edited);
        if let Some(agent) = rang.and_then(|was| was.agent.clone())
            && request.agent.is_none()
            && request.state == RequestState::CustomerOnHold
        {
            self.check.missed.insert((id.clone(), agent));
        }
    }

    /// A request that was written may have found an agent.
    pub(crate) fn check_assigned(&mut self, cause: &Input, request: &Request, step: &Step) {
        self.note_missed(cause, request);
        let was = self.store.requests.get(&request.id);
        let queued = was.is_none_or(|was| was.state == RequestState::Queued)
            && request.state != RequestState::Queued
            && request.state != RequestState::Scheduled;
        let claimant = step.writes.iter().find_map(|write| match write {
            Write::Agent(agent) if agent.ahead.as_ref() == Some(&request.id) => Some(&agent.id),
            _ => None,
        });
        let had = was.and_then(|was| was.agent.as_ref());
        let agent = request.agent.as_ref().filter(|agent| had != Some(*agent));
        let by_hand = matches!(cause, Input::Agent(_, Command::Take(_) | Command::CallAgain(..)));
        let over = request.state == RequestState::Ended;
        let Some(agent) = agent.or(claimant).filter(|_| !by_hand && !over) else {
            return;
        };
        let first = was.is_none_or(|was| was.state == RequestState::Queued);
        if let Some(why) = self.unfit(cause, request, first && !self.dials_ahead(step), agent) {
            let agent = agent.clone();
            return self.break_law(Law::Eligibility, || {
                format!("{} for {}: {why}", agent, request.id)
            });
        }
        if queued {
            self.check.assigned.push((request.id.clone(), agent.clone()));
        }
    }

    /// Why this agent should not have got it.
    fn unfit(&self, cause: &Input, request: &Request, queued: bool, agent: &AgentId) -> Option<&'static str> {
        let business = &self.store.config.business;
        if self.check.edited {
            return None;
        }
        let Some(facts) = business.agents.iter().find(|facts| facts.id == *agent) else {
            return Some("no longer an agent");
        };
        let row = self.store.agents.get(agent);
        let state = row.map_or(AgentState::Offline, |row| row.state);
        let own = matches!(cause, Input::Agent(by, _) if by == agent);
        if matches!(state, AgentState::Offline | AgentState::Away) && !own {
            return Some("not at work");
        }
        let missed = self.check.missed.contains(&(request.id.clone(), agent.clone()));
        if missed || request.passed_over.contains(agent) {
            return Some("did not take it before");
        }
        if request.asked.expert.as_ref() == Some(agent) {
            return None;
        }
        if request.route != Route::Distributed {
            return Some("somebody else was asked for");
        }
        let known = |id: &&SkillId| business.skills.iter().any(|skill| skill.id == **id);
        let skill = request.asked.skill.as_ref().filter(known)?;
        let steps = business.routing.relax_s.len();
        let anyone = business.routing.anyone_s.is_some() && usize::from(request.opened) > steps;
        match facts.skills.level(skill) {
            _ if anyone => None,
            None => Some("without the skill"),
            // Whoever is dialled ahead is open to everybody with the skill at once.
            Some(level) if level > 1 && queued && steps > 0 && request.opened == 0 => Some("too early"),
            Some(_) => None,
        }
    }

    /// True when somebody may have been dialled for an agent who writes up, and found another one in the same step.
    fn dials_ahead(&self, step: &Step) -> bool {
        let writes_up = |agent: &Agent| agent.state == AgentState::WrapUp;
        let written = step
            .writes
            .iter()
            .any(|write| matches!(write, Write::Agent(agent) if writes_up(agent)));
        written || self.store.agents.values().any(writes_up)
    }

    fn rank(&self, request: &Request) -> u8 {
        if request.pressing {
            return 1;
        }
        let skills = &self.store.config.business.skills;
        let skill = request
            .asked
            .skill
            .as_ref()
            .and_then(|id| skills.iter().find(|skill| skill.id == *id));
        2 * skill.map_or(5, |skill| skill.priority) + u8::from(request.asked.slot.is_some())
    }

    /// Whoever got an agent in this step: nobody who waits for the same agent was before them.
    pub(crate) fn check_order_of_line(&mut self, cause: &Input) {
        if self.check.edited || matches!(cause, Input::Agent(_, Command::Take(_))) {
            return self.check.assigned.clear();
        }
        let assigned = std::mem::take(&mut self.check.assigned);
        for (id, agent) in &assigned {
            if let Some(other) = self.overtaken(id, agent) {
                self.break_law(Law::Fairness, || {
                    format!("{agent} got {id}, and {other} was before it")
                });
            }
        }
        self.check.assigned = assigned;
    }

    fn overtaken(&self, id: &RequestId, agent: &AgentId) -> Option<RequestId> {
        let got = self.store.requests.get(id)?;
        let agents = &self.store.config.business.agents;
        let facts = agents.iter().find(|facts| facts.id == *agent)?;
        let key = |request: &Request| (self.rank(request), request.queued_at, tie(&request.id));
        let plain = |request: &&Request| {
            let asked = &request.asked;
            let skilled = asked
                .skill
                .as_ref()
                .is_some_and(|skill| facts.skills.level(skill) == Some(1));
            request.state == RequestState::Queued
                && request.route == Route::Distributed
                && request.passed_over.is_empty()
                && asked.expert.is_none()
                && skilled
        };
        let mine = key(got);
        let mut before = self
            .store
            .requests
            .values()
            .filter(plain)
            .filter(|other| key(other) < mine);
        before.next().map(|other| other.id.clone())
    }

    /// Nobody waits beside an agent who may help: worked out anew, for those who stand in line plainly.
    pub(crate) fn check_nobody_waits(&mut self) {
        let agents = &self.store.config.business.agents;
        let idle: Vec<_> = agents
            .iter()
            .filter(|facts| {
                let row: Option<&Agent> = self.store.agents.get(&facts.id);
                row.is_some_and(|row| row.state == AgentState::Available)
            })
            .collect();
        let waits = self.store.requests.values().find(|request| {
            let asked = &request.asked;
            let plain = request.state == RequestState::Queued
                && request.route == Route::Distributed
                && request.passed_over.is_empty()
                && asked.expert.is_none();
            let skill = asked.skill.as_ref().filter(|_| plain);
            skill.is_some_and(|skill| idle.iter().any(|facts| facts.skills.level(skill) == Some(1)))
        });
        if let Some(id) = waits.map(|request| request.id.clone()) {
            self.break_law(Law::Lost, || format!("{id} waits beside somebody who could help"));
        }
    }
}
