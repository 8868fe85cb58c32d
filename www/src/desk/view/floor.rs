//! The floor: everybody's state, the lines, and who waits in them. For supervisors.

use super::keys::Keys;
use super::notices::Notices;
use super::people::rank;
use crate::desk::model::Msg;
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::call::RequestState;
use shared::desk::AgentView;
use shared::floor::{InLine, Queue};
use shared::handover::Target;
use shared::{AgentId, SkillId};

/// The whole page.
#[component]
pub(super) fn Floor() -> impl IntoView {
    view! {
        <main id="floor" class="floor page stack">
            <Keys />
            <Notices />
            <Queues />
            <Requests />
            <Agents />
        </main>
    }
}

#[component]
fn Queues() -> impl IntoView {
    let desk = desk();
    let queues = desk.part(|model| {
        let floor = model.view.as_ref().and_then(|view| view.floor.as_ref());
        floor.map(|floor| floor.queues.clone()).unwrap_or_default()
    });
    view! {
        <section class="stack panel" aria-labelledby="floor-queues-title">
            <h2 id="floor-queues-title">"Lines"</h2>
            <div class="wide" tabindex="0" role="region" aria-label="The lines">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"Skill"</th>
                            <th scope="col">"Waiting"</th>
                            <th scope="col">"Longest wait"</th>
                            <th scope="col">"Announced now"</th>
                            <th scope="col">"Last hour: announced / came true"</th>
                        </tr>
                    </thead>
                    <tbody id="floor-queues">
                        {move || queues.get().into_iter().map(|queue| queue_row(desk, queue)).collect_view()}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn queue_row(desk: Desk, queue: Queue) -> impl IntoView {
    let oldest = queue.oldest;
    let longest = desk.part(move |model| {
        oldest.map_or_else(
            || "–".into(),
            |since| when::clock(model.edge_now().seconds_since(since)),
        )
    });
    let now = queue.wait.map_or_else(
        || "–".into(),
        |wait| {
            format!(
                "{} to {}",
                when::span(wait.low_s.into()),
                when::span(wait.high_s.into())
            )
        },
    );
    let past = match (queue.predicted_s, queue.actual_s) {
        (Some(predicted), Some(actual)) => format!("{} / {}", when::clock(predicted), when::clock(actual)),
        _ => "–".into(),
    };
    view! {
        <tr data-skill=queue.skill.to_string() data-waiting=queue.waiting>
            <th scope="row">{queue.name}</th>
            <td class="num">{queue.waiting}</td>
            <td class="num longest">{longest}</td>
            <td class="num">{now}</td>
            <td class="num">{past}</td>
        </tr>
    }
}

#[component]
fn Requests() -> impl IntoView {
    let desk = desk();
    let requests = desk.part(|model| {
        let floor = model.view.as_ref().and_then(|view| view.floor.as_ref());
        floor.map(|floor| floor.requests.clone()).unwrap_or_default()
    });
    let more = desk.part(|model| {
        let floor = model.view.as_ref().and_then(|view| view.floor.as_ref());
        floor.map_or(0, |floor| floor.more)
    });
    view! {
        <section class="stack panel" aria-labelledby="floor-requests-title">
            <h2 id="floor-requests-title">"Who waits"</h2>
            <Show
                when=move || !requests.with(Vec::is_empty)
                fallback=|| view! { <p id="nobody-waits" class="empty small card">"Nobody waits."</p> }
            >
                <ul id="floor-requests" class="list">
                    <For each=move || requests.get() key=|request| (request.id.clone(), request.state) let:request>
                        {request_row(desk, request)}
                    </For>
                </ul>
            </Show>
            <p class="small muted">
                {move || Some(more.get()).filter(|more| *more > 0).map(|more| format!("{more} more."))}
            </p>
        </section>
    }
}

fn request_row(desk: Desk, request: InLine) -> impl IntoView {
    let id = request.id.clone();
    // The row stays while its request waits; what is said of it follows the view.
    let now = desk.part(move |model| {
        let floor = model.view.as_ref().and_then(|view| view.floor.as_ref());
        let found = floor.and_then(|floor| floor.requests.iter().find(|request| request.id == id));
        found.map(|request| (request.clone(), model.edge_now()))
    });
    let about = move || {
        let (request, now) = now.get()?;
        let waits = when::clock(now.seconds_since(request.queued_at));
        Some(match (request.state, request.due, request.told_until) {
            (RequestState::CustomerOnHold, ..) => format!("on the line, waits for {waits}"),
            (_, Some(due), _) => format!("to be called {}", when::here(due, Say::Day)),
            (_, None, Some(until)) => {
                let left = until.seconds_since(now);
                let late = if left < 0 {
                    "should have been called "
                } else {
                    "told: at the latest in "
                };
                let ago = if left < 0 { " ago" } else { "" };
                format!("waits for {waits} · {late}{}{ago}", when::span(left.abs()))
            }
            _ => format!("waits for {waits}"),
        })
    };
    let whom = move || {
        now.get()
            .and_then(|(request, _)| request.expert_name)
            .map(|name| format!(" · for {name}"))
    };
    let skill = move || {
        let skill = now.get().and_then(|(request, _)| request.skill_name);
        skill.unwrap_or_else(|| "Anything".into())
    };
    let (take, give) = (request.id.clone(), request.id.clone());
    view! {
        <li class="list-row" data-request=request.id.to_string() data-state=request.state.as_str()>
            <span class="grow">
                <span class="name">{skill}</span>
                <span class="small muted num"><bdi>{request.phone}</bdi> " · " {about} {whom}</span>
            </span>
            <select
                class="give"
                data-reassign
                aria-label="Give to"
                on:change=move |event| {
                    let chosen = event_target_value(&event);
                    // The edge may refuse: nothing is chosen until the request is gone.
                    event_target::<web_sys::HtmlInputElement>(&event).set_value("");
                    if let Some(to) = target(&chosen) {
                        desk.send(Msg::Reassign(give.clone(), to));
                    }
                }
            >
                <option value="">"Give to…"</option>
                {choices(desk)}
            </select>
            <button class="button small" data-take on:click=move |_| desk.send(Msg::Take(take.clone()))>
                "Take over"
            </button>
        </li>
    }
}

fn choices(desk: Desk) -> impl IntoView {
    let skills = desk.part(|model| {
        let lines = model.view.iter().flat_map(|view| &view.lines);
        lines
            .map(|line| (format!("skill:{}", line.id), line.name.clone()))
            .collect::<Vec<_>>()
    });
    let people = desk.part(|model| {
        let people = model.view.iter().flat_map(|view| &view.colleagues);
        people
            .map(|who| (format!("agent:{}", who.id), who.name.clone()))
            .collect::<Vec<_>>()
    });
    let options = |list: Vec<(String, String)>| {
        let option = |(value, name)| view! { <option value=value>{name}</option> };
        list.into_iter().map(option).collect_view()
    };
    view! {
        <optgroup label="Skills">{move || options(skills.get())}</optgroup>
        <optgroup label="People">{move || options(people.get())}</optgroup>
    }
}

fn target(value: &str) -> Option<Target> {
    match value.split_once(':')? {
        ("skill", id) => SkillId::parse(id).ok().map(Target::Skill),
        (_, id) => AgentId::parse(id).ok().map(Target::Agent),
    }
}

#[component]
fn Agents() -> impl IntoView {
    let agents = desk().part(|model| {
        let view = model.view.iter();
        let mut agents: Vec<AgentView> = view
            .flat_map(|view| view.colleagues.iter().chain([&view.me]))
            .cloned()
            .collect();
        agents.sort_by_key(|who| (rank(who.state), who.name.clone()));
        agents
    });
    view! {
        <section class="stack panel" aria-labelledby="floor-agents-title">
            <h2 id="floor-agents-title">"Agents"</h2>
            <ul id="floor-agents" class="list">
                <For
                    each=move || agents.get()
                    key=|who| (who.id.clone(), who.state, who.since, who.next, who.line)
                    let:who
                >
                    {agent_row(who)}
                </For>
            </ul>
        </section>
    }
}

fn agent_row(who: AgentView) -> impl IntoView {
    let since = who.since;
    let ago = desk().part(move |model| when::span(model.edge_now().seconds_since(since)));
    let next = (who.next == Some(shared::desk::AgentState::Away)).then_some("away after this call");
    let (dot, words) = (word::dot_for(&who), word::presence_for(&who));
    let skills: Vec<String> = who.skills.iter().map(ToString::to_string).collect();
    view! {
        <li
            class="list-row"
            data-agent=who.id.to_string()
            data-state=who.state.as_str()
            data-pause=who.pause.as_ref().map(|pause| pause.id.to_string())
        >
            <span class="grow">
                <span class="name">{who.name}</span>
                <span class="small muted">{skills.join(", ")} {next.map(|next| format!(" · {next}"))}</span>
            </span>
            <span class="badge" data-state=dot>
                {words}
            </span>
            <span class="small muted num since">{ago}</span>
        </li>
    }
}
