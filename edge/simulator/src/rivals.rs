//! What others would announce at the same arrival, in seconds: the baselines of the literature and of products.

use crate::calls::Calls;
use crate::plan::{Exact, Plan};
use crate::time::seconds;
use acd::routing::SkillIx;

/// How many announcements are compared, ours first.
pub(crate) const ALL: usize = 6;
/// Their names in the report, after ours.
pub(crate) const NAMES: [&str; ALL - 1] = ["les", "hol", "asterisk", "genesys", "ql"];

/// What the baselines have seen so far.
#[derive(Debug)]
pub(crate) struct Rivals {
    skills: Vec<Seen>,
    knowing: Vec<u32>,
    exact: Option<Exact>,
    /// The exact mean wait behind so many others, as far as it was needed yet.
    behind: Vec<f64>,
}

/// What was seen of one skill.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// The wait of the last one who was answered.
    last: f64,
    /// Asterisk's average: a quarter of the newest, three of what was before. Its whole seconds are not imitated: rounding
    /// would make it worse than its idea.
    average: f64,
    /// Handling times, and how many.
    handled: (f64, f64),
}

impl Rivals {
    /// Nothing seen. Handling times begin with their true mean, which no product is told.
    pub(crate) fn new(plan: &Plan) -> Self {
        let mean = |skill| {
            let of = plan.streams.iter().find(|stream| stream.skill == skill);
            of.map_or(0.0, |stream| stream.mean)
        };
        let skills = (0..).take(plan.skills.len()).map(|skill| Seen {
            last: 0.0,
            average: 0.0,
            handled: (mean(skill), 1.0),
        });
        Self {
            skills: skills.collect(),
            knowing: plan.knowing.clone(),
            exact: plan.exact,
            behind: Vec::new(),
        }
    }

    /// Somebody was answered after so many seconds.
    pub(crate) fn answered(&mut self, skill: SkillIx, wait: f64) {
        if let Some(seen) = self.skills.get_mut(usize::from(skill)) {
            seen.last = wait;
            seen.average += (wait - seen.average) / 4.0;
        }
    }

    /// An agent was kept by a call for so many seconds.
    pub(crate) fn handled(&mut self, skill: SkillIx, kept: f64) {
        if let Some(seen) = self.skills.get_mut(usize::from(skill)) {
            seen.handled.0 += kept;
            seen.handled.1 += 1.0;
        }
    }

    /// What each would tell somebody who has just joined this skill's line.
    pub(crate) fn announce(&mut self, skill: SkillIx, now: i64, calls: &Calls) -> [Option<f64>; ALL - 1] {
        let Some(seen) = self.skills.get(usize::from(skill)).copied() else {
            return [None; ALL - 1];
        };
        let ahead = calls.in_line(skill).saturating_sub(1);
        let head = calls.head(skill).map_or(0, |call| now - call.arrived);
        let agents = self.knowing.get(usize::from(skill)).copied().unwrap_or(0);
        let mean = seen.handled.0 / seen.handled.1;
        [
            Some(seen.last),
            Some(seconds(head)),
            Some(seen.average),
            Some(mean * f64::from(ahead) / f64::from(agents)),
            self.exactly(ahead as usize),
        ]
    }

    /// Σ 1/(sμ + iθ) for i from 0 to the number ahead (Ibrahim and Whitt, 2009).
    fn exactly(&mut self, ahead: usize) -> Option<f64> {
        let exact = self.exact?;
        while self.behind.len() <= ahead {
            let before = self.behind.last().copied().unwrap_or(0.0);
            let leaving = u32::try_from(self.behind.len()).unwrap_or(u32::MAX);
            self.behind
                .push(before + 1.0 / (exact.rate + f64::from(leaving) * exact.theta));
        }
        self.behind.get(ahead).copied()
    }
}
