//! The desk on the screen.

mod call;
mod down;
mod entry;
mod floor;
mod hand;
mod handed;
mod header;
mod history;
mod idle;
mod keys;
mod legs;
mod notices;
mod pages;
mod people;
mod recent;
mod rest;
mod talk;
mod voice;
mod wrap_up;

use super::model::{Hand, Model, Msg, Screen, Voiced};
use super::shell::{Desk, desk};
use super::{signal, word};
use crate::net::Link;
use crate::site::AskSite;
use leptos::prelude::*;
use shared::call::RequestState;
use wasm_bindgen::JsCast;

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let desk = Desk::start();
    provide_context(desk);
    follow_title(desk);
    follow_gestures(desk);
    let screen = desk.part(|model| model.screen.clone());
    let me = desk.part(|model| model.view.as_ref().map(|view| view.me.state.as_str()));
    let link = desk.part(|model| model.link.as_str());
    let site_problem = Signal::derive(move || match screen.get() {
        Screen::AskSite { problem } => problem,
        _ => None,
    });
    view! {
        <div
            id="desk"
            class="desk"
            data-screen=move || screen_name(&screen.get())
            data-me=me
            data-link=link
        >
            {move || match screen.get() {
                Screen::Starting => view! { <down::Starting /> }.into_any(),
                Screen::Down { why, .. } => view! { <down::Down why=why /> }.into_any(),
                Screen::AskSite { .. } => {
                    view! {
                        <main class="gate">
                            <AskSite
                                title="Agent desk"
                                problem=site_problem
                                found=move |site| desk.send(Msg::Site(site))
                            />
                        </main>
                    }
                        .into_any()
                }
                Screen::Entry => view! { <entry::Entry /> }.into_any(),
                Screen::Desk => view! { <Work /> }.into_any(),
            }}
        </div>
    }
}

/// The desk at work.
#[component]
fn Work() -> impl IntoView {
    let id = desk().part(|model| model.call().map(|pop| pop.id.clone()));
    let floor = desk().part(Model::on_floor);
    view! {
        <header::Header />
        <Show when=move || !floor.get() fallback=|| view! { <floor::Floor /> }>
            <div class="work page" class:has-call=move || id.with(Option::is_some)>
                <main class="stack main">
                    <keys::Keys />
                    <notices::Notices />
                    <rest::Breaks />
                    // Keyed by the call: the next one starts with a clean form.
                    {move || match id.get() {
                        Some(_) => view! { <call::Call /> }.into_any(),
                        None => view! { <idle::Idle /> }.into_any(),
                    }}
                </main>
                <aside class="stack side" aria-label="Lines, colleagues and recent calls">
                    <people::Lines />
                    <recent::Recent />
                    <people::Colleagues />
                </aside>
            </div>
        </Show>
    }
}

const fn screen_name(screen: &Screen) -> &'static str {
    match screen {
        Screen::Starting => "starting",
        Screen::Down { .. } => "down",
        Screen::AskSite { .. } => "ask-site",
        Screen::Entry => "sign-in",
        Screen::Desk => "desk",
    }
}

/// Keeps the tab's title and icon with the desk's state.
fn follow_title(desk: Desk) {
    let state = desk.part(|model: &Model| {
        let me = model.view.as_ref().map(|view| view.me.state);
        let connected = !matches!(model.link, Link::Lost { .. });
        let live = model.call().is_some_and(|pop| pop.state != RequestState::Ended);
        let title = word::title(me, model.call(), connected);
        match model.talk.unread() {
            0 => (title, live),
            new => (format!("({new}) {title}"), live),
        }
    });
    Effect::new(move |_| state.with(|(title, live)| signal::badge(title, *live)));
}

/// Any gesture lets the desk make sounds; some keys do what buttons do ([`word::KEYS`]).
fn follow_gestures(desk: Desk) {
    let shown = desk.part(Model::on_floor);
    let pressed = window_event_listener(leptos::ev::pointerdown, |_| signal::unlock());
    let typed = window_event_listener(leptos::ev::keydown, move |event| {
        signal::unlock();
        let chord = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| {
                element
                    .closest("input, textarea, select")
                    .ok()
                    .flatten()
                    .is_some()
            });
        if chord {
            return;
        }
        match (event.key().to_ascii_lowercase().as_str(), field) {
            ("escape", _) => desk.send(Msg::Escape),
            ("a", false) => desk.send(Msg::Toggle),
            ("t", false) => desk.send(Msg::Hand(Hand::On)),
            ("r", false) => desk.send(Msg::Hand(Hand::Refuse)),
            ("f", false) => desk.send(Msg::Floor(!shown.get_untracked())),
            ("p", false) => desk.send(Msg::Voice(Voiced::Answer)),
            ("m", false) => desk.send(Msg::Voice(Voiced::Mute)),
            ("?", false) => desk.send(Msg::Keys),
            _ => {}
        }
    });
    on_cleanup(move || {
        pressed.remove();
        typed.remove();
    });
}
