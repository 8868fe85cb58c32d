//! Away for what: offered to whoever is away, or will be after the call.

use crate::desk::model::Msg;
use crate::desk::shell::{Desk, desk};
use leptos::prelude::*;
use shared::desk::AgentState;
use shared::work::Break;

/// The business's breaks, while one would count.
#[component]
pub(super) fn Breaks() -> impl IntoView {
    let desk = desk();
    let shown = desk.part(|model| model.wanted() == AgentState::Away);
    let later = desk.part(|model| model.call().is_some());
    let breaks = desk.part(|model| {
        model
            .view
            .as_ref()
            .map(|view| view.breaks.clone())
            .unwrap_or_default()
    });
    let none = move || breaks.with(Vec::is_empty);
    view! {
        <Show when=move || shown.get() && !none()>
            <div id="breaks" class="row breaks" role="group" aria-labelledby="breaks-title">
                <span id="breaks-title" class="small muted">
                    {move || if later.get() { "Away after this call for" } else { "Away for" }}
                </span>
                {move || breaks.get().into_iter().map(|pause| choice(desk, pause)).collect_view()}
            </div>
        </Show>
    }
}

fn choice(desk: Desk, pause: Break) -> impl IntoView {
    let (own, wish) = (pause.id.clone(), pause.id.clone());
    let on = desk.part(move |model| model.pause().as_ref() == Some(&own));
    view! {
        <button
            id=format!("break-{}", pause.id)
            class="button small"
            aria-pressed=move || if on.get() { "true" } else { "false" }
            on:click=move |_| desk.send(Msg::Rest(wish.clone()))
        >
            {pause.name}
        </button>
    }
}
