//! `cargo xtask screenshots`: every page of ours as people see it, at three widths, light and dark, with calls and without. The
//! pictures of the README are among them, so that they can't go stale.

use serde_json::json;
use stage::{
    Browser, Clerk, Desk, Endpoint, Manners, Outcome, Scheme, Shopper, Stack, Stage, TO_TALK, broken,
    wait_for,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const WIDTHS: [u32; 3] = [390, 820, 1440];
const SECTIONS: [&str; 12] = [
    "start",
    "business",
    "people",
    "pages",
    "calls",
    "look",
    "policy",
    "webhooks",
    "reports",
    "access",
    "privacy",
    "developers",
];
const MINE: &str = "+447700900001";

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: screens FOLDER");
        return ExitCode::FAILURE;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let taken: Outcome = runtime
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(take(folder)));
    match taken {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn everywhere(browser: &Browser, folder: &std::path::Path, name: &str) -> Outcome {
    for scheme in [Scheme::Light, Scheme::Dark] {
        for width in WIDTHS {
            browser.look_like(width, 900, scheme).await?;
            let path = folder.join(format!("{name}-{width}-{}.png", scheme.word()));
            browser.picture(&path).await?;
        }
    }
    Ok(())
}

/// The panel as a page of each language shows it, on a phone.
async fn in_each_language(shopper: &Shopper, folder: &std::path::Path) -> Outcome {
    shopper.look_like(390, 900, Scheme::Light).await?;
    for language in ["de", "es", "fr", "ja", "ar", "en"] {
        shopper.driver().enter_default_frame().await?;
        shopper
            .script::<()>(&format!("Ringback('locale', '{language}')"))
            .await?;
        shopper.enter_panel().await?;
        shopper
            .see(&format!("html[lang='{language}'] main.panel"))
            .await?;
        shopper
            .picture(&folder.join(format!("panel-{language}.png")))
            .await?;
    }
    Ok(())
}

/// A day's calls: most of them talks, one customer who was busy, one who gave up.
fn a_day(stack: &Stack, hooks: &str) -> Outcome {
    stack.set_up(|document| {
        for (nth, agent) in document["agents"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .enumerate()
        {
            agent["phone"] = json!(format!("+4420794600{:02}", nth + 2));
        }
        document["timing"] = json!({"wrap_up_s": 1});
        document["webhooks"] =
            json!([{"id": "crm", "url": hooks, "events": ["request.created", "call.ended"]}]);
        document["retry"] = json!({"attempts": 1, "spacing_s": []});
    })?;
    let clerks: Vec<Clerk> = ["ana", "ben", "cleo"]
        .iter()
        .map(|agent| Clerk::at(stack, agent))
        .collect::<Result<_, _>>()?;
    for (nth, skill) in ["cruises", "flights", "cruises", "hotels"]
        .into_iter()
        .enumerate()
    {
        let page = json!({"url": format!("{}{skill}.html", stack.shop()), "title": skill});
        let asked = stack.ask(
            &format!("+4420794600{:02}", 10 + nth % 2),
            &json!({"skill": skill, "page": page}),
        )?;
        wait_for("two people to talk", || stack.reached(&asked, "connected"))?;
        for clerk in &clerks {
            if clerk.state()? == "talking" {
                clerk.hang_up()?;
            }
        }
        wait_for("the end", || stack.reached(&asked, "ended"))?;
        wait_for("all agents", || {
            let free = stack
                .site()?
                .pointer("/anyone/free")
                .and_then(serde_json::Value::as_u64);
            Ok((free == Some(3)).then_some(()))
        })?;
    }
    let busy = stack.ask("+442079460200", &json!({"skill": "cruises"}))?;
    wait_for("busy", || stack.reached(&busy, "ended"))?;
    clerks.iter().try_for_each(|clerk| clerk.go("away"))
}

async fn take(folder: PathBuf) -> Outcome {
    std::fs::create_dir_all(&folder)?;
    let mut stage = stage::Stage::open("screens")?;
    let origin = stage.stack.origin();
    let merchant = stage.browser("merchant").await?;
    // Nothing there yet.
    merchant.go(&format!("{origin}/console/?site=acme")).await?;
    merchant.see("#sign-in").await?;
    everywhere(&merchant, &folder, "console-sign-in").await?;
    merchant.fill("#code", &stage.stack.operator()).await?;
    merchant.click("#sign-in-go").await?;
    merchant.see("#section[data-section='business']").await?;
    everywhere(&merchant, &folder, "console-new").await?;
    let endpoint = Endpoint::start()?;
    a_day(&stage.stack, &endpoint.url)?;
    let ends = serde_json::json!({"scopes": ["bridges", "usage"], "expires_in_days": 90});
    stage.stack.new_secret_for(&ends)?;
    stage.stack.new_secret()?;
    stage.stack.operate("POST", "webhooks/crm/secrets")?;
    stage.stack.operate("POST", "webhooks/crm/test")?;
    endpoint.hears(1).await?;
    endpoint.now(Manners::Answers(500));
    stage.stack.operate("POST", "webhooks/crm/test")?;
    endpoint.hears(2).await?;
    merchant
        .go(&format!("{origin}/console/?site=meridian&section=start"))
        .await?;
    merchant.fill("#code", &stage.stack.code()).await?;
    merchant.click("#sign-in-go").await?;
    for section in SECTIONS {
        merchant.click(&format!("#go-{section}")).await?;
        merchant
            .see(&format!("#section[data-section='{section}']"))
            .await?;
        if section == "reports" {
            merchant.see("#by-skill").await?;
        }
        if section == "webhooks" {
            merchant.click("[data-endpoint='crm'] [data-do='log']").await?;
            merchant
                .click("[data-message][data-state='waiting'] summary")
                .await?;
        }
        if section == "pages" {
            merchant
                .fill("#try-url", &format!("{}cruises.html", stage.stack.shop()))
                .await?;
            merchant.read("#tried", "because of rule").await?;
        }
        everywhere(&merchant, &folder, &format!("console-{section}")).await?;
    }
    // A call, from the shop and from the desk.
    stage.stack.set_up(|_| {})?;
    let (ana, phones, shopper) = stage.at_the_cruises().await?;
    shopper.look_like(1280, 860, Scheme::Light).await?;
    shopper.driver().enter_default_frame().await?;
    shopper.picture(&folder.join("panel.png")).await?;
    shopper.enter_panel().await?;
    everywhere(&shopper, &folder, "panel").await?;
    in_each_language(&shopper, &folder).await?;
    shopper.ask(MINE).await?;
    phones.answer(MINE).await?;
    ana.is("ringing").await?;
    ana.look_like(1280, 860, Scheme::Light).await?;
    ana.picture(&folder.join("desk.png")).await?;
    everywhere(&ana, &folder, "desk-ringing").await?;
    if !folder.join("desk.png").is_file() {
        return broken("there is no picture of the desk");
    }
    merchant.look_like(1280, 860, Scheme::Light).await?;
    merchant.click("#go-reports").await?;
    merchant.see("#by-skill").await?;
    merchant.picture(&folder.join("console.png")).await?;
    in_the_browser(&mut stage, &folder).await?;
    stage.close().await;
    Ok(())
}

/// A call in the browser: the form, the window, the desk.
async fn in_the_browser(stage: &mut Stage, folder: &Path) -> Outcome {
    let ben = Desk::enter(stage.browser_with("ben", &TO_TALK).await?, &stage.stack, "ben").await?;
    ben.talk_here().await?;
    everywhere(&ben, folder, "desk-takes-calls-here").await?;
    ben.go_available().await?;
    let shopper = Shopper::at(stage.browser_with("caller", &TO_TALK).await?, &stage.stack);
    shopper.visit("flights.html").await?;
    shopper.open_panel().await?;
    shopper.click("label:has(#voice)").await?;
    shopper.see("ringback-voice .hint").await?;
    everywhere(&shopper, folder, "panel-voice").await?;
    shopper.fill("#phone", "+447700901002").await?;
    shopper.send().await?;
    shopper.in_the_window().await?;
    ben.see("#answer").await?;
    everywhere(&ben, folder, "desk-rings-here").await?;
    everywhere(&shopper, folder, "call-waits").await?;
    ben.answer().await?;
    shopper.call_is("talking").await?;
    everywhere(&shopper, folder, "call-talks").await?;
    everywhere(&ben, folder, "desk-talks-here").await?;
    shopper.in_the_shop().await?;
    everywhere(&shopper, folder, "panel-talks").await?;
    shopper.turn_to("/call").await?;
    shopper.click("#call-phone").await?;
    shopper.call_is("phone").await?;
    everywhere(&shopper, folder, "call-by-phone").await?;
    everywhere(&ben, folder, "desk-by-phone").await
}
