//! The main job.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// A shopper on a cruise page asks for a call. Their phone rings first; while they hold, Ana's rings, and her desk
    /// shows who calls, from which page, with which note. The two talk; what came of it is kept.
    async fn ask_now_and_talk(stage) {
        let ana = stage.agent("ana").await?;
        let phones = stage.phones_page().await?;
        let shopper = stage.shopper().await?;
        shopper.visit("index.html").await?;
        shopper.visit("cruises.html").await?;
        shopper.button_says("free now").await?;
        shopper.open_panel().await?;
        shopper.fill("#note", "Is the balcony cabin still there in May?").await?;
        shopper.ask(MINE).await?;

        phones.is(MINE, "ringing").await?;
        assert!(!phones.rings(Phones::ANA).await?, "the agent never waits on a ringing customer");
        ana.call_is("dialing_customer").await?;
        shopper.is("dialing_customer").await?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "Please hold while we connect you to a Meridian Travel representative.").await?;

        ana.call_is("ringing_agent").await?;
        ana.read("#note", "Is the balcony cabin still there in May?").await?;
        ana.read("#page", "Cruises").await?;
        assert!(ana.count("#trail > li").await? >= 2, "the page before is in the trail");
        assert!(!ana.text("#customer-number").await?.contains("900001"), "the number is masked");
        shopper.is("ringing_agent").await?;
        phones.answer(Phones::ANA).await?;

        shopper.is("connected").await?;
        ana.is("talking").await?;
        phones.talks_to(MINE, "0101").await?;
        ana.click("#reveal").await?;
        ana.see("#customer-number[data-shown]").await?;

        phones.hang_up(MINE).await?;
        phones.is(Phones::ANA, "ended").await?;
        shopper.ended("talked").await?;
        ana.is("wrap_up").await?;
        ana.wrap_up("purchase", "Two cabins on deck seven", Some("M-20417")).await?;
        ana.see("#recent > li[data-disposition='purchase']").await?;
        ana.read("#recent", "M-20417").await?;
        ana.driver().refresh().await?;
        ana.see("#recent > li[data-reason='talked'][data-disposition='purchase']").await?;
    }

    /// In the middle of a call Ana wants a break: she gets it when she has written the call up, not before.
    async fn a_break_after_the_call(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#go-away").await?;
        ana.see("#go-away[aria-pressed='true']").await?;
        phones.hang_up(MINE).await?;
        ana.is("wrap_up").await?;
        ana.write_up("other", "Only asked the way", None).await?;
        ana.is("away").await?;
        ana.see("#recent > li[data-disposition='other']").await?;
    }

    /// Two agents work at once in two browsers; two customers talk to one each.
    async fn two_calls_at_once(stage) {
        let (ana, ben) = (stage.agent("ana").await?, stage.agent("ben").await?);
        let phones = stage.phones();
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask("+442079460001").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;

        let other = stage.browser("other-shopper").await?;
        let other = stage::Shopper::at(other, &stage.stack);
        other.visit("flights.html").await?;
        other.open_panel().await?;
        other.ask("+442079460002").await?;
        phones.answer(Phones::BEN).await?;
        ben.is("talking").await?;
        ana.is("talking").await?;
        ben.click("#hangup").await?;
        ben.wrap_up("complaint", "The delay in Lisbon", None).await?;
        ana.see("#colleagues > li[data-agent='ben'][data-state='available']").await?;
        shopper.is("connected").await?;
    }
}
