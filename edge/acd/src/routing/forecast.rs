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

use crate::routing::layout::{AgentIx, SkillIx, Ticket};
use crate::routing::learned::{Learned, float};
use crate::routing::line::{Cursor, Entry, Line};
use crate::routing::outlook::{Everything, Outlook};
use crate::routing::range::Estimate;
use crate::routing::router::{Doing, Router};
use crate::routing::sums::{Moment, PLAYS, Sums};

/// Steps that all plays of an outlook may take together, beyond the fewest plays.
const OUTLOOK_STEPS: usize = 5_000;

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

/// An agent who will become free.
#[derive(Debug, Clone, Copy)]
struct Worker {
    agent: AgentIx,
    /// Expected completions per tick.
    rate: f64,
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
    /// People in line, now and in the present moment of the play.
    waiting: usize,
    left: usize,
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
        let mut all = Everything::new(router);
        if self.look(router, learned, now).is_some() {
            let plays = u32::try_from(OUTLOOK_STEPS / (self.waiting + 1)).unwrap_or(PLAYS.0);
            for nth in 0..plays.clamp(PLAYS.0, PLAYS.2) {
                self.begin(router, nth);
                all.begin();
                self.go(router, learned, &mut Asked::All(&mut all));
                // With nobody in line nothing is drawn.
                if self.waiting == 0 || all.is_sure(nth + 1) {
                    break;
                }
            }
        }
        all.outlook(router, learned)
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
        self.waiting = router.waiting();
        Some(())
    }

    /// Goes back to the present. The n-th play of every forecast draws the same numbers.
    fn begin(&mut self, router: &Router, nth: u32) {
        (self.nth, self.drawn, self.random) = (nth, 0, SEED ^ u64::from(nth));
        self.lost = (f64::from(nth) * GOLDEN).fract();
        self.left = self.waiting;
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
        loop {
            // What is left needs no play.
            if let (0, Asked::All(all)) = (self.left, &mut *asked) {
                let workers = self.workers.iter().map(|worker| (worker.agent, worker.rate));
                return all.nobody_left(router, workers, pace, at);
            }
            let Some((nth, worker)) = self.next_free() else {
                return;
            };
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
        let still = |line: &Line, cursor: &mut Cursor| loop {
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
                && first.is_none_or(|first: Entry| found.key < first.key)
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
            self.left = self.left.saturating_sub(1);
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
