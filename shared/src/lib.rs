//! The vocabulary that every part of Ringback speaks, and the messages that travel between them.
//!
//! No clock, no randomness, no I/O, and (without the `serde` feature) no dependency at all.
//!
//! | module | idea |
//! | --- | --- |
//! | [`id`] | names of things, parsed once |
//! | [`time`] | an instant as data |
//! | [`phone`] | a telephone number in E.164 form, and how people write it |
//! | [`phones`] | the sandbox's virtual phones |
//! | [`request`] | a call request: what the shopper sends and what comes back |
//! | [`call`] | the two legs of a call and how a call ends |
//! | [`customer`] | customers for whom the business itself vouches |
//! | [`presence`] | who can help now and how long it takes |
//! | [`privacy`] | what is kept of a customer, handed out or erased |
//! | [`desk`] | what an agent sees and says |
//! | [`floor`] | what a supervisor sees |
//! | [`forecast`] | waits as announced, beside what came true |
//! | [`handover`] | how a request goes from one agent to another |
//! | [`work`] | breaks with their reasons, and an agent's figures of the day |
//! | [`announcement`] | what customers hear on the telephone, by language |
//! | [`bridge`] | two numbers that a business has connected |
//! | [`member`] | the people of a business who may sign in, and their roles |
//! | [`door`] | how they come in, and who is in |
//! | [`equipment`] | what carries a business's calls, and which of it carries which |
//! | [`sip`] | SIP addresses, and what phones publish of themselves |
//! | [`usage`] | what a business used, leg by leg |
//! | [`secret`] | secrets of a business, and what was refused |
//! | [`webhook`] | what a business's servers are told, and what came of it |
//! | [`business`] | the document that describes a business |
//! | [`hours`] | opening hours and exceptions, as the document writes them |
//! | [`language`] | the language that somebody reads and speaks |
//! | [`level`] | which skills somebody has, and how well |
//! | [`rule`] | which skills a page gets, and why |
//! | [`policy`] | who may be called, how often, at what cost and when |
//! | [`look`] | how button and panel look |
//! | [`retention`] | how long what is kept |
//! | [`talk`] | what customer and agent write to each other |
//! | [`voice`] | a call in the browser, and why it goes over to the telephone |
//! | [`problem`] | the one error format (RFC 9457) |
//! | [`limit`] | every bound on input, with its reason |

pub mod announcement;
pub mod bridge;
pub mod business;
pub mod call;
pub mod customer;
pub mod desk;
pub mod door;
pub mod equipment;
pub mod floor;
pub mod forecast;
pub mod handover;
pub mod hours;
pub mod id;
pub mod language;
pub mod level;
pub mod limit;
pub mod look;
pub mod member;
pub mod phone;
pub mod phones;
pub mod policy;
pub mod presence;
pub mod privacy;
pub mod problem;
pub mod report;
pub mod request;
pub mod retention;
pub mod rule;
mod schema;
pub mod secret;
pub mod sign_on;
pub mod sip;
pub mod talk;
pub mod time;
pub mod usage;
pub mod voice;
pub mod webhook;
pub mod work;

#[cfg(feature = "serde")]
mod text_serde;

pub use id::{
    AgentId, BreakId, CentreId, DispositionId, EquipmentId, LegId, RequestId, SiteId, SkillId, WebhookId,
};
pub use language::Language;
pub use phone::{Country, PhoneNumber};
pub use sip::SipAddress;
pub use time::Millis;
