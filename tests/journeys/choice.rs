//! Who takes the call, and whose number it is.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// On the shop's home page nobody is named: the shopper chooses flights, and a flight expert is rung although a
    /// cruise expert has been idle for longer.
    async fn choose_a_skill(stage) {
        let ana = stage.agent("ana").await?;
        let ben = stage.agent("ben").await?;
        let phones = stage.phones();
        let shopper = stage.shopper().await?;
        shopper.visit("index.html").await?;
        shopper.open_panel().await?;
        shopper.read("label:has(input[value='skill:flights'])", "ree").await?;
        shopper.choose("skill:flights").await?;
        shopper.ask("+442079460001").await?;
        phones.is(Phones::BEN, "ringing").await?;
        ben.read("#skill", "Flights").await?;
        ana.is("available").await?;
    }

    /// Each topic says by itself who is there and how long it takes, live; none is chosen for the shopper, who has to.
    async fn each_choice_has_its_own_wait_and_none_is_made(stage) {
        let (ana, phones, first) = stage.at_the_cruises().await?;
        first.ask("+442079460001").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        let browser = stage.browser("second-shopper").await?;
        let shopper = stage::Shopper::at(browser, &stage.stack);
        shopper.visit("index.html").await?;
        shopper.open_panel().await?;
        shopper.offered("skill:cruises", "wait").await?;
        shopper.offered("skill:flights", "slot").await?;
        shopper.offered("skill:hotels", "slot").await?;
        let _ben = stage.agent("ben").await?;
        shopper.offered("skill:flights", "now").await?;
        shopper.offered("skill:cruises", "wait").await?;
        let said = |skill: &str| format!("label:has(input[value='skill:{skill}']) .presence");
        assert_ne!(shopper.text(&said("cruises")).await?, shopper.text(&said("flights")).await?);
        assert_eq!(shopper.count("input[name='who']:checked").await?, 0);
        shopper.ask(MINE).await?;
        shopper.see("#who-error:not([hidden])").await?;

        // Where a rule of the business says what a page is about, that is chosen.
        shopper.visit("cruises.html").await?;
        shopper.enter_panel().await?;
        shopper.see("label:has(input[value='skill:cruises']:checked)").await?;
    }

    /// The fjord cruise's page names Ana: she is rung although Cleo, who knows cruises too, has been idle for longer.
    async fn the_pages_expert_is_preferred(stage) {
        let cleo = stage.agent("cleo").await?;
        let ana = stage.agent("ana").await?;
        let phones = stage.phones();
        let shopper = stage.shopper().await?;
        shopper.visit("cruise-norwegian-fjords.html").await?;
        shopper.button_says("Ana Ferreira").await?;
        shopper.open_panel().await?;
        shopper.see("label:has(input[value='expert:ana'])").await?;
        shopper.choose("expert:ana").await?;
        shopper.ask("+442079460001").await?;
        phones.is(Phones::ANA, "ringing").await?;
        ana.is("ringing").await?;
        cleo.is("available").await?;
    }

    /// The number is asked for once, kept on the shopper's own device, and forgotten on their wish.
    async fn the_number_is_remembered_and_forgotten(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.decline(MINE).await?;
        shopper.ended("customer_declined").await?;
        ana.is("available").await?;

        shopper.visit("hotels.html").await?;
        shopper.enter_panel().await?;
        shopper.press("Done").await?;
        shopper.open_panel().await?;
        shopper.see("#kept-phone").await?;
        assert!(!shopper.text("#kept-phone").await?.contains("900001"), "it is masked");
        shopper.choose("anyone").await?;
        shopper.send().await?;
        phones.decline(MINE).await?;
        shopper.ended("customer_declined").await?;

        shopper.visit("hotels.html").await?;
        shopper.enter_panel().await?;
        shopper.press("Done").await?;
        shopper.open_panel().await?;
        shopper.press("Forget my number").await?;
        shopper.see("#phone").await?;
        shopper.driver().refresh().await?;
        shopper.enter_panel().await?;
        shopper.see("#phone").await?;
    }
}
