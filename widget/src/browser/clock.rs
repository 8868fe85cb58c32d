//! The device's clock, timers and chance.

use crate::model::Wake;
use crate::wire::Tree;
use js_sys::{Array, Date, Intl, Object};
use shared::Millis;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Now.
#[expect(
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    reason = "this is the place; Date.now() is a whole number far below 2^53"
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

/// The device's time zone (IANA).
pub(super) fn zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let options = format.resolved_options();
    options.field("timeZone").text()
}
