//! What a business's SIP server tells.

use super::operation::{Operation, Proof, on};
use serde_json::json;
use shared::sip::Publication;

pub(super) fn operations() -> Vec<Operation> {
    vec![
        on(
            "POST",
            "/v1/presence/{site}/{equipment}",
            "tellPresence",
            "What a phone published, and a SIP server took (RFC 3903)",
        )
        .text(
            "For equipment of the kind `presence`. An address has one state: of what is told of it, that with the latest `ts` counts. \
             What is older changes nothing, and neither does what is told again, so a server repeats what was not answered. A 4xx \
             is not worth repeating. Whoever tells how a phone is keeps to its `expires`: what is not refreshed by then counts as closed.",
        )
        .by(&[Proof::Equipment])
        .body::<Publication>()
        .example(json!({
            "op": "publish", "entity": "sip:ana@pbx.example", "basic": "open", "activity": "on-the-phone",
            "note": "On the phone", "expires": 600, "ts": 1_700_000_000_000_i64,
        }))
        .nothing(204, "It is known."),
    ]
}
