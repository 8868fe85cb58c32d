//! No call: what happens next, and how today looks.

use super::voice::Ready;
use crate::desk::model::{Action, Msg};
use crate::desk::shell::desk;
use crate::desk::signal;
use crate::desk::word;
use crate::when;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::desk::AgentState;
use web_sys::NotificationPermission;

/// The empty desk.
#[component]
pub(super) fn Idle() -> impl IntoView {
    let desk = desk();
    let ready = desk.part(|model| model.me() == AgentState::Available);
    let line = desk.part(|model| model.view.as_ref().and_then(|view| view.me.line));
    let sessions = desk.part(|model| {
        let site = model.site.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("/console/?site={site}&section=access")
    });
    let phone = desk.part(|model| model.view.as_ref().map(|view| view.phone.clone()));
    let asked = desk.part(|model| model.pending == Some(Action::Presence(AgentState::Available)));
    let kept_away = move || line.get().filter(|_| ready.get()).and_then(word::kept_away);
    let open = move || ready.get() && kept_away().is_none();
    view! {
        <section id="idle" class="card stack idle" data-ready=move || open().then_some("true")>
            {move || {
                if let Some((title, words)) = kept_away() {
                    view! {
                        <h1 id="line">{title}</h1>
                        <p class="muted">{words}</p>
                    }
                        .into_any()
                } else if ready.get() {
                    view! {
                        <div class="row title">
                            <span class="pulse" aria-hidden="true"></span>
                            <h1>"Ready for the next call"</h1>
                        </div>
                        <p class="muted">"You need not do anything until a customer asks. Then:"</p>
                    }
                        .into_any()
                } else {
                    view! {
                        <h1>"You are away"</h1>
                        <p class="muted">"No call reaches you until you go available. Then:"</p>
                    }
                        .into_any()
                }
            }}
            <ol class="steps">
                <li>"This page shows who asks, about what, and which pages they have looked at."</li>
                <li>"We call the customer. You have these seconds to read."</li>
                <li>
                    "Your phone " <bdi id="my-phone" class="num nowrap">{phone}</bdi>
                    " rings as soon as they answer. Pick it up and talk."
                </li>
                <li>"You note what came of it, and are ready for the next."</li>
            </ol>
            <Ready />
            <p class="small"><a id="my-sessions" href=sessions>"Where you are signed in"</a></p>
            <div class="row">
                <Show when=move || !ready.get()>
                    <button
                        id="idle-go"
                        class="button primary"
                        aria-busy=move || asked.get().then_some("true")
                        title="Press A to switch"
                        on:click=move |_| desk.send(Msg::Want(AgentState::Available))
                    >
                        "Go available"
                    </button>
                </Show>
                <Notify />
            </div>
        </section>
        <Today />
    }
}

/// Offers notifications, while the browser has not been told yes or no.
#[component]
fn Notify() -> impl IntoView {
    let permission = RwSignal::new(signal::permission());
    let ask = move |_| {
        spawn_local(async move {
            signal::ask_permission().await;
            permission.try_set(signal::permission());
        });
    };
    view! {
        <Show when=move || permission.get() == Some(NotificationPermission::Default)>
            <button id="notify" class="button" on:click=ask>"Notify me when a call comes"</button>
        </Show>
    }
}

/// The present in three numbers, and this agent's day in four.
#[component]
fn Today() -> impl IntoView {
    let desk = desk();
    let day = desk.part(|model| model.view.as_ref().map(|view| view.today).unwrap_or_default());
    let wrap_up = move || day.get().wrap_up_s.map_or_else(|| "–".into(), when::clock);
    let waiting = desk.part(|model| {
        model
            .view
            .as_ref()
            .map_or(0, |view| view.lines.iter().map(|line| line.waiting).sum::<u32>())
    });
    let scheduled = desk.part(|model| model.view.as_ref().map_or(0, |view| view.scheduled));
    let colleagues = desk.part(|model| {
        let free = |view: &shared::desk::DeskView| {
            view.colleagues
                .iter()
                .filter(|who| who.state == AgentState::Available)
                .count()
        };
        model.view.as_ref().map_or(0, free)
    });
    view! {
        <dl class="today">
            <div class="card"><dt>"waiting now"</dt><dd id="waiting" class="num">{waiting}</dd></div>
            <div class="card"><dt>"promised for later"</dt><dd id="scheduled" class="num">{scheduled}</dd></div>
            <div class="card"><dt>"colleagues free"</dt><dd id="free-colleagues" class="num">{colleagues}</dd></div>
        </dl>
        <h2 class="day-title">"Your day"</h2>
        <dl class="today day">
            <div class="card"><dt>"calls"</dt><dd id="day-calls" class="num">{move || day.get().calls}</dd></div>
            <div class="card">
                <dt>"talked"</dt>
                <dd id="day-talked" class="num">{move || when::clock(day.get().talked_s)}</dd>
            </div>
            <div class="card"><dt>"mean wrap-up"</dt><dd id="day-wrap-up" class="num">{wrap_up}</dd></div>
            <div class="card"><dt>"missed"</dt><dd id="day-missed" class="num">{move || day.get().missed}</dd></div>
        </dl>
    }
}
