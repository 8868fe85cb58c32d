//! Calls in this browser: whether the desk takes them, and the one that goes on.

use super::call::of_call;
use crate::desk::model::{Action, Microphone, Msg, Stage, Voice as Model, Voiced};
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use leptos::prelude::*;

fn of_voice<T>(desk: Desk, pick: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    desk.part(move |model| pick(&model.voice))
}

/// Whether the desk takes calls in this browser, where the business has them.
#[component]
pub(super) fn Ready() -> impl IntoView {
    let desk = desk();
    let offered = desk.part(|model| model.view.as_ref().is_some_and(|view| view.voice));
    let ready = desk.part(super::super::model::Model::speaks);
    let asked = desk.part(|model| model.pending == Some(Action::Ready));
    let tried = of_voice(desk, |voice| voice.trial.is_some());
    let trouble = of_voice(desk, |voice| {
        voice
            .trial
            .as_ref()
            .and_then(|microphone| word::trouble(&microphone.trouble))
    });
    let trial = of_voice(desk, |voice| voice.trial.clone().unwrap_or_default());
    let opens = of_voice(desk, |voice| {
        voice
            .trial
            .as_ref()
            .is_some_and(|it| it.trouble.is_empty() && it.devices.is_empty())
    });
    let set = move |event: leptos::ev::Event| {
        desk.send(Msg::Voice(Voiced::Ready(event_target_checked(&event))));
    };
    view! {
        <Show when=move || offered.get()>
            <div id="voice" class="stack voice" data-ready=move || ready.get().then_some("true")>
                <label class="choice">
                    <input
                        id="voice-ready"
                        type="checkbox"
                        prop:checked=move || ready.get() || opens.get()
                        aria-busy=move || (asked.get() || opens.get()).then_some("true")
                        aria-describedby="voice-more voice-trouble"
                        on:change=set
                    />
                    <span>
                        <strong>"Take calls in this browser"</strong>
                        <span id="voice-more" class="hint">{word::VOICE_MORE}</span>
                    </span>
                </label>
                <p id="voice-trouble" class="error" role="alert">{trouble}</p>
                <Show when=move || opens.get()>
                    <p class="hint" role="status">"Please allow the microphone."</p>
                </Show>
                <Show when=move || tried.get()>
                    <Ear microphone=trial.into() />
                </Show>
                <Show when=move || ready.get()>
                    <button
                        id="voice-try"
                        class="button small"
                        aria-pressed=move || if tried.get() { "true" } else { "false" }
                        on:click=move |_| desk.send(Msg::Voice(Voiced::Try(!tried.get_untracked())))
                    >
                        "Try the microphone"
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// How loud the microphone is, and which it is.
#[component]
fn Ear(microphone: Signal<Microphone>) -> impl IntoView {
    let desk = desk();
    let level = Memo::new(move |_| microphone.get().level);
    let devices = Memo::new(move |_| microphone.get().devices);
    let device = Memo::new(move |_| microphone.get().device);
    let choose = move |event: leptos::ev::Event| {
        desk.send(Msg::Voice(Voiced::Use(event_target_value(&event))));
    };
    let option = move |(nth, it): (usize, crate::desk::model::Device)| {
        let own = it.id.clone();
        let label = if it.label.is_empty() {
            format!("Microphone {}", nth + 1)
        } else {
            it.label
        };
        view! {
            <option value=it.id selected=move || device.get() == own>{label}</option>
        }
    };
    view! {
        <p class="row hears" hidden=move || devices.with(Vec::is_empty)>
            <span class="level" data-level=level aria-hidden="true"></span>
            <select id="voice-device" aria-label="Microphone" on:change=choose>
                {move || devices.get().into_iter().enumerate().map(option).collect_view()}
            </select>
        </p>
    }
}

/// The call on the desk, while this browser carries it, or why it does not any more.
#[component]
pub(super) fn Voice() -> impl IntoView {
    let desk = desk();
    let here = of_voice(desk, |voice| voice.of.is_some());
    let why = of_call(desk, |pop| pop.switched.filter(|_| !pop.voice));
    view! {
        <div role="status" class="switched">
            {move || why.get().map(|why| view! { <p id="switched" class="notice" data-tone="warn">{word::switched(why)}</p> })}
        </div>
        <Show when=move || here.get()>
            <Here />
        </Show>
    }
}

/// The call that this browser carries.
#[component]
fn Here() -> impl IntoView {
    let desk = desk();
    let stage = of_voice(desk, |voice| voice.told.stage);
    let rings = desk.part(super::super::model::Model::rings_here);
    let talks = move || matches!(stage.get(), Stage::Talking | Stage::Reconnecting);
    let words = of_voice(desk, |voice| word::stage(&voice.told));
    let muted = of_voice(desk, |voice| voice.told.muted);
    let muffled = of_voice(desk, |voice| voice.told.muffled);
    let silent = of_voice(desk, |voice| voice.told.silent);
    let microphone = of_voice(desk, |voice| voice.told.microphone.clone());
    let act = move |what: Voiced| desk.send(Msg::Voice(what));
    view! {
        <section id="voice-call" class="row here" aria-label="In this browser" data-stage=move || stage.get().as_str()>
            <Show when=move || rings.get()>
                <button
                    id="answer"
                    class="button primary ringing"
                    aria-keyshortcuts="P"
                    on:click=move |_| act(Voiced::Answer)
                >
                    "Answer"
                </button>
            </Show>
            <p id="voice-state" class="grow" role="status">{words}</p>
            <Show when=talks>
                <Ear microphone=Signal::from(microphone) />
                <button
                    id="mute"
                    class="button"
                    aria-pressed=move || if muted.get() { "true" } else { "false" }
                    aria-keyshortcuts="M"
                    on:click=move |_| act(Voiced::Mute)
                >
                    "Mute"
                </button>
            </Show>
            <Show when=move || muffled.get()>
                <button id="sound" class="button primary" on:click=move |_| act(Voiced::Play)>"Turn the sound on"</button>
            </Show>
            <button
                id="by-phone"
                class="button"
                class:primary=move || silent.get()
                on:click=move |_| act(Voiced::ByPhone)
            >
                "Call by phone instead"
            </button>
        </section>
    }
}
