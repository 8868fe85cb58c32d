//! The call goes on whatever else happens.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// In line, the shopper opens the link on another device, and takes the request back there.
    async fn followed_from_another_device(stage) {
        let (ana, _phones, first) = stage.at_the_cruises().await?;
        first.ask("+442079460001").await?;
        ana.is("ringing").await?;
        let browser = stage.browser("waiting-shopper").await?;
        let second = stage::Shopper::at(browser, &stage.stack);
        second.visit("cruises.html").await?;
        second.open_panel().await?;
        second.ask(MINE).await?;
        second.is("queued").await?;
        let link = second.attribute("#elsewhere", "href").await?;
        let device = stage.browser("other-device").await?;
        device.go(&format!("{}{link}", stage.stack.origin())).await?;
        device.see("main.panel[data-state='queued']").await?;
        let address: String = device.script("return location.href").await?;
        assert!(!address.contains("follow"), "the proof does not stay in the address: {address}");
        device.click("#cancel").await?;
        second.ended("cancelled_by_customer").await?;
    }

    /// Everybody is busy: the shopper waits in line, sees the place, and takes the request back.
    async fn cancel_while_queued(stage) {
        let (ana, phones, first) = stage.at_the_cruises().await?;
        first.ask("+442079460001").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;

        let browser = stage.browser("waiting-shopper").await?;
        let second = stage::Shopper::at(browser, &stage.stack);
        second.visit("cruises.html").await?;
        second.button_says("busy").await?;
        second.open_panel().await?;
        second.ask(MINE).await?;
        second.is("queued").await?;
        second.read("#position", "1").await?;
        ana.see("#lines > li[data-skill='cruises'][data-waiting='1']").await?;
        second.click("#cancel").await?;
        second.ended("cancelled_by_customer").await?;
        ana.see("#lines > li[data-skill='cruises'][data-waiting='0']").await?;
        ana.click("#hangup").await?;
        ana.wrap_up("other", "", None).await?;
        assert!(!phones.rings(MINE).await?, "nobody is called who took it back");
    }

    /// The shopper goes on browsing while the phones ring and while they talk; the panel comes back with the state.
    async fn browsing_goes_on_during_the_call(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        shopper.is("ringing_agent").await?;
        shopper.visit("hotels.html").await?;
        shopper.enter_panel().await?;
        shopper.is("ringing_agent").await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        shopper.visit("flights.html").await?;
        shopper.enter_panel().await?;
        shopper.is("connected").await?;
        ana.is("talking").await?;
        shopper.visit("contact.html").await?;
        phones.hang_up(Phones::ANA).await?;
        shopper.enter_panel().await?;
        shopper.ended("talked").await?;
    }

    /// The server is killed while a request waits in line, and started again: the request is still there, the agent's
    /// desk and the shopper's panel come back by themselves, and the call takes place; the phone rings once.
    async fn the_server_is_killed_while_a_request_waits(stage) {
        let phones = stage.phones();
        let ana = stage.agent("ana").await?;
        ana.click("#go-away").await?;
        ana.is("away").await?;
        let cleo = stage.agent("cleo").await?;
        let first = stage.shopper().await?;
        first.visit("cruises.html").await?;
        first.open_panel().await?;
        first.ask("+442079460001").await?;
        phones.answer(Phones::CLEO).await?;
        cleo.is("talking").await?;

        let browser = stage.browser("waiting-shopper").await?;
        let second = stage::Shopper::at(browser, &stage.stack);
        second.visit("cruises.html").await?;
        second.open_panel().await?;
        second.ask(MINE).await?;
        second.is("queued").await?;
        stage.stack.kill()?;
        second.see("main.panel[data-connection='lost']").await?;
        ana.see("#offline").await?;
        stage.stack.start_again()?;
        second.see("main.panel[data-connection='fine'][data-state='queued']").await?;
        ana.see("#desk[data-link='live']").await?;
        cleo.is("talking").await?;
        ana.click("#go-available").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        second.is("connected").await?;
        assert_eq!(phones.times(MINE).await?, 1);
    }

    /// The server is killed while the customer's phone rings: after the start it still rings, once, and the call goes on.
    async fn the_server_is_killed_while_a_phone_rings(stage) {
        let (ana, _, shopper) = stage.at_the_cruises().await?;
        let phones = stage.phones_page().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        stage.stack.kill()?;
        phones.page()?.see("#phones-app[data-link='lost']").await?;
        stage.stack.start_again()?;
        phones.page()?.see("#phones-app[data-link='live']").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        ana.is("talking").await?;
        assert_eq!(phones.times(MINE).await?, 1, "it rang once");
    }
}
