//! The sign-in: who, and the code.

use crate::desk::model::{Agents, DemoAgent, Msg};
use crate::desk::shell::{Desk, desk};
use leptos::prelude::*;

/// The sign-in form.
#[component]
pub(super) fn Entry() -> impl IntoView {
    let desk = desk();
    let site = desk.part(|model| model.site.as_ref().map(ToString::to_string));
    let notice = desk.part(|model| model.entry.notice.clone());
    let busy = desk.part(|model| model.entry.busy);
    let code = desk.part(|model| model.entry.code.clone());
    let code_error = desk.part(|model| model.entry.errors.get("code").cloned());
    let demo = desk.part(|model| matches!(model.entry.agents, Agents::Offered(_)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.send(Msg::Enter);
    };
    view! {
        <main class="gate">
            <form id="sign-in" class="card stack ask" on:submit=submit novalidate>
                <div class="stack heading">
                    <img src="/design/logo.svg" alt="" width="40" height="40" />
                    <h1>"Agent desk"</h1>
                    <p class="muted small row">
                        <span>"Business " <strong id="sign-in-site">{site}</strong></span>
                        <button
                            id="other-site"
                            type="button"
                            class="link"
                            on:click=move |_| desk.send(Msg::OtherSite)
                        >
                            "another"
                        </button>
                    </p>
                </div>
                {move || {
                    notice.get().map(|words| view! { <p id="sign-in-notice" class="notice" data-tone="warn" role="alert">{words}</p> })
                }}
                <Who />
                <div class="field">
                    <label for="code">"Sign-in code"</label>
                    <input
                        id="code"
                        name="code"
                        type="password"
                        autocomplete="current-password"
                        prop:value=code
                        on:input=move |event| desk.send(Msg::Code(event_target_value(&event)))
                        aria-describedby="code-hint code-error"
                        aria-invalid=move || code_error.with(Option::is_some).then_some("true")
                    />
                    <p id="code-hint" class="hint" hidden=move || !demo.get()>
                        "This is the demo: the start command printed the code."
                    </p>
                    <p id="code-error" class="error" role="alert">{code_error}</p>
                </div>
                <button id="sign-in-go" class="button primary block" aria-busy=move || busy.get().then_some("true")>
                    {move || busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
                    "Sign in"
                </button>
            </form>
        </main>
    }
}

/// Who it is: one of the demo's agents, or an id as typed.
#[component]
fn Who() -> impl IntoView {
    let desk = desk();
    let agents = desk.part(|model| model.entry.agents.clone());
    let error = desk.part(|model| model.entry.errors.get("agent").cloned());
    view! {
        <div class="field" id="who">
            {move || match agents.get() {
                Agents::Asked => {
                    view! {
                        <p class="row muted" role="status">
                            <span class="spinner" aria-hidden="true"></span>
                            "Asking who works here…"
                        </p>
                    }
                        .into_any()
                }
                Agents::Failed(why) => {
                    view! {
                        <div class="notice stack" data-tone="danger" role="alert">
                            <p>{why}</p>
                            <button
                                type="button"
                                class="button small"
                                on:click=move |_| desk.send(Msg::Again)
                            >
                                "Try again"
                            </button>
                        </div>
                    }
                        .into_any()
                }
                Agents::Typed => typed(desk, error).into_any(),
                Agents::Offered(list) => cards(desk, list, error).into_any(),
            }}
            <p id="agent-error" class="error" role="alert">{error}</p>
        </div>
    }
}

fn typed(desk: Desk, error: Memo<Option<String>>) -> impl IntoView {
    let who = desk.part(|model| model.entry.who.clone());
    view! {
        <label for="agent">"Your id"</label>
        <input
            id="agent"
            name="agent"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            prop:value=who
            on:input=move |event| desk.send(Msg::Who(event_target_value(&event)))
            aria-describedby="agent-error"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
        />
    }
}

fn cards(desk: Desk, agents: Vec<DemoAgent>, error: Memo<Option<String>>) -> impl IntoView {
    let cards: Vec<_> = agents.into_iter().map(|agent| card(desk, &agent)).collect();
    view! {
        <fieldset
            class="field"
            aria-describedby="agent-error"
            aria-invalid=move || error.with(Option::is_some).then_some("true")
        >
            <legend>"Who are you?"</legend>
            <div class="list who">{cards}</div>
        </fieldset>
    }
}

fn card(desk: Desk, agent: &DemoAgent) -> impl IntoView + use<> {
    let id = agent.id.to_string();
    let initials: String = agent
        .name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect();
    let chosen = {
        let id = id.clone();
        desk.part(move |model| model.entry.who == id)
    };
    let choose = {
        let id = id.clone();
        move |_| desk.send(Msg::Who(id.clone()))
    };
    view! {
        <label class="list-row">
            <input
                type="radio"
                name="agent"
                id=format!("agent-{id}")
                value=id
                prop:checked=chosen
                on:change=choose
            />
            <span class="face" aria-hidden="true">{initials}</span>
            <span class="name">{agent.name.clone()}</span>
        </label>
    }
}
