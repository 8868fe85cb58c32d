//! What every carrier has to do: each behaviour of people, and each fault of networks, through the real engine. A new carrier is
//! one codec, one far end, and its name in [`KINDS`].

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that can not go on should stop"
)]

mod business;
mod faults;
mod line;
mod network;
mod outbox;
mod places;
mod world;

use acd::Input;
use business::business;
use shared::call::{EndReason, EndedBy, RequestState};
use shared::equipment::Kind;
use shared::handover::{Target, Transfer};
use shared::{AgentId, LegId, SkillId};
use world::World;

const KINDS: [Kind; 3] = [Kind::Sandbox, Kind::Asterisk, Kind::Twilio];
/// Answers after a second and stays.
const ANSWERS: &str = "+442079460001";
const BUSY: &str = "+442079460200";
const NEVER: &str = "+442079460201";
const DECLINES: &str = "+442079460202";
const NO_NUMBER: &str = "+442079460999";
/// A phone that a person would have to pick up: here it answers after a second.
const PERSON: &str = "+447700900001";

fn leg(text: &str) -> LegId {
    LegId::parse(text).unwrap()
}

fn world(kind: Kind, agents: &[&str]) -> World {
    World::new(kind, None, business(agents))
}

#[test]
fn two_people_talk() {
    for kind in KINDS {
        let mut world = world(kind, &["+442079460003"]);
        let id = world.ask("+442079460005");
        world.play(4, false);
        assert_eq!(
            world.far().dialled("+442079460003"),
            0,
            "{kind}: the agent never waits on a ringing customer"
        );
        assert!(
            world.until(&id, RequestState::Connected),
            "{kind}: {:?}",
            world.kept[&id]
        );
        let (customer, agent) = (leg("req_1.c1"), leg("req_1.a1"));
        world.play(5, false);
        assert_eq!(world.far().hears(&customer), Some(agent.clone()), "{kind}");
        assert_eq!(world.far().hears(&agent), Some(customer.clone()), "{kind}");
        assert_eq!(
            world.far().said(&customer).len(),
            1,
            "{kind}: the announcement, once"
        );
        assert_eq!(world.far().said(&agent), [""; 0], "{kind}");
        world.handle(Input::Cancel(id.clone()));
        world.play(300, false);
        assert_eq!(world.far().alive(), [], "{kind}: both phones are free");
        for one in [customer, agent] {
            let account = &world.ledger[&one];
            let bills = world.lines[&account.via].codec.bills();
            assert_eq!(
                account.price,
                bills.then_some(0),
                "{kind}: asked until it is known"
            );
            let record = world.far().record(&one).unwrap();
            let billed = account.seconds().unwrap() * 1000;
            assert!(
                (billed - record).abs() < 2000,
                "{kind} {one}: {billed} for {record}"
            );
        }
    }
}

#[test]
fn two_people_at_sip_addresses_talk_where_the_carrier_knows_a_way_there() {
    let (mia, ana) = ("sip:mia@pbx.example", "sip:ana@pbx.example:5080");
    for kind in [Kind::Sandbox, Kind::Asterisk] {
        let mut world = world(kind, &[ana]);
        let id = world.ask(mia);
        assert!(
            world.until(&id, RequestState::Connected),
            "{kind}: {:?}",
            world.kept[&id]
        );
        world.play(5, false);
        assert_eq!(
            world.far().hears(&leg("req_1.c1")),
            Some(leg("req_1.a1")),
            "{kind}"
        );
        assert_eq!(
            (world.far().dialled(mia), world.far().dialled(ana)),
            (1, 1),
            "{kind}"
        );
        world.handle(Input::Cancel(id));
        world.play(120, false);
        assert_eq!(world.far().alive(), [], "{kind}: both phones are free");
    }
    // A document is not taken that leaves the choice no other way; the codec sends nothing all the same.
    let mut world = World::new(Kind::Twilio, Some(Kind::Asterisk), business(&[ana]));
    let id = world.ask(mia);
    assert!(world.until(&id, RequestState::Connected), "{:?}", world.kept[&id]);
    assert_eq!(world.far().dialled(mia), 0);
    assert_eq!(
        world.kept[&id].via.as_ref().map(ToString::to_string).as_deref(),
        Some("two")
    );
}

#[test]
fn customers_who_are_not_reached() {
    for kind in KINDS {
        for (number, reason) in [
            (BUSY, EndReason::CustomerBusy),
            (NEVER, EndReason::CustomerNoAnswer),
            (DECLINES, EndReason::CustomerDeclined),
            (NO_NUMBER, EndReason::InvalidNumber),
        ] {
            let mut business = business(&[ANSWERS]);
            business.retry.attempts = 1;
            let mut world = World::new(kind, None, business);
            let id = world.ask(number);
            world.play(120, false);
            assert_eq!(world.kept[&id].reason, Some(reason), "{kind} {number}");
            assert_eq!(world.far().dialled(number), 1, "{kind} {number}");
            assert_eq!(world.far().dialled(ANSWERS), 0, "{kind}: no agent's phone rang");
            assert_eq!(world.far().alive(), [], "{kind} {number}");
        }
    }
}

#[test]
fn only_whoever_presses_1_is_connected() {
    for kind in KINDS {
        for (number, state) in [
            ("+442079460301", RequestState::Connected),
            ("+442079460302", RequestState::Scheduled),
            (PERSON, RequestState::Scheduled),
        ] {
            let mut business = business(&[ANSWERS]);
            business.press_one = true;
            let mut world = World::new(kind, None, business);
            let id = world.ask(number);
            world.play(50, false);
            assert_eq!(world.kept[&id].state, state, "{kind} {number}");
            let rang = usize::from(state == RequestState::Connected);
            assert_eq!(world.far().dialled(ANSWERS), rang, "{kind} {number}");
            if state == RequestState::Scheduled {
                assert_eq!(
                    world.kept[&id].missed,
                    Some(EndReason::CustomerNotConfirmed),
                    "{kind} {number}"
                );
            }
        }
    }
}

#[test]
fn the_customer_hangs_up_while_holding() {
    for kind in KINDS {
        let mut world = world(kind, &[NEVER]);
        let id = world.ask("+442079460106");
        world.play(60, false);
        let request = &world.kept[&id];
        assert_eq!(
            (request.reason, request.ended_by),
            (Some(EndReason::CustomerHungUpOnHold), Some(EndedBy::Customer)),
            "{kind}"
        );
        assert_eq!(world.far().alive(), [], "{kind}: the agent's phone has stopped");
    }
}

#[test]
fn the_next_agent_while_the_customer_holds() {
    for kind in KINDS {
        for first in [BUSY, NEVER, DECLINES, NO_NUMBER] {
            let mut world = world(kind, &[first, ANSWERS]);
            let id = world.ask(PERSON);
            assert!(
                world.until(&id, RequestState::Connected),
                "{kind} {first}: {:?}",
                world.kept[&id]
            );
            assert_eq!(
                world.far().dialled(PERSON),
                1,
                "{kind} {first}: the customer was called once"
            );
            assert_eq!(world.far().dialled(first), 1, "{kind} {first}");
            world.play(5, false);
            assert_eq!(
                world.far().hears(&leg("req_1.c1")),
                Some(leg("req_1.a2")),
                "{kind} {first}"
            );
        }
    }
}

/// An agent hands a customer on in the middle of a call: the customer stays on the line, hears the words and the music again, the
/// first agent's phone is free, and the second one's is joined.
#[test]
fn handed_on_in_the_middle_of_a_call() {
    for kind in KINDS {
        let mut world = world(kind, &[ANSWERS, "+442079460003"]);
        let id = world.ask(PERSON);
        assert!(world.until(&id, RequestState::Connected), "{kind}");
        world.play(20, false);
        let wish = Transfer {
            to: Target::Agent(AgentId::parse("a2").unwrap()),
            note: "wants the balcony".into(),
        };
        world.hand_on("a1", &id, wish);
        assert_eq!(world.kept[&id].state, RequestState::RingingAgent, "{kind}");
        assert!(
            world.until(&id, RequestState::Connected),
            "{kind}: {:?}",
            world.kept[&id]
        );
        let (customer, first, second) = (leg("req_1.c1"), leg("req_1.a1"), leg("req_1.a2"));
        world.play(5, false);
        assert_eq!(world.far().hears(&customer), Some(second.clone()), "{kind}");
        assert_eq!(world.far().hears(&second), Some(customer.clone()), "{kind}");
        assert_eq!(
            world.far().dialled(PERSON),
            1,
            "{kind}: the customer was called once"
        );
        assert_eq!(
            world.far().said(&customer).len(),
            2,
            "{kind}: asked to hold again"
        );
        assert!(
            world.far().record(&first).is_some(),
            "{kind}: the first phone is free"
        );
        world.handle(Input::Cancel(id.clone()));
        world.play(120, false);
        assert_eq!(world.far().alive(), [], "{kind}");
        for one in [customer, first, second] {
            let (billed, record) = (world.ledger[&one].seconds(), world.far().record(&one));
            let apart = (billed.unwrap() * 1000 - record.unwrap()).abs();
            assert!(apart < 2000, "{kind} {one}: {billed:?} for {record:?}");
        }
    }
}

/// As before, and nobody takes it: the usual rules.
#[test]
fn handed_on_to_somebody_who_does_not_answer() {
    for kind in KINDS {
        let mut world = world(kind, &[ANSWERS, NEVER]);
        let id = world.ask(PERSON);
        assert!(world.until(&id, RequestState::Connected), "{kind}");
        let skill = SkillId::parse("help").unwrap();
        let wish = Transfer {
            to: Target::Skill(skill),
            note: String::new(),
        };
        world.hand_on("a1", &id, wish);
        world.play(120, false);
        assert_eq!(world.kept[&id].reason, Some(EndReason::AgentNoAnswer), "{kind}");
        let said = world.far().said(&leg("req_1.c1"));
        assert!(
            said.last().is_some_and(|last| last.contains("sorry")),
            "{kind}: {said:?}"
        );
        assert_eq!(world.far().alive(), [], "{kind}");
    }
}

#[test]
fn where_nobody_takes_it_the_customer_is_told_and_let_go() {
    for kind in KINDS {
        let mut world = world(kind, &[BUSY]);
        let id = world.ask(PERSON);
        world.play(60, false);
        assert_eq!(world.kept[&id].reason, Some(EndReason::AgentNoAnswer), "{kind}");
        let said = world.far().said(&leg("req_1.c1"));
        assert!(
            said.last().is_some_and(|last| last.contains("sorry")),
            "{kind}: {said:?}"
        );
        assert_eq!(world.far().alive(), [], "{kind}");
    }
}

#[test]
fn whoever_hangs_up_ends_it_for_both() {
    for kind in KINDS {
        for (customer, agent, by) in [
            ("+442079460120", ANSWERS, EndedBy::Customer),
            (ANSWERS, "+442079460120", EndedBy::Agent),
        ] {
            let mut world = world(kind, &[agent]);
            let id = world.ask(customer);
            world.play(60, false);
            let request = &world.kept[&id];
            assert_eq!(
                (request.reason, request.ended_by),
                (Some(EndReason::Talked), Some(by)),
                "{kind}"
            );
            assert_eq!(world.far().alive(), [], "{kind}");
        }
    }
}

#[test]
fn a_request_can_be_taken_back_at_any_moment() {
    for kind in KINDS {
        for tenths in [0, 2, 5, 9, 11, 14, 20, 45, 60, 80] {
            let mut world = world(kind, &["+442079460003"]);
            let id = world.ask(ANSWERS);
            world.play(0, false);
            for _ in 0..tenths {
                world.now = world.now.plus_ms(100);
                world.play(0, false);
            }
            world.handle(Input::Cancel(id.clone()));
            world.play(120, false);
            assert_eq!(
                world.kept[&id].state,
                RequestState::Ended,
                "{kind} after {tenths}"
            );
            assert_eq!(world.far().alive(), [], "{kind} after {tenths}");
        }
    }
}

#[test]
fn twenty_calls_at_once_are_not_crossed() {
    for kind in KINDS {
        let agents: Vec<String> = (0..20).map(|nth| format!("+4477009002{nth:02}")).collect();
        let agents: Vec<&str> = agents.iter().map(String::as_str).collect();
        let mut world = world(kind, &agents);
        let ids: Vec<_> = (0..20)
            .map(|nth| world.ask(&format!("+4477009001{nth:02}")))
            .collect();
        world.play(15, false);
        for id in &ids {
            assert_eq!(world.kept[id].state, RequestState::Connected, "{kind} {id}");
            assert_eq!(
                world.far().hears(&leg(&format!("{id}.c1"))),
                Some(leg(&format!("{id}.a1"))),
                "{kind}"
            );
        }
    }
}
