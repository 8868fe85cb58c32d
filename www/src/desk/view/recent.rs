//! This agent's latest calls.

use super::talk;
use crate::desk::model::Msg;
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::call::{EndReason, EndedBy};
use shared::desk::PastCall;

/// The latest calls, newest first.
#[component]
pub(super) fn Recent() -> impl IntoView {
    let desk = desk();
    let recent = desk.part(|model| {
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
                    {move || recent.get().into_iter().map(|call| row(desk, call, false)).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

/// An earlier call: one of this agent's, or `theirs`, the customer's.
pub(super) fn row(desk: Desk, call: PastCall, theirs: bool) -> impl IntoView {
    let talked = call.reason == EndReason::Talked;
    let outcomes = desk.part(|model| model.outcomes().to_vec());
    let (words, tone) = match &call.disposition {
        Some(kept) => (
            outcomes.with_untracked(|outcomes| word::kind(&kept.kind, outcomes)),
            word::kind_tone(&kept.kind),
        ),
        None => (word::past(call.reason).into(), None),
    };
    let of = call.id.clone();
    let may_call = desk.part(super::super::model::Model::may_call);
    let (day, whom) = if theirs {
        (
            Say::Day,
            call.agent_name.clone().unwrap_or_else(|| "nobody".into()),
        )
    } else {
        (Say::Minute, call.phone.clone())
    };
    let (text, order) = call
        .disposition
        .as_ref()
        .map(|kept| (kept.text.clone(), kept.order.clone()))
        .unwrap_or_default();
    let length = talked.then(|| format!(" · {}", when::clock(call.talked_s)));
    let by = talked.then_some(call.ended_by).flatten();
    let messages = talk::past(desk, &call);
    view! {
        <li
            class="list-row past"
            data-request=call.id.to_string()
            data-reason=call.reason.as_str()
            data-ended-by=by.map(EndedBy::as_str)
            title=by.map(|by| word::ended_by(Some(by)))
            data-disposition=call.disposition.as_ref().map(|kept| kept.kind.to_string())
        >
            <span class="grow">
                <span class="name">{call.skill_name.unwrap_or_else(|| "Anything".into())}</span>
                <span class="small muted num">
                    {when::here(call.ended_at, day)} " · " <bdi>{whom}</bdi> {length}
                </span>
                {(!text.is_empty()).then(|| view! { <span class="small text" dir="auto">{text}</span> })}
                {messages}
                {order.map(|order| view! { <span class="small">"Order " <bdi class="num order">{order}</bdi></span> })}
            </span>
            <span class="stack ends-of">
                <span class="badge" data-tone=tone>{words}</span>
                <Show when=move || !theirs && may_call.get()>
                    <button
                        class="button small"
                        data-call-again
                        on:click={
                            let of = of.clone();
                            move |_| desk.send(Msg::CallAgain(of.clone()))
                        }
                    >
                        "Call again"
                    </button>
                </Show>
            </span>
        </li>
    }
}
