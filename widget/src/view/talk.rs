//! The place for what the customer and the agent write to each other. `widget/talk.js` fills it, once there is a request.

use super::element::El;
use crate::browser::Panel;
use crate::model::Model;

/// A place for the talk about the present request, where it has one.
pub(super) fn talk(panel: Panel) -> El {
    panel.el("div").class("talk").region(ticket, |panel, ticket| {
        let place = |ticket: &String| {
            let ticket = ticket.clone();
            panel.el("ringback-talk").value_of(move |_| Some(ticket.clone()))
        };
        ticket.iter().map(place).collect()
    })
}

/// The request and its receipt.
fn ticket(model: &Model) -> Option<String> {
    let chats = model.request.as_ref().is_some_and(|request| request.chat);
    let ticket = model.ticket.as_ref().filter(|_| chats)?;
    Some(format!("{}:{}", ticket.id, ticket.receipt))
}
