//! The phones on the screen.

mod empty;
mod handset;
mod header;

use super::model::{Msg, Screen};
use super::shell::{Phones, phones};
use super::word;
use crate::net::Link;
use crate::site::AskSite;
use leptos::prelude::*;
use shared::Millis;

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let phones = Phones::start();
    provide_context(phones);
    let ringing = phones.part(super::model::Model::ringing);
    Effect::new(move |_| document().set_title(&word::title(ringing.get())));
    let screen = phones.part(|model| model.screen.clone());
    let link = phones.part(|model| model.link.as_str());
    view! {
        <div id="phones-app" data-link=link data-ringing=ringing>
            {move || match screen.get() {
                Screen::AskSite => {
                    view! {
                        <main class="gate">
                            <AskSite
                                title="Virtual phones"
                                problem=Signal::stored(None::<String>)
                                found=move |site| phones.send(Msg::Site(site))
                            />
                        </main>
                    }
                        .into_any()
                }
                Screen::Closed(why) => view! { <Closed why=why /> }.into_any(),
                Screen::Phones => view! { <Table /> }.into_any(),
            }}
        </div>
    }
}

/// There are no phones to be had here.
#[component]
fn Closed(why: String) -> impl IntoView {
    let phones = phones();
    view! {
        <main class="gate">
            <div id="closed" class="card stack ask" role="alert">
                <h1>"No phones here"</h1>
                <p>{why}</p>
                <div class="row">
                    <button class="button primary" on:click=move |_| phones.send(Msg::Again)>"Try again"</button>
                    <button id="other-site" class="button" on:click=move |_| phones.send(Msg::OtherSite)>
                        "Another business"
                    </button>
                </div>
            </div>
        </main>
    }
}

/// The phones, or why there are none.
#[component]
fn Table() -> impl IntoView {
    let phones = phones();
    let loaded = phones.part(|model| model.at.is_some());
    let legs = phones.part(|model| {
        model
            .table
            .phones()
            .map(|phone| phone.leg.clone())
            .collect::<Vec<_>>()
    });
    let lost = phones.part(|model| matches!(model.link, Link::Lost { .. }));
    // A moving finger speaks sixty times a second; once per tick of the clock is enough.
    let now = phones.part(|model| model.now);
    let touched = StoredValue::new(Millis::default());
    let touch = move || {
        if touched.get_value() != now.get_untracked() {
            touched.set_value(now.get_untracked());
            phones.send(Msg::Touch);
        }
    };
    view! {
        <header::Header />
        <main class="page stack">
            <div role="alert">
                <Show when=move || lost.get()>
                    <div id="offline" class="notice row" data-tone="danger">
                        <p>
                            <strong>"Not connected."</strong>
                            " What you see may be old, and no phone rings here until the connection is back."
                        </p>
                        <button id="reconnect" class="button small push" on:click=move |_| phones.send(Msg::Again)>
                            "Try now"
                        </button>
                    </div>
                </Show>
            </div>
            <Show when=move || !loaded.get() && !lost.get()>
                <p class="row muted loading" role="status">
                    <span class="spinner" aria-hidden="true"></span>
                    "Connecting the phones…"
                </p>
            </Show>
            <ul
                id="phones"
                class="phones"
                aria-label="Phones"
                on:pointermove=move |_| touch()
                on:pointerdown=move |_| touch()
            >
                <For each=move || legs.get() key=Clone::clone let:leg>
                    <handset::Handset leg=leg />
                </For>
            </ul>
            <Show when=move || loaded.get() && legs.with(Vec::is_empty)>
                <empty::Empty />
            </Show>
            <empty::Scripted />
        </main>
    }
}
