//! Every screen, light and dark, wide and narrow, as axe sees it: nothing against WCAG 2.2 AA.

use crate::MINE;
use stage::{Browser, Outcome, Scheme, Stage, broken, journeys, until};

/// Nothing stands in anybody's way, in either scheme, on a desktop and at 320 pixels.
pub(crate) async fn open_to_all(browser: &Browser, what: &str) -> Outcome {
    open_at(browser, what, [(1280, Scheme::Light), (320, Scheme::Dark)]).await
}

/// Nothing stands in anybody's way on screens so wide, and nothing is wider than they are.
pub(crate) async fn open_at(browser: &Browser, what: &str, screens: [(u32, Scheme); 2]) -> Outcome {
    for (width, scheme) in screens {
        browser.look_like(width, 800, scheme).await?;
        // Colours may still be on their way from one scheme to the other.
        let found = until(format!("{what} to be still"), async || {
            let moving: u32 = browser
                .script("return document.getAnimations().filter((it) => it instanceof CSSTransition).length")
                .await?;
            Ok((moving == 0).then_some(()))
        });
        found.await?;
        let barriers = browser.barriers().await?;
        if !barriers.is_empty() {
            return broken(format!("{what} at {width}, {}: {barriers:#?}", scheme.word()));
        }
        let wide: bool = browser
            .script("return document.documentElement.scrollWidth > document.documentElement.clientWidth")
            .await?;
        if wide {
            return broken(format!("{what} is wider than {width} pixels"));
        }
    }
    Ok(())
}

async fn in_the_console(stage: &mut Stage) -> Outcome {
    let merchant = stage.browser("merchant").await?;
    let origin = stage.stack.origin();
    merchant.go(&format!("{origin}/console/?site=meridian")).await?;
    merchant.see("#sign-in").await?;
    open_to_all(&merchant, "the console's sign-in").await?;
    merchant.fill("#code", &stage.stack.code()).await?;
    merchant.click("#sign-in-go").await?;
    for section in [
        "start",
        "business",
        "people",
        "pages",
        "calls",
        "look",
        "policy",
        "webhooks",
        "privacy",
        "reports",
        "access",
        "developers",
    ] {
        merchant.click(&format!("#go-{section}")).await?;
        merchant
            .see(&format!("#section[data-section='{section}']"))
            .await?;
        if section == "reports" {
            merchant.see("#no-calls, #by-skill").await?;
        }
        open_to_all(&merchant, &format!("the console's {section}")).await?;
    }
    merchant.click("#go-people").await?;
    merchant.fill("#f-agents-0--phone", "12").await?;
    merchant.click("#save").await?;
    merchant.see("#refused").await?;
    open_to_all(&merchant, "a refused document").await
}

journeys! {
    /// The console, each part of it, and a document that was refused.
    async fn the_console_is_open_to_all(stage) {
        in_the_console(stage).await?;
    }

    /// A call from the panel's form to the wrap-up, on all three screens.
    async fn a_call_is_open_to_all(stage) {
        let (ana, _, shopper) = stage.at_the_cruises().await?;
        let phones = stage.phones_page().await?;
        open_to_all(&shopper, "the panel's form").await?;
        shopper.send().await?;
        shopper.see("#phone-error:not([hidden])").await?;
        open_to_all(&shopper, "what is wrong in the form").await?;
        open_to_all(&ana, "the desk without a call").await?;
        let cleo = stage.agent("cleo").await?;
        cleo.go(&format!("{}/desk/?site=meridian&view=supervisor", stage.stack.origin())).await?;
        cleo.see("#floor").await?;
        open_to_all(&cleo, "the supervisor's floor").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        ana.is("ringing").await?;
        open_to_all(&ana, "the desk while the phone rings").await?;
        open_to_all(&shopper, "the panel on hold").await?;
        open_to_all(phones.page()?, "the virtual phones").await?;
        phones.answer("+447700900101").await?;
        ana.is("talking").await?;
        open_to_all(&ana, "the desk in a call").await?;
        open_to_all(&shopper, "the panel in a call").await?;
        phones.hang_up(MINE).await?;
        ana.is("wrap_up").await?;
        open_to_all(&ana, "the wrap-up").await?;
        shopper.is("ended").await?;
        open_to_all(&shopper, "the panel after the call").await?;
    }
}
