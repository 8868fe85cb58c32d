//! What is offered: presence, slots, and what is refused.

use crate::world::{NOON, World, business, expert, written_up};
use acd::{Command, Config, HANDLING_S, Refusal, offered};
use shared::call::{Party, RequestState};
use shared::level::Levels;
use shared::presence::Availability;
use shared::{Address, Millis, SiteId, SkillId};

#[test]
fn a_promised_time_is_kept_and_only_an_offered_one_is_promised() {
    let mut world = World::new();
    world.available("ana");
    let offered = world.acd.slots(None, None, world.now);
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
    let offered = offered(&config, saturday_six_utc, None, None, &[], HANDLING_S);
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
        asked.phone = Address::parse("+449098790000").unwrap();
    });
    assert!(matches!(premium, Refusal::Number(_)));
    world.ask("cruises");
    let again = world.try_ask(|asked| asked.phone = Address::parse("+447700900006").unwrap());
    assert_eq!(again.unwrap().state, RequestState::Queued);
    assert_eq!(
        refused(&mut world, |asked| asked.phone =
            Address::parse("+447700900006").unwrap()),
        Refusal::AlreadyAsked
    );
}

#[test]
fn a_document_with_faults_names_each() {
    let mut bad = business();
    bad.zone = "Europe/Atlantis".into();
    bad.hours[0].to = "25:00".into();
    bad.agents[1].skills = Levels::new([(SkillId::parse("trains").unwrap(), 1)]);
    bad.origins.push("shop.example/page".into());
    let faults = Config::new(SiteId::parse("m").unwrap(), bad).unwrap_err();
    let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(
        fields,
        ["agents[1].skills.trains", "origins[1]", "zone", "hours[0].to"]
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
        let other = written_up();
        world.command("ana", Command::Dispose(open, other)).unwrap();
        world.ask("cruises");
    }
    let wait = cruises(&world).wait.unwrap();
    assert!(wait.low_s < 120 && wait.high_s > 120, "{wait:?}");
    let next = world.ask("cruises");
    let view = world.acd.request_view(world.request(&next), world.now);
    assert_eq!(view.position, Some(1));
    assert_eq!(view.phone, "+44 •••••••• 07");
}
