//! The call in this browser: `widget/voice.js`, which the page's start makes known as `voice`.

use super::model::{Act, Microphone, Told};
use js_sys::{JSON, Object, Promise, Reflect};
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Leg;
    #[wasm_bindgen(js_namespace = voice, js_name = voice)]
    fn leg(path: &str, options: &Object) -> Leg;
    #[wasm_bindgen(method)]
    fn answer(this: &Leg);
    #[wasm_bindgen(method)]
    fn mute(this: &Leg, on: bool);
    #[wasm_bindgen(method, js_name = use)]
    fn choose(this: &Leg, device: &str);
    #[wasm_bindgen(method)]
    fn play(this: &Leg);
    #[wasm_bindgen(method)]
    fn fail(this: &Leg, why: &str);
    #[wasm_bindgen(method)]
    fn close(this: &Leg);

    type Ear;
    #[wasm_bindgen(js_namespace = voice, js_name = microphone)]
    fn ear() -> Ear;
    #[wasm_bindgen(method)]
    fn open(this: &Ear) -> Promise;
    #[wasm_bindgen(method, js_name = use)]
    fn choose(this: &Ear, device: &str);
    #[wasm_bindgen(method)]
    fn close(this: &Ear);
}

/// The call; dropping it leaves it here.
pub(super) struct Call {
    leg: Leg,
    _show: Closure<dyn FnMut(JsValue, String)>,
}

impl Call {
    /// Takes part in the call at `path`. `tell` is never called before this returns.
    pub(super) fn join(path: &str, tell: impl Fn(Told) + Clone + 'static) -> Self {
        let show = Closure::new(move |_: JsValue, text: String| later(text, tell.clone()));
        let options = Object::new();
        set(&options, "show", show.as_ref());
        Self {
            leg: leg(path, &options),
            _show: show,
        }
    }

    pub(super) fn act(&self, what: &Act) {
        match what {
            Act::Answer => self.leg.answer(),
            Act::Mute(on) => self.leg.mute(*on),
            Act::Use(device) => self.leg.choose(device),
            Act::Play => self.leg.play(),
            Act::ByPhone => self.leg.fail("chosen"),
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.leg.close();
    }
}

/// The microphone while it is tried out; dropping it gives it back.
pub(super) struct Trial {
    ear: Ear,
    _changed: Closure<dyn FnMut()>,
}

impl Trial {
    /// Asks for it. `tell` is never called before this returns.
    pub(super) fn begin(tell: impl Fn(Microphone) + Clone + 'static) -> Self {
        let ear = ear();
        let it: JsValue = ear.clone();
        let changed = Closure::new(move || {
            if let Ok(text) = JSON::stringify(&it) {
                later(text.into(), tell.clone());
            }
        });
        set(ear.unchecked_ref(), "changed", changed.as_ref());
        let opened = ear.open();
        // Why there is none is told like everything else.
        spawn_local(async move { drop(JsFuture::from(opened).await) });
        Self {
            ear,
            _changed: changed,
        }
    }

    pub(super) fn choose(&self, device: &str) {
        self.ear.choose(device);
    }
}

impl Drop for Trial {
    fn drop(&mut self) {
        set(
            self.ear.unchecked_ref(),
            "changed",
            &js_sys::Function::new_no_args(""),
        );
        self.ear.close();
    }
}

/// Tells it once whoever is at work now is done.
fn later<T: DeserializeOwned + 'static>(text: String, tell: impl Fn(T) + 'static) {
    spawn_local(async move {
        if let Ok(it) = serde_json::from_str(&text) {
            tell(it);
        }
    });
}

/// Sets a field of a plain object, which can't fail.
fn set(object: &Object, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).unwrap_or_default();
}
