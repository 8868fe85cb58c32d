//! Networks that fail, and what must hold all the same.

use crate::business::business;
use crate::network::{OnEvent, OnRequest};
use crate::world::{NOON, World};
use crate::{ANSWERS, BUSY, KINDS, NEVER, PERSON, leg};
use acd::Input;
use proptest::prelude::*;
use shared::call::{EndReason, RequestState};
use shared::equipment::Kind;
use std::collections::BTreeSet;

/// What must be true whatever happened, once all that is due has happened.
pub(crate) fn sane(world: &World, context: &str) {
    let mut legs = BTreeSet::new();
    for (request, _, leg) in &world.dials {
        // Trying the same leg again is no second call; a second leg is a second attempt, or the carrier had surely not called.
        if legs.insert(leg.clone()) {
            let dialled: usize = world.lines.values().map(|line| line.far.dialled(PERSON)).sum();
            let attempts = usize::try_from(world.kept[request].attempts()).unwrap();
            assert!(
                dialled <= attempts.max(1),
                "{context}: {dialled} calls in {attempts} attempts"
            );
        }
    }
    for request in world.kept.values() {
        assert!(
            request.state != RequestState::Ended || request.reason.is_some(),
            "{context}: ended without a reason"
        );
        let stuck = matches!(
            request.state,
            RequestState::Reserving
                | RequestState::DialingCustomer
                | RequestState::CustomerOnHold
                | RequestState::RingingAgent
        );
        assert!(!stuck, "{context}: stuck: {request:?}");
    }
    for (via, line) in &world.lines {
        for leg in line.far.alive() {
            let (request, ..) = acd::request_of(&leg).unwrap();
            let up = world.kept[&request].state == RequestState::Connected;
            assert!(up, "{context}: {leg} is still up at {via}");
        }
        for account in world.ledger.values().filter(|account| account.via == *via) {
            let (Some(billed), Some(record)) = (account.seconds(), line.far.record(&account.leg)) else {
                continue;
            };
            // Where its end was lost, it is known only from an inquiry; never is nothing billed for a talk.
            assert!(
                record <= 1000 || billed > 0 || account.answered_at.is_none(),
                "{context}: {account:?}, {record} ms"
            );
        }
    }
}

#[test]
fn a_time_out_in_the_middle_of_each_request() {
    for kind in KINDS {
        for how in [
            OnRequest::Lost,
            OnRequest::AnswerLost,
            OnRequest::Garbage,
            OnRequest::Unreachable,
            OnRequest::Status(503, None),
            OnRequest::Status(429, Some(2)),
            OnRequest::Status(500, None),
        ] {
            // Asterisk's 500 says that it has no line to that phone: another agent is called, and here there is none.
            if kind == Kind::Asterisk && how == OnRequest::Status(500, None) {
                continue;
            }
            for nth in 0..6 {
                for second in [None, Some(Kind::Sandbox)] {
                    let mut world = World::new(kind, second, business(&["+442079460003"]));
                    let mut requests = vec![OnRequest::Pass; nth];
                    requests.push(how);
                    world.lines.values_mut().next().unwrap().network.requests = requests;
                    let id = world.ask(PERSON);
                    world.play(90, false);
                    let context = format!("{kind}, {how:?} of request {nth}, second: {second:?}");
                    sane(&world, &context);
                    let request = &world.kept[&id];
                    assert_eq!(request.state, RequestState::Connected, "{context}: {request:?}");
                    let dialled: usize = world.lines.values().map(|line| line.far.dialled(PERSON)).sum();
                    assert_eq!(dialled, 1, "{context}");
                }
            }
        }
    }
}

#[test]
fn other_equipment_takes_over_when_the_first_can_not() {
    for kind in KINDS {
        for how in [
            OnRequest::Unreachable,
            OnRequest::Status(503, None),
            OnRequest::Status(429, Some(60)),
            OnRequest::Status(401, None),
        ] {
            let mut world = World::new(kind, Some(Kind::Sandbox), business(&[ANSWERS]));
            world.lines.values_mut().next().unwrap().network.down = Some((how, NOON.plus_s(3600)));
            let id = world.ask(PERSON);
            let place = world.kept[&id].queued_at;
            assert!(
                world.until(&id, RequestState::Connected),
                "{kind} {how:?}: {:?}",
                world.kept[&id]
            );
            assert_eq!(
                (world.kept[&id].queued_at, world.kept[&id].attempts()),
                (place, 1),
                "{kind} {how:?}"
            );
            assert_eq!(world.far().dialled(PERSON), 0, "{kind} {how:?}");
        }
    }
}

#[test]
fn alone_it_is_tried_again_and_the_request_is_kept() {
    for kind in KINDS {
        let mut world = World::new(kind, None, business(&[ANSWERS]));
        world.lines.values_mut().next().unwrap().network.down =
            Some((OnRequest::Unreachable, NOON.plus_s(50)));
        let id = world.ask(PERSON);
        world.play(45, false);
        assert_eq!(world.kept[&id].missed, Some(EndReason::CarrierError), "{kind}");
        world.play(60, false);
        assert_eq!(world.kept[&id].state, RequestState::Connected, "{kind}");
    }
}

#[test]
fn while_it_is_unknown_whether_the_customer_was_called_nobody_else_calls_them() {
    for kind in KINDS {
        let mut world = World::new(kind, Some(Kind::Sandbox), business(&[ANSWERS]));
        // The dial is carried out, its answer is lost, and then nobody can be asked, and no news comes.
        let line = world.lines.values_mut().next().unwrap();
        let probe = usize::from(kind != Kind::Asterisk);
        line.network.requests = [
            vec![OnRequest::Pass; probe],
            vec![OnRequest::AnswerLost],
            vec![OnRequest::Lost; 40],
        ]
        .concat();
        line.network.events = vec![OnEvent::Lost; 100];
        let id = world.ask("+442079460030");
        world.play(25, false);
        let others: usize = world
            .lines
            .values()
            .map(|line| line.far.dialled("+442079460030"))
            .sum();
        assert_eq!(others, 1, "{kind}");
        world.play(3600, false);
        let others: usize = world
            .lines
            .values()
            .map(|line| line.far.dialled("+442079460030"))
            .sum();
        assert_eq!(
            (others, world.kept[&id].state),
            (1, RequestState::Ended),
            "{kind}: {:?}",
            world.kept[&id]
        );
    }
}

#[test]
fn lost_news_is_asked_for() {
    for kind in KINDS {
        let mut world = World::new(kind, None, business(&["+442079460140"]));
        let id = world.ask(PERSON);
        assert!(world.until(&id, RequestState::Connected), "{kind}");
        // The agent hangs up after 40 seconds, and nobody tells.
        world.lines.values_mut().next().unwrap().network.events = vec![OnEvent::Lost; 10_000];
        world.play(300, false);
        assert_eq!(world.kept[&id].reason, Some(EndReason::Talked), "{kind}");
        assert_eq!(world.far().alive(), [], "{kind}");
    }
}

fn on_request() -> impl Strategy<Value = OnRequest> {
    prop_oneof![
        8 => Just(OnRequest::Pass),
        1 => Just(OnRequest::Unreachable),
        1 => Just(OnRequest::Lost),
        1 => Just(OnRequest::AnswerLost),
        1 => Just(OnRequest::Garbage),
        1 => Just(OnRequest::Status(503, None)),
        1 => Just(OnRequest::Status(429, Some(5))),
        1 => Just(OnRequest::Status(500, None)),
    ]
}

fn on_event() -> impl Strategy<Value = OnEvent> {
    prop_oneof![
        6 => Just(OnEvent::Pass),
        1 => Just(OnEvent::Lost),
        2 => Just(OnEvent::Twice),
        2 => (1..4000i64).prop_map(OnEvent::Late),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    /// Whatever the network does, and whenever our side loses its memory: nobody is called twice for one attempt, no request is
    /// lost, no phone is left ringing or up.
    #[test]
    fn nothing_is_lost_and_nobody_is_called_twice(
        kind in 0..3usize,
        second in proptest::option::of(0..3usize),
        requests in prop::collection::vec(on_request(), 0..40),
        events in prop::collection::vec(on_event(), 0..60),
        agent in prop_oneof![Just("+442079460003"), Just(BUSY), Just(NEVER), Just("+442079460110")],
        press_one in any::<bool>(),
        crash in any::<bool>(),
        cancel in proptest::option::of(0..20i64),
    ) {
        let mut business = business(&[agent, ANSWERS]);
        business.press_one = press_one;
        let mut world = World::new(KINDS[kind], second.map(|nth| KINDS[nth]), business);
        for line in world.lines.values_mut() {
            line.network.requests = requests.clone();
            line.network.events = events.clone();
        }
        let id = world.ask(PERSON);
        if let Some(seconds) = cancel {
            world.play(seconds, crash);
            world.handle(Input::Cancel(id.clone()));
        }
        world.play(900, crash);
        sane(&world, &format!("{} {second:?}", KINDS[kind]));
        prop_assert!(matches!(world.kept[&id].state, RequestState::Ended | RequestState::Connected), "{:?}", world.kept[&id]);
        if world.kept[&id].state == RequestState::Connected {
            let request = &world.kept[&id];
            let (customer, agent) = (leg(&format!("{id}.c{}", request.attempt)), leg(&format!("{id}.a{}", request.agent_tries)));
            let line = &world.lines[request.via.as_ref().unwrap()];
            prop_assert_eq!(line.far.hears(&customer), Some(agent), "who is said to talk does");
        }
    }
}
