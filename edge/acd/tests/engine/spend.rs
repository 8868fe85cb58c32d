//! What calls cost: what is set aside, what is free again and when, and what the business does about it.

use crate::world::{World, business};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Settled};
use shared::EquipmentId;
use shared::call::{Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::{Equipment, Rate};
use shared::policy::Held;

/// Real equipment: 0.10 a minute for each party.
fn paid(call: u32, hour: u32) -> World {
    let mut business = business();
    business.policy.spend.call = call;
    business.policy.spend.hour = hour;
    let mut line = Equipment::sandbox(EquipmentId::parse("line").unwrap());
    line.rates = vec![Rate {
        prefix: "+".into(),
        per_minute: 1000,
    }];
    business.equipment = vec![line];
    World::of(business)
}

#[test]
fn a_call_is_ended_when_it_has_cost_what_it_may() {
    // 1.00 a call at 0.20 a minute: five minutes.
    let mut world = paid(100, 1000);
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.acd.policy_view(world.now).committed.0, 10_000);
    world.connect(&id).later(299);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    let before = world.effects.len();
    world.later(1);
    let step_effects = &world.effects[before..];
    assert_eq!(
        step_effects
            .iter()
            .filter(|effect| matches!(effect, Effect::HangUp { .. }))
            .count(),
        2
    );
    world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::Released));
    assert_eq!(world.acd.policy_view(world.now).committed.0, 10_000);
}

#[test]
fn what_was_set_aside_is_free_again_when_the_call_is_over() {
    let mut world = paid(100, 100);
    world.available("ana").available("cleo");
    let first = world.ask("cruises");
    let second = world.ask("cruises");
    assert_eq!(
        world.request(&second).state,
        RequestState::Scheduled,
        "the cap is reached"
    );
    world.connect(&first).later(30).hang_up(&first);
    assert_eq!(
        world.acd.policy_view(world.now).committed.0,
        2000,
        "a minute begun"
    );
    // 0.20 are spent: another five minutes would be more than the hour may cost.
    world.later(60);
    assert_eq!(world.request(&second).state, RequestState::Scheduled);
    world.later(3600);
    assert_eq!(world.request(&second).state, RequestState::Reserving);
    // A cancelled call that the carrier never had costs nothing.
    world.handle(Input::Cancel(second.clone())).reply.unwrap();
    let hang_up = world.effects.last().unwrap().clone();
    world.settle(&hang_up, Settled::Done);
    assert_eq!(world.acd.policy_view(world.now).committed.0, 0);
}

#[test]
fn who_waits_for_money_is_looked_at_when_it_is_there() {
    let mut world = paid(100, 100);
    world.available("ana").available("cleo");
    let first = world.ask("cruises");
    let dialled = world.now;
    let second = world.ask("cruises");
    let until = |world: &World| {
        let waiting = world.acd.policy_view(world.now).waiting;
        waiting.first().map(|waits| (waits.why, waits.until))
    };
    let soon = world.now.plus_s(60);
    assert_eq!(
        until(&world),
        Some((Held::Spend, soon)),
        "the call may end before"
    );
    world.connect(&first).later(30).hang_up(&first);
    world.later(60);
    let an_hour_later = Some((Held::Spend, dialled.plus_s(3600)));
    assert_eq!(until(&world), an_hour_later, "nothing can come back before");
    let version = world.request(&second).version;
    world.later(1800);
    assert_eq!(world.request(&second).version, version, "and nobody looks");
}

#[test]
fn a_raised_cap_lets_out_who_waits_for_it() {
    let mut world = paid(100, 100);
    world.available("ana").available("cleo");
    let first = world.ask("cruises");
    let second = world.ask("cruises");
    world.connect(&first).later(30).hang_up(&first);
    world.later(60);
    assert_eq!(world.request(&second).state, RequestState::Scheduled);
    let mut more = world.acd.config().business.clone();
    more.policy.spend.hour = 200;
    let rows = world.acd.rows();
    world.acd = acd::Acd::restore(crate::world::config(more), rows, world.now);
    world.handle(Input::Tick);
    assert_eq!(world.request(&second).state, RequestState::Scheduled, "it sleeps");
    world.acd.ask_leave_again(world.now);
    world.handle(Input::Tick);
    assert_eq!(world.request(&second).state, RequestState::Reserving);
    assert!(world.acd.policy_view(world.now).waiting.is_empty());
}

/// Ana and Cleo, and no more than one call at once.
fn one_at_once() -> World {
    let mut business = business();
    business.policy.limits.at_once = 1;
    let mut world = World::of(business);
    world.available("ana").available("cleo");
    world
}

#[test]
fn a_call_that_is_over_makes_room_for_the_first_who_waits_for_that() {
    let mut world = one_at_once();
    let first = world.ask("cruises");
    let waiting: Vec<_> = (0..10).map(|_| world.later(1).ask("cruises")).collect();
    let versions = |world: &World| -> u32 {
        let versions = waiting.iter().map(|id| world.request(id).version);
        versions.sum::<i64>().try_into().unwrap()
    };
    let held = |world: &World| {
        let waits = world.acd.policy_view(world.now).waiting;
        waits.iter().filter(|waits| waits.why == Held::Busy).count()
    };
    assert_eq!(held(&world), 10);
    // While it goes on, they are looked at in turn, and not all of them at each look.
    world.connect(&first);
    let before = versions(&world);
    world.later(60);
    assert!(
        versions(&world) - before <= 2 * (4 + 2 + 1 + 1),
        "{}",
        versions(&world) - before
    );
    world.hang_up(&first);
    assert_eq!(
        world.request(&waiting[0]).state,
        RequestState::Reserving,
        "in the same moment"
    );
    assert_eq!(held(&world), 9);
    world.handle(Input::Cancel(waiting[0].clone())).reply.unwrap();
    assert_eq!(world.request(&waiting[1]).state, RequestState::Reserving);
}

#[test]
fn who_waits_for_an_hour_to_pass_is_looked_at_in_their_turn() {
    let mut business = business();
    business.policy.limits.calls_hour = 2;
    let mut world = World::of(business);
    world.available("ana").available("cleo");
    let first = world.now;
    for nth in 0..2 {
        let id = world.later(600 * nth).ask("cruises");
        world.connect(&id).hang_up(&id).later(60);
        world
            .command("ana", Command::Presence(AgentState::Available))
            .ok();
    }
    let mut until = Vec::new();
    for _ in 0..3 {
        let id = world.later(1).ask("cruises");
        let waiting = world.acd.policy_view(world.now).waiting;
        let waits = waiting.iter().find(|waits| waits.request == id);
        until.push(waits.map(|waits| (waits.why, waits.until.0 - first.0)));
    }
    let hour = 3_600_000;
    let second = until[1].unwrap().1 - hour;
    assert!(second > 600_000, "{until:?}");
    let expected = [hour, hour + second, 2 * hour].map(|at| Some((Held::Rate, at)));
    assert_eq!(until, expected);
}
