//! What agents may say, and when.

use crate::world::{World, expert, written_up};
use acd::{Command, HeardKind, LegEnd, Refusal};
use shared::call::RequestState;
use shared::desk::AgentState;

#[test]
fn an_agent_who_wants_a_break_gets_it_after_the_call() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.command("ana", Command::Presence(AgentState::Away)).unwrap();
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Reserved,
        "the customer is being called for her"
    );
    world.connect(&id).hang_up(&id);
    world.ask("cruises");
    let other = written_up();
    world.command("ana", Command::Dispose(id, other)).unwrap();
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Away,
        "although somebody waits"
    );
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(world.agent_state("ana"), AgentState::Reserved);
}

#[test]
fn an_agent_who_comes_back_is_rung_again_for_who_still_holds() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("flights");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(world.request(&id).state, RequestState::CustomerOnHold);
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(world.request(&id).agent, expert("ana"));
}

#[test]
fn an_agent_can_not_leave_in_the_middle_of_a_call() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.command("ana", Command::SignOut), Err(Refusal::InCall));
    assert_eq!(
        world.command("ben", Command::Presence(AgentState::Away)),
        Err(Refusal::SignedOut)
    );
    assert_eq!(
        world.command("ana", Command::Presence(AgentState::Talking)),
        Err(Refusal::NotAChoice)
    );
    world.command("cleo", Command::SignIn).unwrap();
    assert_eq!(
        world.command("cleo", Command::HangUp(id.clone())),
        Err(Refusal::NotYourCall)
    );
    world.connect(&id);
    let nothing = written_up();
    assert_eq!(
        world.command("ana", Command::Dispose(id.clone(), nothing)),
        Err(Refusal::NotOver)
    );
    world.command("ana", Command::HangUp(id)).unwrap();
    world.later(300);
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "the wrap-up has an end"
    );
}
