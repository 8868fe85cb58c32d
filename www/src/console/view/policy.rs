//! Who is called and who is not: limits, caps on costs, what they hold back now, and the numbers that are never called again.

use super::developers::Refusals;
use super::field::{Fault, Lines, Text};
use crate::console::model::{Barred, NEW_NUMBER};
use crate::console::path;
use crate::console::shell::console;
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::member::Right;
use shared::policy::{Costs, Dearer, Limits, PolicyView, Spend, SuppressionView};

#[component]
pub(super) fn Policy() -> impl IntoView {
    let sees = console().part(|model| model.may(Right::ReadSecrets));
    view! {
        <Now />
        <section class="card stack">
            <h2>"Whom"</h2>
            <div class="grid fields">
                <Lines place="policy.countries" label="Countries" hint="Whose numbers are called: two letters, one a line, as GB. None: that of the business alone." />
                <Lines place="policy.sip_domains" label="SIP domains" hint="Whose SIP addresses are called, one a line: pbx.example, or *.pbx.example for all below it. None: no customer's." />
                <Text place="policy.calling.from" label="Calls from" optional=true placeholder="08:00" hint="On the customer's clock, where they did not ask to be called just then." />
                <Text place="policy.calling.to" label="Calls until" optional=true placeholder="21:00" />
            </div>
        </section>
        <section class="card stack">
            <h2>"How many"</h2>
            <p class="muted">"What is over a limit of requests is refused; what is over one of calls waits and keeps its place."</p>
            <div class="grid fields bounds">
                {Limits::default().fields().map(|(name, usual)| bound("limits", name, word::limit(name), usual)).collect_view()}
            </div>
        </section>
        <section class="card stack">
            <h2>"At what cost"</h2>
            <p class="muted">"In hundredths of the currency of your equipment's rates: 500 is 5.00. What a call may cost is set aside before anybody is dialled."</p>
            <div class="grid fields bounds">
                {Spend::default().fields().map(|(name, usual)| bound("spend", name, word::cap(name), usual)).collect_view()}
            </div>
        </section>
        {move || sees.get().then(|| view! { <Refusals id="barred" title="Refused by these rules" none="Nobody was refused." of=word::is_barred /> })}
        <Never />
    }
}

/// One number of the document, with what holds where it is left out.
fn bound(group: &str, name: &str, label: &'static str, usual: u32) -> impl IntoView + use<> {
    view! { <Text place=format!("policy.{group}.{name}") label=label number=true optional=true placeholder=usual.to_string() /> }
}

/// What is spent, and what waits.
#[component]
fn Now() -> impl IntoView {
    let stands = console().part(|model| model.policy.stands.clone());
    view! {
        <section class="card stack" id="stands">
            <h2>"Now"</h2>
            {move || match stands.get() {
                None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Loading…"</p> }.into_any(),
                Some(stands) => now(stands).into_any(),
            }}
        </section>
    }
}

fn now(stands: PolicyView) -> impl IntoView {
    let Costs { caps, hour, day } = stands.spend;
    let places = stands.quarantined.into_iter().map(|it| {
        view! {
            <li class="list-row"><span class="grow">{if it.begins.starts_with('@') { "SIP addresses with " } else { "Numbers that begin with " }} <bdi>{it.begins}</bdi> <span class="small muted">" are not called until " {when::here(it.until, Say::Minute)} ": too many of them were asked for"</span></span></li>
        }
    });
    let waiting = stands.waiting.into_iter().map(|it| {
        view! {
            <li class="list-row" data-waits=it.why.as_str()>
                <span class="grow">{word::barred(it.why.as_str())} <span class="small muted">" since " {when::here(it.since, Say::Minute)} ", looked at again " {when::here(it.until, Say::Minute)}</span></span>
                <code class="long small">{it.request.to_string()}</code>
            </li>
        }
    });
    let dearer = stands.dearer.into_iter().map(|it| {
        let Dearer { equipment, per_minute, until } = it;
        view! {
            <li class="list-row" data-dearer=equipment.to_string()>
                <span class="grow"><code>{equipment.to_string()}</code> " billed " {word::per_minute(per_minute)} " a minute, more than its rates say" <span class="small muted">": no call over it is reckoned at less until " {when::here(until, Say::Day)} ", or until its rates are changed"</span></span>
            </li>
        }
    });
    let (dearer, places, waiting) = (
        dearer.collect_view(),
        places.collect_view(),
        waiting.collect_view(),
    );
    let none = places.is_empty() && waiting.is_empty();
    view! {
        <div class="grid fields">
            {spent("hour", "Spent in the last hour", hour, caps.hour)}
            {spent("day", "Spent in the last day", day, caps.day)}
        </div>
        {(!dearer.is_empty()).then(|| view! { <ul class="list">{dearer}</ul> })}
        {if none {
            view! { <p class="empty">"No call waits for these rules."</p> }.into_any()
        } else {
            view! { <ul class="list">{places}{waiting}</ul> }.into_any()
        }}
    }
}

/// What is set aside and was spent, against its cap.
fn spent(name: &'static str, label: &'static str, spent: u64, cap: u32) -> impl IntoView {
    let id = format!("spent-{name}");
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <meter id=id class="spent" min="0" max=cap.to_string() high=(cap / 10 * 8).to_string() value=spent.to_string()></meter>
            <p class="small" data-spent=name>{word::money(spent)} " of " {word::money(cap.into())}</p>
        </div>
    }
}

/// The numbers that are never called.
#[component]
fn Never() -> impl IntoView {
    let console = console();
    let numbers = console.part(|model| model.policy.numbers.clone());
    let typed = console.part(|model| model.policy.typed.clone());
    let empty = console.part(|model| model.policy.typed.trim().is_empty());
    let wrong = console.part(|model| model.errors.contains_key(NEW_NUMBER));
    let id = path::id(NEW_NUMBER);
    view! {
        <section class="card stack" id="never">
            <h2>"Never called"</h2>
            <p class="muted">"Whoever pressed 9 when we called, or said so. Only a digest of the number is kept, and what you see of it."</p>
            {move || match numbers.get() {
                None => view! { <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Loading…"</p> }.into_any(),
                Some(numbers) if numbers.is_empty() => view! { <p class="empty">"Nobody."</p> }.into_any(),
                Some(numbers) => view! { <ul class="list">{numbers.into_iter().map(number).collect_view()}</ul> }.into_any(),
            }}
            <div class="field">
                <label for=id.clone()>"Another number"</label>
                <div class="row">
                    <input
                        id=id.clone()
                        class="grow"
                        type="tel"
                        placeholder="+44 7700 900001"
                        prop:value=typed
                        on:input=move |event| console.send(Barred::Typed(event_target_value(&event)).into())
                        aria-describedby=format!("{id}-error")
                        aria-invalid=move || wrong.get().then_some("true")
                    />
                    <button id="suppress" class="button" disabled=empty on:click=move |_| console.send(Barred::Suppress.into())>"Never call it"</button>
                </div>
                <Fault place=NEW_NUMBER />
            </div>
        </section>
    }
}

fn number(it: SuppressionView) -> impl IntoView {
    let console = console();
    view! {
        <li class="list-row" data-never=it.reason.as_str()>
            <span class="grow"><bdi>{it.number}</bdi> <span class="small muted">" " {word::suppression(it.reason)} ", " {when::here(it.at, Say::Day)}</span></span>
            <button class="button small" data-do="forgive" on:click=move |_| console.send(Barred::Forgive(it.id.clone()).into())>"Take off"</button>
        </li>
    }
}
