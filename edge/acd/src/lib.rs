//! The engine: who talks to whom, and when. Pure: no clock, no randomness, no I/O; it cannot even name the runtime.
//!
//! [`Acd::handle`] takes the time and one [`Input`] and returns one [`Step`]: the reply, the rows to write, the
//! effects to send and when to wake it again. [`Acd::restore`] makes the same engine again out of the rows.
//!
//! ```text
//!                 ┌ scheduled ─┐ slot due
//!   ask ──────────┤            ▼
//!                 └────────► queued ──agent free──► reserving ──placed──► dialing_customer
//!                                                      │                       │ answered
//!             customer_on_hold ◄──agent doesn't answer──── ringing_agent ◄─────┘
//!                    └────────next agent──────────────────►    │ bridged
//!                    ▲                                     connected ──either hangs up──► ended
//!                    └────────────handed on, given back────────┘
//!   every state ──cancel, failure, deadline──► ended (with one reason; absorbs what arrives late)
//! ```
//!
//! Invariants, checked by [`Acd::check`] after every step in tests:
//! * An agent who is reserved, ringing, talking or in wrap-up has exactly one request, and a live request exactly one agent
//!   or (holding) none. Nobody is booked twice.
//! * No request waits while an agent who may take it is available.
//! * A time for later is promised only while the agents scheduled for it can take one more.
//! * Every request that is not ended has a deadline or an agent who ends it.
//! * A phone is dialled only with a [`policy::Permit`], which the dial policy gives at each dial anew.
//! * What calls under way may cost and what others did cost stay within the caps.

mod agent;
mod announce;
mod awaits_leave;
mod call;
mod carriage;
mod config;
mod consent;
mod crowd;
mod deadline;
mod desk;
mod desk_view;
mod engine;
mod evidence;
mod handover;
mod hold;
mod hours;
mod intake;
mod invariant;
mod joined;
mod journal;
mod leave;
mod members;
pub mod mutant;
mod news;
mod offer;
pub mod page;
mod phrase;
mod place;
pub mod policy;
mod policy_view;
mod published;
mod pulse;
mod reach;
mod refusal;
pub mod report;
mod request;
mod reschedule;
pub mod routing;
mod seat;
mod slot;
mod step;
mod supervise;
pub mod talk;
mod timetable;
mod view;
mod voice;
mod wall;

pub use agent::Agent;
pub use config::{Config, ConfigError};
pub use consent::Consent;
pub use deadline::TimerKey;
pub use desk_view::Kept;
pub use engine::{Acd, Rows};
pub use evidence::Evidence;
pub use journal::{Deed, Entry};
pub use offer::{Door, Offered, offer};
pub use phrase::{Hears, Phrase, Words};
pub use policy_view::PolicyView;
pub use published::{Duty, Published, duty};
pub use refusal::Refusal;
pub use request::{Announced, Hearing, Prediction, Request, Route, leg_id, request_of};
pub use slot::{Booking, HANDLING_S, MAX_SLOTS, SLOT_S, is_offered, offered};
pub use step::{Command, Effect, Heard, HeardKind, Input, LegEnd, Order, Reply, Settled, Step, Terms, Write};
pub use supervise::PastWaits;
pub use voice::is_browser;
