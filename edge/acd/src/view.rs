//! What people see of the engine's state.

use crate::engine::Acd;
use crate::offer::{Door, offer};
use crate::slot::Board;
use crate::talk::is_offered;
use crate::timetable::Whom;
use crate::{Agent, Consent, Request};
use shared::call::RequestState;
use shared::presence::{Availability, CentreView, ExpertView, Offer, SiteView, SkillView, WaitRange};
use shared::request::RequestView;
use shared::{AgentId, Language, Millis, SkillId};

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn availability(free: u32, on_duty: u32) -> Availability {
    match (free, on_duty) {
        (1.., _) => Availability::Free,
        (0, 1..) => Availability::Busy,
        (0, 0) => Availability::Away,
    }
}

impl Acd {
    /// The business as shoppers see it.
    pub fn site_view(&self, now: Millis) -> SiteView {
        let business = &self.config.business;
        let booked = self.bookings();
        let mut board = self.board(&booked, now);
        SiteView {
            site: self.config.site.clone(),
            name: business.shown_name().to_owned(),
            tel: business.tel.as_str().into(),
            at: now,
            anyone: self.skill_view(None, "Anyone", &mut board),
            skills: self.skill_views(&mut board),
            experts: business
                .agents
                .iter()
                .map(|agent| self.expert_view(agent, &mut board))
                .collect(),
            centres: self.centre_views(now),
            consent: self.consent(None).text,
            voice: business.voice && self.agents.values().any(|agent| agent.voice && agent.on_duty()),
        }
    }

    /// What a customer agrees to who wishes for a language.
    pub fn consent(&self, wished: Option<&Language>) -> Consent {
        Consent::shown(self.config.business.shown_name(), wished)
    }

    fn centre_views(&self, now: Millis) -> Vec<CentreView> {
        let anyone = Whom {
            skill: None,
            expert: None,
        };
        let mut times = self.config.hours.times(anyone);
        let open = times.open_at(now);
        let opens_at = if open { None } else { times.opens_next(now) };
        let centres = self.config.business.centres.iter();
        centres
            .map(|centre| CentreView {
                id: centre.id.clone(),
                name: centre.name.clone(),
                availability: if open {
                    Availability::Free
                } else {
                    Availability::Away
                },
                offer: if open { Offer::Now } else { Offer::Closed },
                opens_at,
            })
            .collect()
    }

    pub(crate) fn skill_views(&self, board: &mut Board<'_>) -> Vec<SkillView> {
        self.config
            .business
            .skills
            .iter()
            .map(|skill| self.skill_view(Some(&skill.id), &skill.name, board))
            .collect()
    }

    fn skill_view(&self, skill: Option<&SkillId>, name: &str, board: &mut Board<'_>) -> SkillView {
        let whom = Whom { skill, expert: None };
        let mut times = self.config.hours.times(whom);
        let open = times.open_at(board.now);
        let door = if open {
            Door::Open
        } else {
            Door::Shut {
                opens_at: times.opens_next(board.now),
            }
        };
        let there = |n: u32| if open { n } else { 0 };
        let on_duty = there(self.on_duty(skill));
        let free = there(count(
            self.skilled(skill)
                .filter(|agent| agent.is_free() && self.at_once(skill, &agent.id))
                .count(),
        ));
        let waiting = count(self.in_line(skill));
        let availability = availability(free, on_duty);
        let offered = offer(door, free, on_duty, || board.any(whom, &mut times));
        SkillView {
            id: skill.map_or("", SkillId::as_str).into(),
            name: name.into(),
            availability,
            offer: offered.offer,
            opens_at: offered.opens_at,
            free,
            waiting,
            wait: match availability {
                Availability::Free => Some(WaitRange { low_s: 0, high_s: 0 }),
                Availability::Busy => self.wait_now(skill.and_then(|id| self.config.skill_ix(id))),
                Availability::Away => None,
            },
        }
    }

    /// The wait of somebody who wants this agent and nobody else.
    fn wait_for(&self, id: &AgentId) -> Option<WaitRange> {
        let ix = usize::try_from(self.config.agent_ix(id)?).ok()?;
        self.published(*self.outlook.agents.get(ix)?)
    }

    /// Somebody at work outside of their schedule is there; somebody who is not is expected when it begins.
    fn expert_view(&self, facts: &shared::business::Agent, board: &mut Board<'_>) -> ExpertView {
        let whom = Whom {
            skill: None,
            expert: Some(&facts.id),
        };
        let mut times = self.config.hours.times(whom);
        let agent = self.agents.get(&facts.id).filter(|agent| agent.on_duty());
        let open = times.open_at(board.now) && (agent.is_some() || times.manned_at(board.now));
        let door = if open {
            Door::Open
        } else {
            Door::Shut {
                opens_at: times.manned_next(board.now),
            }
        };
        let agent = agent.filter(|_| open);
        let on_duty = u32::from(agent.is_some());
        let free = u32::from(agent.is_some_and(Agent::is_free));
        let offered = offer(door, free, on_duty, || board.any(whom, &mut times));
        ExpertView {
            id: facts.id.clone(),
            name: facts.name.clone(),
            skills: facts.skills.ids(),
            availability: availability(free, on_duty),
            wait: self.wait_for(&facts.id).filter(|_| on_duty > 0),
            offer: offered.offer,
            opens_at: offered.opens_at,
        }
    }

    fn skilled(&self, skill: Option<&SkillId>) -> impl Iterator<Item = &Agent> {
        self.agents.values().filter(move |agent| {
            let facts = self.config.agent(&agent.id);
            facts.is_some_and(|facts| skill.is_none_or(|skill| facts.skills.level(skill).is_some()))
        })
    }

    /// True when this agent may take a request of the skill that has not waited yet.
    fn at_once(&self, skill: Option<&SkillId>, agent: &AgentId) -> bool {
        let Some(skill) = skill else { return true };
        let level = self
            .config
            .agent(agent)
            .and_then(|facts| facts.skills.level(skill));
        let mut waits = self.config.business.routing.relax_s.iter();
        // Level 2 waits for the first of them, level 3 for the second, and those beyond for the last.
        match level {
            None => false,
            Some(0 | 1) => true,
            Some(level) => {
                let nth = usize::from(level - 2).min(waits.len().saturating_sub(1));
                waits.nth(nth).is_none_or(|after_s| *after_s == 0)
            }
        }
    }

    fn on_duty(&self, skill: Option<&SkillId>) -> u32 {
        count(self.skilled(skill).filter(|agent| agent.on_duty()).count())
    }

    /// Requests that wait for this skill (for any, with `None`).
    fn in_line(&self, skill: Option<&SkillId>) -> usize {
        let ix = skill.and_then(|id| self.config.skill_ix(id));
        let placed = self.placed.values();
        placed
            .filter(|placed| skill.is_none() || placed.skill() == ix)
            .count()
    }

    /// A request as its customer sees it. Works for requests that have left the engine too.
    pub fn request_view(&self, request: &Request, now: Millis) -> RequestView {
        let skill = request.asked.skill.as_ref();
        let queued = request.state == RequestState::Queued;
        let ticket = self
            .placed
            .get(&request.id)
            .filter(|_| queued)
            .map(|placed| placed.ticket);
        let position = ticket.map(|ticket| self.standing.of(ticket).0 + 1);
        let announced = request.announced.filter(|_| queued);
        let agent = request.agent.as_ref().and_then(|id| self.config.agent(id));
        RequestView {
            id: request.id.clone(),
            version: request.version,
            state: request.state,
            reason: request.reason,
            legs: request.legs,
            phone: request.asked.phone.masked(),
            skill: request.asked.skill.clone(),
            expert: request.asked.expert.clone(),
            skill_name: skill.and_then(|id| self.config.skill_name(id)).map(Into::into),
            agent_name: agent.map(|agent| agent.name.clone()),
            position,
            wait: announced.map(|told| told.left(now).range()),
            wait_change: announced.and_then(|told| told.change),
            attempt: request.attempts(),
            attempts: self.config.business.retry.attempts,
            next_attempt_at: request.next_attempt_at,
            missed: request.missed,
            slot: request.asked.slot,
            created_at: request.created_at,
            connected_at: request.connected_at,
            ended_at: request.ended_at,
            ended_by: request.ended_by,
            chat: is_offered(self.config.business.chat, request),
            voice: request.is_by_voice(),
            switched: request.switched,
        }
    }
}
