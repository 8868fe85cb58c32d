//! Small components that draw the model. None decides anything: they read, and send messages.
//!
//! What changes its words only is a closure; what changes its structure stands behind a `Memo`, so that no control is
//! replaced while somebody is using it.

mod consent;
mod ended;
mod form;
mod frame;
mod legs;
mod live;
mod note;
mod part;
mod phone;
mod share;
mod slots;
mod when;
mod who;

use crate::browser::Panel;
use crate::model::Screen;
use leptos::prelude::*;

/// Draws the panel into the page and starts it.
pub(crate) fn mount() {
    leptos::mount::mount_to_body(|| {
        let panel = Panel::new();
        panel.begin();
        root(panel)
    });
}

fn root(panel: Panel) -> impl IntoView {
    let screen = Memo::new(move |_| panel.read(|model| model.screen()));
    let reason = move || panel.read(|model| Some(model.request.as_ref()?.reason?.as_str()));
    view! {
        <main
            class="panel"
            data-state=move || panel.read(|model| model.state_word())
            data-reason=reason
            data-connection=move || panel.read(|model| if model.link.lost() { "lost" } else { "fine" })
        >
            {frame::top(panel)}
            {move || match screen.get() {
                Screen::Loading => frame::loading().into_any(),
                Screen::Unreachable => frame::unreachable(panel).into_any(),
                Screen::Form => form::form(panel).into_any(),
                Screen::Live => live::live(panel).into_any(),
                Screen::Ended => ended::ended(panel).into_any(),
            }}
        </main>
    }
}
