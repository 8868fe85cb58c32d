//! Secrets that a business's server signs with, as far as they are told.

use crate::Millis;

/// A live secret (`GET /v1/businesses/{site}/secrets`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LiveSecret {
    /// Its name.
    pub id: String,
    /// When it was made.
    pub created_at: Millis,
    /// When something was last signed with it.
    pub last_used_at: Option<Millis>,
}

/// A new secret, shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSecret {
    /// Its name.
    pub id: String,
    /// Itself.
    pub secret: String,
    /// When it was made.
    pub created_at: Millis,
}

/// How often something was refused on a day (`GET /v1/businesses/{site}/refusals`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refused {
    /// The day's begin, UTC.
    pub day: Millis,
    /// Why.
    pub reason: String,
    /// How often.
    pub count: i64,
    /// The latest time.
    pub last_at: Millis,
}
