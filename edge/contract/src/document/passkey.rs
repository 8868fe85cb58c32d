//! What browsers and authenticators say, as the Web Authentication specification has it in JSON. The worker reads it by types of its own
//! (`access::passkey`), which know more than the shape.
#![expect(dead_code, reason = "only their shape is of use")]

use schemars::JsonSchema;
use serde_json::{Map, Value};

/// Options of the Web Authentication API, in its JSON.
#[derive(JsonSchema)]
#[schemars(transparent)]
pub(super) struct Options(Map<String, Value>);

/// A passkey's signature: `PublicKeyCredential.toJSON()`.
#[derive(JsonSchema)]
pub(super) struct Assertion {
    /// Which passkey.
    id: String,
    response: Signed,
}

/// What was signed, base64url.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Signed {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    authenticator_data: String,
    signature: String,
    user_handle: Option<String>,
}

/// A passkey that was made, and what its owner calls it.
#[derive(JsonSchema)]
pub(super) struct Made {
    name: String,
    credential: Registration,
}

/// `PublicKeyCredential.toJSON()`.
#[derive(JsonSchema)]
struct Registration {
    response: Attestation,
}

/// What was made, base64url.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Attestation {
    #[serde(rename = "clientDataJSON")]
    client_data: String,
    attestation_object: String,
}
