//! Customers whom the business knows: its server signs who they are, and the agent sees whose word is what.

use crate::MINE;
use serde_json::{Value, json};
use stage::{Outcome, Pages, Stack, journeys, signed_token, until};
use std::time::{SystemTime, UNIX_EPOCH};

const STUB: &str =
    "window.Ringback = window.Ringback || function () { (Ringback.q = Ringback.q || []).push(arguments) };";

/// What a shop's server says of Ada, whose phone rings until somebody answers.
fn ada(good_for_s: i64) -> Outcome<Value> {
    let now = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    Ok(json!({
        "sub": "4711", "aud": "meridian", "jti": format!("{now}-{good_for_s}"), "exp": now + good_for_s,
        "name": "Ada Byron", "phone_number": MINE, "facts": {"Tier": "gold", "Bookings": 3}
    }))
}

/// A merchant's page with these attributes on the tag and this script before it.
fn page(stack: &Stack, script: &str, tag: &str) -> Outcome<Pages> {
    let page = format!(
        "<!doctype html><html lang=en><head><title>Cabin 7</title><script>{STUB}{script}</script>
         <script async src=\"{}/v1/ringback.js\" data-site=\"meridian\" data-skill=\"cruises\" {tag}></script></head><body></body></html>",
        stack.origin()
    );
    let pages = Pages::serve(vec![("/", page)], "")?;
    stack.admit(&[&pages.origin])?;
    Ok(pages)
}

journeys! {
    /// Ada is signed in at the shop: she types nothing, reads what is shared and keeps her tier to herself. Ana's desk tells
    /// what the shop confirms from what the page says and from what Ada wrote. The same token calls nobody twice.
    async fn a_known_customer_types_nothing_and_the_desk_says_whose_word_is_what(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let token = signed_token(&secret, &ada(600)?)?;
        let tag = format!("data-customer-token=\"{token}\" data-context=\"cabin 7\"");
        let pages = page(&stage.stack, "", &tag)?;
        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.open_panel().await?;
        shopper.read("#kept-phone", "We'll call +44").await?;
        shopper.click("#share summary").await?;
        shopper.read("#share", "Ada Byron, 4711").await?;
        shopper.read("#share", "Confirmed by Meridian Travel").await?;
        shopper.click("#share [aria-label=\"Don't share Tier: gold\"]").await?;
        shopper.fill("#note", "About the balcony").await?;
        shopper.send().await?;

        ana.call_is("dialing_customer").await?;
        ana.read("#vouched", "Ada Byron").await?;
        let vouched = ana.text("#vouched").await?;
        assert!(vouched.contains("4711") && vouched.contains("Bookings") && !vouched.contains("gold"), "{vouched}");
        ana.read(".facts dd [data-trust=signed]", "confirmed by Meridian Travel").await?;
        ana.read("figure [data-trust=visitor]", "the customer says").await?;
        ana.read("#trail [data-trust=page]", "the page says").await?;

        shopper.click("#cancel").await?;
        shopper.ended("cancelled_by_customer").await?;
        let asked = json!({"phone": MINE, "skill": "cruises", "consent": true, "customer": {"token": token}});
        let again = post(&stage.stack, "requests", &asked)?;
        assert_eq!(again.pointer("/errors/0/code"), Some(&json!("used")), "{again}");
    }

    /// A sign-in that is too old is said in words, and the request goes on as what Ada says herself.
    async fn a_token_that_is_not_believed_holds_nobody_up(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let tag = format!("data-customer-token=\"{}\"", signed_token(&secret, &ada(-120)?)?);
        let pages = page(&stage.stack, "", &tag)?;
        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        shopper.open_panel().await?;
        shopper.read("#notice", "too old").await?;
        shopper.ask(MINE).await?;
        ana.call_is("dialing_customer").await?;
        ana.see(".facts dd [data-trust=visitor]").await?;
        ana.see_no("#vouched").await?;

        let foreign = signed_token("no secret of theirs", &ada(600)?)?;
        let refused = post(&stage.stack, "customer", &json!({"token": foreign}))?;
        assert_eq!(refused.pointer("/errors/0/code"), Some(&json!("forged")), "{refused}");
        let (_, server) = stage.stack.new_secret_for(&json!({"scopes": ["bridges", "usage"]}))?;
        let narrow = signed_token(&server, &ada(600)?)?;
        let refused = post(&stage.stack, "customer", &json!({"token": narrow}))?;
        assert_eq!((&refused["status"], &refused["errors"][0]["code"]), (&json!(403), &json!("not_allowed")), "{refused}");
        let (_, counted) = stage.stack.operate("GET", "refusals")?;
        for reason in ["customer_expired", "customer_forged", "customer_not_allowed"] {
            let found = counted.as_array().is_some_and(|all| all.iter().any(|it| it["reason"] == reason));
            assert!(found, "{reason}: {counted}");
        }
    }

    /// The page hears who is there, has the token made when it is needed, fills the form in, and forbids that anything is kept.
    async fn a_page_identifies_fills_in_and_forbids_to_keep(stage) {
        let (_, secret) = stage.stack.new_secret()?;
        let token = signed_token(&secret, &ada(600)?)?;
        let script = format!(
            "window.heard = []; window.made = 0;
             document.addEventListener('ringback:availability', (event) => heard.push(event.detail.availability));
             Ringback('consent', false);
             Ringback('identify', async () => {{ made++; return '{token}'; }});"
        );
        let pages = page(&stage.stack, &script, "")?;
        let shopper = stage.shopper().await?;
        shopper.go(&pages.at("/")).await?;
        until("nobody is there", || async {
            let heard: Vec<String> = shopper.on_page("return heard").await?;
            Ok((heard == ["away"]).then_some(()))
        })
        .await?;
        let ana = stage.agent("ana").await?;
        until("Ana is there", || async {
            shopper.on_page::<()>("document.dispatchEvent(new Event('visibilitychange'))").await?;
            let heard: Vec<String> = shopper.on_page("return heard").await?;
            Ok((heard.last().map(String::as_str) == Some("free")).then_some(()))
        })
        .await?;
        assert_eq!(shopper.on_page::<u32>("return made").await?, 0);

        shopper.on_page::<()>("Ringback('request', { phone: '07700 900001', note: 'Cabin 7, please' })").await?;
        shopper.enter_panel().await?;
        shopper.read("#phone-meant", "+44 7700 900001").await?;
        assert_eq!(shopper.see("#note").await?.value().await?.as_deref(), Some("Cabin 7, please"));
        shopper.read("#share", "and your account").await?;
        shopper.send().await?;
        ana.call_is("dialing_customer").await?;
        ana.read("#note", "Cabin 7, please").await?;
        let kept: usize = shopper.script("return localStorage.length + document.cookie.length").await?;
        assert_eq!(kept, 0);
        let kept: (usize, u32) = shopper.on_page("return [sessionStorage.length, made]").await?;
        assert_eq!(kept, (0, 1));
    }
}

fn post(stack: &Stack, what: &str, body: &Value) -> Outcome<Value> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let call = agent.post(format!("{}/v1/sites/meridian/{what}", stack.origin()));
    Ok(call
        .header("idempotency-key", "once")
        .send(body.to_string())?
        .body_mut()
        .read_json()?)
}
