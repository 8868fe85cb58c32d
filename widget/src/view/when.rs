//! Now or later.

use super::slots;
use crate::browser::Panel;
use crate::model::{Msg, When};
use crate::word;
use leptos::prelude::*;

pub(super) fn when(panel: Panel) -> impl IntoView {
    let later = Memo::new(move |_| panel.read(|model| model.when() == When::Later));
    let closed = move || panel.read(|model| !model.now_possible());
    view! {
        <fieldset id="when" aria-describedby="when-closed">
            <legend>{word::WHEN}</legend>
            <div class="segmented">
                <label>
                    <input
                        type="radio"
                        name="when"
                        value="now"
                        disabled=closed
                        prop:checked=move || !later.get()
                        on:change=move |_| panel.send(Msg::When(When::Now))
                    />
                    <span>{word::NOW}</span>
                </label>
                <label>
                    <input
                        type="radio"
                        name="when"
                        value="later"
                        prop:checked=move || later.get()
                        on:change=move |_| panel.send(Msg::When(When::Later))
                    />
                    <span>{word::LATER}</span>
                </label>
            </div>
            <p class="hint" id="when-closed" hidden=move || !closed()>{word::NOW_CLOSED}</p>
            {move || later.get().then(|| slots::slots(panel))}
        </fieldset>
    }
}
