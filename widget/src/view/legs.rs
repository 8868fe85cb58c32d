//! The two halves of the call: the customer's phone and the other side's.

use super::live::ask;
use crate::browser::Panel;
use crate::word;
use leptos::prelude::*;
use shared::call::{LegState, Party};

pub(super) fn legs(panel: Panel) -> impl IntoView {
    let other = move || ask(panel, word::other_side);
    let talked = move || {
        panel.read(|model| {
            let since = model.request.as_ref()?.connected_at?;
            Some(word::duration(model.server_now().seconds_since(since)))
        })
    };
    view! {
        <div>
            <ul class="legs" aria-label=word::LEGS>
                {leg(panel, Party::Customer, || Some(word::YOU.to_owned()))}
                {leg(panel, Party::Agent, other)}
            </ul>
            <p class="clock num" id="duration" role="timer" hidden=move || talked().is_none()>{talked}</p>
        </div>
    }
}

fn leg(panel: Panel, party: Party, name: impl Fn() -> Option<String> + Copy + Send + 'static) -> impl IntoView {
    let state = move || {
        ask(panel, |request| match party {
            Party::Customer => request.legs.customer,
            Party::Agent => request.legs.agent,
        })
    };
    let initial = move || name().and_then(|name| name.chars().next()).map(|c| c.to_uppercase().to_string());
    view! {
        <li data-leg=party.as_str() data-leg-state=move || state().map(LegState::as_str)>
            <i class="face" aria-hidden="true">{initial}</i>
            <b>{name}</b>
            <span class="muted small">{move || state().map(word::leg)}</span>
        </li>
    }
}
