//! What came of the call.

use crate::desk::model::{Action, Msg};
use crate::desk::shell::{Desk, desk};
use leptos::prelude::*;
use shared::desk::AgentState;
use shared::limit::MAX_DISPOSITION_CHARS;
use shared::work::Outcome;

/// Characters left from which on they are counted for the agent.
const COUNT_FROM: usize = 200;
/// Outcomes that have room beside each other; more wrap.
const SIDE_BY_SIDE: usize = 3;

fn error(desk: Desk, field: &'static str) -> Memo<Option<String>> {
    desk.part(move |model| model.errors.get(field).cloned())
}

/// The form: notes while talking, the disposition afterwards.
#[component]
pub(super) fn WrapUp() -> impl IntoView {
    let desk = desk();
    let over = desk.part(|model| model.me() == AgentState::WrapUp);
    let busy = desk.part(|model| model.pending == Some(Action::Save));
    let whole = error(desk, "");
    let away_next = desk.part(|model| model.wanted() == AgentState::Away);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.send(Msg::Save);
    };
    view! {
        <form id="wrap-up" class="card stack wrap-up" on:submit=submit novalidate aria-labelledby="wrap-up-title">
            <h2 id="wrap-up-title">{move || if over.get() { "What came of it?" } else { "Your notes" }}</h2>
            <Kinds />
            <Text />
            <Order />
            <p id="wrap-up-error" class="error" role="alert">{whole}</p>
            <button
                id="save"
                class="button primary block"
                disabled=move || !over.get()
                aria-busy=move || busy.get().then_some("true")
            >
                {move || busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
                {move || if away_next.get() { "Save and go away" } else { "Save and go available" }}
            </button>
            <p class="hint" hidden=over>"You can save when the call has ended."</p>
        </form>
    }
}

#[component]
fn Kinds() -> impl IntoView {
    let desk = desk();
    let wrong = error(desk, "kind");
    let outcomes = desk.part(|model| model.outcomes().to_vec());
    let many = move || outcomes.with(|outcomes| outcomes.len() > SIDE_BY_SIDE);
    view! {
        <fieldset id="disposition" class="field" aria-describedby="kind-error">
            <legend>"Outcome"</legend>
            <div class="segmented" class:many=many aria-invalid=move || wrong.with(Option::is_some).then_some("true")>
                {move || outcomes.get().into_iter().map(|outcome| choice(desk, outcome)).collect_view()}
            </div>
            <p id="kind-error" class="error" role="alert">{wrong}</p>
        </fieldset>
    }
}

fn choice(desk: Desk, outcome: Outcome) -> impl IntoView {
    let (kind, own) = (outcome.id.clone(), outcome.id.clone());
    let chosen = desk.part(move |model| model.draft.kind.as_ref() == Some(&own));
    view! {
        <label>
            <input
                type="radio"
                name="disposition"
                id=format!("disposition-{kind}")
                value=kind.to_string()
                prop:checked=chosen
                on:change=move |_| desk.send(Msg::Kind(kind.clone()))
            />
            <span>{outcome.name}</span>
        </label>
    }
}

#[component]
fn Text() -> impl IntoView {
    let desk = desk();
    let text = desk.part(|model| model.draft.text.clone());
    let wrong = error(desk, "text");
    let left = move || {
        let used = text.with(|text| text.chars().count());
        let near = used + COUNT_FROM >= MAX_DISPOSITION_CHARS;
        near.then(|| format!("{used} of {MAX_DISPOSITION_CHARS} characters"))
    };
    view! {
        <div class="field">
            <label for="disposition-text">"Notes"</label>
            <textarea
                id="disposition-text"
                name="text"
                rows="4"
                dir="auto"
                prop:value=text
                on:input=move |event| desk.send(Msg::Text(event_target_value(&event)))
                aria-describedby="text-count text-error"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            ></textarea>
            <p id="text-count" class="hint num">{left}</p>
            <p id="text-error" class="error" role="alert">{wrong}</p>
        </div>
    }
}

/// The order: asked for plainly after a purchase, at hand otherwise.
#[component]
fn Order() -> impl IntoView {
    let desk = desk();
    let order = desk.part(|model| model.draft.order.clone());
    let bought = desk.part(|model| {
        let chosen = model.draft.kind.as_ref();
        let needs = |outcome: &Outcome| outcome.needs_order && Some(&outcome.id) == chosen;
        chosen.is_some_and(|kind| kind.as_str() == "purchase") || model.outcomes().iter().any(needs)
    });
    let wrong = error(desk, "order");
    view! {
        <div class="field order" class:wanted=bought>
            <label for="disposition-order">
                "Order number"
                <span class="muted optional" hidden=bought>" (if there is one)"</span>
            </label>
            <input
                id="disposition-order"
                name="order"
                autocomplete="off"
                spellcheck="false"
                prop:value=order
                on:input=move |event| desk.send(Msg::Order(event_target_value(&event)))
                aria-describedby="order-error"
                aria-invalid=move || wrong.with(Option::is_some).then_some("true")
            />
            <p id="order-error" class="error" role="alert">{wrong}</p>
        </div>
    }
}
