//! JSON to the shared types and back. serde would cost the panel twenty kilobytes for the same few messages, so the
//! browser parses and a small reader picks the fields; the tests hold both directions against serde's own format.

mod read;
mod tree;
mod write;

#[cfg(test)]
mod same;

pub use read::{accepted, customer, frame, number, problem, request, site, slots};
pub use tree::{Tree, parse};
pub(crate) use write::quote;
pub use write::{call_request, number_typed, reschedule, token};
