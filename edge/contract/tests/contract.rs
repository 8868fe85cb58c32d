//! The document describes what the worker serves, nothing more and nothing less.
#![cfg(feature = "document")]

use contract::document::{described, document};
use contract::route::ROUTES;
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_route_is_described_and_every_description_is_of_a_route() {
    let mut missing: Vec<_> = ROUTES
        .iter()
        .copied()
        .filter(|route| !route.is_for_carriers())
        .collect();
    let mut superfluous = described();
    let (served, told) = (missing.clone(), superfluous.clone());
    missing.retain(|route| !told.contains(route));
    superfluous.retain(|route| !served.contains(route));
    assert!(
        missing.is_empty(),
        "describe these in edge/contract/src/document: {missing:?}"
    );
    assert!(
        superfluous.is_empty(),
        "described, and not in edge/contract/src/route.rs: {superfluous:?}"
    );
    assert_eq!(told.len(), served.len(), "something is described twice");
}

#[test]
fn every_route_of_the_console_has_a_right() {
    for route in ROUTES {
        let segments: Vec<&str> = route.path.split('/').skip(1).collect();
        if let ["v1", "businesses", _, rest @ ..] = segments.as_slice() {
            assert!(access::right::console(route.method, rest).is_some(), "{route:?}");
        }
    }
}

fn each<'a>(value: &'a Value, visit: &mut impl FnMut(&'a str, &'a Value)) {
    match value {
        Value::Object(object) => {
            for (name, inner) in object {
                visit(name, inner);
                each(inner, visit);
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| each(inner, visit)),
        _ => {}
    }
}

#[test]
fn names_are_unique_and_references_lead_somewhere() {
    let document = document();
    let (mut names, mut references) = (Vec::new(), BTreeSet::new());
    each(&document, &mut |name, value| match (name, value) {
        ("operationId", Value::String(name)) => names.push(name.as_str()),
        ("$ref", Value::String(reference)) => {
            references.insert(reference.as_str());
        }
        _ => {}
    });
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(unique.len(), names.len());
    for reference in &references {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        // Two types of one name would be told apart by a figure, which tells nobody anything.
        assert!(!name.ends_with(|last: char| last.is_ascii_digit()), "{name}");
        let used = references
            .iter()
            .any(|reference| reference.rsplit('/').next() == Some(name));
        assert!(used, "nothing refers to {name}");
    }
}

#[test]
fn every_example_is_as_its_schema_says() {
    let document = document();
    let mut examples = 0;
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            let body = &operation["requestBody"]["content"]["application/json"];
            let Some(example) = body.pointer("/examples/usual/value") else {
                continue;
            };
            let mut schema = body["schema"].clone();
            schema["components"] = document["components"].clone();
            let reads = jsonschema::validator_for(&schema).unwrap();
            assert!(
                reads.validate(example).is_ok(),
                "{}: {:?}",
                operation["operationId"],
                reads.validate(example)
            );
            examples += 1;
        }
    }
    assert!(examples > 5);
}

#[test]
fn every_schema_is_one() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let mut whole = schema.clone();
        whole["components"] = document["components"].clone();
        assert!(jsonschema::meta::is_valid(&whole), "{name}");
    }
}
