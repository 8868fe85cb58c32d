//! The agreement, in the business's words.

use super::part::{error, error_id, invalid};
use crate::browser::Panel;
use crate::model::{Field, Msg};
use leptos::prelude::*;

pub(super) fn consent(panel: Panel) -> impl IntoView {
    let words = move || panel.read(|model| model.site.as_ref().map(|site| site.consent.clone()));
    view! {
        <div>
            <label class="choice">
                <input
                    type="checkbox"
                    id=Field::Consent.id()
                    name="consent"
                    required
                    aria-describedby=error_id(Field::Consent)
                    aria-invalid=invalid(panel, Field::Consent)
                    prop:checked=move || panel.read(|model| model.form.consent)
                    on:change=move |event| panel.send(Msg::Consent(event_target_checked(&event)))
                />
                <span class="small">{words}</span>
            </label>
            {error(panel, Field::Consent)}
        </div>
    }
}
