//! The two halves of the call: the customer's phone and the other side's.

use super::element::El;
use super::{Panel, written};
use crate::model::Model;
use crate::word::{self, Say};
use shared::call::{LegState, Party};

pub(super) fn legs(panel: Panel) -> El {
    let you = leg(panel, Party::Customer, |_| Some(word::YOU.clone()));
    let other = leg(panel, Party::Agent, |model| {
        model.request.as_ref().map(word::other_side)
    });
    panel.el("div").inside(&[
        panel
            .el("ul")
            .class("legs")
            .attr_say("aria-label", &word::LEGS)
            .inside(&[you, other]),
        panel
            .el("p")
            .class("clock num")
            .id("duration")
            .attr("role", "timer")
            .hidden_if(|model| duration(model).is_none())
            .text_of(move |model| duration(model).map(|clock| panel.writer().digits(&clock))),
    ])
}

/// One half: its face, its name, how it stands.
fn leg(panel: Panel, party: Party, name: fn(&Model) -> Option<Say>) -> El {
    let state = move |model: &Model| state(model, party);
    let initial = move |model: &Model| written(&name(model)?).chars().next().map(String::from);
    panel
        .el("li")
        .attr("data-leg", party.as_str())
        .attr_of("data-leg-state", move |model| {
            state(model).map(|state| state.as_str().to_owned())
        })
        .inside(&[
            panel
                .el("i")
                .class("face")
                .attr("aria-hidden", "true")
                .text_of(initial),
            panel.el("b").say_of(name),
            panel
                .el("span")
                .class("muted small")
                .say_of(move |model| state(model).map(word::leg)),
        ])
}

fn state(model: &Model, party: Party) -> Option<LegState> {
    let legs = model.request.as_ref()?.legs;
    Some(match party {
        Party::Customer => legs.customer,
        Party::Agent => legs.agent,
    })
}

/// How long the two have been talking.
fn duration(model: &Model) -> Option<String> {
    let since = model.request.as_ref()?.connected_at?;
    Some(word::duration(model.server_now().seconds_since(since)))
}
