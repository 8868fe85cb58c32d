//! Who had the call before, and what they say about it.

use super::call::of_call;
use crate::desk::shell::desk;
use crate::desk::word;
use crate::when;
use leptos::prelude::*;
use shared::desk::HandedOn;

/// The colleagues' words, oldest first.
#[component]
pub(super) fn Handed() -> impl IntoView {
    let handed = of_call(desk(), |pop| pop.handed.clone());
    view! {
        <Show when=move || !handed.with(Vec::is_empty)>
            <section class="card stack handed" aria-labelledby="handed-title">
                <h2 id="handed-title">"Before you"</h2>
                <ul id="handed" class="stack plain">
                    {move || handed.get().into_iter().map(row).collect_view()}
                </ul>
            </section>
        </Show>
    }
}

fn row(one: HandedOn) -> impl IntoView {
    let talked = (one.talked_s > 0).then(|| format!(" after {}", when::clock(one.talked_s)));
    let reason = one.reason.map(|reason| format!(": {}", word::refusal(reason)));
    view! {
        <li data-how=one.how.as_str()>
            <p>
                <strong>{one.from.unwrap_or_else(|| word::SUPERVISOR.into())}</strong>
                " " {word::handed(one.how)} {reason} <span class="muted num">{talked}</span>
            </p>
            {(!one.text.is_empty()).then(|| view! { <blockquote dir="auto">{one.text}</blockquote> })}
        </li>
    }
}
