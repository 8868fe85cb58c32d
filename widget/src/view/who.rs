//! The choice of a person or a skill: each with what it can do now.

use super::form::first_name;
use super::part::{dot, error, error_id, invalid};
use crate::browser::Panel;
use crate::model::{Field, Model, Msg, Who};
use crate::word;
use leptos::prelude::*;
use shared::SkillId;
use shared::presence::{Availability, SkillView};

/// One choice.
#[derive(Clone, PartialEq)]
struct Row {
    who: Who,
    value: String,
    name: String,
    more: Option<String>,
}

pub(super) fn who(panel: Panel) -> impl IntoView {
    let rows = Memo::new(move |_| panel.read(rows));
    view! {
        <fieldset
            id=Field::Who.id()
            tabindex="-1"
            hidden=move || panel.read(|model| !model.choice_offered())
            aria-describedby=error_id(Field::Who)
            aria-invalid=invalid(panel, Field::Who)
        >
            <legend>{word::WHO}</legend>
            <div class="list">{move || rows.get().into_iter().map(|it| row(panel, it)).collect_view()}</div>
            {error(panel, Field::Who)}
        </fieldset>
    }
}

fn row(panel: Panel, row: Row) -> impl IntoView {
    let Row { who, value, name, more } = row;
    let state = {
        let who = who.clone();
        move || panel.read(|model| state(model, &who))
    };
    let availability = {
        let state = state.clone();
        move || state().map(|(availability, _)| availability)
    };
    let checked = {
        let who = who.clone();
        move || panel.read(|model| model.form.who.as_ref() == Some(&who))
    };
    view! {
        <label class="list-row">
            <input type="radio" name="who" value=value prop:checked=checked on:change=move |_| panel.send(Msg::Pick(who.clone())) />
            <span class="grow"><b>{name}</b>{more.map(|more| view! { <small class="muted">{more}</small> })}</span>
            <span class="presence">{dot(availability)}{move || state().map(|(_, words)| words)}</span>
        </label>
    }
}

/// The page's expert first, then the skills in the business's order, then anybody.
fn rows(model: &Model) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(expert) = model.expert() {
        rows.push(Row {
            who: Who::Expert(expert.id.clone()),
            value: format!("expert:{}", expert.id),
            name: expert.name.clone(),
            more: Some(word::expert_more(first_name(&expert.name))),
        });
    }
    let Some(site) = &model.site else { return rows };
    for skill in &site.skills {
        let Ok(id) = SkillId::parse(&skill.id) else { continue };
        rows.push(Row { who: Who::Skill(id), value: format!("skill:{}", skill.id), name: skill.name.clone(), more: None });
    }
    rows.push(Row { who: Who::Anyone, value: "anyone".into(), name: word::ANYONE.into(), more: None });
    rows
}

fn state(model: &Model, who: &Who) -> Option<(Availability, String)> {
    let of = |skill: &SkillView| (skill.availability, word::skill_presence(skill.availability, skill.wait));
    match who {
        Who::Expert(_) => model.expert().map(|it| (it.availability, word::presence(it.availability).to_owned())),
        Who::Skill(skill) => model.skill(skill.as_str()).map(of),
        Who::Anyone => model.site.as_ref().map(|site| of(&site.anyone)),
    }
}
