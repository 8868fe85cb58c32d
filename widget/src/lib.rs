//! The panel that shoppers see: a small program in an iframe on our own origin.
//!
//! | module | idea |
//! | --- | --- |
//! | [`model`] | everything the panel knows, and what each event changes; pure, tested natively |
//! | [`word`] | every sentence the panel says |
//! | [`wire`] | JSON to the shared types and back, without serde |
//! | `browser` | does what the model asks for: network, clock, storage, messages to the page |
//! | `view` | small components that draw the model |
//! | `page` | with the feature of that name, in the place of `browser`: the form as text, for the edge |
//!
//! One direction: an event becomes a [`model::Msg`], [`model::update`] changes the [`model::Model`] and answers with
//! [`model::Do`]s, `browser` performs them, `view` draws. Nothing in `model` or `word` can name the browser.

pub mod model;
pub mod wire;
pub mod word;

#[cfg(not(feature = "page"))]
mod browser;
#[cfg(feature = "page")]
mod page;
mod view;

#[cfg(feature = "page")]
pub use page::{Form, form};

/// Starts the panel in the present document.
#[cfg(not(feature = "page"))]
pub fn start() {
    view::mount();
}
