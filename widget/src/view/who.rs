//! The choice of a person or a skill: each with what it can do now.

use super::Panel;
use super::element::El;
use super::form::first_name;
use super::part::{dot, error, error_id, invalid, radio};
use crate::model::{Field, Model, Msg, Who};
use crate::word::{self, Say};
use shared::presence::{Availability, Offer, WaitRange};
use shared::{Millis, SkillId};

/// One choice.
#[derive(Clone, PartialEq)]
struct Row {
    who: Who,
    value: String,
    name: Say,
}

/// What a choice can do now.
struct State {
    availability: Availability,
    offer: Offer,
    wait: Option<WaitRange>,
    opens_at: Option<Millis>,
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
        .inside(&[panel.el("legend").say(&word::WHO), list, error(panel, Field::Who)])
}

fn row(panel: Panel, row: &Row) -> El {
    let who = || row.who.clone();
    let name = panel
        .el("span")
        .class("grow")
        .inside(&[panel.el("b").say(&row.name)]);
    let name = match &row.who {
        Who::Expert(_) => name.inside(&[panel.el("small").class("muted").say_of(expert_more)]),
        Who::Skill(_) | Who::Anyone | Who::Direct(_) => name,
    };
    let (in_dot, in_words, in_row) = (who(), who(), who());
    let presence = panel.el("span").class("presence").inside(&[
        dot(panel, move |model| {
            state(model, &in_dot).map(|state| state.availability)
        }),
        panel.el("span").say_of(move |model| {
            let state = state(model, &in_words)?;
            if state.offer == Offer::Wait && matches!(in_words, Who::Expert(_)) {
                return Some(word::IN_A_CALL.clone()); // The wait stands below the name.
            }
            let opens = state
                .opens_at
                .map(|at| panel.writer().when(model.server_now(), at));
            Some(word::offered(state.offer, state.wait, opens))
        }),
    ]);
    let (checked, chosen) = (who(), who());
    let radio = radio(panel, "who", &row.value)
        .checked_if(move |model| model.form.who.as_ref() == Some(&checked))
        .on("change", move |_| Msg::Pick(chosen.clone()));
    panel
        .el("label")
        .class("list-row")
        .attr_of("data-offer", move |model| {
            state(model, &in_row).map(|state| state.offer.as_str().to_owned())
        })
        .inside(&[radio, name, presence])
}

/// What choosing the page's expert means: while the expert is busy, the own wait beside everybody's.
fn expert_more(model: &Model) -> Option<Say> {
    let expert = model.expert()?;
    let name = first_name(&expert.name);
    let others = model.colleagues_of(expert)?;
    Some(if expert.offer == Offer::Wait {
        word::expert_wait(name, expert.wait, others.wait)
    } else {
        word::expert_more(name)
    })
}

/// The page's expert first, then the skills offered, then anybody.
fn rows(model: &Model) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(expert) = model.expert() {
        rows.push(Row {
            who: Who::Expert(expert.id.clone()),
            value: format!("expert:{}", expert.id),
            name: Say::verbatim(expert.name.clone()),
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
            name: Say::verbatim(skill.name.clone()),
        });
    }
    rows.push(Row {
        who: Who::Anyone,
        value: "anyone".into(),
        name: word::ANYONE.clone(),
    });
    rows
}

fn state(model: &Model, who: &Who) -> Option<State> {
    if let Who::Expert(_) = who {
        let it = model.expert()?;
        return Some(State {
            availability: it.availability,
            offer: it.offer,
            wait: it.wait,
            opens_at: it.opens_at,
        });
    }
    let it = match who {
        Who::Skill(skill) => model.skill(skill.as_str())?,
        Who::Expert(_) | Who::Anyone | Who::Direct(_) => &model.site.as_ref()?.anyone,
    };
    Some(State {
        availability: it.availability,
        offer: it.offer,
        wait: it.wait,
        opens_at: it.opens_at,
    })
}
