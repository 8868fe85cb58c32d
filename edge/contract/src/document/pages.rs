//! What pages and the panel ask.

use super::operation::{Operation, Proof, on};
use serde_json::{Value, json};
use shared::customer::{Customer, Identity};
use shared::limit::{MAX_FACT_CHARS, MAX_PRODUCT_TYPES, MAX_URL_CHARS};
use shared::phone::{NumberTyped, NumberView};
use shared::presence::SlotsView;
use shared::problem::ProblemKind::{
    ChallengeRequired, Conflict, Forbidden, InvalidField, InvalidQuery, Overloaded, TooMany, WrongOrigin,
};
use shared::request::{Accepted, CallRequest, RequestView, Reschedule};
use shared::rule::PageView;
use shared::talk::TalkFrame;

/// An idempotency key.
pub(super) const KEY: &str = "^[!-~]{1,100}$";

/// What is said of a talk on either side.
pub(super) const TALK: &str = "Without `upgrade`: what was said so far. Through the socket a client says `{\"key\", \"text\"}`: a key of its \
    own that is new for every message, and plain text of 1 to 1,000 characters. The answer is the message as it is kept, which \
    the other side hears, too; or `unsaid` with a problem. The same key again is the same message. 200 messages a request, 20 a \
    minute from each side, until the call is over. `ping` is answered `pong`.";

/// What is said of a call in the browser on either side.
pub(super) const CALL: &str = "Frames are JSON, as edge/README.md says: `ring` is answered by `{\"answered\": true}`, `connect` has the \
    browser make a peer connection, `signal` is what the other side says of it, `{\"connected\": n}` says that it is there. What can't be \
    done (`{\"failed\": …}`) is done by telephone. 16 kB a frame and 120 frames a minute at the most. `ping` is answered `pong`.";

/// A text of so many characters at the most.
fn text(most: usize) -> Value {
    json!({ "type": "string", "maxLength": most })
}

pub(super) fn operations() -> Vec<Operation> {
    let types = json!({ "type": "array", "maxItems": MAX_PRODUCT_TYPES, "items": text(MAX_FACT_CHARS) });
    let facts = json!({
        "name": "facts", "in": "query", "style": "form", "explode": true,
        "description": "`meta.NAME`, `data.NAME`, `cookie.NAME`: what `reads` names.",
        "schema": {
            "type": "object",
            "patternProperties": { "^(meta|data|cookie)\\..{1,64}$": text(MAX_FACT_CHARS) },
        },
    });
    let request = json!({
        "phone": "+442079460001", "skill": "cruises", "note": "A cabin with a balcony?",
        "language": "en-GB", "consent": true,
    });
    vec![
        on(
            "GET",
            "/v1/sites/{site}",
            "viewPage",
            "Presence of the business, and where a page stands",
        )
        .text("Cacheable for 5 seconds. Parameters with other names mean nothing.")
        .query("url", text(MAX_URL_CHARS), "The page's address (http or https).")
        .query(
            "query",
            text(MAX_URL_CHARS),
            "Its query, without `?`, where the address has none.",
        )
        .query("type", types, "Types and categories in its JSON-LD.")
        .parameter(facts)
        .gives::<PageView<'_>>(200, "The business as the shoppers of this page see it.")
        .or(InvalidQuery),
        on(
            "GET",
            "/v1/sites/{site}/slots",
            "listSlots",
            "Times offered for later that have room",
        )
        .query("skill", json!({ "type": "string" }), "For this skill.")
        .query("expert", json!({ "type": "string" }), "With this agent.")
        .gives::<SlotsView>(200, "The times; cacheable for 5 seconds.")
        .or(InvalidField),
        on(
            "GET",
            "/v1/sites/{site}/origins",
            "listOrigins",
            "The origins whose pages may carry the button",
        )
        .gives::<Vec<String>>(200, "The origins."),
        on(
            "POST",
            "/v1/sites/{site}/number",
            "readNumber",
            "Reads a number as somebody typed it; keeps nothing",
        )
        .body::<NumberTyped>()
        .example(json!({ "phone": "020 7946 0958" }))
        .gives::<NumberView>(200, "The number that was meant."),
        on(
            "POST",
            "/v1/sites/{site}/customer",
            "readToken",
            "What a token of the business's server says",
        )
        .body::<Identity>()
        .gives::<Customer>(200, "The customer.")
        .or(Forbidden)
        .or(WrongOrigin),
        on("POST", "/v1/sites/{site}/requests", "ask", "Asks for a call")
            .text(
                "The same key and body again: the same answer. Where the business has pages show a proof, 428 comes with a `challenge`: \
                 solve it and send the same again with `challenge-answer`.",
            )
            // Whatever text it is, it is looked at.
            .parameter(json!({
                "name": "challenge-answer", "in": "header", "schema": { "type": "string" },
                "description": "What came of a challenge: good once, for five minutes.",
            }))
            .header(
                "idempotency-key",
                true,
                KEY,
                "A text of the caller's own, new for every request.",
            )
            .body::<CallRequest>()
            .example(request)
            .gives::<Accepted>(201, "It is accepted.")
            .tells("location", "The request's address.")
            .or(WrongOrigin)
            .or(Conflict)
            .or(ChallengeRequired)
            .or(TooMany)
            .or(Overloaded),
        on(
            "GET",
            "/v1/sites/{site}/requests/{request}",
            "readRequest",
            "The request as it stands",
        )
        .by(&[Proof::Receipt])
        .gives::<RequestView>(200, "The request."),
        on(
            "PATCH",
            "/v1/sites/{site}/requests/{request}",
            "moveRequest",
            "Moves it to another time",
        )
        .by(&[Proof::Receipt])
        .body::<Reschedule>()
        .gives::<RequestView>(200, "The request as it stands then.")
        .or(WrongOrigin)
        .or(Conflict),
        on(
            "DELETE",
            "/v1/sites/{site}/requests/{request}",
            "cancelRequest",
            "Takes it back, also while the phones ring or talk",
        )
        .by(&[Proof::Receipt])
        .gives::<RequestView>(200, "The request as it stands then.")
        .or(WrongOrigin),
        on(
            "GET",
            "/v1/sites/{site}/requests/{request}/talk",
            "talkOfRequest",
            "What customer and agent wrote to each other, live",
        )
        .text(&format!(
            "{TALK} The socket's subprotocols carry the receipt: `ringback.v1`, `receipt.{{receipt}}`."
        ))
        .by(&[Proof::Receipt])
        .gives::<TalkFrame>(200, "Everything that was said.")
        .socket("A socket: a `TalkFrame` with everything at once, and one for every change.")
        .or(shared::problem::ProblemKind::Unauthorized)
        .or(shared::problem::ProblemKind::NotFound)
        .or(WrongOrigin),
        on(
            "GET",
            "/v1/sites/{site}/requests/{request}/voice",
            "callInBrowser",
            "The customer's side of a call in the browser",
        )
        .text(&format!(
            "{CALL} The socket's subprotocols carry the receipt: `ringback.v1`, `receipt.{{receipt}}`."
        ))
        .by(&[Proof::Receipt])
        .socket("A socket: how the call stands, at once and on every change, and whatever there is to do.")
        .or(shared::problem::ProblemKind::NotFound)
        .or(WrongOrigin),
        on(
            "DELETE",
            "/v1/sites/{site}/requests/{request}/voice",
            "callByPhone",
            "The customer's telephone is called instead; the request keeps its place and its agent",
        )
        .by(&[Proof::Receipt])
        .gives::<RequestView>(200, "The request as it stands then.")
        .or(WrongOrigin),
        on(
            "GET",
            "/v1/sites/{site}/live",
            "followSite",
            "Presence and a request, live",
        )
        .text(
            "Subprotocols `ringback.v1`, and to follow a request `request.{id}` and \
                 `receipt.{receipt}`. `ping` is answered `pong`.",
        )
        .socket("A socket: a `SiteFrame` at once and on every change.")
        .or(shared::problem::ProblemKind::Unauthorized)
        .or(WrongOrigin),
    ]
}
