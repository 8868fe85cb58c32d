//! Customers who want no calls any more.

use crate::MINE;
use serde_json::json;
use stage::{Browser, Outcome, Phones, Stage, journeys};

/// Whoever runs the shop, where the console says who is called.
async fn merchant(stage: &mut Stage) -> Outcome<Browser> {
    let merchant = stage.browser("merchant").await?;
    merchant
        .go(&format!(
            "{}/console/?site=meridian&section=policy",
            stage.stack.origin()
        ))
        .await?;
    merchant.fill("#code", &stage.stack.operator()).await?;
    merchant.click("#sign-in-go").await?;
    Ok(merchant)
}

journeys! {
    /// Whoever presses 9 hears that it is done, and no agent's phone rings for it. Nobody can ask for a call to this number again, until
    /// the business takes it off its list.
    async fn pressed_9_and_not_called_again(stage) {
        stage.stack.set_up(|document| document["press_one"] = json!(true))?;
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "or 9 never to be called again").await?;
        phones.press_nine(MINE).await?;
        phones.hears(MINE, "will not call this number again").await?;
        shopper.ended("customer_forbade").await?;
        shopper.read("#heading", "We won't call this number again").await?;
        ana.is("available").await?;
        assert!(!phones.rings(Phones::ANA).await?);

        shopper.press("Change the number").await?;
        shopper.send().await?;
        shopper.read("#phone-error", "can't call this number").await?;

        let merchant = merchant(stage).await?;
        merchant.read("#barred [data-refused='number_suppressed']", "a number that is never called").await?;
        merchant.read("#never [data-never='pressed_9']", "+44 •••••••• 01").await?;
        merchant.click("#never [data-do='forgive']").await?;
        merchant.read("#never", "Nobody").await?;

        shopper.send().await?;
        phones.is(MINE, "ringing").await?;
    }

    /// Who says on the phone that they want no calls any more is put on the list by the agent, who is asked whether that is meant; they
    /// talk on.
    async fn told_the_agent(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#never").await?;
        ana.read("#hand-form", "Nobody is called at this number again").await?;
        ana.click("#hand-cancel").await?;
        ana.click("#never").await?;
        ana.click("#hand-go").await?;
        ana.read("#handed-on", "Nobody is called at this number any more").await?;
        ana.is("talking").await?;
        ana.click("#hangup").await?;
        shopper.ended("talked").await?;

        let merchant = merchant(stage).await?;
        merchant.read("#never [data-never='asked_agent']", "told an agent").await?;
    }

    /// Who tells the shop that they want no calls is put on the list, and whatever waits for them is over.
    async fn told_the_shop(stage) {
        let merchant = merchant(stage).await?;
        merchant.read("#never", "Nobody").await?;
        merchant.fill("#f-suppress-phone", "12").await?;
        merchant.click("#suppress").await?;
        merchant.see("#f-suppress-phone[aria-invalid='true']").await?;
        merchant.fill("#f-suppress-phone", MINE).await?;
        merchant.click("#suppress").await?;
        merchant.read("#never [data-never='asked']", "told you").await?;
        let _ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask(MINE).await?;
        shopper.read("#phone-error", "can't call this number").await?;
    }
}
