//! What a customer may ask the business for: everything that is kept of them, or nothing of it any more.

use crate::Address;

/// Whom it is about: one of the two. The body of `POST /v1/businesses/{site}/customers/export` and of `…/customers/erase`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(extend("minProperties" = 1))
)]
pub struct Person {
    /// Everybody who asked to be called at this number.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub phone: Option<Address>,
    /// The customer whom the business's tokens call so.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub customer: Option<String>,
}

/// How many rows of each kind are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Erased {
    /// Requests, with what was said and announced in them.
    pub requests: u32,
    /// Calls to the customer: the business's usage is less by them.
    pub calls: u32,
    /// Messages about them to the business's servers, in our log.
    pub deliveries: u32,
}
