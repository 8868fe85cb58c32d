//! Not now: at a promised time.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// The shopper chooses a time out of those offered. Nobody's phone rings before; when the time has come, theirs does.
    async fn scheduled_for_later(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.click_label("input[name='when'][value='later']").await?;
        shopper.click("label:has(input[name='slot'])").await?;
        let chosen = shopper.text("label:has(input[name='slot']:checked)").await?;
        shopper.ask(MINE).await?;
        shopper.is("scheduled").await?;
        shopper.read("#slot-chosen", &chosen).await?;
        ana.read("#scheduled", "1").await?;
        shopper.read("#more", "between").await?;
        assert!(!phones.rings(MINE).await?);

        // Half an hour in one jump: nothing was heard of the desk meanwhile.
        stage.stack.pass(30 * 60)?;
        ana.is("away").await?;
        assert!(!phones.rings(MINE).await?, "nobody is there who could talk");
        ana.click("#go-available").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        ana.see("#slot").await?;
    }

    /// With nobody on duty there is no call now; a promised one can be taken back.
    async fn a_promised_call_is_cancelled(stage) {
        let shopper = stage.shopper().await?;
        shopper.visit("flights.html").await?;
        shopper.button_says("choose a time").await?;
        shopper.open_panel().await?;
        shopper.see("#when-closed").await?;
        assert_eq!(shopper.count("input[name='when'][value='now']:disabled").await?, 1);
        shopper.click("label:has(input[name='slot'])").await?;
        shopper.ask(MINE).await?;
        shopper.is("scheduled").await?;
        shopper.click("#cancel").await?;
        shopper.ended("cancelled_by_customer").await?;
    }
}
