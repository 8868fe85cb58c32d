//! Fields of the document: each shows what stands at a place, and what is wrong there.

use crate::console::model::Msg;
use crate::console::path;
use crate::console::shell::console;
use leptos::prelude::*;
use serde_json::Value;

/// What is wrong at a place.
#[component]
pub(super) fn Fault(#[prop(into)] place: String) -> impl IntoView {
    let id = format!("{}-error", path::id(&place));
    let error = console().part(move |model| model.errors.get(&place).cloned());
    view! { <p id=id class="error" role="alert" hidden=move || error.with(Option::is_none)>{error}</p> }
}

/// A line of text. What is optional goes away when it is empty; a number is one when it reads as one.
#[component]
pub(super) fn Text(
    #[prop(into)] place: String,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(optional)] number: bool,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] placeholder: String,
) -> impl IntoView {
    let console = console();
    let id = path::id(&place);
    let (at, wrong) = (place.clone(), place.clone());
    let value = console.part(move |model| model.text(&at));
    let wrong = console.part(move |model| model.errors.contains_key(&wrong));
    let edited = place.clone();
    let change = move |event| {
        let text = event_target_value(&event);
        let value = match text.trim().parse::<u64>() {
            _ if optional && text.trim().is_empty() => Value::Null,
            Ok(n) if number => n.into(),
            _ => text.into(),
        };
        console.send(Msg::Edit(edited.clone(), value));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}{optional.then(|| view! { <span class="optional muted">" (optional)"</span> })}</label>
            <input
                id=id.clone()
                type=kind
                inputmode=number.then_some("numeric")
                autocapitalize="none"
                spellcheck="false"
                placeholder=placeholder
                prop:value=value
                on:input=change
                aria-describedby=format!("{id}-error")
                aria-invalid=move || wrong.get().then_some("true")
            />
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            <Fault place=place />
        </div>
    }
}

/// Several lines, each an item of a list.
#[component]
pub(super) fn Lines(#[prop(into)] place: String, label: &'static str, hint: &'static str) -> impl IntoView {
    let console = console();
    let id = path::id(&place);
    let (at, edited, wrong) = (place.clone(), place.clone(), place.clone());
    let value = console.part(move |model| {
        let items = model.at(&at).as_array().cloned().unwrap_or_default();
        let lines: Vec<String> = items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        lines.join("\n")
    });
    // An item that is wrong is said below the whole list.
    let errors = console.part(move |model| {
        let of =
            |(place, _): &(&String, &String)| **place == wrong || place.starts_with(&format!("{wrong}["));
        let said: Vec<String> = model
            .errors
            .iter()
            .filter(of)
            .map(|(place, words)| format!("{place} {words}"))
            .collect();
        said.join(" ")
    });
    let change = move |event| {
        let lines = event_target_value(&event);
        let items: Vec<Value> = lines.split('\n').map(Into::into).collect();
        console.send(Msg::Edit(edited.clone(), items.into()));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id.clone()
                rows="3"
                spellcheck="false"
                prop:value=value
                on:input=change
                aria-describedby=format!("{id}-error")
                aria-invalid=move || errors.with(|words| !words.is_empty()).then_some("true")
            ></textarea>
            <p class="hint">{hint}</p>
            <p id=format!("{id}-error") class="error" role="alert" hidden=move || errors.with(String::is_empty)>{errors}</p>
        </div>
    }
}

/// One of several; the first choice may be nothing.
#[component]
pub(super) fn Choice(
    #[prop(into)] place: String,
    label: &'static str,
    /// Values and names; the empty value is nothing.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let console = console();
    let id = path::id(&place);
    let (at, edited) = (place.clone(), place.clone());
    let value = console.part(move |model| model.text(&at));
    let change = move |event| {
        let text = event_target_value(&event);
        let value = if text.is_empty() { Value::Null } else { text.into() };
        console.send(Msg::Edit(edited.clone(), value));
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change=change>
                {move || {
                    let now = value.get();
                    choices
                        .get()
                        .into_iter()
                        .map(|(it, name)| {
                            let selected = it == now;
                            view! { <option value=it selected=selected>{name}</option> }
                        })
                        .collect_view()
                }}
            </select>
            <Fault place=place />
        </div>
    }
}

/// Several of some: what is chosen stands in a list, in the order of the choices.
#[component]
pub(super) fn Several(
    #[prop(into)] place: String,
    label: &'static str,
    /// Values and names.
    choices: Vec<(String, String)>,
) -> impl IntoView {
    let console = console();
    let id = path::id(&place);
    let (at, wrong) = (place.clone(), place.clone());
    let chosen = console.part(move |model| {
        let all = model.at(&at).as_array().cloned().unwrap_or_default();
        all.iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    let wrong = console.part(move |model| model.errors.contains_key(&wrong));
    let values: Vec<String> = choices.iter().map(|(value, _)| value.clone()).collect();
    let values = StoredValue::new(values);
    let edited = StoredValue::new(place.clone());
    let choice = move |(value, name): (String, String)| {
        let (mine, this) = (value.clone(), value.clone());
        let change = move |event| {
            let on = event_target_checked(&event);
            let now = chosen.get_untracked();
            let kept = |it: &String| if *it == mine { on } else { now.contains(it) };
            let all: Vec<Value> = values.with_value(|all| {
                all.iter()
                    .filter(|it| kept(it))
                    .cloned()
                    .map(Into::into)
                    .collect()
            });
            console.send(Msg::Edit(edited.get_value(), all.into()));
        };
        view! {
            <label class="choice">
                <input type="checkbox" value=value prop:checked=move || chosen.with(|all| all.contains(&this)) on:change=change />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset id=id.clone() class="field several" tabindex="-1" aria-describedby=format!("{id}-error") data-wrong=move || wrong.get().then_some("true")>
            <legend class="small">{label}</legend>
            <div class="grid fields">{choices.into_iter().map(choice).collect_view()}</div>
            <Fault place=place />
        </fieldset>
    }
}

/// Yes or no.
#[component]
pub(super) fn Check(#[prop(into)] place: String, label: &'static str) -> impl IntoView {
    let console = console();
    let (at, edited) = (place.clone(), place.clone());
    let value = console.part(move |model| model.at(&at).as_bool().unwrap_or_default());
    view! {
        <label class="choice">
            <input
                id=path::id(&place)
                type="checkbox"
                prop:checked=value
                on:change=move |event| console.send(Msg::Edit(edited.clone(), event_target_checked(&event).into()))
            />
            <span>{label}</span>
        </label>
    }
}

/// The items of a list, each as `item` draws it at its place, with ways to remove it and to move it up.
#[component]
pub(super) fn Items<V: IntoView + 'static>(
    #[prop(into)] place: String,
    /// What an item is called in words for ears.
    what: &'static str,
    /// Said when there are none.
    empty: &'static str,
    /// For a list that may be absent, which is something else than empty: said when it is empty. Who removes the last item
    /// makes it absent.
    #[prop(optional)]
    nothing: &'static str,
    #[prop(optional)] ordered: bool,
    /// Draws one at its place.
    item: impl Fn(String) -> V + Send + Sync + Copy + 'static,
) -> impl IntoView {
    let console = console();
    let at = place.clone();
    let count = console.part(move |model| model.count(&at));
    let at = place.clone();
    let absent = console.part(move |model| model.at(&at).is_null());
    let vanishes = !nothing.is_empty();
    move || {
        let place = place.clone();
        if count.get() == 0 {
            let words = if vanishes && !absent.get() { nothing } else { empty };
            return view! { <p class="empty card">{words}</p> }.into_any();
        }
        let rows = (0..count.get()).map(move |nth| {
            let (up, gone) = (place.clone(), place.clone());
            let name = format!("{what} {}", nth + 1);
            let remove = move |_| {
                let gone = gone.clone();
                console.send(match vanishes && count.get_untracked() == 1 {
                    true => Msg::Edit(gone, Value::Null),
                    false => Msg::Remove(gone, nth),
                });
            };
            view! {
                <li class="card item" data-item=format!("{place}[{nth}]")>
                    <div class="stack" role="group" aria-label=name>
                        {item(format!("{place}[{nth}]"))}
                        <div class="row ends">
                            {(ordered && nth > 0).then(|| view! {
                                <button class="button small" data-do="up" on:click=move |_| console.send(Msg::Up(up.clone(), nth))>"Move up"</button>
                            })}
                            <button class="button small" data-do="remove" on:click=remove>"Remove"</button>
                        </div>
                    </div>
                </li>
            }
        });
        view! { <ul class="stack items">{rows.collect_view()}</ul> }.into_any()
    }
}

/// Adds an item to a list.
#[component]
pub(super) fn Add(#[prop(into)] place: String, label: &'static str, item: Value) -> impl IntoView {
    let console = console();
    let id = format!("add-{place}");
    view! {
        <button id=id class="button" on:click=move |_| console.send(Msg::Add(place.clone(), item.clone()))>{label}</button>
    }
}
