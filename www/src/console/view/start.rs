//! From nothing to the first call: what is done, what is next; and today in numbers.

use crate::console::model::{Model, Msg, Section};
use crate::console::shell::{console, origin};
use crate::console::word;
use crate::when::{self, Say};
use leptos::prelude::*;

#[component]
pub(super) fn Start() -> impl IntoView {
    let console = console();
    let tag = console.part(|model| model.tag_to_paste(&origin()));
    let people = console.part(|model| model.count("agents") > 0);
    let origins = console.part(|model| model.count("origins") > 0);
    let desk = console.part(|model| {
        let site = model.site.as_ref().map(ToString::to_string);
        format!("/desk/?site={}", site.unwrap_or_default())
    });
    let seen = console.part(|model| {
        model
            .seen
            .as_ref()
            .is_some_and(|seen| seen.iter().any(|it| it.allowed))
    });
    let talked = console.part(|model| matches!(&model.report, Some(Ok(report)) if report.total.talked > 0));
    let open = move |section| move |_| console.send(Msg::Open(section));
    view! {
        <ol class="steps card" id="steps">
            <Step done=people id="step-people" title="Somebody to answer">
                <p>"Add yourself and whoever helps, with a telephone each."</p>
                <button class="button small" on:click=open(Section::People)>"People"</button>
            </Step>
            <Step done=origins id="step-origins" title="Your pages may show the button">
                <p>"Name the origins of your pages, for example https://shop.example."</p>
                <button class="button small" on:click=open(Section::Business)>"Business & hours"</button>
            </Step>
            <Step done=seen id="step-tag" title="The script tag is on your pages">
                <p>"Paste this into your pages, anywhere:"</p>
                <pre class="tag"><code id="tag">{tag}</code></pre>
                <button id="copy-tag" class="button small" on:click=move |_| console.send(Msg::Copy(tag.get()))>"Copy"</button>
                <Sightings />
            </Step>
            <Step done=talked id="step-call" title="The first call">
                <p>"Sign in at the desk, become available, and ask for a call on your page."</p>
                <a class="button small" href=desk>"Agent desk"</a>
            </Step>
        </ol>
        <Today />
    }
}

#[component]
fn Step(done: Memo<bool>, id: &'static str, title: &'static str, children: Children) -> impl IntoView {
    view! {
        <li id=id class="step" data-done=move || done.get().to_string()>
            <div class="stack">
                <h2>{title} <span class="badge" data-tone=move || if done.get() { "ok" } else { "accent" }>{move || if done.get() { "done" } else { "to do" }}</span></h2>
                {children()}
            </div>
        </li>
    }
}

/// Where the tag was seen, live.
#[component]
fn Sightings() -> impl IntoView {
    let seen = console().part(|model| model.seen.clone());
    view! {
        <div id="seen" aria-live="polite">
            {move || match seen.get() {
                None => ().into_any(),
                Some(seen) if seen.is_empty() => view! {
                    <p class="row muted small"><span class="spinner" aria-hidden="true"></span>"Not seen yet. Open one of your pages, and this changes within seconds."</p>
                }.into_any(),
                Some(seen) => view! {
                    <ul class="list">
                        {seen.into_iter().map(|it| view! {
                            <li class="list-row" data-origin=it.origin.clone() data-allowed=it.allowed.to_string()>
                                <span class="grow"><bdi>{it.origin.clone()}</bdi></span>
                                <span class="small muted">{when::here(it.last_at, Say::Day)}</span>
                                {if it.allowed {
                                    view! { <span class="badge" data-tone="ok">"seen"</span> }.into_any()
                                } else {
                                    view! { <span class="badge" data-tone="warn">"not among your origins"</span> }.into_any()
                                }}
                            </li>
                        }).collect_view()}
                    </ul>
                }.into_any(),
            }}
        </div>
    }
}

/// The last 24 hours.
#[component]
fn Today() -> impl IntoView {
    let total = console().part(|model: &Model| match &model.report {
        Some(Ok(report)) => Some(report.total.clone()),
        _ => None,
    });
    view! {
        <section class="stack" aria-labelledby="today-title">
            <h2 id="today-title">"The last 24 hours"</h2>
            <dl class="figures">
                {move || {
                    let total = total.get().unwrap_or_default();
                    [
                        ("Requests", total.asked.to_string()),
                        ("Talks", total.talked.to_string()),
                        ("Mean wait", word::wait(total.wait_s)),
                        ("Given up", word::percent(total.abandoned, total.asked)),
                    ].map(|(name, value)| view! {
                        <div class="card"><dt>{name}</dt><dd class="num">{value}</dd></div>
                    }).collect_view()
                }}
            </dl>
        </section>
    }
}
