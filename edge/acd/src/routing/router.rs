//! Requests in line, agents at work, and the rule that pairs them.
//!
//! Which request: the lowest rank, then the earliest place in line, then the lower tie.
//! Which agent: the one the request prefers, then the primary level before the others, then the longest idle.

use crate::routing::line::{Entry, Key, Line};
use std::collections::{BTreeMap, BTreeSet};

/// The number of an agent in the [`Layout`].
pub type AgentIx = u32;
/// The number of a skill in the [`Layout`].
pub type SkillIx = u16;
/// Somebody in line.
pub type Ticket = u32;

/// How the agent is chosen among those who are idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Select {
    /// Primary level first, then the longest idle.
    #[default]
    PrimaryFirst,
    /// The longest idle, whatever the level.
    FcfsLongestIdle,
}

impl Select {
    /// Reads the name of a policy.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "primary-first" => Some(Self::PrimaryFirst),
            "fcfs-longest-idle" => Some(Self::FcfsLongestIdle),
            _ => None,
        }
    }
}

/// Levels that may take a request only after it has waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The first level of the tier.
    pub level: u8,
    /// Ticks of waiting after which it may take a request.
    pub after: i64,
}

/// Skills and agents.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Number of skills.
    pub skills: u16,
    /// Each agent's skills with their levels.
    pub agents: Vec<Vec<(SkillIx, u8)>>,
    /// How agents are chosen.
    pub select: Select,
    /// Levels that have to wait, ascending; empty when every level may take everything at once.
    pub tiers: Vec<Tier>,
}

/// Whom a request may go to at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only to the agent it prefers.
    Expert,
    /// To agents with the skill up to this level.
    Skilled(u8),
    /// To any agent.
    Anyone,
}

/// What a request wants at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// The skill; without one anybody will do.
    pub skill: Option<SkillIx>,
    /// The agent it prefers, whatever that agent's skills.
    pub expert: Option<AgentIx>,
    /// Lower goes first, before place in line.
    pub rank: u8,
    /// Place in line: an instant.
    pub place: i64,
    /// Decides between equal places.
    pub tie: u64,
    /// Whom it may go to.
    pub reach: Reach,
}

impl Want {
    pub(crate) fn key(&self) -> Key {
        Key {
            rank: self.rank,
            place: self.place,
            tie: self.tie,
        }
    }
}

/// What an agent does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doing {
    Off,
    Idle { since: i64 },
    Busy { skill: Option<SkillIx>, since: i64 },
}

#[derive(Debug, Clone)]
pub(crate) struct Desk {
    pub(crate) doing: Doing,
    /// Skills and levels.
    pub(crate) skills: Box<[(SkillIx, u8)]>,
    /// The lines this agent takes from.
    pub(crate) looks: Box<[u32]>,
    /// Requests that prefer this agent.
    pub(crate) personal: Line,
}

/// Order among the idle: level, idle since, agent.
type IdleKey = (u8, i64, AgentIx);

/// The line and the agents of one business.
#[derive(Debug, Clone, Default)]
pub struct Router {
    select: Select,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) desks: Vec<Desk>,
    /// By skill and tier; the last one is of those whom anybody may take.
    pub(crate) lines: Vec<Line>,
    /// The first of each line, close together: choosing reads nothing else.
    heads: Vec<Option<Entry>>,
    idle: Vec<BTreeSet<IdleKey>>,
    idle_all: BTreeSet<IdleKey>,
    wants: Vec<Option<Want>>,
    spare: Vec<Ticket>,
    /// Requests that certain agents may not get; they stand in no line.
    picky: BTreeMap<Key, (Ticket, Vec<AgentIx>)>,
    /// What may have become possible since nothing was.
    new_wants: Vec<Ticket>,
    new_idle: Vec<AgentIx>,
}

impl Router {
    /// Nobody in line, everybody off.
    pub fn new(layout: &Layout) -> Self {
        let tiers = layout.tiers.clone();
        let per_skill = tiers.len() + 1;
        let lines = usize::from(layout.skills) * per_skill + 1;
        let desks = layout.agents.iter().map(|skills| {
            let known = skills.iter().filter(|(skill, _)| *skill < layout.skills);
            let looks = known
                .clone()
                .map(|(skill, level)| usize::from(*skill) * per_skill + tier_of(&tiers, *level))
                .chain([lines - 1])
                .filter_map(|line| u32::try_from(line).ok());
            Desk {
                doing: Doing::Off,
                looks: looks.collect(),
                skills: known.copied().collect(),
                personal: Line::default(),
            }
        });
        Self {
            select: layout.select,
            desks: desks.collect(),
            lines: vec![Line::default(); lines],
            heads: vec![None; lines],
            idle: vec![BTreeSet::new(); usize::from(layout.skills)],
            idle_all: BTreeSet::new(),
            wants: Vec::new(),
            spare: Vec::new(),
            picky: BTreeMap::new(),
            new_wants: Vec::new(),
            new_idle: Vec::new(),
            tiers,
        }
    }

    /// Somebody joins the line.
    pub fn join(&mut self, want: Want) -> Ticket {
        let ticket = match self.spare.pop() {
            Some(ticket) => ticket,
            None => {
                self.wants.push(None);
                u32::try_from(self.wants.len() - 1).unwrap_or(Ticket::MAX)
            }
        };
        self.enter(ticket, want);
        ticket
    }

    /// Somebody joins whom these agents may not get.
    pub fn join_except(&mut self, want: Want, not: Vec<AgentIx>) -> Ticket {
        let ticket = self.join(want);
        if !not.is_empty() {
            self.quit_lines(&want);
            self.picky.insert(want.key(), (ticket, not));
        }
        ticket
    }

    /// Somebody in line wants something else from now on.
    pub fn change(&mut self, ticket: Ticket, want: Want) {
        if let Some(old) = self.want(ticket) {
            match self.picky.remove(&old.key()) {
                Some((_, not)) => {
                    self.set_want(ticket, Some(want));
                    self.picky.insert(want.key(), (ticket, not));
                    self.new_wants.push(ticket);
                }
                None => {
                    self.quit_lines(&old);
                    self.enter(ticket, want);
                }
            }
        }
    }

    /// Somebody leaves the line.
    pub fn leave(&mut self, ticket: Ticket) {
        if let Some(want) = self.want(ticket) {
            if self.picky.is_empty() || self.picky.remove(&want.key()).is_none() {
                self.quit_lines(&want);
            }
            self.set_want(ticket, None);
            self.spare.push(ticket);
        }
    }

    /// An agent is idle, and has been since that instant.
    pub fn idle(&mut self, agent: AgentIx, since: i64) {
        self.set_doing(agent, Doing::Idle { since });
        self.new_idle.push(agent);
    }

    /// An agent is at work, on something of this skill, since that instant.
    pub fn busy(&mut self, agent: AgentIx, skill: Option<SkillIx>, since: i64) {
        self.set_doing(agent, Doing::Busy { skill, since });
    }

    /// An agent takes nothing.
    pub fn off(&mut self, agent: AgentIx) {
        self.set_doing(agent, Doing::Off);
    }

    /// The request leaves the line and the agent is at work on it.
    pub fn assign(&mut self, ticket: Ticket, agent: AgentIx, now: i64) {
        let skill = self.want(ticket).and_then(|want| want.skill);
        self.leave(ticket);
        self.busy(agent, skill, now);
    }

    /// What somebody in line wants.
    pub fn want(&self, ticket: Ticket) -> Option<Want> {
        *self.wants.get(usize::try_from(ticket).ok()?)?
    }

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
        best.map(|(_, ticket, agent)| (ticket, agent))
    }

    /// A pair that could be made although [`Self::next_match`] found none: there must never be one.
    pub fn missed_match(&self) -> Option<(Ticket, AgentIx)> {
        let tickets = (0..self.wants.len()).filter_map(|ticket| Ticket::try_from(ticket).ok());
        tickets
            .filter_map(|ticket| self.agent_for(ticket))
            .min()
            .map(|(_, ticket, agent)| (ticket, agent))
    }

    /// Tickets given out, those that were given back included.
    pub(crate) fn tickets(&self) -> usize {
        self.wants.len()
    }

    /// Everybody in line.
    pub(crate) fn wants(&self) -> impl Iterator<Item = (Ticket, Want)> {
        let tickets = (0u32..).zip(&self.wants);
        tickets.filter_map(|(ticket, want)| Some((ticket, (*want)?)))
    }

    /// True when an idle agent may take a request of this skill that is open so far.
    pub fn has_idle(&self, skill: Option<SkillIx>, reach: Reach) -> bool {
        let want = Want {
            skill,
            expert: None,
            rank: 0,
            place: 0,
            tie: 0,
            reach,
        };
        self.idle_for(&want, &[]).is_some()
    }

    /// Whom this agent would get next if it became idle.
    pub fn first_for(&self, agent: AgentIx) -> Option<Ticket> {
        self.best_for(agent).map(|entry| entry.ticket)
    }

    fn enter(&mut self, ticket: Ticket, want: Want) {
        self.set_want(ticket, Some(want));
        let entry = Entry {
            key: want.key(),
            ticket,
        };
        for line in self.lines_of(&want) {
            if let (Some(queue), Some(head)) = (self.lines.get_mut(line), self.heads.get_mut(line))
                && queue.insert(entry)
            {
                *head = Some(entry);
            }
        }
        if let Some(desk) = want.expert.and_then(|expert| self.desk_mut(expert)) {
            desk.personal.insert(entry);
        }
        self.new_wants.push(ticket);
    }

    fn quit_lines(&mut self, want: &Want) {
        let key = want.key();
        for line in self.lines_of(want) {
            if let (Some(queue), Some(head)) = (self.lines.get_mut(line), self.heads.get_mut(line))
                && queue.remove(key)
            {
                *head = queue.first();
            }
        }
        if let Some(desk) = want.expert.and_then(|expert| self.desk_mut(expert)) {
            desk.personal.remove(key);
        }
    }

    /// The lines that a request stands in, besides its expert's.
    fn lines_of(&self, want: &Want) -> impl Iterator<Item = usize> + use<> {
        let per_skill = self.tiers.len() + 1;
        let everybody = self.lines.len() - 1;
        let (tiers, everybody) = match (want.reach, want.skill) {
            (Reach::Expert, _) => (None, None),
            (Reach::Skilled(_) | Reach::Anyone, None) => (None, Some(everybody)),
            (Reach::Skilled(level), Some(skill)) => (Some((skill, tier_of(&self.tiers, level))), None),
            (Reach::Anyone, Some(skill)) => (Some((skill, per_skill - 1)), Some(everybody)),
        };
        tiers
            .into_iter()
            .flat_map(move |(skill, last)| {
                let first = usize::from(skill) * per_skill;
                first..=first + last
            })
            .chain(everybody)
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
        let agent = expert.or_else(|| self.idle_for(&want, not))?;
        Some((want.key(), ticket, agent))
    }

    fn idle_for(&self, want: &Want, not: &[AgentIx]) -> Option<AgentIx> {
        let first = |set: &BTreeSet<IdleKey>| {
            set.iter()
                .map(|(.., agent)| *agent)
                .find(|agent| !not.contains(agent))
        };
        match (want.reach, want.skill) {
            (Reach::Expert, _) => None,
            (Reach::Skilled(_) | Reach::Anyone, None) => first(&self.idle_all),
            (Reach::Skilled(level), Some(skill)) => {
                let reached = tier_of(&self.tiers, level);
                self.idle
                    .get(usize::from(skill))?
                    .iter()
                    .map(|(.., agent)| *agent)
                    .find(|agent| {
                        let tier = self.level(*agent, skill).map(|level| tier_of(&self.tiers, level));
                        !not.contains(agent) && tier.is_some_and(|tier| tier <= reached)
                    })
            }
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
            let may = !not.contains(&agent) && self.may(desk, agent, &want);
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
    fn may(&self, desk: &Desk, agent: AgentIx, want: &Want) -> bool {
        if want.expert == Some(agent) {
            return true;
        }
        let level = |skill| {
            desk.skills
                .iter()
                .find(|(id, _)| *id == skill)
                .map(|(_, level)| *level)
        };
        match (want.reach, want.skill) {
            (Reach::Expert, _) => false,
            (Reach::Anyone, _) | (Reach::Skilled(_), None) => true,
            (Reach::Skilled(max), Some(skill)) => {
                level(skill).is_some_and(|level| tier_of(&self.tiers, level) <= tier_of(&self.tiers, max))
            }
        }
    }

    fn level(&self, agent: AgentIx, skill: SkillIx) -> Option<u8> {
        let skills = &self.desk(agent)?.skills;
        skills
            .iter()
            .find(|(id, _)| *id == skill)
            .map(|(_, level)| *level)
    }

    pub(crate) fn is_idle(&self, agent: AgentIx) -> bool {
        self.desk(agent)
            .is_some_and(|desk| matches!(desk.doing, Doing::Idle { .. }))
    }

    pub(crate) fn desk(&self, agent: AgentIx) -> Option<&Desk> {
        self.desks.get(usize::try_from(agent).ok()?)
    }

    fn desk_mut(&mut self, agent: AgentIx) -> Option<&mut Desk> {
        self.desks.get_mut(usize::try_from(agent).ok()?)
    }

    fn set_want(&mut self, ticket: Ticket, want: Option<Want>) {
        let place = usize::try_from(ticket).ok().and_then(|at| self.wants.get_mut(at));
        if let Some(place) = place {
            *place = want;
        }
    }

    fn set_doing(&mut self, agent: AgentIx, doing: Doing) {
        let Self {
            desks,
            idle,
            idle_all,
            select,
            ..
        } = self;
        let desk = usize::try_from(agent).ok().and_then(|at| desks.get_mut(at));
        let Some(desk) = desk else { return };
        let mut each = |since: i64, comes: bool| {
            let all = (0, since, agent);
            let _ = if comes {
                idle_all.insert(all)
            } else {
                idle_all.remove(&all)
            };
            for (skill, level) in &desk.skills {
                let Some(set) = idle.get_mut(usize::from(*skill)) else {
                    continue;
                };
                let order = match select {
                    Select::PrimaryFirst => *level,
                    Select::FcfsLongestIdle => 0,
                };
                let key = (order, since, agent);
                let _ = if comes { set.insert(key) } else { set.remove(&key) };
            }
        };
        if let Doing::Idle { since } = desk.doing {
            each(since, false);
        }
        if let Doing::Idle { since } = doing {
            each(since, true);
        }
        desk.doing = doing;
    }

    /// Bytes that the line takes, and the agents take, besides what does not grow with them.
    pub fn bytes(&self) -> (usize, usize) {
        let entries: usize = self.lines.iter().map(Line::len).sum();
        let personal: usize = self.desks.iter().map(|desk| desk.personal.len()).sum();
        let line = (entries + personal) * size_of::<Entry>() + self.wants.len() * size_of::<Option<Want>>();
        let desks = self
            .desks
            .iter()
            .map(|desk| size_of::<Desk>() + size_of_val(&*desk.skills) + size_of_val(&*desk.looks));
        let idle: usize = self.idle.iter().map(BTreeSet::len).sum();
        (
            line,
            desks.sum::<usize>() + (idle + self.idle_all.len()) * size_of::<IdleKey>(),
        )
    }
}

/// The tier of a level: 0 is not made to wait.
pub(crate) fn tier_of(tiers: &[Tier], level: u8) -> usize {
    tiers.partition_point(|tier| tier.level <= level)
}
