//! Passkeys, as the browser has them (Web Authentication). What is asked and what comes of it travel in the browser's own JSON forms.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPasskey {
    /// Nobody chose one, or not in time.
    Declined,
    /// This authenticator has one for here already.
    Known,
    /// The browser has none, or can't use them here.
    Unable,
}

impl NoPasskey {
    /// For people.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Declined => "No passkey was chosen.",
            Self::Known => "This device has a passkey for here already.",
            Self::Unable => "This browser can't use passkeys here.",
        }
    }
}

/// Has one made.
pub(crate) async fn create(options: &Value) -> Result<Value, NoPasskey> {
    chosen("create", "parseCreationOptionsFromJSON", options).await
}

/// Has one chosen to sign in with.
pub(crate) async fn get(options: &Value) -> Result<Value, NoPasskey> {
    chosen("get", "parseRequestOptionsFromJSON", options).await
}

async fn chosen(verb: &str, reader: &str, options: &Value) -> Result<Value, NoPasskey> {
    let asked = ask(verb, reader, options).map_err(|_| NoPasskey::Unable)?;
    let chosen = JsFuture::from(asked).await.map_err(|error| why(&error))?;
    let told = method(&chosen, "toJSON").and_then(|to_json| to_json.call0(&chosen));
    let text = told
        .and_then(|told| JSON::stringify(&told))
        .map_err(|_| NoPasskey::Unable)?;
    serde_json::from_str(&String::from(text)).map_err(|_| NoPasskey::Unable)
}

fn ask(verb: &str, reader: &str, options: &Value) -> Result<Promise, JsValue> {
    let class = Reflect::get(&js_sys::global(), &"PublicKeyCredential".into())?;
    let read = method(&class, reader)?;
    let options = read.call1(&class, &JSON::parse(&options.to_string())?)?;
    let wish = Object::new();
    Reflect::set(&wish, &"publicKey".into(), &options)?;
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into())?;
    let credentials = Reflect::get(&navigator, &"credentials".into())?;
    method(&credentials, verb)?.call1(&credentials, &wish)?.dyn_into()
}

fn method(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

fn why(error: &JsValue) -> NoPasskey {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "AbortError") => NoPasskey::Declined,
        Some("InvalidStateError") => NoPasskey::Known,
        _ => NoPasskey::Unable,
    }
}
