//! What agents ask, once they are signed in.

use super::operation::{Operation, Proof, on};
use super::pages::{CALL, TALK};
use access::right;
use serde_json::json;
use shared::desk::{CallAgain, DeskView, Disposition, Reassign, Revealed, SetPresence};
use shared::handover::{Decline, Transfer};
use shared::problem::ProblemKind::{
    Conflict, Forbidden, InvalidField, NotFound, Overloaded, TooMany, WrongOrigin,
};
use shared::talk::TalkFrame;
use shared::voice::SetVoice;

/// An operation of the desk, with what the table of rights says of it.
fn at(method: &'static str, path: &'static str, name: &'static str, summary: &'static str) -> Operation {
    let segments: Vec<&str> = path.split('/').skip(3).collect();
    let operation = on(method, path, name, summary)
        .text(&format!(
            "Needs the right `{}`, and a desk.",
            right::desk(&segments)
        ))
        .by(&[Proof::Session])
        .or(Forbidden)
        .or(NotFound);
    if method == "GET" {
        operation
    } else {
        operation.or(WrongOrigin).or(Conflict)
    }
}

/// One that changes something, and shows the desk as it stands then.
fn act(method: &'static str, path: &'static str, name: &'static str, summary: &'static str) -> Operation {
    at(method, path, name, summary).gives::<DeskView>(200, "The desk as it stands then.")
}

pub(super) fn operations() -> Vec<Operation> {
    vec![
        at("GET", "/v1/desk", "readDesk", "The desk as it stands").gives::<DeskView>(200, "The desk."),
        at(
            "GET",
            "/v1/desk/live",
            "followDesk",
            "The desk, live; whoever opens it is at work",
        )
        .socket("A `DeskView` at once and on every change; closed with 4401 at the session's end.")
        .or(WrongOrigin),
        act(
            "PUT",
            "/v1/desk/presence",
            "setPresence",
            "Available or away; during a call it counts for after it",
        )
        .body::<SetPresence>()
        .example(json!({ "state": "away", "pause": "lunch" })),
        act(
            "PUT",
            "/v1/desk/voice",
            "setVoice",
            "Whether this desk can take calls in the browser, until it is closed",
        )
        .body::<SetVoice>()
        .example(json!({ "ready": true })),
        act(
            "POST",
            "/v1/desk/calls",
            "callAgain",
            "Calls the customer of a finished call again, now and for this agent alone",
        )
        .body::<CallAgain>()
        .or(TooMany)
        .or(Overloaded),
        act(
            "POST",
            "/v1/desk/calls/{request}/transfer",
            "transferCall",
            "Hands the request on to a skill or an agent",
        )
        .body::<Transfer>()
        .example(json!({ "to": { "skill": "cruises" }, "note": "Asks for a balcony" })),
        act(
            "POST",
            "/v1/desk/calls/{request}/requeue",
            "requeueCall",
            "Gives the request back",
        )
        .or(InvalidField),
        act(
            "POST",
            "/v1/desk/calls/{request}/refuse",
            "refuseCall",
            "Refuses it before the two talk: the next agent is tried",
        )
        .body::<Decline>()
        .example(json!({ "reason": "busy" })),
        act(
            "POST",
            "/v1/desk/calls/{request}/hangup",
            "hangUp",
            "Ends the call",
        ),
        act(
            "POST",
            "/v1/desk/calls/{request}/never",
            "neverCallAgain",
            "The customer wants no calls any more; this call goes on",
        ),
        act(
            "POST",
            "/v1/desk/calls/{request}/disposition",
            "disposeCall",
            "Keeps what came of it, and ends the wrap-up",
        )
        .body::<Disposition>()
        .example(json!({ "kind": "other", "text": "Thinks about it" })),
        at(
            "POST",
            "/v1/desk/calls/{request}/reveal",
            "revealNumber",
            "The customer's whole number",
        )
        .gives::<Revealed>(200, "The number."),
        act(
            "POST",
            "/v1/desk/requests/{request}/reassign",
            "reassignRequest",
            "Gives a request in line to a skill or an agent",
        )
        .body::<Reassign>(),
        act(
            "POST",
            "/v1/desk/requests/{request}/take",
            "takeRequest",
            "Takes a request in line over",
        ),
        at(
            "GET",
            "/v1/desk/requests/{request}/talk",
            "talkAtDesk",
            "What customer and agent wrote to each other, live",
        )
        .text(&format!(
            "{TALK} For the agent who has the request or had it last, and after it for whoever has a call of the same customer. \
             Needs the right `calls.take`, and a desk."
        ))
        .gives::<TalkFrame>(200, "Everything that was said.")
        .socket("A socket: a `TalkFrame` with everything at once, and one for every change; closed with 4403 when somebody else has the request.")
        .or(WrongOrigin),
        at(
            "GET",
            "/v1/desk/requests/{request}/voice",
            "callInBrowserAtDesk",
            "The agent's side of a call in the browser",
        )
        .text(&format!(
            "{CALL} For the agent who has the request. Needs the right `calls.take`, and a desk."
        ))
        .socket("A socket: how the call stands, at once and on every change, and whatever there is to do; closed with 4403 when somebody else has the request.")
        .or(WrongOrigin),
        act(
            "DELETE",
            "/v1/desk/requests/{request}/voice",
            "callByPhoneAtDesk",
            "The customer's telephone is called instead, for the same agent",
        ),
    ]
}
