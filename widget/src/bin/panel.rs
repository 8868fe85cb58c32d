//! The program of the panel's page.

fn main() {
    widget::start();
}
