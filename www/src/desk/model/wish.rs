//! What the agent asks of the edge: one thing at a time.

use super::{Action, Do, Model};
use shared::desk::{AgentState, SetPresence};
use shared::{BreakId, RequestId};

pub(super) fn ask(model: &mut Model, action: Action, what: Do) -> Vec<Do> {
    if model.pending.is_some() {
        return Vec::new(); // one thing at a time: a second tap is a slip
    }
    (model.pending, model.refusal) = (Some(action), None);
    vec![what]
}

pub(super) fn want(model: &mut Model, state: AgentState) -> Vec<Do> {
    if model.wanted() == state {
        return Vec::new();
    }
    ask(
        model,
        Action::Presence(state),
        Do::Presence(SetPresence { state, pause: None }),
    )
}

/// Away for this; the same again is away for no reason that anybody need know.
pub(super) fn rest(model: &mut Model, pause: BreakId) -> Vec<Do> {
    let pause = Some(pause).filter(|pause| model.pause().as_ref() != Some(pause));
    let state = AgentState::Away;
    ask(
        model,
        Action::Presence(state),
        Do::Presence(SetPresence { state, pause }),
    )
}

pub(super) fn on_call(model: &mut Model, action: Action, what: impl FnOnce(RequestId) -> Do) -> Vec<Do> {
    match model.call().map(|pop| pop.id.clone()) {
        Some(id) => ask(model, action, what(id)),
        None => Vec::new(),
    }
}
