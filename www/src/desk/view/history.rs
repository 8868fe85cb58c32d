//! Earlier calls with the customer on the desk.

use super::call::of_call;
use super::recent::row;
use crate::desk::shell::desk;
use leptos::prelude::*;

/// When, with whom, and what came of it; latest first.
#[component]
pub(super) fn History() -> impl IntoView {
    let desk = desk();
    let history = of_call(desk, |pop| pop.history.clone());
    view! {
        <section class="card stack history" aria-labelledby="history-title">
            <h2 id="history-title">"Earlier calls"</h2>
            <Show
                when=move || !history.with(Vec::is_empty)
                fallback=|| view! { <p class="muted small" id="no-history">"The first call with this number."</p> }
            >
                <ul id="history" class="list panel">
                    {move || history.get().into_iter().map(|call| row(desk, call, true)).collect_view()}
                </ul>
            </Show>
        </section>
    }
}
