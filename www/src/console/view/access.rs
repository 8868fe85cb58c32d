//! Who may sign in and as what, where one is signed in oneself, and who did what.

use super::field::{Add, Choice, Fault, Items, Text};
use super::passkeys::Passkeys;
use super::sign_on::SignOn;
use crate::console::model::Msg;
use crate::console::path;
use crate::console::shell::console;
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use serde_json::{Value, json};
use shared::door::{AuditView, SessionView};
use shared::member::{Right, Role};

#[component]
pub(super) fn Access() -> impl IntoView {
    let sees = console().part(|model| model.may(Right::ReadAudit) && !model.is_new());
    let rules = console().part(|model| model.may(Right::ReadDocument));
    view! {
        {move || rules.get().then(|| view! { <Members /> <SignOn /> })}
        <Passkeys />
        <Sessions />
        {move || sees.get().then(|| view! { <Audit /> })}
    }
}

#[component]
fn Members() -> impl IntoView {
    let console = console();
    let fixed = console.part(|model| !model.may(Right::ChangeDocument));
    let owned = console.part(|model| {
        let members = model.at("members").as_array().into_iter().flatten();
        let roles = members.filter_map(|member| member.get("roles").and_then(Value::as_array));
        roles
            .flatten()
            .any(|role| role.as_str() == Some(Role::Owner.as_str()))
    });
    let first = console.part(|model| model.count("members") == 0);
    let agents = console.part(|model| {
        let none = (String::new(), "No desk".to_owned());
        std::iter::once(none)
            .chain(model.named("agents"))
            .collect::<Vec<_>>()
    });
    let item = move |at: String| {
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.name") label="Name" placeholder="Ana Ferreira" />
                <Text place=format!("{at}.email") label="E-mail" kind="email" placeholder="ana@shop.example" />
                <Choice place=format!("{at}.agent") label="Desk" choices=agents />
            </div>
            <Roles place=format!("{at}.roles") />
            <Fault place=at.clone() />
        }
    };
    view! {
        <section class="stack" id="members">
            <h2>"Members"</h2>
            <p class="muted">"They sign in with a link that is sent to them, with a passkey of theirs, or with your company's sign-in. Who is taken out is signed out at once."</p>
            {move || (!owned.get()).then(|| view! {
                <p id="no-owner" class="notice" data-tone="warn">"Nobody owns this business yet: whoever has the operator's secret may come in. Make yourself its owner."</p>
            })}
            <fieldset class="plain stack" disabled=fixed>
                <Items place="members" what="Member" empty="Nobody yet." item=item />
                <Fault place="members" />
                <div class="row">
                    {move || {
                        let role = if first.get() { Role::Owner } else { Role::Agent };
                        view! { <Add place="members" label="Add a member" item=json!({"email": "", "name": "", "roles": [role.as_str()]}) /> }
                    }}
                </div>
            </fieldset>
        </section>
    }
}

/// What somebody is here.
#[component]
fn Roles(place: String) -> impl IntoView {
    let console = console();
    let boxes = Role::ALL.iter().map(|role| {
        let (at, edited, kept) = (place.clone(), place.clone(), place.clone());
        let word = role.as_str();
        let id = path::id(&format!("{place}.{word}"));
        let has = console.part(move |model| {
            let roles = model.at(&at).as_array().into_iter().flatten();
            roles.into_iter().any(|it| it.as_str() == Some(word))
        });
        let all = console.part(move |model| model.at(&kept).clone());
        let change = move |event| {
            let mut roles = all.get_untracked().as_array().cloned().unwrap_or_default();
            roles.retain(|it| it.as_str() != Some(word));
            if event_target_checked(&event) {
                roles.push(word.into());
            }
            console.send(Msg::Edit(edited.clone(), roles.into()));
        };
        view! {
            <label class="choice">
                <input id=id type="checkbox" prop:checked=has on:change=change />
                <span>{word::role(*role)}" "<span class="muted small">{word::may(*role)}</span></span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend class="small">"Roles"</legend>
            <div class="roles">{boxes.collect_view()}</div>
            <Fault place=place />
        </fieldset>
    }
}

/// Where one is signed in.
#[component]
pub(super) fn Sessions() -> impl IntoView {
    let console = console();
    let me = console.part(|model| model.me.clone());
    view! {
        <section class="card stack" id="sessions">
            <h2>"Where you are signed in"</h2>
            {move || match me.get() {
                None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Loading…"</p> }.into_any(),
                Some(me) => {
                    let roles: Vec<&str> = me.roles.iter().map(|role| word::role(*role)).collect();
                    let who = me.email.clone().unwrap_or_else(|| word::NO_MEMBER.into());
                    let rows = me.sessions.iter().map(session).collect_view();
                    view! {
                        <p><strong id="my-name">{me.name.clone()}</strong> <span class="muted">" " {who} " · " {roles.join(", ")}</span></p>
                        <ul class="list">{rows}</ul>
                        <div class="row"><button id="leave-all" class="button small" on:click=move |_| console.send(Msg::LeaveEverywhere)>"Sign out everywhere"</button></div>
                    }
                    .into_any()
                }
            }}
        </section>
    }
}

fn session(it: &SessionView) -> impl IntoView + use<> {
    let here = it
        .here
        .then(|| view! { <span class="badge" data-tone="ok">"here"</span> });
    let browser = if it.browser.is_empty() {
        word::SOME_BROWSER.into()
    } else {
        it.browser.clone()
    };
    view! {
        <li class="list-row" data-session=it.id.clone()>
            <span class="grow">{browser} <span class="small muted">" " {word::way(it.way)} ", since " {when::here(it.opened_at, Say::Minute)} ", last used " {when::here(it.seen_at, Say::Minute)}</span></span>
            {here}
        </li>
    }
}

/// Who did what.
#[component]
fn Audit() -> impl IntoView {
    let console = console();
    let audit = console.part(|model| model.audit.clone());
    let csv = console.part(|model| {
        let site = model.site.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("/v1/businesses/{site}/audit?format=csv")
    });
    view! {
        <section class="card stack" id="audit">
            <h2>"Audit log"</h2>
            <p class="muted">"Every sign-in, change, secret, export and number shown. Each line carries the hash of the one before, so that none can be changed unnoticed."</p>
            {move || match audit.get() {
                None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Loading…"</p> }.into_any(),
                Some(audit) => log(audit).into_any(),
            }}
            <div class="row"><a class="button small" id="audit-csv" href=csv download="audit.csv">"All as CSV"</a></div>
        </section>
    }
}

fn log(audit: AuditView) -> impl IntoView {
    let state = match audit.broken_at {
        None => view! {
            <p id="audit-whole" class="notice" data-tone="ok">
                {match audit.whole_at {
                    Some(_) => format!("The chain of {} lines holds. ", audit.lines),
                    None => format!("The chain of {} lines is gone through for the first time: so far it holds. ", audit.lines),
                }}
                <span class="small">
                    {audit.whole_at.map(|at| view! { "It was last gone through to its end " {when::here(at, Say::Second)} ". " })}
                    "Its last hash: " <code class="long">{audit.head.chars().take(16).collect::<String>()}</code>
                </span>
            </p>
        }.into_any(),
        Some(seq) => view! { <p id="audit-broken" class="notice" data-tone="danger" role="alert">{format!("Line {seq} was changed, or one before it is missing. Compare with an older copy.")}</p> }.into_any(),
    };
    let rows = audit.latest.into_iter().map(|line| {
        view! {
            <tr data-verb=line.verb.clone()>
                <td class="num nowrap">{when::here(line.at, Say::Second)}</td>
                <td class="long">{line.who}</td>
                <td>{word::verb(&line.verb)}</td>
                <td class="long">{line.what}</td>
            </tr>
        }
    });
    view! {
        {state}
        <div class="scroll" tabindex="0" role="region" aria-label="Audit log">
            <table class="table">
                <thead><tr><th scope="col">"When"</th><th scope="col">"Who"</th><th scope="col">"What"</th><th scope="col">"About"</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
