//! The lines, and who else is here.

use crate::desk::shell::desk;
use crate::desk::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::desk::{AgentState, AgentView};
use shared::presence::{Offer, SkillView};

/// Each skill's line.
#[component]
pub(super) fn Lines() -> impl IntoView {
    let desk = desk();
    let lines = desk.part(|model| {
        model
            .view
            .as_ref()
            .map(|view| view.lines.clone())
            .unwrap_or_default()
    });
    let mine = desk.part(|model| {
        model
            .view
            .as_ref()
            .map(|view| view.me.skills.clone())
            .unwrap_or_default()
    });
    let scheduled = desk.part(|model| model.view.as_ref().map_or(0, |view| view.scheduled));
    view! {
        <section class="stack panel" aria-labelledby="lines-title">
            <h2 id="lines-title">"Lines"</h2>
            <ul id="lines" class="list">
                {move || {
                    let mine = mine.get();
                    lines
                        .get()
                        .into_iter()
                        .map(|line| {
                            let is_mine = mine.iter().any(|skill| skill.as_str() == line.id);
                            row(line, is_mine)
                        })
                        .collect_view()
                }}
            </ul>
            <p class="small muted" id="scheduled-line">
                {move || match scheduled.get() {
                    0 => "No call promised for later.".to_owned(),
                    1 => "1 call promised for later.".to_owned(),
                    count => format!("{count} calls promised for later."),
                }}
            </p>
        </section>
    }
}

fn row(line: SkillView, mine: bool) -> impl IntoView {
    let waiting = (line.waiting > 0).then(|| {
        view! { <span class="badge num" data-tone="warn">{word::waiting(line.waiting)}</span> }
    });
    // What is not open helps nobody now, whoever is signed in.
    let now = match (line.opens_at, line.offer) {
        (Some(at), _) => word::opens(&when::here(at, Say::Week)),
        (None, Offer::Closed) => word::NOTHING_OFFERED.into(),
        (None, _) => word::free(line.free),
    };
    view! {
        <li
            class="list-row"
            data-skill=line.id
            data-waiting=line.waiting
            data-free=line.free
            data-offer=line.offer.as_str()
        >
            <span class="dot" data-state=line.availability.as_str() aria-hidden="true"></span>
            <span class="grow">
                <span class="name">{line.name}</span>
                <span class="small muted num">{now} {mine.then_some(" · yours")}</span>
            </span>
            {waiting}
        </li>
    }
}

/// Everybody else: those who can help first, those who are not here as a number.
#[component]
pub(super) fn Colleagues() -> impl IntoView {
    let desk = desk();
    let here = desk.part(|model| {
        let mut here: Vec<AgentView> = model
            .view
            .iter()
            .flat_map(|view| &view.colleagues)
            .filter(|who| who.state != AgentState::Offline)
            .cloned()
            .collect();
        here.sort_by_key(|who| (rank(who.state), who.name.clone()));
        here
    });
    let offline = desk.part(|model| {
        let gone = |who: &&AgentView| who.state == AgentState::Offline;
        model
            .view
            .as_ref()
            .map_or(0, |view| view.colleagues.iter().filter(gone).count())
    });
    view! {
        <section class="stack panel" aria-labelledby="colleagues-title">
            <h2 id="colleagues-title">"Colleagues"</h2>
            <Show when=move || !here.with(Vec::is_empty)>
                <ul id="colleagues" class="list">
                    <For each=move || here.get() key=|who| (who.id.clone(), who.state, who.since, who.line) let:who>
                        <Colleague who />
                    </For>
                </ul>
            </Show>
            <p class="small muted">
                {move || match (here.with(Vec::is_empty), offline.get()) {
                    (true, 0) => "You work alone here.".to_owned(),
                    (true, _) => "Nobody else is here now.".to_owned(),
                    (false, 0) => String::new(),
                    (false, count) => format!("{count} more not signed in."),
                }}
            </p>
        </section>
    }
}

/// Who can help comes first.
pub(super) const fn rank(state: AgentState) -> u8 {
    match state {
        AgentState::Available => 0,
        AgentState::Reserved | AgentState::Ringing | AgentState::Talking | AgentState::WrapUp => 1,
        AgentState::Away => 2,
        AgentState::Offline => 3,
    }
}

#[component]
fn Colleague(who: AgentView) -> impl IntoView {
    let since = who.since;
    let (dot, words) = (word::dot_for(&who), word::presence_for(&who));
    let ago = desk().part(move |model| when::span(model.edge_now().seconds_since(since)));
    view! {
        <li
            class="list-row"
            data-agent=who.id.to_string()
            data-state=who.state.as_str()
            data-pause=who.pause.as_ref().map(|pause| pause.id.to_string())
        >
            <span class="grow name">{who.name}</span>
            <span class="badge" data-state=dot>
                {words}
            </span>
            <span class="small muted num since">{ago}</span>
        </li>
    }
}
