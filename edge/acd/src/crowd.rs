//! A line so long that it is not played ahead after every step: who comes in between is told a wait all the same.

use crate::TimerKey;
use crate::announce::whole;
use crate::engine::Acd;
use crate::place::Placed;
use crate::request::{Announced, Prediction};
use shared::call::RequestState;
use shared::{Millis, RequestId};

/// A line of so many is played ahead after every step. A play costs as much as the line is long: a longer one is played after a pause of
/// a quarter of a millisecond for each person, so that a crowd never keeps the engine busy with itself alone.
const SHORT_LINE: usize = 100;
/// The longest such pause.
const LONGEST_PAUSE_MS: i64 = 1_000;

impl Prediction {
    /// The same, longer or shorter.
    fn times(self, by: f64) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let times = |ms: i64| whole(ms as f64 * by);
        Self {
            low_ms: times(self.low_ms),
            mean_ms: times(self.mean_ms),
            high_ms: times(self.high_ms),
        }
    }
}

impl Acd {
    /// When the line is to be played again, where it is long and was played a moment ago.
    pub(crate) fn looks_again(&self, now: Millis) -> Option<Millis> {
        let waiting = self.router.waiting();
        let pause = i64::try_from(waiting / 4)
            .unwrap_or(i64::MAX)
            .min(LONGEST_PAUSE_MS);
        let looked_at = self.looked.as_ref().filter(|_| waiting > SHORT_LINE)?.at;
        // Also where the clock was set back in the meantime.
        let fresh = (0..pause).contains(&now.0.saturating_sub(looked_at.0));
        fresh.then(|| looked_at.plus_ms(pause))
    }

    /// Leaves the waits as they were played, and has them played again at that time.
    pub(crate) fn wait_to_look(&mut self, again: Millis, now: Millis) {
        self.standing = self.router.standing();
        self.welcome(now);
        let due = self.timers.get(&TimerKey::Forecast);
        if due.is_none_or(|due| *due > again) {
            self.set_timer(TimerKey::Forecast, again);
        }
    }

    /// True for whom nobody stands behind of those who wait for the same skill.
    fn is_last(&self, placed: &Placed) -> bool {
        let others = self.placed.values();
        let mut rivals = others.filter(|other| other.skill() == placed.skill());
        !rivals.any(|other| placed.is_before(other))
    }

    /// Whoever has come since the line was played is told what somebody was who asked then, longer by as much as the line is: with agents of
    /// one kind the wait grows with the line (see [`crate::routing::Forecaster`]).
    fn welcome(&mut self, now: Millis) {
        let then = self.looked.as_ref().map_or(0, |looked| looked.waiting);
        // Who is told is in line by now.
        let size = |people: usize| f64::from(u32::try_from(people).unwrap_or(u32::MAX));
        let grown = size(self.router.waiting()) / size(then + 1);
        let touched = self.touched.requests.iter();
        let new: Vec<(RequestId, Announced)> = touched
            .filter_map(|id| {
                let (request, placed) = (self.requests.get(id)?, self.placed.get(id)?);
                let new = request.state == RequestState::Queued && request.announced.is_none();
                // The wait for one person alone is not everybody's, nor is that of who goes before others.
                let usual = |_: &_| !placed.is_for_expert() && self.is_last(placed);
                let estimate = self.outlook_of(placed.skill()).filter(|_| new).filter(usual)?;
                let (ahead, helpers) = self.standing.of(placed.ticket);
                let told = Announced {
                    at: now,
                    wait: self.prediction(&estimate).times(grown),
                    ahead,
                    helpers,
                    change: None,
                    was: None,
                };
                Some((id.clone(), told))
            })
            .collect();
        for (id, told) in new {
            self.with_request(&id, |request| {
                request.announced = Some(told);
                request.predicted = request.predicted.or(Some(told.wait));
            });
            self.touched.told.push((id, told));
        }
    }
}
