//! The console on the screen.

mod access;
mod announcements;
mod business;
mod calls;
mod chart;
mod customer;
mod developers;
mod entry;
mod field;
mod hours;
mod look;
mod pages;
mod passkeys;
mod people;
mod policy;
mod privacy;
mod reports;
mod sign_on;
mod start;
mod webhooks;

use super::model::{Msg, Notice, Screen, Section};
use super::shell::{Console, console};
use super::word;
use crate::site::AskSite;
use leptos::prelude::*;
use shared::member::Right;

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let console = Console::start();
    provide_context(console);
    let screen = console.part(|model| model.screen.clone());
    let problem = Signal::derive(move || match screen.get() {
        Screen::AskSite(problem) => problem,
        _ => None,
    });
    view! {
        <div id="console" data-screen=move || name(&screen.get())>
            {move || match screen.get() {
                Screen::Starting => {
                    view! { <main class="gate"><p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Loading…"</p></main> }
                        .into_any()
                }
                Screen::Down(why) => view! { <entry::Down why=why /> }.into_any(),
                Screen::AskSite(_) => {
                    view! {
                        <main class="gate">
                            <AskSite title="Console" problem=problem found=move |site| console.send(Msg::Site(site)) />
                        </main>
                    }
                        .into_any()
                }
                Screen::SignIn => view! { <entry::Entry /> }.into_any(),
                Screen::Mine => view! { <entry::Mine /> }.into_any(),
                Screen::Console => view! { <Work /> }.into_any(),
            }}
        </div>
    }
}

const fn name(screen: &Screen) -> &'static str {
    match screen {
        Screen::Starting => "starting",
        Screen::Down(_) => "down",
        Screen::AskSite(_) => "ask-site",
        Screen::SignIn => "sign-in",
        Screen::Mine => "mine",
        Screen::Console => "console",
    }
}

#[component]
fn Work() -> impl IntoView {
    let console = console();
    let section = console.part(|model| model.section);
    let title = console.part(|model| model.text("name"));
    let site = console.part(|model| model.site.as_ref().map(ToString::to_string));
    let looks = console.part(|model| model.section.is_form() && !model.may(Right::ChangeDocument));
    view! {
        <header class="bar top">
            <a class="brand" href="/"><img src="/design/logo.svg" alt="" />"Ringback"</a>
            <span class="business" id="business">{move || {
                let name = title.get();
                if name.is_empty() { site.get().unwrap_or_default() } else { name }
            }}</span>
            <span class="row push">
                <a class="button small" href=move || format!("/desk/?site={}", site.get().unwrap_or_default())>"Agent desk"</a>
                <button id="sign-out" class="button small" on:click=move |_| console.send(Msg::Leave)>"Sign out"</button>
            </span>
        </header>
        <div class="frame page">
            <nav aria-label="Console" class="sections">
                {Section::ALL
                    .into_iter()
                    .map(|it| {
                        let mine = console.part(move |model| it.right().is_none_or(|right| model.may(right)));
                        let here = move || (section.get() == it).then_some("page");
                        view! {
                            <button id=format!("go-{}", it.id()) hidden=move || !mine.get() aria-current=here on:click=move |_| console.send(Msg::Open(it))>
                                {word::section(it)}
                                <Wrong section=it />
                            </button>
                        }
                    })
                    .collect_view()}
            </nav>
            <main id="section" data-section=move || section.get().id() class="stack content">
                <Notices />
                <h1>{move || word::section(section.get())}</h1>
                {move || looks.get().then(|| view! { <p id="only-look" class="notice">{word::ONLY_LOOK}</p> })}
                {move || match section.get() {
                    Section::Start => view! { <start::Start /> }.into_any(),
                    Section::Business => view! { <Form><business::Business /></Form> }.into_any(),
                    Section::People => view! { <Form><people::People /></Form> }.into_any(),
                    Section::Pages => view! { <Form><pages::Pages /></Form> }.into_any(),
                    Section::Calls => view! { <Form><calls::Calls /></Form> }.into_any(),
                    Section::Policy => view! { <Form><policy::Policy /></Form> }.into_any(),
                    Section::Look => view! { <Form><look::Appearance /></Form> }.into_any(),
                    Section::Privacy => view! { <Form><privacy::Privacy /></Form> }.into_any(),
                    Section::Webhooks => view! { <Form><webhooks::Webhooks /></Form> }.into_any(),
                    Section::Reports => view! { <reports::Reports /> }.into_any(),
                    Section::Access => view! { <access::Access /> }.into_any(),
                    Section::Developers => view! { <developers::Developers /> }.into_any(),
                }}
            </main>
        </div>
        <Unsaved />
    }
}

/// A part of the document, for those who may not change it out of reach.
#[component]
fn Form(children: Children) -> impl IntoView {
    let fixed = console().part(|model| !model.may(Right::ChangeDocument));
    view! { <fieldset class="plain stack" disabled=fixed>{children()}</fieldset> }
}

/// How many fields of a section are wrong.
#[component]
fn Wrong(section: Section) -> impl IntoView {
    let wrong = console().part(move |model| {
        let of = |place: &&String| Section::of(place) == section;
        model.errors.keys().filter(of).count()
    });
    move || {
        (wrong.get() > 0).then(|| view! { <span class="badge" data-tone="danger">{wrong.get()} <span class="sr-only">" wrong"</span></span> })
    }
}

/// What there is to say about the whole; what is wrong, field by field.
#[component]
fn Notices() -> impl IntoView {
    let console = console();
    let notice = console.part(|model| model.notice.clone());
    let errors = console.part(|model| model.errors.clone());
    view! {
        <div id="notices" class="stack" aria-live="polite">
            {move || notice.get().map(|notice| match notice {
                Notice::Saved => view! { <p id="saved" class="notice" data-tone="ok" role="status">"Saved. Pages see it within five seconds."</p> }.into_any(),
                Notice::Copied => view! { <p class="notice" data-tone="ok" role="status">"Copied."</p> }.into_any(),
                Notice::Overtaken => view! {
                    <div id="overtaken" class="notice row" data-tone="warn" role="alert">
                        <span>"Somebody else changed the business meanwhile. Your changes are still here, and nothing was overwritten."</span>
                        <button class="button small" on:click=move |_| console.send(Msg::Discard)>"Drop mine"</button>
                    </div>
                }.into_any(),
                Notice::Refused(words) => view! {
                    <div id="refused" class="notice stack" data-tone="danger" role="alert">
                        <p>{words}</p>
                        <ul class="faults small">
                            {move || errors.get().into_iter().map(|(place, words)| view! { <li><code>{place}</code>" "{words}</li> }).collect_view()}
                        </ul>
                    </div>
                }.into_any(),
            })}
        </div>
    }
}

/// Save, or not: while anything is edited.
#[component]
fn Unsaved() -> impl IntoView {
    let console = console();
    let dirty = console.part(super::model::Model::dirty);
    let saving = console.part(|model| model.saving);
    let new = console.part(super::model::Model::is_new);
    view! {
        <div class="unsaved" id="unsaved" hidden=move || !dirty.get()>
            <div class="page row">
                <span class="muted">{move || if new.get() { "This business is not set up yet." } else { "There are changes that are not saved." }}</span>
                <span class="row push">
                    <button id="discard" class="button" on:click=move |_| console.send(Msg::Discard)>"Discard"</button>
                    <button id="save" class="button primary" aria-busy=move || saving.get().then_some("true") on:click=move |_| console.send(Msg::Save)>
                        {move || saving.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
                        {move || if new.get() { "Set up" } else { "Save" }}
                    </button>
                </span>
            </div>
        </div>
    }
}
