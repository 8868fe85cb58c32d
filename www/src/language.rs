//! Languages by name.

use js_sys::{Array, Function, Object, Reflect};
use shared::Language;
use wasm_bindgen::{JsCast, JsValue};

/// The language's name in English, as our screens are: "Austrian German". Nothing where the browser knows none.
pub(crate) fn name(language: &Language) -> Option<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let make: Function = Reflect::get(&intl, &"DisplayNames".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
    let names = Reflect::construct(&make, &Array::of2(&"en".into(), &options)).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    of.call1(&names, &JsValue::from_str(language.as_str()))
        .ok()?
        .as_string()
}
