//! What a request wants of the router, and what agents offer it: the one translation between the engine's words and the
//! router's numbers, made anew whenever either changes.

use crate::engine::Acd;
use crate::mutant;
use crate::published::Duty;
use crate::routing::{AgentIx, Layout, Reach, Select, SkillIx, Ticket, Tier, Want};
use crate::{Agent, Request, Route, TimerKey};
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::{AgentId, Millis, RequestId};

/// Customers who hold, or whose phone rings already, go before everybody.
const HOLDS: u8 = 0;
/// Promised calls that have become urgent go next.
const PRESSING: u8 = 1;

/// How far a request is opened, for having waited: when, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) after_s: u32,
    pub(crate) reach: Reach,
}

/// Where somebody is, in the router.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) ticket: Ticket,
    want: Want,
    not: Vec<AgentIx>,
}

impl Placed {
    /// The skill it waits for.
    pub(crate) fn skill(&self) -> Option<SkillIx> {
        self.want.skill
    }

    /// True when it goes before this one, as far as rank and place say.
    pub(crate) fn is_before(&self, other: &Self) -> bool {
        (self.want.rank, self.want.place) < (other.want.rank, other.want.place)
    }

    /// True while it waits for one agent and for nobody else.
    pub(crate) fn is_for_expert(&self) -> bool {
        self.want.reach == Reach::Expert
    }
}

/// True when the request needs an agent now.
pub(crate) fn needs_agent(request: &Request) -> bool {
    if matches!(request.route, Route::Number(_)) {
        return false;
    }
    match request.state {
        RequestState::Queued | RequestState::CustomerOnHold => true,
        RequestState::Reserving | RequestState::DialingCustomer => request.agent.is_none(),
        RequestState::Scheduled
        | RequestState::RingingAgent
        | RequestState::Connected
        | RequestState::Ended => false,
    }
}

/// Spreads ids evenly, so that equal places have one order, the same after a restart: FNV-1a.
pub(crate) fn tie(id: &RequestId) -> u64 {
    id.as_str().bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

impl Acd {
    /// Skills, agents and levels as the router counts them.
    pub(crate) fn layout(&self) -> Layout {
        let business = &self.config.business;
        let skills_of = |agent: &shared::business::Agent| {
            let known = agent.skills.iter();
            if mutant!(SkillForgotten) {
                return (0..self.config.skill_count()).map(|ix| (ix, 1)).collect();
            }
            known
                .filter_map(|(id, level)| Some((self.config.skill_ix(id)?, level)))
                .collect()
        };
        // The n-th wait opens a request to level n + 2; those beyond the list open with its last.
        let tiers = (2u8..)
            .zip(&business.routing.relax_s)
            .map(|(level, after_s)| Tier {
                level,
                after: i64::from(*after_s) * 1000,
            });
        Layout {
            skills: self.config.skill_count(),
            agents: business.agents.iter().map(skills_of).collect(),
            select: Select::PrimaryFirst,
            tiers: tiers.collect(),
        }
    }

    /// The waits after which a request is opened further, in order.
    pub(crate) fn openings(&self) -> Vec<Opening> {
        let routing = &self.config.business.routing;
        let last = routing.relax_s.len();
        let levels = (1usize..).zip(&routing.relax_s).map(|(nth, after_s)| Opening {
            after_s: *after_s,
            reach: match u8::try_from(nth + 1) {
                Ok(level) if nth < last => Reach::Skilled(level),
                _ => Reach::Skilled(u8::MAX),
            },
        });
        let anyone = routing.anyone_s.map(|after_s| Opening {
            after_s,
            reach: Reach::Anyone,
        });
        levels.chain(anyone).collect()
    }

    fn want(&self, request: &Request) -> (Want, Vec<AgentIx>) {
        let skill = request
            .asked
            .skill
            .as_ref()
            .and_then(|id| self.config.skill_ix(id));
        let queued = request.state == RequestState::Queued;
        let want = Want {
            skill,
            expert: request
                .asked
                .expert
                .as_ref()
                .and_then(|id| self.config.agent_ix(id)),
            rank: self.rank(request),
            place: if mutant!(LifoInLine) {
                -request.queued_at.0
            } else {
                request.queued_at.0
            },
            tie: if mutant!(LifoOnTie) {
                !tie(&request.id)
            } else {
                tie(&request.id)
            },
            reach: if request.route == Route::Agent || self.waits_for_expert(request) {
                Reach::Expert
            } else {
                self.reach(request, queued)
            },
        };
        let not = request.passed_over.iter().chain(self.all_apart(request));
        (want, not.filter_map(|id| self.config.agent_ix(id)).collect())
    }

    /// Where a request goes among those who wait in line, the lowest first.
    pub(crate) fn place_in_line(&self, request: &Request) -> (u8, Millis, u64) {
        (self.rank_in_line(request), request.queued_at, tie(&request.id))
    }

    /// Within a priority those who wait now go before those who were promised a time that is still long enough.
    fn rank(&self, request: &Request) -> u8 {
        if request.state != RequestState::Queued {
            return HOLDS;
        }
        self.rank_in_line(request)
    }

    fn rank_in_line(&self, request: &Request) -> u8 {
        if request.pressing {
            return PRESSING;
        }
        let skill = request.asked.skill.as_ref().and_then(|id| self.config.skill(id));
        let priority = skill.map_or(shared::business::middle_priority(), |skill| skill.priority);
        2 * priority.clamp(1, shared::limit::MAX_LEVEL) + u8::from(request.asked.slot.is_some())
    }

    /// Whoever holds may go to anybody with the skill at once.
    fn reach(&self, request: &Request, queued: bool) -> Reach {
        let openings = self.openings();
        let opened = usize::from(request.opened).checked_sub(1);
        match opened.and_then(|nth| openings.get(nth)) {
            Some(opening) if queued || opening.reach == Reach::Anyone => opening.reach,
            None if queued
                && !openings.is_empty()
                && openings.iter().any(|opening| opening.reach != Reach::Anyone) =>
            {
                Reach::Skilled(1)
            }
            _ => Reach::Skilled(u8::MAX),
        }
    }

    /// While the page's expert is at work and the patience lasts, nobody else gets the request. The timer is the patience.
    fn waits_for_expert(&self, request: &Request) -> bool {
        let expert = request.asked.expert.as_ref().and_then(|id| self.agents.get(id));
        expert.is_some_and(Agent::on_duty) && self.timers.contains_key(&TimerKey::Expert(request.id.clone()))
    }

    /// Puts the request where it belongs now.
    pub(crate) fn place(&mut self, id: &RequestId) {
        let wanted = self
            .requests
            .get(id)
            .filter(|request| needs_agent(request))
            .map(|request| self.want(request));
        match (self.placed.get_mut(id), wanted) {
            (None, None) => {}
            (None, Some((want, not))) => {
                let ticket = self.router.join_except(want, not.clone());
                self.held_by.insert(ticket, id.clone());
                self.placed.insert(id.clone(), Placed { ticket, want, not });
            }
            (Some(placed), Some((want, not))) if placed.not == not => {
                if placed.want != want {
                    placed.want = want;
                    self.router.change(placed.ticket, want);
                }
            }
            (Some(placed), wanted) => {
                let ticket = placed.ticket;
                self.router.leave(ticket);
                self.held_by.remove(&ticket);
                self.placed.remove(id);
                if wanted.is_some() {
                    self.place(id);
                }
            }
        }
    }

    /// Tells the router what an agent does now.
    pub(crate) fn seat(&mut self, id: &AgentId) {
        let (Some(ix), Some(agent)) = (self.config.agent_ix(id), self.agents.get(id)) else {
            return;
        };
        match agent.state {
            AgentState::Away if mutant!(AwayIgnored) => self.router.idle(ix, agent.idle_since.0),
            _ if agent.duty() == Duty::Off => self.router.off(ix),
            AgentState::Offline | AgentState::Away => self.router.off(ix),
            AgentState::Available if agent.duty() == Duty::Busy => {
                let since = agent.kept_away_since().unwrap_or(agent.since);
                self.router.busy(ix, None, since.0);
            }
            AgentState::Available if mutant!(IdleUnnoticed) && agent.idle_since.0 % 7 == 0 => {}
            AgentState::Available => self.router.idle(ix, agent.idle_since.0),
            // Whoever leaves after this call takes no other one.
            _ if agent.next != AgentState::Available => self.router.off(ix),
            AgentState::Reserved | AgentState::Ringing | AgentState::Talking | AgentState::WrapUp => {
                let skill = agent
                    .request
                    .as_ref()
                    .and_then(|id| self.requests.get(id))
                    .and_then(|request| request.asked.skill.as_ref())
                    .and_then(|id| self.config.skill_ix(id));
                self.router.busy(ix, skill, agent.kept_since.0);
            }
        }
    }

    /// Requests that prefer this agent want something else when the agent comes or goes.
    pub(crate) fn place_followers(&mut self, agent: &AgentId) {
        let follows =
            |request: &&Request| request.asked.expert.as_ref() == Some(agent) && needs_agent(request);
        let followers: Vec<RequestId> = self
            .requests
            .values()
            .filter(follows)
            .map(|request| request.id.clone())
            .collect();
        followers.iter().for_each(|id| self.place(id));
    }

    /// The next pair to bring together, if there is one.
    pub(crate) fn next_match(&mut self) -> Option<(RequestId, AgentId)> {
        let (ticket, agent) = self.router.next_match()?;
        self.pair(ticket, agent)
    }

    /// The names of a ticket and of an agent.
    pub(crate) fn pair(&self, ticket: Ticket, agent: AgentIx) -> Option<(RequestId, AgentId)> {
        let request = self.held_by.get(&ticket)?.clone();
        let agent = self.config.business.agents.get(usize::try_from(agent).ok()?)?;
        Some((request, agent.id.clone()))
    }

    /// Customers who hold although nobody who could take the call is at work any more.
    pub(crate) fn hopeless(&self) -> Vec<RequestId> {
        let could_take = |request: &Request, agent: &Agent| {
            agent.on_duty() && !request.passed_over.contains(&agent.id) && self.can_help(request, &agent.id)
        };
        // Everybody else in line is passed over without a look at the request: there may be a crowd.
        let first = self.placed.iter().filter(|(_, placed)| placed.want.rank == HOLDS);
        first
            .filter_map(|(id, _)| self.requests.get(id))
            .filter(|request| request.state == RequestState::CustomerOnHold)
            .filter(|request| !self.agents.values().any(|agent| could_take(request, agent)))
            .map(|request| request.id.clone())
            .collect()
    }

    /// Sets the timer after which the request is opened to the next levels.
    pub(crate) fn await_opening(&mut self, id: &RequestId, joined: Millis) {
        let opened = self
            .requests
            .get(id)
            .map_or(0, |request| usize::from(request.opened));
        if let Some(opening) = self.openings().get(opened) {
            let due = joined.plus_s(i64::from(opening.after_s));
            self.set_timer(TimerKey::Open(id.clone()), due);
        }
    }
}
