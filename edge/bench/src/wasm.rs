//! The benches for a host of WebAssembly: one function of numbers, which imports the time.
#![expect(
    unsafe_code,
    reason = "a function under its own name, for a host that knows no Rust"
)]

use crate::{BENCHES, Lane, Local, Scale};
use std::cell::RefCell;

#[link(wasm_import_module = "bench")]
unsafe extern "C" {
    /// Milliseconds since whenever.
    safe fn now() -> f64;
}

thread_local! {
    /// The bench asked for last, and its works.
    static LOCAL: RefCell<Option<(usize, Local)>> = const { RefCell::new(None) };
}

fn run(nth: usize, work: usize) -> Option<f64> {
    let bench = BENCHES.get(nth)?;
    LOCAL.with_borrow_mut(|slot| {
        if slot.as_ref().is_none_or(|(present, _)| *present != nth) {
            *slot = Some((nth, Local::new(bench, Scale::Full, Box::new(|| now()))));
        }
        slot.as_mut()?.1.round(work)
    })
}

/// One round of a work of a bench, both by their places; not a number when it can't be run.
// SAFETY: no other function has this name; plain `round` would be that of the mathematical library.
#[unsafe(no_mangle)]
pub extern "C" fn play_round(bench: u32, work: u32) -> f64 {
    let places = (usize::try_from(bench), usize::try_from(work));
    let (Ok(bench), Ok(work)) = places else {
        return f64::NAN;
    };
    run(bench, work).unwrap_or(f64::NAN)
}
