//! The bar at the top: whose desk this is, the presence, the connection.

use crate::desk::model::{Action, Msg};
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use crate::net::LinkBadge;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::desk::AgentState;
use shared::sip::PhoneState;

/// The bar at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let desk = desk();
    let business = desk.part(|model| model.view.as_ref().map(|view| view.business.clone()));
    let link = desk.part(|model| model.link);
    let busy = desk.part(|model| model.call().is_some());
    let supervisor = desk.part(|model| model.view.as_ref().is_some_and(|view| view.floor.is_some()));
    let floor = desk.part(super::super::model::Model::on_floor);
    let leave_hint = move || busy.get().then_some("Finish the call first");
    view! {
        <header class="bar top">
            <p class="brand">
                <img src="/design/logo.svg" alt="Ringback" width="28" height="28" />
                <span id="business" class="business">{business}</span>
            </p>
            <Me />
            <Switch />
            <Show when=move || supervisor.get()>
                <button
                    id="floor-tab"
                    class="button small"
                    aria-pressed=move || if floor.get() { "true" } else { "false" }
                    aria-keyshortcuts="F"
                    on:click=move |_| desk.send(Msg::Floor(!floor.get_untracked()))
                >
                    {move || if floor.get() { "My desk" } else { "The floor" }}
                </button>
            </Show>
            <div class="row ends">
                <button
                    id="show-keys"
                    class="button small"
                    aria-label="Keys"
                    aria-keyshortcuts="?"
                    title="Keys"
                    on:click=move |_| desk.send(Msg::Keys)
                >
                    "?"
                </button>
                <LinkBadge link=link />
                <button
                    id="sign-out"
                    class="button small"
                    disabled=busy
                    title=leave_hint
                    on:click=move |_| desk.send(Msg::SignOut)
                >
                    "Sign out"
                </button>
            </div>
        </header>
    }
}

/// Who I am, and my presence with the time since.
#[component]
fn Me() -> impl IntoView {
    let desk = desk();
    let name = desk.part(|model| model.view.as_ref().map(|view| view.me.name.clone()));
    let state = desk.part(super::super::model::Model::me);
    let since = desk.part(|model| model.view.as_ref().map(|view| view.me.since).unwrap_or_default());
    let pause = desk.part(|model| model.view.as_ref().and_then(|view| view.me.pause.clone()));
    let line = desk.part(|model| model.view.as_ref().and_then(|view| view.me.line));
    let dot = desk.part(|model| model.view.as_ref().map_or("away", |view| word::dot_for(&view.me)));
    let words = desk.part(|model| {
        let view = model.view.as_ref();
        view.map(|view| word::own_presence(&view.me, view.call.as_ref()))
    });
    let ago = desk.part(|model| {
        let since = model.view.as_ref().map(|view| view.me.since).unwrap_or_default();
        when::span(model.edge_now().seconds_since(since))
    });
    view! {
        <p class="me">
            <strong id="me-name" class="name">{name}</strong>
            <span
                id="me-state"
                class="small muted row"
                data-state=move || state.get().as_str()
                data-pause=move || pause.get().map(|pause| pause.id.to_string())
                data-line=move || line.get().map(PhoneState::as_str)
            >
                <span class="dot" data-state=dot aria-hidden="true"></span>
                <span>{words}</span>
                <span class="num" title=move || format!("since {}", when::here(since.get(), Say::Second))>
                    {ago}
                </span>
            </span>
        </p>
    }
}

/// Available or away, big enough to be hit without looking twice.
#[component]
fn Switch() -> impl IntoView {
    let desk = desk();
    view! {
        <div id="presence" class="switch" role="group" aria-label="Your presence">
            {side(desk, AgentState::Available, "go-available", "Available")}
            {side(desk, AgentState::Away, "go-away", "Away")}
        </div>
    }
}

fn side(desk: Desk, state: AgentState, id: &'static str, words: &'static str) -> impl IntoView {
    let on = desk.part(move |model| model.wanted() == state);
    let later = desk.part(|model| model.call().is_some());
    let asked = desk.part(move |model| model.pending == Some(Action::Presence(state)));
    let title = move || {
        if later.get() {
            "Counts after this call"
        } else {
            "Press A to switch"
        }
    };
    view! {
        <button
            id=id
            data-want=state.as_str()
            aria-pressed=move || if on.get() { "true" } else { "false" }
            aria-busy=move || asked.get().then_some("true")
            aria-keyshortcuts="A"
            title=title
            on:click=move |_| desk.send(Msg::Want(state))
        >
            <span class="dot" data-state=word::dot(state) aria-hidden="true"></span>
            {words}
            {move || (later.get() && on.get()).then_some(" next")}
        </button>
    }
}
