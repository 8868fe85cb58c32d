//! Customers who were talked with before.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// A customer asks a second time: the desk shows when the first call was, who had it and what came of it. Later Ana calls them
    /// again by herself, from her list of calls, and in her break.
    async fn known_from_before_and_called_again(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        ana.see("#no-history").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        phones.hang_up(MINE).await?;
        ana.is("wrap_up").await?;
        ana.wrap_up("complaint", "The cabin was above the engine", None).await?;
        ana.read("#day-calls", "1").await?;

        shopper.press("Ask for another call").await?;
        shopper.send().await?;
        ana.see("#history > li[data-reason='talked'][data-disposition='complaint']").await?;
        ana.read("#history", "above the engine").await?;
        ana.read("#history", "Ana Ferreira").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#hangup").await?;
        ana.wrap_up("other", "Another cabin", None).await?;

        ana.click("#go-away").await?;
        ana.click("#break-paperwork").await?;
        ana.click("#recent > li:first-child [data-call-again]").await?;
        ana.call_is("dialing_customer").await?;
        phones.answer(MINE).await?;
        phones.hears(MINE, "Please hold").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        phones.hang_up(MINE).await?;
        ana.is("wrap_up").await?;
        ana.write_up("other", "All is well", None).await?;
        ana.see("#me-state[data-state='away'][data-pause='paperwork']").await?;
        ana.read("#day-calls", "3").await?;
    }

    /// The outcomes are the business's own, and one of them needs an order number. The keys are listed.
    async fn outcomes_of_the_businesss_own(stage) {
        stage.stack.set_up(|document| {
            document["dispositions"] = serde_json::json!([
                { "id": "booked", "name": "Booked", "needs_order": true }, { "id": "offer", "name": "Offer sent" },
                { "id": "question", "name": "Question" }, { "id": "wrong", "name": "Wrong number" }
            ]);
        })?;
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask("+442079460103").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("wrap_up").await?;
        ana.write_up("booked", "Two cabins", None).await?;
        ana.read("#order-error", "order number").await?;
        ana.fill("#disposition-order", "M-4711").await?;
        ana.click("#save").await?;
        ana.read("#recent", "Booked").await?;
        ana.click("#show-keys").await?;
        ana.read("#keys", "Hand the call on").await?;
    }
}
