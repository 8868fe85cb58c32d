//! People who work at a business come in by their company's own sign-in: a real OpenID provider.

use crate::door::{ANA, OLGA, ana, olga, seen};
use serde_json::{Value, json};
use stage::{Browser, Mailbox, Outcome, Provider, Stage, Visitor, journeys, post_json};

const SECRET: &str = Provider::CLIENT.1;

/// A mailbox, these members, and a provider that signs by this algorithm.
fn with_a_provider(stage: &mut Stage, algorithm: &str) -> Outcome<(Mailbox, Provider)> {
    let mailbox = Mailbox::start()?;
    stage.stack.start_again_with(&mailbox.settings())?;
    stage
        .stack
        .set_up(|document| document["members"] = json!([olga(), ana()]))?;
    let back = format!("{}/v1/door/meridian/sign_on/back", stage.stack.origin());
    Ok((mailbox, Provider::start(&back, algorithm)?))
}

fn setting(provider: &Provider) -> Value {
    json!({"issuer": provider.issuer(), "client_id": Provider::CLIENT.0})
}

/// Single sign-on, set up by its owner's own program.
async fn set_up(stage: &Stage, mailbox: &Mailbox, sign_on: Value) -> Outcome<Visitor> {
    let olga = Visitor::by_link(&stage.stack, mailbox, OLGA).await?;
    let mut document = stage.stack.document()?;
    if let Some(fields) = document.as_object_mut() {
        fields.insert("sign_on".into(), sign_on);
    }
    let (status, told) = olga.call("PUT", "/v1/businesses/meridian", &document)?;
    assert_eq!(status, 200, "{told}");
    let kept = olga.call(
        "PUT",
        "/v1/businesses/meridian/sign_on/secret",
        &json!({"secret": SECRET}),
    )?;
    assert_eq!(kept.0, 204, "{}", kept.1);
    Ok(olga)
}

async fn door(stage: &Stage, browser: &Browser, place: &str) -> Outcome {
    browser
        .go(&format!("{}/{place}/?site=meridian", stage.stack.origin()))
        .await
}

async fn leave(browser: &Browser) -> Outcome {
    let _: () = browser
        .script("return fetch('/v1/session/all', {method: 'DELETE'}).then(() => null)")
        .await?;
    Ok(())
}

journeys! {
    /// The owner sets it up at the console, an agent comes in with the company's account, and the link goes when it is to go.
    async fn the_company_s_sign_in_opens_and_may_be_the_only_one(stage) {
        let (mailbox, provider) = with_a_provider(stage, "RS256")?;
        let owner = stage.browser("olga").await?;
        door(stage, &owner, "console").await?;
        owner.fill("#email", OLGA).await?;
        owner.click("#link-go").await?;
        owner.read("#link-sent", OLGA).await?;
        owner.go("about:blank").await?;
        owner.go(&mailbox.link(OLGA, 1).await?).await?;
        owner.click("#link-open").await?;
        owner.click("#go-access").await?;
        owner.click("#use-sign-on").await?;
        owner.fill("#f-sign-on-issuer", "login").await?;
        owner.click("#f-sign-on-only").await?;
        owner.click("#save").await?;
        owner.read("#f-sign-on-issuer-error", "must be an address").await?;
        owner.read("#f-sign-on-client-id-error", "must be what the provider calls").await?;
        owner.read("#f-sign-on-only-error", "needs the client's secret first").await?;
        seen(&owner, "sso-wrong").await?;
        owner.fill("#f-sign-on-issuer", provider.issuer()).await?;
        owner.fill("#f-sign-on-client-id", Provider::CLIENT.0).await?;
        owner.click("#f-sign-on-only").await?;
        owner.click("#save").await?;
        owner.read("#sign-on-state", "needs its secret").await?;
        owner.read("#redirect-uri", "/v1/door/meridian/sign_on/back").await?;
        owner.fill("#f-sign-on-secret", SECRET).await?;
        owner.click("#sign-on-secret button").await?;
        owner.read("#sign-on-state", "ready").await?;
        seen(&owner, "sso").await?;
        let agent = stage.browser("ana").await?;
        door(stage, &agent, "desk").await?;
        agent.see("#sign-on-go").await?;
        agent.see("#email").await?;
        seen(&agent, "door-sso").await?;
        agent.click("#sign-on-go").await?;
        Provider::sign_in(&agent, ANA).await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        agent.read("#me-name", "Ana").await?;
        owner.click("#f-sign-on-only").await?;
        owner.click("#save").await?;
        owner.see("#saved").await?;
        let other = stage.browser("other").await?;
        door(stage, &other, "desk").await?;
        other.see("#sign-on-go").await?;
        other.see_no("#email").await?;
        let asked = post_json(&format!("{}/v1/door/meridian/link", stage.stack.origin()), &json!({"email": ANA, "to": "desk"}))?;
        assert_eq!(asked.0, 404, "{}", asked.1);
        owner.click("#go-people").await?;
        owner.click("#go-access").await?;
        owner.read("#audit", "sign_on, Chrome").await?;
        let document = stage.stack.document()?;
        assert_eq!(document["sign_on"]["only"], true);
        assert!(!document.to_string().contains(SECRET), "the document does not carry the secret");
    }

    /// Tokens that are wrong in something, somebody else's return, a second use: none of it opens the door.
    async fn what_the_provider_says_has_to_be_right(stage) {
        let (mailbox, provider) = with_a_provider(stage, "ES256")?;
        let olga = set_up(stage, &mailbox, setting(&provider)).await?;
        let (agent, thief) = (stage.browser("ana").await?, stage.browser("thief").await?);
        door(stage, &agent, "desk").await?;
        agent.click("#sign-on-go").await?;
        Provider::sign_in(&agent, ANA).await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        let used = provider.returns().pop().ok_or("nobody was sent back")?;
        leave(&agent).await?;
        agent.see("#desk[data-screen='sign-in']").await?;
        agent.go(&used).await?;
        agent.read("#sign-in-notice", "took too long").await?;
        for mood in ["nonce", "audience", "issuer", "late", "none", "hs256"] {
            provider.mood(mood).await?;
            door(stage, &agent, "desk").await?;
            agent.click("#sign-on-go").await?;
            agent.read("#sign-in-notice", "does not open this door").await.map_err(|error| format!("{mood}: {error}"))?;
        }
        seen(&agent, "door-sso-refused").await?;
        // Caught on the way back, in another browser: and then in the right one it was seen already.
        provider.mood("hold").await?;
        let sent = provider.returns().len();
        door(stage, &agent, "desk").await?;
        agent.click("#sign-on-go").await?;
        let caught = stage::until("the way back", || async { Ok(provider.returns().get(sent).cloned()) }).await?;
        for browser in [&thief, &agent] {
            browser.go(&caught).await?;
            browser.read("#sign-in-notice", "took too long").await?;
        }
        // Keys are changed: they are asked for anew.
        provider.mood("").await?;
        provider.rotate().await?;
        door(stage, &agent, "desk").await?;
        agent.click("#sign-on-go").await?;
        agent.click("a[href$='/abort']").await?;
        agent.read("#sign-in-notice", "did not let you through").await?;
        agent.click("#sign-on-go").await?;
        Provider::sign_in(&agent, ANA).await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        leave(&agent).await?;
        let (_, audit) = olga.call("GET", "/v1/businesses/meridian/audit", &json!(null))?;
        let told = audit["latest"].to_string();
        for why in ["token of another sign-in", "wrong signature, issuer or audience", "token not for now", "algorithm not taken", "not begun in this browser, or over"] {
            assert!(told.contains(&format!("single sign-on: {why}")), "{why}: {told}");
        }
    }

    /// Members come in, groups make members, and nobody else comes in. Who says who somebody is, only owners say.
    async fn whom_the_company_vouches_for(stage) {
        let (mailbox, provider) = with_a_provider(stage, "EdDSA")?;
        let mut sign_on = setting(&provider);
        sign_on["scope"] = json!("groups");
        sign_on["groups"] = json!([{"group": "support", "role": "supervisor"}]);
        let olga = set_up(stage, &mailbox, sign_on).await?;
        for stranger in ["eve@meridian.example", "unverified@meridian.example"] {
            let browser = stage.browser(stranger.split('@').next().unwrap_or_default()).await?;
            door(stage, &browser, "console").await?;
            browser.click("#sign-on-go").await?;
            Provider::sign_in(&browser, stranger).await?;
            browser.read("#sign-in-notice", "does not open this door").await?;
        }
        let ben = stage.browser("ben").await?;
        door(stage, &ben, "console").await?;
        ben.click("#sign-on-go").await?;
        Provider::sign_in(&ben, "ben@meridian.example").await?;
        ben.see("#console[data-screen='console']").await?;
        let document = stage.stack.document()?;
        assert_eq!(document["members"][2], json!({"email": "ben@meridian.example", "name": "Ben Porter", "roles": ["supervisor"]}));
        // An admin could make themselves an owner by it.
        let mut admins = document.clone();
        admins["members"][2]["roles"] = json!(["admin"]);
        assert_eq!(olga.call("PUT", "/v1/businesses/meridian", &admins)?.0, 200);
        let ben = Visitor::by_link(&stage.stack, &mailbox, "ben@meridian.example").await?;
        let mut mine = stage.stack.document()?;
        mine["sign_on"]["issuer"] = json!("https://login.evil.example");
        let (status, told) = ben.call("PUT", "/v1/businesses/meridian", &mine)?;
        assert_eq!((status, told["errors"][0]["field"].as_str()), (422, Some("sign_on")), "{told}");
        // Another issuer never hears the secret of this one.
        assert_eq!(olga.call("PUT", "/v1/businesses/meridian", &mine)?.0, 200);
        let (_, told) = olga.call("GET", "/v1/businesses/meridian/sign_on", &json!(null))?;
        assert_eq!(told["has_secret"], false, "{told}");
        // What it said of itself is believed for an hour.
        stage.stack.pass(3600)?;
        provider.mood("down").await?;
        mine["sign_on"]["issuer"] = json!(provider.issuer());
        assert_eq!(olga.call("PUT", "/v1/businesses/meridian", &mine)?.0, 401, "she came in an hour ago");
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        assert_eq!(olga.call("PUT", "/v1/businesses/meridian", &mine)?.0, 200);
        let browser = stage.browser("ana").await?;
        door(stage, &browser, "desk").await?;
        browser.click("#sign-on-go").await?;
        browser.read("#sign-in-notice", "does not answer").await?;
    }
}
