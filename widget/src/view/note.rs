//! The note. Typing beyond the limit is allowed, so that nothing pasted is cut without a word.

use super::Panel;
use super::element::El;
use super::part::{error, error_id, invalid, typed};
use crate::model::{Field, Model, Msg};
use crate::word;
use shared::limit::MAX_NOTE_CHARS;

/// From how many characters left the counter is shown.
const NEAR: i64 = 100;

pub(super) fn note(panel: Panel) -> El {
    let field = Field::Note;
    let text = panel
        .el("textarea")
        .id(field.id())
        .attr("name", "note")
        .attr("rows", "2")
        .attr_say("placeholder", &word::NOTE_HINT)
        .attr("aria-describedby", &format!("{} note-left", error_id(field)))
        .attr_of("aria-invalid", invalid(field))
        .value_of(|model| Some(model.form.note.clone()))
        .on("input", |event| Msg::Note(typed(&event)));
    let counter = panel
        .el("p")
        .id("note-left")
        .attr_of("class", |model| {
            Some(if left(model) < 0 { "num error" } else { "num hint" }.to_owned())
        })
        .hidden_if(|model| left(model) > NEAR)
        .say_of(|model| Some(word::note_left(left(model))));
    panel.el("div").class("field").inside(&[
        panel.el("label").attr("for", field.id()).say(&word::NOTE),
        text,
        counter,
        error(panel, field),
    ])
}

fn left(model: &Model) -> i64 {
    let typed = model.form.note.chars().count();
    i64::try_from(MAX_NOTE_CHARS).unwrap_or(0) - i64::try_from(typed).unwrap_or(i64::MAX)
}
