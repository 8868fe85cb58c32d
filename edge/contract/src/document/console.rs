//! What whoever sets a business up asks.

use super::operation::{Operation, Proof, on};
use access::right;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use shared::business::Business;
use shared::door::AuditView;
use shared::equipment::{Credentials, EquipmentView};
use shared::forecast::Forecast;
use shared::policy::{PolicyView, Suppress, SuppressionView};
use shared::privacy::{Erased, Person};
use shared::problem::ProblemKind::{Conflict, Forbidden, InvalidField, InvalidQuery, WrongOrigin};
use shared::report::{Report, Seen};
use shared::rule::{DryRun, Explained};
use shared::secret::{NewSecret, NewServerSecret, Refused, SecretWish, ServerSecret};
use shared::sign_on::{ClientSecret, SignOnStatus};
use shared::usage::Usage;
use shared::webhook::{DeliveryView, EndpointView};
use std::borrow::Cow;

/// What is kept of one customer: rows as they are in the database, by kinds.
struct Kept;

impl JsonSchema for Kept {
    fn schema_name() -> Cow<'static, str> {
        "Kept".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let rows = json!({ "type": "array", "items": { "type": "object" } });
        let kinds = [
            "requests",
            "consents",
            "steps",
            "announced_waits",
            "handled",
            "calls",
            "deliveries",
        ];
        let properties: serde_json::Map<String, Value> = kinds
            .iter()
            .map(|kind| ((*kind).to_owned(), rows.clone()))
            .collect();
        json_schema!({
            "type": "object", "required": kinds, "properties": properties,
            "description": "What is kept of one customer: rows as they are kept, by kinds.",
        })
    }
}

/// A document of a business that is taken as it is.
pub(super) fn business() -> Value {
    json!({
        "name": "Shop", "tel": "+442079460958", "country": "GB", "origins": ["https://shop.example"], "zone": "Europe/London",
        "hours": [{ "days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00" }],
        "skills": [{ "id": "cruises", "name": "Cruises" }, { "id": "flights", "name": "Flights" }],
        "agents": [
            { "id": "ana", "name": "Ana Ferreira", "phone": "+442079460002", "skills": ["cruises"], "supervisor": true,
              "presence": "sip:ana@pbx.example" },
            { "id": "ben", "name": "Ben Okafor", "phone": "+442079460003", "skills": { "flights": 1, "cruises": 2 } },
        ],
        "rules": [{ "name": "Cruises", "when": { "url": "/cruises/*" }, "skill": "cruises" }],
        "equipment": [{ "id": "sandbox", "kind": "sandbox" }, { "id": "sip", "kind": "presence" }],
        "webhooks": [{ "id": "crm", "url": "https://shop.example/hooks", "events": ["request.created", "call.ended"], "on": true }],
    })
}

/// An operation below `/v1/businesses/{site}`, with what the table of rights says of it.
fn at(method: &'static str, path: &'static str, name: &'static str, summary: &'static str) -> Operation {
    let segments: Vec<&str> = path.split('/').skip(4).collect();
    let right = right::console(method, &segments)
        .map_or_else(String::new, |right| format!("Needs the right `{right}`."));
    let operation = on(method, path, name, summary)
        .text(&right)
        .by(&[Proof::Operator, Proof::Session])
        .or(Forbidden);
    if method == "GET" {
        operation
    } else {
        operation.or(WrongOrigin)
    }
}

/// From when to when a report looks.
fn of_a_time(operation: Operation) -> Operation {
    let instant = || json!({ "type": "integer", "format": "int64" });
    operation
        .query("from", instant(), "From this instant on, UTC milliseconds.")
        .query("to", instant(), "Up to this instant; now where it is absent.")
        .or(InvalidQuery)
}

pub(super) fn operations() -> Vec<Operation> {
    let tag = "Tells this version of the document from others.";
    vec![
        at("GET", "/v1/businesses/{site}", "readBusiness", "Its document")
            .gives::<Business>(
                200,
                "The document; telephone numbers masked for those who only look.",
            )
            .tells("etag", tag),
        at(
            "PUT",
            "/v1/businesses/{site}",
            "setUpBusiness",
            "Sets the business up or changes it; whole or not at all",
        )
        .header(
            "if-match",
            false,
            "^\"[^\"]*\"$",
            "Only if it is still the version with this `etag`.",
        )
        .body::<Business>()
        .example(business())
        .gives::<Business>(200, "The document.")
        .tells("etag", tag)
        .or(Conflict),
        at(
            "POST",
            "/v1/businesses/{site}/placement",
            "tryRules",
            "Which skills a page would get, and why; keeps nothing",
        )
        .body::<DryRun>()
        .example(json!({ "url": "https://shop.example/cruises/7" }))
        .gives::<Explained>(200, "Where the page would stand."),
        at(
            "GET",
            "/v1/businesses/{site}/forecast",
            "readForecast",
            "Waits as announced, beside what came true",
        )
        .gives::<Forecast>(200, "The waits."),
        of_a_time(at(
            "GET",
            "/v1/businesses/{site}/report",
            "readReport",
            "What became of the requests of a time",
        ))
        .gives::<Report>(200, "The report.")
        .or_csv(),
        at(
            "GET",
            "/v1/businesses/{site}/seen",
            "listSightings",
            "Where the script tag was seen",
        )
        .gives::<Vec<Seen>>(200, "The origins, the latest first."),
        at(
            "GET",
            "/v1/businesses/{site}/audit",
            "readAuditLog",
            "The audit log, and whether it is whole",
        )
        .gives::<AuditView>(200, "The latest lines; as CSV all of them.")
        .or_csv(),
        of_a_time(at(
            "GET",
            "/v1/businesses/{site}/usage",
            "readUsage",
            "What was used, leg by leg",
        ))
        .by(&[Proof::Operator, Proof::Session, Proof::Signature])
        .gives::<Usage>(200, "The legs.")
        .or_csv(),
        at(
            "GET",
            "/v1/businesses/{site}/equipment",
            "listEquipment",
            "The calling equipment as it stands",
        )
        .gives::<Vec<EquipmentView>>(200, "The equipment."),
        at(
            "PUT",
            "/v1/businesses/{site}/equipment/{equipment}/secret",
            "keepCredentials",
            "Gives equipment its credentials; nobody reads them back",
        )
        .body::<Credentials>()
        .nothing(204, "Kept."),
        at(
            "GET",
            "/v1/businesses/{site}/sign_on",
            "readSignOn",
            "How the company's own sign-in stands",
        )
        .gives::<SignOnStatus>(200, "How it stands."),
        at(
            "PUT",
            "/v1/businesses/{site}/sign_on/secret",
            "keepClientSecret",
            "Gives the client's secret at the company's sign-in; nobody reads it back",
        )
        .body::<ClientSecret>()
        .nothing(204, "Kept."),
        at(
            "GET",
            "/v1/businesses/{site}/secrets",
            "listSecrets",
            "The secrets by name: those that are live, and those that ended lately",
        )
        .gives::<Vec<ServerSecret>>(200, "The secrets."),
        at(
            "POST",
            "/v1/businesses/{site}/secrets",
            "makeSecret",
            "Makes a secret for the business's server; two may be live",
        )
        .optional_body::<SecretWish>()
        .example(json!({ "scopes": ["bridges", "usage"], "expires_in_days": 366 }))
        .gives::<NewServerSecret>(201, "The secret, shown this once.")
        .or(Conflict),
        at(
            "DELETE",
            "/v1/businesses/{site}/secrets/{secret}",
            "revokeSecret",
            "Takes a secret back",
        )
        .nothing(204, "Gone."),
        at(
            "GET",
            "/v1/businesses/{site}/refusals",
            "listRefusals",
            "What was refused, by day and reason",
        )
        .gives::<Vec<Refused>>(200, "The counts."),
        at(
            "GET",
            "/v1/businesses/{site}/webhooks",
            "listWebhooks",
            "The endpoints as they stand",
        )
        .gives::<Vec<EndpointView>>(200, "The endpoints."),
        at(
            "POST",
            "/v1/businesses/{site}/webhooks/{webhook}/secrets",
            "makeWebhookSecret",
            "Makes a secret that messages are signed with",
        )
        .gives::<NewSecret>(201, "The secret, shown this once.")
        .or(Conflict),
        at(
            "DELETE",
            "/v1/businesses/{site}/webhooks/{webhook}/secrets/{secret}",
            "revokeWebhookSecret",
            "Takes it back",
        )
        .nothing(204, "Gone."),
        at(
            "GET",
            "/v1/businesses/{site}/webhooks/{webhook}/deliveries",
            "listDeliveries",
            "The latest 50 messages and what came of them",
        )
        .gives::<Vec<DeliveryView>>(200, "The messages, the newest first."),
        at(
            "POST",
            "/v1/businesses/{site}/webhooks/{webhook}/deliveries/{message}/again",
            "sendAgain",
            "Sends a message again, with the same id",
        )
        .gives::<DeliveryView>(202, "The message as it stands.")
        .or(Conflict),
        at(
            "POST",
            "/v1/businesses/{site}/webhooks/{webhook}/test",
            "sendTest",
            "Sends a test",
        )
        .gives::<DeliveryView>(202, "The message as it stands.")
        .or(Conflict),
        at(
            "GET",
            "/v1/businesses/{site}/policy",
            "readPolicy",
            "The dial policy as it stands",
        )
        .gives::<PolicyView>(200, "The policy."),
        at(
            "GET",
            "/v1/businesses/{site}/suppressions",
            "listSuppressions",
            "The numbers that are never called",
        )
        .gives::<Vec<SuppressionView>>(200, "The numbers, masked."),
        at(
            "POST",
            "/v1/businesses/{site}/suppressions",
            "suppressNumber",
            "A number is never called again",
        )
        .body::<Suppress>()
        .example(json!({ "phone": "+442079460099", "reason": "asked" }))
        .nothing(204, "It is on the list."),
        at(
            "DELETE",
            "/v1/businesses/{site}/suppressions/{suppression}",
            "allowNumber",
            "The number may be called again",
        )
        .nothing(204, "It is off the list."),
        at(
            "POST",
            "/v1/businesses/{site}/customers/export",
            "exportCustomer",
            "Everything that is kept of one customer",
        )
        .body::<Person>()
        .example(json!({ "phone": "+442079460001" }))
        .gives::<Kept>(200, "The rows."),
        at(
            "POST",
            "/v1/businesses/{site}/customers/erase",
            "eraseCustomer",
            "Erases it",
        )
        .body::<Person>()
        .example(json!({ "phone": "+442079460001" }))
        .gives::<Erased>(200, "How many rows are gone.")
        .or(Conflict)
        .or(InvalidField),
    ]
}
