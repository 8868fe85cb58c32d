//! Agents whose phones publish how they are. A program plays the SIP server here; a real one is among the telephones.

use serde_json::{Value, json};
use stage::{Outcome, Stack, as_sip_server, journeys};

/// The SIP server's secret.
const SECRET: &str = "a-secret-of-the-sip-server";

/// A minute of this, from so many milliseconds ago on.
fn told(basic: &str, activity: Option<&str>, ago_ms: i64) -> Value {
    json!({
        "op": "publish", "entity": "sip:Ana@PBX.example", "basic": basic, "activity": activity,
        "expires": 60, "ts": stage::now_ms() - ago_ms,
    })
}

/// What the edge says to this: the status, and the field that is at fault.
fn tell(stack: &Stack, secret: &str, told: &Value) -> Outcome<(u16, Option<String>)> {
    let (status, answer) = as_sip_server(stack, ("sip", secret), told)?;
    let field = answer.pointer("/errors/0/field").and_then(Value::as_str);
    Ok((status, field.map(Into::into)))
}

journeys! {
    /// The merchant writes Ana's SIP address down, wrongly at first. From then on her phone counts: while she is on it, and while it can't be
    /// rung, her desk says so, and the widget offers no call at once.
    async fn a_phone_counts_beside_the_desk(stage) {
        stage.stack.set_up(|document| {
            document["equipment"] = json!([{"id": "sandbox", "kind": "sandbox"}, {"id": "sip", "kind": "presence"}]);
        })?;
        stage.stack.give_secret("sip", SECRET)?;
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=people", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.code()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.fill("#f-agents-0--presence", "Ana@PBX.example").await?;
        merchant.click("#save").await?;
        merchant.see("#f-agents-0--presence[aria-invalid]").await?;
        merchant.fill("#f-agents-0--presence", "sip:Ana@PBX.example").await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;

        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.offered("skill:cruises", "now").await?;
        ana.see("#me-state:not([data-line])").await?;

        let busy = told("open", Some("on-the-phone"), 0);
        assert_eq!(tell(&stage.stack, "another-secret-than-that", &busy)?, (401, None));
        assert_eq!(tell(&stage.stack, SECRET, &busy)?, (204, None));
        ana.see("#me-state[data-state='available'][data-line='on_the_phone']").await?;
        ana.read("#me-state", "On the phone").await?;
        ana.read("#line", "You are on the phone").await?;
        shopper.offered("skill:cruises", "wait").await?;
        // What is older changes nothing.
        assert_eq!(tell(&stage.stack, SECRET, &told("open", None, 30_000))?, (204, None));
        assert_eq!(ana.text("#line").await?, "You are on the phone");

        assert_eq!(tell(&stage.stack, SECRET, &told("closed", None, 0))?, (204, None));
        ana.read("#me-state", "Phone not reachable").await?;
        ana.read("#line", "Your phone is not reachable").await?;
        shopper.offered("skill:cruises", "slot").await?;

        assert_eq!(tell(&stage.stack, SECRET, &told("open", None, 0))?, (204, None));
        shopper.offered("skill:cruises", "now").await?;
        ana.see("#idle[data-ready='true'] .pulse").await?;
        // A minute later nothing was heard of it.
        stage.stack.pass(61)?;
        ana.read("#line", "Your phone is not reachable").await?;
        shopper.offered("skill:cruises", "slot").await?;
    }

    /// Whatever is wrong with what is told is named, and changes nothing.
    async fn what_is_told_wrongly_is_refused_by_its_field(stage) {
        stage.stack.set_up(|document| {
            document["equipment"] = json!([{"id": "sandbox", "kind": "sandbox"}, {"id": "sip", "kind": "presence"}]);
            document["agents"][0]["presence"] = json!("sip:Ana@pbx.example");
        })?;
        stage.stack.give_secret("sip", SECRET)?;
        stage.stack.give_secret("sandbox", SECRET)?;
        let right = told("open", None, 0);
        for (field, wrong) in [
            ("entity", json!("ana")),
            ("entity", json!("sip:ben@pbx.example")),
            ("basic", Value::Null),
            ("basic", json!("ajar")),
            ("activity", json!("x".repeat(65))),
            ("note", json!("x".repeat(201))),
            ("expires", json!(86_401)),
            ("expires", json!(-1)),
            ("ts", json!(stage::now_ms() + 120_000)),
            ("op", json!("notify")),
            ("more", json!(1)),
        ] {
            let mut told = right.clone();
            told[field] = wrong;
            assert_eq!(tell(&stage.stack, SECRET, &told)?, (422, Some(field.into())), "{told}");
        }
        let seen = stage.stack.equipment()?;
        let fault = seen[1]["fault"].as_str().unwrap_or_default();
        assert!(fault.contains("sip:Ana@pbx.example") && fault.contains("future"), "{seen}");
        // Credentials of equipment that carries calls tell nothing of phones.
        let (status, _) = as_sip_server(&stage.stack, ("sandbox", SECRET), &right)?;
        assert_eq!(status, 401);
    }
}
