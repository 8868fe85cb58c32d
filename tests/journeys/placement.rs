//! Which skills a page gets by the business's rules, and what it takes to know that.

use serde_json::{Value, json};
use stage::{Browser, Outcome, Shopper, Stack, journeys, until};
use std::time::Instant;

fn client() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

/// A page view as a page's loader asks for it: the status, what the answer says of the cache, and the answer.
fn view(stack: &Stack, query: &str) -> Outcome<(u16, String, Value)> {
    let address = format!("{}/v1/sites/{query}", stack.origin());
    let mut answer = client().get(address).call()?;
    let cache = answer
        .headers()
        .get("cache-status")
        .and_then(|status| status.to_str().ok());
    let cache = cache.unwrap_or_default().to_owned();
    Ok((answer.status().as_u16(), cache, answer.body_mut().read_json()?))
}

/// A dry run of whoever runs the business.
fn dry_run(stack: &Stack, secret: &str, body: &Value) -> Outcome<(u16, Value)> {
    let call = client().post(format!("{}/v1/businesses/meridian/placement", stack.origin()));
    let call = call.header("authorization", format!("Bearer {secret}"));
    let mut answer = call.send(body.to_string())?;
    Ok((answer.status().as_u16(), answer.body_mut().read_json()?))
}

/// The choices that the panel offers, and the one that is made.
async fn choices(shopper: &Shopper) -> Outcome<(Vec<String>, Option<String>)> {
    let script = "return [...document.querySelectorAll('input[name=who]')].map(it => [it.value, it.checked])";
    let rows = shopper.driver().execute(script, vec![]).await?.json().clone();
    let rows: Vec<(String, bool)> = serde_json::from_value(rows)?;
    let chosen = rows
        .iter()
        .find(|(_, chosen)| *chosen)
        .map(|(value, _)| value.clone());
    Ok((rows.into_iter().map(|(value, _)| value).collect(), chosen))
}

async fn the_choice_is(shopper: &Shopper, offered: &[&str], chosen: &str) -> Outcome {
    until(format!("{chosen} among {offered:?}"), || async {
        let (rows, made) = choices(shopper).await?;
        Ok((rows == offered && made.as_deref() == Some(chosen)).then_some(()))
    })
    .await
}

/// Every address that the page asked our server for.
async fn asked_for(browser: &Browser, stack: &Stack) -> Outcome<Vec<String>> {
    let script = "return performance.getEntriesByType('resource').map(it => it.name)";
    let names = browser.driver().execute(script, vec![]).await?.json().clone();
    let names: Vec<String> = serde_json::from_value(names)?;
    Ok(names
        .into_iter()
        .filter(|name| name.starts_with(&stack.origin()))
        .collect())
}

journeys! {
    /// No tag of the page names a skill. Its address does, by the business's third rule: the button says so, and the panel
    /// offers what the rule offers, in its order.
    async fn a_page_is_placed_by_its_address(stage) {
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruise-windward-islands.html").await?;
        shopper.button_says("Cruises").await?;
        shopper.open_panel().await?;
        the_choice_is(&shopper, &["skill:cruises", "skill:flights", "skill:hotels", "anyone"], "skill:cruises").await?;

        // Another page without a load: no rule speaks of it, and then again one does.
        shopper.driver().enter_default_frame().await?;
        for (page, words) in [("offers.html", "Talk to a person"), ("cruise-new.html", "Cruises")] {
            shopper.driver().execute(&format!("history.pushState(null, '', '{page}')"), vec![]).await?;
            shopper.button_says(words).await?;
        }
        shopper.enter_panel().await?;
        the_choice_is(&shopper, &["skill:cruises", "skill:flights", "skill:hotels", "anyone"], "skill:cruises").await?;
    }

    /// What the page sells is told in its JSON-LD.
    async fn a_page_is_placed_by_what_it_sells(stage) {
        let _cleo = stage.agent("cleo").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("hotel-riad-zahra.html").await?;
        shopper.button_says("Hotels & stays").await?;
        shopper.open_panel().await?;
        the_choice_is(&shopper, &["skill:hotels", "skill:flights", "anyone"], "skill:hotels").await?;
    }

    /// A gold member gets somebody else, by the one cookie that the business names. No other cookie leaves the page, and
    /// whom the script tag names comes before all rules.
    async fn a_cookie_places_the_page_and_no_other_leaves_it(stage) {
        let shopper = stage.shopper().await?;
        shopper.visit("contact.html").await?;
        let cookies = "document.cookie = 'tier=gold; path=/'; document.cookie = 'session=secret-7; path=/';
            document.cookie = 'xtier=secret-8; path=/'";
        shopper.driver().execute(cookies, vec![]).await?;
        shopper.visit("cruise-windward-islands.html?code=secret-9#secret-10").await?;
        shopper.button_says("Cleo Marsh").await?;
        let asked = asked_for(&shopper, &stage.stack).await?;
        assert!(asked.iter().any(|address| address.contains("cookie.tier=gold")), "{asked:?}");
        assert!(asked.iter().any(|address| address.contains("/v1/facts.")), "{asked:?}");
        assert!(!asked.iter().any(|address| address.contains("secret")), "{asked:?}");
        shopper.open_panel().await?;
        the_choice_is(&shopper, &["expert:cleo", "skill:cruises", "skill:flights", "anyone"], "expert:cleo").await?;

        let other = Shopper::at(stage.browser("other").await?, &stage.stack);
        other.visit("contact.html").await?;
        other.driver().execute("document.cookie = 'tier=gold; path=/'", vec![]).await?;
        other.visit("cruise-norwegian-fjords.html").await?;
        other.button_says("Ana Ferreira").await?;
        let asked = asked_for(&other, &stage.stack).await?;
        assert!(!asked.iter().any(|address| address.contains("gold") || address.contains("url=")), "{asked:?}");
    }

    /// Query, meta tags and attributes are told when rules read them, also those that a page changes without a load.
    async fn what_the_rules_read_is_told(stage) {
        let origin = stage.stack.origin();
        let demo = include_str!("../../www/demo/meridian.json");
        let mut document: Value = serde_json::from_str(&demo.replace("http://127.0.0.1:8787", &origin))?;
        document["origins"] = json!([origin, stage.stack.shop().trim_end_matches("/shop/")]);
        document["rules"] = json!([{
            "name": "The sale",
            "when": {"url": "/shop/*?*from=mail*", "data": {"page": "sale"}, "meta": {"viewport": "*"}},
            "skill": "flights",
        }]);
        let call = client().put(format!("{origin}/v1/businesses/meridian"));
        let call = call.header("authorization", format!("Bearer {}", stage.stack.operator()));
        assert_eq!(call.send(document.to_string())?.status().as_u16(), 200);

        let shopper = stage.shopper().await?;
        shopper.visit("contact.html?from=mail").await?;
        shopper.button_says("Talk to a person").await?;
        let sale = "document.body.dataset.page = 'Sale'; document.title = 'Sale'";
        shopper.driver().execute(sale, vec![]).await?;
        shopper.button_says("Flights").await?;
    }

    /// However many look, the business's object hears of it once in five seconds.
    async fn page_views_do_not_reach_the_object(stage) {
        let began = Instant::now();
        let mut asked = 0;
        for nth in 0..50 {
            let page = format!("meridian?url={}cruise-{nth}.html", stage.stack.shop());
            let (status, cache, answer) = view(&stage.stack, &page)?;
            assert_eq!((status, &answer["placement"]["rule"]), (200, &json!(3)), "{answer}");
            asked += usize::from(cache.contains("fwd="));
            assert!(cache.starts_with("ringback; hit") || cache.contains("fwd="), "{cache}");
        }
        let spans = usize::try_from(began.elapsed().as_secs() / 5)? + 1;
        assert!((1..=spans).contains(&asked), "{asked} of 50 reached the object");
        stage.stack.pass(6)?;
        assert!(view(&stage.stack, "meridian")?.1.contains("fwd=stale"));

        let (status, cache, _) = view(&stage.stack, "nobody")?;
        assert!(status == 404 && cache.contains("fwd=uri-miss"), "{cache}");
        let (status, cache, _) = view(&stage.stack, "nobody")?;
        assert!(status == 404 && cache.contains("hit"), "{cache}");
    }

    /// Pages learn the number of a rule and what to tell of themselves. The rules stay inside, and parameters have bounds.
    async fn rules_stay_inside(stage) {
        let (_, _, answer) = view(&stage.stack, &format!("meridian?url={}cruises.html", stage.stack.shop()))?;
        assert_eq!(
            answer["placement"],
            json!({"rule": 3, "skill": "cruises", "skills": ["cruises", "flights", "hotels"]})
        );
        assert_eq!(
            answer["reads"],
            json!({"query": false, "meta": [], "product_type": true, "data": [], "cookies": ["tier"]})
        );
        assert!(!answer.to_string().contains("Gold"), "{answer}");
        for path in ["/inside/snapshot", "/v1/sites/meridian/inside/snapshot", "/v1/sites/../../inside/snapshot", "//inside/snapshot"] {
            let answer = client().get(format!("{}{path}", stage.stack.origin())).call()?;
            assert!(answer.status().as_u16() >= 300, "{path}");
        }
        for (query, field) in [("url=nonsense", "url"), ("cookie.tier=", "cookie.tier"), ("cookie=gold", "cookie")] {
            let long = if query.ends_with('.') || query.ends_with("tier=") { "x".repeat(201) } else { String::new() };
            let (status, _, problem) = view(&stage.stack, &format!("meridian?{query}{long}"))?;
            assert_eq!((status, &problem["errors"][0]["field"]), (400, &json!(field)), "{problem}");
        }
    }

    /// Whoever runs the business sees what an address would get, and because of which rule, before anything is saved.
    async fn a_dry_run_says_because_of_rule_3(stage) {
        let secret = stage.stack.operator();
        let page = json!({"url": "https://meridian.example/shop/cruises.html"});
        let (status, told) = dry_run(&stage.stack, &secret, &page)?;
        assert_eq!(status, 200, "{told}");
        assert_eq!(
            told,
            json!({
                "rule": 3, "name": "Cruises", "skill": "cruises", "skills": ["cruises", "flights", "hotels"],
                "why": [
                    {"rule": 1, "name": "Gold members at sea", "matched": false, "failed": "cookie.tier"},
                    {"rule": 2, "name": "Whatever is sold as a hotel", "matched": false, "failed": "product_type"},
                    {"rule": 3, "name": "Cruises", "matched": true},
                ],
            })
        );
        let mut trial = page.clone();
        trial["rules"] = json!([{"name": "All", "skill": "flights"}]);
        assert_eq!(dry_run(&stage.stack, &secret, &trial)?.1["name"], "All");
        assert_eq!(dry_run(&stage.stack, &secret, &page)?.1["name"], "Cruises", "nothing was kept");
        trial["rules"] = json!([{"name": "All", "when": {"cookie": {"session": "*"}}}]);
        let (status, problem) = dry_run(&stage.stack, &secret, &trial)?;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("rules[0].when.cookie.session")));
        trial["rules"] = json!([{"name": "All", "when": {"colour": "red"}}]);
        let (status, problem) = dry_run(&stage.stack, &secret, &trial)?;
        assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("rules[0].when.colour")));
        assert_eq!(dry_run(&stage.stack, "guessed", &page)?.0, 401);
    }
}
