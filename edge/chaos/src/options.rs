//! The option set of a seed: how big the business is, which faults there are and how often. Each fault is left out of about half
//! of the seeds, so that what one hides another seed shows.

use crate::chance::Chance;
use crate::narrow::Narrow;
use serde::Serialize;

/// How equipment is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Kind {
    /// By HTTP, under our own names of legs, which it remembers; its events have ids and are sent until they are taken.
    Named,
    /// By HTTP, under names of its own: dialling twice calls twice.
    Referring,
    /// Over a socket that it opens; it forgets what has ended, and what it tells while it is cut off is lost.
    Plugged,
    /// The browsers of customer and agent: at hand in the object, nothing is lost on the way to them.
    Browser,
}

/// Everything that is drawn from a seed before its play begins. Probabilities are of one in the thing they are about.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Options {
    /// Events until the faults are healed.
    pub(crate) events: u64,
    pub(crate) agents: u8,
    pub(crate) skills: u8,
    pub(crate) equipment: Vec<Kind>,
    /// Milliseconds between customers, on the average.
    pub(crate) gap_ms: f64,
    /// Customers who come in the same millisecond.
    pub(crate) burst: f64,
    pub(crate) press_one: bool,
    /// Customers who want to talk in the browser.
    pub(crate) voice: f64,
    pub(crate) attempts: u32,
    /// Opening hours in a zone with summer time, and which day it is.
    pub(crate) hours: Option<u8>,
    /// The process dies around a commit.
    pub(crate) crash: f64,
    /// The process dies between two events.
    pub(crate) crash_idle: f64,
    /// The object is put to sleep.
    pub(crate) evict: f64,
    /// A transaction fails.
    pub(crate) storage: f64,
    pub(crate) alarm_lost: f64,
    pub(crate) alarm_late: f64,
    pub(crate) alarm_twice: f64,
    /// A request to equipment is lost, its answer is, or is late, garbage, an error.
    pub(crate) request_lost: f64,
    pub(crate) answer_lost: f64,
    pub(crate) answer_late: f64,
    pub(crate) garbage: f64,
    pub(crate) error: f64,
    /// Equipment can't be reached for a while.
    pub(crate) partition: f64,
    pub(crate) news_lost: f64,
    pub(crate) news_twice: f64,
    pub(crate) news_late: f64,
    /// News of the wrong kind: a machine that is none.
    pub(crate) news_wrong: f64,
    /// A phone that is never rung although it was said to be.
    pub(crate) silent: f64,
    /// A customer who gives up, and one who submits again.
    pub(crate) cancel: f64,
    pub(crate) impatient: f64,
    /// Agents who do something else than talk.
    pub(crate) unruly: f64,
    /// A number that others have rung as often as may be, and nobody who says so.
    pub(crate) withheld: f64,
    pub(crate) unanswered: f64,
    /// Milliseconds between changes of the business's document.
    pub(crate) edit_ms: f64,
    /// Milliseconds between jumps of the clock; 0 for none.
    pub(crate) jump_ms: f64,
    /// A dial policy that is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) narrow: Option<Narrow>,
}

impl Options {
    pub(crate) fn draw(seed: u64, chance: &mut Chance, events: u64) -> Self {
        let mut often = |most: f64| {
            let on = chance.happens(0.5);
            let share = chance.unit();
            if on { most * share * share } else { 0.0 }
        };
        let faults: [f64; 22] = [
            0.02, 0.005, 0.01, 0.02, 0.01, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.1, 0.02, 0.2, 0.3, 0.3, 0.02,
            0.05, 0.5, 0.5, 0.2, 0.1,
        ]
        .map(&mut often);
        let [
            crash,
            crash_idle,
            evict,
            storage,
            alarm_lost,
            alarm_late,
            alarm_twice,
            request_lost,
            answer_lost,
            answer_late,
            garbage,
            error,
            partition,
            news_lost,
            news_twice,
            news_late,
            news_wrong,
            silent,
            cancel,
            impatient,
            withheld,
            unanswered,
        ] = faults;
        let agents = u8::try_from(chance.between(2, 8)).unwrap_or(2);
        let lines = chance.between(1, 3);
        let equipment = (0..lines).filter_map(|_| {
            chance
                .one_of(&[Kind::Named, Kind::Referring, Kind::Plugged])
                .copied()
        });
        let equipment: Vec<Kind> = equipment.collect();
        let mut options = Self {
            events,
            agents,
            skills: u8::try_from(chance.between(1, 4)).unwrap_or(1),
            equipment,
            gap_ms: 70_000.0 / f64::from(agents) * (0.8 + chance.unit()),
            burst: 0.2,
            press_one: chance.happens(0.3),
            voice: if chance.happens(0.5) { chance.unit() } else { 0.0 },
            attempts: u32::try_from(chance.between(1, 4)).unwrap_or(1),
            hours: chance
                .happens(0.3)
                .then(|| u8::try_from(chance.below(5)).unwrap_or(0)),
            crash,
            crash_idle,
            evict,
            storage,
            alarm_lost,
            alarm_late,
            alarm_twice,
            request_lost,
            answer_lost,
            answer_late,
            garbage,
            error,
            partition,
            news_lost,
            news_twice,
            news_late,
            news_wrong,
            silent,
            cancel,
            impatient,
            withheld,
            unanswered,
            unruly: chance.unit() * 0.5,
            edit_ms: if chance.happens(0.5) { 200_000.0 } else { 0.0 },
            jump_ms: if chance.happens(0.2) { 900_000.0 } else { 0.0 },
            narrow: None,
        };
        options.narrow = Narrow::draw(seed, options.equipment.len(), agents, &mut options.gap_ms);
        options
    }
}
