//! The virtual phones page's program.

fn main() {
    www::phones::start();
}
