//! What is around and instead of the form and the call: the top bar, the skeleton, "can't be reached", notices.

use super::part::{button, call_us};
use crate::browser::Panel;
use crate::model::{Msg, Notice, Reach};
use crate::word;
use leptos::prelude::*;

/// The top bar: whose panel this is, how to close it, and whether news may be late. Also speaks, for those who listen.
pub(super) fn top(panel: Panel) -> impl IntoView {
    let name = move || panel.read(|model| model.site.as_ref().map(|site| site.name.clone()));
    let lost = move || panel.read(|model| model.site.is_some() && model.link.lost());
    let spoken = Memo::new(move |_| {
        panel.read(|model| {
            let request = model.request.as_ref()?;
            Some(format!("{}. {}", word::live_heading(request), word::live_more(request)))
        })
    });
    view! {
        <header class="top">
            <p class="business">{name}</p>
            <button
                type="button"
                class="close"
                aria-label=word::CLOSE
                hidden=move || panel.read(|model| !model.framed)
                on:click=move |_| panel.send(Msg::Close)
            ></button>
        </header>
        <p class="sr-only" role="status" id="spoken">{move || spoken.get()}</p>
        <p class="notice lost" role="status" id="connection">
            <span hidden=move || !lost()><i class="spinner"></i>{word::RECONNECTING}</span>
        </p>
    }
}

/// The skeleton of the form, while nothing is known.
pub(super) fn loading() -> impl IntoView {
    view! {
        <section class="body skeleton" aria-busy="true">
            <h1 id="heading" tabindex="-1" class="sr-only">{word::LOADING}</h1>
            <i class="wide"></i>
            <i class="tall"></i>
            <i class="tall"></i>
            <i class="tall"></i>
            <i></i>
            <i class="tall"></i>
        </section>
    }
}

/// The server can't be reached, or knows no such business.
pub(super) fn unreachable(panel: Panel) -> impl IntoView {
    let unknown = move || panel.read(|model| model.reach == Reach::Unknown);
    let choose = move |known, not_known| move || if unknown() { not_known } else { known };
    view! {
        <section class="body centre">
            <h1 id="heading" tabindex="-1">{choose(word::UNREACHABLE, word::UNKNOWN_SITE)}</h1>
            <p class="muted">{choose(word::UNREACHABLE_MORE, word::UNKNOWN_SITE_MORE)}</p>
            {call_us(panel)}
            {button(panel, "button block", word::TRY_AGAIN, || Msg::Retry)}
        </section>
    }
}

/// Something that belongs to no field.
pub(super) fn notice(panel: Panel) -> impl IntoView {
    let words = move || {
        panel.read(|model| match &model.notice {
            Some(Notice::NotSent) => Some(word::NOT_SENT.to_owned()),
            Some(Notice::NotCancelled) => Some(word::NOT_CANCELLED.to_owned()),
            Some(Notice::Said(words)) => Some(words.clone()),
            None => None,
        })
    };
    view! {
        <p class="notice" data-tone="danger" role="alert" id="notice" hidden=move || words().is_none()>{words}</p>
    }
}
