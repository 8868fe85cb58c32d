//! The words and the times of one language, which `widget/words.js` loads and writes: Fluent and the browser's `Intl`.

use crate::wire::Tree;
use crate::word::{self, Say};
use js_sys::Function;
use shared::presence::SLOT_S;
use shared::{Language, Millis};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = words)]
    fn speak(locale: Option<&str>, then: &Function);
    #[wasm_bindgen(js_namespace = words)]
    fn spoken() -> JsValue;
    #[wasm_bindgen(js_namespace = words)]
    fn message(place: u16, about: &str) -> String;
    #[wasm_bindgen(js_namespace = words)]
    fn digits(text: &str) -> String;
    #[wasm_bindgen(js_namespace = words)]
    fn day(at: f64) -> String;
    #[wasm_bindgen(js_namespace = words)]
    fn weekday(at: f64) -> String;
    #[wasm_bindgen(js_namespace = words)]
    fn time(at: f64) -> String;
    #[wasm_bindgen(js_namespace = words)]
    fn window(from: f64, to: f64) -> String;
}

/// The words for it, in the panel's language.
#[inline(never)]
pub(crate) fn written(say: &Say) -> String {
    match say.place() {
        Some(place) => message(place, say.about()),
        None => say.about().to_owned(),
    }
}

/// Loads the language nearest to what a page asks for, and calls back once it is there. Where it can't be had, the one before goes on.
pub(super) fn learn(locale: Option<&Language>, then: impl FnMut() + 'static) {
    let then: Box<dyn FnMut()> = Box::new(then);
    let then = Closure::once_into_js(then);
    speak(locale.map(Language::as_str), then.unchecked_ref());
}

/// The language that is spoken, and the one that was wished for.
pub(super) fn language() -> (Option<Language>, Option<Language>) {
    let spoken = spoken();
    let tag = |name| Language::parse(&spoken.field(name).text()?).ok();
    (tag("tag"), tag("wished"))
}

/// How the customer writes times and numbers.
pub(crate) struct Writer;

fn js(at: Millis) -> f64 {
    at.0 as f64
}

impl Writer {
    /// "Tue 24 Nov".
    pub(crate) fn day(&self, at: Millis) -> String {
        day(js(at))
    }

    /// "15:30".
    pub(crate) fn time(&self, at: Millis) -> String {
        time(js(at))
    }

    /// The same number in the language's digits.
    pub(crate) fn digits(&self, text: &str) -> String {
        digits(text)
    }

    /// The beginning and the end of a time for later: "15:30 – 15:45", and "3:30 – 3:45 PM" where that is how it's written.
    pub(crate) fn window(&self, at: Millis) -> String {
        window(js(at), js(at.plus_s(SLOT_S)))
    }

    /// A time to come: with the weekday when it is not today, with the date when it is not within a week.
    pub(crate) fn when(&self, now: Millis, at: Millis) -> Say {
        let (today, day) = (self.day(now), self.day(at));
        let day = match (today == day, at.seconds_since(now) < 6 * 24 * 3600) {
            (true, _) => None,
            (false, true) => Some(weekday(js(at))),
            (false, false) => Some(day),
        };
        word::when(day.as_deref(), &self.time(at))
    }
}
