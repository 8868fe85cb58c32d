//! Both halves of the call, side by side, and whether they are joined.

use super::call::of_call;
use crate::desk::shell::desk;
use crate::desk::word;
use leptos::prelude::*;
use shared::call::LegState;

/// The customer's leg and mine.
#[component]
pub(super) fn Legs() -> impl IntoView {
    let desk = desk();
    let customer = of_call(desk, |pop| Some(pop.legs.customer));
    let agent = of_call(desk, |pop| Some(pop.legs.agent));
    let joined = move || {
        let bridged = |leg: Option<LegState>| leg == Some(LegState::Bridged);
        bridged(customer.get()) && bridged(agent.get())
    };
    view! {
        <ul class="legs" data-joined=move || joined().then_some("true")>
            {leg("leg-customer", "Customer", customer)}
            {leg("leg-me", "You", agent)}
        </ul>
    }
}

fn leg(id: &'static str, who: &'static str, state: Memo<Option<LegState>>) -> impl IntoView {
    view! {
        <li id=id class="leg" data-state=move || state.get().map(LegState::as_str)>
            <span class="mark" class:ringing=move || state.get() == Some(LegState::Ringing) aria-hidden="true"></span>
            <span class="small muted">{who}</span>
            <strong>{move || state.get().map(word::leg)}</strong>
        </li>
    }
}
