//! When the business offers calls for later: its opening hours in its own time zone, cut into slots.

use crate::config::Config;
use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use shared::Millis;
use shared::hours::Hours;

/// Seconds from one slot to the next.
pub const SLOT_S: i64 = 15 * 60;
/// The first slot offered is at least this far ahead: nearer is "now".
const LEAD_S: i64 = 10 * 60;
/// Slots reach this far ahead.
const HORIZON_S: i64 = 48 * 3600;

/// Opening hours with their zone.
#[derive(Debug, Clone)]
pub(crate) struct OpenHours {
    zone: TimeZone,
    /// Minutes of the day, from inclusive to exclusive, for Monday (0) to Sunday (6).
    days: [Vec<(u16, u16)>; 7],
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| {
        if part.len() == 2 {
            part.parse::<u16>().ok()
        } else {
            None
        }
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= 24 * 60).then_some(total)
}

impl OpenHours {
    pub(crate) fn new(hours: &[Hours], fault: &mut impl FnMut(String, &str)) -> Self {
        let mut days: [Vec<(u16, u16)>; 7] = Default::default();
        for (at, span) in hours.iter().enumerate() {
            let (from, to) = (minute_of_day(&span.from), minute_of_day(&span.to));
            let (Some(from), Some(to)) = (from, to) else {
                fault(format!("hours[{at}]"), "from and to must be times such as 09:00");
                continue;
            };
            if from >= to {
                fault(format!("hours[{at}].to"), "must be later than from");
            }
            for (nth, day) in span.days.iter().enumerate() {
                match day
                    .checked_sub(1)
                    .and_then(|index| days.get_mut(usize::from(index)))
                {
                    Some(list) => list.push((from, to)),
                    None => fault(
                        format!("hours[{at}].days[{nth}]"),
                        "must be 1 (Monday) to 7 (Sunday)",
                    ),
                }
            }
        }
        Self {
            zone: TimeZone::UTC,
            days,
        }
    }

    pub(crate) fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    pub(crate) fn open_at(&self, at: Millis) -> bool {
        let Ok(instant) = Timestamp::from_millisecond(at.0) else {
            return false;
        };
        let local = instant.to_zoned(self.zone.clone());
        let day = match local.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        };
        let minute = u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs());
        self.days
            .get(day)
            .is_some_and(|spans| spans.iter().any(|(from, to)| (*from..*to).contains(&minute)))
    }
}

/// The slots offered at `now`, earliest first. They fall on the quarter hours of the business's own clock.
pub fn slots(config: &Config, now: Millis) -> Vec<Millis> {
    let first = first_slot(now.plus_s(LEAD_S));
    (0..HORIZON_S / SLOT_S)
        .map(|nth| first.plus_s(nth * SLOT_S))
        .filter(|at| config.hours.open_at(*at))
        .collect()
}

/// True when `slot` is offered now, or was a moment ago and is still to come.
pub(crate) fn slot_offered(config: &Config, slot: Millis, now: Millis) -> bool {
    slot > now
        && slot <= now.plus_s(LEAD_S + HORIZON_S)
        && first_slot(slot) == slot
        && config.hours.open_at(slot)
}

/// The first quarter hour of the business's clock at or after `from`. Every zone in use is a multiple of 15 minutes off UTC.
fn first_slot(from: Millis) -> Millis {
    let step = SLOT_S * 1000;
    let past = from.0.rem_euclid(step);
    if past == 0 {
        from
    } else {
        from.plus_ms(step - past)
    }
}
