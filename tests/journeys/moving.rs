//! A request is moved to another time.

use crate::MINE;
use stage::{Phones, Shopper, journeys};

journeys! {
    /// The shopper books a time, and moves it on another device by the link: to another time, then to now. The page follows, and
    /// the phone rings once.
    async fn booked_here_and_moved_there(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.click_label("input[name='when'][value='later']").await?;
        shopper.click("label:has(input[name='slot'])").await?;
        shopper.ask(MINE).await?;
        shopper.is("scheduled").await?;
        let first = shopper.text("#slot-chosen").await?;
        let link = shopper.attribute("#elsewhere", "href").await?;
        let phone = Shopper::at(stage.browser("other-device").await?, &stage.stack);
        phone.go(&format!("{}{link}", stage.stack.origin())).await?;
        phone.read("#slot-chosen", &first).await?;

        phone.click("#move").await?;
        phone.click_label("input[name='when'][value='later']").await?;
        phone.click("#move-there").await?;
        phone.see("#slot-error:not([hidden])").await?;
        phone.click("label.chip:has(input[name='slot']:not(:checked)):last-child").await?;
        let second = phone.text("label:has(input[name='slot']:checked)").await?;
        assert!(!first.contains(&second), "{first} {second}");
        phone.click("#move-there").await?;
        phone.see_no("#move-there").await?;
        phone.read("#slot-chosen", &second).await?;
        shopper.read("#slot-chosen", &second).await?;
        assert!(!phones.rings(MINE).await?);

        phone.click("#move").await?;
        phone.click("#move-there").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        phone.is("connected").await?;
        phone.see_no("#move").await?;
        ana.is("talking").await?;
        shopper.click("#cancel").await?;
        shopper.ended("talked").await?;
        // The times that it had call nobody any more.
        stage.stack.pass(3 * 3600)?;
        ana.read("#scheduled", "0").await?;
        assert!(!phones.rings(MINE).await?);
    }

    /// In line, the shopper would rather be called later, and keeps the receipt.
    async fn out_of_the_line_to_a_time(stage) {
        let (ana, phones, first) = stage.at_the_cruises().await?;
        first.ask("+442079460001").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        let shopper = Shopper::at(stage.browser("waiting-shopper").await?, &stage.stack);
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask(MINE).await?;
        shopper.is("queued").await?;
        let link = shopper.attribute("#elsewhere", "href").await?;
        shopper.click("#move").await?;
        shopper.click("#move-not").await?;
        shopper.is("queued").await?;
        shopper.click("#move").await?;
        shopper.click("label:has(input[name='slot'])").await?;
        shopper.click("#move-there").await?;
        shopper.is("scheduled").await?;
        assert_eq!(shopper.attribute("#elsewhere", "href").await?, link, "the same request and receipt");
    }
}
