//! Who goes first, and who is asked first.

use crate::world::{World, business, written_up};
use acd::{Command, HeardKind, Input, LegEnd};
use shared::business::Routing;
use shared::call::{EndReason, Party, RequestState};
use shared::desk::AgentState;
use shared::level::Levels;
use shared::{AgentId, RequestId, SkillId};

fn skill(id: &str) -> SkillId {
    SkillId::parse(id).unwrap()
}

fn agent(id: &str) -> Option<AgentId> {
    AgentId::parse(id).ok()
}

/// Ana is good at cruises; Cleo knows them, too.
fn with_levels(relax_s: &[u32], anyone_s: Option<u32>) -> World {
    let mut business = business();
    business.agents[2].skills = Levels::new([(skill("cruises"), 2), (skill("flights"), 1)]);
    business.routing = Routing {
        relax_s: relax_s.to_vec(),
        anyone_s,
    };
    World::of(business)
}

#[test]
fn the_primary_agent_is_asked_first_although_another_has_been_idle_for_longer() {
    let mut world = with_levels(&[], None);
    world.available("cleo").later(100);
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).agent, agent("ana"));
    let next = world.ask("cruises");
    assert_eq!(
        world.request(&next).agent,
        agent("cleo"),
        "nobody waits beside an idle agent"
    );
}

#[test]
fn levels_open_after_the_waits_that_the_business_set_and_the_last_resort_is_anybody() {
    let mut world = with_levels(&[30], Some(90));
    world.available("cleo").available("ben");
    let id = world.ask("cruises");
    assert_eq!(world.later(29).request(&id).agent, None);
    assert_eq!(world.later(1).request(&id).agent, agent("cleo"));
    world.connect(&id);
    let next = world.ask("cruises");
    assert_eq!(
        world.later(89).request(&next).agent,
        None,
        "Ben knows nothing of cruises"
    );
    assert_eq!(world.later(1).request(&next).agent, agent("ben"));
}

#[test]
fn a_higher_priority_goes_first_and_within_it_whoever_came_first() {
    let mut business = business();
    business.skills[1].priority = 2;
    let mut world = World::of(business);
    let cruise = world.ask("cruises");
    let flights = [world.later(1).ask("flights"), world.later(1).ask("flights")];
    world.available("cleo");
    for id in flights.iter().chain([&cruise]) {
        assert_eq!(world.request(id).state, RequestState::Reserving);
        world.customer(id, HeardKind::Ended(LegEnd::Declined));
    }
}

#[test]
fn a_customer_who_was_busy_is_called_again_from_the_same_place_in_line() {
    let mut business = business();
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![120];
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    let place = world.request(&id).queued_at;
    world.customer(&id, HeardKind::Ended(LegEnd::Busy));
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.missed),
        (RequestState::Scheduled, Some(EndReason::CustomerBusy))
    );
    assert_eq!(request.next_attempt_at, Some(world.now.plus_s(120)));
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "Ana is free in the meantime"
    );

    // Two others ask before the second attempt; Ana is in a call with the first of them.
    let other = world.later(60).ask("cruises");
    world.connect(&other);
    let third = world.later(1).ask("cruises");
    world.later(59);
    assert_eq!(world.request(&id).state, RequestState::Queued);
    assert_eq!(world.request(&id).queued_at, place);
    world
        .hang_up(&other)
        .command("ana", Command::Dispose(other, written_up()))
        .unwrap();
    assert_eq!(world.request(&id).agent, agent("ana"), "first come, first served");
    assert_eq!(world.request(&third).agent, None);

    // Late news of the first attempt is no news.
    world.hear(&id, Party::Customer, 1, HeardKind::Answered);
    assert_eq!(world.request(&id).state, RequestState::Reserving);
    let step = world.hear(&id, Party::Customer, 2, HeardKind::Ended(LegEnd::Busy));
    assert_eq!(
        crate::world::ended(&step),
        Some(EndReason::CustomerBusy),
        "no third attempt"
    );
}

#[test]
fn a_machine_is_hung_up_on_and_called_again_but_who_declined_is_left_in_peace() {
    let mut business = business();
    business.retry.attempts = 3;
    business.retry.spacing_s = vec![60];
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    let step = world.hear(&id, Party::Customer, 1, HeardKind::AnsweredByMachine);
    assert_eq!(
        step.effects.len(),
        1,
        "the machine is hung up on: {:?}",
        step.effects
    );
    world.later(60);
    assert_eq!(world.request(&id).attempt, 2);
    let step = world.hear(&id, Party::Customer, 2, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(crate::world::ended(&step), Some(EndReason::CustomerDeclined));
}

#[test]
fn an_agent_who_does_not_answer_costs_the_customer_no_attempt() {
    let mut business = business();
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![60];
    let mut world = World::of(business);
    world.available("ana").available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    world.agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(
        (world.request(&id).attempt, world.request(&id).state),
        (1, RequestState::RingingAgent)
    );
}

#[test]
fn nobody_is_called_again_outside_the_hours() {
    let mut business = business();
    business.retry.attempts = 2;
    // Noon on a Friday; it closes at six and opens on Monday.
    business.retry.spacing_s = vec![7 * 3600];
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::Busy));
    assert_eq!(crate::world::ended(&step), Some(EndReason::CustomerBusy));
}

#[test]
fn a_desk_that_fell_silent_gets_no_call() {
    let mut world = World::new();
    // Asked after a minute, its connection was heard of just now.
    world.available("ana").later(100);
    assert_eq!(world.agent_state("ana"), AgentState::Available, "heard of");
    world.silent.push("ana");
    assert_eq!(world.later(59).agent_state("ana"), AgentState::Available);
    assert_eq!(world.later(1).agent_state("ana"), AgentState::Away);
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).state, RequestState::Queued);
}

#[test]
fn a_desk_that_was_closed_may_come_back_within_seconds() {
    let mut world = World::new();
    let ana = || AgentId::parse("ana").unwrap();
    world.available("ana");
    world.handle(Input::Unplugged(ana()));
    world.handle(Input::Alive(vec![(ana(), world.now)]));
    assert_eq!(
        world.later(16).agent_state("ana"),
        AgentState::Available,
        "the page was loaded again"
    );
    world.silent.push("ana");
    world.handle(Input::Unplugged(ana()));
    assert_eq!(world.later(15).agent_state("ana"), AgentState::Away);
}

#[test]
fn a_desk_that_fell_silent_in_a_call_is_away_after_it() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id);
    world.silent.push("ana");
    assert_eq!(
        world.later(300).agent_state("ana"),
        AgentState::Talking,
        "they talk by telephone"
    );
    world.hang_up(&id).later(300);
    assert_eq!(world.agent_state("ana"), AgentState::Away);
}

/// Ana writes up a call, whose wrap-up runs out in `left` seconds, and somebody waits.
fn about_to_be_free(left: i64) -> (World, RequestId) {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id).hang_up(&id);
    let next = world.ask("cruises");
    world.later(300 - left);
    (world, next)
}

#[test]
fn the_next_customer_is_dialled_while_the_wrap_up_runs_out() {
    let (world, next) = about_to_be_free(16);
    assert_eq!(world.request(&next).state, RequestState::Queued);
    let (mut world, next) = about_to_be_free(15);
    assert_eq!(
        (world.request(&next).state, world.request(&next).agent.clone()),
        (RequestState::Reserving, None)
    );
    let third = world.ask("cruises");
    assert_eq!(
        world.request(&third).state,
        RequestState::Queued,
        "one customer for one agent about to be free"
    );
    world.customer(&next, HeardKind::Answered);
    assert_eq!(world.request(&next).state, RequestState::CustomerOnHold);
    world.later(15);
    assert_eq!(world.agent_state("ana"), AgentState::Ringing);
    assert_eq!(world.request(&next).agent, agent("ana"));
}

#[test]
fn a_customer_dialled_ahead_goes_to_whoever_is_free_first() {
    let (mut world, next) = about_to_be_free(15);
    world.available("cleo");
    assert_eq!(world.request(&next).agent, agent("cleo"));
    world.connect(&next);
    assert_eq!(world.agent_state("cleo"), AgentState::Talking);
    let third = world.ask("cruises");
    assert_eq!(
        world.request(&third).state,
        RequestState::Reserving,
        "Ana's place is free again"
    );
}

#[test]
fn a_customer_dialled_ahead_goes_at_once_to_somebody_idle_of_the_next_level() {
    let mut business = business();
    business.routing.relax_s = vec![60];
    business.agents[2].skills = Levels::new([(skill("cruises"), 2)]);
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id).hang_up(&id);
    world.available("cleo").later(290);
    // In line, the customer would wait a minute for Cleo; dialled for Ana, who is about to be free, nobody waits beside Cleo.
    let next = world.ask("cruises");
    assert_eq!(world.request(&next).agent, agent("cleo"));
    assert_eq!(world.dialled(Party::Customer).len(), 2);
}

#[test]
fn a_customer_dialled_ahead_for_the_expert_they_chose_is_kept_for_her_while_their_patience_lasts() {
    // Asks so many seconds before Ana's wrap-up is over, with forty to wait for her; Cleo is idle.
    let play = |before: i64| {
        let mut business = business();
        business.timing.expert_patience_s = 40;
        let mut world = World::of(business);
        world.available("ana");
        let id = world.ask("cruises");
        world.connect(&id).hang_up(&id);
        world.available("cleo").later(300 - before);
        let asked = world.try_ask(|asked| {
            asked.skill = Some(skill("cruises"));
            asked.expert = agent("ana");
        });
        let chosen = asked.unwrap().id;
        world.later(before - 15);
        assert_eq!(
            (world.request(&chosen).state, world.request(&chosen).agent.clone()),
            (RequestState::Reserving, None)
        );
        world.customer(&chosen, HeardKind::Answered);
        assert_eq!(world.request(&chosen).state, RequestState::CustomerOnHold);
        world.later(10).later(5);
        world.request(&chosen).agent.clone()
    };
    assert_eq!(play(20), agent("ana"));
    assert_eq!(play(50), agent("cleo"), "nobody waits for Ana longer than that");
}

#[test]
fn a_promised_call_yields_to_those_who_wait_until_its_promise_comes_near() {
    let mut world = World::new();
    // Ana's calls take ten minutes: with her alone the slack is the whole slot, so she is given quick calls.
    world.available("ana");
    for _ in 0..6 {
        let id = world.ask("cruises");
        world.connect(&id).later(20).hang_up(&id);
        world.command("ana", Command::Dispose(id, written_up())).unwrap();
    }
    let slot = shared::Millis(world.now.0 - world.now.0 % 900_000 + 1_800_000);
    let promised = world
        .try_ask(|asked| {
            asked.skill = Some(skill("cruises"));
            asked.slot = Some(slot);
        })
        .unwrap()
        .id;
    let long = world.ask("cruises");
    world.connect(&long);
    let to_slot = slot.seconds_since(world.now);
    world.later(to_slot);
    assert_eq!(world.request(&promised).state, RequestState::Queued);
    let live = world.later(60).ask("cruises");
    world
        .hang_up(&long)
        .command("ana", Command::Dispose(long, written_up()))
        .unwrap();
    assert_eq!(
        world.request(&live).agent,
        agent("ana"),
        "the promise is good for a quarter of an hour"
    );
    world.connect(&live);
    let later = world.ask("cruises");
    world.later(660);
    assert!(world.request(&promised).pressing);
    world
        .hang_up(&live)
        .command("ana", Command::Dispose(live, written_up()))
        .unwrap();
    assert_eq!(world.request(&promised).agent, agent("ana"));
    assert_eq!(world.request(&later).agent, None);
}

#[test]
fn whoever_waited_until_after_closing_time_is_told_so() {
    // Noon on a Friday: it closes at six.
    let mut business = business();
    business.timing.expire_s = 7 * 3600;
    let mut world = World::of(business);
    let id = world.ask("cruises");
    world.now = world.now.plus_s(7 * 3600);
    let step = world.handle(Input::Tick);
    assert_eq!(crate::world::ended(&step), Some(EndReason::ClosedHours));
    assert!(world.acd.request(&id).is_none());
}
