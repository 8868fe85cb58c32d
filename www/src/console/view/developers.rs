//! Secrets for the business's own server, what was refused, usage, and the document itself.

use crate::console::model::Msg;
use crate::console::shell::console;
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;

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
    let secrets = console.part(|model| model.secrets.clone());
    let made = console.part(|model| model.made.clone());
    view! {
        <section class="card stack" id="secrets">
            <h2>"Secrets"</h2>
            <p class="muted">"Your server signs with one to have two numbers connected (" <code>"POST /v1/bridges"</code> "). Two may be live, so that one can be replaced without a gap."</p>
            {move || made.get().map(|made| {
                let secret = made.secret.clone();
                view! {
                    <div class="notice stack" data-tone="ok" role="status">
                        <p><strong>"This is shown once. Keep it now."</strong></p>
                        <p class="row"><code id="secret" class="long">{made.secret}</code><button class="button small" on:click=move |_| console.send(Msg::Copy(secret.clone()))>"Copy"</button></p>
                    </div>
                }
            })}
            {move || {
                let secrets = secrets.get();
                if secrets.is_empty() {
                    return view! { <p class="empty">"No secrets yet."</p> }.into_any();
                }
                let rows = secrets.into_iter().map(|it| {
                    let id = it.id.clone();
                    let used = it.last_used_at.map_or("never used".to_owned(), |at| format!("used {}", when::here(at, Say::Day)));
                    view! {
                        <li class="list-row" data-secret=it.id.clone()>
                            <span class="grow"><code>{it.id.clone()}</code> <span class="small muted">" made " {when::here(it.created_at, Say::Day)} ", " {used}</span></span>
                            <button class="button small" on:click=move |_| console.send(Msg::Revoke(id.clone()))>"Revoke"</button>
                        </li>
                    }
                });
                view! { <ul class="list">{rows.collect_view()}</ul> }.into_any()
            }}
            <div class="row"><button id="make-secret" class="button" on:click=move |_| console.send(Msg::MakeSecret)>"Make a secret"</button></div>
        </section>
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
