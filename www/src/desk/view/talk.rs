//! What the agent and the customer write to each other.

use super::call::of_call;
use crate::desk::model::{Msg, Talk as Model, Talked};
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use crate::net::Link;
use crate::when::{self, Say};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use shared::call::RequestState;
use shared::desk::PastCall;
use shared::talk::{Author, Message};

fn of_talk<T>(desk: Desk, pick: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    desk.part(move |model| pick(&model.talk))
}

/// The messages of the call on the desk, and the next one.
#[component]
pub(super) fn Talk() -> impl IntoView {
    let desk = desk();
    let over = of_call(desk, |pop| pop.state == RequestState::Ended);
    let messages = of_talk(desk, |talk| talk.messages.clone());
    let there = desk.part(|model| {
        let talk = &model.talk;
        let ended = model.call().is_some_and(|pop| pop.state == RequestState::Ended);
        talk.of.is_some() && !(ended && talk.messages.is_empty() && talk.unsent.text.is_empty())
    });
    let unread = of_talk(desk, Model::unread);
    let log = NodeRef::<leptos::html::Ol>::new();
    Effect::new(move |_| {
        messages.track();
        // Once the new one is drawn.
        request_animation_frame(move || {
            if let Some(log) = log.get_untracked() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let attend = move |attended| desk.send(Msg::Talk(Talked::Attend(attended)));
    view! {
        <Show when=move || there.get()>
            <section
                id="talk"
                class="card stack talk"
                aria-labelledby="talk-title"
                on:focusin=move |_| attend(true)
                on:focusout=move |_| attend(false)
            >
                <header class="row">
                    <h2 id="talk-title">"Messages"</h2>
                    <Show when=move || unread.get() != 0>
                        <span id="talk-unread" class="badge" data-tone="accent">{move || word::unread(unread.get())}</span>
                    </Show>
                </header>
                <ol node_ref=log id="talk-log" class="messages" aria-live="polite" tabindex="0" hidden=move || messages.with(Vec::is_empty)>
                    <For each=move || messages.get() key=|message| message.n children=message />
                </ol>
                <Waiting />
                <Show when=move || !over.get()>
                    <Write />
                </Show>
                <State />
            </section>
        </Show>
    }
}

/// How it stands.
#[component]
fn State() -> impl IntoView {
    let state = of_talk(desk(), |talk| match (&talk.stands, talk.link) {
        (Some(stands), _) if !stands.open => ("over", word::TALK_OVER),
        (Some(stands), _) if stands.customer_here => ("here", word::TALK_HERE),
        (Some(_), _) => ("away", word::TALK_AWAY),
        (None, Link::Lost { .. }) => ("offline", word::TALK_OFFLINE),
        (None, _) => ("connecting", word::TALK_CONNECTING),
    });
    view! {
        <p id="talk-state" class="hint" role="status" data-state=move || state.get().0>{move || state.get().1}</p>
    }
}

/// What is on its way.
#[component]
fn Waiting() -> impl IntoView {
    let waiting = of_talk(desk(), |talk| talk.unsent.waiting.clone());
    let line = |say: shared::talk::Say| {
        view! {
            <li data-by="agent" data-waits>
                <p dir="auto">{say.text}</p>
                <small>"Sending…"</small>
            </li>
        }
    };
    view! {
        <ol class="messages" hidden=move || waiting.with(Vec::is_empty)>
            {move || waiting.get().into_iter().map(line).collect_view()}
        </ol>
    }
}

/// The next message.
#[component]
fn Write() -> impl IntoView {
    let desk = desk();
    let text = of_talk(desk, |talk| talk.unsent.text.clone());
    let fault = of_talk(desk, |talk| talk.fault.clone());
    let send = move || desk.send(Msg::Talk(Talked::Send(crate::browser::new_key())));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send();
    };
    let keydown = move |event: KeyboardEvent| {
        // A line may be broken with Shift; whoever chooses a word with Enter is still writing.
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            send();
        }
    };
    view! {
        <form class="write" on:submit=submit novalidate>
            <textarea
                id="talk-text"
                rows="1"
                dir="auto"
                placeholder="Write a message"
                aria-label="Write a message"
                aria-describedby="talk-error talk-state"
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                prop:value=text
                on:input=move |event| desk.send(Msg::Talk(Talked::Text(event_target_value(&event))))
                on:keydown=keydown
            ></textarea>
            <button id="talk-send" class="button">"Send"</button>
            <p id="talk-error" class="error" role="alert">{fault}</p>
        </form>
    }
}

/// A message that is kept. Its text is text: nothing in it is markup.
fn message(message: Message) -> impl IntoView {
    let who = match message.by {
        Author::Customer => "Customer".to_owned(),
        Author::Agent => message.name.unwrap_or_else(|| word::FORMER.into()),
    };
    view! {
        <li data-by=message.by.as_str()>
            <p dir="auto">{message.text}</p>
            <small><bdi>{who}</bdi> " · " <span class="num">{when::here(message.at, Say::Minute)}</span></small>
        </li>
    }
}

/// What was written in an earlier call, for whoever asks for it.
pub(super) fn past(desk: Desk, call: &PastCall) -> impl IntoView + use<> {
    let (of, id) = (call.id.clone(), call.id.clone());
    let read = desk.part(move |model| model.past_talks.get(&of).cloned());
    let words = word::messages(call.messages);
    (call.messages > 0).then(|| {
        view! {
            <button
                class="button small"
                data-messages
                aria-expanded=move || if read.with(Option::is_some) { "true" } else { "false" }
                on:click=move |_| desk.send(Msg::Talk(Talked::Past(id.clone())))
            >
                {words}
            </button>
            {move || {
                read.get()
                    .map(|read| match read {
                        Ok(messages) => {
                            view! { <ol class="messages">{messages.into_iter().map(message).collect_view()}</ol> }
                                .into_any()
                        }
                        Err(why) => view! { <p class="error" role="alert">{why}</p> }.into_any(),
                    })
            }}
        }
    })
}
