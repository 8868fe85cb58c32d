//! The sandbox's telephones on one page, to be answered by hand: the demo's customers and agents.

mod model;
mod shell;
mod speech;
mod view;
mod word;

/// Starts the phones in the page.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(view::App);
}
