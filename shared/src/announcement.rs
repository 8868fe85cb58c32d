//! What a business has said to customers on the telephone, in one language.

use crate::Language;
use crate::bridge::Announcement;

/// A business's own sentences in one language. What is absent is the usual sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Announcements {
    /// Its language.
    pub language: Language,
    /// While the agent is called.
    #[cfg_attr(feature = "serde", serde(default))]
    pub hold: Option<Announcement>,
    /// The question whether it is the customer, where 1 has to be pressed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub confirm: Option<Announcement>,
    /// When nobody could take the call.
    #[cfg_attr(feature = "serde", serde(default))]
    pub sorry: Option<Announcement>,
}
