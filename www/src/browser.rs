//! What the pages read from the browser: its clock, the page's address, and storage. A browser that refuses storage
//! (private windows, policies) costs only the memory, never the page.

use shared::Millis;
use web_sys::{Storage, UrlSearchParams};

/// The browser's clock.
#[expect(
    clippy::cast_possible_truncation,
    clippy::disallowed_methods,
    reason = "this is the place; milliseconds since 1970 fit an i64 for ages"
)]
pub(crate) fn now() -> Millis {
    Millis(js_sys::Date::now() as i64)
}

/// A parameter of the page's address.
pub(crate) fn query(name: &str) -> Option<String> {
    let search = web_sys::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(name)
        .filter(|value| !value.is_empty())
}

/// What stands under this name behind the address's `#`. It is taken out of the address: neither a reload nor whoever looks over a
/// shoulder finds it again.
pub(crate) fn take_fragment(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let location = window.location();
    let hash = location.hash().ok()?;
    let value = UrlSearchParams::new_with_str(hash.trim_start_matches('#'))
        .ok()?
        .get(name)?;
    let address = format!("{}{}", location.pathname().ok()?, location.search().ok()?);
    let history = window.history().ok()?;
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
        .ok()?;
    Some(value).filter(|value| !value.is_empty())
}

/// Puts a parameter into the page's address without loading it again, so that a reload or a bookmark keeps it.
pub(crate) fn set_query(name: &str, value: &str) {
    let put = || {
        let window = web_sys::window()?;
        let params = UrlSearchParams::new_with_str(&window.location().search().ok()?).ok()?;
        params.set(name, value);
        let hash = window.location().hash().unwrap_or_default();
        let address = format!("?{}{hash}", String::from(params.to_string()));
        window
            .history()
            .ok()?
            .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
            .ok()
    };
    // Failing to tidy the address is no reason to tell anybody.
    let _: Option<()> = put();
}

/// For how long something is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// In this browser, until it is forgotten.
    Long,
    /// In this tab, over reloads.
    Tab,
}

fn storage(keep: Keep) -> Option<Storage> {
    let window = web_sys::window()?;
    match keep {
        Keep::Long => window.local_storage(),
        Keep::Tab => window.session_storage(),
    }
    .ok()?
}

/// What was kept under this key.
pub(crate) fn recall(keep: Keep, key: &str) -> Option<String> {
    storage(keep)?.get_item(key).ok()?
}

/// Keeps a text.
pub(crate) fn remember(keep: Keep, key: &str, value: &str) {
    if let Some(storage) = storage(keep) {
        // A full storage loses the copy, not the original on the screen.
        storage.set_item(key, value).unwrap_or_default();
    }
}

/// Forgets what was kept.
pub(crate) fn forget(keep: Keep, key: &str) {
    if let Some(storage) = storage(keep) {
        storage.remove_item(key).unwrap_or_default();
    }
}

/// A key that nothing else has, for something that is sent once however often it is repeated.
pub(crate) fn new_key() -> String {
    let part = || js_sys::Math::random().to_bits();
    format!("{:x}{:x}", part(), part())
}
