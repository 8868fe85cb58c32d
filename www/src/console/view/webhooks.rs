//! Servers of the business's own that are told what happens, and what came of telling them.

use super::field::{Add, Check, Items, Several, Text};
use crate::console::model::Hook;
use crate::console::shell::console;
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use serde_json::json;
use shared::webhook::{AttemptView, DeliveryState, DeliveryView, EndpointView, EventType};

#[component]
pub(super) fn Webhooks() -> impl IntoView {
    let events = EventType::ALL.iter().filter(|it| **it != EventType::Test);
    let events: Vec<_> = events
        .map(|it| (it.as_str().to_owned(), word::event(*it).to_owned()))
        .collect();
    let events = StoredValue::new(events);
    let item = move |at: String| {
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.url") label="Address" kind="url" placeholder="https://shop.example/hooks" />
                <Text place=format!("{at}.id") label="Id" hint="Names it in the log." />
            </div>
            <Several place=format!("{at}.events") label="Is told of" choices=events.get_value() />
            <Check place=format!("{at}.on") label="Switched on" />
            <Check place=format!("{at}.whole_numbers") label="Sees customers' whole numbers; masked otherwise" />
            <Endpoint at=at />
        }
    };
    let first = json!({"id": "server", "url": "", "events": ["request.created", "call.started", "call.ended"], "on": true});
    view! {
        <p class="muted">"Your server is told what happens as it happens: a signed "<code>"POST"</code>" as the Standard Webhooks say, verified with their libraries in a few lines. What does not arrive is sent again for three days; one message may come twice, with the same "<code>"webhook-id"</code>"."</p>
        <Items place="webhooks" what="Webhook" empty="None yet. Add one, and your shop or CRM knows of every call." item=item />
        <div class="row"><Add place="webhooks" label="Add a webhook" item=first /></div>
    }
}

/// How an endpoint does, once it is saved.
#[component]
fn Endpoint(at: String) -> impl IntoView {
    let console = console();
    let place = format!("{at}.id");
    let endpoint = console.part(move |model| {
        let id = model.text(&place);
        let known = model.hooks.endpoints.iter().find(|it| it.id.as_str() == id);
        let saved = model.saved.get("webhooks").and_then(|all| all.as_array());
        let saved = saved.is_some_and(|all| all.iter().any(|it| it["id"] == id.as_str()));
        known.filter(|_| saved).cloned()
    });
    move || match endpoint.get() {
        None => view! { <p class="hint">"Save it first; then make its secret here and send a test."</p> }
            .into_any(),
        Some(endpoint) => view! { <Known endpoint=endpoint /> }.into_any(),
    }
}

#[component]
fn Known(endpoint: EndpointView) -> impl IntoView {
    let console = console();
    let id = endpoint.id.to_string();
    let (tone, words) = word::endpoint(&endpoint);
    let since = endpoint
        .gone_at
        .or(endpoint.failing_since)
        .map(|at| format!(" since {}", when::here(at, Say::Day)));
    let waiting = (endpoint.waiting > 0).then(|| format!("{} waiting", endpoint.waiting));
    let of = id.clone();
    let made = console.part(move |model| {
        model
            .hooks
            .made
            .clone()
            .filter(|(hook, _)| *hook == of)
            .map(|(_, made)| made)
    });
    let of = id.clone();
    let open = console.part(move |model| model.hooks.open.as_ref() == Some(&of));
    let secrets = endpoint.secrets.iter().map(|it| {
        let (hook, key) = (id.clone(), it.id.clone());
        view! {
            <li class="list-row">
                <span class="grow"><code>{it.id.clone()}</code> <span class="small muted">" made " {when::here(it.created_at, Say::Day)}</span></span>
                <button class="button small" on:click=move |_| console.send(Hook::Revoke(hook.clone(), key.clone()).into())>"Revoke"</button>
            </li>
        }
    });
    let secrets = secrets.collect_view();
    let (make, test, log) = (id.clone(), id.clone(), id.clone());
    let endpoint_id = id.clone();
    let full = endpoint.secrets.len() == 2;
    let signed = !endpoint.secrets.is_empty();
    view! {
        <div class="stack inner" data-endpoint=endpoint_id data-tone=tone>
            <p class="row">
                <span class="badge" data-tone=tone>{words}{since}</span>
                {waiting.map(|words| view! { <span class="badge">{words}</span> })}
            </p>
            {move || made.get().map(|made| {
                let secret = made.secret.clone();
                view! {
                    <div class="notice stack" data-tone="ok" role="status">
                        <p><strong>"This is shown once. Keep it now."</strong></p>
                        <p class="row"><code class="long endpoint-secret">{made.secret}</code><button class="button small" on:click=move |_| console.send(crate::console::model::Msg::Copy(secret.clone()))>"Copy"</button></p>
                    </div>
                }
            })}
            {signed.then(|| view! { <ul class="list" aria-label="Secrets">{secrets}</ul> })}
            <div class="row">
                <button class="button small" data-do="make-secret" disabled=full on:click=move |_| console.send(Hook::MakeSecret(make.clone()).into())>
                    {if signed { "Make the next secret" } else { "Make its secret" }}
                </button>
                <button class="button small" data-do="test" disabled=!signed on:click=move |_| console.send(Hook::Test(test.clone()).into())>"Send a test"</button>
                <button class="button small" data-do="log" aria-expanded=move || if open.get() { "true" } else { "false" } on:click=move |_| console.send(Hook::Log(log.clone()).into())>"Delivery log"</button>
            </div>
            {signed.then(|| view! { <p class="hint">"To replace a secret: make the next one, let your server take both, revoke the old one. Meanwhile every message carries both signatures."</p> })}
            {move || open.get().then(|| view! { <Log hook=id.clone() /> })}
        </div>
    }
}

#[component]
fn Log(hook: String) -> impl IntoView {
    let console = console();
    let log = console.part(|model| model.hooks.log.clone());
    let ids = Memo::new(move |_| {
        log.get()
            .map(|log| log.into_iter().map(|it| it.id).collect::<Vec<_>>())
    });
    move || {
        match ids.get() {
        None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Looking…"</p> }.into_any(),
        Some(ids) if ids.is_empty() => view! { <p class="empty">"It was told nothing yet. Send a test, or wait for a call."</p> }.into_any(),
        Some(ids) => {
            // Keyed by message, so that what somebody has unfolded stays so while the log is looked at again.
            let rows = ids.into_iter().map(|id| {
                let hook = hook.clone();
                let delivery = Memo::new(move |_| log.get()?.into_iter().find(|it| it.id == id));
                move || delivery.get().map(|it| view! { <Message hook=hook.clone() message=it /> })
            });
            view! { <ul class="list deliveries" aria-label="Delivery log">{rows.collect_view()}</ul> }.into_any()
        }
    }
    }
}

#[component]
fn Message(hook: String, message: DeliveryView) -> impl IntoView {
    let console = console();
    let (tone, words) = word::delivery(message.state);
    let tried = message.attempts.len();
    let last = message
        .attempts
        .last()
        .map(|it| word::attempt(it.status, it.took_ms));
    let due = message
        .due
        .filter(|_| message.state == DeliveryState::Waiting && tried > 0);
    let id = message.id.clone();
    let attempt = |it: AttemptView| {
        view! {
            <li>
                {when::here(it.at, Say::Second)} ": " {word::attempt(it.status, it.took_ms)}
                {(!it.answer.is_empty()).then(|| view! { <span class="muted">" — " <bdi>{it.answer}</bdi></span> })}
            </li>
        }
    };
    view! {
        <li class="delivery" data-message=message.id.clone() data-state=message.state.as_str() data-attempts=tried>
            <details>
                <summary>
                    <span class="badge" data-tone=tone>{words}</span>
                    <code>{message.event}</code>
                    <span class="small muted">{when::here(message.created_at, Say::Day)}</span>
                    <span class="small muted">{match tried { 0 => "not tried yet".to_owned(), 1 => "1 attempt".to_owned(), n => format!("{n} attempts") }}{last.map(|words| format!(", {words}"))}</span>
                </summary>
                <div class="stack inner">
                    {due.map(|at| view! { <p class="small">"Next attempt " {when::here(at, Say::Day)}</p> })}
                    <p class="small"><code class="long">{message.id.clone()}</code></p>
                    <pre class="tag" tabindex="0" aria-label="Body as sent"><code>{message.body}</code></pre>
                    {(tried > 0).then(|| view! { <ol class="small attempts">{message.attempts.into_iter().map(attempt).collect_view()}</ol> })}
                    <div class="row"><button class="button small" data-do="again" on:click=move |_| console.send(Hook::Again(hook.clone(), id.clone()).into())>"Send again"</button></div>
                </div>
            </details>
        </li>
    }
}
