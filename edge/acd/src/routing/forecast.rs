//! The router played ahead over a copy of the present: when will it be whose turn?
//!
//! Agents at work become free one after the other; whoever becomes free takes what [`Router`] would give. Between two such
//! moments passes, on average, one over the sum of the paces of those at work: that expectation is used instead of a drawn time,
//! so that with one kind of agent nothing is left to chance and the result is the exact conditional mean, (n + 1)/(s mu). Which
//! agent becomes free is drawn, and a few plays are averaged. The numbers drawn are the same every time: the same present has
//! the same forecast.
//!
//! Variance within a play: each step adds its own square, each person who may have given up by then `p (1 - p)` of it; and
//! because whatever delays a step also thins the line, what has gathered shrinks by `1 - hazard p/pace` at each such person. For
//! exponential patience mean and variance are, in the limit, Ibrahim and Whitt's sums of 1/(s mu + i theta) and of its square
//! (Management Science 55(10), 2009).

use crate::routing::learned::{Learned, float};
use crate::routing::line::Cursor;
use crate::routing::range::Estimate;
use crate::routing::router::{AgentIx, Doing, Router, SkillIx, Ticket, tier_of};

/// Plays of one forecast: where chance hardly matters, where it does, and at the most.
const PLAYS: (u32, u32, u32) = (4, 32, 64);
/// Plays go on until their chance adds less than this share to the variance: judged by few plays, and by many.
const CHANCE: (f64, f64) = (0.001, 0.01);
/// Steps that all plays of an outlook may take together, beyond the fewest plays.
const OUTLOOK_STEPS: usize = 12_000;

/// Any number would do.
const SEED: u64 = 0x5DEE_CE66_D1CE_4E5B;
/// The first choices of a play matter most, so over the plays they are spread evenly instead of drawn: multiples of the powers
/// of 1/1.08507 (the root of x^9 = x + 1), in parts of 2^64 (Roberts, 2018).
const EVEN: [u64; 8] = [
    0xEBED_EED9_D803_C001,
    0xD96E_B1A8_10CA_A801,
    0xC862_B36D_AF79_0001,
    0xB8AC_D90C_142F_D001,
    0xAA32_4F90_DED8_5801,
    0x9CDA_5E69_3FE9_F801,
    0x908E_3D2C_8256_6001,
    0x8538_ECB5_BD45_5801,
];
/// Multiples of it are spread most evenly.
const GOLDEN: f64 = 0.618_033_988_749_895;

/// Sums over plays of a wait's mean, of its square, and of its variance within the play.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    plays: f64,
    mean: f64,
    square: f64,
    within: f64,
}

impl Sums {
    fn add(&mut self, at: Moment) {
        self.plays += 1.0;
        self.mean += at.time;
        self.square += at.time * at.time;
        self.within += at.variance;
    }

    /// Variance of a play's mean.
    fn between(&self) -> f64 {
        let mean = self.mean / self.plays;
        (self.square / self.plays - mean * mean).max(0.0)
    }

    fn estimate(&self) -> Option<Estimate> {
        (self.plays > 0.0).then(|| Estimate {
            mean: self.mean / self.plays,
            variance: self.within / self.plays + self.between(),
        })
    }

    fn is_sure(&self, plays: u32) -> bool {
        let chance = if plays < PLAYS.1 { CHANCE.0 } else { CHANCE.1 };
        plays >= PLAYS.0 && self.between() / self.plays < chance * (self.within / self.plays + self.between())
    }
}

/// A moment of a play: ticks from now, and the variance of that.
#[derive(Debug, Clone, Copy, Default)]
struct Moment {
    time: f64,
    variance: f64,
}

/// An agent who will become free.
#[derive(Debug, Clone, Copy)]
struct Worker {
    agent: AgentIx,
    /// Expected completions per tick.
    rate: f64,
}

/// Waits as they look now.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// Of somebody who asks for a skill now; `None` where it is unknown.
    pub skills: Vec<Option<Estimate>>,
    /// Of somebody who asks for anybody.
    pub anyone: Option<Estimate>,
    /// Of somebody who asks for this agent and nobody else.
    pub agents: Vec<Option<Estimate>>,
    /// Of those in line, by ticket.
    pub tickets: Vec<Option<Estimate>>,
}

/// Plays ahead; keeps its room between forecasts.
#[derive(Debug, Clone, Default)]
pub struct Forecaster {
    now: i64,
    present: Vec<Worker>,
    workers: Vec<Worker>,
    /// By line, then by agent.
    cursors: Vec<Cursor>,
    personal: Vec<Cursor>,
    /// By ticket: the play in which it was taken or gave up.
    gone: Vec<u32>,
    play: u32,
    nth: u32,
    drawn: u32,
    random: u64,
    /// The part of a person who has given up in this play and is not yet accounted for.
    lost: f64,
    fastest: f64,
}

/// What a play was asked about.
enum Asked<'a> {
    One(Ticket, &'a mut Sums),
    All(&'a mut Everything),
}

#[derive(Default)]
struct Everything {
    skills: Vec<Sums>,
    anyone: Sums,
    agents: Vec<Sums>,
    tickets: Vec<Sums>,
    /// Not yet answered in this play: skills, anyone.
    open_skills: Vec<bool>,
    open_anyone: bool,
}

impl Forecaster {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long somebody in line will wait from now on; `None` when too little is known or nobody at work may ever take it.
    pub fn wait_of(
        &mut self,
        router: &Router,
        learned: &Learned,
        ticket: Ticket,
        now: i64,
    ) -> Option<Estimate> {
        router.want(ticket)?;
        self.look(router, learned, now)?;
        let mut sums = Sums::default();
        for nth in 0..PLAYS.2 {
            self.begin(router, nth);
            self.go(router, learned, &mut Asked::One(ticket, &mut sums));
            if sums.plays < f64::from(nth + 1) {
                return None;
            }
            if sums.is_sure(nth + 1) {
                break;
            }
        }
        sums.estimate().map(|played| learned.corrected(&played))
    }

    /// All waits at once: of those in line, and of somebody who would ask now.
    pub fn outlook(&mut self, router: &Router, learned: &Learned, now: i64) -> Outlook {
        let mut all = Everything {
            skills: vec![Sums::default(); router.lines.len().saturating_sub(1) / (router.tiers.len() + 1)],
            agents: vec![Sums::default(); router.desks.len()],
            tickets: vec![Sums::default(); router.tickets()],
            ..Everything::default()
        };
        if self.look(router, learned, now).is_some() {
            let steps = self.present.len() + router.tickets() + 1;
            let plays = u32::try_from(OUTLOOK_STEPS / steps)
                .unwrap_or(PLAYS.0)
                .clamp(PLAYS.0, PLAYS.2);
            for nth in 0..plays {
                self.begin(router, nth);
                all.open_skills.clear();
                all.open_skills.resize(all.skills.len(), true);
                all.open_anyone = true;
                self.go(router, learned, &mut Asked::All(&mut all));
            }
        }
        let one = |sums: &Sums| sums.estimate().map(|played| learned.corrected(&played));
        let of = |sums: Vec<Sums>| sums.iter().map(one).collect();
        let mut outlook = Outlook {
            skills: of(all.skills),
            anyone: one(&all.anyone),
            agents: of(all.agents),
            tickets: of(all.tickets),
        };
        outlook.nobody_waits_for_the_idle(router);
        outlook
    }

    /// Notes who is at work. `None` while too little is known.
    fn look(&mut self, router: &Router, learned: &Learned, now: i64) -> Option<()> {
        learned.common()?;
        self.now = now;
        self.present.clear();
        self.fastest = 0.0;
        for (desk, agent) in router.desks.iter().zip(0..) {
            if let Doing::Busy { skill, .. } = desk.doing {
                let rate = rate(learned, skill, agent);
                self.fastest = self.fastest.max(rate);
                self.present.push(Worker { agent, rate });
            }
        }
        self.gone.resize(router.tickets(), 0);
        Some(())
    }

    /// Goes back to the present. The n-th play of every forecast draws the same numbers.
    fn begin(&mut self, router: &Router, nth: u32) {
        (self.nth, self.drawn, self.random) = (nth, 0, SEED ^ u64::from(nth));
        self.lost = (f64::from(nth) * GOLDEN).fract();
        self.workers.clear();
        self.workers.extend_from_slice(&self.present);
        self.cursors.clear();
        self.cursors.resize(router.lines.len(), Cursor::default());
        self.personal.clear();
        self.personal.resize(router.desks.len(), Cursor::default());
        self.play = self.play.wrapping_add(1);
        if self.play == 0 {
            self.gone.fill(0);
            self.play = 1;
        }
    }

    /// One play.
    fn go(&mut self, router: &Router, learned: &Learned, asked: &mut Asked<'_>) {
        let mut at = Moment::default();
        let mut pace: f64 = self.workers.iter().map(|worker| worker.rate).sum();
        while let Some((nth, worker)) = self.next_free() {
            at.time += 1.0 / pace;
            at.variance += 1.0 / (pace * pace);
            match self.take(router, learned, worker.agent, pace, &mut at, asked) {
                Taken::It => return,
                Taken::One(skill) => {
                    let rate = rate(learned, skill, worker.agent);
                    pace += rate - worker.rate;
                    self.fastest = self.fastest.max(rate);
                    if let Some(worker) = self.workers.get_mut(nth) {
                        worker.rate = rate;
                    }
                }
                Taken::Nothing => {
                    if let Asked::All(all) = asked {
                        all.would_be_taken(router, worker.agent, at);
                    }
                    pace -= worker.rate;
                    self.workers.swap_remove(nth);
                }
            }
        }
    }

    /// Who becomes free next: each with a chance that is its share of the pace.
    fn next_free(&mut self) -> Option<(usize, Worker)> {
        loop {
            let draw = self.draw();
            let count = u64::try_from(self.workers.len()).ok()?;
            // The high half chooses evenly (Lemire, 2019), the low half accepts by rate.
            let nth = usize::try_from(((draw >> 32) * count) >> 32).ok()?;
            let worker = *self.workers.get(nth)?;
            if worker.rate >= self.fastest || unit(draw << 32) * self.fastest < worker.rate {
                return Some((nth, worker));
            }
        }
    }

    /// What this agent takes next.
    fn take(
        &mut self,
        router: &Router,
        learned: &Learned,
        agent: AgentIx,
        pace: f64,
        at: &mut Moment,
        asked: &mut Asked<'_>,
    ) -> Taken {
        while let Some(ticket) = self.first_for(router, agent) {
            let Some(want) = router.want(ticket) else {
                return Taken::Nothing;
            };
            self.mark(ticket);
            match asked {
                Asked::One(tagged, sums) if *tagged == ticket => {
                    sums.add(*at);
                    return Taken::It;
                }
                Asked::One(..) => {}
                Asked::All(all) => all.taken(ticket, *at),
            }
            let Some(patience) = learned.patience(want.skill) else {
                return Taken::One(want.skill);
            };
            let age = float(self.now.saturating_sub(want.place).max(0));
            let (before, _) = patience.hazard(age);
            let (then, hazard) = patience.hazard(age + at.time);
            let stays = (before - then).exp();
            let keeps = 1.0 - (hazard * stays / pace).min(1.0);
            at.variance *= keeps * keeps;
            at.variance += stays * (1.0 - stays) / (pace * pace);
            // Those who gave up are spread evenly over the line instead of drawn: their chance is in the variance already.
            self.lost += 1.0 - stays;
            if self.lost < 1.0 {
                return Taken::One(want.skill);
            }
            self.lost -= 1.0;
        }
        Taken::Nothing
    }

    /// The first in the agent's lines who is still there in this play.
    fn first_for(&mut self, router: &Router, agent: AgentIx) -> Option<Ticket> {
        let desk = router.desk(agent)?;
        let Self {
            cursors,
            personal,
            gone,
            play,
            ..
        } = self;
        let still = |line: &crate::routing::line::Line, cursor: &mut Cursor| loop {
            let entry = line.at(cursor)?;
            let place = usize::try_from(entry.ticket).ok()?;
            if gone.get(place) != Some(play) {
                return Some(entry);
            }
            cursor.step();
        };
        let mut first = None;
        for line in &desk.looks {
            let line = usize::try_from(*line).ok()?;
            let found = still(router.lines.get(line)?, cursors.get_mut(line)?);
            if let Some(found) = found
                && first.is_none_or(|first: crate::routing::line::Entry| found.key < first.key)
            {
                first = Some(found);
            }
        }
        if desk.personal.first().is_some() {
            let cursor = usize::try_from(agent).ok().and_then(|at| personal.get_mut(at))?;
            if let Some(found) = still(&desk.personal, cursor)
                && first.is_none_or(|first| found.key < first.key)
            {
                first = Some(found);
            }
        }
        first.map(|entry| entry.ticket)
    }

    fn mark(&mut self, ticket: Ticket) {
        let place = usize::try_from(ticket).ok().and_then(|at| self.gone.get_mut(at));
        if let Some(place) = place {
            *place = self.play;
        }
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014), after the choices that are spread evenly.
    fn draw(&mut self) -> u64 {
        let even = usize::try_from(self.drawn).ok().and_then(|nth| EVEN.get(nth));
        self.drawn = self.drawn.saturating_add(1);
        if let Some(even) = even {
            return even
                .wrapping_mul(u64::from(self.nth) + 1)
                .wrapping_add(SEED << self.drawn);
        }
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.random;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

enum Taken {
    /// The request asked about.
    It,
    /// Another one, of this skill.
    One(Option<SkillIx>),
    Nothing,
}

fn rate(learned: &Learned, skill: Option<SkillIx>, agent: AgentIx) -> f64 {
    let mean = learned.mean(skill).unwrap_or(f64::MAX);
    1.0 / (mean * learned.pace(agent))
}

/// From 0 inclusive to 1 exclusive, by the highest bits.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
fn unit(draw: u64) -> f64 {
    (draw >> 11) as f64 / (1u64 << 53) as f64
}

impl Everything {
    fn taken(&mut self, ticket: Ticket, at: Moment) {
        let sums = usize::try_from(ticket)
            .ok()
            .and_then(|place| self.tickets.get_mut(place));
        if let Some(sums) = sums {
            sums.add(at);
        }
    }

    /// The agent found nobody left: whoever asked last would be next.
    fn would_be_taken(&mut self, router: &Router, agent: AgentIx, at: Moment) {
        let Some(desk) = router.desk(agent) else { return };
        for (skill, level) in &desk.skills {
            let skill = usize::from(*skill);
            let waits = tier_of(&router.tiers, *level)
                .checked_sub(1)
                .and_then(|tier| router.tiers.get(tier));
            let may = waits.is_none_or(|tier| float(tier.after) <= at.time);
            if let (true, Some(open), Some(sums)) =
                (may, self.open_skills.get_mut(skill), self.skills.get_mut(skill))
                && std::mem::take(open)
            {
                sums.add(at);
            }
        }
        if std::mem::take(&mut self.open_anyone) {
            self.anyone.add(at);
        }
        let own = usize::try_from(agent)
            .ok()
            .and_then(|place| self.agents.get_mut(place));
        if let Some(sums) = own {
            sums.add(at);
        }
    }
}

impl Outlook {
    fn nobody_waits_for_the_idle(&mut self, router: &Router) {
        let none = Some(Estimate::default());
        for (desk, agent) in router.desks.iter().zip(self.agents.iter_mut()) {
            if !matches!(desk.doing, Doing::Idle { .. }) {
                continue;
            }
            *agent = none;
            self.anyone = none;
            for (skill, level) in &desk.skills {
                if tier_of(&router.tiers, *level) == 0
                    && let Some(skill) = self.skills.get_mut(usize::from(*skill))
                {
                    *skill = none;
                }
            }
        }
    }
}
