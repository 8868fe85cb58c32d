//! A request goes from one agent to another.

use crate::world::{World, asked, business, ended, expert, written_up};
use acd::{Command, Deed, Effect, Entry, HeardKind, LegEnd, Refusal, Settled, Step, Write};
use shared::call::{EndReason, LegState, Party, RequestState};
use shared::desk::{AgentState, Disposition};
use shared::handover::{Decline, Handing, RefusalReason, Target, Transfer};
use shared::request::CallRequest;
use shared::work::Outcome;
use shared::{Address, AgentId, BreakId, DispositionId, RequestId, SkillId};

fn to_agent(id: &str) -> Transfer {
    Transfer {
        to: Target::Agent(AgentId::parse(id).unwrap()),
        note: "wants the balcony".into(),
    }
}

fn to_skill(id: &str) -> Transfer {
    Transfer {
        to: Target::Skill(SkillId::parse(id).unwrap()),
        note: String::new(),
    }
}

fn decline(reason: RefusalReason, text: &str) -> Decline {
    let text = text.into();
    Decline { reason, text }
}

fn journal(step: &Step) -> Vec<&Entry> {
    let entries = step.writes.iter().filter_map(|write| match write {
        Write::Journal(entry) => Some(entry),
        _ => None,
    });
    entries.collect()
}

/// Ana and a customer talk; Cleo, who has both skills, is available.
fn talking() -> (World, RequestId) {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world.connect(&id).later(40);
    (world, id)
}

#[test]
fn a_customer_who_is_handed_on_stays_on_the_line_until_the_colleague_is_there() {
    let (mut world, id) = talking();
    let before = world.request(&id).queued_at;
    world
        .command("ana", Command::Transfer(id.clone(), to_agent("cleo")))
        .unwrap();
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.agent.clone()),
        (RequestState::RingingAgent, expert("cleo"))
    );
    assert_eq!(request.legs.customer, LegState::Answered, "the customer holds");
    assert_eq!(
        (request.queued_at, request.attempts()),
        (before, 1),
        "place and attempts stay"
    );
    assert_eq!(world.agent_state("ana"), AgentState::Available, "ana is free");
    assert_eq!(world.dialled(Party::Customer).len(), 1, "nobody is called twice");
    let hold = world
        .effects
        .iter()
        .find(|effect| matches!(effect, Effect::Hold { .. }));
    let hold = hold.cloned().unwrap();
    let Effect::Hold { leg, agent, words } = &hold else {
        unreachable!("it was found as one")
    };
    assert_eq!((leg.as_str(), agent.as_str()), ("req_1.c1", "req_1.a1"));
    assert!(words.text.starts_with("Please hold"));

    world.agent(&id, 2, HeardKind::Answered);
    assert!(
        !matches!(world.effects.last(), Some(Effect::Bridge { .. })),
        "not before the words are said"
    );
    let step = world.settle(&hold, Settled::Done);
    let effects: Vec<_> = step.effects.iter().map(|order| &order.effect).collect();
    assert!(
        matches!(effects.as_slice(), [Effect::HangUp { leg }, Effect::Bridge { .. }] if leg.as_str() == "req_1.a1"),
        "ana's phone is free, cleo's is joined: {effects:?}"
    );
    world.agent(&id, 1, HeardKind::Ended(LegEnd::Released));
    world.agent(&id, 2, HeardKind::Bridged);
    assert_eq!(
        world.request(&id).state,
        RequestState::Connected,
        "ana's leg is nobody's news"
    );
    let pop = world.desk("cleo").call.unwrap();
    let [handed] = pop.handed.as_slice() else {
        panic!("{:?}", pop.handed)
    };
    assert_eq!(
        (handed.from.as_deref(), handed.talked_s),
        (Some("ana the agent"), 40)
    );
    assert_eq!(handed.text, "wants the balcony");
    assert_eq!(pop.connected_at, Some(world.now), "cleo's talk begins with cleo");
}

#[test]
fn a_colleague_in_a_call_is_waited_for_and_then_anybody_takes_it() {
    let (mut world, id) = talking();
    let busy = world.ask("flights");
    world.connect(&busy);
    world
        .command("ana", Command::Transfer(id.clone(), to_agent("cleo")))
        .unwrap();
    world.available("ben");
    let request = world.request(&id);
    assert_eq!(
        (request.state, &request.agent),
        (RequestState::CustomerOnHold, &None)
    );
    world.hang_up(&busy);
    world
        .command("cleo", Command::Dispose(busy, written_up()))
        .unwrap();
    assert_eq!(world.request(&id).agent, expert("cleo"), "as soon as she can");

    let mut business = business();
    business.timing.expert_patience_s = 30;
    let mut world = World::of(business);
    world
        .available("ana")
        .later(1)
        .available("cleo")
        .later(1)
        .available("ben");
    let (cruise, flight) = (world.ask("flights"), world.ask("flights"));
    world.connect(&cruise).connect(&flight);
    assert_eq!(world.request(&cruise).agent, expert("cleo"));
    assert_eq!(world.request(&flight).agent, expert("ben"));
    world
        .command("ben", Command::Transfer(flight.clone(), to_agent("cleo")))
        .unwrap();
    world.command("ben", Command::Presence(AgentState::Away)).unwrap();
    world
        .command("ben", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(
        world.request(&flight).state,
        RequestState::CustomerOnHold,
        "cleo is waited for"
    );
    world.later(30);
    assert_eq!(
        world.request(&flight).agent,
        expert("ben"),
        "rather somebody than nobody"
    );
}

#[test]
fn another_skill_is_asked_and_not_the_one_who_handed_it_on() {
    let (mut world, id) = talking();
    world.available("ben");
    world
        .command("ana", Command::Transfer(id.clone(), to_skill("flights")))
        .unwrap();
    assert_eq!(
        world.request(&id).agent,
        expert("cleo"),
        "idle for longer than ben"
    );
    let step = world.hear(&id, Party::Agent, 2, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(world.request(&id).agent, expert("ben"));
    let missed = journal(&step);
    assert!(
        missed
            .iter()
            .any(|entry| entry.deed == Deed::Missed && entry.agent.as_str() == "cleo")
    );
    let step = world.hear(&id, Party::Agent, 3, HeardKind::Ended(LegEnd::Declined));
    assert_eq!(ended(&step), Some(EndReason::AgentNoAnswer), "the usual rules");
}

#[test]
fn nobody_is_put_on_hold_for_nobody() {
    let mut world = World::new();
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id);
    let mut refused = |wish| world.command("ana", Command::Transfer(id.clone(), wish));
    assert_eq!(refused(to_agent("zoe")), Err(Refusal::NoSuchColleague));
    assert_eq!(refused(to_agent("cleo")), Err(Refusal::ColleagueAway));
    assert_eq!(
        refused(to_agent("ana")),
        Err(Refusal::ColleagueAway),
        "not to oneself"
    );
    assert_eq!(refused(to_skill("golf")), Err(Refusal::NoSuchSkill));
    assert_eq!(refused(to_skill("cruises")), Err(Refusal::NobodySkilled));
    assert_eq!(world.request(&id).state, RequestState::Connected);
}

#[test]
fn who_hangs_up_while_being_handed_on_frees_both_phones() {
    let (mut world, id) = talking();
    world
        .command("ana", Command::Transfer(id.clone(), to_agent("cleo")))
        .unwrap();
    let hold = world
        .effects
        .iter()
        .rev()
        .find(|effect| matches!(effect, Effect::Hold { .. }));
    let hold = hold.cloned().unwrap();
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::CustomerHungUpOnHold));
    assert!(world.wants(&hold), "it frees ana's leg");
    let step = world.settle(&hold, Settled::Refused(LegEnd::Failed));
    assert!(matches!(&step.effects[0].effect, Effect::HangUp { leg } if leg.as_str() == "req_1.a1"));
}

#[test]
fn a_call_that_is_refused_while_the_customer_is_dialled_goes_to_the_next_one() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    let busy = decline(RefusalReason::Busy, "the fax is on fire");
    let step = world.acd.clone().handle(
        world.now,
        acd::Input::Agent(
            AgentId::parse("ana").unwrap(),
            Command::Decline(id.clone(), busy.clone()),
        ),
    );
    let [entry] = journal(&step)[..] else {
        panic!("{step:?}")
    };
    assert_eq!(
        (entry.deed, entry.reason.as_deref()),
        (Deed::Refused, Some("busy"))
    );
    world.command("ana", Command::Decline(id.clone(), busy)).unwrap();
    assert_eq!(world.request(&id).agent, expert("cleo"));
    assert_eq!(
        world.dialled(Party::Customer).len(),
        1,
        "the customer's phone rings on"
    );
    let me = world.desk("ana").me;
    assert_eq!(
        (me.state, me.pause.unwrap().name.as_str()),
        (AgentState::Away, "Busy")
    );

    let mine = decline(RefusalReason::NotMine, "");
    world.command("cleo", Command::Decline(id.clone(), mine)).unwrap();
    assert_eq!(
        world.agent_state("cleo"),
        AgentState::Available,
        "it only was not hers"
    );
    let request = world.request(&id);
    assert_eq!((request.state, request.attempts()), (RequestState::Queued, 0));
    assert_eq!(
        request.legs.customer,
        LegState::Idle,
        "nobody could take it: the phone stops"
    );
    assert!(matches!(world.effects.last(), Some(Effect::HangUp { leg }) if leg.as_str() == "req_1.c1"));
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert_eq!(
        world.request(&id).agent,
        expert("ana"),
        "who comes back is asked again"
    );
    assert_eq!(world.request(&id).attempts(), 1);
}

#[test]
fn a_phone_that_rings_stops_when_the_call_is_refused_and_the_customer_holds_on() {
    let mut world = World::new();
    world.available("ana").later(1).available("cleo");
    let id = world.ask("cruises");
    world
        .customer(&id, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Ringing);
    let other = decline(RefusalReason::Other, "headset");
    world.command("ana", Command::Decline(id.clone(), other)).unwrap();
    assert!(
        world
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::HangUp { leg } if leg.as_str() == "req_1.a1"))
    );
    assert_eq!(world.dialled(Party::Agent), ["+447700900101", "+447700900103"]);
    assert_eq!(world.agent_state("ana"), AgentState::Away);
    world
        .agent(&id, 2, HeardKind::Answered)
        .agent(&id, 2, HeardKind::Bridged);
    let talking = decline(RefusalReason::Busy, "");
    assert_eq!(
        world.command("cleo", Command::Decline(id.clone(), talking)),
        Err(Refusal::Talking)
    );
    assert_eq!(
        world.command("ana", Command::Requeue(id)),
        Err(Refusal::NotYourCall)
    );
}

#[test]
fn a_request_that_is_given_back_keeps_its_place_and_costs_no_attempt() {
    let mut world = World::new();
    let (first, second) = (world.ask("cruises"), world.later(5).ask("cruises"));
    world.later(5).available("ana");
    assert_eq!(world.request(&first).agent, expert("ana"));
    world.command("ana", Command::Requeue(first.clone())).unwrap();
    let request = world.request(&first);
    assert_eq!((request.state, request.attempts()), (RequestState::Queued, 0));
    assert_eq!(request.handed[0].how, Handing::Returned);
    assert_eq!(
        world.request(&second).agent,
        expert("ana"),
        "the next one, and not the same again"
    );
    world.available("cleo");
    assert_eq!(world.request(&first).agent, expert("cleo"));
    world.customer(&first, HeardKind::Answered);
    assert_eq!(
        world.request(&first).legs.customer,
        LegState::Dialing,
        "news of the leg that was taken back"
    );
    world.hear(&first, Party::Customer, 2, HeardKind::Answered);
    assert_eq!(world.request(&first).state, RequestState::RingingAgent);
}

#[test]
fn a_customer_on_the_line_is_not_given_back_to_nobody() {
    let mut world = World::new();
    world.available("ana").available("ben");
    let id = world.ask("cruises");
    world.connect(&id);
    assert_eq!(
        world.command("ana", Command::Requeue(id.clone())),
        Err(Refusal::NobodySkilled),
        "ben can't help with cruises"
    );
    world.available("cleo");
    world.command("ana", Command::Requeue(id.clone())).unwrap();
    assert_eq!(world.request(&id).agent, expert("cleo"));
}

#[test]
fn a_call_of_ones_own_is_dropped_or_handed_on() {
    let mut world = World::new();
    world.available("ana").available("cleo");
    let again = |id: &str| Command::CallAgain(RequestId::parse(id).unwrap(), Box::new(asked(7)));
    let (first, second) = ["req_one", "req_two"]
        .map(|id| RequestId::parse(id).unwrap())
        .into();
    world.command("ana", again("req_one")).unwrap();
    world.command("ana", Command::Requeue(first.clone())).unwrap();
    assert!(world.acd.request(&first).is_none(), "nobody else wanted it");
    world.command("ana", again("req_two")).unwrap();
    world
        .command("ana", Command::Transfer(second.clone(), to_agent("cleo")))
        .unwrap();
    assert_eq!(
        world.request(&second).agent,
        expert("cleo"),
        "although nobody talked yet"
    );
}

#[test]
fn breaks_have_reasons_and_are_kept_with_their_times() {
    let mut world = World::new();
    world.available("ana");
    let lunch = BreakId::parse("lunch").unwrap();
    let golf = BreakId::parse("golf").unwrap();
    assert_eq!(
        world.command("ana", Command::Rest(golf)),
        Err(Refusal::UnknownBreak)
    );
    world.command("ana", Command::Rest(lunch.clone())).unwrap();
    assert_eq!(world.desk("ana").me.pause.unwrap().name, "Lunch");
    world.command("cleo", Command::SignIn).unwrap();
    let seen = world.desk("cleo").colleagues;
    let ana = seen.iter().find(|other| other.id.as_str() == "ana").unwrap();
    assert_eq!(ana.pause.as_ref().unwrap().id, lunch, "colleagues see it");
    world.later(1800);
    let step = world.handle(acd::Input::Agent(
        AgentId::parse("ana").unwrap(),
        Command::Presence(AgentState::Available),
    ));
    let [entry] = journal(&step)[..] else {
        panic!("{step:?}")
    };
    assert_eq!(
        (entry.deed, entry.ms, entry.reason.as_deref()),
        (Deed::Rested, 1_800_000, Some("lunch"))
    );

    let id = world.ask("cruises");
    world.command("ana", Command::Rest(lunch.clone())).unwrap();
    assert_eq!(world.desk("ana").me.next_pause, Some(lunch.clone()));
    world.connect(&id).hang_up(&id);
    world.command("ana", Command::Dispose(id, written_up())).unwrap();
    let me = world.desk("ana").me;
    assert_eq!(
        (me.state, me.pause.unwrap().id),
        (AgentState::Away, lunch),
        "after the call"
    );
}

#[test]
fn an_agent_calls_a_customer_again_also_from_a_break() {
    let mut world = World::new();
    world.available("ana").available("cleo");
    let lunch = BreakId::parse("lunch").unwrap();
    world.command("ana", Command::Rest(lunch)).unwrap();
    let again = |number, id: &str| Command::CallAgain(RequestId::parse(id).unwrap(), Box::new(asked(number)));
    world.command("ana", again(7, "req_again")).unwrap();
    let id = RequestId::parse("req_again").unwrap();
    let request = world.request(&id);
    assert_eq!(
        (request.state, &request.agent),
        (RequestState::Reserving, &expert("ana"))
    );
    assert_eq!(
        world.dialled(Party::Customer),
        ["+447700900007"],
        "the customer first, as always"
    );
    assert_eq!(world.command("ana", again(8, "req_more")), Err(Refusal::InCall));
    assert_eq!(
        world.command("cleo", again(7, "req_more")),
        Err(Refusal::AlreadyAsked)
    );
    let premium = CallRequest {
        phone: Address::parse("+449098790000").unwrap(),
        ..asked(1)
    };
    let premium = Command::CallAgain(RequestId::parse("req_more").unwrap(), Box::new(premium));
    assert!(
        matches!(world.command("cleo", premium), Err(Refusal::Barred(_))),
        "the same policy"
    );
    world.connect(&id).later(30).hang_up(&id);
    world.command("ana", Command::Dispose(id, written_up())).unwrap();
    let me = world.desk("ana").me;
    assert_eq!(
        (me.state, me.pause.unwrap().name.as_str()),
        (AgentState::Away, "Lunch"),
        "back to the break"
    );

    world.command("cleo", again(9, "req_nine")).unwrap();
    let id = RequestId::parse("req_nine").unwrap();
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(
        ended(&step),
        Some(EndReason::CustomerNoAnswer),
        "cleo decides whether to try again"
    );
    assert_eq!(world.agent_state("cleo"), AgentState::Available);
}

#[test]
fn outcomes_are_the_businesss_own() {
    let mut business = business();
    let outcome = |id: &str, needs_order| Outcome {
        id: DispositionId::parse(id).unwrap(),
        name: id.into(),
        needs_order,
    };
    business.dispositions = vec![outcome("booked", true), outcome("asked", false)];
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    world.connect(&id).hang_up(&id);
    let said = |kind: &str, order: Option<&str>| Disposition {
        kind: DispositionId::parse(kind).unwrap(),
        text: String::new(),
        order: order.map(Into::into),
    };
    let mut dispose = |said| world.command("ana", Command::Dispose(id.clone(), said));
    assert_eq!(dispose(said("purchase", None)), Err(Refusal::UnknownDisposition));
    assert_eq!(dispose(said("booked", Some(" "))), Err(Refusal::OrderMissing));
    dispose(said("booked", Some("M-1"))).unwrap();
}

#[test]
fn a_document_says_which_outcomes_and_breaks_are_wrong() {
    let mut business = business();
    business.dispositions.clear();
    business.breaks.push(business.breaks[0].clone());
    business.breaks[1].id = BreakId::parse("missed").unwrap();
    let faults = acd::Config::new(shared::SiteId::parse("meridian").unwrap(), business).unwrap_err();
    let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["breaks[1].id", "breaks[3].id", "dispositions"]);
}
