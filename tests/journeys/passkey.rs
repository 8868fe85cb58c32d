//! People who work at a business come in with a passkey.

use crate::door::{ANA, OLGA, ana, olga, seen};
use serde_json::{Value, json};
use stage::{Browser, Mailbox, Outcome, Stage, Visitor, journeys};

/// A server that browsers keep passkeys for: it has a name. And a mailbox.
fn with_a_name(stage: &mut Stage) -> Outcome<(Mailbox, String)> {
    let mailbox = Mailbox::start()?;
    let origin = format!("http://edge.localhost:{}", stage.stack.port());
    let mut settings = mailbox.settings().to_vec();
    settings.push(("PUBLIC_ORIGIN", origin.clone()));
    stage.stack.start_again_with(&settings)?;
    stage
        .stack
        .set_up(|document| document["members"] = json!([olga(), ana()]))?;
    Ok((mailbox, origin))
}

/// In with a link, at the console.
async fn with_a_link(browser: &Browser, mailbox: &Mailbox, origin: &str, email: &str) -> Outcome {
    let before = mailbox.of(email).len();
    browser.go(&format!("{origin}/console/?site=meridian")).await?;
    browser.fill("#email", email).await?;
    browser.click("#link-go").await?;
    browser.read("#link-sent", email).await?;
    browser.go("about:blank").await?;
    browser.go(&mailbox.link(email, before + 1).await?).await?;
    browser.click("#link-open").await
}

async fn add(browser: &Browser, name: &str) -> Outcome {
    browser.fill("#f-passkey-name", name).await?;
    browser.click("#add-passkey button").await?;
    browser.read("#passkeys", name).await?;
    Ok(())
}

/// What a browser would send to come in with its passkey.
async fn signed(browser: &Browser) -> Outcome<Value> {
    browser
        .script(
            "return (async () => {
                const wish = await (await fetch('/v1/door/meridian/passkey', { method: 'POST' })).json();
                const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(wish);
                return (await navigator.credentials.get({ publicKey })).toJSON();
            })()",
        )
        .await
}

fn open(visitor: &Visitor, signed: &Value) -> Outcome<(u16, Value)> {
    visitor.call("POST", "/v1/door/meridian/passkey/open", signed)
}

/// The same words, as if they had been said elsewhere or for something else.
fn said(signed: &Value, change: &str) -> Outcome<Value> {
    const CHANGE: &str = "const [signed, change] = process.argv.slice(1).map((it) => JSON.parse(it));
        const part = signed.response.clientDataJSON;
        const said = { ...JSON.parse(Buffer.from(part, 'base64url')), ...change };
        signed.response.clientDataJSON = Buffer.from(JSON.stringify(said)).toString('base64url');
        process.stdout.write(JSON.stringify(signed));";
    let node = std::process::Command::new("node")
        .args(["-e", CHANGE, &signed.to_string(), change])
        .output()?;
    Ok(serde_json::from_slice(&node.stdout)?)
}

journeys! {
    /// Add one at the console, sign out, come in with one tap. A passkey that was removed opens nothing, and the link still does.
    async fn a_passkey_opens_until_it_is_removed(stage) {
        let (mailbox, origin) = with_a_name(stage)?;
        let (merchant, agent) = (stage.browser("merchant").await?, stage.browser("ana").await?);
        for browser in [&merchant, &agent] {
            browser.plug_in_authenticator().await?;
        }
        with_a_link(&merchant, &mailbox, &origin, OLGA).await?;
        merchant.see("#console[data-screen='console']").await?;
        merchant.click("#go-access").await?;
        merchant.read("#passkeys", "None yet").await?;
        merchant.click("#add-passkey button").await?;
        merchant.read("#f-passkey-name-error", "Name it").await?;
        add(&merchant, "Olga's laptop").await?;
        merchant.fill("#f-passkey-name", "Twice").await?;
        merchant.click("#add-passkey button").await?;
        merchant.read("#f-passkey-name-error", "has a passkey for here already").await?;
        seen(&merchant, "passkeys").await?;
        // Somebody who only has a desk finds them where they see their sessions.
        with_a_link(&agent, &mailbox, &origin, ANA).await?;
        agent.see("#console[data-screen='mine']").await?;
        add(&agent, "Ana's telephone").await?;
        seen(&agent, "passkeys-mine").await?;
        agent.click("#sign-out").await?;
        agent.see("#passkey-go").await?;
        seen(&agent, "door-passkey").await?;
        agent.go(&format!("{origin}/desk/?site=meridian")).await?;
        agent.click("#passkey-go").await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        merchant.click("#sign-out").await?;
        merchant.click("#passkey-go").await?;
        merchant.see("#console[data-screen='console']").await?;
        merchant.click("#go-access").await?;
        merchant.read("#sessions", "with a passkey").await?;
        merchant.read("#passkeys", "last used").await?;
        merchant.read("#audit [data-verb='passkey.added']", "Ana's telephone").await?;
        merchant.click("[data-passkey] [data-do='remove']").await?;
        merchant.read("#passkeys", "None yet").await?;
        merchant.click("#sign-out").await?;
        merchant.click("#passkey-go").await?;
        merchant.read("#sign-in-notice", "does not open this door").await?;
        with_a_link(&merchant, &mailbox, &origin, OLGA).await?;
        merchant.see("#console[data-screen='console']").await?;
    }

    /// What was signed once, too long ago, elsewhere, or for somebody who is gone opens nothing; and every no sounds alike.
    async fn what_a_passkey_signed_opens_once(stage) {
        let (mailbox, origin) = with_a_name(stage)?;
        let browser = stage.browser("ana").await?;
        browser.plug_in_authenticator().await?;
        with_a_link(&browser, &mailbox, &origin, ANA).await?;
        add(&browser, "Ana's telephone").await?;
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        let good = signed(&browser).await?;
        let elsewhere = json!({"origin": "https://ringback.evil.example"}).to_string();
        let foreign = open(&olga, &said(&signed(&browser).await?, &elsewhere)?)?;
        let purpose = open(&olga, &said(&signed(&browser).await?, "{\"type\": \"webauthn.create\"}")?)?;
        let forged = open(&olga, &said(&signed(&browser).await?, "{\"more\": true}")?)?;
        assert_eq!(open(&olga, &good)?.0, 200);
        let replayed = open(&olga, &good)?;
        let late = signed(&browser).await?;
        stage.stack.pass(5 * 60)?;
        let late = open(&olga, &late)?;
        let mut other = signed(&browser).await?;
        other["id"] = json!("bm90aGluZw");
        let unknown = open(&olga, &other)?;
        for no in [&foreign, &purpose, &forged, &replayed, &late, &unknown] {
            assert_eq!((no.0, no), (401, &replayed));
        }
        let (_, audit) = olga.call("GET", "/v1/businesses/meridian/audit", &json!(null))?;
        let told: Vec<&str> = audit["latest"].as_array().into_iter().flatten().filter_map(|line| line["what"].as_str()).collect();
        for why in ["another origin", "another purpose", "wrong signature", "challenge used or over", "not known"] {
            assert!(told.contains(&format!("passkey: {why}").as_str()), "{why}: {told:?}");
        }
        // Pages elsewhere may not even ask.
        let evil: u16 = browser.script("return fetch('/v1/door/meridian/passkey', {method: 'POST'}).then((it) => it.status)").await?;
        assert_eq!(evil, 200);
        browser.go(&stage.stack.shop()).await?;
        let asked: String = browser.script(&format!("return fetch('{origin}/v1/door/meridian/passkey', {{method: 'POST'}}).then((it) => `${{it.status}}`, () => 'no')")).await?;
        assert_eq!(asked, "no", "nothing is told to another origin");
        // Who is a member no more has no passkey any more, also when they come back.
        browser.go(&format!("{origin}/console/?site=meridian")).await?;
        let gone = signed(&browser).await?;
        stage.stack.set_up(|document| document["members"] = json!([super::door::olga()]))?;
        stage.stack.set_up(|document| document["members"] = json!([super::door::olga(), super::door::ana()]))?;
        assert_eq!(open(&olga, &gone)?.0, 401);
    }

    /// Somebody who left a browser open half an hour ago: nobody makes a way in of their own there.
    async fn a_passkey_is_added_by_those_who_just_signed_in(stage) {
        let (mailbox, origin) = with_a_name(stage)?;
        let browser = stage.browser("ana").await?;
        browser.plug_in_authenticator().await?;
        with_a_link(&browser, &mailbox, &origin, ANA).await?;
        browser.see("#passkeys").await?;
        stage.stack.pass(31 * 60)?;
        browser.fill("#f-passkey-name", "Mine now").await?;
        browser.click("#add-passkey button").await?;
        browser.read("#f-passkey-name-error", "more than half an hour ago").await?;
        seen(&browser, "passkey-too-late").await?;
        browser.click("#sign-out").await?;
        with_a_link(&browser, &mailbox, &origin, ANA).await?;
        add(&browser, "Ana's telephone").await?;
    }
}
