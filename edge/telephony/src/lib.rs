//! The telephone network, without touching it. A carrier is a codec: it says which HTTP request an effect is, what an
//! answer means, and what a call event says. Pure, as the engine is.
//!
//! [`sandbox`] is the first carrier; [`exchange`] is the embedded virtual exchange at its other end, which decides what a
//! number does and what a person at a virtual phone hears.

mod carrier;
pub mod exchange;
mod http;
pub mod sandbox;
pub mod signature;

pub use carrier::{Carrier, Outcome, retry_after_ms};
pub use http::{HttpAnswer, HttpCall};
