//! The device's clock, timers, chance, and how its owner writes times.

use super::host::set;
use crate::model::Wake;
use crate::wire::Tree;
use crate::word;
use js_sys::{Array, Date, Function, Intl, Object};
use shared::Millis;
use shared::presence::SLOT_S;
use std::cell::LazyCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Now.
#[expect(
    clippy::cast_possible_truncation,
    reason = "Date.now() is a whole number far below 2^53"
)]
pub(super) fn now() -> Millis {
    Millis(Date::now() as i64)
}

/// Timers by what they are for: setting one again moves it.
#[derive(Default)]
pub(super) struct Timers(Vec<Timer>);

/// What it is for, its handle, and what it calls.
type Timer = (Wake, i32, Closure<dyn FnMut()>);

impl Timers {
    pub(super) fn set(&mut self, ms: u32, wake: Wake, then: impl FnMut() + 'static) {
        let Some(window) = web_sys::window() else { return };
        if let Some(at) = self.0.iter().position(|(known, ..)| *known == wake) {
            window.clear_timeout_with_handle(self.0.swap_remove(at).1);
        }
        // Whoever tries again comes up to a third later (ten seconds at the most), so that not all come back at once.
        let late = if wake == Wake::Second || wake == Wake::Ping {
            0
        } else {
            u32::from(random_byte()) * ms.min(30_000) / 768
        };
        let then: Box<dyn FnMut()> = Box::new(then);
        let then = Closure::wrap(then);
        let ms = i32::try_from(ms.saturating_add(late)).unwrap_or(i32::MAX);
        let timer =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(then.as_ref().unchecked_ref(), ms);
        if let Ok(timer) = timer {
            self.0.push((wake, timer, then));
        }
    }
}

fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // It can refuse more than 64 kB only.
        drop(crypto.get_random_values_with_u8_array(&mut bytes));
    }
    bytes
}

fn random_byte() -> u8 {
    let [byte] = random_bytes();
    byte
}

/// 128 bits by chance, as hexadecimal digits.
pub(super) fn random_text() -> String {
    let bytes: [u8; 16] = random_bytes();
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// A formatter in the language and zone of the device.
fn formatter(options: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let wish = Object::new();
    for (name, value) in options {
        set(&wish, name, &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&Array::new(), &wish)
}

fn format(format: &Intl::DateTimeFormat, at: Millis) -> String {
    let format: Function = format.format();
    let at = JsValue::from_f64(at.0 as f64);
    format
        .call1(&JsValue::UNDEFINED, &at)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

/// How the device's owner writes times. Each way is looked up when it is needed first: that takes a slow phone 20 ms, and most panels
/// open without a time to write.
pub(crate) struct Writer {
    day: Lazy,
    weekday: Lazy,
    time: Lazy,
}

type Lazy = LazyCell<Intl::DateTimeFormat>;

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            day: Lazy::new(|| formatter(&[("weekday", "short"), ("day", "numeric"), ("month", "short")])),
            weekday: Lazy::new(|| formatter(&[("weekday", "long")])),
            time: Lazy::new(|| formatter(&[("hour", "numeric"), ("minute", "2-digit")])),
        }
    }

    /// "Tue 24 Nov".
    pub(crate) fn day(&self, at: Millis) -> String {
        format(&self.day, at)
    }

    /// "15:30".
    pub(crate) fn time(&self, at: Millis) -> String {
        format(&self.time, at)
    }

    /// The beginning and the end of a time for later: "15:30 – 15:45", and "3:30 – 3:45 PM" where that is how it's written.
    pub(crate) fn window(&self, at: Millis) -> String {
        let write: Option<Function> = self.time.field("formatRange").dyn_into().ok();
        let date = |at: Millis| JsValue::from_f64(at.0 as f64);
        write
            .and_then(|write| write.call2(&self.time, &date(at), &date(at.plus_s(SLOT_S))).ok())
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| self.time(at))
    }

    /// A time to come: with the weekday when it is not today, with the date when it is not within a week.
    pub(crate) fn when(&self, now: Millis, at: Millis) -> String {
        let (today, day) = (self.day(now), self.day(at));
        let day = match (today == day, at.seconds_since(now) < 6 * 24 * 3600) {
            (true, _) => None,
            (false, true) => Some(format(&self.weekday, at)),
            (false, false) => Some(day),
        };
        word::when(day.as_deref(), &self.time(at))
    }
}

/// The device's time zone (IANA).
pub(super) fn zone() -> Option<String> {
    let options = formatter(&[]).resolved_options();
    options.field("timeZone").text()
}
