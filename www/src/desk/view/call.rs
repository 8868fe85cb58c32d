//! The screen pop: who asks, about what, and where the call stands.

use super::hand::{HandButtons, HandForm};
use super::handed::Handed;
use super::history::History;
use super::legs::Legs;
use super::pages::Pages;
use super::talk::Talk;
use super::voice::Voice;
use super::wrap_up::WrapUp;
use crate::desk::model::{Action, Hand, Msg};
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use crate::language;
use crate::number;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::call::RequestState;
use shared::desk::{AgentState, ScreenPop};
use shared::presence::SLOT_S;

/// A part of the call on the desk; the default while there is none.
pub(super) fn of_call<T>(desk: Desk, pick: impl Fn(&ScreenPop) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Default + Send + Sync + 'static,
{
    desk.part(move |model| model.call().map(&pick).unwrap_or_default())
}

/// The call on the desk.
#[component]
pub(super) fn Call() -> impl IntoView {
    let desk = desk();
    let state = of_call(desk, |pop| pop.state.as_str());
    let id = of_call(desk, |pop| pop.id.to_string());
    let writing = desk.part(|model| {
        model.me() == AgentState::WrapUp
            || model
                .call()
                .is_some_and(|pop| pop.state == RequestState::Connected)
    });
    view! {
        <article id="call" class="call" data-state=state data-request=id class:writing=writing>
            <Banner />
            <HandForm />
            <Show when=move || writing.get()>
                <WrapUp />
            </Show>
            <Customer />
            <Talk />
            <Handed />
            <History />
            <Pages />
        </article>
    }
}

/// Where the call stands, what to do now, and the way out.
#[component]
fn Banner() -> impl IntoView {
    let desk = desk();
    let headline = of_call(desk, word::headline);
    let live = of_call(desk, |pop| pop.state != RequestState::Ended);
    let asked = desk.part(|model| model.pending == Some(Action::HangUp));
    let tone = of_call(desk, |pop| match pop.state {
        RequestState::Connected => "ok",
        RequestState::Ended => "none",
        _ => "accent",
    });
    view! {
        <header class="card banner" data-tone=tone>
            <div class="stack said" aria-live="assertive">
                <h1 id="headline">{move || headline.get().0}</h1>
                <p id="guidance">{move || headline.get().1}</p>
            </div>
            <Clock />
            <Legs />
            <Voice />
            <div class="row actions">
                <HandButtons />
                <Show when=move || live.get()>
                    <button
                        id="hangup"
                        class="button danger"
                        aria-busy=move || asked.get().then_some("true")
                        on:click=move |_| desk.send(Msg::HangUp)
                    >
                        "Hang up"
                    </button>
                </Show>
            </div>
        </header>
    }
}

/// The time that counts now: talking, or waiting.
#[component]
fn Clock() -> impl IntoView {
    let desk = desk();
    let time = desk.part(|model| {
        let (pop, now) = (model.call()?, model.edge_now());
        let end = pop.ended_at.unwrap_or(now);
        Some(match pop.connected_at {
            Some(start) if pop.ended_at.is_some() => ("talked", when::clock(end.seconds_since(start))),
            Some(start) => ("talking", when::clock(end.seconds_since(start))),
            // Somebody who chose a time has waited since that time, not since they chose.
            None => {
                let from = pop.slot.unwrap_or(pop.created_at).max(pop.created_at);
                ("waiting", when::clock(end.seconds_since(from)))
            }
        })
    });
    view! {
        <p class="clock">
            <span id="clock" class="num">{move || time.get().map(|(_, clock)| clock)}</span>
            <span class="small">{move || time.get().map(|(what, _)| what)}</span>
        </p>
    }
}

/// Whose word something is. It is told apart wherever an agent might rely on it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Word {
    Customer,
    Page,
    Business,
}

/// Names whose word something is.
#[component]
pub(super) fn By(#[prop(into)] word: Signal<Word>) -> impl IntoView {
    let business = desk().part(|model| model.view.as_ref().map(|view| view.business.clone()));
    let said = move || match word.get() {
        Word::Customer => ("visitor", "none", "the customer says".to_owned()),
        Word::Page => ("page", "none", "the page says".to_owned()),
        Word::Business => (
            "signed",
            "ok",
            format!("confirmed by {}", business.get().unwrap_or_default()),
        ),
    };
    view! {
        <span class="badge" data-trust=move || said().0 data-tone=move || said().1>{move || said().2}</span>
    }
}

/// What is known of the customer and the wish, and by whose word.
#[component]
fn Customer() -> impl IntoView {
    let desk = desk();
    let open = desk.part(|model| model.hand.as_ref().is_some_and(|form| form.hand == Hand::Never));
    let skill = of_call(desk, |pop| pop.skill_name.clone());
    let note = of_call(desk, |pop| pop.note.trim().to_owned());
    let asked = of_call(desk, |pop| pop.created_at);
    let slot = of_call(desk, |pop| pop.slot);
    let zone = of_call(desk, |pop| pop.zone.clone());
    let reads = of_call(desk, |pop| pop.language.clone());
    let signed = of_call(desk, |pop| pop.phone_signed);
    let number_by = Signal::derive(move || {
        if signed.get() {
            Word::Business
        } else {
            Word::Customer
        }
    });
    let minute = desk.part(|model| model.edge_now().0 / 60_000 * 60_000);
    let theirs = move || {
        let zone = zone.get()?;
        let clock = when::local(shared::Millis(minute.get()), Say::Minute, Some(&zone))?;
        Some((clock, zone.replace('_', " ")))
    };
    view! {
        <section class="card stack facts" aria-labelledby="customer-title">
            <h2 id="customer-title">"Customer"</h2>
            <dl class="kv">
                <dt>"Number"</dt>
                <dd class="row"><Number /> <By word=number_by /></dd>
                <dt>"Asks about"</dt>
                <dd id="skill">{move || skill.get().unwrap_or_else(|| "anything".into())}</dd>
                <dt>"Asked at"</dt>
                <dd id="asked-at" class="num">{move || when::here(asked.get(), Say::Minute)}</dd>
                {move || {
                    slot.get()
                        .map(|slot| {
                            view! {
                                <dt>"Promised for"</dt>
                                <dd id="slot" class="num">
                                    {when::here(slot, Say::Day)} "–" {when::here(slot.plus_s(SLOT_S), Say::Minute)}
                                </dd>
                            }
                        })
                }}
                {move || {
                    reads
                        .get()
                        .map(|tag| {
                            view! {
                                <dt>"Reads"</dt>
                                <dd id="language">
                                    {language::name(&tag)} " " <span class="muted">{tag.as_str().to_owned()}</span>
                                </dd>
                            }
                        })
                }}
                {move || {
                    theirs()
                        .map(|(clock, zone)| {
                            view! {
                                <dt>"Their time"</dt>
                                <dd class="num">{clock} " " <span class="muted">{zone}</span></dd>
                            }
                        })
                }}
            </dl>
            <Vouched />
            {move || {
                Some(note.get())
                    .filter(|note| !note.is_empty())
                    .map(|note| {
                        view! {
                            <figure class="note">
                                <figcaption class="small muted">"Their note " <By word=Word::Customer /></figcaption>
                                <blockquote id="note" dir="auto">{note}</blockquote>
                            </figure>
                        }
                    })
            }}
            <div class="row">
                <button
                    id="never"
                    class="button small"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| desk.send(Msg::Hand(Hand::Never))
                >
                    "Never call again…"
                </button>
            </div>
        </section>
    }
}

/// What the business's own server says of the customer.
#[component]
fn Vouched() -> impl IntoView {
    let desk = desk();
    let known = of_call(desk, |pop| pop.customer.clone());
    let lines = move || {
        let customer = known.get()?;
        let name = customer.name.map(|name| ("Name".to_owned(), name));
        let id = customer.id.map(|id| ("Known as".to_owned(), id));
        let facts = customer.facts.into_iter().map(|fact| (fact.name, fact.value));
        let lines: Vec<(String, String)> = name.into_iter().chain(id).chain(facts).collect();
        (!lines.is_empty()).then_some(lines)
    };
    move || {
        lines().map(|lines| {
            let lines = lines.into_iter().map(|(name, value)| {
                view! {
                    <dt dir="auto">{name}</dt>
                    <dd dir="auto">{value}</dd>
                }
            });
            view! {
                <section id="vouched" class="stack">
                    <p><By word=Word::Business /></p>
                    <dl class="kv">{lines.collect_view()}</dl>
                </section>
            }
        })
    }
}

/// The number: masked, until there is a reason to see it.
#[component]
fn Number() -> impl IntoView {
    let desk = desk();
    let masked = of_call(desk, |pop| pop.phone.clone());
    let whole = desk.part(|model| model.revealed.as_ref().map(|(_, phone)| number::pretty(phone)));
    let asked = desk.part(|model| model.pending == Some(Action::Reveal));
    view! {
        <span class="row number">
            <bdi id="customer-number" class="num nowrap" data-shown=move || whole.with(Option::is_some).then_some("true")>
                {move || whole.get().unwrap_or_else(|| masked.get())}
            </bdi>
            <Show when=move || whole.with(Option::is_none)>
                <button
                    id="reveal"
                    class="button small"
                    aria-busy=move || asked.get().then_some("true")
                    on:click=move |_| desk.send(Msg::Reveal)
                >
                    "Show number"
                </button>
            </Show>
        </span>
    }
}
