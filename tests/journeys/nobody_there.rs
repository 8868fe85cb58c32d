//! When somebody does not answer.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// The customer's line is busy: they are told, nobody at the business was disturbed, and one tap asks again.
    async fn the_customer_is_busy(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask("+442079460200").await?;
        shopper.ended("customer_busy").await?;
        shopper.read("#heading", "busy").await?;
        ana.is("available").await?;
        assert!(!phones.rings(Phones::ANA).await?);
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

    /// A machine answers: nobody at the business has to talk to it.
    async fn a_voicemail_answers(stage) {
        let ana = stage.agent("ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.ask("+442079460203").await?;
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
