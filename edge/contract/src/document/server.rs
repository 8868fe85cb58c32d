//! What a business's own server asks, with a signed request.

use super::operation::{Operation, Proof, on};
use super::pages::KEY;
use serde_json::json;
use shared::bridge::BridgeRequest;
use shared::problem::ProblemKind::{Conflict, Forbidden, Overloaded, TooMany};
use shared::request::Accepted;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        on("POST", "/v1/bridges", "connect", "Has two numbers connected")
            .text("What the signature is over is the body as it is sent.")
            .by(&[Proof::Signature])
            .header(
                "webhook-id",
                true,
                "^[!-~]{1,128}$",
                "The message's id: the same one is not believed twice.",
            )
            .header(
                "webhook-timestamp",
                true,
                "^[0-9]+$",
                "When it was signed, in seconds; five minutes off at the most.",
            )
            .header(
                "idempotency-key",
                false,
                KEY,
                "The message's id where it is absent.",
            )
            .body::<BridgeRequest>()
            .example(json!({ "business": "meridian", "agent": "+442079460002", "customer": "+442079460001" }))
            .gives::<Accepted>(201, "It is accepted.")
            .tells("location", "The request's address.")
            .or(Forbidden)
            .or(Conflict)
            .or(TooMany)
            .or(Overloaded),
    ]
}
