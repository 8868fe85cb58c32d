//! Before the desk is there: starting, or the edge can't be reached.

use crate::desk::model::Msg;
use crate::desk::shell::desk;
use leptos::prelude::*;

/// Finding out who this is.
#[component]
pub(super) fn Starting() -> impl IntoView {
    view! {
        <main class="gate">
            <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Opening the desk…"</p>
        </main>
    }
}

/// The edge can't be reached, or has failed.
#[component]
pub(super) fn Down(why: String) -> impl IntoView {
    view! {
        <main class="gate">
            <div id="down" class="card stack ask" role="alert">
                <h1>"The desk is not available"</h1>
                <p>{why}</p>
                <p class="muted small">"It is tried again every few seconds."</p>
                <button class="button primary" on:click=move |_| desk().send(Msg::Again)>"Try again now"</button>
            </div>
        </main>
    }
}
