//! What the business helps with, and which pages are about what; with a page to try.

use super::field::{Add, Choice, Fault, Items, Lines, Text};
use super::hours::{Exceptions, Hours};
use crate::console::model::{Msg, Tried, more_conditions};
use crate::console::shell::console;
use leptos::prelude::*;
use serde_json::json;

#[component]
pub(super) fn Pages() -> impl IntoView {
    let skill = |at: String| {
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.name") label="Name" />
                <Text place=format!("{at}.id") label="Id" />
                <Text place=format!("{at}.priority") label="Priority" number=true optional=true hint="1 goes first, 9 last; 5 is usual." />
            </div>
            <details>
                <summary>"Hours and holidays of its own"</summary>
                <div class="stack inner">
                    <Hours place=format!("{at}.hours") empty="Those of the business." nothing="Never open: nobody is called about it." />
                    <p class="muted small">"Days on which it is otherwise; they come before the business's."</p>
                    <Exceptions place=format!("{at}.exceptions") empty="Those of the business." />
                </div>
            </details>
        }
    };
    view! {
        <section class="stack">
            <h2>"Skills"</h2>
            <p class="muted">"What shoppers can choose, in this order."</p>
            <Items place="skills" what="Skill" empty="At least one is needed." ordered=true item=skill />
            <Fault place="skills" />
            <div class="row"><Add place="skills" label="Add a skill" item=json!({"id": "", "name": ""}) /></div>
        </section>
        <section class="stack">
            <h2>"Pages"</h2>
            <p class="muted">"The first rule that matches a page says whom it is about. Nothing is preselected where none does."</p>
            <Items place="rules" what="Rule" empty="No rules: shoppers choose themselves." ordered=true item=|at| view! { <Rule at=at /> } />
            <div class="row"><Add place="rules" label="Add a rule" item=json!({"name": "New rule", "when": {"url": "/*"}}) /></div>
            <Lines place="cookies" label="Cookies that rules may look at" hint="Their names, one a line. No other cookie leaves a page." />
        </section>
        <Try />
    }
}

#[component]
fn Rule(at: String) -> impl IntoView {
    let console = console();
    let with_none = |list: Vec<(String, String)>| {
        let mut choices = vec![(String::new(), "—".to_owned())];
        choices.extend(list);
        choices
    };
    let skills = console.part(move |model| with_none(model.named("skills")));
    let agents = console.part(move |model| with_none(model.named("agents")));
    let when = format!("{at}.when");
    let more = console.part(move |model| more_conditions(model.at(&when)));
    view! {
        <div class="grid fields">
            <Text place=format!("{at}.name") label="Name" />
            <Text place=format!("{at}.when.url") label="Address" optional=true placeholder="/cruises/*" hint="A path, or with https:// and host; * is any text." />
            <Text place=format!("{at}.when.product_type") label="Product type" optional=true placeholder="Hotel" hint="@type or category in the page's JSON-LD." />
            <Choice place=format!("{at}.skill") label="Skill" choices=skills />
            <Choice place=format!("{at}.expert") label="Expert" choices=agents />
        </div>
        {move || {
            let more = more.get();
            (!more.is_empty()).then(|| view! {
                <p class="hint">"And, as the document says: " {more.into_iter().map(|it| view! { <code>{it}</code>" " }).collect_view()}</p>
            })
        }}
    }
}

/// A page to try, with the rules as they are edited.
#[component]
fn Try() -> impl IntoView {
    let console = console();
    let url = console.part(|model| model.try_url.clone());
    let tried = console.part(|model| model.tried.clone());
    let skills = console.part(|model| model.named("skills"));
    let named = move |id: Option<String>| {
        let skills = skills.get();
        id.map(|id| {
            skills
                .into_iter()
                .find(|(it, _)| *it == id)
                .map_or(id, |(_, name)| name)
        })
    };
    view! {
        <section class="card stack" id="try">
            <h2>"Try a page"</h2>
            <div class="field">
                <label for="try-url">"Address of a page"</label>
                <input
                    id="try-url"
                    type="url"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="https://shop.example/cruises/fjords"
                    prop:value=url
                    on:input=move |event| console.send(Msg::Try(event_target_value(&event)))
                />
                <p class="hint">"With the rules above as they are, saved or not."</p>
            </div>
            <div id="tried" aria-live="polite">
                {move || match tried.get() {
                    None => view! { <p class="muted">"The answer appears here."</p> }.into_any(),
                    Some(Err(words)) => view! { <p class="error">{words}</p> }.into_any(),
                    Some(Ok(tried)) => answer(&tried, named(tried.skill.clone())).into_any(),
                }}
            </div>
        </section>
    }
}

fn answer(tried: &Tried, skill: Option<String>) -> impl IntoView + use<> {
    let words = match (tried.rule, skill) {
        (None, _) => "No rule matches: nothing is preselected.".to_owned(),
        (Some(rule), None) => format!("Rule {rule} matches, and preselects no skill."),
        (Some(rule), Some(skill)) => format!("{skill}, because of rule {rule}."),
    };
    let why = tried.why.clone().into_iter().map(|why| {
        let name = why.name.unwrap_or_default();
        let result = match why.failed {
            Some(failed) => format!("does not match: {failed}"),
            None if why.matched => "matches".into(),
            None => "does not match".into(),
        };
        view! { <li>{format!("Rule {} ", why.rule)} <strong>{name}</strong> " " {result}</li> }
    });
    view! {
        <p><strong>{words}</strong></p>
        <ol class="small muted why">{why.collect_view()}</ol>
    }
}
