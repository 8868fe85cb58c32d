//! The contract of the HTTP interface: which routes there are, and what each takes and answers.
//!
//! [`route`] is the table that the worker serves by: what is not in it does not exist. `document` describes each of its routes as an
//! OpenAPI document; a test fails when one is described and not there, or there and not described.

#[cfg(feature = "document")]
pub mod document;
pub mod route;
