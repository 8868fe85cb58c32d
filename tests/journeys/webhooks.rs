//! A merchant's server is told what happens, believes it, and misses nothing: also when it is slow, down, or wants it again.

use serde_json::{Value, json};
use stage::{Clerk, Endpoint, Manners, Outcome, Stage, journeys, until};

const CUSTOMER: &str = "+442079460001";

/// The shop tells this endpoint of these events; the secret that it signs with.
#[expect(
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    reason = "as in the journeys themselves"
)]
fn subscribe(stage: &Stage, endpoint: &Endpoint, events: &[&str]) -> Outcome<String> {
    stage.stack.set_up(|document| {
        document["agents"][0]["phone"] = json!("+442079460002");
        document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": events}]);
    })?;
    let (status, made) = stage.stack.operate("POST", "webhooks/crm/secrets")?;
    assert_eq!(status, 201, "{made}");
    Ok(made["secret"].as_str().unwrap_or_default().to_owned())
}

fn log(stage: &Stage) -> Outcome<Vec<Value>> {
    let (_, log) = stage.stack.operate("GET", "webhooks/crm/deliveries")?;
    Ok(log.as_array().cloned().unwrap_or_default())
}

#[expect(
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    reason = "as in the journeys themselves"
)]
fn test(stage: &Stage) -> Outcome<String> {
    let (status, sent) = stage.stack.operate("POST", "webhooks/crm/test")?;
    assert_eq!(status, 202, "{sent}");
    Ok(sent["id"].as_str().unwrap_or_default().to_owned())
}

/// Where the latest message stands, and how often it was tried.
#[expect(clippy::indexing_slicing, reason = "as in the journeys themselves")]
async fn stands(stage: &Stage, state: &str, attempts: usize) -> Outcome<Value> {
    until(
        format!("a message that is {state} after {attempts}"),
        async || {
            let latest = log(stage)?.into_iter().next().unwrap_or_default();
            let tried = latest["attempts"].as_array().map_or(0, Vec::len);
            Ok((latest["state"] == state && tried == attempts).then_some(latest))
        },
    )
    .await
}

journeys! {
    /// A call from the tap to the wrap-up, as the merchant's server hears of it.
    async fn a_server_hears_of_a_call_from_the_tap_to_the_wrap_up(stage) {
        let endpoint = Endpoint::start()?;
        let all = ["request.created", "request.cancelled", "call.started", "call.ended", "call.written_up"];
        let secret = subscribe(stage, &endpoint, &all)?;
        let ana = Clerk::at(&stage.stack, "ana")?;
        let asked = stage.stack.ask(CUSTOMER, &json!({"skill": "cruises", "note": "A cabin with a view"}))?;
        until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        ana.hang_up()?;
        ana.write_up()?;
        let heard = endpoint.hears(4).await?;
        let told: Vec<Value> = heard.iter().map(|it| it.believed(&secret)).collect::<Outcome<_>>()?;
        let mut types: Vec<&str> = told.iter().filter_map(|it| it["type"].as_str()).collect();
        // At least once and as soon as may be: the order is that of their timestamps.
        types.sort_unstable();
        assert_eq!(types, ["call.ended", "call.started", "call.written_up", "request.created"]);
        let of = |name: &str| told.iter().find(|it| it["type"] == name).cloned().unwrap_or_default();
        let (created, ended) = (of("request.created"), of("call.ended"));
        assert_eq!(created["data"]["note"], "A cabin with a view");
        assert_eq!((&ended["data"]["outcome"], &ended["data"]["agent"]), (&json!("talked"), &json!("ana")));
        assert!(ended["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')));
        assert!(!heard.iter().any(|it| it.body.contains("9460001")), "numbers are masked");
        assert!(heard[0].believed("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=").is_err());
        // Somebody who takes it back is no call.
        ana.go("away")?;
        let asked = stage.stack.ask("+442079460003", &json!({"skill": "cruises"}))?;
        stage.stack.cancel(&asked)?;
        let heard = endpoint.hears(6).await?;
        let mut last: Vec<Value> = heard[4..].iter().map(|it| it.believed(&secret)).collect::<Outcome<_>>()?;
        last.sort_by_key(|it| it["type"].to_string());
        assert_eq!((&last[0]["type"], &last[1]["type"]), (&json!("request.cancelled"), &json!("request.created")));
    }

    /// A shop whose calls of the hour are made hears that the next one waits, once; its customers keep their place.
    async fn a_server_hears_that_calls_wait(stage) {
        let endpoint = Endpoint::start()?;
        let secret = subscribe(stage, &endpoint, &["calls.held", "call.ended"])?;
        stage.stack.set_up(|document| {
            document["agents"][0]["phone"] = json!("+442079460002");
            document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": ["calls.held", "call.ended"]}]);
            document["policy"]["limits"]["calls_hour"] = json!(1);
        })?;
        let ana = Clerk::at(&stage.stack, "ana")?;
        let asked = stage.stack.ask(CUSTOMER, &json!({"skill": "cruises"}))?;
        until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        ana.hang_up()?;
        ana.write_up()?;
        let waits: Vec<_> = ["+442079460003", "+442079460004"]
            .into_iter()
            .map(|number| stage.stack.ask(number, &json!({"skill": "cruises"})))
            .collect::<Outcome<_>>()?;
        until("it to wait for the limit", async || stage.stack.reached(&waits[1], "scheduled")).await?;
        let heard = endpoint.hears(2).await?;
        let told: Vec<Value> = heard.iter().map(|it| it.believed(&secret)).collect::<Outcome<_>>()?;
        let held = told.iter().find(|it| it["type"] == "calls.held").cloned().unwrap_or_default();
        let first = stage.stack.view_of(&waits[0])?["id"].clone();
        assert_eq!((&held["data"]["why"], &held["data"]["request"]), (&json!("call_rate"), &first), "{told:?}");
        assert!(held["data"]["until"].is_number());
        stage.stack.pass(3600)?;
        // Nobody was at her desk for an hour.
        ana.go("available")?;
        until("the first who waited to talk", async || stage.stack.reached(&waits[0], "connected")).await?;
        ana.hang_up()?;
        let heard = endpoint.hears(3).await?;
        let again = heard[2..].iter().filter(|it| it.body.contains("calls.held"));
        assert_eq!(again.count(), 0, "the other one waits for the same");
    }

    /// An endpoint that fails, hangs or sends us elsewhere hears it again, the same message, on the published schedule.
    async fn what_did_not_arrive_is_sent_again(stage) {
        let endpoint = Endpoint::start()?;
        let secret = subscribe(stage, &endpoint, &["business.changed"])?;
        endpoint.now(Manners::Answers(500));
        let id = test(stage)?;
        stands(stage, "waiting", 1).await?;
        endpoint.now(Manners::Redirects);
        stage.stack.pass(5)?;
        let waits = stands(stage, "waiting", 2).await?;
        assert_eq!(waits["attempts"][1]["status"], 307, "nobody sends us elsewhere");
        endpoint.now(Manners::Hangs);
        stage.stack.pass(300)?;
        let waits = stands(stage, "waiting", 3).await?;
        assert_eq!(waits["attempts"][2]["status"], Value::Null);
        assert!(waits["attempts"][2]["took_ms"].as_u64().is_some_and(|ms| (9_000..14_000).contains(&ms)), "{waits}");
        let (_, hooks) = stage.stack.operate("GET", "webhooks")?;
        assert!(hooks[0]["failing_since"].is_i64() && hooks[0]["waiting"] == 1, "{hooks}");
        // A crash in between loses nothing.
        endpoint.now(Manners::Babbles);
        stage.stack.kill()?;
        stage.stack.start_again()?;
        stage.stack.pass(1_800)?;
        let arrived = stands(stage, "delivered", 4).await?;
        assert!(arrived["attempts"][3]["answer"].as_str().is_some_and(|text| text.len() <= 300));
        let heard = endpoint.hears(4).await?;
        for it in &heard {
            assert_eq!((it.id.as_str(), it.path.as_str()), (id.as_str(), "/hooks"));
            assert!(it.fits(&secret)? && it.body.contains("webhook.test"));
        }
        let (_, hooks) = stage.stack.operate("GET", "webhooks")?;
        assert!(hooks[0]["failing_since"].is_null() && hooks[0]["waiting"] == 0, "{hooks}");
    }

    /// Whoever is gone is left alone until somebody sends something by hand; while a secret is replaced, both sign.
    async fn an_endpoint_that_is_gone_and_one_whose_secret_is_replaced(stage) {
        let endpoint = Endpoint::start()?;
        let old = subscribe(stage, &endpoint, &["agent.status"])?;
        endpoint.now(Manners::Answers(410));
        let ana = Clerk::at(&stage.stack, "ana")?;
        let gone = until("a failed message, and none under way", async || {
            let all = log(stage)?;
            let under_way = all.iter().any(|it| it["state"] == "waiting");
            Ok(all.into_iter().find(|it| it["state"] == "failed").filter(|_| !under_way))
        }).await?;
        let tried = endpoint.received().len();
        ana.go("away")?;
        ana.go("available")?;
        let (_, hooks) = stage.stack.operate("GET", "webhooks")?;
        assert!(hooks[0]["gone_at"].is_i64(), "{hooks}");
        endpoint.now(Manners::Takes);
        let (status, made) = stage.stack.operate("POST", "webhooks/crm/secrets")?;
        assert_eq!(status, 201);
        let new = made["secret"].as_str().unwrap_or_default().to_owned();
        assert_eq!(stage.stack.operate("POST", "webhooks/crm/secrets")?.0, 409, "two are enough");
        let id = gone["id"].as_str().unwrap_or_default();
        assert_eq!(stage.stack.operate("POST", &format!("webhooks/crm/deliveries/{id}/again"))?.0, 202);
        let heard = endpoint.hears(tried + 1).await?;
        let last = &heard[tried];
        assert_eq!((last.id.as_str(), last.signatures), (id, 2));
        assert_eq!(last.believed(&old)?, last.believed(&new)?);
        assert_eq!(last.body, gone["body"], "byte by byte as before");
        until("the endpoint to be well", async || {
            let (_, hooks) = stage.stack.operate("GET", "webhooks")?;
            Ok(hooks[0]["gone_at"].is_null().then_some(()))
        }).await?;
        let key = hooks[0]["secrets"][0]["id"].as_str().unwrap_or_default().to_owned();
        assert_eq!(stage.stack.operate("DELETE", &format!("webhooks/crm/secrets/{key}"))?.0, 204);
        test(stage)?;
        let heard = endpoint.hears(tried + 2).await?;
        assert_eq!(heard[tried + 1].signatures, 1);
        assert!(heard[tried + 1].believed(&old).is_err() && heard[tried + 1].believed(&new).is_ok());
    }

    /// A merchant adds an endpoint in the console, makes its secret, tries it, sees why it failed, and sends it again.
    async fn a_merchant_sets_an_endpoint_up_and_looks_at_its_log(stage) {
        let endpoint = Endpoint::start()?;
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=webhooks", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.code()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.click("#add-webhooks").await?;
        merchant.fill("#f-webhooks-0--url", "ftp://shop.example").await?;
        merchant.fill("#f-webhooks-0--id", "crm").await?;
        merchant.click("#save").await?;
        merchant.read("#f-webhooks-0--url-error", "must be an address").await?;
        merchant.fill("#f-webhooks-0--url", &endpoint.url).await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
        merchant.read("[data-endpoint='crm']", "needs its secret").await?;
        merchant.click("[data-endpoint='crm'] [data-do='make-secret']").await?;
        let secret = merchant.text(".endpoint-secret").await?;
        endpoint.now(Manners::Answers(503));
        merchant.click("[data-endpoint='crm'] [data-do='test']").await?;
        merchant.see("[data-message][data-state='waiting'][data-attempts='1']").await?;
        merchant.read("[data-endpoint='crm']", "failing since").await?;
        merchant.click("[data-message] summary").await?;
        merchant.read("[data-message] .tag", "webhook.test").await?;
        endpoint.now(Manners::Takes);
        merchant.click("[data-message] [data-do='again']").await?;
        merchant.see("[data-message][data-state='delivered'][data-attempts='2']").await?;
        merchant.read("[data-endpoint='crm']", "ready").await?;
        assert_eq!(endpoint.hears(2).await?[1].believed(&secret)?["data"]["webhook"], "crm");
        // Shown once.
        merchant.click("#go-people").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=webhooks", stage.stack.origin())).await?;
        merchant.read("[data-endpoint='crm']", "ready").await?;
        merchant.see_no(".endpoint-secret").await?;
    }
}
