//! The routing core under load: agents become free in any order, requests join, a few come back to their old place, and a few
//! leave.

use crate::acd::Size;
use crate::chance::Chance;
use crate::{Clock, Round, Scale};
use acd::routing::{AgentIx, Layout, Reach, Router, SkillIx, Ticket, Want};

/// Skills of an agent, at the most.
const SKILLS: usize = 4;
/// Ticks between two things that happen.
const STEP: i64 = 1000;
/// One in so many requests joins with an earlier place, and as often somebody leaves the line.
const RARE: usize = 32;
/// Things that happen between two looks at the clock.
const BATCH: u32 = 512;

/// Agents with a few skills each, of different levels.
pub(crate) fn layout(size: Size, chance: &mut Chance) -> Layout {
    let count = usize::from(size.skills);
    let mut agent = || {
        let mut skills: Vec<(SkillIx, u8)> = Vec::new();
        while skills.len() < SKILLS.min(count) {
            let skill = skill(size, chance);
            if skills.iter().all(|(other, _)| *other != skill) {
                skills.push((skill, u8::try_from(1 + chance.below(3)).unwrap_or(1)));
            }
        }
        skills
    };
    Layout {
        skills: size.skills,
        agents: (0..size.agents).map(|_| agent()).collect(),
        ..Layout::default()
    }
}

/// Any skill.
pub(crate) fn skill(size: Size, chance: &mut Chance) -> SkillIx {
    SkillIx::try_from(chance.below(usize::from(size.skills))).unwrap_or(0)
}

/// A router, and what happens to it.
pub(crate) struct Floor {
    pub(crate) router: Router,
    size: Size,
    chance: Chance,
    now: i64,
    tie: u64,
    tickets: Ticket,
    busy: Vec<AgentIx>,
}

impl Floor {
    /// Everybody is at work, and nobody in line.
    pub(crate) fn new(size: Size) -> Self {
        let mut chance = Chance::new(1);
        let mut router = Router::new(&layout(size, &mut chance));
        for agent in 0..size.agents {
            router.busy(agent, Some(skill(size, &mut chance)), 0);
        }
        Self {
            router,
            size,
            chance,
            now: i64::from(size.waiting) * STEP,
            tie: 0,
            tickets: 0,
            busy: (0..size.agents).collect(),
        }
    }

    /// The present.
    pub(crate) fn now(&self) -> i64 {
        self.now
    }

    /// As many join as stand in line.
    pub(crate) fn fill(&mut self) {
        for _ in 0..self.size.waiting {
            self.joins();
        }
    }

    /// Somebody joins, with an earlier place at times.
    fn joins(&mut self) {
        self.now += STEP;
        self.tie += 1;
        let earlier = if self.chance.once_in(RARE) {
            let line = usize::try_from(self.size.waiting).unwrap_or(0);
            STEP * i64::try_from(self.chance.below(line)).unwrap_or(0)
        } else {
            0
        };
        let ticket = self.router.join(Want {
            skill: Some(skill(self.size, &mut self.chance)),
            expert: None,
            rank: 10,
            place: self.now - earlier,
            tie: self.tie,
            reach: Reach::Skilled(u8::MAX),
        });
        self.tickets = self.tickets.max(ticket + 1);
        self.meet();
    }

    /// An agent becomes free.
    fn frees(&mut self) {
        self.now += STEP;
        let nth = self.chance.below(self.busy.len());
        if nth < self.busy.len() {
            let agent = self.busy.swap_remove(nth);
            self.router.idle(agent, self.now);
            self.meet();
        }
    }

    /// Everybody becomes free.
    pub(crate) fn rest(&mut self) {
        while !self.busy.is_empty() {
            self.frees();
        }
    }

    /// Somebody in line leaves.
    fn leaves(&mut self) -> bool {
        let nth = self.chance.below(usize::try_from(self.tickets).unwrap_or(0));
        let ticket = Ticket::try_from(nth).unwrap_or(0);
        let there = self.router.want(ticket).is_some();
        self.router.leave(ticket);
        there
    }

    fn meet(&mut self) {
        while let Some((ticket, agent)) = self.router.next_match() {
            self.router.assign(ticket, agent, self.now);
            self.busy.push(agent);
        }
    }

    /// Two decisions with the line as long as before: an agent becomes free, and a request joins. Answers with how many
    /// decisions there were.
    pub(crate) fn turn(&mut self) -> u32 {
        self.frees();
        self.joins();
        if self.chance.once_in(RARE) && self.leaves() {
            self.joins();
            return 3;
        }
        2
    }

    /// Two decisions with nobody in line: a request finds an agent, and an agent comes back. One in ten is at work.
    fn quiet_turn(&mut self) -> u32 {
        self.joins();
        if self.busy.len() > self.size.agents.div_ceil(10) as usize {
            self.frees();
            return 2;
        }
        1
    }
}

/// Requests wait, and agents who become free get the next.
pub(crate) fn in_line(size: Size, scale: Scale) -> Round {
    let mut floor = Floor::new(size);
    floor.fill();
    Box::new(move |clock| rate(clock, scale, BATCH, || floor.turn()))
}

/// Agents are idle, and requests get one at once.
pub(crate) fn at_once(size: Size, scale: Scale) -> Round {
    let mut floor = Floor::new(Size { waiting: 0, ..size });
    floor.rest();
    for _ in 0..size.agents {
        floor.quiet_turn();
    }
    Box::new(move |clock| rate(clock, scale, BATCH, || floor.quiet_turn()))
}

/// What is done per second, by a clock that is looked at after each batch.
pub(crate) fn rate(clock: Clock<'_>, scale: Scale, batch: u32, mut turn: impl FnMut() -> u32) -> f64 {
    let (began, mut done) = (clock(), 0.0);
    loop {
        for _ in 0..batch {
            done += f64::from(turn());
        }
        let took = clock() - began;
        if took > 0.0 && took >= scale.round_ms() {
            return done / took * 1000.0;
        }
    }
}
