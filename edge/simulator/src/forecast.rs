//! Announces a wait to everybody who has to wait, and compares with what comes.

use crate::calls::Calls;
use crate::plan::Plan;
use crate::rivals::{ALL, Rivals};
use crate::time::{in_seconds, seconds};
use acd::routing::{AgentIx, Forecaster, Learned, Range, Router, SkillIx};

/// What was announced to somebody: ours first, in seconds, and our range in ticks.
#[derive(Clone, Copy)]
struct Announced {
    told: [f64; ALL],
    /// Ours, in ticks.
    mean: f64,
    range: Range,
}

/// What came of an announcement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    /// Seconds that were announced minus those that came; ours first.
    pub(crate) errors: [f64; ALL],
    /// Whether the wait was inside the range.
    pub(crate) inside: bool,
}

/// The product's forecast and the baselines, fed as the product feeds its own.
pub(crate) struct Forecasts {
    engine: Forecaster,
    learned: Learned,
    rivals: Rivals,
    /// By the call's place.
    announced: Vec<Option<Announced>>,
}

impl Forecasts {
    /// Nothing learned.
    pub(crate) fn new(plan: &Plan, skills: u16) -> Self {
        Self {
            engine: Forecaster::new(),
            learned: Learned::new(skills, plan.crew()),
            rivals: Rivals::new(plan),
            announced: Vec::new(),
        }
    }

    /// A call has joined the line at this place and nobody is free for it.
    pub(crate) fn announce(&mut self, at: u32, calls: &Calls, router: &Router, now: i64) {
        let Some(call) = calls.get(at) else {
            return;
        };
        let others = self.rivals.announce(call.skill, now, calls);
        let estimate = self.engine.wait_of(router, &self.learned, call.ticket, now);
        let announced = estimate.map(|estimate| {
            let mut told = [f64::NAN; ALL];
            let all = std::iter::once(Some(in_seconds(estimate.mean))).chain(others);
            for (place, value) in told.iter_mut().zip(all) {
                *place = value.unwrap_or(f64::NAN);
            }
            Announced {
                told,
                mean: estimate.mean,
                range: self.learned.range(&estimate),
            }
        });
        let at = at as usize;
        if at >= self.announced.len() {
            self.announced.resize(at + 1, None);
        }
        if let Some(place) = self.announced.get_mut(at) {
            *place = announced;
        }
    }

    /// A call was answered after so many ticks.
    pub(crate) fn answered(&mut self, at: u32, skill: SkillIx, wait: i64) -> Option<Outcome> {
        self.learned.waited(Some(skill), wait, false);
        self.rivals.answered(skill, seconds(wait));
        let announced = self.take(at)?;
        self.learned.settle(announced.mean, &announced.range, wait);
        #[expect(clippy::cast_precision_loss, reason = "a range is no finer")]
        let actual = wait as f64;
        Some(Outcome {
            errors: announced.told.map(|told| told - seconds(wait)),
            inside: announced.range.low <= actual && actual <= announced.range.high,
        })
    }

    /// A call gave up after so many ticks.
    pub(crate) fn gave_up(&mut self, at: u32, skill: SkillIx, wait: i64) {
        self.learned.waited(Some(skill), wait, true);
        self.take(at);
    }

    /// An agent is free again after so many ticks.
    pub(crate) fn handled(&mut self, skill: SkillIx, agent: AgentIx, kept: i64) {
        self.learned.handled(Some(skill), agent, kept);
        self.rivals.handled(skill, seconds(kept));
    }

    fn take(&mut self, at: u32) -> Option<Announced> {
        self.announced.get_mut(at as usize)?.take()
    }
}
