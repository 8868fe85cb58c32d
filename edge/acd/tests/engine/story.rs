//! Stories of shoppers and agents.

use crate::world::{NOON, World, business};
use acd::{Command, Config, Effect, HeardKind, Input, LegEnd, Refusal, Settled, Write, slots};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::desk::{AgentState, Disposition, DispositionKind};
use shared::presence::Availability;
use shared::{AgentId, Millis, PhoneNumber, SiteId, SkillId};

fn expert(id: &str) -> Option<AgentId> {
    Some(AgentId::parse(id).unwrap())
}

/// How the engine wrote the end of a request: ended requests leave its memory.
fn ended(step: &acd::Step) -> Option<EndReason> {
    step.writes.iter().find_map(|write| match write {
        Write::Request(request) => request.reason,
        Write::Agent(_) | Write::Timer(..) | Write::Handling(_) => None,
    })
}

#[test]
fn the_customer_is_dialled_first_and_the_agent_while_the_customer_holds() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.request(&id).state, RequestState::Reserving);
    assert_eq!(world.dialled(Party::Customer), ["+447700900001"]);
    assert_eq!(
        world.dialled(Party::Agent),
        [""; 0],
        "the agent never waits on a ringing customer"
    );
    let Some(Effect::Dial { say: Some(words), .. }) = world.effects.first().cloned() else {
        panic!("no announcement")
    };
    assert_eq!(
        words,
        "Please hold while we connect you to a Meridian Travel representative."
    );

    world
        .customer(&id, HeardKind::Ringing)
        .customer(&id, HeardKind::Answered);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Agent), ["+447700900101"]);

    world
        .agent(&id, 1, HeardKind::Ringing)
        .agent(&id, 1, HeardKind::Answered);
    assert!(matches!(world.effects.last(), Some(Effect::Bridge { .. })));
    world.agent(&id, 1, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    assert_eq!(world.agent_state("ana"), AgentState::Talking);

    world.later(90).hang_up(&id);
    assert_eq!(world.agent_state("ana"), AgentState::WrapUp);
    assert!(matches!(world.effects.last(), Some(Effect::HangUp { leg }) if leg.as_str() == "req_1.a1"));
    let disposition = Disposition {
        kind: DispositionKind::Purchase,
        text: "two cabins".into(),
        order: Some("M-17".into()),
    };
    world.command("ana", Command::Dispose(id, disposition)).unwrap();
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn who_waits_longest_is_served_first_and_by_the_longest_idle_with_the_skill() {
    let mut world = World::new();
    let (first, second) = (world.ask("cruises"), world.later(5).ask("cruises"));
    let flight = world.later(5).ask("flights");
    world.available("ben");
    assert_eq!(
        world.request(&flight).agent,
        expert("ben"),
        "ben can't help with cruises"
    );
    world.available("cleo");
    assert_eq!(world.request(&first).agent, expert("cleo"));
    assert_eq!(world.request(&second).state, RequestState::Queued);
    world.later(20).available("ana");
    assert_eq!(world.request(&second).agent, expert("ana"));
}

#[test]
fn the_pages_expert_is_preferred_for_a_while() {
    let mut world = World::new();
    world.available("cleo").later(10).available("ana");
    let mine = world.try_ask(|asked| asked.expert = expert("ana")).unwrap();
    assert_eq!(mine.agent, expert("ana"), "although cleo is idle longer");
    let other = world.try_ask(|asked| asked.expert = expert("ana")).unwrap();
    assert_eq!(
        other.state,
        RequestState::Queued,
        "ana is at work, so cleo is not taken yet"
    );
    world.connect(&mine.id).later(60);
    assert_eq!(world.request(&other.id).agent, expert("cleo"), "patience is over");
}

#[test]
fn an_expert_who_is_not_at_work_is_not_waited_for() {
    let mut world = World::new();
    world.available("cleo");
    assert_eq!(
        world.try_ask(|asked| asked.expert = expert("ana")).unwrap().agent,
        expert("cleo")
    );
}

#[test]
fn an_agent_who_does_not_answer_goes_away_and_the_next_one_is_tried_while_the_customer_holds() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(world.agent_state("ana"), AgentState::Away);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Agent), ["+447700900101", "+447700900103"]);
    assert_eq!(
        world.dialled(Party::Customer).len(),
        1,
        "the customer holds, and is not dialled again"
    );
    world.agent(&id, 1, HeardKind::Answered);
    assert_ne!(
        world.request(&id).legs.agent,
        LegState::Answered,
        "ana's late answer is not cleo's"
    );
    world
        .agent(&id, 2, HeardKind::Answered)
        .agent(&id, 2, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn a_customer_holds_for_an_agent_in_another_call_but_not_for_nobody() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("cruises");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "ana is in a call and may become free"
    );
    world.hang_up(&busy);
    world
        .command(
            "ana",
            Command::Dispose(
                busy,
                Disposition {
                    kind: DispositionKind::Other,
                    text: String::new(),
                    order: None,
                },
            ),
        )
        .unwrap();
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    let step = world.hear(&id, Party::Agent, 2, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(ended(&step), Some(EndReason::NoAgent));
    assert!(
        matches!(step.effects.as_slice(), [(_, Effect::Farewell { text, .. })] if text.starts_with("We are sorry"))
    );
}

#[test]
fn nobody_holds_for_somebody_who_has_left() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("flights");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "cleo is at work"
    );
    world.hang_up(&busy);
    assert_eq!(
        world.request(&id).state,
        RequestState::CustomerOnHold,
        "cleo writes up"
    );
    let other = Disposition {
        kind: DispositionKind::Other,
        text: String::new(),
        order: None,
    };
    // The end of the wrap-up and the match are one step, so cleo's phone rings; she does not take it.
    world.command("cleo", Command::Dispose(busy, other)).unwrap();
    assert_eq!(world.request(&id).agent, expert("cleo"));
    let step = world.hear(&id, Party::Agent, 2, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(ended(&step), Some(EndReason::NoAgent));
}

#[test]
fn holding_has_an_end() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("cruises");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::NoAnswer));
    world.later(180);
    assert!(world.acd.request(&id).is_none());
    assert!(matches!(world.effects.last(), Some(Effect::Farewell { .. })));
}

#[test]
fn every_way_a_customer_is_not_reached_has_its_reason_and_frees_the_agent() {
    for (how, reason) in [
        (HeardKind::Ended(LegEnd::Busy), EndReason::CustomerBusy),
        (HeardKind::Ended(LegEnd::NoAnswer), EndReason::CustomerNoAnswer),
        (HeardKind::Ended(LegEnd::Declined), EndReason::CustomerDeclined),
        (HeardKind::Ended(LegEnd::BadNumber), EndReason::InvalidNumber),
        (HeardKind::Ended(LegEnd::Failed), EndReason::CarrierError),
        (HeardKind::AnsweredByMachine, EndReason::CustomerVoicemail),
    ] {
        let mut world = World::new();
        world.available("ana");
        let id = world.ask("cruises");
        let step = world.hear(&id, Party::Customer, 1, how);
        assert_eq!(ended(&step), Some(reason));
        assert_eq!(world.agent_state("ana"), AgentState::Available);
        assert!(world.dialled(Party::Agent).is_empty());
    }
}

#[test]
fn a_customer_who_hangs_up_while_holding_stops_the_agents_phone() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::CustomerHungUpOnHold));
    assert!(matches!(step.effects.as_slice(), [(_, Effect::HangUp { leg })] if leg.as_str() == "req_1.a1"));
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn a_cancelled_request_hangs_up_whatever_was_dialled() {
    let mut world = World::new();
    let queued = world.ask("cruises");
    let step = world.handle(Input::Cancel(queued));
    assert_eq!(
        (ended(&step), step.effects.len()),
        (Some(EndReason::CancelledByCustomer), 0)
    );
    world.available("ana");
    let ringing = world.ask("cruises");
    let step = world.handle(Input::Cancel(ringing));
    assert_eq!(ended(&step), Some(EndReason::CancelledByCustomer));
    assert!(matches!(step.effects.as_slice(), [(_, Effect::HangUp { .. })]));
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn a_promised_time_is_kept_and_only_an_offered_one_is_promised() {
    let mut world = World::new();
    world.available("ana");
    let offered = slots(world.acd.config(), world.now);
    let slot = offered
        .iter()
        .copied()
        .find(|at| *at > NOON.plus_s(3600))
        .unwrap();
    let request = world.try_ask(|asked| asked.slot = Some(slot)).unwrap();
    assert_eq!(request.state, RequestState::Scheduled);
    assert!(world.dialled(Party::Customer).is_empty());
    let wait = slot.seconds_since(world.now);
    world.later(wait - 1);
    assert_eq!(world.request(&request.id).state, RequestState::Scheduled);
    world.later(1);
    assert_eq!(world.request(&request.id).state, RequestState::Reserving);
    for bad in [
        NOON,
        slot.plus_s(60),
        Millis(0),
        NOON.plus_s(30 * 24 * 3600),
        NOON.plus_s(10 * 3600),
    ] {
        assert_eq!(
            world.try_ask(|asked| asked.slot = Some(bad)).unwrap_err(),
            Refusal::SlotNotOffered,
            "{bad}"
        );
    }
}

#[test]
fn slots_follow_the_business_hours_across_the_change_of_the_clocks() {
    let mut business = business();
    business
        .hours
        .iter_mut()
        .for_each(|hours| hours.days = vec![1, 2, 3, 4, 5, 6, 7]);
    let config = Config::new(SiteId::parse("m").unwrap(), business).unwrap();
    // British clocks go forward on 2026-03-29 at 01:00 UTC: 09:00 is 09:00 UTC the day before and 08:00 UTC that day.
    let saturday_six_utc = Millis(1_774_677_600_000);
    let offered = slots(&config, saturday_six_utc);
    assert_eq!(offered.first(), Some(&Millis(1_774_688_400_000)));
    assert!(
        offered.contains(&Millis(1_774_771_200_000)),
        "Sunday 08:00 UTC is 09:00 in London"
    );
    assert!(
        !offered.contains(&Millis(1_774_770_300_000)),
        "a quarter of an hour before is closed"
    );
}

#[test]
fn what_does_not_fit_is_refused_whole() {
    let mut world = World::new();
    let refused =
        |world: &mut World, change: fn(&mut shared::request::CallRequest)| world.try_ask(change).unwrap_err();
    assert_eq!(
        refused(&mut world, |asked| asked.consent = false),
        Refusal::NoConsent
    );
    assert_eq!(
        refused(&mut world, |asked| asked.skill = SkillId::parse("trains").ok()),
        Refusal::UnknownSkill
    );
    assert_eq!(
        refused(&mut world, |asked| asked.expert = expert("zoe")),
        Refusal::UnknownExpert
    );
    let premium = refused(&mut world, |asked| {
        asked.phone = PhoneNumber::parse("+449098790000").unwrap();
    });
    assert!(matches!(premium, Refusal::Number(_)));
    world.ask("cruises");
    let again = world.try_ask(|asked| asked.phone = PhoneNumber::parse("+447700900006").unwrap());
    assert_eq!(again.unwrap().state, RequestState::Queued);
    assert_eq!(
        refused(&mut world, |asked| asked.phone =
            PhoneNumber::parse("+447700900006").unwrap()),
        Refusal::AlreadyAsked
    );
}

#[test]
fn a_document_with_faults_names_each() {
    let mut bad = business();
    bad.zone = "Europe/Atlantis".into();
    bad.hours[0].to = "25:00".into();
    bad.agents[1].skills.push(SkillId::parse("trains").unwrap());
    bad.origins.push("shop.example/page".into());
    let faults = Config::new(SiteId::parse("m").unwrap(), bad).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["agents[1].skills[1]", "origins[1]", "zone", "hours[0]"]);
}

#[test]
fn the_carriers_word_on_a_dial_moves_the_request() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects[0].clone();
    world.handle(Input::Settled {
        request: id.clone(),
        effect: dial.clone(),
        outcome: Settled::Done,
    });
    assert_eq!(world.request(&id).state, RequestState::DialingCustomer);
    let step = world.handle(Input::Settled {
        request: id,
        effect: dial,
        outcome: Settled::Refused(LegEnd::BadNumber),
    });
    assert_eq!(ended(&step), Some(EndReason::InvalidNumber));
}

#[test]
fn lost_news_does_not_keep_anybody_for_ever() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    world.later(20 + 15);
    assert_eq!(
        world.dialled(Party::Agent),
        ["+447700900101", "+447700900103"],
        "ana's leg was given up"
    );
    let id = world.ask("flights");
    assert_eq!(world.request(&id).state, RequestState::Queued);
    world.later(4 * 3600);
    assert!(world.acd.request(&id).is_none(), "expired");
}

#[test]
fn an_agent_who_wants_a_break_gets_it_after_the_call() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.command("ana", Command::Presence(AgentState::Away)).unwrap();
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Reserved,
        "the customer is being called for her"
    );
    world.connect(&id).hang_up(&id);
    world.ask("cruises");
    let other = Disposition {
        kind: DispositionKind::Other,
        text: String::new(),
        order: None,
    };
    world.command("ana", Command::Dispose(id, other)).unwrap();
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Away,
        "although somebody waits"
    );
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(world.agent_state("ana"), AgentState::Reserved);
}

#[test]
fn a_bridge_that_fails_is_the_next_agents_chance() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Answered);
    let Some(bridge @ Effect::Bridge { .. }) = world.effects.last().cloned() else {
        panic!("no bridge")
    };
    assert!(world.acd.wants(&id, &bridge));
    world.agent(&id, 1, HeardKind::Ended(LegEnd::HungUp));
    assert!(!world.acd.wants(&id, &bridge), "ana is gone");
    let refused = Input::Settled {
        request: id.clone(),
        effect: bridge,
        outcome: Settled::Refused(LegEnd::Failed),
    };
    world.handle(refused);
    assert_eq!(
        world.request(&id).agent,
        expert("cleo"),
        "ana's bridge is not cleo's"
    );
    world
        .agent(&id, 2, HeardKind::Answered)
        .agent(&id, 2, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn what_is_not_wanted_any_more_is_not_sent() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects[0].clone();
    assert!(world.acd.wants(&id, &dial));
    world.handle(Input::Cancel(id.clone()));
    assert!(!world.acd.wants(&id, &dial), "nobody is called who took it back");
    assert!(
        world.acd.wants(&id, world.effects.last().unwrap()),
        "but whatever rings is hung up"
    );
}

#[test]
fn a_carrier_that_never_answered_is_told_to_hang_up_and_blames_nobody() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world.customer(&id, HeardKind::Answered);
    let dial = world.effects.last().unwrap().clone();
    world.handle(Input::Settled {
        request: id,
        effect: dial,
        outcome: Settled::Refused(LegEnd::Failed),
    });
    assert!(
        world
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::HangUp { leg } if leg.as_str() == "req_1.a1"))
    );
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "it was not her fault"
    );
    assert_eq!(world.dialled(Party::Agent), ["+447700900101", "+447700900103"]);
}

#[test]
fn an_agent_who_comes_back_is_rung_again_for_who_still_holds() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let busy = world.ask("flights");
    world.connect(&busy);
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(world.request(&id).state, RequestState::CustomerOnHold);
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(world.request(&id).agent, expert("ana"));
}

#[test]
fn an_agent_can_not_leave_in_the_middle_of_a_call() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    assert_eq!(world.command("ana", Command::SignOut), Err(Refusal::InCall));
    assert_eq!(
        world.command("ben", Command::Presence(AgentState::Away)),
        Err(Refusal::SignedOut)
    );
    assert_eq!(
        world.command("ana", Command::Presence(AgentState::Talking)),
        Err(Refusal::NotAChoice)
    );
    world.command("cleo", Command::SignIn).unwrap();
    assert_eq!(
        world.command("cleo", Command::HangUp(id.clone())),
        Err(Refusal::NotYourCall)
    );
    world.connect(&id);
    let nothing = Disposition {
        kind: DispositionKind::Other,
        text: String::new(),
        order: None,
    };
    assert_eq!(
        world.command("ana", Command::Dispose(id.clone(), nothing)),
        Err(Refusal::NotOver)
    );
    world.command("ana", Command::HangUp(id)).unwrap();
    world.later(300);
    assert_eq!(
        world.agent_state("ana"),
        AgentState::Available,
        "the wrap-up has an end"
    );
}

#[test]
fn presence_tells_the_shopper_what_to_expect() {
    let mut world = World::new();
    let cruises = |world: &World| world.acd.site_view(world.now).skills[0].clone();
    assert_eq!(cruises(&world).availability, Availability::Away);
    world.available("ana");
    assert_eq!(
        (cruises(&world).availability, cruises(&world).free),
        (Availability::Free, 1)
    );
    let id = world.ask("cruises");
    assert_eq!(cruises(&world).availability, Availability::Busy);
    assert_eq!(
        cruises(&world).wait,
        None,
        "nothing is known of how long calls take"
    );
    for _ in 0..5 {
        let open = world
            .acd
            .rows()
            .requests
            .first()
            .map_or_else(|| id.clone(), |request| request.id.clone());
        world.connect(&open).later(120).hang_up(&open);
        let other = Disposition {
            kind: DispositionKind::Other,
            text: String::new(),
            order: None,
        };
        world.command("ana", Command::Dispose(open, other)).unwrap();
        world.ask("cruises");
    }
    let wait = cruises(&world).wait.unwrap();
    assert!(wait.low_s < 120 && wait.high_s > 120, "{wait:?}");
    let next = world.ask("cruises");
    let view = world.acd.request_view(world.request(&next));
    assert_eq!(view.position, Some(1));
    assert_eq!(view.phone, "+44 •••••••• 07");
}
