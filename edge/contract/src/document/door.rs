//! In and out for those who work here.

use super::operation::{Operation, Proof, on};
use super::passkey::{Assertion, Made, Options};
use serde_json::{Value, json};
use shared::door::{AskLink, AskSignOn, CodeEntry, DoorView, Me, OpenLink, PasskeyView, SignOnView};
use shared::problem::ProblemKind::{Conflict, Forbidden, NotFound, TooMany, Unauthorized, WrongOrigin};

/// What the cookie of a sign-in is described as.
const COOKIE: &str = "The session's cookie.";

fn text() -> Value {
    json!({ "type": "string" })
}

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
            "POST",
            "/v1/door/{site}/passkey",
            "askForPasskey",
            "What a browser is asked to have signed by a passkey: once, within five minutes",
        )
        .gives::<Options>(200, "What `navigator.credentials.get` takes as `publicKey`.")
        .or(WrongOrigin),
        on(
            "POST",
            "/v1/door/{site}/passkey/open",
            "enterByPasskey",
            "In with a passkey",
        )
        .body::<Assertion>()
        .gives::<Me>(200, "Who is in.")
        .tells("set-cookie", COOKIE)
        .or(Unauthorized)
        .or(WrongOrigin),
        on(
            "POST",
            "/v1/door/{site}/sign_on",
            "askForSignOn",
            "To the company's own sign-in",
        )
        .body::<AskSignOn>()
        .gives::<SignOnView>(200, "Where the browser goes.")
        .tells("set-cookie", "What the browser comes back with.")
        .or(WrongOrigin)
        .or(Conflict),
        on(
            "GET",
            "/v1/door/{site}/sign_on/back",
            "enterBySignOn",
            "Back from the company's sign-in, in or not",
        )
        .text("For browsers that the company's sign-in sends back: `code`, `state` and `error` as OpenID Connect has them.")
        .query("code", text(), "What the company's sign-in gives us a token for.")
        .query("state", text(), "Which way there this is the way back of.")
        .query("error", text(), "Why there is no code.")
        .nothing(303, "In, or at the door, which says why not.")
        .tells("location", "Where the browser goes."),
        on(
            "POST",
            "/v1/session/passkeys/options",
            "askToAddPasskey",
            "What a browser is asked to make a passkey by, for whoever signed in within half an hour",
        )
        .by(&[Proof::Session])
        .gives::<Options>(200, "What `navigator.credentials.create` takes as `publicKey`.")
        .or(NotFound)
        .or(Forbidden)
        .or(WrongOrigin)
        .or(Conflict),
        on(
            "POST",
            "/v1/session/passkeys",
            "addPasskey",
            "Adds a passkey of one's own",
        )
        .by(&[Proof::Session])
        .body::<Made>()
        .gives::<Vec<PasskeyView>>(201, "One's passkeys.")
        .or(NotFound)
        .or(Forbidden)
        .or(WrongOrigin)
        .or(Conflict),
        on(
            "DELETE",
            "/v1/session/passkeys/{passkey}",
            "removePasskey",
            "Removes a passkey of one's own",
        )
        .by(&[Proof::Session])
        .nothing(204, "Removed.")
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
