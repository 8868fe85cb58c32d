//! A supervisor's view of the floor.

use crate::MINE;
use stage::{Desk, Outcome, Phones, Shopper, Stage, journeys};

/// Cleo supervises, and takes no calls herself. Ana talks with one customer, another one waits.
async fn one_waits(stage: &mut Stage) -> Outcome<(Desk, Phones, Shopper)> {
    let (ana, phones, shopper) = stage.at_the_cruises().await?;
    shopper.ask("+442079460001").await?;
    phones.answer(Phones::ANA).await?;
    ana.is("talking").await?;
    assert_eq!(ana.count("#floor-tab").await?, 0, "the floor is for supervisors");
    let other = Shopper::at(stage.browser("other-shopper").await?, &stage.stack);
    other.visit("cruises.html").await?;
    other.open_panel().await?;
    other.ask(MINE).await?;
    other.is("queued").await?;
    let cleo = Desk::enter(stage.browser("cleo").await?, &stage.stack, "cleo").await?;
    cleo.click("#floor-tab").await?;
    cleo.see("#floor-requests > li[data-state='queued']").await?;
    cleo.see("#floor-queues > tr[data-skill='cruises'][data-waiting='1']")
        .await?;
    cleo.see("#floor-agents > li[data-agent='ana'][data-state='talking']")
        .await?;
    Ok((cleo, phones, other))
}

journeys! {
    /// Nobody at work can help with flights, so the request stays where it is; then Ben comes, and Cleo gives it to him.
    async fn a_supervisor_gives_a_request_to_another_skill(stage) {
        let (cleo, phones, other) = one_waits(stage).await?;
        cleo.click("#floor-requests [data-reassign] option[value='skill:flights']").await?;
        cleo.read("#refusal", "Nobody else who can help with this is at work").await?;
        let ben = stage.agent("ben").await?;
        cleo.see("#floor-agents > li[data-agent='ben'][data-state='available']").await?;
        cleo.click("#floor-requests [data-reassign] option[value='agent:ben']").await?;
        cleo.see("#nobody-waits").await?;
        ben.call_is("dialing_customer").await?;
        ben.see("#handed > li[data-how='reassigned']").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::BEN).await?;
        other.is("connected").await?;
    }

    /// Cleo takes the request over herself: her desk opens with it, and she is away again afterwards.
    async fn a_supervisor_takes_a_request_over(stage) {
        let (cleo, phones, other) = one_waits(stage).await?;
        cleo.click("#floor-requests > li [data-take]").await?;
        cleo.call_is("dialing_customer").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::CLEO).await?;
        other.is("connected").await?;
        cleo.click("#hangup").await?;
        cleo.is("wrap_up").await?;
        cleo.write_up("other", "Took it over", None).await?;
        cleo.is("away").await?;
    }
}
