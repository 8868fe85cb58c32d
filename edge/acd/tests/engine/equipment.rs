//! Press 1, announcements that take time, numbers in place of agents, equipment that fails, and who hung up.

use crate::world::{NOON, World, asked, business, ended};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Settled, Step, Terms};
use shared::business::Centre;
use shared::call::{EndReason, EndedBy, LegState, Party, RequestState};
use shared::equipment::Equipment;
use shared::handover::{Target, Transfer};
use shared::level::Levels;
use shared::request::Direct;
use shared::{Address, AgentId, CentreId, EquipmentId, RequestId, SkillId};

fn ended_by(step: &Step) -> Option<EndedBy> {
    step.writes.iter().find_map(|write| write.request()?.ended_by)
}

fn careful() -> World {
    let mut business = business();
    business.press_one = true;
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![60];
    World::of(business)
}

/// A business with these pieces of equipment, of which the first is preferred.
fn equipped(ids: &[&str]) -> World {
    let mut business = business();
    business.equipment = ids
        .iter()
        .zip(1..)
        .map(|(id, preference)| Equipment {
            preference,
            ..Equipment::sandbox(EquipmentId::parse(id).unwrap())
        })
        .collect();
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![60];
    World::of(business)
}

#[test]
fn no_agent_is_called_until_the_customer_presses_1() {
    let mut world = careful();
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    assert_eq!(world.request(&id).state, RequestState::DialingCustomer);
    assert_eq!(world.request(&id).legs.customer, LegState::Answered);
    let Some(Effect::Announce { words, .. }) = world.effects.last().cloned() else {
        panic!("not asked")
    };
    assert!(words.text.contains("Press 1"), "{}", words.text);
    world.customer(&id, HeardKind::Digit('2'));
    assert_eq!(world.dialled(Party::Agent), [""; 0]);
    world.customer(&id, HeardKind::Digit('1'));
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Agent), ["+447700900101"]);
}

#[test]
fn a_machine_presses_nothing_and_is_tried_again_later() {
    let mut world = careful();
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    world.later(20);
    let request = world.request(&id);
    assert_eq!(request.state, RequestState::Scheduled);
    assert_eq!(request.missed, Some(EndReason::CustomerNotConfirmed));
    assert!(matches!(world.effects.last(), Some(Effect::HangUp { .. })));
    assert_eq!(world.dialled(Party::Agent), [""; 0], "no agent heard the machine");
}

#[test]
fn whoever_hangs_up_at_the_question_is_not_called_again() {
    let mut world = careful();
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::CustomerDeclined));
}

#[test]
fn the_agent_who_answers_during_the_announcement_joins_when_it_is_over() {
    let mut world = World::new();
    world.mute = false;
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let announce = world.effects[1].clone();
    world.settle(&announce, Settled::Taken);
    world.agent(&id, 1, HeardKind::Answered);
    assert!(!matches!(world.effects.last(), Some(Effect::Bridge { .. })));
    world.customer(&id, HeardKind::Announced);
    assert!(
        matches!(world.effects.last(), Some(Effect::Bridge { .. })),
        "and no music in between"
    );
}

#[test]
fn music_follows_the_announcement_and_lost_news_of_its_end_blocks_nobody() {
    let mut world = World::new();
    world.mute = false;
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .customer(&id, HeardKind::Announced);
    assert!(matches!(world.effects.last(), Some(Effect::Music { .. })));
    let other = world.ask("cruises");
    world
        .customer(&other, HeardKind::Answered)
        .agent(&other, 1, HeardKind::Answered);
    world.later(20);
    assert!(matches!(world.effects.last(), Some(Effect::Bridge { .. })));
}

#[test]
fn a_page_may_ask_for_one_agent_alone() {
    let mut world = World::new();
    world.available("cleo");
    let to = |asked: &mut shared::request::CallRequest| {
        asked.to = Some(Direct::Agent(shared::AgentId::parse("ana").unwrap()));
    };
    let id = world.try_ask(to).unwrap().id;
    world.later(3600);
    assert_eq!(world.request(&id).state, RequestState::Queued, "cleo is not ana");
    world.available("ana");
    assert_eq!(world.dialled(Party::Customer).len(), 1);
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert!(world.acd.request(&id).is_none(), "nobody else is rung for it");
}

#[test]
fn a_service_centre_is_called_without_any_agent() {
    let mut business = business();
    let phone = Address::parse("+442079460007").unwrap();
    let id = CentreId::parse("harbour").unwrap();
    business.centres = vec![Centre {
        id: id.clone(),
        name: "Harbour office".into(),
        phone,
    }];
    let mut world = World::of(business);
    let refused = world.try_ask(|asked| asked.to = Some(Direct::Centre(CentreId::parse("moon").unwrap())));
    assert_eq!(refused, Err(acd::Refusal::UnknownCentre));
    let id = world
        .try_ask(|asked| asked.to = Some(Direct::Centre(id)))
        .unwrap()
        .id;
    world.customer(&id, HeardKind::Answered);
    assert_eq!(world.dialled(Party::Agent), ["+442079460007"]);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    let step = world.hear(&id, Party::Agent, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(
        (ended(&step), ended_by(&step)),
        (Some(EndReason::Talked), Some(EndedBy::Agent))
    );
}

fn bridge(world: &mut World, at: Option<shared::Millis>) -> Result<RequestId, acd::Refusal> {
    let id = RequestId::parse("req_b").unwrap();
    let terms = Terms::Business {
        agent: Address::parse("+442079460009").unwrap(),
        at,
        announcement: None,
    };
    let asked = Box::new(asked(77));
    let terms = Box::new(terms);
    world
        .handle(Input::Ask {
            id: id.clone(),
            asked,
            terms,
            network: None,
            proven: true,
        })
        .reply
        .map(|_| id)
}

#[test]
fn the_business_has_two_numbers_connected_now_or_at_a_time_also_when_it_is_closed() {
    let mut world = World::new();
    world.now = NOON.plus_s(8 * 3600);
    let late = world.now.plus_s(3600);
    assert_eq!(bridge(&mut world, Some(NOON)), Err(acd::Refusal::BadTime));
    let id = bridge(&mut world, Some(late)).unwrap();
    assert_eq!(world.dialled(Party::Customer), [""; 0]);
    world.later(3600);
    assert_eq!(world.dialled(Party::Customer).len(), 1);
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Agent, 1, HeardKind::Ended(LegEnd::Busy));
    assert!(
        step.effects
            .iter()
            .any(|order| matches!(order.effect, Effect::Farewell { .. }))
    );
    assert_eq!(ended(&step), Some(EndReason::AgentNoAnswer));
}

#[test]
fn other_equipment_takes_over_and_the_request_keeps_place_and_agent() {
    let mut world = equipped(&["pbx", "hosted"]);
    world.available("ana");
    let id = world.ask("cruises");
    let before = world.request(&id).queued_at;
    world.settle(&world.effects[0].clone(), Settled::Refused(LegEnd::Failed));
    let request = world.request(&id);
    assert_eq!(request.via, Some(EquipmentId::parse("hosted").unwrap()));
    assert_eq!((request.queued_at, request.attempts()), (before, 1));
    assert_eq!(request.agent, crate::world::expert("ana"));
    let dial = world.effects.last().unwrap().clone();
    assert!(matches!(&dial, Effect::Dial { leg, .. } if leg.as_str() == "req_1.c2"));
    assert_eq!(world.order(&dial).via.as_str(), "hosted");
    // The next request does not even try the equipment that is out of order.
    world.available("cleo");
    let next = world.ask("cruises");
    assert_eq!(
        world.request(&next).via,
        Some(EquipmentId::parse("hosted").unwrap())
    );
    // When everything has failed, it is tried again later: nothing is lost.
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.missed),
        (RequestState::Scheduled, Some(EndReason::CarrierError))
    );
    world.later(60);
    assert_eq!(world.dialled(Party::Customer).len(), 4);
}

#[test]
fn where_nobody_knows_whether_the_customer_was_called_they_are_not_called_again() {
    let mut world = equipped(&["pbx", "hosted"]);
    world.available("ana");
    let id = world.ask("cruises");
    let step = world.settle(&world.effects[0].clone(), Settled::Refused(LegEnd::Lost));
    assert_eq!(ended(&step), Some(EndReason::CarrierError));
    assert!(
        step.effects
            .iter()
            .all(|order| matches!(order.effect, Effect::HangUp { .. }))
    );
    assert!(world.acd.request(&id).is_none());
}

#[test]
fn whoever_hung_up_is_on_record() {
    for (party, by) in [
        (Party::Customer, EndedBy::Customer),
        (Party::Agent, EndedBy::Agent),
    ] {
        let mut world = World::new();
        world.available("ana");
        let id = world.ask("cruises");
        world.connect(&id);
        let step = world.hear(&id, party, 1, HeardKind::Ended(LegEnd::HungUp));
        assert_eq!(
            (ended(&step), ended_by(&step)),
            (Some(EndReason::Talked), Some(by))
        );
    }
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id);
    let step = world.later(2 * 3600).handle(Input::Tick);
    assert!(step.writes.is_empty(), "it was over before");
    assert_eq!(
        world.agent_state("ana"),
        shared::desk::AgentState::WrapUp,
        "a forgotten line ends"
    );
}

#[test]
fn whoever_is_kept_for_nobody_when_equipment_fails_is_in_line_again() {
    let mut business = equipped(&["a", "b"]).acd.config().business.clone();
    let cruises = || SkillId::parse("cruises").unwrap();
    business.agents[1].skills = Levels::new([(cruises(), 1)]);
    let mut world = World::of(business);
    world.available("cleo");
    let first = world.ask("cruises");
    world.connect(&first);
    world.available("ana").later(1).available("ben");
    let id = world.ask("cruises");
    let place = world.request(&id).queued_at;
    // Ana hands it on to Cleo, who talks, while it is being dialled.
    let wish = Transfer {
        to: Target::Agent(AgentId::parse("cleo").unwrap()),
        note: String::new(),
    };
    world.command("ana", Command::Transfer(id.clone(), wish)).unwrap();
    assert_eq!(world.request(&id).agent, None);
    let dial = world
        .effects
        .iter()
        .rfind(|effect| matches!(effect, Effect::Dial { .. }))
        .cloned();
    world.settle(&dial.unwrap(), Settled::Refused(LegEnd::Failed));
    let request = world.request(&id);
    assert_eq!((request.state, request.queued_at), (RequestState::Queued, place));
    assert_eq!(request.attempts(), 0, "nobody was called");
    assert_eq!(
        world.dialled(Party::Customer).len(),
        2,
        "and nobody is, for nobody"
    );
}
