//! This agent's latest calls.

use crate::desk::shell::desk;
use crate::desk::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::call::{EndReason, EndedBy};
use shared::desk::PastCall;

/// The latest calls, newest first.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let recent = desk().part(|model| {
        model
            .view
            .as_ref()
            .map(|view| view.recent.clone())
            .unwrap_or_default()
    });
    view! {
        <section class="stack panel" aria-labelledby="recent-title">
            <h2 id="recent-title">"Your recent calls"</h2>
            <Show
                when=move || !recent.with(Vec::is_empty)
                fallback=|| view! { <p class="empty small">"Your calls and what came of them appear here."</p> }
            >
                <ul id="recent" class="list">
                    {move || recent.get().into_iter().map(row).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

fn row(call: PastCall) -> impl IntoView {
    let talked = call.reason == EndReason::Talked;
    let (words, tone) = match &call.disposition {
        Some(kept) => (word::kind(kept.kind), word::kind_tone(kept.kind)),
        None => (word::past(call.reason), None),
    };
    let (text, order) = call
        .disposition
        .as_ref()
        .map(|kept| (kept.text.clone(), kept.order.clone()))
        .unwrap_or_default();
    let length = talked.then(|| format!(" · {}", when::clock(call.talked_s)));
    let by = talked.then_some(call.ended_by).flatten();
    view! {
        <li
            class="list-row past"
            data-request=call.id.to_string()
            data-reason=call.reason.as_str()
            data-ended-by=by.map(EndedBy::as_str)
            title=by.map(|by| word::ended_by(Some(by)))
            data-disposition=call.disposition.as_ref().map(|kept| kept.kind.as_str())
        >
            <span class="grow">
                <span class="name">{call.skill_name.unwrap_or_else(|| "Anything".into())}</span>
                <span class="small muted num">
                    {when::here(call.ended_at, Say::Minute)} " · " <bdi>{call.phone}</bdi> {length}
                </span>
                {(!text.is_empty()).then(|| view! { <span class="small text" dir="auto">{text}</span> })}
                {order.map(|order| view! { <span class="small">"Order " <bdi class="num order">{order}</bdi></span> })}
            </span>
            <span class="badge" data-tone=tone>{words}</span>
        </li>
    }
}
