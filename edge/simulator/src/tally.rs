//! Counts what became of the calls, by batch and skill. A call belongs to the batch it arrived in, whenever it ends.

use std::ops::AddAssign;

use crate::calls::Call;
use crate::forecast::Outcome;
use crate::plan::Plan;
use crate::rivals::ALL;
use crate::time::seconds;
use acd::routing::SkillIx;

/// What became of the calls of one skill in one batch. Counts, and sums of seconds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cell {
    pub(crate) offered: f64,
    pub(crate) blocked: f64,
    pub(crate) abandoned: f64,
    pub(crate) answered: f64,
    /// Of those decided, who waited at all.
    pub(crate) waited: f64,
    pub(crate) wait: f64,
    pub(crate) promised: f64,
    pub(crate) late: f64,
    pub(crate) worst_late: f64,
    pub(crate) forecast: Forecast,
}

/// What became of the announcements.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Forecast {
    /// Who waited and was answered, with an announcement.
    pub(crate) told: f64,
    /// Who waited and was answered, without.
    pub(crate) untold: f64,
    pub(crate) wait: f64,
    pub(crate) error: f64,
    pub(crate) inside: f64,
    pub(crate) squares: [f64; ALL],
}

/// All counters.
#[derive(Debug)]
pub(crate) struct Tally {
    skills: usize,
    groups: usize,
    warmup: i64,
    end: i64,
    batch: i64,
    batches: u32,
    thresholds: Vec<i64>,
    cells: Vec<Cell>,
    /// Answered calls by batch, skill and group.
    matches: Vec<f64>,
    /// Calls not blocked that waited no longer, by batch, skill and threshold.
    within: Vec<f64>,
    /// Seconds that agents were kept, by batch.
    busy: Vec<f64>,
    /// Measured calls that are not decided yet.
    open: u64,
}

impl Tally {
    /// Nothing counted.
    pub(crate) fn new(plan: &Plan) -> Self {
        let (skills, groups, batches) = (plan.skills.len(), plan.groups, plan.batches as usize);
        Self {
            skills,
            groups,
            warmup: plan.warmup,
            end: plan.end,
            batch: plan.batch(),
            batches: plan.batches,
            thresholds: plan.thresholds.iter().map(|(_, ticks)| *ticks).collect(),
            cells: vec![Cell::default(); batches * skills],
            matches: vec![0.0; batches * skills * groups],
            within: vec![0.0; batches * skills * plan.thresholds.len()],
            busy: vec![0.0; batches],
            open: 0,
        }
    }

    /// The batch of an instant, if it is measured.
    pub(crate) fn batch_of(&self, now: i64) -> Option<u32> {
        if now < self.warmup || now >= self.end {
            return None;
        }
        let batch = u32::try_from((now - self.warmup) / self.batch).ok()?;
        Some(batch.min(self.batches - 1))
    }

    /// A call arrives, and is taken in or not.
    pub(crate) fn offered(&mut self, batch: Option<u32>, skill: SkillIx, blocked: bool) {
        let Some(cell) = self.cell(batch, skill) else {
            return;
        };
        cell.offered += 1.0;
        if blocked {
            cell.blocked += 1.0;
        } else {
            self.open += 1;
        }
    }

    /// A call is answered by an agent of this group. `promise` is in ticks.
    pub(crate) fn answered(&mut self, call: &Call, wait: i64, group: u32, promise: Option<i64>) {
        self.decided(call, wait);
        let Some(cell) = self.cell(call.batch, call.skill) else {
            return;
        };
        cell.answered += 1.0;
        if let Some(promise) = promise {
            let late = seconds(wait - promise);
            cell.promised += 1.0;
            cell.late += f64::from(u8::from(late > 0.0));
            cell.worst_late = cell.worst_late.max(late);
        }
        let place = self
            .place(call.batch, call.skill)
            .map(|place| place * self.groups + group as usize);
        add(&mut self.matches, place);
    }

    /// A call gives up.
    pub(crate) fn gave_up(&mut self, call: &Call, wait: i64) {
        self.decided(call, wait);
        if let Some(cell) = self.cell(call.batch, call.skill) {
            cell.abandoned += 1.0;
        }
    }

    /// A call that waited was answered: what was announced to it comes true or not.
    pub(crate) fn forecast(&mut self, call: &Call, wait: i64, outcome: Option<Outcome>) {
        let Some(cell) = self.cell(call.batch, call.skill) else {
            return;
        };
        let forecast = &mut cell.forecast;
        let Some(outcome) = outcome else {
            forecast.untold += 1.0;
            return;
        };
        let [ours, ..] = outcome.errors;
        forecast.told += 1.0;
        forecast.wait += seconds(wait);
        forecast.error += ours;
        forecast.inside += f64::from(u8::from(outcome.inside));
        for (sum, error) in forecast.squares.iter_mut().zip(outcome.errors) {
            *sum += error * error;
        }
    }

    /// An agent is kept from one instant to another, which may lie in several batches.
    pub(crate) fn kept(&mut self, from: i64, until: i64) {
        let (mut from, until) = (from.max(self.warmup), until.min(self.end));
        while let Some(batch) = self.batch_of(from).filter(|_| from < until) {
            let last = batch + 1 == self.batches;
            let edge = self.warmup + self.batch * i64::from(batch + 1);
            let to = if last { until } else { until.min(edge) };
            if let Some(busy) = self.busy.get_mut(batch as usize) {
                *busy += seconds(to - from);
            }
            from = to;
        }
    }

    /// Measured calls that are neither answered nor given up yet.
    pub(crate) fn open(&self) -> u64 {
        self.open
    }

    /// The batches of one skill, or of all together.
    pub(crate) fn cells(&self, skill: Option<usize>) -> Vec<Cell> {
        let batch = |cells: &[Cell]| match skill {
            Some(skill) => cells.get(skill).copied().unwrap_or_default(),
            None => cells.iter().fold(Cell::default(), |mut sum, cell| {
                sum += *cell;
                sum
            }),
        };
        self.cells.chunks(self.skills).map(batch).collect()
    }

    /// Answered calls of a skill by a group, by batch.
    pub(crate) fn matches(&self, skill: usize, group: usize) -> impl Iterator<Item = f64> + Clone {
        let first = skill * self.groups + group;
        self.matches
            .iter()
            .skip(first)
            .step_by(self.skills * self.groups)
            .copied()
    }

    /// Calls of a skill, or of all, that waited no longer than a threshold, by batch.
    pub(crate) fn within(&self, skill: Option<usize>, threshold: usize) -> Vec<f64> {
        let per = self.thresholds.len();
        let batch = |counts: &[f64]| match skill {
            Some(skill) => counts.get(skill * per + threshold).copied().unwrap_or_default(),
            None => counts.iter().skip(threshold).step_by(per).sum(),
        };
        self.within.chunks(self.skills * per).map(batch).collect()
    }

    /// Seconds that agents were kept, and seconds that passed, by batch.
    pub(crate) fn busy(&self) -> impl Iterator<Item = (f64, f64)> + Clone {
        let last = self.batches - 1;
        let rest = self.end - self.warmup - self.batch * i64::from(last);
        let length = move |batch| seconds(if batch == last { rest } else { self.batch });
        self.busy.iter().copied().zip((0..).map(length))
    }

    /// A call that was not blocked has waited.
    fn decided(&mut self, call: &Call, wait: i64) {
        let Some(cell) = self.cell(call.batch, call.skill) else {
            return;
        };
        cell.waited += f64::from(u8::from(wait > 0));
        cell.wait += seconds(wait);
        self.open = self.open.saturating_sub(1);
        let per = self.thresholds.len();
        let Some(first) = self.place(call.batch, call.skill).map(|place| place * per) else {
            return;
        };
        for (threshold, count) in self.thresholds.iter().zip(self.within.iter_mut().skip(first)) {
            *count += f64::from(u8::from(wait <= *threshold));
        }
    }

    fn place(&self, batch: Option<u32>, skill: SkillIx) -> Option<usize> {
        Some(batch? as usize * self.skills + usize::from(skill))
    }

    fn cell(&mut self, batch: Option<u32>, skill: SkillIx) -> Option<&mut Cell> {
        let place = self.place(batch, skill)?;
        self.cells.get_mut(place)
    }
}

impl AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.offered += other.offered;
        self.blocked += other.blocked;
        self.abandoned += other.abandoned;
        self.answered += other.answered;
        self.waited += other.waited;
        self.wait += other.wait;
        self.promised += other.promised;
        self.late += other.late;
        self.worst_late = self.worst_late.max(other.worst_late);
        let (sum, more) = (&mut self.forecast, other.forecast);
        sum.told += more.told;
        sum.untold += more.untold;
        sum.wait += more.wait;
        sum.error += more.error;
        sum.inside += more.inside;
        for (sum, more) in sum.squares.iter_mut().zip(more.squares) {
            *sum += more;
        }
    }
}

fn add(counts: &mut [f64], place: Option<usize>) {
    if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
        *count += 1.0;
    }
}
