//! The company's own sign-in.

use super::field::{Add, Check, Choice, Fault, Items, Text};
use crate::console::model::{CLIENT_SECRET, Identity, Msg, SIGN_ON, new_sign_on};
use crate::console::path;
use crate::console::shell::console;
use crate::console::word;
use leptos::prelude::*;
use serde_json::{Value, json};
use shared::member::{Right, Role};

#[component]
pub(super) fn SignOn() -> impl IntoView {
    let console = console();
    let fixed = console.part(|model| !model.may(Right::MakeOwners));
    let there = console.part(|model| !model.at(SIGN_ON).is_null());
    view! {
        <section class="card stack" id="sign-on">
            <h2>"Single sign-on"</h2>
            <p class="muted">"Members come in by your company's own sign-in (OpenID Connect). It has to vouch for their e-mail address. Owners alone set it up: it says who somebody is."</p>
            {move || there.get().then(|| view! { <Secret /> })}
            <fieldset class="plain stack" disabled=fixed>
                {move || match there.get() {
                    false => view! {
                        <div class="row"><button id="use-sign-on" class="button" on:click=move |_| console.send(Msg::Edit(SIGN_ON.into(), new_sign_on()))>"Set it up"</button></div>
                    }.into_any(),
                    true => view! { <Fields /> }.into_any(),
                }}
                <Fault place=SIGN_ON />
            </fieldset>
        </section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let console = console();
    let roles = Role::ALL.iter().filter(|role| **role != Role::Owner);
    let roles = roles.map(|role| (role.as_str().to_owned(), word::role(*role).to_owned()));
    let roles = Signal::stored(roles.collect::<Vec<_>>());
    let group = move |at: String| {
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.group") label="Group" />
                <Choice place=format!("{at}.role") label="Becomes" choices=roles />
            </div>
        }
    };
    view! {
        <div class="grid fields">
            <Text place="sign_on.issuer" label="Issuer" kind="url" placeholder="https://login.company.example" />
            <Text place="sign_on.client_id" label="Client ID" />
            <Text place="sign_on.scope" label="More scopes" optional=true hint="Asked for beside openid, email and profile." />
        </div>
        <Check place="sign_on.only" label="Only this: no links and no passkeys for members" />
        <Fault place="sign_on.only" />
        <details>
            <summary>"Groups that make members"</summary>
            <div class="stack inner">
                <p class="hint">"Who comes for the first time and is in one of these groups becomes a member. What members may do later, the list of members says."</p>
                <Items place="sign_on.groups" what="Group" empty="None: only members come in." item=group />
                <Fault place="sign_on.groups" />
                <div class="row"><Add place="sign_on.groups" label="Add a group" item=json!({"group": "", "role": Role::Agent.as_str()}) /></div>
            </div>
        </details>
        <div class="row ends">
            <button class="button small" data-do="remove" on:click=move |_| console.send(Msg::Edit(SIGN_ON.into(), Value::Null))>"Remove single sign-on"</button>
        </div>
    }
}

/// What the provider has to know of us, and the secret that we share with it.
#[component]
fn Secret() -> impl IntoView {
    let console = console();
    let told = console.part(|model| model.identities.sign_on.clone());
    // The secret is bound to what is saved.
    let ready = console.part(|model| {
        let same = |field: &str| *model.at(field) == *path::at(&model.saved, field);
        same("sign_on.issuer") && same("sign_on.client_id")
    });
    let keeps = console.part(|model| model.may(Right::KeepCredentials));
    let typed = RwSignal::new(String::new());
    let field = path::id(CLIENT_SECRET);
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        console.send(Identity::Secret(typed.get()).into());
        typed.set(String::new());
    };
    move || {
        let told = told.get()?;
        let address = told.redirect_uri.clone();
        let badge = match (ready.get(), told.has_secret) {
            (false, _) => ("warn", "save it, then give its secret"),
            (true, false) => ("warn", "needs its secret"),
            (true, true) => ("ok", "ready"),
        };
        let field = field.clone();
        Some(view! {
            <div class="row"><span class="badge" id="sign-on-state" data-tone=badge.0>{badge.1}</span></div>
            <p class="small">"Redirect address to enter at your provider: " <code id="redirect-uri" class="long">{told.redirect_uri}</code> " "
                <button type="button" class="button small" on:click=move |_| console.send(Msg::Copy(address.clone()))>"Copy"</button>
            </p>
            {(ready.get() && keeps.get()).then(|| view! {
                <form class="row" id="sign-on-secret" on:submit=keep>
                    <div class="field grow">
                        <label for=field.clone()>"Client secret"</label>
                        <input id=field type="password" autocomplete="off" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
                    </div>
                    <button class="button small">"Keep"</button>
                </form>
                <p class="hint">"Encrypted, bound to this issuer, and never shown again."</p>
                <Fault place=CLIENT_SECRET />
            })}
        })
    }
}
