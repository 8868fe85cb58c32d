//! A call goes from one agent to another.

use crate::MINE;
use stage::{Phones, journeys};

journeys! {
    /// In the middle of a call Ana finds that Ben knows better. She hands it on with a word; the customer stays on the line and hears
    /// the announcement again, Ben's phone rings, his desk shows what Ana says, and the two talk. Ana is free for the next call.
    async fn handed_on_in_the_middle_of_a_call(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        let ben = stage.agent("ben").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#hand-on").await?;
        ana.click("#hand-go").await?;
        ana.read("#hand-error", "Choose who").await?;
        ana.click("label:has(#to-agent-ben)").await?;
        ana.fill("#hand-text", "Wants to fly to Lisbon first").await?;
        ana.click("#hand-go").await?;

        ana.is("available").await?;
        ana.read("#handed-on", "stays on the line").await?;
        phones.is(Phones::ANA, "ended").await?;
        phones.is(MINE, "in_call").await?;
        shopper.is("ringing_agent").await?;
        ben.call_is("ringing_agent").await?;
        ben.read("#handed", "Ana Ferreira").await?;
        ben.read("#handed", "Wants to fly to Lisbon first").await?;
        phones.answer(Phones::BEN).await?;
        ben.is("talking").await?;
        shopper.is("connected").await?;
        phones.talks_to(MINE, "0102").await?;
        ana.read("#day-calls", "1").await?;

        ben.click("#hangup").await?;
        shopper.ended("talked").await?;
        ben.wrap_up("other", "Flight and cruise", None).await?;
    }

    /// Handed on to a skill whose only agent does not answer: the usual rules, and the customer is told.
    async fn handed_on_and_nobody_takes_it(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        let ben = stage.agent("ben").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#hand-on").await?;
        ana.click("label:has(#to-skill-flights)").await?;
        ana.click("#hand-go").await?;
        phones.decline(Phones::BEN).await?;
        shopper.ended("agent_no_answer").await?;
        ben.see("#me-state[data-state='away'][data-pause='missed']").await?;
        ben.read("#day-missed", "1").await?;
    }

    /// Ana refuses a call because she is busy: her colleague gets it, she is on a break that everybody sees. Cleo gives hers back:
    /// nobody else is there, so the customer's phone stops and they are in line again, with no attempt lost.
    async fn refused_and_given_back(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        let cleo = stage.agent("cleo").await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        ana.click("#refuse").await?;
        ana.click("label:has(#refuse-busy)").await?;
        ana.click("#hand-go").await?;
        ana.see("#me-state[data-state='away'][data-pause='busy']").await?;
        ana.read("#handed-on", "Refused").await?;
        cleo.call_is("dialing_customer").await?;
        cleo.see("#colleagues > li[data-agent='ana'][data-pause='busy']").await?;
        phones.is(MINE, "ringing").await?;

        cleo.click("#requeue").await?;
        cleo.is("available").await?;
        phones.is(MINE, "ended").await?;
        shopper.is("queued").await?;
        ana.click("#go-available").await?;
        ana.call_is("dialing_customer").await?;
        ana.read("#handed", "Cleo Marsh").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        shopper.is("connected").await?;
    }

    /// Breaks have reasons; colleagues see them, and during a call they count for after it.
    async fn a_break_has_a_reason(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        let ben = stage.agent("ben").await?;
        ana.click("#go-away").await?;
        ana.click("#break-lunch").await?;
        ana.see("#me-state[data-pause='lunch']").await?;
        ben.see("#colleagues > li[data-agent='ana'][data-pause='lunch']").await?;
        ana.click("#go-available").await?;
        ben.see("#colleagues > li[data-agent='ana'][data-state='available']").await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.click("#go-away").await?;
        ana.click("#break-training").await?;
        ana.see("#break-training[aria-pressed='true']").await?;
        phones.hang_up(MINE).await?;
        ana.is("wrap_up").await?;
        ana.write_up("other", "", None).await?;
        ana.see("#me-state[data-state='away'][data-pause='training']").await?;
    }
}
