//! What supervisors see and do: the floor, and requests in line that go to somebody else or to themselves.

use crate::TimerKey;
use crate::engine::Acd;
use crate::refusal::Refusal;
use crate::request::{Request, Route};
use crate::step::Reply;
use crate::view::count;
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::floor::{Floor, InLine, Queue};
use shared::handover::{Handing, Target};
use shared::limit::MAX_FLOOR;
use shared::presence::SkillView;
use shared::{AgentId, Millis, RequestId, SkillId};

/// Waits of a while: what was announced and what came true, by skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastWaits {
    /// The skill.
    pub skill: SkillId,
    /// The mean wait announced, in seconds.
    pub predicted_s: i64,
    /// The mean wait.
    pub actual_s: i64,
}

/// True while a supervisor may move it: nobody has it, and it is one for the distribution.
fn is_movable(request: &Request) -> bool {
    let waits = matches!(
        request.state,
        RequestState::Queued | RequestState::Scheduled | RequestState::CustomerOnHold
    );
    waits && request.agent.is_none() && !matches!(request.route, Route::Number(_))
}

impl Acd {
    /// True when this agent sees the floor.
    pub fn is_supervisor(&self, agent: &AgentId) -> bool {
        self.config.supervises(agent)
    }

    /// True while this agent is not signed in.
    pub fn is_off(&self, agent: &AgentId) -> bool {
        let state = self.agents.get(agent).map(|agent| agent.state);
        state == Some(AgentState::Offline)
    }

    fn refuse_unless_movable(&self, by: &AgentId, id: &RequestId) -> Result<RequestState, Refusal> {
        if !self.is_supervisor(by) {
            return Err(Refusal::NotSupervisor);
        }
        let request = self.requests.get(id).filter(|request| is_movable(request));
        request.map(|request| request.state).ok_or(Refusal::NotWaiting)
    }

    /// A request in line goes to a skill or an agent; its place stays.
    pub(crate) fn reassign(
        &mut self,
        by: &AgentId,
        id: &RequestId,
        to: &Target,
        now: Millis,
    ) -> Result<Reply, Refusal> {
        let state = self.refuse_unless_movable(by, id)?;
        // Whoever is to be called later may be called by somebody who is not there yet.
        match to {
            _ if state != RequestState::Scheduled => self.refuse_unless_taken(id, to, None)?,
            Target::Agent(agent) if self.config.agent(agent).is_none() => {
                return Err(Refusal::NoSuchColleague);
            }
            Target::Skill(skill) if self.config.skill(skill).is_none() => return Err(Refusal::NoSuchSkill),
            _ => {}
        }
        self.refuse_unless_few(id)?;
        self.record(None, id, Handing::Reassigned, Some(to.clone()), None, "", now);
        self.clear_timer(TimerKey::Expert(id.clone()));
        self.turn_to(id, to);
        self.await_colleague(id, now);
        Ok(Reply::Done)
    }

    /// A request in line goes to the supervisor, at once.
    pub(crate) fn take(&mut self, by: &AgentId, id: &RequestId, now: Millis) -> Result<Reply, Refusal> {
        let state = self.refuse_unless_movable(by, id)?;
        if self
            .requests
            .get(id)
            .is_some_and(|request| self.is_apart(request, by))
        {
            return Err(Refusal::ColleagueApart);
        }
        self.seize(by)?;
        let to = Some(Target::Agent(by.clone()));
        self.record(None, id, Handing::Reassigned, to, None, "", now);
        if state == RequestState::Scheduled {
            self.clear_timers(id);
            self.with_request(id, |request| {
                request.state = RequestState::Queued;
                (request.next_attempt_at, request.joined_at) = (None, now);
            });
        }
        self.with_request(id, |request| request.passed_over.retain(|other| other != by));
        self.assign(id, by, now);
        Ok(Reply::Done)
    }

    /// The floor as it stands.
    pub(crate) fn floor(&self, lines: &[SkillView], waits: &[PastWaits]) -> Floor {
        let mut waiting: Vec<&Request> = self
            .requests
            .values()
            .filter(|request| is_movable(request))
            .collect();
        waiting.sort_by_key(|request| (request.state == RequestState::Scheduled, request.queued_at));
        let more = waiting.len().saturating_sub(MAX_FLOOR);
        let queue = |skill: &shared::business::Skill| {
            let line = lines.iter().find(|line| line.id == skill.id.as_str());
            let of_skill = |request: &&&Request| {
                request.asked.skill.as_ref() == Some(&skill.id) && request.state != RequestState::Scheduled
            };
            let past = waits.iter().find(|waits| waits.skill == skill.id);
            Queue {
                skill: skill.id.clone(),
                name: skill.name.clone(),
                waiting: line.map_or(0, |line| line.waiting),
                oldest: waiting.iter().find(of_skill).map(|request| request.queued_at),
                wait: line.and_then(|line| line.wait),
                predicted_s: past.map(|past| past.predicted_s),
                actual_s: past.map(|past| past.actual_s),
            }
        };
        Floor {
            queues: self.config.business.skills.iter().map(queue).collect(),
            requests: waiting
                .iter()
                .take(MAX_FLOOR)
                .map(|request| self.in_line_view(request))
                .collect(),
            more: count(more),
        }
    }

    fn in_line_view(&self, request: &Request) -> InLine {
        let asked = &request.asked;
        let scheduled = request.state == RequestState::Scheduled;
        let queued = request.state == RequestState::Queued;
        let skill = asked.skill.as_ref().and_then(|id| self.config.skill_name(id));
        let expert = asked.expert.as_ref().and_then(|id| self.config.agent(id));
        InLine {
            id: request.id.clone(),
            state: request.state,
            skill_name: skill.map(Into::into),
            phone: asked.phone.masked(),
            queued_at: request.queued_at,
            due: request.next_attempt_at.or(asked.slot).filter(|_| scheduled),
            told_until: request.announced.filter(|_| queued).map(|told| told.ends()),
            expert_name: expert.map(|agent| agent.name.clone()),
            handed: count(request.handed.len()),
        }
    }
}
