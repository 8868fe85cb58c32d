//! What the desk has to say about itself: not connected, not done, saved, a call that ended early.

use crate::desk::model::{Msg, Screen};
use crate::desk::shell::desk;
use crate::desk::word;
use crate::net::Link;
use leptos::prelude::*;
use shared::desk::AgentState;

/// All of them, the most pressing first.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let desk = desk();
    let refusal = desk.part(|model| model.refusal.clone());
    let saved = desk.part(|model| (model.saved() && model.screen == Screen::Desk).then(|| model.me()));
    let handed = desk.part(super::super::model::Model::handed);
    view! {
        <Offline />
        <SetAway />
        {move || {
            refusal
                .get()
                .map(|words| {
                    view! {
                        <div id="refusal" class="notice row" data-tone="danger" role="alert">
                            <p>{words}</p>
                            <Close />
                        </div>
                    }
                })
        }}
        <Gone />
        <div role="status">
            {move || handed.get().map(|words| view! { <p id="handed-on" class="notice" data-tone="ok">{words}</p> })}
        </div>
        <div role="status">
            {move || {
                saved
                    .get()
                    .map(|me| {
                        let next = if me == AgentState::Available { " You are available for the next call." } else { "" };
                        view! {
                            <p id="saved" class="notice" data-tone="ok">
                                <strong>"Saved."</strong>
                                {next}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// Without the socket no call is shown here, and the agent must not think otherwise.
#[component]
fn Offline() -> impl IntoView {
    let desk = desk();
    let lost = desk.part(|model| matches!(model.link, Link::Lost { .. } | Link::Off));
    let words = desk.part(|model| model.link.countdown(model.now));
    view! {
        <div role="alert">
            <Show when=move || lost.get()>
                <div id="offline" class="notice row" data-tone="danger">
                    <div>
                        <h2>"The connection is lost"</h2>
                        <p>"Your phone may still ring, but this page can't show the call. What you see may be old; what you type is kept."</p>
                    </div>
                    <div class="row push">
                        <span class="num small" aria-hidden="true">{words}</span>
                        <button id="reconnect" class="button small" on:click=move |_| desk.send(Msg::Again)>
                            "Try now"
                        </button>
                    </div>
                </div>
            </Show>
        </div>
    }
}

/// The agent thinks to be available, and is not.
#[component]
fn SetAway() -> impl IntoView {
    let desk = desk();
    let set_away = desk.part(|model| model.set_away);
    view! {
        <div role="alert">
            <Show when=move || set_away.get()>
                <div id="set-away" class="notice row" data-tone="warn">
                    <p>{word::SET_AWAY}</p>
                    <Close />
                </div>
            </Show>
        </div>
    }
}

/// How a call ended that nobody talked in.
#[component]
fn Gone() -> impl IntoView {
    let gone = desk().part(|model| model.gone.clone());
    view! {
        <div role="status">
            {move || {
                gone.get()
                    .map(|gone| {
                        view! {
                            <div
                                id="gone"
                                class="notice row"
                                data-tone="warn"
                                data-reason=gone.reason.map(shared::call::EndReason::as_str)
                            >
                                <p>
                                    <strong>{gone.words}</strong>
                                    " "
                                    <span class="muted num nowrap">{gone.phone}</span>
                                </p>
                                <Close />
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Close() -> impl IntoView {
    view! {
        <button class="button small push" on:click=move |_| desk().send(Msg::Dismiss)>"Close"</button>
    }
}
