//! The words and the times of one language, which `widget/words.js` loads and writes: Fluent and the browser's `Intl`.

use super::host::set;
use crate::wire::Tree;
use crate::word::{self, About, Say};
use js_sys::{Object, Promise};
use shared::presence::SLOT_S;
use shared::{Language, Millis};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = words)]
    fn speak(locale: Option<&str>) -> Promise;
    #[wasm_bindgen(js_namespace = words)]
    fn spoken() -> JsValue;
    #[wasm_bindgen(js_namespace = words)]
    fn message(id: &str, about: &Object) -> String;
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
pub(crate) fn written(say: &Say) -> String {
    let (id, about) = match say {
        Say::Message { id, about } => (id, about),
        Say::Verbatim(words) => return words.clone(),
    };
    let variables = Object::new();
    for (name, it) in about {
        let value = match it {
            About::Text(text) => JsValue::from_str(text),
            About::Number(number) => JsValue::from_f64(*number as f64),
            About::Words(say) => JsValue::from_str(&written(say)),
        };
        set(&variables, name, &value);
    }
    message(id, &variables)
}

/// Loads the language nearest to what a page asks for. Where it can't be had, the one before goes on.
pub(super) async fn learn(locale: Option<Language>) {
    drop(JsFuture::from(speak(locale.as_ref().map(Language::as_str))).await);
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
