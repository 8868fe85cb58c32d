//! Calls in the browser, and the one way over to the telephone.

use crate::world::{World, asked, business, ended, written_up};
use acd::{Command, Effect, HeardKind, Input, LegEnd, Settled, is_browser};
use shared::business::{Business, Centre};
use shared::call::{EndReason, EndedBy, LegState, Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::{Equipment, Kind};
use shared::handover::{Target, Transfer};
use shared::request::Direct;
use shared::voice::Switch;
use shared::{AgentId, CentreId, EquipmentId, PhoneNumber, RequestId, SkillId};

/// A business that tries customers twice.
fn twice() -> Business {
    let mut business = business();
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![60];
    business
}

fn ready(world: &mut World, agent: &str) {
    world.available(agent);
    world.command(agent, Command::Voice(true)).unwrap();
}

/// Somebody asks for a call in the browser.
fn ask(world: &mut World) -> RequestId {
    let cruises = SkillId::parse("cruises").unwrap();
    let change = |asked: &mut shared::request::CallRequest| {
        asked.skill = Some(cruises);
        asked.voice = true;
    };
    world.try_ask(change).unwrap().id
}

/// Ana is ready, and a customer's window has answered: her desk rings.
fn ringing(world: &mut World) -> RequestId {
    ready(world, "ana");
    let id = ask(world);
    world.customer(&id, HeardKind::Answered);
    id
}

/// What is carried by the browser at this moment, as everybody sees it.
fn by_voice(world: &World, id: &RequestId) -> (bool, Option<Switch>) {
    let view = world.acd.request_view(world.request(id), world.now);
    (view.voice, view.switched)
}

fn is_in_browser(world: &World, id: &RequestId) -> bool {
    world.request(id).via.as_ref().is_some_and(is_browser)
}

/// How long the latest leg may ring.
fn ring_s(world: &World) -> Option<u32> {
    world.effects.iter().rev().find_map(|effect| match effect {
        Effect::Dial { ring_s, .. } => Some(*ring_s),
        _ => None,
    })
}

fn hung_up(world: &World) -> Vec<String> {
    let leg = |effect: &Effect| match effect {
        Effect::HangUp { leg } => Some(leg.to_string()),
        _ => None,
    };
    world.effects.iter().filter_map(leg).collect()
}

/// The customer's telephone is called for Ana, and the two come to talk.
fn goes_on_by_phone(world: &mut World, id: &RequestId, why: Switch) {
    assert_eq!(by_voice(world, id), (false, Some(why)));
    let request = world.request(id);
    assert_eq!(request.state, RequestState::Reserving);
    assert_eq!(
        request.agent.as_ref().map(AgentId::as_str),
        Some("ana"),
        "the same agent"
    );
    assert!(!is_in_browser(world, id));
    assert_eq!(request.attempts(), 1, "a window is no attempt");
    assert_eq!(world.agent_state("ana"), AgentState::Reserved);
    assert_eq!(ring_s(world), Some(30));
    let (customer, agent) = (request.attempt, request.agent_tries + 1);
    world.hear(id, Party::Customer, customer, HeardKind::Answered);
    world
        .agent(id, agent, HeardKind::Answered)
        .agent(id, agent, HeardKind::Bridged);
    assert_eq!(world.request(id).state, RequestState::Connected);
    assert_eq!(world.agent_state("ana"), AgentState::Talking);
    world.hear(id, Party::Customer, customer, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(world.agent_state("ana"), AgentState::WrapUp);
}

#[test]
fn a_window_answers_the_desk_rings_and_the_two_talk() {
    let mut world = World::new();
    let id = ringing(&mut world);
    assert!(is_in_browser(&world, &id));
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(ring_s(&world), Some(20));
    world.agent(&id, 1, HeardKind::Answered);
    assert!(matches!(world.effects.last(), Some(Effect::Bridge { .. })));
    world.agent(&id, 1, HeardKind::Bridged);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    assert_eq!(by_voice(&world, &id), (true, None));
    assert!(world.desk("ana").call.unwrap().voice);
    let step = world.hear(&id, Party::Agent, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::Talked));
    let request = step.writes.iter().find_map(|write| write.request()).unwrap();
    assert_eq!(request.ended_by, Some(EndedBy::Agent));
    assert_eq!(world.agent_state("ana"), AgentState::WrapUp);
}

#[test]
fn nobody_is_asked_to_press_1_in_a_window() {
    let mut careful = business();
    careful.press_one = true;
    let mut world = World::of(careful);
    let id = ringing(&mut world);
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
}

#[test]
fn it_is_offered_while_a_desk_is_ready_for_it() {
    let mut world = World::new();
    let offered = |world: &World| world.acd.site_view(world.now).voice;
    world.available("ana");
    assert!(!offered(&world));
    world.command("ana", Command::Voice(true)).unwrap();
    assert!(offered(&world) && world.desk("ana").me.voice);
    world.command("ana", Command::Presence(AgentState::Away)).unwrap();
    assert!(!offered(&world), "she is away");
    world
        .command("ana", Command::Presence(AgentState::Available))
        .unwrap();
    assert!(offered(&world), "and her desk stayed ready");
    world.command("ana", Command::SignOut).unwrap();
    world.available("ana");
    assert!(!offered(&world), "another day, another desk");
}

#[test]
fn a_desk_that_was_closed_is_not_ready_any_more() {
    let mut world = World::new();
    ready(&mut world, "ana");
    world.silent = vec!["ana"];
    let unplugged = Input::Unplugged(AgentId::parse("ana").unwrap());
    world.handle(unplugged).reply.unwrap();
    world.later(20);
    assert_eq!(world.agent_state("ana"), AgentState::Away);
    assert!(!world.desk("ana").me.voice);
}

#[test]
fn a_business_without_it_calls_everybody() {
    let mut quiet = business();
    quiet.voice = false;
    let mut world = World::of(quiet);
    ready(&mut world, "ana");
    assert!(!world.acd.site_view(world.now).voice && !world.desk("ana").voice);
    let id = ask(&mut world);
    assert!(!is_in_browser(&world, &id));
    assert_eq!(by_voice(&world, &id), (false, None), "it never was to be");
}

#[test]
fn a_centre_has_no_desk_and_is_called() {
    let mut with_centre = business();
    with_centre.centres = vec![Centre {
        id: CentreId::parse("harbour").unwrap(),
        name: "Harbour office".into(),
        phone: PhoneNumber::parse("+442079460990").unwrap().into(),
    }];
    let mut world = World::of(with_centre);
    let direct = world.try_ask(|asked| {
        asked.voice = true;
        asked.to = Some(Direct::Centre(CentreId::parse("harbour").unwrap()));
    });
    let id = direct.unwrap().id;
    assert!(!is_in_browser(&world, &id));
}

#[test]
fn the_browser_stands_in_no_document() {
    let named = |id: &str, kind| {
        let mut listed = business();
        listed.equipment = vec![Equipment {
            kind,
            ..Equipment::sandbox(EquipmentId::parse(id).unwrap())
        }];
        acd::Config::new(shared::SiteId::parse("meridian").unwrap(), listed)
            .unwrap_err()
            .into_iter()
            .map(|fault| fault.field)
            .collect::<Vec<_>>()
    };
    assert_eq!(named("web", Kind::Browser), ["equipment[0].kind"]);
    assert_eq!(named("browser", Kind::Sandbox), ["equipment[0].id"]);
}

#[test]
fn without_a_window_the_phone_rings_at_once() {
    let mut world = World::new();
    ready(&mut world, "ana");
    let id = ask(&mut world);
    assert_eq!(ring_s(&world), Some(4));
    let dial = world.effects[0].clone();
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    goes_on_by_phone(&mut world, &id, Switch::Gone);
}

#[test]
fn a_window_that_does_not_answer_has_four_seconds() {
    let mut world = World::new();
    ready(&mut world, "ana");
    let id = ask(&mut world);
    let dial = world.effects[0].clone();
    world.settle(&dial, Settled::Taken);
    world.later(3);
    assert!(is_in_browser(&world, &id));
    world.later(1);
    assert_eq!(hung_up(&world), [format!("{id}.c1")]);
    goes_on_by_phone(&mut world, &id, Switch::Gone);
}

#[test]
fn a_window_that_asks_for_the_microphone_has_as_long_as_people_take() {
    let mut world = World::new();
    ready(&mut world, "ana");
    let id = ask(&mut world);
    world.customer(&id, HeardKind::Ringing).later(19);
    assert!(is_in_browser(&world, &id));
    world.later(1);
    goes_on_by_phone(&mut world, &id, Switch::Gone);
}

#[test]
fn whoever_hangs_up_in_the_window_has_declined() {
    let mut world = World::of(twice());
    ready(&mut world, "ana");
    let id = ask(&mut world);
    let step = world.hear(&id, Party::Customer, 1, HeardKind::Ended(LegEnd::HungUp));
    assert_eq!(ended(&step), Some(EndReason::CustomerDeclined));
}

#[test]
fn an_agent_who_is_not_ready_is_called_with_the_customer() {
    let mut world = World::new();
    world.available("ana");
    let id = ask(&mut world);
    goes_on_by_phone(&mut world, &id, Switch::Agent);
}

#[test]
fn an_agent_whose_desk_is_gone_when_it_is_to_ring() {
    let mut world = World::new();
    let id = ringing(&mut world);
    let dial = world.effects.last().unwrap().clone();
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    assert!(hung_up(&world).contains(&format!("{id}.c1")));
    goes_on_by_phone(&mut world, &id, Switch::Agent);
}

#[test]
fn a_desk_that_nobody_answers_is_passed_over_and_the_customer_stays_in_the_window() {
    let mut world = World::new();
    let id = ringing(&mut world);
    ready(&mut world, "cleo");
    world.later(20);
    assert_eq!(world.agent_state("ana"), AgentState::Away, "she missed it");
    let request = world.request(&id);
    assert_eq!(request.agent.as_ref().map(AgentId::as_str), Some("cleo"));
    assert!(is_in_browser(&world, &id));
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Customer).len(), 1);
}

#[test]
fn browsers_that_find_no_way_have_ten_seconds() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world.agent(&id, 1, HeardKind::Answered).later(9);
    assert!(is_in_browser(&world, &id));
    world.later(1);
    assert_eq!(hung_up(&world), [format!("{id}.c1"), format!("{id}.a1")]);
    goes_on_by_phone(&mut world, &id, Switch::NoConnection);
}

#[test]
fn a_connection_that_is_lost_brings_the_phone_and_the_talk_stays_the_agents() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged)
        .later(90);
    let lost = Input::ByPhone(id.clone(), Switch::Lost);
    let step = world.handle(lost.clone());
    let talked = step.writes.iter().any(|write| {
        matches!(write, acd::Write::Journal(entry) if entry.deed == acd::Deed::Talked && entry.ms == 90_000)
    });
    assert!(talked, "{:?}", step.writes);
    assert_eq!(world.request(&id).connected_at, None);
    let before = world.effects.len();
    world.handle(lost).reply.unwrap();
    assert_eq!(world.effects.len(), before, "both pages may say it");
    goes_on_by_phone(&mut world, &id, Switch::Lost);
}

#[test]
fn late_news_of_a_window_means_nothing_on_the_telephone() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world
        .handle(Input::ByPhone(id.clone(), Switch::Chosen))
        .reply
        .unwrap();
    let before = world.request(&id).clone();
    for kind in [
        HeardKind::Answered,
        HeardKind::Bridged,
        HeardKind::Ended(LegEnd::HungUp),
    ] {
        world.hear(&id, Party::Customer, 1, kind);
        world.hear(&id, Party::Agent, 1, kind);
    }
    assert_eq!(world.request(&id), &before);
}

#[test]
fn the_agent_may_choose_the_phone_too() {
    let mut world = World::new();
    let id = ringing(&mut world);
    assert!(world.command("cleo", Command::ByPhone(id.clone())).is_err());
    world.command("ana", Command::ByPhone(id.clone())).unwrap();
    world.command("ana", Command::ByPhone(id.clone())).unwrap();
    goes_on_by_phone(&mut world, &id, Switch::Chosen);
}

#[test]
fn whoever_still_waits_keeps_their_place_and_is_called_then() {
    let mut world = World::new();
    let first = ask(&mut world);
    world.later(5);
    let second = world.ask("cruises");
    world
        .handle(Input::ByPhone(first.clone(), Switch::Microphone))
        .reply
        .unwrap();
    assert_eq!(world.request(&first).state, RequestState::Queued);
    assert_eq!(by_voice(&world, &first), (false, Some(Switch::Microphone)));
    world.later(5);
    ready(&mut world, "ana");
    assert_eq!(world.request(&second).state, RequestState::Queued);
    goes_on_by_phone(&mut world, &first, Switch::Microphone);
}

#[test]
fn on_hold_for_nobody_the_phone_waits_for_somebody() {
    let mut world = World::new();
    let id = ringing(&mut world);
    let queued_at = world.request(&id).queued_at;
    world.command("cleo", Command::SignIn).unwrap();
    ready(&mut world, "cleo");
    let other = world.ask("cruises");
    assert_eq!(
        world.request(&other).agent.as_ref().map(AgentId::as_str),
        Some("cleo")
    );
    world.later(20);
    assert_eq!(world.request(&id).state, RequestState::CustomerOnHold);
    world
        .handle(Input::ByPhone(id.clone(), Switch::Chosen))
        .reply
        .unwrap();
    let request = world.request(&id);
    assert_eq!(
        (request.state, request.queued_at),
        (RequestState::Queued, queued_at)
    );
    assert_eq!(request.legs.customer, LegState::Idle);
    assert_eq!(hung_up(&world).last(), Some(&format!("{id}.c1")));
}

#[test]
fn handed_on_to_somebody_without_a_browser_the_customer_is_called() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged);
    world.available("cleo");
    let wish = Transfer {
        to: Target::Agent(AgentId::parse("cleo").unwrap()),
        note: String::new(),
    };
    world.command("ana", Command::Transfer(id.clone(), wish)).unwrap();
    let request = world.request(&id);
    assert_eq!(request.agent.as_ref().map(AgentId::as_str), Some("cleo"));
    assert_eq!(by_voice(&world, &id), (false, Some(Switch::Agent)));
    assert_eq!(request.state, RequestState::Reserving);
    assert_eq!(world.dialled(Party::Customer).len(), 2);
}

#[test]
fn handed_on_to_somebody_with_one_the_window_stays() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged);
    ready(&mut world, "cleo");
    let wish = Transfer {
        to: Target::Agent(AgentId::parse("cleo").unwrap()),
        note: String::new(),
    };
    world.command("ana", Command::Transfer(id.clone(), wish)).unwrap();
    assert!(is_in_browser(&world, &id));
    assert_eq!(world.request(&id).state, RequestState::RingingAgent);
    assert_eq!(world.dialled(Party::Customer).len(), 1);
}

#[test]
fn the_next_attempt_is_by_telephone() {
    let mut world = World::of(twice());
    ready(&mut world, "ana");
    let id = ask(&mut world);
    let dial = world.effects[0].clone();
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    world.hear(&id, Party::Customer, 2, HeardKind::Ended(LegEnd::NoAnswer));
    let request = world.request(&id);
    assert_eq!((request.state, request.attempts()), (RequestState::Scheduled, 1));
    world.later(60);
    assert_eq!(world.request(&id).attempts(), 2);
    assert!(!is_in_browser(&world, &id));
}

#[test]
fn a_page_that_is_loaded_again_hangs_nobody_up() {
    let mut world = World::new();
    let id = ringing(&mut world);
    world
        .agent(&id, 1, HeardKind::Answered)
        .agent(&id, 1, HeardKind::Bridged);
    let leg = acd::leg_id(&id, Party::Customer, 1).unwrap();
    world.handle(Input::Leaving(leg.clone()));
    world.later(5);
    world.handle(Input::Returned(leg.clone()));
    world.later(5);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    world.handle(Input::Leaving(leg));
    world.later(6);
    assert_eq!(world.agent_state("ana"), AgentState::WrapUp, "closed is hung up");
    world.command("ana", Command::Dispose(id, written_up())).unwrap();
}

#[test]
fn a_customer_who_is_never_to_be_called_is_not_called_in_the_browser_either() {
    let mut world = World::new();
    let id = ask(&mut world);
    let number = world.request(&id).asked.phone.clone();
    world.handle(Input::Never(number, shared::policy::Suppression::Asked));
    assert!(world.acd.request(&id).is_none(), "it is over");
}

#[test]
fn what_protects_from_ringing_does_not_stand_before_a_window() {
    let mut limited = business();
    limited.policy.limits.calls_hour = 1;
    let mut world = World::of(limited);
    ready(&mut world, "ana");
    let called = world.ask("cruises");
    world.customer(&called, HeardKind::Ended(LegEnd::Declined));
    let id = ask(&mut world);
    assert!(is_in_browser(&world, &id));
    world.customer(&id, HeardKind::Answered);
    world
        .handle(Input::ByPhone(id.clone(), Switch::Chosen))
        .reply
        .unwrap();
    assert_eq!(
        world.request(&id).state,
        RequestState::Scheduled,
        "its phone may not ring"
    );
    assert_eq!(world.agent_state("ana"), AgentState::Available);
}

#[test]
fn calling_somebody_again_is_a_call_to_their_number() {
    let mut world = World::new();
    ready(&mut world, "ana");
    let mut earlier = asked(9);
    earlier.voice = true;
    let id = RequestId::parse("req_again").unwrap();
    world
        .command("ana", Command::CallAgain(id.clone(), Box::new(earlier)))
        .unwrap();
    assert!(!is_in_browser(&world, &id));
}

/// In a browser anybody may give anybody's number: earlier calls with it are looked up when its phone was answered.
#[test]
fn earlier_calls_are_looked_up_by_a_number_that_is_proven() {
    let mut world = World::new();
    let id = ringing(&mut world);
    let ana = AgentId::parse("ana").unwrap();
    assert_eq!(world.acd.on_desk(&ana), None);
    world.handle(Input::ByPhone(id.clone(), Switch::Chosen));
    assert_eq!(world.acd.on_desk(&ana), None, "it rings");
    let attempt = world.request(&id).attempt;
    world.hear(&id, Party::Customer, attempt, HeardKind::Answered);
    let number = world.request(&id).asked.phone.clone();
    assert_eq!(world.acd.on_desk(&ana), Some((&id, &number)));
}
