//! Small components that draw the model. None decides anything: they read, and send messages.

mod consent;
#[cfg(not(feature = "page"))]
mod element;
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
mod talk;
mod when;
mod who;

#[cfg(not(feature = "page"))]
use crate::browser::{Panel, written};
use crate::model::{Model, Screen};
#[cfg(feature = "page")]
use crate::page::{Panel, element, written};
use element::El;

/// Draws the panel into the page and starts it.
#[cfg(not(feature = "page"))]
pub(crate) fn mount() {
    Panel::new().begin(|panel| panel.show(root));
}

/// All of the panel.
pub(crate) fn root(panel: Panel) -> El {
    let state = |model: &Model| Some(model.state_word().to_owned());
    let reason = |model: &Model| Some(model.request.as_ref()?.reason?.as_str().to_owned());
    let attempt = |model: &Model| Some(model.request.as_ref()?.attempt.to_string());
    let missed = |model: &Model| Some(model.request.as_ref()?.missed?.as_str().to_owned());
    let connection = |model: &Model| Some(if model.link.lost() { "lost" } else { "fine" }.to_owned());
    panel
        .el("main")
        .class("panel")
        .attr_of("data-state", state)
        .attr_if("data-shown", |model| model.shown)
        .attr_of("data-reason", reason)
        .attr_of("data-attempt", attempt)
        .attr_of("data-missed", missed)
        .attr_of("data-connection", connection)
        // In another language all of it is drawn anew; what was chosen and typed is the model's.
        .region(|model| model.language.clone(), |panel, _| all(panel))
}

fn all(panel: Panel) -> Vec<El> {
    let mut all = frame::top(panel).to_vec();
    all.push(
        panel
            .el("div")
            .class("screen")
            .region(Model::screen, |panel, screen| {
                vec![match screen {
                    Screen::Loading => frame::loading(panel),
                    Screen::Unreachable => frame::unreachable(panel),
                    Screen::Form => form::form(panel),
                    Screen::Live => live::live(panel),
                    Screen::Ended => ended::ended(panel),
                }]
            }),
    );
    all
}
