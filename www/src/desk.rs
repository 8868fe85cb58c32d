//! An agent's desk: who asks, about what, and what came of it.

mod model;
mod shell;
mod signal;
mod view;
mod voice;
mod word;

/// Starts the desk in the page.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(view::App);
}
