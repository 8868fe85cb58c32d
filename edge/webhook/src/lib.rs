//! What a business's own servers are told, without telling it. Pure, as the engine is.
//!
//! | module | idea |
//! | --- | --- |
//! | [`event`] | which change of a request or an agent is worth telling, and what is told of it |
//! | [`log`] | what people see of it, who may not see as much |
//! | [`message`] | a message as it is sent: body, secrets, signatures |
//! | [`target`] | where messages may go, and where not |
//! | [`retry`] | what follows from an endpoint's answer |

pub mod event;
pub mod log;
pub mod message;
pub mod retry;
pub mod target;
