//! One's own passkeys.

use super::field::Fault;
use crate::console::model::{Identity, NEW_PASSKEY};
use crate::console::path;
use crate::console::shell::console;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::door::PasskeyView;

/// The passkeys of whoever can have any.
#[component]
pub(super) fn Passkeys() -> impl IntoView {
    let passkeys = console().part(|model| model.me.as_ref().and_then(|me| me.passkeys.clone()));
    let can = console().part(|model| model.me.as_ref().is_some_and(|me| me.passkeys.is_some()));
    move || {
        can.get().then(|| {
            view! {
                <section class="card stack" id="passkeys">
                    <h2>"Your passkeys"</h2>
                    <p class="muted">"Sign in with a fingerprint, a face or a device's PIN, and nothing to type. If you lose one, the link by e-mail still opens."</p>
                    {move || {
                        let all = passkeys.get().unwrap_or_default();
                        if all.is_empty() {
                            return view! { <p class="empty">"None yet."</p> }.into_any();
                        }
                        view! { <ul class="list">{all.into_iter().map(passkey).collect_view()}</ul> }.into_any()
                    }}
                    <Another />
                </section>
            }
        })
    }
}

fn passkey(it: PasskeyView) -> impl IntoView {
    let console = console();
    let used = it.used_at.map_or("never used".to_owned(), |at| {
        format!("last used {}", when::here(at, Say::Minute))
    });
    let where_to = if it.synced {
        "on your devices"
    } else {
        "on one device"
    };
    let (id, label) = (it.id.clone(), format!("Remove {}", it.name));
    view! {
        <li class="list-row" data-passkey=it.id>
            <span class="grow long">{it.name} <span class="small muted">" " {where_to} ", made " {when::here(it.made_at, Say::Day)} ", " {used}</span></span>
            <button class="button small" data-do="remove" aria-label=label on:click=move |_| console.send(Identity::RemovePasskey(id.clone()).into())>"Remove"</button>
        </li>
    }
}

#[component]
fn Another() -> impl IntoView {
    let console = console();
    let named = console.part(|model| model.identities.named.clone());
    let busy = console.part(|model| model.identities.busy);
    let wrong = console.part(|model| model.errors.contains_key(NEW_PASSKEY));
    let field = path::id(NEW_PASSKEY);
    let error = format!("{field}-error");
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        console.send(Identity::AddPasskey.into());
    };
    view! {
        <form class="stack" id="add-passkey" on:submit=add novalidate>
            <div class="field">
                <label for=field.clone()>"Name of a new one"</label>
                <input
                    id=field
                    autocomplete="off"
                    maxlength="80"
                    placeholder="My telephone"
                    prop:value=named
                    on:input=move |event| console.send(Identity::Named(event_target_value(&event)).into())
                    aria-describedby=error
                    aria-invalid=move || wrong.get().then_some("true")
                />
                <Fault place=NEW_PASSKEY />
            </div>
            <div class="row">
                <button class="button" aria-busy=move || busy.get().then_some("true")>
                    {move || busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
                    "Add a passkey"
                </button>
            </div>
        </form>
    }
}
