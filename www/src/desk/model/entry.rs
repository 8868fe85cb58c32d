//! The door of the desk: up while the edge does not know whose desk this is.

use super::{Do, Model, Screen};

/// What the door is to know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desk) struct Entry {
    /// Who was here last.
    pub(in crate::desk) who: String,
    /// Why the door is up.
    pub(in crate::desk) notice: Option<String>,
}

/// Puts the door up (or the question for the business), after doing `first`.
pub(super) fn show(model: &mut Model, notice: Option<String>, first: Vec<Do>) -> Vec<Do> {
    // Who was here comes back to the same place.
    let who = model
        .view
        .take()
        .map_or_else(|| model.entry.who.clone(), |view| view.me.id.to_string());
    model.entry = Entry { who, notice };
    (
        model.link,
        model.pending,
        model.refusal,
        model.gone,
        model.revealed,
    ) = Default::default();
    (model.draft, model.errors, model.saved_until) = Default::default();
    model.screen = match &model.site {
        Some(_) => Screen::Entry,
        None => Screen::AskSite { problem: None },
    };
    first
}

/// Somebody is in: whose desk is it?
pub(super) fn entered(model: &mut Model) -> Vec<Do> {
    model.screen = Screen::Starting;
    let mut todo: Vec<Do> = model.site.clone().map(Do::RememberSite).into_iter().collect();
    todo.push(Do::ReadDesk);
    todo
}
