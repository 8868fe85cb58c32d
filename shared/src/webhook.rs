//! What a business's own servers are told, and what came of telling them.

use crate::call::words;
use crate::{Millis, WebhookId};

words! {
    /// What an endpoint can be told of.
    EventType {
        /// Somebody asks for a call.
        RequestCreated = "request.created",
        /// A request got another time, skill or person.
        RequestMoved = "request.moved",
        /// The customer took the request back before anybody talked.
        RequestCancelled = "request.cancelled",
        /// Nobody came in time.
        RequestExpired = "request.expired",
        /// Customer and agent began to talk.
        CallStarted = "call.started",
        /// A request is over in any other way; its outcome says how.
        CallEnded = "call.ended",
        /// An agent wrote down what came of a call.
        CallWrittenUp = "call.written_up",
        /// An agent's presence changed.
        AgentStatus = "agent.status",
        /// Calls wait for money, because as many were made as may be, or because somebody works through a block of numbers: the first of them,
        /// once an hour for each reason at the most.
        CallsHeld = "calls.held",
        /// A carrier bills more than the rates of its equipment say.
        EquipmentDearer = "equipment.dearer",
        /// The business's document was changed.
        BusinessChanged = "business.changed",
        /// Somebody tries the endpoint by hand; it comes whatever the endpoint is to be told of.
        Test = "webhook.test",
    }
}

/// An endpoint, as the document names it. Its secrets are made in the console and kept sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where messages are posted to.
    pub url: String,
    /// What it is told of.
    pub events: Vec<EventType>,
    /// Whether it is told anything.
    #[cfg_attr(feature = "serde", serde(default = "on"))]
    pub on: bool,
    /// Customers' numbers are whole in its messages; masked otherwise.
    #[cfg_attr(feature = "serde", serde(default))]
    pub whole_numbers: bool,
}

#[cfg(feature = "serde")]
const fn on() -> bool {
    true
}

/// An endpoint's state (`GET /v1/businesses/{site}/webhooks`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndpointView {
    /// Which one.
    pub id: WebhookId,
    /// Its live secrets, the oldest first. Without any it is told nothing.
    pub secrets: Vec<SecretView>,
    /// Since when nothing has arrived there.
    pub failing_since: Option<Millis>,
    /// When it said that it is gone for good (`410`). It is told nothing until it takes a message that somebody sends by hand.
    pub gone_at: Option<Millis>,
    /// Messages that are still to arrive.
    pub waiting: u32,
}

/// A live secret, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecretView {
    /// Its name.
    pub id: String,
    /// When it was made.
    pub created_at: Millis,
}

words! {
    /// Where a message stands.
    DeliveryState {
        /// On its way, or to be tried again.
        Waiting = "waiting",
        /// The endpoint took it.
        Delivered = "delivered",
        /// It was tried often enough, or the endpoint said that it is gone.
        Failed = "failed",
        /// The endpoint was switched off or taken away, or too much was waiting.
        Dropped = "dropped",
    }
}

/// A message and what became of it (`GET …/webhooks/{id}/deliveries`, the newest first).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeliveryView {
    /// The message's id, the same at every attempt.
    pub id: String,
    /// What it tells of.
    pub event: String,
    /// When that happened.
    pub created_at: Millis,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next, while it is to be tried.
    pub due: Option<Millis>,
    /// The body as it is sent; for whoever may not see numbers without the customer's note, and with their number masked.
    pub body: String,
    /// What came of each attempt, the first one first.
    pub attempts: Vec<AttemptView>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttemptView {
    /// When.
    pub at: Millis,
    /// The status; absent without an answer in time.
    pub status: Option<u16>,
    /// How long the answer took, in milliseconds.
    pub took_ms: u32,
    /// The begin of what the endpoint answered, or why it was not asked. Empty where it answered to a message about a customer, for whoever
    /// may not see numbers.
    pub answer: String,
}
