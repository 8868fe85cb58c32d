//! Who may be called: what the policy does for customers, agents and the business.

use crate::world::{NOON, World, asked, business, ended};
use acd::policy::{Digest, Note};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Phrase, Refusal, Settled, Step, Terms, Write};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::policy::{Ceiling, Held, Policy, Suppression};
use shared::{Address, Millis, RequestId};
use std::net::IpAddr;

fn number(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// The policy as it is without a word about it.
fn careful() -> World {
    let mut business = business();
    business.policy = Policy::default();
    World::of(business)
}

fn ask(world: &mut World, id: &str, phone: &str, network: Option<&str>) -> Step {
    let mut wish = asked(0);
    wish.phone = number(phone);
    world.handle(Input::Ask {
        id: RequestId::parse(id).unwrap(),
        asked: Box::new(wish),
        terms: Box::default(),
        network: network.map(|text| text.parse::<IpAddr>().unwrap()),
        proven: true,
    })
}

fn refused(step: &Step) -> &'static str {
    step.reply.as_ref().unwrap_err().counted().unwrap()
}

fn bridge(world: &mut World, id: &str, phone: &str) -> RequestId {
    let mut wish = asked(0);
    wish.phone = number(phone);
    let id = RequestId::parse(id).unwrap();
    let terms = Terms::Business {
        agent: number("+447700900555"),
        at: None,
        announcement: None,
    };
    let input = Input::Ask {
        id: id.clone(),
        asked: Box::new(wish),
        terms: Box::new(terms),
        network: None,
        proven: true,
    };
    world.handle(input).reply.unwrap();
    id
}

#[test]
fn the_public_is_told_the_same_and_the_business_which_it_was() {
    let mut world = careful();
    let mut texts = Vec::new();
    for (nth, (phone, reason)) in [
        ("+449098790000", "number_costly"),
        ("+447012345678", "number_costly"),
        ("+881612345678", "number_without_country"),
        ("+18765550123", "country_not_served"),
        ("+442079460958", "number_own"),
        ("+4411612345", "number_impossible"),
    ]
    .into_iter()
    .enumerate()
    {
        let step = ask(&mut world, &format!("req_{nth}"), phone, None);
        assert_eq!(refused(&step), reason, "{phone}");
        assert!(step.writes.is_empty() && step.effects.is_empty());
        texts.push(step.reply.unwrap_err().problem());
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[test]
fn countries_are_those_of_the_document() {
    let mut business = business();
    let country = |text| shared::Country::parse(text).unwrap();
    business.policy.countries = vec![country("FR")];
    let mut world = World::of(business.clone());
    assert!(ask(&mut world, "req_1", "+33612345678", None).reply.is_ok());
    assert_eq!(
        refused(&ask(&mut world, "req_2", "+442079460001", None)),
        "country_not_served"
    );
    // Its agents may be anywhere.
    business.agents[0].phone = number("+49301234567");
    let mut world = World::of(business);
    world.available("ana");
    let id = RequestId::parse("req_1").unwrap();
    ask(&mut world, "req_1", "+33612345678", None).reply.unwrap();
    world.customer(&id, HeardKind::Answered);
    assert_eq!(world.dialled(Party::Agent), ["+49301234567"]);
}

#[test]
fn whoever_presses_9_is_told_and_never_called_again() {
    let mut business = business();
    business.press_one = true;
    let mut world = World::of(business);
    world.available("ana").available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Digit('9'));
    assert_eq!(ended(&step), Some(EndReason::CustomerForbade));
    assert!(
        matches!(&world.effects.last().unwrap(), Effect::Farewell { words, .. } if words.phrase == Phrase::Never)
    );
    assert!(world.dialled(Party::Agent).is_empty());
    let again = world.try_ask(|asked| asked.phone = number("+447700900001"));
    assert_eq!(again, Err(Refusal::Number(acd::policy::Prohibition::Suppressed)));
    let list = world.acd.policy_view(world.now).suppressed;
    assert_eq!((list.len(), list[0].reason), (1, Suppression::PressedNine));
    // The business may take it back, when the customer asks for that.
    world
        .handle(Input::Forgive(Digest::of_address("", &number("+447700900001"))))
        .reply
        .unwrap();
    world
        .try_ask(|asked| asked.phone = number("+447700900001"))
        .unwrap();
}

#[test]
fn a_9_ends_the_announcement_too_and_means_nothing_in_a_talk() {
    let mut world = World::new();
    world.mute = false;
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Digit('9'));
    assert_eq!(ended(&step), Some(EndReason::CustomerForbade));
    assert!(
        step.effects
            .iter()
            .any(|order| matches!(&order.effect, Effect::HangUp { leg } if leg.as_str().ends_with(".a1")))
    );

    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id).customer(&id, HeardKind::Digit('9'));
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn an_agent_who_is_told_takes_the_number_off() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id);
    assert_eq!(world.command("ben", Command::SignIn).map(|_| ()), Ok(()));
    assert_eq!(
        world.command("ben", Command::Never(id.clone())),
        Err(Refusal::NotYourCall)
    );
    world.command("ana", Command::Never(id.clone())).unwrap();
    assert_eq!(
        world.request(&id).state,
        RequestState::Connected,
        "the talk goes on"
    );
    world.hang_up(&id);
    assert!(
        world
            .try_ask(|asked| asked.phone = number("+447700900001"))
            .is_err()
    );
}

#[test]
fn what_waits_for_a_number_that_is_taken_off_is_over_at_once() {
    let mut world = World::new();
    let id = world.ask("cruises");
    let step = world.handle(Input::Never(number("+447700900001"), Suppression::Asked));
    assert_eq!(ended(&step), Some(EndReason::BlockedNumber));
    assert!(world.acd.request(&id).is_none());
}

#[test]
fn one_number_is_asked_for_twice_in_ten_minutes_and_three_times_a_day() {
    let mut world = careful();
    let mut nth = 0;
    let mut once = |world: &mut World| {
        nth += 1;
        let id = format!("req_{nth}");
        let step = ask(world, &id, "+447400123456", None);
        world
            .handle(Input::Cancel(RequestId::parse(&id).unwrap()))
            .reply
            .ok();
        step.reply.map(|_| ()).map_err(|why| why.counted().unwrap())
    };
    assert_eq!(once(&mut world), Ok(()));
    assert_eq!(once(&mut world), Ok(()));
    assert_eq!(once(&mut world), Err("limit_number"));
    world.now = world.now.plus_s(601);
    assert_eq!(once(&mut world), Ok(()));
    world.now = world.now.plus_s(3600);
    assert_eq!(once(&mut world), Err("limit_number"), "a day");
}

#[test]
fn one_network_asks_for_few_numbers_and_few_times() {
    let mut world = careful();
    let home = Some("2001:db8:1:2::7");
    assert!(ask(&mut world, "req_1", "+447400120001", home).reply.is_ok());
    assert!(
        ask(&mut world, "req_2", "+447400130001", Some("2001:db8:1:2:9::1"))
            .reply
            .is_ok()
    );
    assert_eq!(
        refused(&ask(&mut world, "req_3", "+447400140001", home)),
        "limit_network_numbers"
    );
    let elsewhere = Some("2001:db8:1:3::7");
    assert!(
        ask(&mut world, "req_4", "+447400140001", elsewhere).reply.is_ok(),
        "another network"
    );
    assert!(
        ask(&mut world, "req_5", "+447400150001", None).reply.is_ok(),
        "nobody knows the network"
    );
    // A day later nothing is kept of it.
    world.now = world.now.plus_s(24 * 3600);
    world.handle(Input::Tick);
    assert!(
        world
            .acd
            .rows()
            .policy
            .asked
            .iter()
            .all(|asked| asked.network.is_none() && asked.neighbourhood.is_none())
    );
    world.now = world.now.plus_s(7 * 24 * 3600);
    world.handle(Input::Tick);
    assert_eq!(world.acd.rows().policy.asked, []);
}

#[test]
fn calls_over_the_rate_wait_and_are_made_when_there_is_room() {
    let mut business = business();
    business.policy.limits.calls_hour = 2;
    let mut world = World::of(business);
    for agent in ["ana", "cleo"] {
        world.available(agent);
    }
    let first = world.ask("cruises");
    world.customer(&first, HeardKind::Ended(LegEnd::NoAnswer));
    let second = world.ask("cruises");
    world.customer(&second, HeardKind::Ended(LegEnd::NoAnswer));
    let third = world.ask("cruises");
    assert_eq!(world.request(&third).state, RequestState::Scheduled);
    let waiting = world.acd.policy_view(world.now).waiting;
    assert_eq!((waiting.len(), waiting[0].why), (1, Held::Rate));
    assert_eq!(waiting[0].until, NOON.plus_s(3600));
    world.later(3600);
    assert_eq!(world.request(&third).state, RequestState::Reserving);
    assert_eq!(world.acd.policy_view(world.now).waiting, []);
}

#[test]
fn a_number_that_others_rang_as_often_as_may_be_waits_and_nobody_has_lost_anything() {
    let mut world = World::of(business());
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects.last().unwrap().clone();
    let until = NOON.plus_s(3 * 3600);
    world.settle(&dial, Settled::Withheld(until));
    assert!(!world.wants(&dial), "it does not ring after all");
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.next_attempt_at, request.attempts()),
        (RequestState::Scheduled, Some(until), 0)
    );
    let waiting = world.acd.policy_view(world.now).waiting;
    assert_eq!(
        (&waiting[0].request, waiting[0].why, waiting[0].until),
        (&id, Held::Rings, until)
    );
    assert_eq!(world.desk("ana").me.state, shared::desk::AgentState::Available);
    assert_eq!(world.acd.rows().policy.dials, [], "no phone rang");
    world.later(3 * 3600);
    assert_eq!(world.request(&id).state, RequestState::Reserving);
    assert_eq!(world.request(&id).attempts(), 1);
}

#[test]
fn an_agent_whose_customer_others_rang_as_often_as_may_be_is_told_at_once() {
    let mut world = World::of(business());
    world.available("ana");
    let id = RequestId::parse("req_again").unwrap();
    world
        .command("ana", Command::CallAgain(id.clone(), Box::new(asked(1))))
        .unwrap();
    let dial = world.effects.last().unwrap().clone();
    let step = world.settle(&dial, Settled::Withheld(NOON.plus_s(3600)));
    let ended = step.writes.iter().find_map(Write::request).unwrap();
    assert_eq!((&ended.id, ended.reason), (&id, Some(EndReason::BlockedNumber)));
    assert_eq!(world.desk("ana").me.state, shared::desk::AgentState::Available);
}

#[test]
fn what_the_deployment_no_longer_allows_is_lowered() {
    let mut business = business();
    business.policy.limits.calls_hour = 1000;
    let mut ceiling = Ceiling::default();
    ceiling.limits.calls_hour = 60;
    let config = crate::world::config(business).within(&ceiling);
    let acd = acd::Acd::restore(config, acd::Rows::default(), NOON);
    assert_eq!(acd.policy_view(NOON).limits.calls_hour, 60);
}

#[test]
fn nobody_who_did_not_ask_is_called_at_night() {
    let mut world = careful();
    // 03:00 in London.
    world.now = Millis(NOON.0 - 9 * 3600 * 1000);
    let id = bridge(&mut world, "req_b", "+442079460001");
    assert_eq!(world.request(&id).state, RequestState::Scheduled);
    assert_eq!(world.acd.policy_view(world.now).waiting[0].why, Held::Hours);
    assert!(world.effects.is_empty());
    world.now = Millis(NOON.0 - 4 * 3600 * 1000);
    world.handle(Input::Tick);
    assert_eq!(world.request(&id).state, RequestState::Reserving, "08:00");
}

#[test]
fn whoever_asked_to_be_called_now_is_called_now() {
    let mut late = business();
    late.policy = Policy::default();
    late.hours[0].to = "24:00".into();
    let mut world = World::of(late);
    // 22:30 in London.
    world.now = NOON.plus_s(10 * 3600 + 1800);
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).state, RequestState::Reserving);
}

#[test]
fn an_agent_is_told_why_a_customer_can_not_be_called_again_now() {
    let mut world = careful();
    world.now = NOON.plus_s(10 * 3600);
    world.available("ana");
    let again = Command::CallAgain(RequestId::parse("req_x").unwrap(), Box::new(asked(7)));
    let told = world.command("ana", again).unwrap_err();
    assert!(matches!(told, Refusal::NotYet(Held::Hours, _)), "{told:?}");
    assert_eq!(
        told.problem().detail,
        "It is too early or too late to call where this customer is."
    );
    assert_eq!(world.agent_state("ana"), shared::desk::AgentState::Available);
}

#[test]
fn numbers_are_kept_as_digests() {
    let mut world = World::new();
    world.available("ana");
    let step = ask(&mut world, "req_1", "+447400123456", Some("192.0.2.77"));
    let notes: Vec<&Note> = step
        .writes
        .iter()
        .filter_map(|write| match write {
            Write::Policy(note) => Some(note),
            _ => None,
        })
        .collect();
    assert_eq!(notes.len(), 2, "the request and the call");
    let kept = format!("{notes:?}");
    assert!(
        !kept.contains("7400123456") && !kept.contains("192.0.2"),
        "{kept}"
    );
    assert_eq!(
        world.request(&RequestId::parse("req_1").unwrap()).legs.customer,
        LegState::Dialing
    );
}
