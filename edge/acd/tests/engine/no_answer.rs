//! When somebody does not answer, or the network fails.

use crate::world::{World, ended, expert, written_up};
use acd::{Command, Effect, HeardKind, LegEnd, Order, Settled};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::desk::AgentState;

#[test]
fn an_agent_who_does_not_answer_goes_away_and_the_next_one_is_tried_while_the_customer_holds() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(world.agent_state("ana"), AgentState::Away);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Agent), ["+447700900101", "+447700900103"]);
    assert_eq!(
        world.dialled(Party::Customer).len(),
        1,
        "the customer holds, and is not dialled again"
    );
    world.agent(&id, 1, HeardKind::Answered);
    assert_ne!(
        world.request(&id).legs.agent,
        LegState::Answered,
        "ana's late answer is not cleo's"
    );
    world
        .agent(&id, 2, HeardKind::Answered)
        .agent(&id, 2, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn a_customer_holds_for_an_agent_in_another_call_but_not_for_nobody() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("cruises");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "ana is in a call and may become free"
    );
    world.hang_up(&busy);
    world
        .command("ana", Command::Dispose(busy, written_up()))
        .unwrap();
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    let step = world.hear(&id, Party::Agent, 2, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(ended(&step), Some(EndReason::AgentNoAnswer));
    assert!(
        matches!(step.effects.as_slice(), [Order { effect: Effect::Farewell { words, .. }, .. }] if words.text.starts_with("We are sorry"))
    );
}

#[test]
fn nobody_holds_for_somebody_who_has_left() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("flights");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "cleo is at work"
    );
    world.hang_up(&busy);
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "cleo writes up"
    );
    let other = written_up();
    // The end of the wrap-up and the match are one step, so cleo's phone rings; she does not take it.
    world.command("cleo", Command::Dispose(busy, other)).unwrap();
    assert_eq!(world.request(&id).agent, expert("cleo"));
    let step = world.hear(&id, Party::Agent, 2, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(ended(&step), Some(EndReason::AgentNoAnswer));
}

#[test]
fn holding_has_an_end() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("cruises");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    world.later(180);
    assert!(world.acd.request(&id).is_none());
    assert!(matches!(world.effects.last(), Some(Effect::Farewell { .. })));
}

#[test]
fn every_way_a_customer_is_not_reached_has_its_reason_and_frees_the_agent() {
    for (how, reason) in [
        (HeardKind::Ended(LegEnd::Busy), EndReason::CustomerBusy),
        (HeardKind::Ended(LegEnd::NoAnswer), EndReason::CustomerNoAnswer),
        (HeardKind::Ended(LegEnd::Declined), EndReason::CustomerDeclined),
        (HeardKind::Ended(LegEnd::BadNumber), EndReason::InvalidNumber),
        (HeardKind::Ended(LegEnd::Failed), EndReason::CarrierError),
        (HeardKind::AnsweredByMachine, EndReason::CustomerVoicemail),
    ] {
        let mut world = World::new();
        world.available("ana");
        let id = world.ask("cruises");
        let step = world.hear(&id, Party::Customer, 1, how);
        assert_eq!(ended(&step), Some(reason));
        assert_eq!(world.agent_state("ana"), AgentState::Available);
        assert!(world.dialled(Party::Agent).is_empty());
    }
}

#[test]
fn a_customer_who_hangs_up_while_holding_stops_the_agents_phone() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::CustomerHungUpOnHold));
    assert!(
        matches!(step.effects.as_slice(), [Order { effect: Effect::HangUp { leg }, .. }] if leg.as_str() == "req_1.a1")
    );
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn lost_news_does_not_keep_anybody_for_ever() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    world.later(20 + 15);
    assert_eq!(
        world.dialled(Party::Agent),
        ["+447700900101", "+447700900103"],
        "ana's leg was given up"
    );
    let id = world.ask("flights");
    assert_eq!(world.request(&id).state, RequestState::Queued);
    world.later(4 * 3600);
    assert!(world.acd.request(&id).is_none(), "expired");
}

#[test]
fn a_bridge_that_fails_is_the_next_agents_chance() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Answered);
    let Some(bridge @ Effect::Bridge { .. }) = world.effects.last().cloned() else {
        panic!("no bridge")
    };
    assert!(world.wants(&bridge));
    world.agent(&id, 1, HeardKind::Ended(LegEnd::HungUp));
    assert!(!world.wants(&bridge), "ana is gone");
    world.settle(&bridge, Settled::Refused(LegEnd::Failed));
    assert_eq!(
        world.request(&id).agent,
        expert("cleo"),
        "ana's bridge is not cleo's"
    );
    world
        .agent(&id, 2, HeardKind::Answered)
        .agent(&id, 2, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn a_carrier_that_never_answered_is_told_to_hang_up_and_blames_nobody() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let dial = world.effects.last().unwrap().clone();
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    assert!(
        world
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::HangUp { leg } if leg.as_str() == "req_1.a1"))
    );
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "it was not her fault"
    );
    assert_eq!(world.dialled(Party::Agent), ["+447700900101", "+447700900103"]);
}
