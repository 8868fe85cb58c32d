//! The places for parts that JavaScript draws, loaded where they are wanted: what the customer and the agent write to each other
//! (`widget/talk.js`), and the call in the browser (`widget/apart.js`).

use super::Panel;
use super::element::El;
use crate::model::Model;
use shared::call::RequestState;

/// A place for the talk about the present request, where it has one.
pub(super) fn talk(panel: Panel) -> El {
    place(panel, "ringback-talk", |model| {
        ticket(model).filter(|_| model.request.as_ref().is_some_and(|request| request.chat))
    })
}

/// A place for the call in the browser: in the form as soon as it is chosen, empty; then of a request that is to be carried there, or
/// was until something came between: then with the word for that.
pub(super) fn voice(panel: Panel) -> El {
    place(panel, "ringback-voice", |model| match &model.request {
        None => model.voice().then(String::new),
        Some(request) if request.voice => ticket(model),
        Some(request) => {
            let why = request
                .switched
                .filter(|_| request.state != RequestState::Ended)?;
            Some(format!("{}:{}", ticket(model)?, why.as_str()))
        }
    })
}

/// An element that is there while `value` is, with it as a property.
fn place(panel: Panel, name: &'static str, value: fn(&Model) -> Option<String>) -> El {
    panel.el("div").class("talk").region(value, move |panel, value| {
        let place = |value: &String| {
            let value = value.clone();
            panel.el(name).value_of(move |_| Some(value.clone()))
        };
        value.iter().map(place).collect()
    })
}

/// The request and its receipt.
fn ticket(model: &Model) -> Option<String> {
    let ticket = model.ticket.as_ref()?;
    Some(format!("{}:{}", ticket.id, ticket.receipt))
}
