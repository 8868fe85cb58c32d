//! Whatever is sent, the answer is a problem that says which field and why. Never a 500, never a half-made request.

use serde_json::{Value, json};
use stage::{Outcome, Stack, broken, journeys};
use ureq::http::{Response, Uri};

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

fn read(mut answer: Response<ureq::Body>) -> Outcome<(u16, Value)> {
    let problem = answer.status().as_u16() >= 400;
    let kind = answer
        .headers()
        .get("content-type")
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if (kind == "application/problem+json") != problem {
        return broken(format!("the status and {kind} do not fit"));
    }
    Ok((answer.status().as_u16(), answer.body_mut().read_json()?))
}

fn post(stack: &Stack, key: &str, origin: Option<&str>, body: &str) -> Outcome<(u16, Value)> {
    let address: Uri = format!("{}/v1/sites/meridian/requests", stack.origin()).parse()?;
    let mut call = agent().post(address);
    if !key.is_empty() {
        call = call.header("idempotency-key", key);
    }
    if let Some(origin) = origin {
        call = call.header("origin", origin);
    }
    read(call.send(body)?)
}

fn first_field(problem: &Value) -> &str {
    problem
        .pointer("/errors/0/field")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

const FINE: &str = r#"{"phone":"+447700900009","consent":true}"#;

journeys! {
    /// Every kind of nonsense at the front door.
    async fn nonsense_is_refused_by_name(stage) {
        let with = |field: &str, value: Value| {
            let mut body: Value = serde_json::from_str(FINE).unwrap_or_default();
            body[field] = value;
            body.to_string()
        };
        let long = "x".repeat(600);
        for (body, status, field) in [
            ("{\"phone\":".to_owned(), 400, ""),
            ("[]".to_owned(), 400, ""),
            (String::new(), 400, ""),
            (format!("{FINE} more"), 400, ""),
            (with("note", json!("x".repeat(40_000))), 413, ""),
            ("{\"consent\":true}".to_owned(), 422, "phone"),
            (with("phone", json!("")), 422, "phone"),
            (with("phone", json!("020 7946 0001")), 422, "phone"),
            (with("phone", json!("call me")), 422, "phone"),
            (with("phone", json!(12)), 422, "phone"),
            (with("phone", json!("+449098790000")), 422, "phone"),
            (with("colour", json!("red")), 422, "colour"),
            (with("skill", json!("trains")), 422, "skill"),
            (with("skill", json!("Trains!")), 422, "skill"),
            (with("expert", json!("zoe")), 422, "expert"),
            (with("slot", json!(1_000_000)), 422, "slot"),
            (with("slot", json!("noon")), 422, "slot"),
            (with("consent", json!(false)), 422, "consent"),
            (with("note", json!(long)), 422, "note"),
            (with("page", json!({"url": "https://evil.example/"})), 403, "page.url"),
            (with("page", json!({"url": "javascript:alert(1)"})), 403, "page.url"),
            (with("trail", json!([{"url": 7}])), 422, "trail[0].url"),
            (with("trail", json!([{"url": "x", "colour": 1}])), 422, "trail[0].colour"),
        ] {
            let (got, problem) = post(&stage.stack, "key", None, &body)?;
            assert_eq!((got, first_field(&problem)), (status, field), "{body:.80} → {problem}");
            assert!(problem["detail"].as_str().is_some_and(|words| !words.is_empty()));
        }
        let (status, problem) = post(&stage.stack, "", None, FINE)?;
        assert_eq!((status, first_field(&problem)), (422, "Idempotency-Key"));
        let (status, problem) = post(&stage.stack, "key", Some("https://evil.example"), FINE)?;
        assert_eq!((status, first_field(&problem)), (403, "Origin"));
        for (path, status) in [("/v1/sites/nobody", 404), ("/v1/sites/MERIDIAN", 404), ("/v1/nothing", 404), ("/v1/desk", 401)] {
            let (got, _) = read(agent().get(format!("{}{path}", stage.stack.origin())).call()?)?;
            assert_eq!(got, status, "{path}");
        }
        // Nothing of all this was half made: the number is free to ask.
        assert_eq!(post(&stage.stack, "key", None, FINE)?.0, 201);
    }

    /// A second post with the same key is the same request, also after a crash.
    async fn the_same_key_is_the_same_request(stage) {
        let first = post(&stage.stack, "one", None, FINE)?;
        assert_eq!(first.0, 201);
        assert_eq!(post(&stage.stack, "one", None, FINE)?, first);
        let (status, problem) = post(&stage.stack, "one", None, r#"{"phone":"+447700900008","consent":true}"#)?;
        assert_eq!((status, first_field(&problem)), (422, "Idempotency-Key"));
        let (status, problem) = post(&stage.stack, "two", None, FINE)?;
        assert_eq!((status, first_field(&problem)), (409, "phone"), "one call for one number");
        stage.stack.kill()?;
        stage.stack.start_again()?;
        assert_eq!(post(&stage.stack, "one", None, FINE)?, first);
    }

    /// Events that nobody signed, and calls to the exchange without its secret, do nothing.
    async fn the_back_doors_are_locked(stage) {
        let origin = stage.stack.origin();
        for path in ["/v1/carriers/sandbox/meridian/events", "/sandbox/v1/meridian/calls", "/sandbox/v1/meridian/bridges"] {
            let (status, _) = read(agent().post(format!("{origin}{path}")).send("{}")?)?;
            assert_eq!(status, 401, "{path}");
        }
        let (status, _) = read(agent().put(format!("{origin}/v1/businesses/meridian")).send("{}")?)?;
        assert_eq!(status, 401);
    }

    /// Addresses spelled in odd ways lead nowhere, and the pages of agents can't be framed.
    async fn odd_addresses_lead_nowhere(stage) {
        let origin = stage.stack.origin();
        for path in ["//evil.example/x", "/%zz/", "/%64esk/", "//desk/", "/desk/%2e%2e/", "/shop/../../etc/passwd"] {
            let (status, _) = read(agent().get(format!("{origin}{path}")).call()?)?;
            assert_eq!(status, 404, "{path}");
        }
        for path in ["/", "/desk/", "/phones/", "/problems/"] {
            let answer = agent().get(format!("{origin}{path}")).call()?;
            let policy = answer.headers().get("content-security-policy").and_then(|policy| policy.to_str().ok());
            assert!(policy.is_some_and(|policy| policy.contains("frame-ancestors 'none'")), "{path}");
        }
    }

    /// The sign-in code can't be found out by trying.
    async fn guessing_is_slow(stage) {
        let address = format!("{}/v1/door/meridian/code", stage.stack.origin());
        let guess = |code: &str| read(agent().post(&address).send(json!({"agent": "ana", "code": code}).to_string())?);
        let mut answers = Vec::new();
        for nth in 0..12 {
            answers.push(guess(&format!("wrong{nth}"))?.0);
        }
        assert!(answers.starts_with(&[401; 6]), "{answers:?}");
        assert!(answers.ends_with(&[429]) || answers.ends_with(&[401]) && answers.contains(&429), "{answers:?}");
    }

    /// What is wrong is said beside its field, and nothing that was typed is lost.
    async fn the_panel_says_it_beside_the_field(stage) {
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.fill("#note", "keep this").await?;
        shopper.ask("020 79").await?;
        shopper.read("#phone-error", "too short").await?;
        shopper.ask("+449098790000").await?;
        shopper.read("#phone-error", "numbers of this kind").await?;
        assert_eq!(shopper.see("#note").await?.value().await?.as_deref(), Some("keep this"));
        shopper.fill("#phone", "+442079460202").await?;
        shopper.send().await?;
        shopper.ended("customer_declined").await?;
    }
}
