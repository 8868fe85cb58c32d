//! People who work at a business come in, see what is theirs, and are out when they are to be out.

use crate::accessible::open_to_all;
use serde_json::{Value, json};
use stage::{
    Browser, Endpoint, Mailbox, Outcome, Scheme, Stage, Visitor, journeys, post_json, post_json_from,
};

pub(crate) const OLGA: &str = "olga@meridian.example";
pub(crate) const ANA: &str = "ana@meridian.example";

/// As axe sees it, and kept for people to look at.
pub(crate) async fn seen(browser: &Browser, what: &str) -> Outcome {
    open_to_all(browser, what).await?;
    for (width, scheme) in [(1280, Scheme::Light), (390, Scheme::Dark)] {
        browser.look_like(width, 800, scheme).await?;
        browser.keep_picture(&format!("{what}-{width}")).await;
    }
    Ok(())
}

/// A mailbox, a server that sends by it, and these members.
fn with_members(stage: &mut Stage, members: Value) -> Outcome<Mailbox> {
    let mailbox = Mailbox::start()?;
    stage.stack.start_again_with(&mailbox.settings())?;
    stage.stack.set_up(|document| document["members"] = members)?;
    Ok(mailbox)
}

pub(crate) fn olga() -> Value {
    json!({"email": OLGA, "name": "Olga Owens", "roles": ["owner"]})
}

pub(crate) fn ana() -> Value {
    json!({"email": ANA, "name": "Ana Ferreira", "roles": ["agent"], "agent": "ana"})
}

/// Asks for a link at the desk or the console, reads the mail, and opens it in the same browser.
async fn come_in(stage: &Stage, browser: &Browser, mailbox: &Mailbox, place: &str, email: &str) -> Outcome {
    let before = mailbox.of(email).len();
    browser
        .go(&format!("{}/{place}/?site=meridian", stage.stack.origin()))
        .await?;
    browser.fill("#email", email).await?;
    browser.click("#link-go").await?;
    browser.read("#link-sent", email).await?;
    browser.go("about:blank").await?;
    browser.go(&mailbox.link(email, before + 1).await?).await?;
    browser.click("#link-open").await
}

journeys! {
    /// Ask, read the mail, open the link, be at the desk. In another browser, or a second time, the link is nothing.
    async fn an_agent_comes_in_with_a_link(stage) {
        let mailbox = with_members(stage, json!([olga(), ana()]))?;
        let (own, other) = (stage.browser("ana").await?, stage.browser("thief").await?);
        own.go(&format!("{}/desk/?site=meridian", stage.stack.origin())).await?;
        own.fill("#email", "nobody at all").await?;
        own.click("#link-go").await?;
        own.read("#email-error", "no e-mail address").await?;
        own.fill("#email", ANA).await?;
        own.click("#link-go").await?;
        own.read("#link-sent", "Look into your mailbox").await?;
        let link = mailbox.link(ANA, 1).await?;
        assert!(mailbox.of(ANA)[0].contains("From: \"Meridian Travel\" <door@ringback.example>"), "{:?}", mailbox.of(ANA));
        other.go(&link).await?;
        other.click("#link-open").await?;
        other.read("#sign-in-notice", "only in the browser that asked").await?;
        own.go("about:blank").await?;
        own.go(&link).await?;
        own.see("#link-open").await?;
        let address: String = own.script("return location.href").await?;
        assert!(!address.contains("#in="), "the link is not left in the address: {address}");
        own.click("#link-open").await?;
        own.see("#desk[data-me='away'][data-link='live']").await?;
        own.read("#me-name", "Ana").await?;
        own.go("about:blank").await?;
        own.go(&link).await?;
        own.see("#desk[data-me='away'][data-link='live']").await?;
        let again = post_json(&format!("{}/v1/door/meridian/link/open", stage.stack.origin()), &json!({"token": link.rsplit("#in=").next()}))?;
        assert_eq!(again.0, 401);
    }

    /// Whoever asks for somebody else's link learns nothing: not whether they work here. Nor do they use up what is sent to them.
    async fn an_address_that_nobody_has_is_answered_alike(stage) {
        let mailbox = with_members(stage, json!([olga(), ana()]))?;
        let address = format!("{}/v1/door/meridian/link", stage.stack.origin());
        let ask = |email: &str| post_json(&address, &json!({"email": email, "to": "desk"}));
        let (known, unknown) = (ask(ANA)?, ask("eve@meridian.example")?);
        assert_eq!(known, unknown);
        assert_eq!(known.0, 202);
        mailbox.link(ANA, 1).await?;
        for _ in 0..5 {
            assert_eq!(ask(ANA)?, known);
        }
        mailbox.link(ANA, 3).await?;
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        assert_eq!(olga.call("GET", "/v1/session", &json!(null))?.1["name"], "Olga Owens");
        assert_eq!(mailbox.of(ANA).len(), 3, "no flood of e-mails");
        let ask_from = |network: &str| post_json_from(network, &address, &json!({"email": ANA, "to": "desk"}));
        assert_eq!(ask_from("192.0.2.1")?, known);
        mailbox.link(ANA, 4).await?;
        for network in 1..=9 {
            for _ in 0..4 {
                assert_eq!(ask_from(&format!("198.51.100.{network}"))?, known);
            }
        }
        mailbox.link(ANA, 12).await?;
        Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        assert_eq!(mailbox.of(ANA).len(), 12, "nor one from everywhere");
        assert!(mailbox.of("eve@meridian.example").is_empty());
    }

    /// Every route of console and desk, for every role: what is not theirs is refused, and so is another business.
    async fn everybody_may_do_what_is_theirs(stage) {
        let person = |role: &str| json!({"email": format!("{role}@meridian.example"), "name": role, "roles": [role]});
        let all = ["admin", "supervisor", "agent", "auditor"];
        let mut members = vec![olga()];
        members.extend(all.map(person));
        let mailbox = with_members(stage, json!(members))?;
        let document = stage.stack.document()?;
        let routes = [
            ("GET", "", "admin supervisor auditor"),
            ("PUT", "", "admin"),
            ("POST", "/placement", "admin"),
            ("GET", "/report", "admin supervisor auditor"),
            ("GET", "/forecast", "admin supervisor auditor"),
            ("GET", "/seen", "admin supervisor auditor"),
            ("GET", "/usage", "admin auditor"),
            ("GET", "/equipment", "admin auditor"),
            ("PUT", "/equipment/none/secret", "admin"),
            ("GET", "/sign_on", "admin auditor"),
            ("PUT", "/sign_on/secret", "admin"),
            ("GET", "/secrets", "admin auditor"),
            ("POST", "/secrets", "admin"),
            ("DELETE", "/secrets/none", "admin"),
            ("GET", "/refusals", "admin auditor"),
            ("GET", "/policy", "admin supervisor auditor"),
            ("GET", "/suppressions", "admin supervisor auditor"),
            ("POST", "/suppressions", "admin"),
            ("DELETE", "/suppressions/none", "admin"),
            ("POST", "/customers/export", "admin"),
            ("POST", "/customers/erase", "admin"),
            ("GET", "/audit", "admin auditor"),
            ("GET", "/webhooks", "admin auditor"),
            ("POST", "/webhooks/none/secrets", "admin"),
            ("DELETE", "/webhooks/none/secrets/none", "admin"),
            ("GET", "/webhooks/none/deliveries", "admin auditor"),
            ("POST", "/webhooks/none/test", "admin"),
            ("POST", "/webhooks/none/deliveries/none/again", "admin"),
        ];
        for role in all {
            let visitor = Visitor::by_link(&stage.stack, &mailbox, &format!("{role}@meridian.example")).await?;
            for (method, path, who) in routes {
                let (status, told) = visitor.call(method, &format!("/v1/businesses/meridian{path}"), &document)?;
                assert_eq!(status != 403, who.contains(role), "{role} {method} {path}: {status} {told}");
                let (elsewhere, _) = visitor.call(method, &format!("/v1/businesses/acme{path}"), &document)?;
                assert_eq!(elsewhere, 401, "{role} {method} {path} at another business");
            }
            assert_eq!(visitor.call("GET", "/v1/desk", &json!(null))?.0, 403, "{role} has no desk");
            let (_, seen) = visitor.call("GET", "/v1/businesses/meridian", &json!(null))?;
            let masked = seen["agents"][0]["phone"].as_str().is_some_and(|phone| phone.contains('•'));
            assert_eq!(masked, role == "supervisor" || role == "auditor", "{role}: {}", seen["agents"][0]["phone"]);
        }
        let admin = Visitor::by_link(&stage.stack, &mailbox, "admin@meridian.example").await?;
        let mut mine = stage.stack.document()?;
        mine["members"][1]["roles"] = json!(["owner"]);
        let (status, told) = admin.call("PUT", "/v1/businesses/meridian", &mine)?;
        assert_eq!((status, &told["errors"][0]["field"]), (422, &json!("members[1].roles")));
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        let mut nobody = stage.stack.document()?;
        nobody["members"] = json!([]);
        assert_eq!(olga.call("PUT", "/v1/businesses/meridian", &nobody)?.0, 422, "the last owner stays");
    }

    /// An endpoint is told whole numbers. Whoever looks at its log and may not see them does not, and of who may it is noted, once.
    async fn an_auditor_sees_no_number_in_the_log(stage) {
        let auditor = json!({"email": "aud@meridian.example", "name": "Aud", "roles": ["auditor"]});
        let mailbox = with_members(stage, json!([olga(), auditor]))?;
        let endpoint = Endpoint::start()?;
        stage.stack.set_up(|document| {
            document["members"] = json!([olga(), auditor]);
            document["webhooks"] = json!([{"id": "crm", "url": endpoint.url, "events": ["request.created"], "whole_numbers": true}]);
        })?;
        stage.stack.operate("POST", "webhooks/crm/secrets")?;
        let (number, note) = ("+442079460001", "A cabin for Zoe");
        stage.stack.ask(number, &json!({"skill": "cruises", "note": note}))?;
        assert!(endpoint.hears(1).await?[0].body.contains(number));
        let log = "/v1/businesses/meridian/webhooks/crm/deliveries";
        let aud = Visitor::by_link(&stage.stack, &mailbox, "aud@meridian.example").await?;
        let (status, seen) = aud.call("GET", log, &json!(null))?;
        let text = seen.to_string();
        assert_eq!((status, &seen[0]["event"]), (200, &json!("request.created")));
        assert!(text.contains('•') && !text.contains("20794600") && !text.contains(note), "{text}");
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        for _ in 0..2 {
            let (_, seen) = olga.call("GET", log, &json!(null))?;
            assert!(seen[0]["body"].as_str().is_some_and(|body| body.contains(number) && body.contains(note)), "{seen}");
        }
        let (_, audit) = olga.call("GET", "/v1/businesses/meridian/audit", &json!(null))?;
        let revealed = audit["latest"].as_array().into_iter().flatten().filter(|line| line["verb"] == "number.revealed");
        let who: Vec<&Value> = revealed.map(|line| &line["who"]).collect();
        assert_eq!(who, [&json!(OLGA)]);
    }

    /// The operator makes the first owner and is no longer let in; the owner makes an agent, takes her away again, and all of it is
    /// in the log.
    async fn the_first_owner(stage) {
        let mailbox = with_members(stage, json!([]))?;
        let merchant = stage.browser("olga").await?;
        let operator = stage.stack.operator();
        merchant.go(&format!("{}/console/?site=meridian&section=access", stage.stack.origin())).await?;
        merchant.fill("#code", &operator).await?;
        merchant.click("#sign-in-go").await?;
        merchant.see("#no-owner").await?;
        merchant.click("#add-members").await?;
        merchant.fill("#f-members-0--name", "Olga Owens").await?;
        merchant.fill("#f-members-0--email", OLGA).await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
        merchant.click("#sign-out").await?;
        merchant.see("#email").await?;
        assert_eq!(merchant.count("#code").await?, 0, "no code opens what is somebody's");
        let door = format!("{}/v1/door/meridian/code", stage.stack.origin());
        for code in [operator, stage.stack.code()] {
            assert_eq!(post_json(&door, &json!({ "code": code }))?.0, 401);
        }
        come_in(stage, &merchant, &mailbox, "console", OLGA).await?;
        merchant.see("#console[data-screen='console']").await?;
        merchant.click("#go-access").await?;
        merchant.read("#my-name", "Olga Owens").await?;
        merchant.click("#add-members").await?;
        merchant.fill("#f-members-1--name", "Ana Ferreira").await?;
        merchant.fill("#f-members-1--email", ANA).await?;
        merchant.click("#f-members-1--agent option[value='ana']").await?;
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
        let agent = stage.browser("ana").await?;
        come_in(stage, &agent, &mailbox, "desk", ANA).await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        agent.click("#go-available").await?;
        agent.see("#desk[data-me='available']").await?;
        merchant.click("[data-item='members[1]'] [data-do='remove']").await?;
        merchant.click("#save").await?;
        agent.see("#desk[data-screen='sign-in']").await?;
        agent.read("#sign-in-notice", "session has ended").await?;
        merchant.click("#go-people").await?;
        merchant.click("#go-access").await?;
        merchant.see("#audit-whole").await?;
        merchant.read("#audit [data-verb='document.changed']", "members[1]").await?;
        merchant.read("#audit", "was not let in").await?;
    }

    /// Every state of the door, and what members see of themselves.
    async fn the_door_is_open_to_all(stage) {
        let mailbox = with_members(stage, json!([olga(), ana()]))?;
        let browser = stage.browser("anybody").await?;
        browser.go(&format!("{}/console/?site=meridian", stage.stack.origin())).await?;
        browser.see("#email").await?;
        seen(&browser, "door").await?;
        browser.fill("#email", "x").await?;
        browser.click("#link-go").await?;
        browser.read("#email-error", "no e-mail").await?;
        seen(&browser, "door-wrong").await?;
        browser.fill("#email", OLGA).await?;
        browser.click("#link-go").await?;
        browser.see("#link-sent").await?;
        seen(&browser, "door-sent").await?;
        browser.go("about:blank").await?;
        browser.go(&mailbox.link(OLGA, 1).await?).await?;
        browser.see("#link-open").await?;
        seen(&browser, "door-landed").await?;
        browser.click("#link-open").await?;
        browser.click("#go-access").await?;
        browser.see("#audit-whole").await?;
        seen(&browser, "access").await?;
        let agent = stage.browser("ana").await?;
        come_in(stage, &agent, &mailbox, "desk", ANA).await?;
        agent.see("#desk[data-me='away'][data-link='live']").await?;
        agent.click("#my-sessions").await?;
        agent.see("#console[data-screen='mine'] [data-session]").await?;
        seen(&agent, "mine").await?;
        agent.click("#leave-all").await?;
        agent.see("#console[data-screen='sign-in']").await?;
    }

    /// Whatever is answered, to whomever: browsers are told what they must not do with it.
    async fn every_answer_is_guarded(stage) {
        let mailbox = with_members(stage, json!([olga()]))?;
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        let data = ["/v1/door/meridian", "/v1/session", "/v1/businesses/meridian", "/v1/businesses/meridian/audit?format=csv", "/v1/nothing", "/v1/sites/meridian", "/sandbox/v1/meridian/phones"];
        let pages = ["/", "/desk/", "/console/", "/phones/", "/panel/meridian", "/shop/", "/v1/ringback.js", "/design/logo.svg", "/nothing.html"];
        for path in data.iter().chain(&pages) {
            let header = |name| olga.header(path, name);
            assert_eq!(header("x-content-type-options")?.as_deref(), Some("nosniff"), "{path}");
            for name in ["referrer-policy", "permissions-policy", "cross-origin-opener-policy"] {
                assert!(header(name)?.is_some(), "{path} has no {name}");
            }
            let policy = header("content-security-policy")?.unwrap_or_default();
            // The shop stands for somebody else's site.
            assert!(policy.contains("frame-ancestors") || path.starts_with("/shop/"), "{path}: {policy}");
            assert!(!data.contains(path) || policy.starts_with("default-src 'none'"), "{path}: {policy}");
        }
    }

    /// A browser that was left open somewhere is signed out from here.
    async fn signed_out_everywhere(stage) {
        let mailbox = with_members(stage, json!([olga(), ana()]))?;
        let (office, home) = (stage.browser("office").await?, stage.browser("home").await?);
        for browser in [&office, &home] {
            come_in(stage, browser, &mailbox, "desk", ANA).await?;
            browser.see("#desk[data-me='away'][data-link='live']").await?;
        }
        let ana = Visitor::by_link(&stage.stack, &mailbox, ANA).await?;
        let (_, me) = ana.call("GET", "/v1/session", &json!(null))?;
        assert_eq!(me["sessions"].as_array().map(Vec::len), Some(3), "{me}");
        assert_eq!(ana.call("DELETE", "/v1/session/all", &json!(null))?.0, 204);
        for browser in [&office, &home] {
            browser.see("#desk[data-screen='sign-in']").await?;
        }
        assert_eq!(ana.call("GET", "/v1/session", &json!(null))?.0, 401);
    }

    /// A session that nobody uses is over after half a day, and one that is used after a week.
    async fn sessions_end_by_themselves(stage) {
        let mailbox = with_members(stage, json!([olga(), ana()]))?;
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        let alive = |visitor: &Visitor| visitor.call("GET", "/v1/session", &json!(null)).map(|(status, _)| status);
        for _ in 0..15 {
            stage.stack.pass(11 * 3600)?;
            assert_eq!(alive(&olga)?, 200);
        }
        stage.stack.pass(11 * 3600)?;
        assert_eq!(alive(&olga)?, 401, "seven days are over");
        let olga = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        stage.stack.pass(12 * 3600 + 60)?;
        assert_eq!(alive(&olga)?, 401, "nobody used it");
    }

    /// What makes keys and roles, and what calls cost, is for those who signed in a short time ago. Whoever did not does it again, by a link in another
    /// tab, and goes on where they were.
    async fn a_browser_left_open_gives_nobody_the_keys(stage) {
        let mailbox = with_members(stage, json!([olga()]))?;
        let visitor = Visitor::by_link(&stage.stack, &mailbox, OLGA).await?;
        let merchant = stage.browser("olga").await?;
        come_in(stage, &merchant, &mailbox, "console", OLGA).await?;
        merchant.click("#go-access").await?;
        stage.stack.pass(31 * 60)?;
        let (status, told) = visitor.call("POST", "/v1/businesses/meridian/secrets", &json!({}))?;
        assert_eq!((status, &told["type"]), (401, &json!("/problems#sign-in-again")));
        let mut free = stage.stack.document()?;
        free["equipment"] = json!([{"id": "sandbox", "kind": "sandbox", "rates": [{"prefix": "+", "per_minute": 0}]}]);
        let (status, told) = visitor.call("PUT", "/v1/businesses/meridian", &free)?;
        assert_eq!((status, &told["type"]), (401, &json!("/problems#sign-in-again")));
        assert_eq!(visitor.call("GET", "/v1/businesses/meridian/secrets", &json!(null))?.0, 200);

        merchant.click("#add-members").await?;
        merchant.fill("#f-members-1--name", "Ana Ferreira").await?;
        merchant.fill("#f-members-1--email", ANA).await?;
        merchant.click("#f-members-1--agent option[value='ana']").await?;
        merchant.click("#save").await?;
        merchant.read("#sign-in-notice", "more than half an hour ago").await?;
        seen(&merchant, "door-again").await?;
        let before = mailbox.of(OLGA).len();
        merchant.fill("#email", OLGA).await?;
        merchant.click("#link-go").await?;
        merchant.read("#link-sent", OLGA).await?;
        let link = mailbox.link(OLGA, before + 1).await?;
        let token = link.rsplit_once('=').map(|(_, token)| token).unwrap_or_default();
        let other_tab = format!(
            "return fetch('/v1/door/meridian/link/open', {{method: 'POST', headers: {{'content-type': 'application/json'}}, \
             body: JSON.stringify({{token: '{token}'}})}}).then((it) => it.status)"
        );
        assert_eq!(merchant.script::<u16>(&other_tab).await?, 200);
        merchant.script::<()>("dispatchEvent(new Event('focus'))").await?;
        merchant.see("#console[data-screen='console']").await?;
        let typed: String = merchant.script("return document.querySelector('#f-members-1--email').value").await?;
        assert_eq!(typed, ANA);
        merchant.click("#save").await?;
        merchant.see("#saved").await?;
    }
}
