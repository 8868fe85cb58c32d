//! When people may be called who did not ask to be called just then: between two times of day on every clock that may be theirs.

use crate::hours::minute_of_day;
use crate::wall::{DAY_MS, MINUTE_MS, Wall};
use jiff::tz::TimeZone;
use shared::policy::Calling;
use shared::{Country, Millis};

/// Each country with its zones, one for every different clock.
const ZONES: &str = include_str!("zones.txt");
/// Times that the search for a moment which suits all clocks goes around them: a moment is found in two, or there is none.
const ROUNDS: usize = 64;

/// The part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    from: i64,
    to: i64,
}

impl Window {
    /// Reads it; `None` for what is no part of a day.
    pub(crate) fn read(calling: &Calling) -> Option<Self> {
        let (from, to) = (minute_of_day(&calling.from)?, minute_of_day(&calling.to)?);
        (from < to).then_some(Self { from, to })
    }

    /// The first moment from `now` on that lies in it on each of these clocks: `now` itself where it does. Where the clocks have no
    /// such moment in common, the one that suits the last of them.
    pub(crate) fn opens(self, zones: &[TimeZone], now: Millis) -> Millis {
        let mut at = now;
        for _ in 0..ROUNDS {
            let latest = zones.iter().map(|zone| self.opens_in(zone, at)).max();
            match latest {
                Some(later) if later > at => at = later,
                _ => return at,
            }
        }
        at
    }

    fn opens_in(self, zone: &TimeZone, at: Millis) -> Millis {
        let local = Wall::new(zone).look(at);
        let minute = local.minute();
        if (self.from..self.to).contains(&minute) {
            return at;
        }
        let wait = self.from * MINUTE_MS - local.past_ms;
        let then = at.plus_ms(if wait > 0 { wait } else { wait + DAY_MS });
        // In the night between, the clocks may have been changed.
        let shown = Wall::new(zone).look(then);
        let opens = then.plus_ms(self.from * MINUTE_MS - shown.past_ms);
        // Where it is the change itself that leaves out the time at which it opens, it opens with the change.
        if opens > at { opens } else { then }
    }
}

/// The clocks of a country. To be kept: zones are read out of their file form each time.
pub(crate) fn clocks_of(country: Country) -> Vec<TimeZone> {
    let line = ZONES.lines().find_map(|line| line.strip_prefix(country.as_str()));
    line.unwrap_or_default()
        .split_whitespace()
        .filter_map(|name| TimeZone::get(name).ok())
        .collect()
}

/// The clocks that may be those of whoever has a number of a country with these, and says that theirs is `own`. A number is taken
/// along: where a country has one clock it counts beside their own, where it has several their own tells which.
pub(crate) fn clocks(of_country: &[TimeZone], own: Option<&str>) -> Vec<TimeZone> {
    let mut clocks = of_country.to_vec();
    if let Some(own) = own.and_then(|name| TimeZone::get(name).ok()) {
        if clocks.len() > 1 {
            clocks.clear();
        }
        clocks.push(own);
    }
    clocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn opens(country: &str, own: Option<&str>, at: &str) -> String {
        let window = Window::read(&Calling::default()).unwrap();
        let now: jiff::Timestamp = at.parse().unwrap();
        let clocks = clocks(&clocks_of(Country::parse(country).unwrap()), own);
        let at = window.opens(&clocks, Millis(now.as_millisecond()));
        jiff::Timestamp::from_millisecond(at.0).unwrap().to_string()
    }

    #[test]
    fn nobody_is_called_at_three_in_the_morning() {
        assert_eq!(opens("GB", None, "2026-11-20T03:00:00Z"), "2026-11-20T08:00:00Z");
        assert_eq!(
            opens("GB", None, "2026-07-20T03:00:00Z"),
            "2026-07-20T07:00:00Z",
            "summer time"
        );
        assert_eq!(opens("GB", None, "2026-11-20T21:00:00Z"), "2026-11-21T08:00:00Z");
        assert_eq!(opens("GB", None, "2026-11-20T12:00:00Z"), "2026-11-20T12:00:00Z");
        // The night in which the clocks are put forward.
        assert_eq!(opens("GB", None, "2026-03-28T23:00:00Z"), "2026-03-29T07:00:00Z");
    }

    #[test]
    fn nobody_is_called_before_an_opening_that_the_change_of_the_clocks_leaves_out() {
        let (zone, calling) = (TimeZone::get("Europe/London").unwrap(), |from: &str, to: &str| {
            Calling {
                from: from.into(),
                to: to.into(),
            }
        });
        let opens = |from, to, at: &str| {
            let now: jiff::Timestamp = at.parse().unwrap();
            let window = Window::read(&calling(from, to)).unwrap();
            let at = window.opens(std::slice::from_ref(&zone), Millis(now.as_millisecond()));
            jiff::Timestamp::from_millisecond(at.0).unwrap().to_string()
        };
        // At 1:00 it is 2:00.
        assert_eq!(
            opens("01:00", "08:00", "2026-03-29T00:22:00Z"),
            "2026-03-29T01:00:00Z"
        );
        assert_eq!(
            opens("01:30", "08:00", "2026-03-29T00:22:00Z"),
            "2026-03-29T01:30:00Z"
        );
        assert_eq!(
            opens("01:00", "01:30", "2026-03-29T00:22:00Z"),
            "2026-03-30T00:00:00Z"
        );
        // At 2:00 it is 1:00 once more.
        assert_eq!(
            opens("01:30", "08:00", "2026-10-25T00:22:00Z"),
            "2026-10-25T00:30:00Z"
        );
        assert_eq!(
            opens("02:00", "08:00", "2026-10-25T00:22:00Z"),
            "2026-10-25T02:00:00Z"
        );
    }

    #[test]
    fn where_several_clocks_may_be_theirs_it_must_suit_all() {
        // New York to Honolulu.
        assert_eq!(opens("US", None, "2026-11-20T14:00:00Z"), "2026-11-20T18:00:00Z");
        assert_eq!(
            opens("US", Some("America/New_York"), "2026-11-20T14:00:00Z"),
            "2026-11-20T14:00:00Z"
        );
        // A British number in Tokyo: waking hours there and at home.
        assert_eq!(
            opens("GB", Some("Asia/Tokyo"), "2026-11-20T13:00:00Z"),
            "2026-11-21T08:00:00Z"
        );
        assert_eq!(
            opens("GB", Some("Nowhere/Here"), "2026-11-20T13:00:00Z"),
            "2026-11-20T13:00:00Z"
        );
    }

    #[test]
    fn every_zone_of_the_table_is_one() {
        for line in ZONES.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let country = words.next().unwrap();
            assert!(Country::parse(country).is_ok(), "{country}");
            assert!(words.all(|zone| TimeZone::get(zone).is_ok()), "{line}");
        }
    }

    proptest! {
        /// Whatever the hours, in the days around both changes of the clocks.
        #[test]
        fn the_moment_found_lies_in_the_hours(from in 0i64..1439, long in 1i64..1440, spring: bool, past in 0i64..3 * DAY_MS) {
            let window = Window { from, to: (from + long).min(1440) };
            // 2026-03-28 and 2026-10-24, at midnight.
            let now = Millis(if spring { 1_774_656_000_000 } else { 1_792_800_000_000 } + past);
            let zone = TimeZone::get("Europe/London").unwrap();
            let found = window.opens(std::slice::from_ref(&zone), now);
            let shown = Wall::new(&zone).look(found).minute();
            prop_assert!((window.from..window.to).contains(&shown), "{shown}");
            prop_assert!(found >= now && found <= now.plus_ms(2 * DAY_MS));
        }

        #[test]
        fn the_moment_found_suits_every_clock(at in 1_700_000_000_000i64..1_900_000_000_000, country in prop_oneof![Just("US"), Just("GB"), Just("AU"), Just("RU"), Just("BR"), Just("ES")]) {
            let window = Window::read(&Calling::default()).unwrap();
            let clocks = clocks_of(Country::parse(country).unwrap());
            let found = window.opens(&clocks, Millis(at));
            prop_assert!(found >= Millis(at) && found <= Millis(at + 2 * DAY_MS));
            for clock in &clocks {
                let minute = Wall::new(clock).look(found).minute();
                prop_assert!((480..1260).contains(&minute), "{minute}");
            }
            prop_assert_eq!(window.opens(&clocks, found), found);
        }
    }
}
