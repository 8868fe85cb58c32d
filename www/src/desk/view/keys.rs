//! The keys, listed under `?`.

use crate::desk::model::Msg;
use crate::desk::shell::desk;
use crate::desk::word;
use leptos::prelude::*;

/// The list, while it is open.
#[component]
pub(super) fn Keys() -> impl IntoView {
    let desk = desk();
    let shown = desk.part(|model| model.keys);
    let row = |(key, does): (&'static str, &'static str)| {
        view! {
            <div class="row key">
                <dt><kbd>{key}</kbd></dt>
                <dd>{does}</dd>
            </div>
        }
    };
    view! {
        <Show when=move || shown.get()>
            <section id="keys" class="card stack keys" role="dialog" aria-labelledby="keys-title">
                <h2 id="keys-title">"Keys"</h2>
                <dl class="stack">{word::KEYS.into_iter().map(row).collect_view()}</dl>
                <button class="button small" on:click=move |_| desk.send(Msg::Escape)>"Close"</button>
            </section>
        </Show>
    }
}
