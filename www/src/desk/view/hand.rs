//! What an agent can do with a call instead of talking on: hand it on, give it back, refuse it.

use crate::desk::model::{Action, Hand, Msg, may};
use crate::desk::shell::{Desk, desk};
use crate::desk::word;
use leptos::prelude::*;
use shared::desk::{AgentState, AgentView};
use shared::handover::{RefusalReason, Target};
use shared::presence::SkillView;

/// The buttons beside "Hang up".
#[component]
pub(super) fn HandButtons() -> impl IntoView {
    let desk = desk();
    let on = desk.part(|model| may(model, Hand::On));
    let refuse = desk.part(|model| may(model, Hand::Refuse));
    let open = desk.part(|model| model.hand.as_ref().map(|form| form.hand));
    let giving = desk.part(|model| model.pending == Some(Action::Requeue));
    let expanded = move |hand: Hand| if open.get() == Some(hand) { "true" } else { "false" };
    view! {
        <Show when=move || refuse.get()>
            <button
                id="refuse"
                class="button"
                aria-expanded=move || expanded(Hand::Refuse)
                aria-keyshortcuts="R"
                on:click=move |_| desk.send(Msg::Hand(Hand::Refuse))
            >
                "Refuse…"
            </button>
        </Show>
        <Show when=move || on.get()>
            <button
                id="requeue"
                class="button"
                aria-busy=move || giving.get().then_some("true")
                title="The next one takes it; it costs the customer neither place nor attempt"
                on:click=move |_| desk.send(Msg::Requeue)
            >
                "Give back"
            </button>
            <button
                id="hand-on"
                class="button"
                aria-expanded=move || expanded(Hand::On)
                aria-keyshortcuts="T"
                on:click=move |_| desk.send(Msg::Hand(Hand::On))
            >
                "Hand on…"
            </button>
        </Show>
    }
}

/// The form that is open, if one is.
#[component]
pub(super) fn HandForm() -> impl IntoView {
    let desk = desk();
    let open = desk.part(|model| model.hand.as_ref().map(|form| form.hand));
    let error = desk.part(|model| model.hand.as_ref().and_then(|form| form.error.clone()));
    let busy = desk.part(|model| {
        matches!(
            model.pending,
            Some(Action::Transfer | Action::Refuse | Action::Never)
        )
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.send(Msg::HandGo);
    };
    let form = move |hand: Hand| {
        let (title, go) = match hand {
            Hand::On => ("Hand the call on", "Hand on"),
            Hand::Refuse => ("Why don't you take it?", "Refuse the call"),
            Hand::Never => ("Does the customer want no calls any more?", "Never call again"),
        };
        let tone = if hand == Hand::Never {
            "button danger"
        } else {
            "button primary"
        };
        view! {
            <form id="hand-form" class="card stack hand" on:submit=submit novalidate aria-labelledby="hand-title">
                <h2 id="hand-title">{title}</h2>
                {match hand {
                    Hand::On => view! { <Targets /> }.into_any(),
                    Hand::Refuse => view! { <Reasons /> }.into_any(),
                    Hand::Never => {
                        view! {
                            <p>
                                "Nobody is called at this number again, whoever asks for it. Only those who run the business can take that back."
                            </p>
                        }
                            .into_any()
                    }
                }}
                {(hand != Hand::Never).then(|| view! { <Text hand /> })}
                <p id="hand-error" class="error" role="alert">{error}</p>
                <div class="row">
                    <button id="hand-go" class=tone aria-busy=move || busy.get().then_some("true")>
                        {go}
                    </button>
                    <button id="hand-cancel" type="button" class="button" on:click=move |_| desk.send(Msg::Hand(hand))>
                        "Cancel"
                    </button>
                    <span class="hint">
                        {match hand {
                            Hand::On => "The customer stays on the line and hears music until somebody is there.",
                            Hand::Refuse => "The next one is tried.",
                            Hand::Never => "This call goes on.",
                        }}
                    </span>
                </div>
            </form>
        }
    };
    move || open.get().map(form)
}

#[component]
fn Targets() -> impl IntoView {
    let desk = desk();
    let people = desk.part(|model| {
        let at_work = |who: &&AgentView| !matches!(who.state, AgentState::Offline | AgentState::Away);
        let mut people: Vec<AgentView> = model
            .view
            .iter()
            .flat_map(|view| &view.colleagues)
            .filter(at_work)
            .cloned()
            .collect();
        people.sort_by_key(|who| (who.state != AgentState::Available, who.name.clone()));
        people
    });
    let lines = desk.part(|model| {
        model
            .view
            .as_ref()
            .map(|view| view.lines.clone())
            .unwrap_or_default()
    });
    view! {
        <fieldset class="field">
            <legend>"To a colleague"</legend>
            <Show
                when=move || !people.with(Vec::is_empty)
                fallback=|| view! { <p class="hint" id="no-colleagues">"Nobody else is at work now."</p> }
            >
                <ul class="list targets">
                    {move || people.get().into_iter().map(|who| person(desk, who)).collect_view()}
                </ul>
            </Show>
        </fieldset>
        <fieldset class="field">
            <legend>"To whoever can help with"</legend>
            <ul class="list targets">
                {move || lines.get().into_iter().filter_map(|line| skill(desk, line)).collect_view()}
            </ul>
        </fieldset>
    }
}

fn person(desk: Desk, who: AgentView) -> impl IntoView {
    let target = Target::Agent(who.id.clone());
    let (dot, words) = (word::dot_for(&who), word::presence_for(&who));
    row(desk, target, format!("to-agent-{}", who.id), who.name, dot, words)
}

fn skill(desk: Desk, line: SkillView) -> Option<impl IntoView> {
    let target = Target::Skill(shared::SkillId::parse(&line.id).ok()?);
    let state = match (line.waiting, line.free) {
        (0, free) => word::free(free),
        (waiting, _) => word::waiting(waiting),
    };
    let id = format!("to-skill-{}", line.id);
    Some(row(
        desk,
        target,
        id,
        line.name,
        line.availability.as_str(),
        state,
    ))
}

fn row(
    desk: Desk,
    target: Target,
    id: String,
    name: String,
    dot: &'static str,
    state: String,
) -> impl IntoView {
    let own = target.clone();
    let chosen = desk.part(move |model| {
        model
            .hand
            .as_ref()
            .is_some_and(|form| form.to.as_ref() == Some(&own))
    });
    view! {
        <li>
            <label class="list-row">
                <input
                    type="radio"
                    name="hand-to"
                    id=id
                    prop:checked=chosen
                    on:change=move |_| desk.send(Msg::HandTo(target.clone()))
                />
                <span class="grow name">{name}</span>
                <span class="badge" data-state=dot>{state}</span>
            </label>
        </li>
    }
}

#[component]
fn Reasons() -> impl IntoView {
    let desk = desk();
    let reason = move |reason: RefusalReason| {
        let chosen = desk.part(move |model| {
            let form = model.hand.as_ref();
            form.is_some_and(|form| form.reason == Some(reason))
        });
        view! {
            <label>
                <input
                    type="radio"
                    name="refuse-reason"
                    id=format!("refuse-{reason}")
                    prop:checked=chosen
                    on:change=move |_| desk.send(Msg::HandReason(reason))
                />
                <span>{word::refusal(reason)}</span>
            </label>
        }
    };
    let chosen = desk.part(|model| model.hand.as_ref().and_then(|form| form.reason));
    view! {
        <fieldset class="field">
            <legend class="sr-only">"Reason"</legend>
            <div class="segmented">{RefusalReason::ALL.iter().map(|&each| reason(each)).collect_view()}</div>
        </fieldset>
        <p class="hint">{move || chosen.get().map(word::after_refusal)}</p>
    }
}

#[component]
fn Text(hand: Hand) -> impl IntoView {
    let desk = desk();
    let text = desk.part(|model| {
        model
            .hand
            .as_ref()
            .map(|form| form.text.clone())
            .unwrap_or_default()
    });
    let label = match hand {
        Hand::On => "What they should know",
        Hand::Refuse | Hand::Never => "In your words",
    };
    view! {
        <div class="field">
            <label for="hand-text">{label}</label>
            <textarea
                id="hand-text"
                rows="2"
                dir="auto"
                prop:value=text
                on:input=move |event| desk.send(Msg::HandText(event_target_value(&event)))
                aria-describedby="hand-error"
            ></textarea>
        </div>
    }
}
