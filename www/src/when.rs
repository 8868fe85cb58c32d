//! Times for people: lengths in our own words, clock times as the reader's locale says them.

use js_sys::{Array, Function, Intl, Object, Reflect};
use shared::Millis;
use wasm_bindgen::{JsCast, JsValue};

/// A running clock: `0:07`, `12:40`, `1:02:03`.
pub(crate) fn clock(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// A length in words that need not change every second: `just now`'s 0, `40 s`, `12 min`, `3 h 05 min`.
pub(crate) fn span(seconds: i64) -> String {
    match seconds.max(0) {
        s if s < 60 => format!("{s} s"),
        s if s < 3600 => format!("{} min", s / 60),
        s if s < 48 * 3600 => format!("{} h {:02} min", s / 3600, s / 60 % 60),
        s => format!("{} days", s / 86_400),
    }
}

/// How finely a clock time is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    /// Hours and minutes.
    Minute,
    /// With seconds.
    Second,
    /// Day and time.
    Day,
    /// Weekday and time.
    Week,
}

/// The clock time as the reader's locale says it, in the reader's zone or in the zone named.
/// `None` when the browser does not know the zone.
pub(crate) fn local(at: Millis, say: Say, zone: Option<&str>) -> Option<String> {
    let options = Object::new();
    let set = |key: &str, value: &str| Reflect::set(&options, &key.into(), &value.into()).ok();
    set("hour", "numeric")?;
    set("minute", "2-digit")?;
    match say {
        Say::Minute => {}
        Say::Second => {
            set("second", "2-digit")?;
        }
        Say::Week => {
            set("weekday", "long")?;
        }
        Say::Day => {
            set("weekday", "short")?;
            set("day", "numeric")?;
            set("month", "short")?;
        }
    }
    if let Some(zone) = zone {
        set("timeZone", zone)?;
    }
    // The constructor throws for a zone it does not know, and the zone came from outside.
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let made = Reflect::construct(&constructor, &Array::of2(&JsValue::UNDEFINED, &options)).ok()?;
    let format: Intl::DateTimeFormat = made.dyn_into().ok()?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "Millis fit a double, as their type promises"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(at.0 as f64));
    if date.get_time().is_nan() {
        return None; // format() throws for an instant outside JavaScript's range
    }
    format
        .format()
        .call1(&JsValue::UNDEFINED, &date)
        .ok()?
        .as_string()
}

/// [`local`] in the reader's own zone.
pub(crate) fn here(at: Millis, say: Say) -> String {
    local(at, say, None).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{clock, span};

    #[test]
    fn a_running_clock_grows_hours_only_when_it_has_them() {
        assert_eq!(
            [clock(-5), clock(7), clock(760), clock(3723)],
            ["0:00", "0:07", "12:40", "1:02:03"]
        );
    }

    #[test]
    fn lengths_are_said_as_coarsely_as_people_do() {
        assert_eq!(
            [span(40), span(750), span(11_100), span(200_000)],
            ["40 s", "12 min", "3 h 05 min", "2 days"]
        );
    }
}
