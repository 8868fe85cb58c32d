//! Schemas out of the types on the wire. What is sent and what is answered are read apart, since a field that may be left out by one
//! who asks is always there in an answer.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Where the schemas are in the document.
const FOLDER: &str = "/components/schemas";
/// Behind the name of what is sent, where an answer of that name looks otherwise.
const SENT: &str = "Input";

/// How one type is written out.
pub(super) type Of = fn(&mut SchemaGenerator) -> Schema;

/// How this type is written out.
pub(super) fn of<T: JsonSchema>() -> Of {
    SchemaGenerator::subschema_for::<T>
}

/// All schemas of a document.
pub(super) struct Schemas {
    sent: SchemaGenerator,
    answered: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = FOLDER.into();
                settings.meta_schema = None;
            })
        };
        Self {
            sent: settings().for_deserialize().into_generator(),
            answered: settings().for_serialize().into_generator(),
        }
    }

    /// What somebody sends. Its references are right only after [`Self::rename`].
    pub(super) fn sent(&mut self, of: Of) -> Value {
        of(&mut self.sent).to_value()
    }

    /// What we answer.
    pub(super) fn answered(&mut self, of: Of) -> Value {
        of(&mut self.answered).to_value()
    }

    /// All schemas by name, and which of those sent have a name of their own.
    pub(super) fn take(mut self) -> (Map<String, Value>, Renamed) {
        let sent = self.sent.take_definitions(true);
        let mut all = self.answered.take_definitions(true);
        let mut other: BTreeSet<String> = sent
            .iter()
            .filter(|(name, schema)| all.get(*name).is_some_and(|answered| answered != *schema))
            .map(|(name, _)| name.clone())
            .collect();
        // What refers to something that looks otherwise looks otherwise.
        loop {
            let known = Renamed(other.clone());
            let more: Vec<String> = sent
                .iter()
                .filter(|(name, schema)| {
                    let mut renamed = (*schema).clone();
                    known.rename(&mut renamed);
                    !other.contains(*name) && all.contains_key(*name) && renamed != **schema
                })
                .map(|(name, _)| name.clone())
                .collect();
            if more.is_empty() {
                break;
            }
            other.extend(more);
        }
        let renamed = Renamed(other);
        for (name, mut schema) in sent {
            renamed.rename(&mut schema);
            all.insert(renamed.name(name), schema);
        }
        all.values_mut().for_each(tidy);
        (all, renamed)
    }
}

/// The names of what is sent that an answer looks otherwise by.
pub(super) struct Renamed(BTreeSet<String>);

impl Renamed {
    fn name(&self, name: String) -> String {
        if self.0.contains(&name) { name + SENT } else { name }
    }

    /// Makes a schema of what is sent refer to schemas of what is sent.
    pub(super) fn rename(&self, schema: &mut Value) {
        each(schema, &mut |object| {
            let Some(Value::String(reference)) = object.get_mut("$ref") else {
                return;
            };
            if let Some((folder, name)) = reference.rsplit_once('/') {
                *reference = format!("{folder}/{}", self.name(name.to_owned()));
            }
        });
    }
}

/// Says what Rust's types mean and JSON's do not, and leaves out what only Rust's documentation can follow.
fn tidy(schema: &mut Value) {
    each(schema, &mut |object| {
        match object.get("format").and_then(Value::as_str) {
            Some("uint32") => {
                object.insert("maximum".into(), json!(u32::MAX));
            }
            Some("int64") => {
                object.insert("minimum".into(), json!(i64::MIN));
                object.insert("maximum".into(), json!(i64::MAX));
            }
            Some("uint64") => {
                object.insert("maximum".into(), json!(u64::MAX));
            }
            _ => {}
        }
        if let Some(Value::String(words)) = object.get_mut("description") {
            *words = words.replace("[`", "`").replace("`]", "`").replace('\n', " ");
        }
    });
}

/// Visits every object in a value.
fn each(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            object.values_mut().for_each(|inner| each(inner, visit));
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| each(inner, visit)),
        _ => {}
    }
}
