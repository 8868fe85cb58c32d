//! Moves the focus once the screen that is to have it has been drawn.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Focuses the element with this id, or the first control within it, after the next drawing.
pub(super) fn soon(id: &'static str) {
    let Some(window) = web_sys::window() else { return };
    let then: Box<dyn FnMut()> = Box::new(move || focus(id));
    let then = Closure::wrap(then).into_js_value();
    // Drawing comes with the next microtask; a timer of 0 is after it also in a hidden tab, where frames stand still.
    drop(window.set_timeout_with_callback(then.unchecked_ref()));
}

fn focus(id: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let Some(element) = document.get_element_by_id(id) else {
        return;
    };
    let inner = element
        .query_selector("input:checked, input:not(:disabled)")
        .ok()
        .flatten();
    // Everything with an id of ours is HTML's.
    let element: web_sys::HtmlElement = inner.unwrap_or(element).unchecked_into();
    drop(element.focus());
}
