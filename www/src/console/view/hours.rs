//! Weekly hours, and days on which others hold.

use super::field::{Add, Fault, Items, Text};
use crate::console::model::Msg;
use crate::console::path;
use crate::console::shell::console;
use crate::console::word;
use leptos::prelude::*;
use serde_json::{Value, json};

/// Weekly hours at a place; `nothing` for those that may be absent, as [`Items`] has it.
#[component]
pub(super) fn Hours(
    #[prop(into)] place: String,
    empty: &'static str,
    #[prop(optional)] nothing: &'static str,
) -> impl IntoView {
    let item = |at: String| {
        view! {
            <Days place=format!("{at}.days") />
            <div class="row narrow">
                <Text place=format!("{at}.from") label="From" placeholder="09:00" />
                <Text place=format!("{at}.to") label="To" placeholder="17:00" />
            </div>
        }
    };
    view! {
        <Items place=place.clone() what="Hours" empty=empty nothing=nothing item=item />
        <Fault place=place.clone() />
        <div class="row"><Add place=place label="Add hours" item=json!({"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00"}) /></div>
    }
}

/// Days of the week.
#[component]
fn Days(place: String) -> impl IntoView {
    let console = console();
    let at = place.clone();
    let chosen = console.part(move |model| {
        let days = model.at(&at).as_array().cloned().unwrap_or_default();
        days.iter().filter_map(Value::as_u64).collect::<Vec<u64>>()
    });
    let name = path::id(&place);
    let day = move |(day, label): (u8, &'static str)| {
        let place = place.clone();
        let day = u64::from(day);
        let change = move |event| {
            let mut days = chosen.get_untracked();
            days.retain(|it| *it != day);
            if event_target_checked(&event) {
                days.push(day);
            }
            days.sort_unstable();
            console.send(Msg::Edit(place.clone(), days.into()));
        };
        view! {
            <label class="day">
                <input type="checkbox" name=name.clone() value=day.to_string() prop:checked=move || chosen.with(|days| days.contains(&day)) on:change=change />
                <span>{label}</span>
            </label>
        }
    };
    view! { <fieldset class="days"><legend class="sr-only">"Days"</legend>{word::DAYS.map(day).collect_view()}</fieldset> }
}

/// Days on which other hours hold, at a place.
#[component]
pub(super) fn Exceptions(#[prop(into)] place: String, empty: &'static str) -> impl IntoView {
    let item = |at: String| {
        let open = format!("{at}.open");
        let inner = |at: String| {
            view! {
                <div class="row narrow">
                    <Text place=format!("{at}.from") label="From" />
                    <Text place=format!("{at}.to") label="To" />
                </div>
            }
        };
        view! {
            <div class="grid fields">
                <Text place=format!("{at}.name") label="Name" />
                <Text place=format!("{at}.date") label="Date" placeholder="12-25 or 2026-12-24" hint="Without a year: every year." />
                <Text place=format!("{at}.until") label="Last day" optional=true hint="Of several; written as the date is." />
            </div>
            <Items place=open.clone() what="Open" empty="Closed all day." item=inner />
            <div class="row"><Add place=open label="Open for a while" item=json!({"from": "09:00", "to": "12:00"}) /></div>
        }
    };
    view! {
        <Items place=place.clone() what="Day" empty=empty item=item />
        <Fault place=place.clone() />
        <div class="row"><Add place=place label="Add a day" item=json!({"date": "12-25", "name": "Christmas", "open": []}) /></div>
    }
}
