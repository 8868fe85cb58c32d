//! The OpenAPI document, made of the table of routes, the types on the wire and the table of rights.

mod console;
mod desk;
mod door;
mod equipment;
mod operation;
mod pages;
mod passkey;
mod schema;
mod server;

use crate::route::Route;
use operation::{Operation, Proof};
use schema::Schemas;
use serde_json::{Map, Value, json};
use shared::problem::{Problem, ProblemKind};

/// Groups of operations, each with what it is about.
type Groups = [(&'static str, &'static str, Vec<Operation>); 6];

fn groups() -> Groups {
    [
        (
            "pages",
            "For pages and the panel: public, without a cookie, for pages of the business's own origins.",
            pages::operations(),
        ),
        ("door", "In and out for those who work here.", door::operations()),
        ("desk", "The desk of an agent.", desk::operations()),
        (
            "console",
            "A business: its document, how it is doing, its secrets, its customers' data.",
            console::operations(),
        ),
        ("server", "For a business's own server.", server::operations()),
        (
            "equipment",
            "For a business's own SIP server.",
            equipment::operations(),
        ),
    ]
}

/// The routes that are described.
pub fn described() -> Vec<Route> {
    let all = groups().into_iter().flat_map(|(_, _, operations)| operations);
    all.map(|operation| operation.route).collect()
}

/// The document.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let (mut paths, mut tags) = (Map::new(), Vec::new());
    for (tag, words, operations) in groups() {
        tags.push(json!({ "name": tag, "description": words }));
        for operation in operations {
            let mut written = operation.written(&mut schemas);
            written.insert("tags".into(), json!([tag]));
            let path = paths.entry(operation.route.path).or_insert_with(|| json!({}));
            if let Some(methods) = path.as_object_mut() {
                methods.insert(operation.route.method.to_ascii_lowercase(), written.into());
            }
        }
    }
    schemas.answered(schema::of::<Problem>());
    let (mut schemas, renamed) = schemas.take();
    for path in paths.values_mut() {
        for written in path.as_object_mut().into_iter().flat_map(Map::values_mut) {
            operation::rename_body(written, &renamed);
        }
    }
    let kind = schemas
        .get_mut("Problem")
        .and_then(|problem| problem.pointer_mut("/properties/type"));
    if let Some(kind) = kind.and_then(Value::as_object_mut) {
        let kinds = ProblemKind::ALL.iter().map(|kind| format!("/problems#{kind}"));
        kind.insert("enum".into(), kinds.collect());
    }
    let proofs: Map<String, Value> = Proof::ALL.into_iter().map(Proof::scheme).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Ringback",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Click to call, and call back.",
            "description": "Everything that the screens do. Bodies are JSON of at most 32 KiB (256 KiB below `/v1/businesses`); every \
                            refusal is a problem (RFC 9457) whose `errors[].field` says which field it is about. Instants are UTC \
                            milliseconds. An answer may have more fields tomorrow; a body must not have fields that are not here. What \
                            carriers ask and tell (`/v1/carriers`) and the sandbox's exchange (`/sandbox`) are in the languages of \
                            carriers, and not described here.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": operation::refusals(),
            "securitySchemes": proofs,
        },
    })
}
