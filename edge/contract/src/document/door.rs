//! In and out for those who work here.

use super::operation::{Operation, Proof, on};
use shared::door::{AskLink, CodeEntry, DoorView, Me, OpenLink};
use shared::problem::ProblemKind::{Conflict, TooMany, Unauthorized, WrongOrigin};

/// What the cookie of a sign-in is described as.
const COOKIE: &str = "The session's cookie.";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        on(
            "GET",
            "/v1/door/{site}",
            "listWaysIn",
            "The ways in that are open",
        )
        .gives::<DoorView>(200, "The ways in."),
        on(
            "POST",
            "/v1/door/{site}/code",
            "enterByCode",
            "In with a code, until somebody owns the business",
        )
        .body::<CodeEntry>()
        .gives::<Me>(200, "Who is in.")
        .tells("set-cookie", COOKIE)
        .or(Unauthorized)
        .or(WrongOrigin)
        .or(TooMany),
        on(
            "POST",
            "/v1/door/{site}/link",
            "askForLink",
            "Sends a link by e-mail, if the address is a member's",
        )
        .body::<AskLink>()
        .nothing(202, "The same for every address.")
        .tells("set-cookie", "What binds the link to this browser.")
        .or(WrongOrigin),
        on(
            "POST",
            "/v1/door/{site}/link/open",
            "enterByLink",
            "In with a link: once, within ten minutes, in the browser that asked",
        )
        .body::<OpenLink>()
        .gives::<Me>(200, "Who is in.")
        .tells("set-cookie", COOKIE)
        .or(Unauthorized)
        .or(WrongOrigin),
        on(
            "GET",
            "/v1/session",
            "readSession",
            "Who is in, what they may do, and all their sessions",
        )
        .by(&[Proof::Session])
        .gives::<Me>(200, "Who is in."),
        on(
            "DELETE",
            "/v1/session",
            "signOut",
            "Signs out; an agent without a call goes offline",
        )
        .by(&[Proof::Session])
        .nothing(204, "Out.")
        .tells("set-cookie", "Takes the cookie away.")
        .or(WrongOrigin)
        .or(Conflict),
        on(
            "DELETE",
            "/v1/session/all",
            "signOutEverywhere",
            "Signs out everywhere; an agent who has a call is away after it",
        )
        .by(&[Proof::Session])
        .nothing(204, "Out.")
        .tells("set-cookie", "Takes the cookie away.")
        .or(WrongOrigin),
    ]
}
