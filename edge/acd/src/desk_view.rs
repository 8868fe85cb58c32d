//! What agents see: their desk, the call on it, who else is there.

use crate::engine::Acd;
use crate::supervise::PastWaits;
use crate::talk::is_offered;
use crate::view::count;
use crate::{Agent, Request};
use shared::call::RequestState;
use shared::customer::Customer;
use shared::desk::{AgentView, DeskView, HandedOn, PastCall, ScreenPop};
use shared::handover::Handover;
use shared::presence::SkillView;
use shared::work::Today;
use shared::{Address, AgentId, Millis, RequestId};
use std::collections::BTreeMap;

/// What the store knows and the engine has forgotten.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// The agent's latest finished calls, newest first.
    pub recent: Vec<Request>,
    /// Finished calls with the number of the call on the desk, newest first.
    pub history: Vec<Request>,
    /// How many messages were written in those, where there are any.
    pub messages: BTreeMap<RequestId, u32>,
    /// The agent's figures of the day.
    pub today: Today,
    /// For supervisors: the last hour's waits.
    pub waits: Vec<PastWaits>,
}

/// The business's own word says whose number it is.
fn is_signed(request: &Request) -> bool {
    let customer = request.customer.as_ref();
    customer.is_some_and(|customer| customer.phone.is_some())
}

impl Acd {
    /// The call on an agent's desk, and its customer's number: what to look up earlier calls by. Whoever is called in a browser may have
    /// given anybody's number: earlier calls with it are theirs when the business signed it, or its phone was answered after all.
    pub fn on_desk(&self, agent: &AgentId) -> Option<(&RequestId, &Address)> {
        let request = self.requests.get(self.agents.get(agent)?.request.as_ref()?)?;
        let by_phone = !request.asked.voice || !request.is_by_voice() && request.answered_at.is_some();
        let known = by_phone || is_signed(request);
        known.then_some((&request.id, &request.asked.phone))
    }

    /// Each skill's line. The same on every desk, and not cheap: work it out once for all of them.
    pub fn lines(&self, now: Millis) -> Vec<SkillView> {
        self.skill_views(&mut self.board(&self.bookings(), now))
    }

    /// One agent's desk; `lines` are [`Self::lines`], `kept` comes from the store. `None` for somebody who is not an agent
    /// here.
    pub fn desk_view(
        &self,
        id: &AgentId,
        lines: Vec<SkillView>,
        kept: &Kept,
        now: Millis,
    ) -> Option<DeskView> {
        let facts = self.config.agent(id)?;
        let agent = self.agents.get(id)?;
        let floor = self.is_supervisor(id).then(|| self.floor(&lines, &kept.waits));
        Some(DeskView {
            at: now,
            business: self.config.business.name.clone(),
            me: self.agent_view(agent)?,
            phone: facts.phone.masked(),
            call: agent
                .request
                .as_ref()
                .and_then(|id| self.requests.get(id))
                .map(|request| self.screen_pop(request, kept)),
            lines,
            colleagues: self
                .agents
                .values()
                .filter(|other| other.id != *id)
                .filter_map(|other| self.agent_view(other))
                .collect(),
            scheduled: count(
                self.requests
                    .values()
                    .filter(|r| r.state == RequestState::Scheduled)
                    .count(),
            ),
            recent: kept
                .recent
                .iter()
                .filter_map(|request| self.past_call(request, &kept.messages))
                .collect(),
            breaks: self.config.business.breaks.clone(),
            dispositions: self.config.business.dispositions.clone(),
            today: kept.today,
            floor,
            voice: self.config.business.voice,
        })
    }

    fn agent_view(&self, agent: &Agent) -> Option<AgentView> {
        let facts = self.config.agent(&agent.id)?;
        Some(AgentView {
            id: agent.id.clone(),
            name: facts.name.clone(),
            state: agent.state,
            since: agent.kept_away_since().unwrap_or(agent.since),
            skills: facts.skills.ids(),
            next: agent.request.is_some().then_some(agent.next),
            pause: agent.pause.as_ref().and_then(|id| self.config.any_pause(id)),
            next_pause: agent.next_pause.clone(),
            line: agent.phone(),
            voice: agent.voice,
        })
    }

    fn screen_pop(&self, request: &Request, kept: &Kept) -> ScreenPop {
        let asked = &request.asked;
        ScreenPop {
            id: request.id.clone(),
            state: request.state,
            reason: request.reason,
            legs: request.legs,
            phone: asked.phone.masked(),
            skill_name: asked
                .skill
                .as_ref()
                .and_then(|id| self.config.skill_name(id))
                .map(Into::into),
            // The number is masked, whoever vouches for it.
            customer: request.customer.clone().map(|customer| Customer {
                phone: None,
                ..customer
            }),
            phone_signed: is_signed(request),
            note: asked.note.clone(),
            page: asked.page.clone(),
            trail: asked.trail.clone(),
            zone: asked.zone.clone(),
            language: asked.language.clone(),
            created_at: request.created_at,
            slot: asked.slot,
            connected_at: request.connected_at,
            ended_at: request.ended_at,
            ended_by: request.ended_by,
            handed: request
                .handed
                .iter()
                .map(|handed| self.handed_on(handed))
                .collect(),
            chat: is_offered(self.config.business.chat, request),
            voice: request.is_by_voice(),
            switched: request.switched,
            history: kept
                .history
                .iter()
                .filter_map(|past| self.past_call(past, &kept.messages))
                .collect(),
        }
    }

    fn handed_on(&self, handed: &Handover) -> HandedOn {
        let from = handed.from.as_ref().and_then(|id| self.config.agent(id));
        HandedOn {
            at: handed.at,
            from: from.map(|agent| agent.name.clone()),
            how: handed.how,
            reason: handed.reason,
            text: handed.text.clone(),
            talked_s: handed.talked_s,
        }
    }

    fn past_call(&self, request: &Request, messages: &BTreeMap<RequestId, u32>) -> Option<PastCall> {
        Some(PastCall {
            id: request.id.clone(),
            reason: request.reason?,
            phone: request.asked.phone.masked(),
            skill_name: request
                .asked
                .skill
                .as_ref()
                .and_then(|id| self.config.skill_name(id))
                .map(Into::into),
            agent_name: request
                .agent
                .as_ref()
                .and_then(|id| self.config.agent(id))
                .map(|agent| agent.name.clone()),
            ended_at: request.ended_at?,
            ended_by: request.ended_by,
            talked_s: request.talked_s(),
            disposition: request.disposition.clone(),
            messages: messages.get(&request.id).copied().unwrap_or_default(),
        })
    }

    /// The customer's number, for the agent who has the call and asks to see it.
    pub fn reveal(&self, agent: &AgentId, id: &shared::RequestId) -> Option<&str> {
        let mine = self.agents.get(agent)?.request.as_ref() == Some(id);
        self.requests
            .get(id)
            .filter(|_| mine)
            .map(|request| request.asked.phone.as_str())
    }
}
