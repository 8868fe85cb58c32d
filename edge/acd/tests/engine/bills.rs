//! A carrier bills more than its rates say.

use crate::world::{World, business, config};
use acd::policy::{Bill, Dial, committed};
use acd::{Acd, Heard, HeardKind, Input, LegEnd, Reply, leg_id};
use shared::business::{Business, Retry};
use shared::call::{Party, RequestState};
use shared::equipment::{Equipment, Rate};
use shared::{Address, EquipmentId, RequestId};

const WEEK_S: i64 = 7 * 24 * 3600;

/// A business whose line costs so much a minute, by its rates.
fn at(per_minute: u32) -> Business {
    let mut line = Equipment::sandbox(EquipmentId::parse("line").unwrap());
    line.rates = vec![Rate {
        prefix: "+".into(),
        per_minute,
    }];
    Business {
        equipment: vec![line],
        ..business()
    }
}

/// A customer talks for half a minute.
fn call(world: &mut World) -> RequestId {
    let id = world.ask("cruises");
    talk(world, &id);
    id
}

fn talk(world: &mut World, id: &RequestId) {
    world.customer(id, HeardKind::Answered);
    world.later(30);
    world.customer(id, HeardKind::Ended(LegEnd::HungUp));
}

fn bill(world: &mut World, id: &RequestId, party: Party, price: u64) -> Reply {
    let bill = Bill {
        leg: leg_id(id, party, 1).unwrap(),
        via: EquipmentId::parse("line").unwrap(),
        to: Address::parse("+447700900001").unwrap(),
        seconds: 30,
        price,
    };
    world.handle(Input::Billed(Box::new(bill))).reply.unwrap()
}

fn dials(world: &World) -> Vec<Dial> {
    world.acd.rows().policy.dials
}

/// What is set aside for a call, or what it did cost.
fn cost(world: &World, id: &RequestId) -> u64 {
    let leg = leg_id(id, Party::Customer, 1).unwrap();
    let dial = dials(world).into_iter().find(|dial| dial.leg == leg);
    dial.unwrap().committed()
}

/// What a minute of the next call is reckoned at.
fn next(world: &mut World) -> u32 {
    let id = call(world);
    let leg = leg_id(&id, Party::Customer, 1).unwrap();
    dials(world)
        .into_iter()
        .find(|dial| dial.leg == leg)
        .unwrap()
        .per_minute
}

fn world() -> World {
    let mut world = World::of(at(1_000));
    world.available("ana");
    world
}

/// The same, where a call may cost 5.00, and two agents.
fn five_a_call() -> World {
    let mut business = at(1_000);
    business.policy.spend.call = 500;
    let mut world = World::of(business);
    world.available("ana");
    world.available("cleo");
    world
}

#[test]
fn what_was_billed_counts_where_it_is_more_than_was_reckoned() {
    let mut world = world();
    let id = call(&mut world);
    let spent = |world: &World| committed(dials(world).iter(), world.now).0;
    assert_eq!(spent(&world), 2_000, "both parties, by the rates");
    assert_eq!(bill(&mut world, &id, Party::Customer, 900), Reply::Absorbed);
    assert_eq!(bill(&mut world, &id, Party::Agent, 900), Reply::Absorbed);
    assert_eq!(spent(&world), 2_000, "less is no reason to call more");
    let id = call(&mut world);
    assert_eq!(bill(&mut world, &id, Party::Customer, 1_300), Reply::Done);
    assert_eq!(spent(&world), 4_000, "the other part is not billed yet");
    assert_eq!(
        bill(&mut world, &id, Party::Agent, 1_300),
        Reply::Absorbed,
        "known"
    );
    assert_eq!(spent(&world), 4_600);
}

#[test]
fn each_call_to_a_customer_has_its_own_bill() {
    let mut world = World::of(Business {
        retry: Retry {
            attempts: 2,
            spacing_s: vec![60],
        },
        ..at(1_000)
    });
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::AnsweredByMachine);
    world.customer(&id, HeardKind::Ended(LegEnd::HungUp));
    world.later(61);
    assert_eq!(dials(&world).len(), 2, "called again");
    bill(&mut world, &id, Party::Customer, 5_000);
    let billed: Vec<u64> = dials(&world).iter().map(|dial| dial.billed).collect();
    assert_eq!(billed, [5_000, 0]);
}

#[test]
fn calls_are_reckoned_at_what_the_bill_says_until_other_rates_are_named() {
    let mut world = world();
    let id = call(&mut world);
    bill(&mut world, &id, Party::Customer, 1_300);
    assert_eq!(next(&mut world), 2_600);
    world.acd = Acd::restore(world.acd.config().clone(), world.acd.rows(), world.now);
    assert_eq!(next(&mut world), 2_600, "it is not forgotten with the memory");
    world.acd = Acd::restore(config(at(1_200)), world.acd.rows(), world.now);
    assert_eq!(next(&mut world), 2_400, "the document says otherwise now");
}

#[test]
fn the_week_begins_with_the_last_bill_that_the_rates_were_wrong_by() {
    let mut world = world();
    let id = call(&mut world);
    bill(&mut world, &id, Party::Customer, 5_000);
    world.later(WEEK_S - 24 * 3600);
    world.available("ana");
    let id = call(&mut world);
    assert_eq!(
        bill(&mut world, &id, Party::Customer, 1_300),
        Reply::Absorbed,
        "nobody is told twice"
    );
    world.later(WEEK_S - 24 * 3600);
    world.available("ana");
    assert_eq!(
        next(&mut world),
        10_000,
        "thirteen days after the first, six after the last"
    );
    world.later(24 * 3600 + 7_200);
    world.available("ana");
    assert_eq!(next(&mut world), 2_000);
}

#[test]
fn calls_that_are_up_when_the_bill_comes_cost_as_much() {
    let mut world = world();
    world.available("cleo");
    let id = call(&mut world);
    let up = world.ask("cruises");
    world.connect(&up);
    bill(&mut world, &id, Party::Customer, 9_000);
    world.later(30).hang_up(&up);
    assert_eq!(cost(&world, &up), 18_000, "half a minute, both parties");
    assert_eq!(cost(&world, &id), 9_000, "the agent's part is not billed yet");
}

/// A call may cost 5.00: at 0.20 a minute for both it lasts 25 minutes, at 2.00 two.
#[test]
fn a_call_that_is_up_ends_when_what_is_set_aside_for_it_is_used_up() {
    let mut world = five_a_call();
    let id = call(&mut world);
    let up = world.ask("cruises");
    world.connect(&up);
    world.later(60);
    bill(&mut world, &id, Party::Customer, 10_000);
    world.later(59);
    assert_eq!(world.request(&up).state, RequestState::Connected);
    world.later(2);
    assert_eq!(world.request(&up).state, RequestState::Ended);
    world.customer(&up, HeardKind::Ended(LegEnd::Released));
    assert_eq!(cost(&world, &up), 60_000, "the third minute had begun");
}

#[test]
fn a_call_that_has_cost_more_than_it_may_when_the_bill_comes_ends_at_once() {
    let mut world = five_a_call();
    let id = call(&mut world);
    let up = world.ask("cruises");
    world.connect(&up);
    world.later(600);
    let set_aside = cost(&world, &up);
    assert_eq!(set_aside, 50_000);
    bill(&mut world, &id, Party::Customer, 10_000);
    assert!(
        cost(&world, &up) >= 10 * 20_000,
        "what it did cost is not free again"
    );
    world.later(1);
    assert_eq!(world.request(&up).state, RequestState::Ended);
}

#[test]
fn who_hung_up_and_is_not_known_to_have_answered_costs_what_they_may_until_somebody_knows() {
    let mut world = world();
    let id = world.ask("cruises");
    world.later(90);
    world.customer(&id, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(cost(&world, &id), 4_000, "two begun minutes since it was dialled");
    world.customer(&id, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(cost(&world, &id), 0);
}

#[test]
fn a_call_costs_from_its_answer_however_late_the_news_of_it() {
    let mut world = world();
    let id = world.ask("cruises");
    let answered = world.later(5).now;
    world.later(20);
    let leg = leg_id(&id, Party::Customer, 1).unwrap();
    world.handle(Input::Heard(Heard {
        leg: leg.clone(),
        kind: HeardKind::Answered,
        at: Some(answered),
    }));
    assert_eq!(
        dials(&world)
            .into_iter()
            .find(|dial| dial.leg == leg)
            .unwrap()
            .answered_at,
        Some(answered)
    );
    world.later(41).customer(&id, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(cost(&world, &id), 4_000);
}

#[test]
fn who_is_too_dear_to_call_over_one_line_is_called_over_another() {
    let mut business = at(1_000);
    business.policy.spend.call = 100;
    let mut other = Equipment::sandbox(EquipmentId::parse("other").unwrap());
    // Dearer by its rates, and not the first choice.
    other.preference = 2;
    other.rates = vec![Rate {
        prefix: "+".into(),
        per_minute: 2_000,
    }];
    business.equipment.push(other);
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).via, EquipmentId::parse("line").ok());
    talk(&mut world, &id);
    bill(&mut world, &id, Party::Customer, 9_000);
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).via, EquipmentId::parse("other").ok());
    let leg = leg_id(&id, Party::Customer, 1).unwrap();
    let dial = dials(&world).into_iter().find(|dial| dial.leg == leg);
    assert_eq!(dial.unwrap().per_minute, 4_000);
}

#[test]
fn a_bill_is_forgotten_after_a_week() {
    let mut world = world();
    let id = call(&mut world);
    bill(&mut world, &id, Party::Customer, 1_300);
    world.later(WEEK_S + 7_200);
    world.available("ana");
    assert_eq!(world.acd.rows().policy.dearer, []);
    assert_eq!(next(&mut world), 2_000);
}
