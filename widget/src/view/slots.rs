//! The times offered for later: a row of days, and the times of the day looked at.

use super::part::{button, error, error_id};
use crate::browser::Panel;
use crate::model::{Field, Msg, Offer, Slots};
use crate::word;
use leptos::prelude::*;

pub(super) fn slots(panel: Panel) -> impl IntoView {
    let days = Memo::new(move |_| panel.read(|model| model.slots.days()));
    let times = Memo::new(move |_| {
        panel.read(|model| {
            let of_day = |offer: &&Offer| Some(&offer.day) == model.form.day.as_ref();
            model.slots.offers().iter().filter(of_day).cloned().collect::<Vec<_>>()
        })
    });
    let loading = move || panel.read(|model| matches!(model.slots, Slots::Asked(_) | Slots::Unasked));
    let failed = Memo::new(move |_| panel.read(|model| matches!(model.slots, Slots::Failed(_))));
    let none = move || panel.read(|model| matches!(&model.slots, Slots::Known(_, offers) if offers.is_empty()));
    let some = move || panel.read(|model| !model.slots.offers().is_empty());
    view! {
        <div class="slots" id=Field::Slot.id() tabindex="-1" aria-busy=move || loading().then_some("true")>
            <div class="skeleton" hidden=move || !loading()><i class="wide"></i><i class="tall"></i></div>
            <p class="hint" hidden=move || !none()>{word::NO_SLOTS}</p>
            {move || failed.get().then(|| view! {
                <p class="hint">{word::SLOTS_FAILED}</p>
                {button(panel, "button small", word::TRY_AGAIN, || Msg::Retry)}
            })}
            <div class="days" role="radiogroup" aria-label=word::DAY hidden=move || !some()>
                {move || days.get().into_iter().map(|it| day(panel, it)).collect_view()}
            </div>
            <div
                class="times"
                role="radiogroup"
                aria-label=word::TIME
                aria-describedby=error_id(Field::Slot)
                hidden=move || !some()
            >
                {move || times.get().into_iter().map(|it| time(panel, it)).collect_view()}
            </div>
            <p class="hint" hidden=move || !some()>
                {move || panel.read(|model| model.zone.as_deref().map(word::your_zone))}
            </p>
            {error(panel, Field::Slot)}
        </div>
    }
}

fn day(panel: Panel, day: String) -> impl IntoView {
    let checked = {
        let day = day.clone();
        move || panel.read(|model| model.form.day.as_ref() == Some(&day))
    };
    let value = day.clone();
    let words = day.clone();
    view! {
        <label class="chip">
            <input type="radio" name="day" value=value prop:checked=checked on:change=move |_| panel.send(Msg::Day(day.clone())) />
            <span>{words}</span>
        </label>
    }
}

fn time(panel: Panel, offer: Offer) -> impl IntoView {
    let at = offer.at;
    let checked = move || panel.read(|model| model.form.slot == Some(at));
    view! {
        <label class="chip">
            <input
                type="radio"
                name="slot"
                value=at.0.to_string()
                prop:checked=checked
                on:change=move |_| panel.send(Msg::Slot(at))
            />
            <span class="num">{offer.time}</span>
        </label>
    }
}
