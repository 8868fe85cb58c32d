//! The desk as the edge tells it: read once, then live.

use super::{Action, Do, GONE_FOR_S, Gone, Model, START_AGAIN_S, Screen, entry, hand};
use crate::desk::word;
use crate::net::{Failure, Link, Wire};
use shared::desk::{AgentState, DeskView};

pub(super) fn read(model: &mut Model, answer: Result<DeskView, Failure>) -> Vec<Do> {
    match (answer, &model.screen) {
        (Ok(view), Screen::Desk) => accept(model, view),
        (Ok(view), _) => open(model, view),
        (Err(failure), _) if failure.status() == Some(401) => {
            let why = (model.screen == Screen::Desk).then(|| word::SESSION_OVER.to_owned());
            entry::show(model, why, vec![Do::Disconnect])
        }
        // Signed in, and no desk of theirs: another way in is offered.
        (Err(failure), _) if failure.status() == Some(403) => {
            entry::show(model, Some(failure.words().to_owned()), vec![Do::Disconnect])
        }
        // The socket tries again by itself and the badge says so.
        (Err(_), Screen::Desk) => Vec::new(),
        (Err(failure), _) => {
            let why = failure.words().to_owned();
            model.screen = Screen::Down {
                why,
                retry_at: model.now.plus_s(START_AGAIN_S),
            };
            Vec::new()
        }
    }
}

/// The desk opens: signed in just now, or still.
pub(super) fn open(model: &mut Model, view: DeskView) -> Vec<Do> {
    model.screen = Screen::Desk;
    model.link = Link::Connecting;
    model.fresh = true;
    (model.view, model.gone, model.saved_until) = (None, None, None);
    let mut todo = vec![Do::Connect];
    todo.extend(accept(model, view));
    todo
}

pub(super) fn heard(model: &mut Model, wire: &Wire) -> Vec<Do> {
    if model.screen != Screen::Desk {
        return Vec::new(); // a socket on its way out
    }
    model.link = model.link.after(wire, model.now);
    match wire {
        Wire::Connecting => Vec::new(),
        Wire::Live => {
            model.fresh = true;
            Vec::new()
        }
        Wire::Frame(text) => match serde_json::from_str::<DeskView>(text) {
            Ok(view) => accept(model, view),
            // Not for us, or newer than this page; the next one may be readable.
            Err(_) => Vec::new(),
        },
        // A handshake refused for want of a session looks like any other loss: ask.
        Wire::Lost { .. } => vec![Do::ReadDesk],
        Wire::Closed(_) => {
            // Leaving closes the socket too, often before the answer comes.
            let thrown_out = model.pending != Some(Action::SignOut);
            entry::show(
                model,
                thrown_out.then(|| word::SESSION_OVER.into()),
                vec![Do::Disconnect],
            )
        }
    }
}

/// Takes over the edge's view, unless it was overtaken by a newer one.
pub(super) fn accept(model: &mut Model, view: DeskView) -> Vec<Do> {
    let newer = model.view.as_ref().is_none_or(|old| view.at >= old.at);
    if !newer && !model.fresh {
        return Vec::new();
    }
    let apart = model.fresh || model.link != Link::Live;
    let ready = model.me() == AgentState::Available && model.pending.is_none();
    let away = view.me.state == AgentState::Away;
    model.set_away = away && (model.set_away || apart && ready);
    model.fresh = false;
    model.ahead_ms = view.at.0.saturating_sub(model.now.0);
    let first = model.view.is_none();
    let before = model.view.replace(view).and_then(|old| old.call);
    let (before_id, id) = (
        before.as_ref().map(|pop| pop.id.clone()),
        model.call().map(|pop| pop.id.clone()),
    );
    if before_id == id {
        return Vec::new();
    }
    if let Some(pop) = before
        .as_ref()
        .filter(|_| !model.pending.is_some_and(hand::takes_away))
    {
        let until = model.now.plus_s(GONE_FOR_S);
        model.gone = model
            .view
            .as_ref()
            .and_then(|view| Gone::of(pop, &view.recent, until));
    }
    (model.draft, model.errors, model.revealed, model.refusal) = Default::default();
    model.hand = None;
    let Some(id) = id else { return Vec::new() };
    (model.gone, model.saved_until, model.handed) = (None, None, None);
    // Whoever looks at the floor has a call now.
    model.floor &= first;
    let mut todo = vec![Do::Recall(id)];
    // A page loaded during a call is no news to the agent.
    if let (false, Some(pop)) = (first, model.call()) {
        let (title, body) = word::alert(pop);
        todo.push(Do::Alert { title, body });
    }
    todo
}
