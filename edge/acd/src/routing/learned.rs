//! What the past teaches the forecast: how long work takes, how long people wait before they give up, how far the published
//! ranges were off.

use crate::routing::layout::{AgentIx, SkillIx};
use crate::routing::patience::{Hazard, Patience, Waits, bin_of, edge_of};
use crate::routing::range::{Estimate, Range};
use serde::{Deserialize, Serialize};

/// Calls of a business below which nothing is published.
const MIN_EVIDENCE: f64 = 5.0;
/// Calls that a skill's mean remembers, and waits that its patience does: fewer, and their chance errors cost more than drift.
const MEMORY: f64 = 5_000.0;
/// Calls that an agent's pace remembers.
const PACE_MEMORY: f64 = 500.0;
/// As if a skill had seen this many calls of the business's mean before its own.
const SKILL_PRIOR: f64 = 5.0;
/// As if an agent had taken this many calls at the common pace before the first.
const PACE_PRIOR: f64 = 30.0;
/// As if this many people had given up at the common rate: of the business for a skill, of the skill for an age.
const PATIENCE_PRIOR: f64 = 20.0;
/// How far an end of the range moves for one wait, at the least, in standard deviations.
const RANGE_STEP: f64 = 0.005;
/// How far the mean moves for one wait, at the least, as a share.
const SCALE_STEP: f64 = 1.0 / 20_000.0;
/// The standard normal distribution has a tenth of its mass beyond this.
const TENTH: f64 = 1.281_551_565_5;

/// What is known about one skill.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SkillEvidence {
    /// Calls remembered.
    calls: f64,
    /// Ticks that agents were kept by them.
    ticks: f64,
    /// Waits by their length: see [`bin_of`].
    waits: Vec<Waits>,
}

/// What is known about one agent's pace.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct AgentEvidence {
    /// Calls remembered.
    calls: f64,
    /// Ticks that they would have taken at the common pace.
    expected: f64,
    /// Ticks that they took.
    actual: f64,
}

/// How wide ranges must be to be right four times in five.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// Waits compared with what was announced.
    settled: u32,
    /// Standard deviations from the middle to the low end.
    low_z: f64,
    /// Standard deviations from the middle to the high end.
    high_z: f64,
    /// Mean of the waits compared, as announced.
    #[serde(default)]
    announced: f64,
    /// What a wait is played to be is multiplied by this.
    #[serde(default = "one")]
    scale: f64,
}

const fn one() -> f64 {
    1.0
}

impl Default for Reliability {
    fn default() -> Self {
        Self {
            settled: 0,
            low_z: TENTH,
            high_z: TENTH,
            announced: 0.0,
            scale: 1.0,
        }
    }
}

/// Everything learned.
#[derive(Debug, Clone, Default)]
pub struct Learned {
    /// By skill; the last one is of requests for anybody.
    skills: Vec<SkillEvidence>,
    agents: Vec<AgentEvidence>,
    reliability: Reliability,
    /// All skills together.
    all: SkillEvidence,
    patience: Vec<Patience>,
    changes: u64,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "ticks are far below 2^53, or the lost part does not matter"
)]
pub(crate) const fn float(ticks: i64) -> f64 {
    ticks as f64
}

impl Learned {
    /// Nothing learned.
    pub fn new(skills: u16, agents: u32) -> Self {
        Self {
            skills: vec![SkillEvidence::default(); usize::from(skills) + 1],
            agents: vec![AgentEvidence::default(); usize::try_from(agents).unwrap_or(0)],
            patience: vec![Patience::default(); usize::from(skills) + 1],
            ..Self::default()
        }
    }

    /// What was learned before. Evidence of skills and agents beyond the numbers is ignored.
    pub fn restore(
        skills: impl IntoIterator<Item = SkillEvidence>,
        agents: impl IntoIterator<Item = AgentEvidence>,
        reliability: Reliability,
    ) -> Self {
        let skills: Vec<SkillEvidence> = skills.into_iter().collect();
        let mut learned = Self {
            patience: vec![Patience::default(); skills.len()],
            agents: agents.into_iter().collect(),
            reliability,
            skills,
            ..Self::default()
        };
        learned.add_up();
        learned.work_out_patience();
        learned
    }

    /// Summed anew each time, so that what is restored is equal to the last bit.
    fn add_up(&mut self) {
        self.all.calls = self.skills.iter().map(|skill| skill.calls).sum();
        self.all.ticks = self.skills.iter().map(|skill| skill.ticks).sum();
    }

    /// What is known of a skill (of requests for anybody, with `None`).
    pub fn skill(&self, skill: Option<SkillIx>) -> Option<&SkillEvidence> {
        self.skills.get(self.at(skill))
    }

    /// What is known of an agent.
    pub fn agent(&self, agent: AgentIx) -> Option<&AgentEvidence> {
        self.agents.get(usize::try_from(agent).ok()?)
    }

    /// Grows with everything that is learned.
    pub(crate) fn changes(&self) -> u64 {
        self.changes
    }

    /// How reliable ranges were.
    pub fn reliability(&self) -> Reliability {
        self.reliability
    }

    fn at(&self, skill: Option<SkillIx>) -> usize {
        skill.map_or(self.skills.len().saturating_sub(1), usize::from)
    }

    /// An agent was kept by a request for this long.
    pub fn handled(&mut self, skill: Option<SkillIx>, agent: AgentIx, ticks: i64) {
        self.changes += 1;
        let ticks = float(ticks.max(1));
        let expected = self.mean(skill).unwrap_or(ticks);
        let at = self.at(skill);
        if let Some(skill) = self.skills.get_mut(at) {
            skill.add(ticks);
        }
        self.add_up();
        let agent = usize::try_from(agent).ok().and_then(|at| self.agents.get_mut(at));
        if let Some(agent) = agent {
            let keep = if agent.calls >= PACE_MEMORY {
                1.0 - 1.0 / PACE_MEMORY
            } else {
                1.0
            };
            agent.calls = agent.calls * keep + 1.0;
            agent.expected = agent.expected * keep + expected;
            agent.actual = agent.actual * keep + ticks;
        }
    }

    /// Somebody waited this long, and was helped or gave up.
    pub fn waited(&mut self, skill: Option<SkillIx>, ticks: i64, gave_up: bool) {
        if ticks <= 0 {
            return;
        }
        self.changes += 1;
        let at = self.at(skill);
        if let Some(skill) = self.skills.get_mut(at) {
            skill.wait(float(ticks), gave_up);
        }
        self.work_out_patience();
    }

    /// Ticks that a request of this skill keeps an agent on average; `None` while too little is known.
    pub fn mean(&self, skill: Option<SkillIx>) -> Option<f64> {
        let common = self.common()?;
        let own = self.skills.get(self.at(skill))?;
        Some((own.ticks + SKILL_PRIOR * common) / (own.calls + SKILL_PRIOR))
    }

    /// Ticks that any request keeps an agent on average; `None` while too little is known.
    pub fn common(&self) -> Option<f64> {
        (self.all.calls >= MIN_EVIDENCE).then(|| self.all.ticks / self.all.calls)
    }

    /// How much longer than others this agent takes, as a factor.
    pub(crate) fn pace(&self, agent: AgentIx) -> f64 {
        let Some(agent) = self.agent(agent).filter(|agent| agent.calls > 0.0) else {
            return 1.0;
        };
        let prior = PACE_PRIOR * agent.expected / agent.calls;
        (agent.actual + prior) / (agent.expected + prior)
    }

    /// Patience of those who ask for this skill.
    pub(crate) fn patience(&self, skill: Option<SkillIx>) -> Option<&Patience> {
        self.patience
            .get(self.at(skill))
            .filter(|patience| !patience.bins.is_empty())
    }

    /// The range to publish.
    pub fn range(&self, estimate: &Estimate) -> Range {
        Range {
            low: estimate.point(-self.reliability.low_z),
            high: estimate.point(self.reliability.high_z),
        }
    }

    /// A wait as it was played, corrected by how far such waits were off: play takes calls to be exponential, which a small team
    /// with regular calls is not.
    pub(crate) fn corrected(&self, played: &Estimate) -> Estimate {
        let scale = self.reliability.scale;
        Estimate {
            mean: played.mean * scale,
            variance: played.variance * scale * scale,
        }
    }

    /// What was announced came true, or did not: each end of the range moves until a tenth of the waits lies beyond it, and the
    /// mean until what is announced and what comes true are equal on average (Robbins and Monro, 1951).
    pub fn settle(&mut self, announced: f64, range: &Range, actual: i64) {
        self.changes += 1;
        let actual = float(actual);
        let reliability = &mut self.reliability;
        reliability.settled = reliability.settled.saturating_add(1);
        let settled = f64::from(reliability.settled);
        let step = (1.0 / (20.0 + settled)).max(RANGE_STEP);
        let moved = |z: f64, beyond: bool| (z + step * if beyond { 0.9 } else { -0.1 }).clamp(0.1, 5.0);
        reliability.low_z = moved(reliability.low_z, actual < range.low);
        reliability.high_z = moved(reliability.high_z, actual > range.high);
        reliability.announced += (announced - reliability.announced) * (1.0 / settled).max(SCALE_STEP);
        // Waits of one busy hour are alike: the mean moves slowly, or it would follow them.
        let step = (1.0 / (200.0 + settled)).max(SCALE_STEP);
        if reliability.announced > 0.0 {
            let off = ((actual - announced) / reliability.announced).clamp(-10.0, 10.0);
            reliability.scale = (reliability.scale * (1.0 + step * off)).clamp(0.3, 3.0);
        }
    }

    fn work_out_patience(&mut self) {
        let exposures: Vec<Vec<(f64, f64)>> = self.skills.iter().map(SkillEvidence::exposure).collect();
        let sum = |bins: &[(f64, f64)]| {
            bins.iter()
                .fold((0.0, 0.0), |(up, ticks), bin| (up + bin.0, ticks + bin.1))
        };
        let (up, ticks) = exposures
            .iter()
            .map(|bins| sum(bins))
            .fold((0.0, 0.0), |one, other| (one.0 + other.0, one.1 + other.1));
        let rate = |up: f64, ticks: f64, common: f64| {
            if common > 0.0 {
                (up + PATIENCE_PRIOR) / (ticks + PATIENCE_PRIOR / common)
            } else {
                0.0
            }
        };
        let common = if ticks > 0.0 { up / ticks } else { 0.0 };
        for (patience, bins) in self.patience.iter_mut().zip(&exposures) {
            let own = sum(bins);
            let own = rate(own.0, own.1, common);
            let mut before = 0.0;
            patience.bins.clear();
            if own <= 0.0 {
                continue;
            }
            for (nth, (up, ticks)) in bins.iter().enumerate() {
                let hazard = rate(*up, *ticks, own);
                let edge = edge_of(nth);
                patience.bins.push(Hazard {
                    edge,
                    before,
                    rate: hazard,
                });
                before += hazard * (edge_of(nth + 1) - edge);
            }
            patience.bins.push(Hazard {
                edge: edge_of(bins.len()),
                before,
                rate: own,
            });
        }
    }
}

impl SkillEvidence {
    fn add(&mut self, ticks: f64) {
        if self.calls >= MEMORY {
            self.calls *= 1.0 - 1.0 / MEMORY;
            self.ticks *= 1.0 - 1.0 / MEMORY;
        }
        self.calls += 1.0;
        self.ticks += ticks;
    }

    fn wait(&mut self, ticks: f64, gave_up: bool) {
        let bin = bin_of(ticks);
        if self.waits.len() <= bin {
            self.waits.resize(bin + 1, Waits::default());
        }
        let Some(waits) = self.waits.get_mut(bin) else {
            return;
        };
        waits.ended += 1.0;
        waits.ticks += ticks;
        waits.gave_up += f64::from(u8::from(gave_up));
        // Forgets by halves, so that a wait costs the same whatever is known.
        let known: f64 = self.waits.iter().map(|waits| waits.ended).sum();
        if known > 4.0 * MEMORY {
            for waits in &mut self.waits {
                waits.ended /= 2.0;
                waits.ticks /= 2.0;
                waits.gave_up /= 2.0;
            }
        }
    }

    /// For each bin: how many gave up at that age, and ticks that people waited at that age.
    fn exposure(&self) -> Vec<(f64, f64)> {
        let mut longer = 0.0;
        let mut bins: Vec<(f64, f64)> = self
            .waits
            .iter()
            .enumerate()
            .rev()
            .map(|(nth, waits)| {
                let (from, to) = (edge_of(nth), edge_of(nth + 1));
                let ticks = waits.ticks - waits.ended * from + longer * (to - from);
                longer += waits.ended;
                (waits.gave_up, ticks)
            })
            .collect();
        bins.reverse();
        bins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_known_before_five_calls_and_a_skill_leans_on_the_others() {
        let mut learned = Learned::new(2, 1);
        for _ in 0..4 {
            learned.handled(Some(0), 0, 100);
        }
        assert_eq!(learned.mean(Some(0)), None);
        learned.handled(Some(0), 0, 100);
        assert_eq!(learned.mean(Some(1)), Some(100.0));
        for _ in 0..95 {
            learned.handled(Some(1), 0, 300);
        }
        let mean = learned.mean(Some(1)).unwrap();
        assert!((285.0..300.0).contains(&mean), "{mean}");
    }

    #[test]
    fn patience_is_learned_from_those_who_gave_up_and_those_who_did_not() {
        let mut learned = Learned::new(1, 1);
        // Of every four people, one gives up after 1000 ticks; the others are helped after 1000.
        for nth in 0..4000 {
            learned.waited(Some(0), 1000, nth % 4 == 0);
        }
        let (gone, _) = learned.patience(Some(0)).unwrap().hazard(1000.0);
        assert!((gone / 0.25 - 1.0).abs() < 0.15, "{gone}");
    }

    #[test]
    fn a_range_that_is_too_narrow_widens() {
        let mut learned = Learned::new(1, 1);
        let estimate = Estimate {
            mean: 1000.0,
            variance: 100.0,
        };
        let before = learned.range(&estimate);
        for nth in 0..500 {
            let range = learned.range(&estimate);
            learned.settle(1000.0, &range, 900 + nth % 200);
        }
        let after = learned.range(&estimate);
        assert!(after.low < before.low && after.high > before.high, "{after:?}");
    }
}
