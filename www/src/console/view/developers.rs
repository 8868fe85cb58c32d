//! Secrets for the business's own server, what was refused, usage, and the document itself.

use crate::console::model::{ENDS, Model, Msg};
use crate::console::shell::console;
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::member::Right;
use shared::secret::{Scope, SecretDays, ServerSecret};

#[component]
pub(super) fn Developers() -> impl IntoView {
    let usage = console().part(|model| {
        let site = model.site.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("/v1/businesses/{site}/usage?format=csv")
    });
    view! {
        <Secrets />
        <Refusals id="refusals" title="Refused signatures" none="None: nobody tried who may not." of=|reason| !word::is_barred(reason) />
        <section class="card stack">
            <h2>"Usage"</h2>
            <p class="muted">"Every leg of the last 31 days with its seconds, once."</p>
            <div class="row"><a class="button small" href=usage download="usage.csv">"As CSV"</a></div>
        </section>
        <Document />
    }
}

#[component]
fn Secrets() -> impl IntoView {
    let console = console();
    let made = console.part(|model| model.made.clone());
    view! {
        <section class="card stack" id="secrets">
            <h2>"Secrets"</h2>
            <p class="muted">"Your server signs with one. Two may be live, so that one can be replaced without a gap."</p>
            {move || made.get().map(|made| {
                let secret = made.secret.clone();
                view! {
                    <div class="notice stack" data-tone="ok" role="status">
                        <p><strong>"This is shown once. Keep it now."</strong></p>
                        <p class="row"><code id="secret" class="long">{made.secret}</code><button class="button small" on:click=move |_| console.send(Msg::Copy(secret.clone()))>"Copy"</button></p>
                    </div>
                }
            })}
            <Kept />
            <Next />
        </section>
    }
}

/// The secrets that there are.
#[component]
fn Kept() -> impl IntoView {
    let console = console();
    let secrets = console.part(|model| {
        let with_end = |it: &ServerSecret| (it.clone(), word::secret_end(it, model.now));
        model.secrets.iter().map(with_end).collect::<Vec<_>>()
    });
    move || {
        let secrets = secrets.get();
        if secrets.is_empty() {
            return view! { <p class="empty">"No secrets yet."</p> }.into_any();
        }
        let rows = secrets.into_iter().map(|(it, end)| {
            let id = it.id.clone();
            let used = it.last_used_at.map_or("never used".to_owned(), |at| format!("used {}", when::here(at, Say::Day)));
            // An end that is far away is no news.
            let (near, far) = match end {
                Some(("", words)) => (None, Some(words)),
                near => (near, None),
            };
            view! {
                <li class="list-row" data-secret=it.id.clone()>
                    <span class="grow">
                        <code>{it.id.clone()}</code>
                        <span class="small muted">" " {word::scopes(&it.scopes)} ", made " {when::here(it.created_at, Say::Day)} ", " {used}{far.map(|words| format!(", {words}"))}</span>
                    </span>
                    {near.map(|(tone, words)| view! { <span class="badge" data-tone=tone>{words}</span> })}
                    <button class="button small" on:click=move |_| console.send(Msg::Revoke(id.clone()))>"Revoke"</button>
                </li>
            }
        });
        view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
    }
}

/// What the next secret is to be, and making it.
#[component]
fn Next() -> impl IntoView {
    let console = console();
    let fixed = console.part(|model| !model.may(Right::ChangeSecrets));
    let hindered = console.part(Model::no_secret);
    let ends = console.part(|model| model.making.ends.map(SecretDays::get));
    let scopes = Scope::ALL.iter().map(|scope| {
        let scope = *scope;
        let chosen = console.part(move |model| model.making.scopes.contains(&scope));
        let change = move |event| console.send(Msg::SecretFor(scope, event_target_checked(&event)));
        view! {
            <label class="choice">
                <input id=format!("secret-for-{scope}") type="checkbox" prop:checked=chosen on:change=change />
                <span>{word::scope(scope)}</span>
            </label>
        }
    });
    let end = move |event| {
        let days = event_target_value(&event).parse().ok();
        console.send(Msg::SecretEnds(days.and_then(SecretDays::of)));
    };
    let offered = ENDS.map(|(days, name)| {
        view! { <option value=days prop:selected=move || ends.get() == Some(days)>{name}</option> }
    });
    view! {
        <fieldset class="plain stack" disabled=fixed>
            <fieldset class="field several">
                <legend class="small">"The next secret may"</legend>
                <div class="grid fields">{scopes.collect_view()}</div>
            </fieldset>
            <div class="field">
                <label for="secret-ends">"It ends"</label>
                <select id="secret-ends" aria-describedby="secret-ends-hint" on:change=end>
                    <option value="" prop:selected=move || ends.get().is_none()>"When it is revoked"</option>
                    {offered.into_iter().collect_view()}
                </select>
                <p id="secret-ends-hint" class="hint">"What is signed with an ended one is refused: make the next in time."</p>
            </div>
            <div class="row">
                <button id="make-secret" class="button" disabled=move || hindered.with(Option::is_some) aria-describedby="no-secret" on:click=move |_| console.send(Msg::MakeSecret)>"Make a secret"</button>
                <span id="no-secret" class="small muted">{move || hindered.get().map(word::no_secret)}</span>
            </div>
        </fieldset>
    }
}

/// What was refused, by day and reason, as far as it is of this kind.
#[component]
pub(super) fn Refusals(
    id: &'static str,
    title: &'static str,
    /// Said when there is nothing.
    none: &'static str,
    /// Which reasons.
    of: fn(&str) -> bool,
) -> impl IntoView {
    let refusals = console().part(move |model| {
        let mut all = model.refusals.clone();
        all.retain(|it| of(&it.reason));
        all
    });
    view! {
        <section class="card stack" id=id>
            <h2>{title}</h2>
            {move || {
                let refusals = refusals.get();
                if refusals.is_empty() {
                    return view! { <p class="empty">{none}</p> }.into_any();
                }
                let rows = refusals.into_iter().map(|it| view! {
                    <li class="list-row" data-refused=it.reason.clone()><span class="grow">{when::local(it.day, Say::Day, Some("UTC"))} ": " {word::barred(&it.reason)}</span><span class="num">{it.count}</span></li>
                });
                view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
            }}
        </section>
    }
}

/// The document whole, to keep in version control, and back.
#[component]
fn Document() -> impl IntoView {
    let console = console();
    let text = console.part(|model| serde_json::to_string_pretty(&model.draft).unwrap_or_default());
    let site = console.part(|model| model.site.as_ref().map(ToString::to_string).unwrap_or_default());
    let address = move || format!("/v1/businesses/{}", site.get());
    let name = move || format!("{}.json", site.get());
    let typed = RwSignal::new(None::<String>);
    let shown = move || typed.get().unwrap_or_else(|| text.get());
    let take = move |_| {
        if let Some(text) = typed.get() {
            console.send(Msg::Import(text));
            typed.set(None);
        }
    };
    view! {
        <section class="card stack" id="document">
            <h2>"The document"</h2>
            <p class="muted">"Everything that is set here, as one document: keep it in version control, or put it in with " <code>"PUT /v1/businesses/…"</code> ". A document with a fault is refused whole, and every fault is named."</p>
            <div class="field">
                <label for="document-text">"Document (JSON)"</label>
                <textarea id="document-text" class="code" rows="16" spellcheck="false" prop:value=shown on:input=move |event| typed.set(Some(event_target_value(&event)))></textarea>
            </div>
            <div class="row">
                <button id="take-document" class="button" disabled=move || typed.with(Option::is_none) on:click=take>"Take over"</button>
                <button class="button" on:click=move |_| console.send(Msg::Copy(text.get()))>"Copy"</button>
                <a id="download-document" class="button" href=address download=name>"Download what is saved"</a>
            </div>
        </section>
    }
}
