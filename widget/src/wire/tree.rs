//! A parsed JSON value, as far as the reader needs to see it.

use wasm_bindgen::JsValue;

/// A parsed JSON value. What is absent, or of another type, is `None`.
pub trait Tree: Sized {
    /// A field of an object; a value without fields when there is none.
    fn field(&self, name: &str) -> Self;
    /// A string.
    fn text(&self) -> Option<String>;
    /// A number.
    fn number(&self) -> Option<f64>;
    /// True or false.
    fn truth(&self) -> Option<bool>;
    /// The items of an array.
    fn items(&self) -> Option<Vec<Self>>;
    /// Whether there is nothing.
    fn is_nothing(&self) -> bool;
}

impl Tree for JsValue {
    fn field(&self, name: &str) -> Self {
        js_sys::Reflect::get(self, &Self::from_str(name)).unwrap_or(Self::UNDEFINED)
    }

    fn text(&self) -> Option<String> {
        self.as_string()
    }

    fn number(&self) -> Option<f64> {
        self.as_f64()
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn items(&self) -> Option<Vec<Self>> {
        js_sys::Array::is_array(self).then(|| js_sys::Array::from(self).iter().collect())
    }

    fn is_nothing(&self) -> bool {
        self.is_null() || self.is_undefined()
    }
}

/// Parses JSON by the browser's own parser.
pub fn parse(text: &str) -> Option<JsValue> {
    js_sys::JSON::parse(text).ok()
}
