//! The telephone network, without touching it. A carrier is a codec: it says which HTTP request an effect is, what an
//! answer means, and what a call event says. Pure, as the engine is.
//!
//! | module | idea |
//! | --- | --- |
//! | [`Carrier`] | what every carrier can do |
//! | [`courier`] | how an effect gets there: attempts, doubts, giving up |
//! | [`outbox`] | what waits to be sent: lanes, leases, when to wake |
//! | [`sandbox`] | the embedded carrier; [`exchange`] is its far end, with numbers by script and virtual phones |
//! | [`asterisk`] | an Asterisk of one's own, over the socket that it opens to us |
//! | [`twilio`] | Twilio, and what speaks its language |
//! | [`browser`] | the browsers of customer and agent |
//! | [`turn`] | servers that help two browsers to find each other |
//! | [`inquiry`] | when a leg is asked about that nobody heard of |
//! | [`ledger`] | what each leg cost |
//! | [`signature`] | signed messages, ours and those of businesses |
//! | [`secret`] | the secrets that businesses sign with, and what a mistyped one is known by |

pub mod asterisk;
pub mod browser;
mod carrier;
pub mod courier;
pub mod exchange;
mod http;
pub mod inquiry;
pub mod ledger;
pub mod outbox;
pub mod sandbox;
pub mod secret;
pub mod signature;
pub mod turn;
pub mod twilio;

pub use carrier::{Carrier, Known, Outcome, Told, by_itself, general};
pub use http::{HttpAnswer, HttpCall};
