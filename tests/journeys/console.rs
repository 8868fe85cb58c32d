//! A merchant at the console: from nothing to the first call, what is wrong beside its field, and how it went.

use serde_json::json;
use stage::{Browser, Clerk, Outcome, Stage, journeys, until};

async fn sign_in(stage: &mut Stage, site: &str, code: &str) -> Outcome<Browser> {
    let browser = stage.browser("merchant").await?;
    browser
        .go(&format!("{}/console/?site={site}", stage.stack.origin()))
        .await?;
    browser.fill("#code", code).await?;
    browser.click("#sign-in-go").await?;
    browser.see("#console[data-screen='console']").await?;
    Ok(browser)
}

async fn open(browser: &Browser, section: &str) -> Outcome {
    browser.click(&format!("#go-{section}")).await?;
    browser
        .see(&format!("#section[data-section='{section}']"))
        .await
        .map(drop)
}

async fn save(browser: &Browser) -> Outcome {
    browser.click("#save").await?;
    browser.see("#saved").await?;
    browser.see_no("#unsaved:not([hidden])").await
}

journeys! {
    /// A business that there is not yet: set up by its merchant, its page seen, and the first call connected.
    async fn from_nothing_to_the_first_call(stage) {
        let code = stage.stack.operator();
        let merchant = sign_in(stage, "acme", &code).await?;
        merchant.fill("#f-name", "Acme Bikes").await?;
        merchant.fill("#f-tel", "+442079460970").await?;
        merchant.fill("#f-origins", "https://acme.example").await?;
        for day in [6, 7] {
            merchant.click(&format!("label.day:has(input[value='{day}'])")).await?;
        }
        merchant.fill("#f-hours-0--from", "00:00").await?;
        merchant.fill("#f-hours-0--to", "24:00").await?;
        open(&merchant, "people").await?;
        merchant.click("#add-agents").await?;
        merchant.fill("#f-agents-0--name", "Zoe Lee").await?;
        merchant.fill("#f-agents-0--phone", "+442079460002").await?;
        merchant.click("#f-agents-0--skills-sales option[value='1']").await?;
        save(&merchant).await?;
        merchant.see("#step-people[data-done='true']").await?;
        merchant.see("#step-tag[data-done='false']").await?;
        merchant.read("#tag", "data-site=\"acme\"").await?;
        stage.stack.view_page("acme", "https://acme.example")?;
        merchant.see("#seen [data-origin='https://acme.example'][data-allowed='true']").await?;
        merchant.see("#step-tag[data-done='true']").await?;
        let zoe = Clerk::of(&stage.stack, "acme", "zoe-lee")?;
        let asked = stage.stack.ask_at("acme", "+442079460001", &json!({"skill": "sales"}))?;
        until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        zoe.hang_up()?;
        merchant.see("#step-call[data-done='true']").await?;
    }

    /// What is wrong is said beside its field, nothing typed is lost, and what somebody else changed is not overwritten.
    async fn what_is_wrong_is_said_beside_its_field(stage) {
        let code = stage.stack.code();
        let merchant = sign_in(stage, "meridian", &code).await?;
        open(&merchant, "people").await?;
        merchant.fill("#f-agents-0--phone", "12").await?;
        merchant.fill("#f-agents-1--phone", "nobody's").await?;
        open(&merchant, "business").await?;
        merchant.fill("#f-zone", "Mars/Olympus").await?;
        merchant.click("#save").await?;
        merchant.see("#refused").await?;
        let fields = "return [...document.querySelectorAll('.faults code')].map((it) => it.textContent)";
        let faults: Vec<String> = merchant.script(fields).await?;
        let all = ["agents[0].phone", "agents[1].phone", "zone"];
        assert_eq!(faults, all, "what can't be read, and what does not hold together");
        merchant.see("#section[data-section='people'] #f-agents-0--phone[aria-invalid]").await?;
        merchant.see("#f-agents-1--phone[aria-invalid]").await?;
        merchant.fill("#f-agents-0--phone", "+447700900101").await?;
        merchant.fill("#f-agents-1--phone", "+447700900102").await?;
        merchant.click("#save").await?;
        merchant.see("#section[data-section='business'] #f-zone[aria-invalid]").await?;
        merchant.read("#f-zone-error", "must be a time zone").await?;
        merchant.fill("#f-zone", "Europe/London").await?;
        merchant.fill("#f-name", "Meridian").await?;
        // Meanwhile somebody else changes it.
        stage.stack.set_up(|document| document["name"] = json!("Theirs"))?;
        merchant.click("#save").await?;
        merchant.see("#overtaken").await?;
        assert_eq!(stage.stack.document()?["name"], "Theirs");
        let typed: String = merchant.script("return document.querySelector('#f-name').value").await?;
        assert_eq!(typed, "Meridian");
    }

    /// Rules are tried before they are saved; what is saved is what pages get.
    async fn a_rule_is_tried_before_it_is_saved(stage) {
        let code = stage.stack.code();
        let merchant = sign_in(stage, "meridian", &code).await?;
        open(&merchant, "pages").await?;
        let page = format!("{}flights.html", stage.stack.shop());
        merchant.fill("#try-url", &page).await?;
        merchant.read("#tried", "No rule matches").await?;
        merchant.click("#add-rules").await?;
        merchant.fill("#f-rules-3--when-url", "/shop/flights*").await?;
        merchant.click("#f-rules-3--skill option[value='flights']").await?;
        merchant.fill("#try-url", &page).await?;
        merchant.read("#tried", "Flights, because of rule 4.").await?;
        save(&merchant).await?;
        let rules = stage.stack.document()?["rules"].clone();
        assert_eq!((&rules[3]["when"]["url"], &rules[3]["skill"]), (&json!("/shop/flights*"), &json!("flights")));
        assert_eq!(rules[0]["when"]["cookie"], json!({"tier": "gold"}), "what the form does not show is kept");
    }

    /// Secrets are made for what is chosen, and shown once; a document is taken whole; the report counts what happened.
    async fn developers_and_reports(stage) {
        stage.stack.set_up(|document| document["agents"][0]["phone"] = json!("+442079460002"))?;
        let ana = Clerk::at(&stage.stack, "ana")?;
        let asked = stage.stack.ask("+442079460001", &json!({"skill": "cruises"}))?;
        until("two people to talk", async || stage.stack.reached(&asked, "connected")).await?;
        ana.hang_up()?;
        let code = stage.stack.code();
        let merchant = sign_in(stage, "meridian", &code).await?;
        open(&merchant, "reports").await?;
        merchant.read("#by-skill", "Cruises").await?;
        merchant.read("#by-agent", "Ana Ferreira").await?;
        open(&merchant, "developers").await?;
        merchant.click("#secret-for-customers").await?;
        merchant.click("#secret-ends option[value='90']").await?;
        merchant.click("#make-secret").await?;
        let secret = merchant.text("#secret").await?;
        assert!(secret.starts_with("rbs_") && secret.len() == 4 + 43 + 6, "with its checksum");
        merchant.read("[data-secret]", "for bridges and usage").await?;
        merchant.read("[data-secret]", "ends in 90 days").await?;
        let (_, kept) = stage.stack.operate("GET", "secrets")?;
        assert_eq!(kept[0]["scopes"], json!(["bridges", "usage"]), "{kept}");
        open(&merchant, "people").await?;
        open(&merchant, "developers").await?;
        assert!(!stage.stack.operate("GET", "secrets")?.1.to_string().contains(&secret));
        let mut document = stage.stack.document()?;
        document["name"] = json!("Meridian by Sea");
        merchant.fill("#document-text", &document.to_string()).await?;
        merchant.click("#take-document").await?;
        save(&merchant).await?;
        merchant.read("#business", "Meridian by Sea").await?;
        merchant.click("#sign-out").await?;
        merchant.see("#console[data-screen='sign-in']").await?;
        merchant.fill("#code", "not-the-code").await?;
        merchant.click("#sign-in-go").await?;
        merchant.read("#code-error", "not the sign-in code").await?;
    }
}
