//! The wait that is told to whoever is in line.

use crate::world::{World, written_up};
use acd::{Command, Evidence, Step, Write};
use shared::call::RequestState;
use shared::desk::AgentState;
use shared::level::Levels;
use shared::request::{RequestView, WaitChange};
use shared::{RequestId, SkillId};

fn view(world: &World, id: &RequestId) -> RequestView {
    world.acd.request_view(world.request(id), world.now)
}

fn told(step: &Step) -> Vec<(RequestId, Option<WaitChange>)> {
    let told = step.writes.iter().filter_map(|write| match write {
        Write::Told(id, told) => Some((id.clone(), told.change)),
        Write::Request(_)
        | Write::Agent(_)
        | Write::Timer(..)
        | Write::Evidence(_)
        | Write::Journal(_)
        | Write::Policy(_) => None,
    });
    told.collect()
}

/// Calls about cruises take two minutes; Ana and Cleo are in one each.
fn two_in_calls() -> (World, [RequestId; 2]) {
    let mut world = World::taught(120);
    world.available("ana").available("cleo");
    let calls = [world.ask("cruises"), world.ask("cruises")];
    for id in &calls {
        world.connect(id);
    }
    (world, calls)
}

#[test]
fn whoever_stands_further_back_is_told_a_longer_wait() {
    let (mut world, _) = two_in_calls();
    let line: Vec<RequestId> = (0..4).map(|_| world.later(1).ask("cruises")).collect();
    let waits: Vec<_> = line.iter().map(|id| view(&world, id)).collect();
    let positions: Vec<_> = waits.iter().map(|view| view.position).collect();
    assert_eq!(positions, [Some(1), Some(2), Some(3), Some(4)]);
    // One of two agents becomes free every minute: the n-th waits n minutes on average.
    for (nth, view) in (1..).zip(&waits) {
        let wait = view.wait.unwrap();
        assert!(wait.low_s < 60 * nth && 60 * nth < wait.high_s, "{nth}: {wait:?}");
    }
    assert!(
        waits
            .windows(2)
            .all(|pair| pair[0].wait.unwrap().high_s < pair[1].wait.unwrap().high_s)
    );
}

#[test]
fn the_wait_counts_down_while_nothing_happens() {
    let (mut world, _) = two_in_calls();
    let id = world.ask("cruises");
    let first = view(&world, &id).wait.unwrap();
    world.later(10);
    let next = view(&world, &id).wait.unwrap();
    assert_eq!(next.high_s, first.high_s - 10);
    assert_eq!(next.low_s, first.low_s.saturating_sub(10));
}

#[test]
fn an_agent_who_leaves_makes_it_longer_and_that_is_the_reason() {
    let (mut world, _) = two_in_calls();
    let line = [world.ask("cruises"), world.later(1).ask("cruises")];
    let before = view(&world, &line[1]).wait.unwrap();
    let step = {
        let cleo = shared::AgentId::parse("cleo").unwrap();
        world.handle(acd::Input::Agent(cleo, Command::Presence(AgentState::Away)))
    };
    let after = view(&world, &line[1]);
    assert!(after.wait.unwrap().high_s > before.high_s, "{after:?}");
    assert_eq!(after.wait_change, Some(WaitChange::FewerAgents));
    assert!(told(&step).contains(&(line[1].clone(), Some(WaitChange::FewerAgents))));
}

#[test]
fn a_call_that_does_not_end_makes_it_longer_and_that_is_the_reason() {
    let (mut world, _) = two_in_calls();
    let id = world.ask("cruises");
    let high = i64::from(view(&world, &id).wait.unwrap().high_s);
    let mut told_why = None;
    for _ in 0..high / 10 {
        world.later(10);
        told_why = told_why.or(view(&world, &id).wait_change);
    }
    assert_eq!(told_why, Some(WaitChange::LongerCalls));
}

#[test]
fn what_was_announced_is_kept_beside_what_came_true() {
    let (mut world, calls) = two_in_calls();
    let id = world.ask("cruises");
    let announced = world.request(&id).predicted.unwrap();
    world.later(45).hang_up(&calls[0]);
    world.later(285);
    let request = world.request(&id);
    assert_ne!(request.state, RequestState::Queued);
    assert_eq!(request.predicted, Some(announced));
    // Dialled when the wrap-up was about to run out.
    assert_eq!(
        request.called_at.unwrap().seconds_since(request.queued_at),
        45 + 300 - 15
    );
}

#[test]
fn the_experts_own_wait_stands_beside_anyones() {
    let (mut world, calls) = two_in_calls();
    world.hang_up(&calls[1]);
    world
        .command("cleo", Command::Dispose(calls[1].clone(), written_up()))
        .unwrap();
    let site = world.acd.site_view(world.now);
    let wait = |id: &str| {
        site.experts
            .iter()
            .find(|expert| expert.id.as_str() == id)
            .unwrap()
            .wait
    };
    assert_eq!(wait("cleo").map(|wait| wait.high_s), Some(0), "Cleo is free");
    assert!(wait("ana").unwrap().high_s > 120, "Ana talks");
    assert_eq!(site.skills[0].wait.map(|wait| wait.high_s), Some(0));
}

#[test]
fn evidence_of_a_skill_that_is_gone_does_no_harm() {
    let mut world = World::taught(120);
    let mut rows = world.acd.rows();
    let of = |row: &Evidence| matches!(row, Evidence::Skill(Some(id), _) if id.as_str() == "cruises");
    let cruises = rows.evidence.iter().find(|row| of(row)).cloned().unwrap();
    let Evidence::Skill(_, evidence) = cruises else {
        unreachable!()
    };
    rows.evidence
        .push(Evidence::Skill(SkillId::parse("trains").ok(), evidence));
    world.acd = acd::Acd::restore(world.acd.config().clone(), rows, world.now);
    world.available("ana");
    world.ask("cruises");
}

#[test]
fn whoever_will_be_opened_to_an_idle_colleague_is_told_when() {
    let mut business = crate::world::business();
    let skill = |id: &str| SkillId::parse(id).unwrap();
    business.agents[2].skills = Levels::new([(skill("cruises"), 2)]);
    business.routing.relax_s = vec![30];
    let mut world = World::taught_of(business, 600);
    world.available("ana").available("cleo");
    let call = world.ask("cruises");
    world.connect(&call);
    assert_eq!(world.acd.site_view(world.now).skills[0].wait.unwrap().high_s, 30);
    let id = world.ask("cruises");
    assert_eq!(view(&world, &id).wait.unwrap().high_s, 30);
    world.later(30);
    assert_eq!(world.request(&id).called_at, Some(world.now));
}

#[test]
fn whoever_waits_for_an_expert_is_told_when_others_may_come() {
    let mut world = World::taught(600);
    world.available("ana").available("cleo");
    let call = world.ask("cruises");
    world.connect(&call);
    let want = |asked: &mut shared::request::CallRequest| {
        asked.skill = SkillId::parse("cruises").ok();
        asked.expert = crate::world::expert("ana");
    };
    let id = world.try_ask(want).unwrap().id;
    assert_eq!(
        view(&world, &id).wait.unwrap().high_s,
        60,
        "Cleo is idle, and Ana waited for as long"
    );
}
