//! Who gets whom, as an index that answers in a time that hardly grows with the number of agents, requests and skills; and
//! the same index played ahead, which is the published wait.
//!
//! The engine ([`crate::Acd`]) decides what a request wants and when that changes; the [`Router`] keeps the line and the idle
//! agents in order and pairs them. It knows no ids, no phones and no deadlines, so that the simulator drives it at native speed.
//! Times are ticks of whatever unit the caller counts in: the engine counts milliseconds, the simulator nanoseconds.

mod choose;
mod forecast;
mod layout;
mod learned;
mod line;
mod outlook;
mod patience;
mod range;
mod router;
mod standing;
mod sums;

pub use forecast::Forecaster;
pub use layout::{AgentIx, Layout, Reach, Select, SkillIx, Ticket, Tier, Want};
pub use learned::{AgentEvidence, Learned, Reliability, SkillEvidence};
pub use outlook::Outlook;
pub use range::{Estimate, Range};
pub use router::Router;
pub use standing::Standing;
