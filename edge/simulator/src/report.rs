//! The figures, as they are printed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::figure::{Batches, Figure};
use crate::plan::Plan;
use crate::rivals::NAMES;
use crate::tally::{Cell, Tally};

/// Everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// All skills together.
    pub total: Service,
    /// By skill.
    pub skills: BTreeMap<String, Service>,
    /// Of a skill's answered calls, the share of each group of agents.
    pub matches: BTreeMap<String, BTreeMap<String, Figure>>,
    /// How true the announced waits were; `None` when nothing was announced.
    pub forecast: Option<Forecast>,
    /// Measured calls that were neither answered nor given up when the run had taken twice its time; left out where there
    /// are none. They count in `offered` alone.
    #[serde(skip_serializing_if = "is_zero")]
    pub undecided: u64,
}

/// What became of the calls. Seconds, and shares of 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Service {
    /// Calls that came.
    pub offered: Figure,
    /// Of them, who found all trunks taken.
    pub blocked: Figure,
    /// Of them, who gave up.
    pub abandoned: Figure,
    /// Calls that were answered.
    pub answered: Figure,
    /// Of those not blocked, who waited at all.
    pub p_wait: Figure,
    /// The wait of those not blocked, until they were answered or gave up.
    pub mean_wait: Figure,
    /// The wait of those who waited at all.
    pub mean_wait_given_wait: Figure,
    /// Of those not blocked, who waited no longer, by threshold.
    pub p_wait_le: BTreeMap<String, Figure>,
    /// The share of the agents' time in which they are kept by calls; for the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Figure>,
    /// Of the promised calls that were answered, those answered later than promised; where calls are promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late: Option<Figure>,
    /// By how much at the worst, without a half width.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst_late: Option<Figure>,
}

/// How true the announcements were, over those who waited and were answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Those who were told something.
    pub told: Figure,
    /// Of all, those who were told "unknown".
    pub unknown: Figure,
    /// The mean of (announced − actual)², in square seconds.
    pub mse: Figure,
    /// Its root, in parts of their mean wait.
    pub rrmse: Figure,
    /// The mean of announced − actual, in parts of their mean wait.
    pub bias: Figure,
    /// The share of waits inside the announced range of 10 to 90 %.
    pub coverage: Figure,
    /// What others would have announced.
    #[serde(flatten)]
    pub rivals: BTreeMap<&'static str, Rival>,
    /// The same by skill; in the total alone.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skills: BTreeMap<String, Forecast>,
}

/// Another's announcements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rival {
    /// As ours.
    pub mse: Figure,
    /// Divided by ours.
    pub ratio: Figure,
}

impl Report {
    /// The figures of what was counted.
    pub(crate) fn of(plan: &Plan, tally: &Tally) -> Self {
        let batches = Batches::new(plan.batches);
        let named = || plan.skills.iter().cloned().enumerate();
        let agents = f64::from(plan.crew());
        let busy = tally.busy().map(move |(busy, length)| (busy, agents * length));
        let mut total = service(batches, plan, tally, None);
        total.occupancy = Some(batches.ratio(busy));
        let matches = named().map(|(skill, name)| {
            let answered: Vec<_> = tally
                .cells(Some(skill))
                .iter()
                .map(|cell| cell.answered)
                .collect();
            let groups = (0..plan.groups)
                .filter(|group| plan.knows(*group, skill))
                .map(|group| {
                    let pairs = tally.matches(skill, group).zip(answered.iter().copied());
                    (group.to_string(), batches.ratio(pairs))
                });
            (name, groups.collect())
        });
        Self {
            total,
            matches: matches.collect(),
            forecast: plan.forecast.then(|| {
                let mut all = forecast(batches, plan, &tally.cells(None));
                all.skills = named()
                    .map(|(skill, name)| (name, forecast(batches, plan, &tally.cells(Some(skill)))))
                    .collect();
                all
            }),
            skills: named()
                .map(|(skill, name)| (name, service(batches, plan, tally, Some(skill))))
                .collect(),
            undecided: tally.open(),
        }
    }
}

fn service(batches: Batches, plan: &Plan, tally: &Tally, skill: Option<usize>) -> Service {
    let cells = tally.cells(skill);
    let all = cells.iter();
    let taken = |cell: &Cell| cell.answered + cell.abandoned;
    let share = |y: fn(&Cell) -> f64| batches.ratio(all.clone().map(move |cell| (y(cell), cell.offered)));
    let of_taken = |y: fn(&Cell) -> f64| batches.ratio(all.clone().map(move |cell| (y(cell), taken(cell))));
    let p_wait_le = plan.thresholds.iter().enumerate().map(|(ix, (name, _))| {
        let within = tally.within(skill, ix);
        let pairs = within.iter().copied().zip(all.clone().map(taken));
        (name.clone(), batches.ratio(pairs))
    });
    let promises = plan.streams.iter().any(|stream| {
        stream.promise.is_some() && skill.is_none_or(|skill| skill == usize::from(stream.skill))
    });
    let seen = all.clone().any(|cell| cell.promised > 0.0);
    Service {
        offered: batches.total(all.clone().map(|cell| cell.offered)),
        blocked: share(|cell| cell.blocked),
        abandoned: share(|cell| cell.abandoned),
        answered: batches.total(all.clone().map(|cell| cell.answered)),
        p_wait: of_taken(|cell| cell.waited),
        mean_wait: of_taken(|cell| cell.wait),
        mean_wait_given_wait: batches.ratio(all.clone().map(|cell| (cell.wait, cell.waited))),
        p_wait_le: p_wait_le.collect(),
        occupancy: None,
        late: promises.then(|| batches.ratio(all.clone().map(|cell| (cell.late, cell.promised)))),
        worst_late: promises.then(|| Figure {
            mean: seen.then(|| all.clone().map(|cell| cell.worst_late).fold(0.0, f64::max)),
            half_width: None,
        }),
    }
}

fn forecast(batches: Batches, plan: &Plan, cells: &[Cell]) -> Forecast {
    let all = cells.iter().map(|cell| cell.forecast);
    let square = |ix: usize| {
        all.clone()
            .map(move |of| of.squares.get(ix).copied().unwrap_or_default())
    };
    let told = all.clone().map(|of| of.told);
    let rivals = NAMES.into_iter().zip(1..).map(|(name, ix)| {
        let rival = Rival {
            mse: batches.ratio(square(ix).zip(told.clone())),
            ratio: batches.ratio(square(ix).zip(square(0))),
        };
        (name, rival)
    });
    Forecast {
        told: batches.total(told.clone()),
        unknown: batches.ratio(all.clone().map(|of| (of.untold, of.told + of.untold))),
        mse: batches.ratio(square(0).zip(told.clone())),
        rrmse: batches.root_ratio(all.clone().map(|of| (of.squares[0], of.wait, of.told))),
        bias: batches.ratio(all.clone().map(|of| (of.error, of.wait))),
        coverage: batches.ratio(all.clone().map(|of| (of.inside, of.told))),
        rivals: rivals
            .filter(|(name, _)| *name != "ql" || plan.exact.is_some())
            .collect(),
        skills: BTreeMap::new(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}
