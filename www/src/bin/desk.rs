//! The agent desk's program.

fn main() {
    www::desk::start();
}
