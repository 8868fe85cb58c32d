//! The note. Typing beyond the limit is allowed, so that nothing pasted is cut without a word.

use super::part::{error, error_id, invalid};
use crate::browser::Panel;
use crate::model::{Field, Msg};
use crate::word;
use leptos::prelude::*;
use shared::limit::MAX_NOTE_CHARS;

/// From how many characters left the counter is shown.
const NEAR: i64 = 100;

pub(super) fn note(panel: Panel) -> impl IntoView {
    let left = move || {
        let typed = panel.read(|model| model.form.note.chars().count());
        i64::try_from(MAX_NOTE_CHARS).unwrap_or(0) - i64::try_from(typed).unwrap_or(i64::MAX)
    };
    view! {
        <div class="field">
            <label for=Field::Note.id()>{word::NOTE}" "<span class="muted">"("{word::OPTIONAL}")"</span></label>
            <textarea
                id=Field::Note.id()
                name="note"
                rows="2"
                placeholder=word::NOTE_HINT
                aria-describedby=format!("{} note-left", error_id(Field::Note))
                aria-invalid=invalid(panel, Field::Note)
                prop:value=move || panel.read(|model| model.form.note.clone())
                on:input=move |event| panel.send(Msg::Note(event_target_value(&event)))
            ></textarea>
            <p class="hint num" id="note-left" class:error=move || { left() < 0 } hidden=move || { left() > NEAR }>
                {move || word::note_left(left())}
            </p>
            {error(panel, Field::Note)}
        </div>
    }
}
