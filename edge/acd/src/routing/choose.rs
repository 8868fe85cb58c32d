//! The rule that pairs requests and agents.
//!
//! Which request: the lowest rank, then the earliest place in line, then the lower tie.
//! Which agent: the one the request prefers, then the primary level before the others, then the longest idle.

use crate::routing::layout::{AgentIx, Reach, SkillIx, Ticket, Want, tier_of};
use crate::routing::line::{Entry, Key};
use crate::routing::router::{IdleKey, Router};
use std::collections::BTreeSet;

impl Router {
    /// The next pair, if there is one. Ask until there is none after every change: then nobody waits beside an idle agent who
    /// may help.
    pub fn next_match(&mut self) -> Option<(Ticket, AgentIx)> {
        if self.new_wants.is_empty() && self.new_idle.is_empty() {
            return None;
        }
        let mut best: Option<(Key, Ticket, AgentIx)> = None;
        let mut consider = |found: Option<(Key, Ticket, AgentIx)>| {
            let Some((key, ..)) = found else { return false };
            if best.is_none_or(|(other, ..)| key < other) {
                best = found;
            }
            true
        };
        let mut wants = std::mem::take(&mut self.new_wants);
        wants.retain(|ticket| consider(self.agent_for(*ticket)));
        let mut idle = std::mem::take(&mut self.new_idle);
        idle.retain(|agent| consider(self.request_for(*agent)));
        (self.new_wants, self.new_idle) = (wants, idle);
        let (_, ticket, agent) = best?;
        // Of several who became idle meanwhile, the request chooses.
        let choice = if self.new_idle.len() > 1 {
            self.agent_for(ticket)
        } else {
            None
        };
        Some((ticket, choice.map_or(agent, |(.., agent)| agent)))
    }

    /// A pair that could be made although [`Self::next_match`] found none: there must never be one.
    pub fn missed_match(&self) -> Option<(Ticket, AgentIx)> {
        let tickets = (0..self.wants.len()).filter_map(|ticket| Ticket::try_from(ticket).ok());
        tickets
            .filter_map(|ticket| self.agent_for(ticket))
            .min()
            .map(|(_, ticket, agent)| (ticket, agent))
    }

    /// True when an idle agent may take a request of this skill that is open so far.
    pub fn has_idle(&self, skill: Option<SkillIx>, reach: Reach) -> bool {
        self.idle_for(skill, reach, &[]).is_some()
    }

    /// Whom this agent would get next if it became idle.
    pub fn first_for(&self, agent: AgentIx) -> Option<Ticket> {
        self.best_for(agent).map(|entry| entry.ticket)
    }

    /// The idle agent who should get this request.
    fn agent_for(&self, ticket: Ticket) -> Option<(Key, Ticket, AgentIx)> {
        let want = self.want(ticket)?;
        let not = self
            .picky
            .get(&want.key())
            .map_or(&[][..], |(_, not)| not.as_slice());
        let expert = want
            .expert
            .filter(|expert| !not.contains(expert) && self.is_idle(*expert));
        let agent = expert.or_else(|| self.idle_for(want.skill, want.reach, not))?;
        Some((want.key(), ticket, agent))
    }

    fn idle_for(&self, skill: Option<SkillIx>, reach: Reach, not: &[AgentIx]) -> Option<AgentIx> {
        let first = |set: &BTreeSet<IdleKey>| {
            set.iter()
                .map(|(.., agent)| *agent)
                .find(|agent| !not.contains(agent))
        };
        match (reach, skill) {
            (Reach::Expert, _) => None,
            (Reach::Skilled(_) | Reach::Anyone, None) => first(&self.idle_all),
            (Reach::Skilled(max), Some(skill)) => self
                .idle
                .get(usize::from(skill))?
                .iter()
                .map(|(.., agent)| *agent)
                .find(|agent| !not.contains(agent) && self.reaches(*agent, skill, max)),
            (Reach::Anyone, Some(skill)) => self
                .idle
                .get(usize::from(skill))
                .and_then(first)
                .or_else(|| first(&self.idle_all)),
        }
    }

    /// The request that this agent, if idle, should get.
    fn request_for(&self, agent: AgentIx) -> Option<(Key, Ticket, AgentIx)> {
        let best = if self.is_idle(agent) {
            self.best_for(agent)
        } else {
            None
        };
        best.map(|entry| (entry.key, entry.ticket, agent))
    }

    fn best_for(&self, agent: AgentIx) -> Option<Entry> {
        let desk = self.desk(agent)?;
        let heads = desk
            .looks
            .iter()
            .filter_map(|line| *self.heads.get(usize::try_from(*line).ok()?)?);
        let picky = self.picky.values().filter_map(|(ticket, not)| {
            let want = self.want(*ticket)?;
            let may = !not.contains(&agent) && self.may(agent, &want);
            may.then_some(Entry {
                key: want.key(),
                ticket: *ticket,
            })
        });
        heads
            .chain(desk.personal.first())
            .chain(picky.take(1))
            .min_by_key(|entry| entry.key)
    }

    /// True when this agent may take it now, were it not for who may not.
    fn may(&self, agent: AgentIx, want: &Want) -> bool {
        if want.expert == Some(agent) {
            return true;
        }
        match (want.reach, want.skill) {
            (Reach::Expert, _) => false,
            (Reach::Anyone, _) | (Reach::Skilled(_), None) => true,
            (Reach::Skilled(max), Some(skill)) => self.reaches(agent, skill, max),
        }
    }

    /// True when the agent has the skill in a tier that is open with this level.
    fn reaches(&self, agent: AgentIx, skill: SkillIx, max: u8) -> bool {
        self.level(agent, skill)
            .is_some_and(|level| tier_of(&self.tiers, level) <= tier_of(&self.tiers, max))
    }

    fn level(&self, agent: AgentIx, skill: SkillIx) -> Option<u8> {
        let skills = &self.desk(agent)?.skills;
        skills
            .iter()
            .find(|(id, _)| *id == skill)
            .map(|(_, level)| *level)
    }
}
