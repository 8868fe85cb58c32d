//! What customer and agent write to each other about a request, live: the messages of `…/requests/{id}/talk`.

use crate::Millis;
use crate::call::words;
#[cfg(feature = "schema")]
use crate::limit::{MAX_IDEMPOTENCY_KEY_CHARS, MAX_MESSAGE_CHARS};
use crate::problem::Problem;

words! {
    /// Who wrote a message.
    Author {
        /// Whoever asked for the call.
        Customer = "customer",
        /// The agent who had the request then.
        Agent = "agent",
    }
}

/// Something to be said; what clients send through the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Say {
    /// A text of the client's own, new for every message: sent again, it is the same message.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_IDEMPOTENCY_KEY_CHARS)))]
    pub key: String,
    /// What is said: plain text.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = MAX_MESSAGE_CHARS)))]
    pub text: String,
}

/// A message that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Its place among the request's messages, from 1.
    pub n: u32,
    /// When it was kept.
    pub at: Millis,
    /// Who wrote it.
    pub by: Author,
    /// The agent's public name, as far as there still is one.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: Option<String>,
    /// What it says: plain text, never markup.
    pub text: String,
    /// The key that its author gave it.
    pub key: String,
}

/// How a talk stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Talk {
    /// Whether whoever reads this may write.
    pub open: bool,
    /// Whether the customer looks at it.
    pub customer_here: bool,
    /// Whether the agent looks at it.
    pub agent_here: bool,
    /// The public name of the agent who has the request.
    #[cfg_attr(feature = "serde", serde(default))]
    pub agent_name: Option<String>,
}

/// What was not kept, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unsaid {
    /// The message's key, where it could be read.
    pub key: Option<String>,
    /// Why.
    pub problem: Problem,
}

/// What the server says: everything at once when it is opened, then each change. Nothing is lost by hearing a message twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TalkFrame {
    /// How it stands, when that has changed.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub talk: Option<Talk>,
    /// Messages, in their order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub messages: Vec<Message>,
    /// What was sent and is not kept.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub unsaid: Option<Unsaid>,
}
