//! How one route is described.

use super::schema::{Of, Renamed, Schemas, of};
use crate::route::Route;
use schemars::JsonSchema;
use serde_json::{Map, Value, json};
use shared::problem::{MEDIA_TYPE, ProblemKind};
use std::collections::{BTreeMap, BTreeSet};

/// What whoever asks shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Proof {
    /// The secret of whoever runs the deployment.
    Operator,
    /// The session of somebody who signed in.
    Session,
    /// What was answered when the request was accepted.
    Receipt,
    /// The signature of the business's own server.
    Signature,
    /// The credentials of a piece of equipment.
    Equipment,
}

impl Proof {
    pub(super) const ALL: [Self; 5] = [
        Self::Operator,
        Self::Session,
        Self::Receipt,
        Self::Signature,
        Self::Equipment,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Session => "session",
            Self::Receipt => "receipt",
            Self::Signature => "signature",
            Self::Equipment => "equipment",
        }
    }

    /// The security scheme.
    pub(super) fn scheme(self) -> (String, Value) {
        let scheme = match self {
            Self::Operator => json!({
                "type": "http", "scheme": "bearer",
                "description": "The deployment's secret `OPERATOR_SECRET`. It may do everything at every business.",
            }),
            Self::Session => json!({
                "type": "apiKey", "in": "cookie", "name": "__Host-ringback",
                "description": "Set by the door. Over plain http (on one's own machine) it is called `ringback`. What may be done \
                                with it follows from the member's roles.",
            }),
            Self::Receipt => json!({
                "type": "http", "scheme": "bearer",
                "description": "The `receipt` that was answered when the request was accepted: whoever has it is the customer.",
            }),
            Self::Signature => json!({
                "type": "apiKey", "in": "header", "name": "webhook-signature",
                "description": "As the Standard Webhooks 1.0.0 sign, with `webhook-id` and `webhook-timestamp`, by one of the \
                                business's secrets whose `scopes` have this (403 where none has): `bridges` or `usage`.",
            }),
            Self::Equipment => json!({
                "type": "http", "scheme": "basic",
                "description": "The equipment's id, and the secret that it was given (`PUT …/equipment/{equipment}/secret`).",
            }),
        };
        (self.name().to_owned(), scheme)
    }
}

/// An answer that is no problem.
struct Good {
    words: &'static str,
    content: BTreeMap<&'static str, Option<Of>>,
    headers: Vec<(&'static str, &'static str)>,
}

/// One operation.
pub(super) struct Operation {
    pub(super) route: Route,
    name: &'static str,
    summary: &'static str,
    text: String,
    proofs: Vec<Proof>,
    parameters: Vec<Value>,
    body: Option<Of>,
    may_be_absent: bool,
    example: Option<Value>,
    good: BTreeMap<u16, Good>,
    problems: BTreeSet<u16>,
}

/// Describes a route; what follows from its address is described with it.
pub(super) fn on(
    method: &'static str,
    path: &'static str,
    name: &'static str,
    summary: &'static str,
) -> Operation {
    let named = path
        .split('/')
        .filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
    let parameters = named.map(in_path).collect();
    let operation = Operation {
        route: Route { method, path },
        name,
        summary,
        text: String::new(),
        proofs: Vec::new(),
        parameters,
        body: None,
        may_be_absent: false,
        example: None,
        good: BTreeMap::new(),
        problems: BTreeSet::new(),
    };
    let operation = operation.or(ProblemKind::Internal);
    if path.contains('{') {
        operation.or(ProblemKind::NotFound)
    } else {
        operation
    }
}

fn in_path(name: &str) -> Value {
    let (words, pattern) = match name {
        "site" => ("The business, as the script tag names it.", "^[a-z0-9_-]{1,64}$"),
        "request" => ("The request.", "^[a-z0-9_.-]{1,64}$"),
        "equipment" => (
            "The piece of equipment, as the document names it.",
            "^[a-z0-9_.-]{1,64}$",
        ),
        "webhook" => ("The endpoint, as the document names it.", "^[a-z0-9_.-]{1,64}$"),
        "secret" => ("The secret's name.", "^[a-z0-9_]{1,64}$"),
        "message" => ("The message.", "^[A-Za-z0-9_]{1,64}$"),
        "suppression" => ("The entry of the list, by its id.", "^[0-9a-f]{1,64}$"),
        _ => ("", "^[^/]+$"),
    };
    json!({
        "name": name, "in": "path", "required": true, "description": words,
        "schema": { "type": "string", "pattern": pattern },
    })
}

impl Operation {
    /// More than the summary says.
    pub(super) fn text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    /// One of these has to be shown.
    pub(super) fn by(mut self, proofs: &[Proof]) -> Self {
        self.proofs = proofs.to_vec();
        self.or(ProblemKind::Unauthorized)
    }

    /// A parameter of the query, which may be left out.
    pub(super) fn query(mut self, name: &str, schema: Value, words: &str) -> Self {
        self.parameters
            .push(json!({ "name": name, "in": "query", "description": words, "schema": schema }));
        self
    }

    /// A parameter as OpenAPI has it.
    pub(super) fn parameter(mut self, parameter: Value) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// A header.
    pub(super) fn header(mut self, name: &str, required: bool, pattern: &str, words: &str) -> Self {
        self.parameters.push(json!({
            "name": name, "in": "header", "required": required, "description": words,
            "schema": { "type": "string", "pattern": pattern },
        }));
        self
    }

    /// A JSON body.
    pub(super) fn body<T: JsonSchema>(mut self) -> Self {
        self.body = Some(of::<T>());
        self.or(ProblemKind::InvalidJson)
            .or(ProblemKind::TooLarge)
            .or(ProblemKind::InvalidField)
    }

    /// A JSON body, without which the usual is asked for.
    pub(super) fn optional_body<T: JsonSchema>(mut self) -> Self {
        self.may_be_absent = true;
        self.body::<T>()
    }

    /// A body that is taken, at a business such as [`super::console::business`].
    pub(super) fn example(mut self, body: Value) -> Self {
        self.example = Some(body);
        self
    }

    /// A JSON answer.
    pub(super) fn gives<T: JsonSchema>(self, status: u16, words: &'static str) -> Self {
        self.of_kind(status, words, "application/json", Some(of::<T>()))
    }

    /// The same as a table.
    pub(super) fn or_csv(self) -> Self {
        let format = json!({ "type": "string", "enum": ["json", "csv"], "default": "json" });
        self.query("format", format, "As what.")
            .of_kind(200, "", "text/csv", None)
            .or(ProblemKind::InvalidQuery)
    }

    fn of_kind(mut self, status: u16, words: &'static str, kind: &'static str, schema: Option<Of>) -> Self {
        let good = self.good.entry(status).or_insert_with(|| Good {
            words,
            content: BTreeMap::new(),
            headers: Vec::new(),
        });
        good.content.insert(kind, schema);
        self
    }

    /// An answer without a body.
    pub(super) fn nothing(mut self, status: u16, words: &'static str) -> Self {
        let (content, headers) = (BTreeMap::new(), Vec::new());
        self.good.insert(
            status,
            Good {
                words,
                content,
                headers,
            },
        );
        self
    }

    /// A header of all answers that are no problems.
    pub(super) fn tells(mut self, name: &'static str, words: &'static str) -> Self {
        for good in self.good.values_mut() {
            good.headers.push((name, words));
        }
        self
    }

    /// A live socket: snapshots of this type.
    pub(super) fn socket(self, words: &'static str) -> Self {
        self.nothing(101, words)
            .header(
                "upgrade",
                false,
                "(?i)^(websocket)?$",
                "`websocket`: this address is one. Empty is as good as absent.",
            )
            .or(ProblemKind::MethodNotAllowed)
            .or(ProblemKind::Overloaded)
    }

    /// A refusal.
    pub(super) fn or(mut self, kind: ProblemKind) -> Self {
        self.problems.insert(kind.status());
        self
    }

    /// As OpenAPI writes it.
    pub(super) fn written(&self, schemas: &mut Schemas) -> Map<String, Value> {
        let mut answers = Map::new();
        for (status, good) in &self.good {
            let content: Map<String, Value> = good
                .content
                .iter()
                .map(|(kind, of)| {
                    let schema = of.map_or_else(|| json!({ "type": "string" }), |of| schemas.answered(of));
                    ((*kind).to_owned(), json!({ "schema": schema }))
                })
                .collect();
            let headers = good.headers.iter().map(|(name, words)| {
                let header = json!({ "description": words, "schema": { "type": "string" } });
                ((*name).to_owned(), header)
            });
            answers.insert(status.to_string(), answer(good.words, content, headers.collect()));
        }
        for status in &self.problems {
            let reference = format!("#/components/responses/{status}");
            answers.insert(status.to_string(), json!({ "$ref": reference }));
        }
        let mut written = Map::new();
        written.insert("operationId".into(), self.name.into());
        written.insert("summary".into(), self.summary.into());
        if !self.text.is_empty() {
            written.insert("description".into(), self.text.as_str().into());
        }
        if !self.parameters.is_empty() {
            written.insert("parameters".into(), self.parameters.clone().into());
        }
        if let Some(of) = self.body {
            let mut json = Map::new();
            json.insert("schema".into(), schemas.sent(of));
            if let Some(example) = &self.example {
                json.insert("examples".into(), json!({ "usual": { "value": example } }));
            }
            let body = json!({ "required": !self.may_be_absent, "content": { "application/json": json } });
            written.insert("requestBody".into(), body);
        }
        let proofs: Vec<Value> = self
            .proofs
            .iter()
            .map(|proof| json!({ proof.name(): [] }))
            .collect();
        written.insert("security".into(), proofs.into());
        written.insert("responses".into(), answers.into());
        written
    }
}

/// Makes the body of a written operation refer to what is sent.
pub(super) fn rename_body(written: &mut Value, renamed: &Renamed) {
    if let Some(body) = written.get_mut("requestBody") {
        renamed.rename(body);
    }
}

/// One answer as OpenAPI writes it.
fn answer(words: &str, content: Map<String, Value>, headers: Map<String, Value>) -> Value {
    let mut answer = Map::new();
    answer.insert("description".into(), words.into());
    for (name, parts) in [("content", content), ("headers", headers)] {
        if !parts.is_empty() {
            answer.insert(name.into(), parts.into());
        }
    }
    answer.into()
}

/// The refusals by status, with the kinds of each.
pub(super) fn refusals() -> Map<String, Value> {
    let mut by_status: BTreeMap<u16, Vec<ProblemKind>> = BTreeMap::new();
    for kind in ProblemKind::ALL {
        by_status.entry(kind.status()).or_default().push(*kind);
    }
    let written = by_status.into_iter().map(|(status, kinds)| {
        let words: Vec<String> = kinds
            .iter()
            .map(|kind| format!("{}: `/problems#{kind}`.", kind.title()))
            .collect();
        let schema = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        let header = match status {
            405 => Some(("allow", "The methods that exist here.", "string")),
            429 | 503 => Some(("retry-after", "Seconds to wait.", "integer")),
            _ => None,
        };
        let headers = header.map(|(name, words, kind)| {
            let header = json!({ "description": words, "schema": { "type": kind } });
            (name.to_owned(), header)
        });
        let content = Map::from_iter([(MEDIA_TYPE.to_owned(), schema)]);
        let written = answer(&words.join(" "), content, headers.into_iter().collect());
        (status.to_string(), written)
    });
    written.collect()
}
