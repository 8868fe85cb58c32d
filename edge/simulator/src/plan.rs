//! A scenario that was checked: names are indices, seconds are ticks, and nothing can go wrong any more.

use std::collections::BTreeMap;

use crate::bounds::{not_negative, positive, within};
use crate::scenario::{Group, Scenario, Wrong};
use crate::stream::Stream;
use crate::time::{MAX_SECONDS, seconds, ticks};
use acd::routing::{AgentIx, Layout, Select, SkillIx};

const MAX_STREAMS: usize = 1000;
const MAX_GROUPS: usize = 1000;
const MAX_AGENTS: usize = 100_000;
const MAX_BATCHES: u32 = 1000;
const MAX_THRESHOLDS: usize = 100;
const MAX_LEVEL: u8 = 9;
/// Warmup and length together: what the figures hold at most, in seconds.
const MAX_RUN: f64 = MAX_SECONDS / 3.0;
/// Counters of all batches, skills, groups and thresholds.
const MAX_COUNTERS: usize = 20_000_000;
/// A run that can begin.
#[derive(Debug)]
pub struct Plan {
    pub(crate) seed: u64,
    /// Ticks.
    pub(crate) warmup: i64,
    /// Ticks, after which nobody who arrives is measured.
    pub(crate) end: i64,
    pub(crate) batches: u32,
    pub(crate) trunks: u32,
    /// Seconds.
    pub(crate) ring: f64,
    /// Seconds.
    pub(crate) wrap_up: f64,
    pub(crate) streams: Vec<Stream>,
    pub(crate) agents: Vec<Worker>,
    pub(crate) groups: usize,
    /// The names of the skills that are asked for. What agents know and nobody asks for changes nothing.
    pub(crate) skills: Vec<String>,
    /// How many agents have each.
    pub(crate) knowing: Vec<u32>,
    pub(crate) levels: Vec<Vec<(SkillIx, u8)>>,
    pub(crate) select: String,
    /// As written, and in ticks.
    pub(crate) thresholds: Vec<(String, i64)>,
    pub(crate) forecast: bool,
    /// The true parameters, where there is an exact best forecast.
    pub(crate) exact: Option<Exact>,
}

/// An agent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Worker {
    pub(crate) group: u32,
    pub(crate) speed: f64,
}

/// One line, exponential everything: the queue-length estimator knows the wait's exact mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exact {
    /// Calls that all agents together finish per second.
    pub(crate) rate: f64,
    /// How often each one who waits gives up, per second.
    pub(crate) theta: f64,
}

impl Plan {
    /// Checks a scenario.
    pub fn of(scenario: &Scenario) -> Result<Self, Wrong> {
        not_negative(scenario.warmup, "warmup")?;
        not_negative(scenario.ring, "ring")?;
        not_negative(scenario.wrap_up, "wrap_up")?;
        positive(scenario.length, "length")?;
        if scenario.warmup + scenario.length > MAX_RUN {
            return Err(Wrong::new(
                "length",
                format!("must be at most {MAX_RUN:e} with the warmup"),
            ));
        }
        within(scenario.batches, 2, MAX_BATCHES, "batches")?;
        within(scenario.arrivals.len(), 1, MAX_STREAMS, "arrivals")?;
        within(scenario.agents.len(), 1, MAX_GROUPS, "agents")?;
        within(scenario.thresholds.len(), 0, MAX_THRESHOLDS, "thresholds")?;
        if scenario.trunks == Some(0) {
            return Err(Wrong::new("trunks", "must be at least 1, or null"));
        }
        if select(&scenario.select).is_none() {
            let known = "must be primary-first or fcfs-longest-idle";
            return Err(Wrong::new("select", known));
        }
        let skills = names(scenario);
        let mut plan = Self {
            seed: scenario.seed,
            warmup: ticks(scenario.warmup),
            end: ticks(scenario.warmup + scenario.length),
            batches: scenario.batches,
            trunks: scenario.trunks.unwrap_or(u32::MAX),
            ring: scenario.ring,
            wrap_up: scenario.wrap_up,
            streams: Vec::new(),
            agents: Vec::new(),
            groups: scenario.agents.len(),
            knowing: vec![0; skills.len()],
            levels: Vec::new(),
            select: scenario.select.clone(),
            thresholds: Vec::new(),
            forecast: scenario.forecast,
            exact: None,
            skills: skills.iter().map(|name| (*name).to_owned()).collect(),
        };
        let index: BTreeMap<&str, SkillIx> = skills.into_iter().zip(0..).collect();
        for (ix, group) in scenario.agents.iter().enumerate() {
            plan.add_group(group, &index, &format!("agents[{ix}]"))?;
        }
        let last = scenario.arrivals.iter().map(|stream| stream.priority).max();
        for (ix, arrivals) in scenario.arrivals.iter().enumerate() {
            let field = format!("arrivals[{ix}]");
            let skill = index.get(arrivals.skill.as_str()).copied().unwrap_or_default();
            let knowing = plan.knowing.get(usize::from(skill)).copied().unwrap_or(0);
            plan.streams
                .push(Stream::of(arrivals, skill, knowing, last.unwrap_or(0), &field)?);
        }
        for (ix, threshold) in scenario.thresholds.iter().enumerate() {
            not_negative(*threshold, &format!("thresholds[{ix}]"))?;
            plan.thresholds.push((threshold.to_string(), ticks(*threshold)));
        }
        let per_batch = (plan.skills.len() + 1) * (plan.groups + plan.thresholds.len() + 20);
        if per_batch.saturating_mul(plan.batches as usize) > MAX_COUNTERS {
            return Err(Wrong::new(
                "batches",
                "too many for so many skills, groups and thresholds",
            ));
        }
        if seconds(plan.end - plan.warmup) <= 0.0 || plan.batch() <= 0 {
            return Err(Wrong::new("length", "is too short"));
        }
        plan.exact = plan.exactly();
        Ok(plan)
    }

    /// Ticks of a batch.
    pub(crate) fn batch(&self) -> i64 {
        (self.end - self.warmup) / i64::from(self.batches)
    }

    /// The engine's layout.
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            skills: ix16(self.skills.len()),
            agents: self.levels.clone(),
            // Checked when the plan was made.
            select: select(&self.select).unwrap_or(Select::PrimaryFirst),
            tiers: Vec::new(),
        }
    }

    /// How many agents there are.
    pub(crate) fn crew(&self) -> AgentIx {
        AgentIx::try_from(self.agents.len()).unwrap_or(AgentIx::MAX)
    }

    /// Whether the agents of a group have a skill.
    pub(crate) fn knows(&self, group: usize, skill: usize) -> bool {
        let first = self
            .agents
            .partition_point(|worker| (worker.group as usize) < group);
        let levels = self.levels.get(first);
        levels.is_some_and(|levels| levels.iter().any(|(known, _)| usize::from(*known) == skill))
    }

    fn add_group(
        &mut self,
        group: &Group,
        skills: &BTreeMap<&str, SkillIx>,
        field: &str,
    ) -> Result<(), Wrong> {
        within(group.count, 1, ix32(MAX_AGENTS), &format!("{field}.count"))?;
        let (count, number) = (group.count as usize, ix32(self.next_group()));
        if self.agents.len() + count > MAX_AGENTS {
            return Err(Wrong::new(
                &format!("{field}.count"),
                format!("more than {MAX_AGENTS} agents in all"),
            ));
        }
        positive(group.speed, &format!("{field}.speed"))?;
        if group.skills.is_empty() {
            return Err(Wrong::new(
                &format!("{field}.skills"),
                "must name at least one skill",
            ));
        }
        let mut levels = Vec::with_capacity(group.skills.len());
        for (name, level) in &group.skills {
            within(*level, 1, MAX_LEVEL, &format!("{field}.skills.{name}"))?;
            let Some(skill) = skills.get(name.as_str()) else {
                continue;
            };
            levels.push((*skill, *level));
            if let Some(knowing) = self.knowing.get_mut(usize::from(*skill)) {
                *knowing += group.count;
            }
        }
        levels.sort_unstable();
        for _ in 0..count {
            self.levels.push(levels.clone());
            self.agents.push(Worker {
                group: number,
                speed: group.speed,
            });
        }
        Ok(())
    }

    /// The number of the group that is added next.
    fn next_group(&self) -> usize {
        self.agents.last().map_or(0, |worker| worker.group as usize + 1)
    }

    /// The true parameters, if one line of exponential calls and callers is served by agents who are all alike.
    fn exactly(&self) -> Option<Exact> {
        let (first, worker) = (self.streams.first()?, self.agents.first()?);
        let theta = |stream: &Stream| match &stream.patience {
            None => Some(0.0),
            Some(dist) => dist.exponential().map(|mean| 1.0 / mean),
        };
        let alike = self.streams.iter().all(|stream| {
            stream.handle.exponential() == first.handle.exponential()
                && theta(stream) == theta(first)
                && stream.promise.is_none()
                && stream.rank == first.rank
        });
        let equal = self
            .agents
            .iter()
            .all(|other| (other.speed - worker.speed).abs() < f64::EPSILON);
        let prompt = self.ring + self.wrap_up <= 0.0;
        let all = f64::from(self.crew());
        let same = self.skills.len() == 1 && self.knowing.first() == Some(&self.crew());
        Some(Exact {
            rate: all * worker.speed / first.handle.exponential()?,
            theta: theta(first)?,
        })
        .filter(|_| alike && equal && prompt && same)
    }
}

/// Every skill that is asked for, once, in the order of the streams.
fn names(scenario: &Scenario) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for stream in &scenario.arrivals {
        if !names.contains(&stream.skill.as_str()) {
            names.push(&stream.skill);
        }
    }
    names
}

fn select(name: &str) -> Option<Select> {
    Select::parse(name)
}

fn ix16(value: usize) -> SkillIx {
    SkillIx::try_from(value).unwrap_or(SkillIx::MAX)
}

fn ix32(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
