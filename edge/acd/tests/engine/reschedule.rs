//! A customer moves a request to another time: the same request, and a place that overtakes nobody.

use crate::world::{NOON, World, business, config, expert};
use acd::{Acd, HeardKind, Input, LegEnd, Refusal, Rows, SLOT_S};
use shared::business::{Business, Retry};
use shared::call::{Party, RequestState};
use shared::{Millis, RequestId, SkillId};

const LATER: Millis = Millis(NOON.0 + 3_600_000);

fn reschedule(world: &mut World, id: &RequestId, slot: Option<Millis>) -> Result<(), Refusal> {
    world
        .handle(Input::Reschedule(id.clone(), slot))
        .reply
        .map(|_| ())
}

fn booked(world: &mut World, slot: Millis) -> RequestId {
    let asked = world.try_ask(|asked| {
        asked.skill = SkillId::parse("cruises").ok();
        asked.slot = Some(slot);
    });
    asked.unwrap().id
}

/// Nobody is at work, so that everybody waits.
fn places(world: &World) -> Vec<(RequestId, Option<u32>)> {
    let requests = world.acd.rows().requests;
    let view = |request: &acd::Request| world.acd.request_view(request, world.now).position;
    requests
        .iter()
        .map(|request| (request.id.clone(), view(request)))
        .collect()
}

#[test]
fn out_of_the_line_to_a_time_and_called_then_once() {
    let mut world = World::new();
    let id = world.ask("cruises");
    assert_eq!(reschedule(&mut world, &id, Some(LATER)), Ok(()));
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.asked.slot),
        (RequestState::Scheduled, Some(LATER))
    );
    world.available("ana").later(600);
    assert!(
        world.dialled(Party::Customer).is_empty(),
        "nobody is called before the time"
    );
    let left = LATER.seconds_since(world.now);
    world.later(left);
    assert_eq!(world.request(&id).state, RequestState::Reserving);
    assert_eq!(world.request(&id).queued_at, LATER, "the time is the place");
    world.later(30);
    assert_eq!(world.dialled(Party::Customer).len(), 1);
}

#[test]
fn from_a_time_to_now_behind_everybody_who_waits() {
    let mut world = World::new();
    let early = booked(&mut world, LATER);
    world.later(60);
    let waiting = world.ask("cruises");
    world.later(60);
    assert_eq!(reschedule(&mut world, &early, None), Ok(()));
    let places = places(&world);
    assert_eq!(places, [(early.clone(), Some(2)), (waiting, Some(1))]);
    assert_eq!(world.request(&early).asked.slot, None);
    world.available("ana");
    world.later(LATER.seconds_since(world.now));
    assert_eq!(
        world.dialled(Party::Customer),
        ["+447700900002", "+447700900001"],
        "each once, and the time it had calls nobody any more"
    );
}

#[test]
fn away_and_back_loses_the_place_and_staying_keeps_it() {
    let mut world = World::new();
    let first = world.ask("cruises");
    world.later(60);
    let second = world.ask("cruises");
    assert_eq!(
        reschedule(&mut world, &first, None),
        Ok(()),
        "where it is already"
    );
    assert_eq!(
        places(&world),
        [(first.clone(), Some(1)), (second.clone(), Some(2))]
    );
    reschedule(&mut world, &first, Some(LATER)).unwrap();
    world.later(1);
    reschedule(&mut world, &first, None).unwrap();
    assert_eq!(places(&world), [(first, Some(2)), (second, Some(1))]);
}

#[test]
fn a_full_time_is_refused_and_its_own_booking_is_in_nobodys_way() {
    let mut world = World::new();
    let mine = booked(&mut world, LATER);
    for _ in 0..3 {
        booked(&mut world, LATER);
    }
    let next = LATER.plus_s(SLOT_S);
    let other = booked(&mut world, next);
    assert_eq!(
        reschedule(&mut world, &other, Some(LATER)),
        Err(Refusal::SlotNotOffered)
    );
    assert_eq!(world.request(&other).asked.slot, Some(next), "what it had stays");
    assert_eq!(reschedule(&mut world, &mine, Some(LATER)), Ok(()));
    assert_eq!(reschedule(&mut world, &mine, Some(next)), Ok(()));
    assert_eq!(
        reschedule(&mut world, &other, Some(LATER)),
        Ok(()),
        "the room it left is another's"
    );
    assert_eq!(
        reschedule(&mut world, &mine, Some(Millis(LATER.0 + 1))),
        Err(Refusal::SlotNotOffered)
    );
}

#[test]
fn once_a_phone_rings_it_stays() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(reschedule(&mut world, &id, Some(LATER)), Err(Refusal::NotMovable));
    world.customer(&id, HeardKind::Answered);
    assert_eq!(reschedule(&mut world, &id, Some(LATER)), Err(Refusal::NotMovable));
    assert_eq!(world.dialled(Party::Customer).len(), 1);
}

#[test]
fn whoever_was_not_reached_chooses_when_the_next_call_comes() {
    let mut world = World::new();
    let retry = Retry {
        attempts: 2,
        spacing_s: vec![120],
    };
    world.acd = Acd::restore(config(Business { retry, ..business() }), Rows::default(), NOON);
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Ended(LegEnd::Busy));
    assert_eq!(world.request(&id).state, RequestState::Scheduled);
    reschedule(&mut world, &id, Some(LATER)).unwrap();
    world.later(1200);
    assert_eq!(
        world.dialled(Party::Customer).len(),
        1,
        "the next attempt waits for the time"
    );
    world.later(LATER.seconds_since(world.now));
    assert_eq!(world.dialled(Party::Customer).len(), 2);
    assert_eq!(world.request(&id).attempts(), 2, "attempts are counted on");
}

#[test]
fn it_survives_a_restart_with_its_expert() {
    let mut world = World::new();
    let asked = world.try_ask(|asked| asked.expert = expert("ana"));
    let id = asked.unwrap().id;
    reschedule(&mut world, &id, Some(LATER)).unwrap();
    world.acd = Acd::restore(world.acd.config().clone(), world.acd.rows(), world.now);
    world.available("ana");
    world.later(LATER.seconds_since(world.now));
    assert_eq!(world.dialled(Party::Customer).len(), 1);
}
