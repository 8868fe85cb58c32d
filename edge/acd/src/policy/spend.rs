//! What calls cost: as much as one may cost is set aside before it is dialled, and what it did cost takes its place when it is over.
//! What is set aside and what was spent together never pass a cap.

use super::Digest;
use crate::mutant;
use serde::{Deserialize, Serialize};
use shared::policy::Spend;
use shared::{LegId, Millis};

/// Ten-thousandths, in which carriers print prices, of one hundredth, in which caps are written.
const PER_HUNDREDTH: u64 = 100;
const MINUTE_MS: i64 = 60_000;
/// Seconds after which leave is asked for again where nobody can say when it is given.
const AGAIN_S: i64 = 60;
/// For whom the moment is worked out: whoever is behind them is called in by those who are not, and else looks now and then.
const EXACT: u32 = 32;
pub(crate) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// A call to a customer: when, and what it costs with the agent's part of it, in ten-thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dial {
    /// The customer's leg.
    pub leg: LegId,
    /// When it was dialled.
    pub at: Millis,
    /// The customer's number.
    pub number: Digest,
    /// What a minute costs, both parties.
    pub per_minute: u32,
    /// How many minutes are set aside.
    pub minutes: u32,
    /// When somebody, or something, answered.
    pub answered_at: Option<Millis>,
    /// What it did cost by the rates, once that is known.
    pub cost: Option<u64>,
    /// What its carrier billed for it so far, both parties.
    pub billed: u64,
}

impl Dial {
    /// What it may cost, or did: by its rates, unless it was billed for more.
    pub fn committed(&self) -> u64 {
        if mutant!(SetAsideForgotten) {
            return self.cost.unwrap_or_default();
        }
        self.cost.unwrap_or(self.set_aside()).max(self.billed)
    }

    pub(crate) fn set_aside(&self) -> u64 {
        u64::from(self.per_minute) * u64::from(self.minutes)
    }

    /// True while what it costs is not known, or is only what it costs at the most.
    pub(crate) fn is_open(&self) -> bool {
        self.cost.is_none() || self.answered_at.is_none()
    }

    /// What it costs from its answer to now.
    pub(crate) fn cost_of(&self, from: Millis, now: Millis) -> u64 {
        u64::from(self.per_minute) * begun_minutes(from, now)
    }
}

/// Begun minutes, as they are billed.
pub(crate) fn begun_minutes(from: Millis, to: Millis) -> u64 {
    let ms = u64::try_from(to.0.saturating_sub(from.0)).unwrap_or_default();
    ms.div_ceil(MINUTE_MS.unsigned_abs())
}

/// What is set aside, and what was spent in the last hour and in the last day.
pub fn committed<'a>(dials: impl Iterator<Item = &'a Dial>, now: Millis) -> (u64, u64) {
    dials.fold((0, 0), |(hour, day), dial| {
        // A call of which nothing was heard for a day is not up any more.
        let young = |window_ms: i64| dial.at > now.plus_ms(-window_ms);
        let within = |window_ms| young(window_ms) || (dial.cost.is_none() && young(DAY_MS));
        let cost = |within: bool| if within { dial.committed() } else { 0 };
        (
            hour.saturating_add(cost(within(HOUR_MS))),
            day.saturating_add(cost(within(DAY_MS))),
        )
    })
}

/// How far a call may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grant {
    /// So many minutes are set aside.
    Minutes(u32),
    /// Not before so much is free again, in ten-thousandths.
    Wait {
        /// What is to be set aside.
        cost: u64,
    },
    /// Not a minute of it may be paid.
    Never,
}

/// Asks for a call of `longest` minutes, or as many as one call may cost.
pub(crate) fn grant(per_minute: u32, longest: u32, caps: Spend, (hour, day): (u64, u64)) -> Grant {
    if per_minute == 0 {
        return Grant::Minutes(longest);
    }
    let cap = |hundredths: u32| u64::from(hundredths) * PER_HUNDREDTH;
    let per_minute = u64::from(per_minute);
    // What a call may cost alone; what others leave it decides when it is made, not how long it is.
    let alone = cap(caps.call).min(cap(caps.hour)).min(cap(caps.day));
    let minutes = u32::try_from(alone / per_minute).unwrap_or(u32::MAX).min(longest);
    if minutes == 0 {
        return Grant::Never;
    }
    let cost = per_minute * u64::from(minutes);
    if hour.saturating_add(cost) <= cap(caps.hour) && day.saturating_add(cost) <= cap(caps.day) {
        Grant::Minutes(minutes)
    } else {
        Grant::Wait { cost }
    }
}

/// When to look again whether so much may be set aside that may not be now: in a minute while a call of the last hour is up, or nobody knows
/// yet what it did cost, since that is mostly less than was set aside; else when enough of what was spent is an hour, or a day, ago. Where others go before it,
/// as much later.
pub(crate) fn frees<'a>(
    dials: impl Iterator<Item = &'a Dial>,
    cost: u64,
    ahead: u32,
    caps: Spend,
    now: Millis,
) -> Millis {
    let turn = u64::from(ahead) + 1;
    if ahead >= EXACT {
        return now.plus_s(AGAIN_S * (i64::from(ahead) + 1));
    }
    let mut young: Vec<&Dial> = dials.filter(|dial| dial.at > now.plus_ms(-DAY_MS)).collect();
    young.sort_by_key(|dial| dial.at);
    let (hour, day) = committed(young.iter().copied(), now);
    let again = now.plus_s(AGAIN_S * (i64::from(ahead) + 1));
    let begun = now.plus_ms(-HOUR_MS);
    if young.iter().any(|dial| dial.is_open() && dial.at > begun) {
        return again;
    }
    let frees = |window_ms: i64, committed: u64, cap: u32| {
        let cap = u64::from(cap) * PER_HUNDREDTH;
        let mut left = committed.saturating_add(cost.saturating_mul(turn));
        let mut gone = now;
        for dial in young.iter().filter(|dial| dial.at > now.plus_ms(-window_ms)) {
            if left <= cap {
                break;
            }
            left = left.saturating_sub(dial.committed());
            gone = dial.at.plus_ms(window_ms);
        }
        gone
    };
    let hour = frees(HOUR_MS, hour, caps.hour);
    hour.max(frees(DAY_MS, day, caps.day)).max(again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CAPS: Spend = Spend {
        call: 100,
        hour: 1000,
        day: 5000,
    };

    #[test]
    fn a_call_is_as_long_as_it_may_cost() {
        // 0.10 a minute, 1.00 a call.
        assert_eq!(grant(1000, 120, CAPS, (0, 0)), Grant::Minutes(10));
        assert_eq!(grant(10, 120, CAPS, (0, 0)), Grant::Minutes(120));
        assert_eq!(
            grant(0, 120, CAPS, (u64::MAX, u64::MAX)),
            Grant::Minutes(120),
            "free"
        );
        assert_eq!(
            grant(10_001, 120, CAPS, (0, 0)),
            Grant::Never,
            "a minute costs more than a call may"
        );
        assert_eq!(
            grant(1000, 120, CAPS, (90_001, 90_001)),
            Grant::Wait { cost: 10_000 }
        );
        assert_eq!(grant(1000, 120, CAPS, (90_000, 90_000)), Grant::Minutes(10));
    }

    fn dial(nth: usize, at: Millis, per_minute: u32, minutes: u32) -> Dial {
        Dial {
            leg: LegId::parse(&format!("req_{nth}.c1")).unwrap(),
            at,
            number: Digest::of_network("", "192.0.2.1".parse().unwrap()),
            per_minute,
            minutes,
            answered_at: None,
            cost: None,
            billed: 0,
        }
    }

    #[test]
    fn what_was_spent_is_free_again_an_hour_later() {
        let at = |minutes: i64| Millis(minutes * MINUTE_MS);
        let spent = |nth, begun: i64, cost| Dial {
            answered_at: Some(at(begun)),
            cost: Some(cost),
            ..dial(nth, at(begun), 1000, 10)
        };
        let mut dials = vec![spent(0, 0, 60_000), spent(1, 10, 30_000), spent(2, 50, 5_000)];
        let again = |dials: &[Dial], now, cost| frees(dials.iter(), cost, 0, CAPS, at(now));
        assert_eq!(again(&dials, 55, 10_000), at(60), "the first one is enough");
        assert_eq!(again(&dials, 55, 70_000), at(70), "or the first two");
        assert_eq!(again(&dials, 59, 10_000), at(60));
        dials.push(dial(3, at(52), 1000, 10));
        assert_eq!(
            again(&dials, 55, 10_000),
            at(56),
            "a call that is up may end before"
        );
        let day: Vec<Dial> = (0..10).map(|nth| spent(nth, 100 * nth as i64, 50_000)).collect();
        assert_eq!(again(&day, 1_100, 10_000), at(24 * 60), "the cap of a day");
    }

    proptest! {
        /// Whatever is asked for and whenever it ends, what is set aside and what was spent stay within each cap.
        #[test]
        fn the_caps_hold(calls in prop::collection::vec((0..1_200_000i64, 0..20_000u32, 0..150u32), 1..120)) {
            let mut now = Millis(1_795_176_000_000);
            let mut dials: Vec<Dial> = Vec::new();
            for (nth, (gap, rate, talk)) in calls.into_iter().enumerate() {
                now = now.plus_ms(gap);
                // Each call that is up talks on, and is ended at its limit.
                for dial in dials.iter_mut().filter(|dial| dial.cost.is_none()) {
                    let up = i64::from(dial.minutes.min(talk)) * MINUTE_MS;
                    let end = dial.answered_at.unwrap().plus_ms(up);
                    if end <= now {
                        dial.cost = Some(dial.cost_of(dial.answered_at.unwrap(), end));
                        prop_assert!(dial.cost.unwrap() <= dial.set_aside());
                    }
                }
                match grant(rate, 120, CAPS, committed(dials.iter(), now)) {
                    Grant::Minutes(minutes) => {
                        dials.push(Dial { answered_at: Some(now), ..dial(nth, now, rate, minutes) });
                    }
                    Grant::Wait { cost } => {
                        // Where nothing is up that may end before, it is given just when that was said.
                        let at = frees(dials.iter(), cost, 0, CAPS, now);
                        let given = |at| matches!(grant(rate, 120, CAPS, committed(dials.iter(), at)), Grant::Minutes(_));
                        let open = dials.iter().any(Dial::is_open);
                        prop_assert!(at > now && (open || given(at)));
                        prop_assert!(open || at == now.plus_s(AGAIN_S) || !given(at.plus_ms(-1)));
                    }
                    Grant::Never => {}
                }
                let (hour, day) = committed(dials.iter(), now);
                prop_assert!(hour <= u64::from(CAPS.hour) * PER_HUNDREDTH, "{hour}");
                prop_assert!(day <= u64::from(CAPS.day) * PER_HUNDREDTH, "{day}");
            }
        }
    }
}
