//! A stream of callers that was checked.

use acd::routing::SkillIx;

use crate::bounds::{not_negative, positive, within};
use crate::chance::Dist;
use crate::scenario::{Arrivals, Wrong};
use crate::time::ticks;

/// Priorities are 0 to 9, as the product's levels.
const MAX_PRIORITY: u8 = 9;
/// Arrivals per second.
const MAX_RATE: f64 = 1e6;
/// A promised call goes first so many handling times of one of the agents before its time is up: enough for some of them to
/// become free, too little for the live callers to notice.
const SLACK: f64 = 10.0;

/// A stream of callers.
#[derive(Debug)]
pub(crate) struct Stream {
    pub(crate) skill: SkillIx,
    pub(crate) interarrival: Dist,
    pub(crate) handle: Dist,
    pub(crate) patience: Option<Dist>,
    /// The mean handling time, in seconds.
    pub(crate) mean: f64,
    /// While they wait; 0 goes first.
    pub(crate) rank: u8,
    pub(crate) promise: Option<Promise>,
}

/// A call back within a time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Promise {
    /// Ticks after the arrival.
    pub(crate) within: i64,
    /// Ticks after the arrival, when they begin to go first.
    pub(crate) urgent: i64,
}

impl Stream {
    /// Checks a stream. So many agents have its skill; `last` is the lowest priority of all streams.
    pub(crate) fn of(
        arrivals: &Arrivals,
        skill: SkillIx,
        knowing: u32,
        last: u8,
        field: &str,
    ) -> Result<Self, Wrong> {
        let at = |name: &str| format!("{field}.{name}");
        if knowing == 0 {
            return Err(Wrong::new(
                &at("skill"),
                format!("no agent has {:?}", arrivals.skill),
            ));
        }
        positive(arrivals.rate, &at("rate"))?;
        if arrivals.rate > MAX_RATE {
            return Err(Wrong::new(&at("rate"), format!("must be at most {MAX_RATE:e}")));
        }
        let between = arrivals.interarrival.mean;
        if between.is_some_and(|mean| (mean * arrivals.rate - 1.0).abs() > 1e-6) {
            return Err(Wrong::new(
                &at("interarrival.mean"),
                "contradicts the rate; leave it out",
            ));
        }
        within(arrivals.priority, 0, MAX_PRIORITY, &at("priority"))?;
        let mean = arrivals.handle.mean.unwrap_or_default();
        let patience = arrivals.patience.as_ref();
        Ok(Self {
            skill,
            interarrival: Dist::of(
                &arrivals.interarrival,
                &at("interarrival"),
                Some(1.0 / arrivals.rate),
            )?,
            handle: Dist::of(&arrivals.handle, &at("handle"), None)?,
            patience: patience
                .map(|shape| Dist::of(shape, &at("patience"), None))
                .transpose()?,
            mean,
            // Rank 0 is kept for promises that are due, and those that are not yet yield to all live callers.
            rank: 1 + if arrivals.promise.is_some() {
                last + 1
            } else {
                arrivals.priority
            },
            promise: promise(arrivals, mean * SLACK / f64::from(knowing), field)?,
        })
    }
}

/// The promise of a stream; `slack` seconds where it names none.
fn promise(arrivals: &Arrivals, slack: f64, field: &str) -> Result<Option<Promise>, Wrong> {
    let Some(within) = arrivals.promise else {
        return match arrivals.slack {
            None => Ok(None),
            Some(_) => Err(Wrong::new(&format!("{field}.slack"), "belongs to a promise")),
        };
    };
    positive(within, &format!("{field}.promise"))?;
    if arrivals.priority != 0 {
        return Err(Wrong::new(
            &format!("{field}.priority"),
            "does not go with a promise",
        ));
    }
    let slack = arrivals.slack.unwrap_or(slack);
    not_negative(slack, &format!("{field}.slack"))?;
    Ok(Some(Promise {
        within: ticks(within),
        urgent: ticks((within - slack).max(0.0)),
    }))
}
