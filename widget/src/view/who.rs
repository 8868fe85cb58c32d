//! The choice of a person or a skill: each with what it can do now.

use super::element::El;
use super::form::first_name;
use super::part::{dot, error, error_id, invalid, radio};
use crate::browser::Panel;
use crate::model::{Field, Model, Msg, Who};
use crate::word;
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

pub(super) fn who(panel: Panel) -> El {
    let list = panel
        .el("div")
        .class("list")
        .region(rows, |panel, rows| rows.iter().map(|it| row(panel, it)).collect());
    panel
        .el("fieldset")
        .id(Field::Who.id())
        .attr("tabindex", "-1")
        .attr("role", "radiogroup")
        .attr("aria-describedby", &error_id(Field::Who))
        .attr_of("aria-invalid", invalid(Field::Who))
        .hidden_if(|model| !model.choice_offered())
        .inside(&[panel.el("legend").text(word::WHO), list, error(panel, Field::Who)])
}

fn row(panel: Panel, row: &Row) -> El {
    let name = panel
        .el("span")
        .class("grow")
        .inside(&[panel.el("b").text(&row.name)]);
    let name = match &row.more {
        Some(more) => name.inside(&[panel.el("small").class("muted").text(more)]),
        None => name,
    };
    let (chosen, checked, in_dot, in_words) =
        (row.who.clone(), row.who.clone(), row.who.clone(), row.who.clone());
    let presence = panel.el("span").class("presence").inside(&[
        dot(panel, move |model| {
            state(model, &in_dot).map(|(availability, _)| availability)
        }),
        panel
            .el("span")
            .text_of(move |model| state(model, &in_words).map(|(_, words)| words)),
    ]);
    let radio = radio(panel, "who", &row.value)
        .checked_if(move |model| model.form.who.as_ref() == Some(&checked))
        .on("change", move |_| Msg::Pick(chosen.clone()));
    panel
        .el("label")
        .class("list-row")
        .inside(&[radio, name, presence])
}

/// The page's expert first, then the skills offered, then anybody.
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
    if model.site.is_none() {
        return rows;
    }
    for skill in model.offered() {
        let Ok(id) = SkillId::parse(&skill.id) else {
            continue;
        };
        rows.push(Row {
            who: Who::Skill(id),
            value: format!("skill:{}", skill.id),
            name: skill.name.clone(),
            more: None,
        });
    }
    rows.push(Row {
        who: Who::Anyone,
        value: "anyone".into(),
        name: word::ANYONE.into(),
        more: None,
    });
    rows
}

fn state(model: &Model, who: &Who) -> Option<(Availability, String)> {
    let of = |skill: &SkillView| {
        (
            skill.availability,
            word::skill_presence(skill.availability, skill.wait),
        )
    };
    match who {
        Who::Expert(_) => model
            .expert()
            .map(|it| (it.availability, word::presence(it.availability).to_owned())),
        Who::Skill(skill) => model.skill(skill.as_str()).map(of),
        Who::Anyone => model.site.as_ref().map(|site| of(&site.anyone)),
    }
}
