//! SIP addresses in place of numbers: who may be called at one, and which equipment carries such a call.

use crate::world::{World, asked, business, config, ended};
use acd::policy::Prohibition;
use acd::{Command, Config, Effect, HeardKind, Input, LegEnd, Refusal, Settled, Terms};
use shared::business::{Business, Centre};
use shared::call::{EndReason, Party, RequestState};
use shared::desk::AgentState;
use shared::equipment::{Equipment, Kind, Rate};
use shared::handover::{Target, Transfer};
use shared::policy::{Held, Limits, Policy, Suppression};
use shared::request::Direct;
use shared::{Address, AgentId, CentreId, EquipmentId, RequestId, SipDomain, SiteId};

const CUSTOMER: &str = "sip:mia@shop.example";
const ANA: &str = "sip:ana@pbx.example";

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// An Asterisk that dials SIP addresses, and numbers where `numbers` says so.
fn pbx(id: &str, numbers: bool) -> Equipment {
    Equipment {
        kind: Kind::Asterisk,
        dial: numbers.then(|| "PJSIP/{number}@trunk".into()),
        dial_sip: Some("PJSIP/out/{address}".into()),
        ..Equipment::sandbox(EquipmentId::parse(id).unwrap())
    }
}

fn hosted(id: &str) -> Equipment {
    Equipment {
        kind: Kind::Twilio,
        account: Some("AC0".into()),
        ..Equipment::sandbox(EquipmentId::parse(id).unwrap())
    }
}

/// Ana is reached at a SIP address, Cleo at a number; customers are called at shop.example.
fn voice(equipment: Vec<Equipment>) -> Business {
    let mut business = business();
    business.agents[0].phone = address(ANA);
    business.equipment = equipment;
    business.policy.sip_domains = vec![SipDomain::parse("shop.example").unwrap()];
    business
}

/// A hosted carrier that goes first, and a PBX that alone can dial SIP addresses.
fn both() -> Business {
    let mut business = voice(vec![hosted("hosted"), pbx("pbx", true)]);
    business.equipment[1].preference = 2;
    business
}

fn ask_at(world: &mut World, phone: &str) -> Result<RequestId, Refusal> {
    let asked = world.try_ask(|asked| {
        asked.phone = address(phone);
        asked.skill = Some(shared::SkillId::parse("cruises").unwrap());
    });
    asked.map(|request| request.id)
}

fn via(world: &World, id: &RequestId) -> String {
    world.request(id).via.as_ref().unwrap().to_string()
}

fn faults(business: Business) -> Vec<String> {
    let read = Config::new(SiteId::parse("meridian").unwrap(), business);
    read.unwrap_err().into_iter().map(|fault| fault.field).collect()
}

fn bridge(world: &mut World, id: &str, customer: &str, agent: &str) -> Result<RequestId, Refusal> {
    let mut wish = asked(0);
    wish.phone = address(customer);
    let id = RequestId::parse(id).unwrap();
    let terms = Terms::Business {
        agent: address(agent),
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
    world.handle(input).reply.map(|_| id)
}

#[test]
fn customer_and_agent_are_both_called_at_their_sip_addresses() {
    let mut world = World::of(voice(vec![pbx("pbx", true)]));
    world.available("ana");
    let id = ask_at(&mut world, CUSTOMER).unwrap();
    world.connect(&id);
    assert_eq!(world.dialled(Party::Customer), [CUSTOMER]);
    assert_eq!(world.dialled(Party::Agent), [ANA]);
    assert_eq!(world.request(&id).state, RequestState::Connected);
    let desk = world.desk("ana");
    assert_eq!(desk.phone, "sip:a•••@pbx.example");
    assert_eq!(desk.call.unwrap().phone, "sip:m•••@shop.example");
}

#[test]
fn a_document_names_only_whom_its_equipment_can_dial() {
    let mut business = voice(vec![hosted("hosted")]);
    business.centres = vec![Centre {
        id: CentreId::parse("harbour").unwrap(),
        name: "Harbour office".into(),
        phone: address("sip:harbour@pbx.example"),
    }];
    assert_eq!(faults(business), ["agents[0].phone", "centres[0].phone"]);
    let mut only_sip = voice(vec![pbx("pbx", false)]);
    assert_eq!(faults(only_sip.clone()), ["agents[1].phone", "agents[2].phone"]);
    only_sip.agents.truncate(1);
    config(only_sip.clone());
    // A template has a place for the address, and some way to dial there must be.
    only_sip.equipment[0].dial_sip = Some("PJSIP/out".into());
    assert_eq!(faults(only_sip.clone()), ["equipment[0].dial_sip"]);
    only_sip.equipment[0].dial_sip = None;
    assert_eq!(faults(only_sip.clone()), ["equipment[0].dial"]);
    only_sip.equipment = vec![hosted("hosted"), pbx("pbx", false)];
    only_sip.equipment[0].dial_sip = Some("PJSIP/out/{address}".into());
    assert_eq!(faults(only_sip), ["equipment[0].dial_sip"]);
}

#[test]
fn customers_are_called_in_the_business_s_domains_alone() {
    let mut world = World::of(voice(vec![pbx("pbx", true)]));
    for (phone, why) in [
        ("sip:mia@elsewhere.example", Prohibition::Domain),
        ("sip:mia@a.shop.example", Prohibition::Domain),
        ("sip:+19005550199@shop.example", Prohibition::Disguised),
    ] {
        assert_eq!(ask_at(&mut world, phone), Err(Refusal::Number(why)), "{phone}");
    }
    let other = bridge(&mut world, "req_a", "+447700900001", "sip:ben@elsewhere.example");
    assert_eq!(other, Err(Refusal::AgentNumber(Prohibition::Domain)));
    // Whom the document names may be anywhere.
    bridge(&mut world, "req_b", "+447700900002", ANA).unwrap();
    // Where nothing is said, no domain is called.
    let mut silent = voice(vec![pbx("pbx", true)]);
    silent.policy.sip_domains.clear();
    let mut world = World::of(silent);
    assert_eq!(
        ask_at(&mut world, CUSTOMER),
        Err(Refusal::Number(Prohibition::Domain))
    );
}

#[test]
fn one_customer_is_one_however_the_address_is_written() {
    let mut world = World::of(voice(vec![pbx("pbx", true)]));
    ask_at(&mut world, CUSTOMER).unwrap();
    let again = ask_at(&mut world, "sip:Mia@SHOP.example:5080");
    assert_eq!(again, Err(Refusal::AlreadyAsked));
    let never = Input::Never(address("sip:MIA@shop.example"), Suppression::Asked);
    assert_eq!(ended(&world.handle(never)), Some(EndReason::BlockedNumber));
    assert_eq!(
        ask_at(&mut world, CUSTOMER),
        Err(Refusal::Number(Prohibition::Suppressed))
    );
    let list = world.acd.policy_view(world.now).suppressed;
    assert_eq!(list[0].masked, "sip:M•••@shop.example");
}

#[test]
fn whoever_tries_out_who_is_at_a_host_is_stopped() {
    let mut business = voice(vec![pbx("pbx", true)]);
    business.policy.limits = Limits {
        neighbours: 2,
        ..Limits::NONE
    };
    let mut world = World::of(business);
    let asked =
        ["mia", "max", "zoe"].map(|user| ask_at(&mut world, &format!("sip:{user}@shop.example")).unwrap());
    let more = ask_at(&mut world, "sip:kim@shop.example:5070");
    assert_eq!(more.unwrap_err().counted(), Some("limit_neighbours"));
    let closed = world.acd.policy_view(world.now).quarantined;
    assert_eq!((closed.len(), closed[0].asked.as_slice()), (1, asked.as_slice()));
    let names: Vec<String> = asked
        .iter()
        .map(|id| world.request(id).asked.phone.neighbourhood())
        .collect();
    assert_eq!(
        names, ["@shop.example"; 3],
        "which the owner reads off any of them"
    );
}

#[test]
fn minutes_between_servers_are_free_unless_a_rate_says_otherwise() {
    let mut business = voice(vec![pbx("pbx", true)]);
    business.agents.truncate(1);
    business.policy = Policy {
        sip_domains: business.policy.sip_domains.clone(),
        ..Policy::default()
    };
    let mut world = World::of(business.clone());
    world.available("ana");
    ask_at(&mut world, CUSTOMER).unwrap();
    assert_eq!(world.acd.policy_view(world.now).committed, (0, 0));
    business.equipment[0].rates = vec![Rate {
        prefix: "sip:".into(),
        per_minute: 10,
    }];
    let mut world = World::of(business);
    world.available("ana");
    ask_at(&mut world, CUSTOMER).unwrap();
    assert!(world.acd.policy_view(world.now).committed.0 > 0);
}

#[test]
fn who_did_not_ask_to_be_called_now_is_called_by_the_business_s_clock() {
    let mut business = voice(vec![pbx("pbx", true)]);
    business.policy.calling = Policy::default().calling;
    let mut world = World::of(business);
    world.later(10 * 3600);
    let id = bridge(&mut world, "req_night", CUSTOMER, ANA).unwrap();
    let waiting = world.acd.policy_view(world.now).waiting;
    assert_eq!((&waiting[0].request, waiting[0].why), (&id, Held::Hours));
    assert!(world.dialled(Party::Customer).is_empty());
}

#[test]
fn equipment_is_chosen_that_reaches_both() {
    let mut world = World::of(both());
    world.available("ana");
    let number = world.ask("cruises");
    assert_eq!(via(&world, &number), "pbx", "ana is at a SIP address");
    let mut world = World::of(both());
    world.available("cleo");
    let number = world.ask("cruises");
    assert_eq!(via(&world, &number), "hosted", "the preferred one reaches both");
    let mut world = World::of(both());
    world.available("cleo");
    let sip = ask_at(&mut world, CUSTOMER).unwrap();
    assert_eq!(via(&world, &sip), "pbx", "the customer is at a SIP address");
}

#[test]
fn nobody_is_called_for_an_agent_whom_nothing_can_join_them_with() {
    // The PBX calls British customers only; the hosted carrier can't reach ana.
    let mut business = both();
    business.equipment[1].prefixes = vec!["+44".into()];
    business.policy.countries = vec![shared::Country::parse("FR").unwrap()];
    let mut world = World::of(business);
    world.available("ana");
    let id = ask_at(&mut world, "+33612345678").unwrap();
    assert_eq!(world.request(&id).state, RequestState::Queued);
    assert_eq!(world.agent_state("ana"), AgentState::Available);
    world.available("cleo");
    assert_eq!(world.request(&id).agent, crate::world::expert("cleo"));
    assert_eq!(via(&world, &id), "hosted");
    // Nor is anybody let in who asks for ana alone.
    let direct = world.try_ask(|asked| {
        asked.phone = address("+33612345679");
        asked.to = Some(Direct::Agent(AgentId::parse("ana").unwrap()));
    });
    assert_eq!(direct, Err(Refusal::NoEquipment));
}

#[test]
fn a_customer_on_the_line_goes_to_those_whom_that_equipment_reaches() {
    let mut world = World::of(both());
    world.available("cleo");
    let id = world.ask("cruises");
    world.connect(&id);
    assert_eq!(via(&world, &id), "hosted");
    world.available("ana");
    let hand = |to| {
        Command::Transfer(
            id.clone(),
            Transfer {
                to,
                note: String::new(),
            },
        )
    };
    let ana = Target::Agent(AgentId::parse("ana").unwrap());
    assert_eq!(world.command("cleo", hand(ana)), Err(Refusal::ColleagueApart));
    let skill = Target::Skill(shared::SkillId::parse("cruises").unwrap());
    assert_eq!(world.command("cleo", hand(skill)), Err(Refusal::NobodySkilled));
    // Cleo's phone gives up before they talk: ana, who is idle, can't take over, and the customer is not kept for nobody.
    let mut world = World::of(both());
    world.available("cleo");
    let id = world.ask("cruises");
    world.available("ana");
    world.customer(&id, HeardKind::Answered);
    let step = world.hear(&id, Party::Agent, 1, HeardKind::Ended(LegEnd::NoAnswer));
    assert_eq!(ended(&step), Some(EndReason::AgentNoAnswer));
    assert_eq!(world.dialled(Party::Agent), ["+447700900103"]);
}

#[test]
fn other_equipment_takes_over_only_where_it_reaches_both() {
    let mut business = both();
    business.retry.attempts = 2;
    business.retry.spacing_s = vec![60];
    let mut world = World::of(business.clone());
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects.last().cloned().unwrap();
    assert!(!world.acd.has_other_carrier(&id, world.now));
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    assert_eq!(world.request(&id).state, RequestState::Scheduled);
    assert_eq!(world.request(&id).missed, Some(EndReason::CarrierError));
    // A second PBX can.
    business.equipment.push(pbx("spare", true));
    business.equipment[2].preference = 3;
    let mut world = World::of(business);
    world.available("ana");
    let id = world.ask("cruises");
    let dial = world.effects.last().cloned().unwrap();
    world.settle(&dial, Settled::Refused(LegEnd::Failed));
    assert_eq!(via(&world, &id), "spare");
    assert!(matches!(world.effects.last(), Some(Effect::Dial { .. })));
}

#[test]
fn a_service_centre_and_a_bridge_at_sip_addresses_need_no_agent() {
    let mut business = both();
    business.centres = vec![Centre {
        id: CentreId::parse("harbour").unwrap(),
        name: "Harbour office".into(),
        phone: address("sip:harbour@pbx.example"),
    }];
    let mut world = World::of(business);
    let to = Direct::Centre(CentreId::parse("harbour").unwrap());
    let id = world.try_ask(|asked| asked.to = Some(to)).unwrap().id;
    assert_eq!(via(&world, &id), "pbx");
    world.customer(&id, HeardKind::Answered);
    assert_eq!(world.dialled(Party::Agent), ["sip:harbour@pbx.example"]);
    let id = bridge(&mut world, "req_bridge", CUSTOMER, "sip:max@shop.example").unwrap();
    assert_eq!(via(&world, &id), "pbx");
    // What only a hosted carrier could do, nothing can.
    let mut alone = World::of({
        let mut business = voice(vec![hosted("hosted")]);
        business.agents[0].phone = address("+447700900101");
        business
    });
    assert_eq!(ask_at(&mut alone, CUSTOMER), Err(Refusal::NoEquipment));
    assert_eq!(
        bridge(&mut alone, "req_other", "+447700900001", "sip:max@shop.example"),
        Err(Refusal::NoEquipment)
    );
}
