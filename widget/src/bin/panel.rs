//! The program of the panel's page.

fn main() {
    #[cfg(not(feature = "page"))]
    widget::start();
}
