//! What became of the requests of some time, counted for managers.

use crate::config::Config;
use crate::request::Prediction;
use crate::wall::{Wall, date_of};
use shared::call::EndReason;
use shared::report::{Line, Report, Wait};
use shared::{AgentId, Millis, SkillId};
use std::collections::BTreeMap;

/// The wait that counts as in time, in seconds: what contact centres usually promise for a call back.
const TARGET_S: u32 = 60;
const HOUR_MS: i64 = 3_600_000;
/// Pages that a report tells.
const PAGES: usize = 50;
/// Waits that a report tells one by one.
const WAITS: usize = 300;

/// A request as far as reports look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When it was accepted.
    pub created_at: Millis,
    /// Its place in line, or the time promised.
    pub queued_at: Millis,
    /// When the customer was dialled for the first time.
    pub called_at: Option<Millis>,
    /// When the two began to talk.
    pub connected_at: Option<Millis>,
    /// The wait announced at first.
    pub predicted: Option<Prediction>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// How it ended.
    pub reason: Option<EndReason>,
    /// The skill.
    pub skill: Option<SkillId>,
    /// Who had it last.
    pub agent: Option<AgentId>,
    /// The address of the page it came from.
    pub page: Option<String>,
}

impl Told {
    fn wait_ms(&self) -> Option<i64> {
        Some((self.called_at?.0 - self.queued_at.0).max(0))
    }

    /// A wait that was announced and had to be waited.
    fn compared(&self) -> Option<Wait> {
        let (wait, told) = (self.wait_ms().filter(|ms| *ms > 0)?, self.predicted?);
        let seconds = |ms: i64| u32::try_from(ms.max(0) / 1000).unwrap_or(u32::MAX);
        (told.high_ms > 0).then(|| Wait {
            announced_s: seconds(told.mean_ms),
            low_s: seconds(told.low_ms),
            high_s: seconds(told.high_ms),
            waited_s: seconds(wait),
        })
    }

    const fn abandoned(&self) -> bool {
        matches!(
            self.reason,
            Some(EndReason::CancelledByCustomer | EndReason::CustomerHungUpOnHold | EndReason::Expired)
        ) && self.connected_at.is_none()
    }

    const fn not_reached(&self) -> bool {
        matches!(
            self.reason,
            Some(
                EndReason::CustomerBusy
                    | EndReason::CustomerNoAnswer
                    | EndReason::CustomerDeclined
                    | EndReason::CustomerForbade
                    | EndReason::CustomerVoicemail
                    | EndReason::CustomerNotConfirmed
                    | EndReason::InvalidNumber
            )
        )
    }
}

#[derive(Default)]
struct Sum {
    line: Line,
    waits_ms: Vec<i64>,
}

impl Sum {
    fn add(&mut self, told: &Told) {
        let line = &mut self.line;
        line.asked += 1;
        line.talked += u32::from(told.connected_at.is_some());
        line.abandoned += u32::from(told.abandoned());
        line.not_reached += u32::from(told.not_reached());
        if let Some(wait) = told.wait_ms() {
            line.called += 1;
            line.in_time += u32::from(wait <= i64::from(TARGET_S) * 1000);
            self.waits_ms.push(wait);
        }
        if let (Some(from), Some(to)) = (told.connected_at, told.ended_at) {
            line.talk_s += u64::try_from((to.0 - from.0).max(0) / 1000).unwrap_or_default();
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of some days")]
    fn line(mut self, key: String) -> Line {
        self.waits_ms.sort_unstable();
        let n = self.waits_ms.len();
        let seconds = |ms: i64| ms as f64 / 1000.0;
        // The nearest rank: nine of ten waited no longer.
        let ninth = (n * 9).div_ceil(10).saturating_sub(1);
        Line {
            key,
            wait_s: (n > 0).then(|| seconds(self.waits_ms.iter().sum()) / n as f64),
            wait_90_s: self.waits_ms.get(ninth).copied().map(seconds),
            ..self.line
        }
    }
}

fn grouped<'a>(told: &'a [Told], key: impl Fn(&'a Told) -> String) -> Vec<Line> {
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    for one in told {
        sums.entry(key(one)).or_default().add(one);
    }
    sums.into_iter().map(|(key, sum)| sum.line(key)).collect()
}

fn without_query(page: &str) -> String {
    page.split(['?', '#']).next().unwrap_or_default().to_owned()
}

impl Config {
    /// The report on these requests, all accepted from `from` on and before `to`; `cut` says that there were more.
    pub fn report(&self, told: &[Told], from: Millis, to: Millis, cut: bool) -> Report {
        let mut all = Sum::default();
        told.iter().for_each(|one| all.add(one));
        let mut wall: Wall<'_> = Wall::new(self.hours.zone());
        let mut day: Vec<Sum> = (0..24).map(|_| Sum::default()).collect();
        for one in told {
            let hour = usize::try_from(wall.look(one.created_at).minute() / 60).unwrap_or_default();
            if let Some(sum) = day.get_mut(hour) {
                sum.add(one);
            }
        }
        let day = day.into_iter().enumerate();
        let (first, last) = (wall.look(from).day, wall.look(to.plus_ms(-1)).day);
        let mut days: BTreeMap<i64, Sum> = (first..=last).map(|day| (day, Sum::default())).collect();
        for one in told {
            days.entry(wall.look(one.created_at).day).or_default().add(one);
        }
        let mut waits: Vec<Wait> = told.iter().rev().filter_map(Told::compared).take(WAITS).collect();
        waits.reverse();
        let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
        let mut pages = grouped(told, |one| {
            one.page.as_deref().map(without_query).unwrap_or_default()
        });
        pages.sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| one.key.cmp(&other.key)));
        pages.truncate(PAGES);
        Report {
            from,
            to,
            target_s: TARGET_S,
            cut,
            total: all.line(String::new()),
            // As instants have as many digits each, they are in order.
            hours: grouped(told, |one| {
                (one.created_at.0.div_euclid(HOUR_MS) * HOUR_MS).to_string()
            }),
            day: day.map(|(hour, sum)| sum.line(hour.to_string())).collect(),
            days: days
                .into_iter()
                .map(|(day, sum)| sum.line(date_of(day).to_string()))
                .collect(),
            waits,
            skills: grouped(told, |one| id(one.skill.as_ref().map(SkillId::as_str))),
            pages,
            agents: grouped(told, |one| id(one.agent.as_ref().map(AgentId::as_str))),
        }
    }
}
