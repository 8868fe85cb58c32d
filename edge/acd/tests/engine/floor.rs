//! What supervisors see and do.

use crate::world::{World, asked, business, expert};
use acd::{Command, HeardKind, LegEnd, Refusal};
use shared::call::{Party, RequestState};
use shared::desk::AgentState;
use shared::floor::Floor;
use shared::handover::{Handing, Target};
use shared::{AgentId, SkillId};

fn skill(id: &str) -> Target {
    Target::Skill(SkillId::parse(id).unwrap())
}

fn agent(id: &str) -> Target {
    Target::Agent(AgentId::parse(id).unwrap())
}

/// Ben supervises.
fn supervised() -> World {
    let mut business = business();
    business.agents[1].supervisor = true;
    World::of(business)
}

fn floor(world: &World) -> Floor {
    world.desk("ben").floor.unwrap()
}

#[test]
fn a_supervisor_sees_the_lines_and_who_waits_and_others_do_not() {
    let mut world = supervised();
    let (first, second) = (world.ask("cruises"), world.later(90).ask("flights"));
    world.later(30);
    let seen = floor(&world);
    let ids: Vec<_> = seen.requests.iter().map(|request| request.id.clone()).collect();
    assert_eq!(ids, [first.clone(), second]);
    assert_eq!(seen.queues[0].waiting, 1);
    assert_eq!(seen.queues[0].oldest, Some(world.now.plus_s(-120)));
    assert!(!seen.requests[0].phone.contains("900001"), "masked");
    assert_eq!(world.desk("cleo").floor, None);
    world.available("cleo");
    assert_eq!(floor(&world).requests.len(), 1, "cleo has the first");
    assert_eq!(
        world.command("cleo", Command::Take(first)),
        Err(Refusal::NotSupervisor)
    );
}

#[test]
fn a_request_in_line_goes_to_another_skill_or_agent_and_keeps_its_place() {
    let mut world = supervised();
    world.command("ben", Command::SignIn).unwrap();
    world.available("cleo");
    let busy = world.ask("flights");
    world.connect(&busy);
    let (first, second) = (world.ask("cruises"), world.later(10).ask("flights"));
    let place = world.request(&second).queued_at;
    assert_eq!(
        world.command("ben", Command::Reassign(first.clone(), agent("ana"))),
        Err(Refusal::ColleagueAway)
    );
    world.available("ana");
    assert_eq!(world.request(&first).agent, expert("ana"));
    world
        .command("ben", Command::Reassign(second.clone(), skill("cruises")))
        .unwrap();
    let request = world.request(&second);
    assert_eq!(
        (request.queued_at, request.handed[0].how),
        (place, Handing::Reassigned)
    );
    assert_eq!(request.asked.skill, SkillId::parse("cruises").ok());
    assert_eq!(
        world.command("ben", Command::Reassign(first.clone(), skill("flights"))),
        Err(Refusal::NotWaiting),
        "ana has it"
    );
    world.customer(&first, HeardKind::Ended(LegEnd::Busy));
    assert_eq!(world.request(&second).agent, expert("ana"));
}

#[test]
fn a_supervisor_takes_a_request_over_from_the_break_and_returns_to_it() {
    let mut world = supervised();
    world.command("ben", Command::SignIn).unwrap();
    let id = world.ask("cruises");
    world.command("ben", Command::Take(id.clone())).unwrap();
    assert_eq!(
        world.request(&id).agent,
        expert("ben"),
        "although it is not his skill"
    );
    assert_eq!(world.dialled(Party::Customer).len(), 1);
    world.connect(&id);
    let mut later = asked(9);
    later.skill = SkillId::parse("flights").ok();
    let other = world.try_ask(|asked| *asked = later).unwrap().id;
    assert_eq!(
        world.command("ben", Command::Take(other.clone())),
        Err(Refusal::InCall)
    );
    assert_eq!(world.request(&other).state, RequestState::Queued);
    world.hang_up(&id).later(300);
    assert_eq!(world.agent_state("ben"), AgentState::Away);
}

#[test]
fn a_promised_call_is_made_at_once_by_who_takes_it_over() {
    let mut world = supervised();
    world.available("ana").command("ben", Command::SignIn).unwrap();
    let slot = acd::offered(world.acd.config(), world.now, None, None, &[], acd::HANDLING_S)
        .first()
        .copied();
    let Some(slot) = slot else { return };
    let id = world.try_ask(|asked| asked.slot = Some(slot)).unwrap().id;
    assert_eq!(world.request(&id).state, RequestState::Scheduled);
    world
        .command("ben", Command::Reassign(id.clone(), agent("cleo")))
        .unwrap();
    assert_eq!(
        world.request(&id).state,
        RequestState::Scheduled,
        "cleo is not there yet"
    );
    world.command("ben", Command::Take(id.clone())).unwrap();
    assert_eq!(world.request(&id).state, RequestState::Reserving);
}
