//! The main job, told from the shopper's tap to the last word.

use crate::world::{World, ended, expert};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Order, Settled};
use shared::DispositionId;
use shared::call::{EndReason, Party, RequestState};
use shared::desk::{AgentState, Disposition};

#[test]
fn the_customer_is_dialled_first_and_the_agent_while_the_customer_holds() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).state, RequestState::Reserving);
    assert_eq!(world.dialled(Party::Customer), ["+447700900001"]);
    assert_eq!(
        world.dialled(Party::Agent),
        [""; 0],
        "the agent never waits on a ringing customer"
    );

    world
        .customer(&id, HeardKind::Ringing)
        .customer(&id, HeardKind::Answered);
    let Some(Effect::Announce { words, .. }) = world.effects.get(1).cloned() else {
        panic!("no announcement")
    };
    assert_eq!(
        words.text,
        "Please hold while we connect you to a Meridian Travel representative."
    );
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Agent), ["+447700900101"]);

    world
        .agent(&id, 1, HeardKind::Ringing)
        .agent(&id, 1, HeardKind::Answered);
    assert!(matches!(world.effects.last(), Some(Effect::Bridge { .. })));
    world.agent(&id, 1, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    assert_eq!(world.agent_state("ana"), AgentState::Talking);

    world.later(90).hang_up(&id);
    assert_eq!(world.agent_state("ana"), AgentState::WrapUp);
    assert!(matches!(world.effects.last(), Some(Effect::HangUp { leg }) if leg.as_str() == "req_1.a1"));
    let disposition = Disposition {
        kind: DispositionId::parse("purchase").unwrap(),
        text: "two cabins".into(),
        order: Some("M-17".into()),
    };
    world.command("ana", Command::Dispose(id, disposition)).unwrap();
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn who_waits_longest_is_served_first_and_by_the_longest_idle_with_the_skill() {
    let mut world = World::new();
    let (first, second) = (world.ask("cruises"), world.later(5).ask("cruises"));
    let flight = world.later(5).ask("flights");
    world.available("ben");
    assert_eq!(
        world.request(&flight).agent,
        expert("ben"),
        "ben can't help with cruises"
    );
    world.available("cleo");
    assert_eq!(world.request(&first).agent, expert("cleo"));
    assert_eq!(world.request(&second).state, RequestState::Queued);
    world.later(20).available("ana");
    assert_eq!(world.request(&second).agent, expert("ana"));
}

#[test]
fn the_pages_expert_is_preferred_for_a_while() {
    let mut world = World::new();
    world.available("cleo").later(10).available("ana");
    let mine = world.try_ask(|asked| asked.expert = expert("ana")).unwrap();
    assert_eq!(mine.agent, expert("ana"), "although cleo is idle longer");
    let other = world.try_ask(|asked| asked.expert = expert("ana")).unwrap();
    assert_eq!(
        other.state,
        RequestState::Queued,
        "ana is at work, so cleo is not taken yet"
    );
    world.connect(&mine.id).later(60);
    assert_eq!(world.request(&other.id).agent, expert("cleo"), "patience is over");
}

#[test]
fn an_expert_who_is_not_at_work_is_not_waited_for() {
    let mut world = World::new();
    world.available("cleo");
    assert_eq!(
        world.try_ask(|asked| asked.expert = expert("ana")).unwrap().agent,
        expert("cleo")
    );
}

#[test]
fn a_cancelled_request_hangs_up_whatever_was_dialled() {
    let mut world = World::new();
    let queued = world.ask("cruises");
    let step = world.handle(Input::Cancel(queued));
    assert_eq!(
        (ended(&step), step.effects.len()),
        (Some(EndReason::CancelledByCustomer), 0)
    );
    world.available("ana");
    let ringing = world.ask("cruises");
    let step = world.handle(Input::Cancel(ringing));
    assert_eq!(ended(&step), Some(EndReason::CancelledByCustomer));
    assert!(matches!(
        step.effects.as_slice(),
        [Order {
            effect: Effect::HangUp { .. },
            ..
        }]
    ));
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn the_carriers_word_on_a_dial_moves_the_request() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects[0].clone();
    world.settle(&dial, Settled::Done);
    assert_eq!(world.request(&id).state, RequestState::DialingCustomer);
    let step = world.settle(&dial, Settled::Refused(LegEnd::BadNumber));
    assert_eq!(ended(&step), Some(EndReason::InvalidNumber));
}

#[test]
fn what_is_not_wanted_any_more_is_not_sent() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects[0].clone();
    assert!(world.wants(&dial));
    world.handle(Input::Cancel(id.clone()));
    assert!(!world.wants(&dial), "nobody is called who took it back");
    assert!(
        world.wants(&world.effects.last().unwrap().clone()),
        "but whatever rings is hung up"
    );
}
