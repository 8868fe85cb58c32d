//! What strangers may try: to learn who waits, to be another number, to move a call for ever; and how a call is stopped that nobody wants.

use crate::world::{NOON, World, asked, business};
use acd::{HeardKind, Input, Refusal, Step};
use shared::call::{EndReason, Party, RequestState};
use shared::policy::{Limits, Suppression};
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

/// The carrier might reach the same phone, past the list of numbers that are never called, and past what one number may be rung.
#[test]
fn one_phone_is_not_two_numbers() {
    let mut world = World::new();
    let asked = world.try_ask(|asked| asked.phone = Address::parse("+4407700900001").unwrap());
    assert_eq!(asked, Err(Refusal::Number(acd::policy::Prohibition::NoNumber)));
}

#[test]
fn a_request_is_not_moved_for_ever() {
    let mut world = World::new();
    let id = world.ask("cruises");
    let mut moved = 0;
    let stopped = (0..200).find_map(|nth| {
        let slot = (nth % 2 == 0).then(|| NOON.plus_s(3_600));
        let step = world.handle(Input::Reschedule(id.clone(), slot));
        moved += usize::from(step.reply.is_ok());
        step.reply.err()
    });
    assert_eq!(stopped, Some(Refusal::MovedTooOften));
    assert!((10..100).contains(&moved), "{moved}");
}

/// Nobody is called where none may be; and whatever waits has a time that a database keeps.
#[test]
fn a_limit_of_none_is_looked_at_again_every_day() {
    let none: [fn(&mut Limits); 3] = [
        |limits| limits.calls_hour = 0,
        |limits| limits.calls_day = 0,
        |limits| limits.rings_day = 0,
    ];
    for limit in none {
        let mut business = business();
        limit(&mut business.policy.limits);
        let mut world = World::of(business);
        world.available("ana");
        let id = world.ask("cruises");
        assert_eq!(world.request(&id).state, RequestState::Scheduled);
        assert_eq!(
            world.request(&id).next_attempt_at,
            Some(world.now.plus_s(24 * 3600))
        );
        world.later(24 * 3600);
        assert!(world.dialled(Party::Customer).is_empty());
    }
}
