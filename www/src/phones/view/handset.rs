//! One phone with its call.

use crate::number::{self, pretty};
use crate::phones::model::{Msg, Press};
use crate::phones::shell::{Phones, phones};
use crate::phones::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::phones::{PhoneState, PhoneView, Said};

/// A part of one phone; the default once it has left the table.
fn of<T>(phones: Phones, leg: &str, pick: impl Fn(&PhoneView) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Default + Send + Sync + 'static,
{
    let leg = leg.to_owned();
    phones.part(move |model| model.table.phone(&leg).map(&pick).unwrap_or_default())
}

/// One phone.
#[component]
pub(super) fn Handset(leg: String) -> impl IntoView {
    let phones = phones();
    let number = of(phones, &leg, |phone| phone.number.clone());
    let caller = of(phones, &leg, |phone| number::caller(&phone.caller));
    let other = of(phones, &leg, |phone| phone.talking_to.clone());
    let said = of(phones, &leg, |phone| phone.said.clone());
    let state = of(phones, &leg, |phone| Some(phone.state));
    let ended = of(phones, &leg, |phone| phone.ended.clone());
    let refusal = {
        let leg = leg.clone();
        phones.part(move |model| model.refusals.get(&leg).cloned())
    };
    let clock = {
        let leg = leg.clone();
        phones.part(move |model| {
            let phone = model
                .table
                .phone(&leg)
                .filter(|phone| phone.state != PhoneState::Ended)?;
            Some(when::clock(model.edge_now().seconds_since(phone.since)))
        })
    };
    view! {
        <li
            class="handset"
            data-number=number
            data-leg=leg.clone()
            data-state=move || state.get().map(PhoneState::as_str)
        >
            <div class="speaker" aria-hidden="true"></div>
            <p class="own small">"Phone " <bdi class="number num">{move || pretty(&number.get())}</bdi></p>
            <div class="screen">
                <p class="state" role="status">
                    <span class="glyph" aria-hidden="true"></span>
                    <span>{move || state.get().map(word::state)}</span>
                    <span class="num clock">{clock}</span>
                </p>
                <p class="caller">
                    <bdi class="who">{move || caller.get().0}</bdi>
                    {move || caller.get().1.map(|from| view! { <bdi class="small from num">{from}</bdi> })}
                    {move || {
                        other.get().map(|other| view! {
                            <span class="small other">"talking to " <bdi class="num">{pretty(&other)}</bdi></span>
                        })
                    }}
                </p>
                <Words said=said />
                {move || ended.get().map(|ended| view! { <p class="ended small">{ended}</p> })}
            </div>
            <p class="error small" role="alert">{refusal}</p>
            <Buttons leg=leg.clone() state=state />
        </li>
    }
}

/// What is being said, as bubbles; the newest is kept in sight.
#[component]
fn Words(said: Memo<Vec<Said>>) -> impl IntoView {
    let list = NodeRef::<leptos::html::Ol>::new();
    Effect::new(move |_| {
        said.track();
        if let Some(list) = list.get() {
            request_animation_frame(move || list.set_scroll_top(list.scroll_height()));
        }
    });
    view! {
        <ol class="words" node_ref=list aria-label="What is said" aria-live="polite" tabindex="0">
            {move || {
                said.get()
                    .into_iter()
                    .map(|said| {
                        view! {
                            <li class="bubble" dir="auto" lang=said.language.as_str().to_owned() title=when::here(said.at, Say::Second)>{said.text}</li>
                        }
                    })
                    .collect_view()
            }}
        </ol>
    }
}

/// What a person can do with the phone now.
#[component]
fn Buttons(leg: String, state: Memo<Option<PhoneState>>) -> impl IntoView {
    let phones = phones();
    let busy = {
        let leg = leg.clone();
        phones.part(move |model| model.pressed.contains(&leg))
    };
    let button = move |press: Press, class: &'static str, words: &'static str| {
        let leg = leg.clone();
        view! {
            <button
                class=class
                data-press=press.as_str()
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| phones.send(Msg::Press(leg.clone(), press))
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="buttons">
            {move || match state.get() {
                Some(PhoneState::Ringing) => {
                    view! {
                        {button(Press::Decline, "button danger", "Decline")}
                        {button(Press::Answer, "button answer", "Answer")}
                    }
                        .into_any()
                }
                Some(PhoneState::InCall) => {
                    view! {
                        {button(Press::One, "button", "Press 1")}
                        {button(Press::Nine, "button", "Press 9")}
                        {button(Press::HangUp, "button danger", "Hang up")}
                    }
                        .into_any()
                }
                Some(PhoneState::Ended) | None => ().into_any(),
            }}
        </div>
    }
}
