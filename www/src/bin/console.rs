//! The merchant console's program.

fn main() {
    www::console::start();
}
