//! Words said aloud, where the browser has a voice.

use shared::Language;
use wasm_bindgen::JsValue;
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance};

fn voice() -> Option<SpeechSynthesis> {
    web_sys::window()?.speech_synthesis().ok()
}

/// True when the browser has a voice at all.
pub(super) fn possible() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &JsValue::from_str("speechSynthesis")).unwrap_or_default()
}

/// Says a sentence, in its language, after those that are still being said.
pub(super) fn say(text: &str, language: &Language) {
    if !possible() {
        return;
    }
    if let (Some(voice), Ok(words)) = (voice(), SpeechSynthesisUtterance::new_with_text(text)) {
        words.set_lang(language.as_str());
        voice.speak(&words);
    }
}

/// Stops at once.
pub(super) fn hush() {
    if let Some(voice) = voice().filter(|_| possible()) {
        voice.cancel();
    }
}
