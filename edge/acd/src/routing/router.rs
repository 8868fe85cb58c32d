//! Requests in line and agents at work, each in the order in which they are looked for.

use crate::routing::layout::{AgentIx, Layout, Reach, Select, SkillIx, Ticket, Tier, Want, tier_of};
use crate::routing::line::{Entry, Key, Line};
use std::collections::{BTreeMap, BTreeSet};

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
pub(crate) type IdleKey = (u8, i64, AgentIx);

/// The line and the agents of one business.
#[derive(Debug, Clone, Default)]
pub struct Router {
    select: Select,
    pub(crate) tiers: Vec<Tier>,
    pub(crate) desks: Vec<Desk>,
    /// By skill and tier; the last one is of those whom anybody may take.
    pub(crate) lines: Vec<Line>,
    /// The first of each line, close together: choosing reads nothing else.
    pub(crate) heads: Vec<Option<Entry>>,
    pub(crate) idle: Vec<BTreeSet<IdleKey>>,
    pub(crate) idle_all: BTreeSet<IdleKey>,
    pub(crate) wants: Vec<Option<Want>>,
    spare: Vec<Ticket>,
    /// Requests that certain agents may not get; they stand in no line.
    pub(crate) picky: BTreeMap<Key, (Ticket, Vec<AgentIx>)>,
    /// What may have become possible since nothing was.
    pub(crate) new_wants: Vec<Ticket>,
    pub(crate) new_idle: Vec<AgentIx>,
    changes: u64,
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
            changes: 0,
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
            self.changes += 1;
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

    /// Tickets given out, those that were given back included.
    pub(crate) fn tickets(&self) -> usize {
        self.wants.len()
    }

    /// Everybody in line.
    pub(crate) fn wants(&self) -> impl Iterator<Item = (Ticket, Want)> {
        let tickets = (0u32..).zip(&self.wants);
        tickets.filter_map(|(ticket, want)| Some((ticket, (*want)?)))
    }

    /// People who stand in some line.
    pub(crate) fn waiting(&self) -> usize {
        self.wants.len() - self.spare.len() - self.picky.len()
    }

    /// Grows whenever somebody comes, goes, wants something else or turns to something else.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// Number of skills.
    pub(crate) fn skills(&self) -> usize {
        self.idle.len()
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
            self.changes += 1;
        }
    }

    fn set_doing(&mut self, agent: AgentIx, doing: Doing) {
        let Self {
            desks,
            idle,
            idle_all,
            select,
            changes,
            ..
        } = self;
        let desk = usize::try_from(agent).ok().and_then(|at| desks.get_mut(at));
        let Some(desk) = desk.filter(|desk| desk.doing != doing) else {
            return;
        };
        *changes += 1;
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
