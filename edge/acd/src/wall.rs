//! Instants as the wall clock of one zone shows them: what people mean when they write hours down.

use crate::mutant;
use jiff::{Timestamp, civil::Date, tz::Offset, tz::TimeZone};
use shared::Millis;

pub(crate) const MINUTE_MS: i64 = 60_000;
pub(crate) const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// What the wall clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// Days since 1970-01-01 on the calendar on the wall.
    pub(crate) day: i64,
    /// Milliseconds that its hands are past midnight.
    pub(crate) past_ms: i64,
}

impl Local {
    /// The minute of the day.
    pub(crate) const fn minute(self) -> i64 {
        self.past_ms / MINUTE_MS
    }

    /// The day of the week, 0 = Monday to 6 = Sunday. 1970-01-01 was a Thursday.
    pub(crate) fn weekday(self) -> usize {
        usize::try_from((self.day + 3).rem_euclid(7)).unwrap_or_default()
    }
}

/// The date of a day counted from 1970-01-01.
pub(crate) fn date_of(day: i64) -> Date {
    let instant = Timestamp::from_millisecond(day.saturating_mul(DAY_MS)).unwrap_or_default();
    Offset::UTC.to_datetime(instant).date()
}

/// A clock on the wall. It remembers its distance from UTC until the next time that the clocks change, so that looking
/// at it a thousand times costs little more than once.
#[derive(Debug, Clone)]
pub(crate) struct Wall<'a> {
    zone: &'a TimeZone,
    offset_ms: i64,
    /// The offset holds from here (inclusive) to there (exclusive).
    valid: (Millis, Millis),
}

impl<'a> Wall<'a> {
    pub(crate) const fn new(zone: &'a TimeZone) -> Self {
        Self {
            zone,
            offset_ms: 0,
            valid: (Millis(0), Millis(0)),
        }
    }

    /// What it shows at this instant.
    pub(crate) fn look(&mut self, at: Millis) -> Local {
        if at < self.valid.0 || self.valid.1 <= at {
            self.adjust(at);
        }
        let offset_ms = if mutant!(ZoneIgnored) { 0 } else { self.offset_ms };
        let shown = at.0.saturating_add(offset_ms);
        Local {
            day: shown.div_euclid(DAY_MS),
            past_ms: shown.rem_euclid(DAY_MS),
        }
    }

    /// The first instant after the one looked at last at which the clocks may change.
    pub(crate) const fn changes_at(&self) -> Millis {
        self.valid.1
    }

    fn adjust(&mut self, at: Millis) {
        // An instant outside of the years 0 to 9999 is nobody's; it is read as UTC.
        let (offset, until) = match Timestamp::from_millisecond(at.0) {
            Ok(instant) => {
                let next = self.zone.following(instant).next();
                (
                    i64::from(self.zone.to_offset(instant).seconds()),
                    next.map(|change| change.timestamp().as_millisecond()),
                )
            }
            Err(_) => (0, None),
        };
        self.offset_ms = offset.saturating_mul(1000);
        self.valid = (at, Millis(until.unwrap_or(i64::MAX)));
    }
}
