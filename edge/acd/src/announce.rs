//! The wait that is told to those in line: the router played ahead, told as a range that counts down, and longer only with a
//! reason that is kept.

use crate::TimerKey;
use crate::engine::Acd;
use crate::evidence::Lesson;
use crate::request::{Announced, Prediction, Request};
use crate::routing::{Estimate, Range, SkillIx};
use shared::call::RequestState;
use shared::presence::WaitRange;
use shared::request::WaitChange;
use shared::{Millis, RequestId};

/// While somebody waits, the wait is worked out anew at least this often.
const INTERVAL_S: i64 = 15;
/// A wait that became longer by less than this, or by less than a quarter, is no news.
const SMALL_RISE_MS: i64 = 15_000;
/// A wait that became shorter by less than this, or by less than a tenth, is no news either.
const SMALL_FALL_MS: i64 = 3_000;
/// Those in line grow older in steps of so much: too little to change anybody's wait, and long enough that a busy line is not played again
/// after every step that changed nothing.
const AGED_MS: i64 = 5_000;

#[expect(clippy::cast_possible_truncation, reason = "saturates")]
pub(crate) fn whole(ms: f64) -> i64 {
    ms.round() as i64
}

impl Prediction {
    pub(crate) fn new(estimate: &Estimate, range: &Range) -> Self {
        Self {
            low_ms: whole(range.low),
            mean_ms: whole(estimate.mean),
            high_ms: whole(range.high),
        }
    }

    /// The same, over after `ms` at the latest.
    fn at_most(self, ms: i64) -> Self {
        Self {
            low_ms: self.low_ms.min(ms),
            mean_ms: self.mean_ms.min(ms),
            high_ms: self.high_ms.min(ms),
        }
    }

    /// What is left of it after `ms`.
    fn after(self, ms: i64) -> Self {
        let left = |wait: i64| wait.saturating_sub(ms).max(0);
        Self {
            low_ms: left(self.low_ms),
            mean_ms: left(self.mean_ms),
            high_ms: left(self.high_ms),
        }
    }

    /// As it is published: whole seconds, the range never too narrow.
    pub(crate) fn range(self) -> WaitRange {
        let seconds = |ms: i64| u32::try_from(ms / 1000).unwrap_or(0);
        WaitRange {
            low_s: seconds(self.low_ms),
            high_s: seconds(self.high_ms.saturating_add(999)),
        }
    }
}

/// Whichever is earlier of a wait that was played and an opening that is certain.
fn earlier(played: Option<Prediction>, opens_ms: Option<i64>) -> Option<Prediction> {
    let certain = |ms| Prediction {
        low_ms: ms,
        mean_ms: ms,
        high_ms: ms,
    };
    match (played, opens_ms) {
        (Some(played), Some(ms)) => Some(played.at_most(ms)),
        (None, Some(ms)) => Some(certain(ms)),
        (played, None) => played,
    }
}

impl Announced {
    /// What is left of it at `now`.
    pub(crate) fn left(&self, now: Millis) -> Prediction {
        self.wait.after(now.0.saturating_sub(self.at.0).max(0))
    }

    /// What is told after `fresh` was worked out: the same, counting down, unless it differs by enough. What is longer has
    /// a reason.
    pub(crate) fn renew(old: Option<Self>, fresh: Self) -> Self {
        let Some(old) = old else { return fresh };
        let (told, found) = (old.left(fresh.at).high_ms, fresh.wait.high_ms);
        let falls = told - found > SMALL_FALL_MS.max(told / 10);
        let rises = found - told > SMALL_RISE_MS.max(told / 4);
        let change = if fresh.helpers < old.helpers {
            WaitChange::FewerAgents
        } else if fresh.ahead > old.ahead {
            WaitChange::OthersFirst
        } else {
            WaitChange::LongerCalls
        };
        match (falls, rises) {
            (true, _) => {
                let still = old.was.filter(|was| fresh.ends() > *was);
                Self {
                    change: old.change.filter(|_| still.is_some()),
                    was: still,
                    ..fresh
                }
            }
            (_, true) => Self {
                change: Some(change),
                was: Some(old.was.unwrap_or(old.ends())),
                ..fresh
            },
            // What is compared next time is what there is now, or a rise in two small steps would have no reason.
            _ => Self {
                ahead: old.ahead.min(fresh.ahead),
                ..old
            },
        }
    }
}

/// A present that was played ahead.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    pub(crate) at: Millis,
    /// People in line.
    pub(crate) waiting: usize,
    present: Present,
}

/// What waits follow from: as long as it is the same, so are they.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Present {
    /// Changes of the router until then.
    router: u64,
    /// Changes of what is learned until then.
    learned: u64,
    /// As of when those in line are how old; nobody in line ages.
    aged: Option<i64>,
}

impl Acd {
    /// Works out all waits, and what is told of them to those in line.
    pub(crate) fn announce(&mut self, now: Millis) {
        if let Some(again) = self.looks_again(now) {
            return self.wait_to_look(again, now);
        }
        self.look_ahead(now);
        let queued: Vec<(RequestId, u32)> = self
            .placed
            .iter()
            .filter(|(id, _)| {
                self.requests
                    .get(id)
                    .is_some_and(|request| request.state == RequestState::Queued)
            })
            .map(|(id, placed)| (id.clone(), placed.ticket))
            .collect();
        for (id, ticket) in &queued {
            let (ahead, helpers) = self.standing.of(*ticket);
            let place = usize::try_from(*ticket).ok();
            let estimate = place.and_then(|place| *self.outlook.tickets.get(place)?);
            let old = self.requests.get(id).and_then(|request| request.announced);
            let played = estimate.map(|estimate| self.prediction(&estimate));
            let opens = self
                .requests
                .get(id)
                .and_then(|request| self.opens_in(request, now));
            let told = earlier(played, opens).map(|wait| {
                let fresh = Announced {
                    at: now,
                    wait,
                    ahead,
                    helpers,
                    change: None,
                    was: None,
                };
                Announced::renew(old, fresh)
            });
            if told != old {
                self.with_request(id, |request| {
                    request.announced = told;
                    request.predicted = request.predicted.or(told.map(|told| told.wait));
                });
                if let Some(told) =
                    told.filter(|told| told.at == now && (old.is_none() || told.change.is_some()))
                {
                    self.touched.told.push((id.clone(), told));
                }
            }
        }
        let waits = !queued.is_empty();
        match self.timers.get(&TimerKey::Forecast) {
            Some(_) if !waits => self.clear_timer(TimerKey::Forecast),
            None if waits => self.set_timer(TimerKey::Forecast, now.plus_s(INTERVAL_S)),
            _ => {}
        }
    }

    pub(crate) fn prediction(&self, estimate: &Estimate) -> Prediction {
        Prediction::new(estimate, &self.learned.range(estimate))
    }

    /// After how many milliseconds, at the latest, a request is opened to somebody who is idle or soon will be: play does not
    /// know of the waits that the business set.
    fn opens_in(&self, request: &Request, now: Millis) -> Option<i64> {
        let skill = self.skill_of(request);
        let patience = self.timers.get(&TimerKey::Expert(request.id.clone()));
        let patience_ms = patience.map_or(0, |due| due.0.saturating_sub(now.0).max(0));
        let others = patience
            .and_then(|_| self.outlook_of(skill))
            .map(|estimate| whole(estimate.mean));
        let openings = self.openings();
        let later = openings.iter().skip(usize::from(request.opened));
        let later = later
            .filter(|opening| self.router.has_idle(skill, opening.reach))
            .map(|opening| {
                let due = request.joined_at.plus_s(i64::from(opening.after_s));
                due.0.saturating_sub(now.0).max(0)
            });
        later.chain(others).map(|ms| ms.max(patience_ms)).min()
    }

    /// The wait of somebody who asks for this skill now, as it is published.
    pub(crate) fn wait_now(&self, skill: Option<SkillIx>) -> Option<WaitRange> {
        let played = self.outlook_of(skill).map(|estimate| self.prediction(&estimate));
        let openings = self.openings();
        let opens = openings
            .iter()
            .find(|opening| self.router.has_idle(skill, opening.reach));
        let opens = opens.map(|opening| i64::from(opening.after_s) * 1000);
        earlier(played, opens).map(Prediction::range)
    }

    pub(crate) fn outlook_of(&self, skill: Option<SkillIx>) -> Option<Estimate> {
        match skill {
            None => self.outlook.anyone,
            Some(ix) => *self.outlook.skills.get(usize::from(ix))?,
        }
    }

    /// Plays the present ahead, unless it is the one that was played last.
    pub(crate) fn look_ahead(&mut self, now: Millis) {
        let waiting = self.router.waiting();
        // Play knows no clock but the age of those in line. Rounded, so that an engine that is restored plays the same.
        let aged = now.0.div_euclid(AGED_MS) * AGED_MS;
        let present = Present {
            router: self.router.changes(),
            learned: self.learned.changes(),
            aged: (waiting > 0).then_some(aged),
        };
        if self
            .looked
            .as_ref()
            .is_some_and(|looked| looked.present == present)
        {
            return;
        }
        self.outlook = self.forecaster.outlook(&self.router, &self.learned, aged);
        self.standing = self.router.standing();
        self.looked = Some(Looked {
            at: now,
            waiting,
            present,
        });
    }

    /// The wait is over: the customer is called. What was announced is compared with what came true.
    pub(crate) fn wait_is_over(&mut self, id: &RequestId, now: Millis) {
        let Some(request) = self.requests.get(id) else {
            return;
        };
        if request.called_at.is_some() {
            return;
        }
        let waited_ms = now.0.saturating_sub(request.queued_at.0).max(0);
        let (skill, predicted) = (self.skill_of(request), request.predicted);
        self.learned.waited(skill, waited_ms, false);
        if waited_ms > 0 {
            self.touched.lessons.insert(Lesson::Skill(skill));
        }
        if let Some(predicted) = predicted.filter(|predicted| predicted.high_ms > 0 && waited_ms > 0) {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let [low, mean, high] =
                [predicted.low_ms, predicted.mean_ms, predicted.high_ms].map(|ms| ms as f64);
            self.learned.settle(mean, &Range { low, high }, waited_ms);
            self.touched.lessons.insert(Lesson::Reliability);
        }
        self.with_request(id, |request| {
            request.called_at = Some(now);
            request.announced = None;
            // Nobody had to wait: that was foreseen.
            if waited_ms == 0 {
                request.predicted = Some(Prediction::default());
            }
        });
    }

    /// Somebody gave up before being called.
    pub(crate) fn gave_up(&mut self, id: &RequestId, gave_up: bool, now: Millis) {
        let Some(request) = self
            .requests
            .get(id)
            .filter(|request| request.state == RequestState::Queued)
        else {
            return;
        };
        let skill = self.skill_of(request);
        let waited_ms = now.0.saturating_sub(request.queued_at.0);
        self.learned.waited(skill, waited_ms, gave_up);
        self.touched.lessons.insert(Lesson::Skill(skill));
    }

    pub(crate) fn skill_of(&self, request: &Request) -> Option<SkillIx> {
        request
            .asked
            .skill
            .as_ref()
            .and_then(|id| self.config.skill_ix(id))
    }

    /// Seconds that a call keeps an agent, of any kind; `None` while too little is known.
    pub(crate) fn handling_s(&self) -> Option<u32> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; it is positive"
        )]
        let whole = |ms: f64| (ms / 1000.0).ceil() as u32;
        self.learned.common().map(whole)
    }

    /// An estimate as it is published.
    pub(crate) fn published(&self, estimate: Option<Estimate>) -> Option<WaitRange> {
        estimate.map(|estimate| self.prediction(&estimate).range())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(at: i64, high_ms: i64, ahead: u32, helpers: u32) -> Announced {
        Announced {
            at: Millis(at),
            wait: Prediction {
                low_ms: high_ms / 3,
                mean_ms: high_ms / 2,
                high_ms,
            },
            ahead,
            helpers,
            change: None,
            was: None,
        }
    }

    #[test]
    fn small_news_is_no_news() {
        let old = told(0, 120_000, 2, 3);
        // Half a minute later 90 s are left; 95 s is the same.
        assert_eq!(Announced::renew(Some(old), told(30_000, 95_000, 2, 3)), old);
        assert_eq!(old.left(Millis(30_000)).high_ms, 90_000);
    }

    #[test]
    fn what_became_shorter_is_told_and_what_became_longer_says_why() {
        let old = Some(told(0, 120_000, 2, 3));
        let renew = |fresh| Announced::renew(old, fresh).change;
        assert_eq!(
            Announced::renew(old, told(10_000, 60_000, 1, 3)).wait.high_ms,
            60_000
        );
        assert_eq!(renew(told(10_000, 60_000, 1, 3)), None);
        assert_eq!(renew(told(10_000, 200_000, 2, 2)), Some(WaitChange::FewerAgents));
        let longer = Some(Announced::renew(old, told(10_000, 200_000, 2, 2)));
        let again = |high_ms| Announced::renew(longer, told(20_000, high_ms, 2, 2)).change;
        assert_eq!(
            again(150_000),
            Some(WaitChange::FewerAgents),
            "it is longer still"
        );
        assert_eq!(again(90_000), None);
        assert_eq!(renew(told(10_000, 200_000, 3, 3)), Some(WaitChange::OthersFirst));
        assert_eq!(renew(told(10_000, 200_000, 2, 3)), Some(WaitChange::LongerCalls));
    }
}
