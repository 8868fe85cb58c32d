//! A business's own server has two numbers connected; and those who may not, may not.

use serde_json::{Value, json};
use stage::{Asked, Caller, Clerk, Outcome, Stage, journeys, until};

const CUSTOMER: &str = "+442079460001";
const OFFICE: &str = "+442079460002";

fn bridge(customer: &str, agent: &str) -> Value {
    json!({"business": "meridian", "customer": customer, "agent": agent})
}

async fn reaches(stage: &Stage, asked: &Asked, state: &str) -> Outcome<Value> {
    until(state, async || stage.stack.reached(asked, state)).await
}

fn refused(stage: &Stage, reason: &str) -> Outcome<i64> {
    let (_, list) = stage.stack.operate("GET", "refusals")?;
    let rows = list.as_array().cloned().unwrap_or_default();
    let of = rows.iter().find(|row| row["reason"] == reason);
    Ok(of.and_then(|row| row["count"].as_i64()).unwrap_or_default())
}

/// What is told of a secret.
fn kept(stage: &Stage, id: &str) -> Outcome<Value> {
    let (_, list) = stage.stack.operate("GET", "secrets")?;
    let row = list
        .as_array()
        .and_then(|rows| rows.iter().find(|row| row["id"] == id));
    Ok(row.cloned().unwrap_or_default())
}

journeys! {
    /// The customer's phone rings first, then the other; both talk; whoever hangs up ends it. No agent of the business is needed.
    async fn two_numbers_are_connected(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let caller = Caller::with(&secret);
        let (status, answer) = stage.stack.initiate(&caller, &bridge("+442079460003", "+442079460104"))?;
        assert_eq!(status, 201, "{answer}");
        let asked = stage.stack.initiated(&answer)?;
        let view = reaches(stage, &asked, "dialing_customer").await?;
        assert_eq!(view["legs"]["agent"], "idle");
        reaches(stage, &asked, "connected").await?;
        let view = reaches(stage, &asked, "ended").await?;
        assert_eq!((&view["reason"], &view["ended_by"]), (&json!("talked"), &json!("agent")));
    }

    /// A time for it, which is kept; and one that is none.
    async fn at_the_time_that_the_business_names(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let caller = Caller::with(&secret);
        let mut body = bridge(CUSTOMER, OFFICE);
        body["at"] = json!(1_000);
        let (status, answer) = stage.stack.initiate(&caller, &body)?;
        assert_eq!((status, &answer["errors"][0]["field"]), (422, &json!("at")));
        let now = stage.stack.site()?["at"].as_i64().ok_or("no clock")?;
        body["at"] = json!(now + 3_600_000);
        let (_, answer) = stage.stack.initiate(&caller, &body)?;
        let asked = stage.stack.initiated(&answer)?;
        assert_eq!(stage.stack.state_of(&asked)?, "scheduled");
        stage.stack.pass(3_600)?;
        reaches(stage, &asked, "connected").await?;
    }

    /// Two secrets live at once, so that nothing stands still while they are changed; a third has to wait.
    async fn secrets_are_rotated(stage) {
        let (old, first) = stage.stack.new_secret()?;
        let (_, second) = stage.stack.new_secret()?;
        assert_eq!(stage.stack.operate("POST", "secrets")?.0, 409);
        for (nth, secret) in [&first, &second].into_iter().enumerate() {
            let body = bridge(&format!("+44207946000{}", nth + 1), "+442079460009");
            assert_eq!(stage.stack.initiate(&Caller::with(secret), &body)?.0, 201);
        }
        assert_eq!(stage.stack.operate("DELETE", &format!("secrets/{old}"))?.0, 204);
        assert_eq!(stage.stack.initiate(&Caller::with(&first), &bridge("+442079460005", OFFICE))?.0, 401);
        assert_eq!(stage.stack.initiate(&Caller::with(&second), &bridge("+442079460006", OFFICE))?.0, 201);
        let (_, list) = stage.stack.operate("GET", "secrets")?;
        assert_eq!(list.as_array().map(Vec::len), Some(1));
        assert!(list[0]["last_used_at"].is_number() && list[0].get("secret").is_none(), "{list}");
        let everything = json!(["bridges", "customers", "usage"]);
        assert_eq!((&list[0]["scopes"], &list[0]["expires_at"]), (&everything, &json!(null)), "unless it says so");
        stage.stack.new_secret()?;
    }

    /// A secret opens what it was made for, and says so where it does not; while both are signed with, either will do. The business sees
    /// who tried, and what was made for what.
    async fn a_secret_may_what_it_was_made_for(stage) {
        for wrong in [json!({"scopes": []}), json!({"scopes": ["everything"]}), json!({"expires_in_days": 367})] {
            assert_eq!(stage.stack.operate_with("POST", "secrets", &wrong.to_string())?.0, 422, "{wrong}");
        }
        let (id, books) = stage.stack.new_secret_for(&json!({"scopes": ["usage"]}))?;
        let (_, calls) = stage.stack.new_secret_for(&json!({"scopes": ["bridges", "customers"]}))?;
        let (books, calls) = (Caller::with(&books), Caller::with(&calls));
        let (status, answer) = stage.stack.initiate(&books, &bridge(CUSTOMER, OFFICE))?;
        assert_eq!((status, &answer["type"]), (403, &json!("/problems#forbidden")), "{answer}");
        assert!(answer["detail"].as_str().is_some_and(|words| words.contains("`bridges`")), "{answer}");
        assert_eq!(stage.stack.usage_of("meridian", &calls)?.0, 403);
        assert_eq!(refused(stage, "not_allowed")?, 2);
        assert_eq!(stage.stack.initiate(&calls, &bridge(CUSTOMER, OFFICE))?.0, 201);
        assert_eq!(stage.stack.usage_of("meridian", &books)?.0, 200);
        let row = kept(stage, &id)?;
        assert_eq!(row["scopes"], json!(["usage"]), "{row}");
        assert!(row["last_used_at"].is_number(), "{row}");
        let (_, audit) = stage.stack.operate("GET", "audit")?;
        let lines = audit["latest"].as_array().cloned().unwrap_or_default();
        let noted = |what: &str| lines.iter().any(|line| line["verb"] == "secret.made" && line["what"] == what);
        assert!(noted(&format!("{id}: usage; no end")), "{audit}");
    }

    /// A secret that ends is unknown from then on, stays in the list, and makes room for the next.
    async fn a_secret_ends_when_it_was_to_end(stage) {
        let (id, day) = stage.stack.new_secret_for(&json!({"expires_in_days": 1}))?;
        let (_, year) = stage.stack.new_secret_for(&json!({"expires_in_days": 366}))?;
        let row = kept(stage, &id)?;
        let (made, ends) = (row["created_at"].as_i64(), row["expires_at"].as_i64());
        assert_eq!(ends, made.map(|made| made + 86_400_000), "{row}");
        assert_eq!(stage.stack.usage_of("meridian", &Caller::with(&day))?.0, 200);
        stage.stack.pass(86_400)?;
        let later = |secret: &str| Caller { ahead_s: 86_400, ..Caller::with(secret) };
        assert_eq!(stage.stack.usage_of("meridian", &later(&day))?.0, 401);
        assert_eq!(refused(stage, "forged")?, 1, "as one that never was");
        assert_eq!(stage.stack.usage_of("meridian", &later(&year))?.0, 200);
        stage.stack.new_secret()?;
        assert_eq!(kept(stage, &id)?["expires_at"].as_i64(), ends, "it is still told why");
        assert_eq!(stage.stack.operate("POST", "secrets")?.0, 409, "two are live");
    }

    /// Nobody is called for somebody who can't sign, and the business sees that they came.
    async fn whoever_can_not_sign_is_refused_and_counted(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let good = Caller::with(&secret);
        let body = bridge(CUSTOMER, OFFICE);
        let wrong = Caller::with("rbs_of-somebody-else");
        let old = Caller { ahead_s: -301, ..good.clone() };
        let early = Caller { ahead_s: 400, ..good.clone() };
        for (caller, reason, count) in [(&wrong, "forged", 1), (&old, "expired", 1), (&early, "expired", 2)] {
            assert_eq!(stage.stack.initiate(caller, &body)?.0, 401, "{reason}");
            assert_eq!(refused(stage, reason)?, count, "{reason}");
        }
        // Another body than was signed.
        let unknown = json!({"business": "nobody", "customer": CUSTOMER, "agent": OFFICE});
        assert_eq!(stage.stack.initiate(&good, &unknown)?.0, 401);
        // The same message again.
        let once = Caller { message: Some("msg_once".into()), ..good.clone() };
        assert_eq!(stage.stack.initiate(&once, &bridge("+442079460003", OFFICE))?.0, 201);
        assert_eq!(stage.stack.initiate(&once, &bridge("+442079460003", OFFICE))?.0, 401);
        assert_eq!(refused(stage, "replayed")?, 1);
        // What is wrong with the content is told only to whoever has signed it.
        let bad = json!({"business": "meridian", "customer": "12", "agent": OFFICE});
        assert_eq!(stage.stack.initiate(&wrong, &bad)?.0, 401);
        let (status, answer) = stage.stack.initiate(&good, &bad)?;
        assert_eq!((status, &answer["errors"][0]["field"]), (422, &json!("customer")));
        let (status, answer) = stage.stack.initiate(&good, &bridge("+449098790000", OFFICE))?;
        assert_eq!((status, &answer["errors"][0]["field"]), (422, &json!("customer")), "{answer}");
        let (status, answer) = stage.stack.initiate(&good, &bridge(CUSTOMER, CUSTOMER))?;
        assert_eq!((status, &answer["errors"][0]["field"]), (422, &json!("agent")), "{answer}");
        let (_, usage) = stage.stack.operate("GET", "usage")?;
        assert_eq!(usage["total"]["legs"], 0, "nobody was called for those who were refused: {usage}");
    }

    /// A repeat with the same key is the same call.
    async fn a_repeat_is_the_same_call(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let caller = Caller { key: Some("order-17".into()), ..Caller::with(&secret) };
        let (first, one) = stage.stack.initiate(&caller, &bridge(CUSTOMER, OFFICE))?;
        let (second, two) = stage.stack.initiate(&caller, &bridge(CUSTOMER, OFFICE))?;
        assert_eq!((first, second), (201, 201));
        assert_eq!(one, two);
        assert_eq!(stage.stack.initiate(&caller, &bridge(CUSTOMER, "+442079460009"))?.0, 422);
    }

    /// Every second of every leg is on the account once, also when the server dies in the middle; it is what the exchange counted.
    async fn usage_is_what_the_equipment_counted(stage) {
        stage.stack.set_up(|document| document["agents"][0]["phone"] = json!("+442079460110"))?;
        let ana = Clerk::at(&stage.stack, "ana")?;
        let (_, secret) = stage.stack.new_secret()?;
        let (_, answer) = stage.stack.initiate(&Caller::with(&secret), &bridge("+442079460001", "+442079460105"))?;
        let direct = stage.stack.initiated(&answer)?;
        let asked = stage.stack.ask("+442079460002", &json!({"skill": "cruises"}))?;
        let missed = stage.stack.ask("+442079460202", &json!({}))?;
        reaches(stage, &asked, "connected").await?;
        stage.stack.kill()?;
        stage.stack.start_again()?;
        drop((ana, missed));
        reaches(stage, &asked, "ended").await?;
        reaches(stage, &direct, "ended").await?;
        let usage = until("all four legs to be over", async || {
            let (_, usage) = stage.stack.operate("GET", "usage")?;
            Ok((usage["total"]["legs"].as_i64() >= Some(4)).then_some(usage))
        })
        .await?;
        let mut sum = 0;
        for leg in usage["legs"].as_array().ok_or("no legs")? {
            let id = leg["leg"].as_str().unwrap_or_default();
            let call = stage.stack.at_the_exchange(id)?;
            let (from, to) = (call["answered_at"].as_i64(), call["ended_at"].as_i64().ok_or("not over")?);
            let seconds = from.map_or(0, |from| (to - from + 999) / 1000);
            assert_eq!(leg["seconds"].as_i64(), Some(seconds), "{leg} beside {call}");
            assert!(leg["number"].as_str().is_some_and(|number| number.contains('•')), "{leg}");
            sum += seconds;
        }
        assert_eq!(usage["total"]["seconds"].as_i64(), Some(sum));
        assert_eq!(usage["equipment"]["sandbox"]["seconds"].as_i64(), Some(sum));
        assert!(sum > 10, "{usage}");
        let (_, csv) = stage.stack.operate("GET", "usage?format=csv")?;
        let lines: Vec<&str> = csv.as_str().unwrap_or_default().lines().collect();
        assert_eq!(lines.len(), usage["legs"].as_array().map_or(0, Vec::len) + 1, "{csv}");
        let (status, problem) = stage.stack.operate("GET", "usage?from=yesterday")?;
        assert_eq!((status, &problem["errors"][0]["field"]), (400, &json!("from")));
    }
}
