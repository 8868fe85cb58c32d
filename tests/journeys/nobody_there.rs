//! When somebody does not answer.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// The customer's line is busy: they are told when they are called again, and nobody at the business was disturbed. Then
    /// the phone rings by itself, and the two talk.
    async fn the_customer_is_busy(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask("+442079460208").await?;
        shopper.missed("customer_busy", 1).await?;
        shopper.read("#heading", "busy").await?;
        shopper.read("#more", "call 2 of 3").await?;
        ana.is("available").await?;
        ana.read("#scheduled", "1").await?;
        assert!(!phones.rings(Phones::ANA).await?);

        stage.stack.pass(2 * 60)?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        ana.is("talking").await?;
    }

    /// Whoever does not want to be called again takes the request back.
    async fn the_next_try_is_cancelled(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        stage.stack.pass(31)?;
        shopper.missed("customer_no_answer", 1).await?;
        shopper.click("#cancel").await?;
        shopper.ended("cancelled_by_customer").await?;
        ana.read("#scheduled", "0").await?;
    }

    /// The customer gives up while holding: the agent's phone stops ringing and the agent is free again.
    async fn the_customer_hangs_up_while_holding(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.is(Phones::ANA, "ringing").await?;
        phones.hang_up(MINE).await?;
        phones.is(Phones::ANA, "ended").await?;
        shopper.ended("customer_hung_up_on_hold").await?;
        ana.is("available").await?;
    }

    /// A machine answers, three times: nobody at the business has to talk to it, and then it is over.
    async fn a_voicemail_answers(stage) {
        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask("+442079460203").await?;
        shopper.missed("customer_voicemail", 1).await?;
        ana.is("available").await?;
        stage.stack.pass(2 * 60)?;
        shopper.missed("customer_voicemail", 2).await?;
        ana.is("available").await?;
        stage.stack.pass(10 * 60)?;
        ana.is("away").await?;
        ana.go_available().await?;
        shopper.ended("customer_voicemail").await?;
        ana.is("available").await?;
    }

    /// Cleo does not take the call: the customer keeps holding, Cleo is away now, and Ana's phone rings.
    async fn the_next_agent_while_the_customer_holds(stage) {
        let cleo = stage.agent("cleo").await?;
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.choose("skill:cruises").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.is(Phones::CLEO, "ringing").await?;
        stage.stack.pass(21)?;
        phones.is(Phones::CLEO, "ended").await?;
        cleo.is("away").await?;
        phones.is(MINE, "in_call").await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
        ana.is("talking").await?;
    }
}
