//! Who helps: telephone, skills with levels, schedule.

use super::field::{Add, Check, Items, Text};
use super::hours::Hours;
use crate::console::model::Msg;
use crate::console::path;
use crate::console::shell::console;
use leptos::prelude::*;
use serde_json::{Value, json};

#[component]
pub(super) fn People() -> impl IntoView {
    let item = |at: String| {
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.name") label="Name" placeholder="Ana Ferreira" />
                <Text place=format!("{at}.id") label="Id" hint="For pages and the sign-in." />
                <Text place=format!("{at}.phone") label="Telephone, or SIP address" placeholder="+44 7700 900101" />
                <Text place=format!("{at}.presence") label="SIP address" optional=true placeholder="sip:ana@pbx.example" hint="Whose published presence counts: whoever is on that phone gets no call." />
            </div>
            <Skills place=format!("{at}.skills") />
            <Check place=format!("{at}.supervisor") label="Supervises: sees everybody and moves requests in line" />
            <details>
                <summary>"Schedule"</summary>
                <div class="stack inner">
                    <p class="hint">"Decides which times for later are offered. Without one: whenever it is open."</p>
                    <Hours place=format!("{at}.schedule") empty="Whenever it is open." nothing="Never: no time for later counts on them." />
                </div>
            </details>
        }
    };
    view! {
        <p class="muted">"Whoever is available at the desk is called, the primary level first, then the one who has been idle longest."</p>
        <Items place="agents" what="Person" empty="Nobody yet. Add yourself, and you can take the first call." item=item />
        <div class="row"><Add place="agents" label="Add a person" item=json!({"id": "", "name": "", "phone": "", "skills": {}}) /></div>
        <section class="stack">
            <h2>"Breaks"</h2>
            <p class="muted">"What somebody who is away can say why."</p>
            <Items place="breaks" what="Break" empty="None: away is just away." item=|at: String| view! {
                <div class="grid fields">
                    <Text place=format!("{at}.name") label="Name" />
                    <Text place=format!("{at}.id") label="Id" />
                </div>
            } />
            <div class="row"><Add place="breaks" label="Add a break" item=json!({"id": "", "name": ""}) /></div>
        </section>
        <section class="stack">
            <h2>"Outcomes"</h2>
            <p class="muted">"What came of a call, for the wrap-up."</p>
            <Items place="dispositions" what="Outcome" empty="At least one is needed." item=|at: String| view! {
                <div class="grid fields">
                    <Text place=format!("{at}.name") label="Name" />
                    <Text place=format!("{at}.id") label="Id" />
                </div>
                <Check place=format!("{at}.needs_order") label="Needs an order number" />
            } />
            <div class="row"><Add place="dispositions" label="Add an outcome" item=json!({"id": "", "name": ""}) /></div>
        </section>
    }
}

/// A level for each skill the business has.
#[component]
fn Skills(place: String) -> impl IntoView {
    let console = console();
    let skills = console.part(|model| model.named("skills"));
    let levels = ["—", "1 · primary", "2", "3", "4", "5", "6", "7", "8", "9"];
    view! {
        <fieldset class="field">
            <legend class="small">"Skills"</legend>
            <div class="row levels">
                {move || {
                    let place = place.clone();
                    skills.get().into_iter().map(move |(skill, name)| {
                        let at = format!("{place}.{skill}");
                        let list = place.clone();
                        let named = skill.clone();
                        // A plain list of skills means level 1 of each.
                        let level = console.part(move |model| match model.at(&list) {
                            Value::Array(all) => u64::from(all.iter().any(|it| it.as_str() == Some(named.as_str()))),
                            levels => levels.get(&named).and_then(Value::as_u64).unwrap_or_default(),
                        });
                        let whole = place.clone();
                        let skill = skill.clone();
                        let change = move |event| {
                            let chosen: u64 = event_target_value(&event).parse().unwrap_or_default();
                            console.send(Msg::Levelled(whole.clone(), skill.clone(), chosen));
                        };
                        view! {
                            <label class="level">
                                <span>{name}</span>
                                <select id=path::id(&at) on:change=change>
                                    {levels.iter().zip(0_u64..).map(|(words, n)| view! {
                                        <option value=n.to_string() selected=move || level.get() == n>{*words}</option>
                                    }).collect_view()}
                                </select>
                            </label>
                        }
                    }).collect_view()
                }}
            </div>
        </fieldset>
    }
}
