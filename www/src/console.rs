//! The merchant's console: the business's document as forms, whether it works, and how it is doing.

mod model;
mod path;
mod shell;
mod view;
mod word;

/// Starts the console in the page.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(view::App);
}
