//! What somebody learns, and stops, who asks for a number that is not theirs; and a number that is taken off while its phone rings.

use crate::world::{World, asked};
use acd::{HeardKind, Input, Refusal, Step};
use shared::call::EndReason;
use shared::policy::Suppression;
use shared::{Address, RequestId};

const NUMBER: &str = "+447700900001";

fn ask(world: &mut World, id: &str, network: Option<&str>) -> Step {
    let mut wish = asked(0);
    wish.phone = Address::parse(NUMBER).unwrap();
    world.handle(Input::Ask {
        id: RequestId::parse(id).unwrap(),
        asked: Box::new(wish),
        terms: Box::default(),
        network: network.map(|text| text.parse().unwrap()),
        proven: true,
    })
}

fn refusal(step: &Step) -> &Refusal {
    step.reply.as_ref().unwrap_err()
}

#[test]
fn that_a_number_waits_is_told_to_whoever_asked_for_it_and_to_nobody_else() {
    let mut world = World::new();
    ask(&mut world, "req_1", Some("198.51.100.7")).reply.unwrap();
    let again = ask(&mut world, "req_2", Some("198.51.100.7"));
    assert_eq!(refusal(&again), &Refusal::AlreadyAsked);
    let stranger = ask(&mut world, "req_3", Some("203.0.113.9"));
    let (told, counted) = (refusal(&stranger).problem(), refusal(&stranger).counted());
    assert_eq!(
        (told.status, told.errors.len()),
        (429, 0),
        "as where too many ask"
    );
    assert_eq!(counted, Some("number_open"), "the business sees it");
}

#[test]
fn a_phone_that_rings_stops_when_its_number_is_taken_off() {
    let mut world = World::new();
    world.available("ana");
    let id = RequestId::parse("req_1").unwrap();
    ask(&mut world, "req_1", None).reply.unwrap();
    world.customer(&id, HeardKind::Ringing);
    let never = Input::Never(Address::parse(NUMBER).unwrap(), Suppression::Asked);
    world.handle(never).reply.unwrap();
    assert!(
        world
            .acd
            .request(&id)
            .is_none_or(|request| request.reason == Some(EndReason::BlockedNumber))
    );
    assert!(
        world
            .effects
            .iter()
            .any(|effect| matches!(effect, acd::Effect::HangUp { leg } if leg.as_str() == "req_1.c1")),
        "{:?}",
        world.effects
    );
}
