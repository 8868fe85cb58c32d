//! The HTTP interface held against its contract by Schemathesis: it reads the OpenAPI document that the server serves, makes up calls
//! that keep to it and calls that don't, and looks whether each answer is one that the document knows.

use crate::api::client;
use crate::exchange::wait_for;
use crate::{Clerk, Endpoint, Findings, Outcome, Stack, broken};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// All of Schemathesis's checks, but that whatever keeps to the schema is accepted: much of what is refused depends on the business (a
/// skill it does not have, a time that is taken). What is too large is refused as well. A business may be set up under any name, and any
/// text is one in the query of a page view: what is made up as a wrong one there is none.
const SETTINGS: &str = r#"
[checks]
positive_data_acceptance.enabled = false
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 409, 413, 422, 429, 503]
[[operations]]
include-operation-id = "setUpBusiness"
checks.negative_data_rejection.enabled = false
[[operations]]
include-operation-id = "viewPage"
checks.negative_data_rejection.enabled = false
[parameters]
"path.site" = "meridian"
"#;

/// Where the document's example has the business's endpoint.
const ENDPOINT: &str = "https://shop.example/hooks";

/// A customer whose phone answers at once, and one whose phone rings in vain.
const CUSTOMER: &str = "+442079460001";
const NOBODY: &str = "+442079460201";
/// The SIP server's secret.
const SIP_SECRET: &str = "a-secret-of-the-sip-server";

/// One visit: who asks, and for what.
struct Visit {
    who: &'static str,
    /// Which operations.
    only: Vec<[&'static str; 2]>,
    /// The header that says who asks.
    header: Option<(&'static str, String)>,
    /// What is named in addresses, where it has to be there.
    named: Vec<(&'static str, String)>,
}

/// What came of all visits.
#[derive(Debug, Default)]
pub struct Kept {
    /// Calls by visitor.
    pub calls: Vec<(&'static str, u64)>,
    /// What Schemathesis said of visits in which the contract was broken.
    pub faults: Vec<String>,
}

impl Findings for Kept {
    fn json(&self) -> Value {
        let calls: serde_json::Map<String, Value> = self
            .calls
            .iter()
            .map(|(who, calls)| ((*who).to_owned(), json!(calls)))
            .collect();
        json!({ "calls": calls, "faults": self.faults })
    }

    fn faults(&self) -> &[String] {
        &self.faults
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (who, calls) in &self.calls {
            writeln!(f, "{who}: {calls} calls")?;
        }
        self.faults.iter().try_for_each(|fault| writeln!(f, "\n{fault}"))
    }
}

/// `.tools/schemathesis/bin/st`, as `cargo xtask` installs it.
fn schemathesis() -> Outcome<PathBuf> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.tools/schemathesis/bin/st");
    if program.is_file() {
        Ok(program)
    } else {
        broken("Schemathesis is not installed: run `cargo xtask contract`")
    }
}

/// Makes up to `examples` calls of each kind for each operation, as everybody who may ask; the same `seed` makes the same ones.
///
/// # Errors
/// When the server does not come up.
pub fn keep_the_contract(examples: u32, seed: u64) -> Outcome<Kept> {
    let program = schemathesis()?;
    let mut kept = Kept::default();
    let endpoint = Endpoint::start()?;
    let strangers = open("contract-strangers", &endpoint)?;
    visit(
        &program,
        &strangers,
        &Visit {
            who: "a stranger",
            only: vec![],
            header: None,
            named: vec![],
        },
        (examples, seed),
        &mut kept,
    )?;
    drop(strangers);
    let stack = open("contract", &endpoint)?;
    for make in [customer, agent, sip_server, operator, leaving] {
        visit(&program, &stack, &make(&stack)?, (examples, seed), &mut kept)?;
    }
    Ok(kept)
}

/// A server whose business is as the document's own example has it.
fn open(name: &str, endpoint: &Endpoint) -> Outcome<Stack> {
    let stack = Stack::start_on_time(name)?;
    let address = format!("{}/v1/openapi.json", stack.origin());
    let served = client().get(address).call()?.body_mut().read_to_string()?;
    // Without https the session's cookie has another name; and no endpoint is asked that is not here.
    let here = served
        .replace("\"__Host-ringback\"", "\"ringback\"")
        .replace(ENDPOINT, &endpoint.url);
    std::fs::write(document(&stack), &here)?;
    let served: Value = serde_json::from_str(&here)?;
    let at = "/paths/~1v1~1businesses~1{site}/put/requestBody/content/application~1json/examples/usual/value";
    let example = served
        .pointer(at)
        .ok_or("the document has no example of a business")?;
    stack.set_up(|document| document.clone_from(example))?;
    Ok(stack)
}

/// The customer of a request that waits.
fn customer(stack: &Stack) -> Outcome<Visit> {
    let asked = stack.ask(NOBODY, &json!({}))?;
    let (id, receipt) = asked.credentials();
    Ok(Visit {
        who: "a customer",
        only: vec![["--include-path", "/v1/sites/{site}/requests/{request}"]],
        header: Some(("Authorization", format!("Bearer {receipt}"))),
        named: vec![("request", id.to_owned())],
    })
}

/// An agent who talks to a customer.
fn agent(stack: &Stack) -> Outcome<Visit> {
    let ana = Clerk::at(stack, "ana")?;
    let asked = stack.ask(CUSTOMER, &json!({}))?;
    wait_for("the two to talk", || stack.reached(&asked, "connected"))?;
    Ok(Visit {
        who: "an agent",
        only: vec![
            ["--include-tag", "desk"],
            ["--include-operation-id", "readSession"],
        ],
        header: Some(("Cookie", ana.cookie().to_owned())),
        named: vec![("request", asked.credentials().0.to_owned())],
    })
}

/// The SIP server that tells what Ana's phone publishes.
fn sip_server(stack: &Stack) -> Outcome<Visit> {
    stack.give_secret("sip", SIP_SECRET)?;
    let credentials = STANDARD.encode(format!("sip:{SIP_SECRET}"));
    Ok(Visit {
        who: "a SIP server",
        only: vec![["--include-tag", "equipment"]],
        header: Some(("Authorization", format!("Basic {credentials}"))),
        named: vec![("equipment", "sip".into())],
    })
}

/// Whoever runs the deployment, where an endpoint has a secret.
fn operator(stack: &Stack) -> Outcome<Visit> {
    stack.operate("POST", "webhooks/crm/secrets")?;
    Ok(Visit {
        who: "the operator",
        only: vec![["--include-tag", "console"]],
        header: Some(("Authorization", format!("Bearer {}", stack.operator()))),
        named: vec![("equipment", "sandbox".into()), ("webhook", "crm".into())],
    })
}

/// Somebody who signs out.
fn leaving(stack: &Stack) -> Outcome<Visit> {
    let ben = Clerk::at(stack, "ben")?;
    Ok(Visit {
        who: "somebody who leaves",
        only: vec![
            ["--include-operation-id", "signOut"],
            ["--include-operation-id", "signOutEverywhere"],
        ],
        header: Some(("Cookie", ben.cookie().to_owned())),
        named: vec![],
    })
}

fn visit(
    program: &Path,
    stack: &Stack,
    visit: &Visit,
    (examples, seed): (u32, u64),
    kept: &mut Kept,
) -> Outcome {
    let named = visit
        .named
        .iter()
        .map(|(name, value)| format!("\"path.{name}\" = \"{value}\"\n"));
    let settings = format!("{SETTINGS}{}", named.collect::<String>());
    let file = stack.folder().join("schemathesis.toml");
    std::fs::write(&file, settings)?;
    let mut st = Command::new(program);
    st.current_dir(stack.folder())
        .arg("--config-file")
        .arg(&file)
        .arg("run")
        .arg(document(stack))
        .args(["--url", &stack.origin()])
        .args(["--phases", "examples,coverage,fuzzing"])
        .args([
            "--max-examples",
            &examples.to_string(),
            "--seed",
            &seed.to_string(),
        ])
        .args([
            "--generation-with-security-parameters",
            "false",
            "--generation-database",
            "none",
            "--no-shrink",
            "--continue-on-failure",
            "--warnings",
            "off",
        ])
        .args(visit.only.iter().flatten());
    if let Some((name, value)) = &visit.header {
        st.args(["--header", &format!("{name}: {value}")]);
    }
    let said = st.output()?;
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    kept.calls.push((visit.who, calls(&words)));
    if !said.status.success() {
        let errors = String::from_utf8_lossy(&said.stderr);
        kept.faults.push(format!(
            "As {}:\n{words}{errors}\n{}",
            visit.who,
            stack.log_tail()
        ));
    }
    Ok(())
}

/// The document in a file.
fn document(stack: &Stack) -> PathBuf {
    stack.folder().join("openapi.json")
}

/// The number in `4171 generated, …`.
fn calls(words: &str) -> u64 {
    let line = words.lines().find_map(|line| line.split_once(" generated,"));
    line.and_then(|(before, _)| before.split_whitespace().next_back()?.parse().ok())
        .unwrap_or_default()
}
