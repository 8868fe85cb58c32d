//! Times for later: as many as the people who will be there can keep.

#![expect(clippy::indexing_slicing, reason = "a test that can not go on should stop")]

use crate::world::{NOON, World, business, expert};
use acd::{Acd, Booking, Config, HANDLING_S, Input, MAX_SLOTS, Refusal, Rows, SLOT_S, is_offered, offered};
use proptest::prelude::*;
use shared::business::{Agent, Business, Skill};
use shared::call::RequestState;
use shared::hours::{Exception, Hours};
use shared::level::Levels;
use shared::presence::{Availability, Offer, SkillView};
use shared::{Address, AgentId, Millis, SiteId, SkillId};

const HOUR: i64 = 3600;

fn skill(id: &str) -> Option<SkillId> {
    SkillId::parse(id).ok()
}

fn config(change: impl FnOnce(&mut Business)) -> Config {
    let mut business = business();
    change(&mut business);
    Config::new(SiteId::parse("m").unwrap(), business).unwrap()
}

fn world(change: impl FnOnce(&mut Business)) -> World {
    let mut world = World::new();
    world.acd = Acd::restore(config(change), Rows::default(), NOON);
    world
}

fn shift(days: &[u8], from: &str, to: &str) -> Option<Vec<Hours>> {
    Some(vec![Hours {
        days: days.to_vec(),
        from: from.into(),
        to: to.into(),
    }])
}

fn book(world: &mut World, slot: Millis, what: Option<&str>, whom: Option<&str>) -> Result<(), Refusal> {
    let asked = world.try_ask(|asked| {
        asked.slot = Some(slot);
        asked.skill = what.and_then(skill);
        asked.expert = whom.and_then(expert);
    });
    asked.map(|_| ())
}

#[test]
fn a_slot_is_full_when_its_people_are_and_free_again_when_somebody_cancels() {
    // Ana and Cleo know cruises, and take two calls of five minutes each in a quarter of an hour.
    let mut world = World::new();
    let slot = NOON.plus_s(HOUR);
    for _ in 0..4 {
        book(&mut world, slot, Some("cruises"), None).unwrap();
    }
    let requests = world.acd.rows().requests;
    assert!(
        requests
            .iter()
            .all(|request| request.state == RequestState::Scheduled)
    );
    assert_eq!(
        book(&mut world, slot, Some("cruises"), None),
        Err(Refusal::SlotNotOffered)
    );
    assert!(
        !world
            .acd
            .slots(skill("cruises").as_ref(), None, NOON)
            .contains(&slot)
    );
    // Ben is left for flights, and for anyone; Cleo is needed for the cruises.
    book(&mut world, slot, Some("flights"), None).unwrap();
    assert_eq!(
        book(&mut world, slot, None, Some("cleo")),
        Err(Refusal::SlotNotOffered)
    );
    book(&mut world, slot, None, None).unwrap();
    assert_eq!(book(&mut world, slot, None, None), Err(Refusal::SlotNotOffered));
    let first = world.acd.rows().requests[0].id.clone();
    world.handle(Input::Cancel(first));
    book(&mut world, slot, None, Some("cleo")).unwrap();
    assert_eq!(book(&mut world, slot, None, None), Err(Refusal::SlotNotOffered));
}

#[test]
fn a_booking_makes_way_for_another_as_long_as_everybody_finds_somebody() {
    let mut world = World::new();
    let slot = NOON.plus_s(HOUR);
    // Two for anyone could go to Cleo; then two for Cleo herself, who moves them to Ana or Ben.
    for whom in [None, None, Some("cleo"), Some("cleo"), None, None] {
        book(&mut world, slot, None, whom).unwrap();
    }
    assert_eq!(
        book(&mut world, slot, Some("flights"), None),
        Err(Refusal::SlotNotOffered)
    );
}

#[test]
fn nobody_is_promised_a_time_at_which_nobody_works() {
    let config = config(|b| {
        b.agents[0].schedule = shift(&[5], "14:00", "16:00");
        b.agents[2].schedule = shift(&[5], "15:00", "17:00");
    });
    let slots = |what: &str| offered(&config, NOON, skill(what).as_ref(), None, &[], HANDLING_S);
    let cruises = slots("cruises");
    assert_eq!(cruises.first(), Some(&NOON.plus_s(2 * HOUR)));
    assert_eq!(cruises.last(), Some(&NOON.plus_s(5 * HOUR - SLOT_S)));
    assert_eq!(cruises.len(), 12);
    assert_eq!(
        slots("flights").first(),
        Some(&NOON.plus_s(900)),
        "ben has no schedule: whenever it is open"
    );
    let ana = offered(&config, NOON, None, expert("ana").as_ref(), &[], HANDLING_S);
    assert_eq!(ana.len(), 8);
}

#[test]
fn before_a_long_holiday_the_next_open_day_is_offered_whole() {
    // Friday 17:55; closed from tomorrow until Monday week.
    let config = config(|b| {
        b.exceptions = vec![Exception {
            date: "2026-11-21".into(),
            until: Some("2026-11-30".into()),
            name: String::new(),
            open: vec![],
        }];
    });
    let now = NOON.plus_s(6 * HOUR - 300);
    let slots = offered(&config, now, None, None, &[], HANDLING_S);
    let tuesday = NOON.plus_s(11 * 24 * HOUR - 3 * HOUR);
    assert_eq!(slots.first(), Some(&tuesday));
    assert_eq!(slots.len(), 36, "nine hours, and no day after");
    let accepted = |slot| is_offered(&config, slot, now, None, None, &[], HANDLING_S);
    assert!(slots.iter().all(|slot| accepted(*slot)));
    assert!(
        !accepted(tuesday.plus_s(24 * HOUR)),
        "the day after was not offered"
    );
    // A moment before a slot comes within 48 hours, and after: what is offered stays offered.
    for before in [48 * HOUR, 47 * HOUR] {
        let now = tuesday.plus_s(-before);
        assert_eq!(offered(&config, now, None, None, &[], HANDLING_S).len(), 36);
    }
}

#[test]
fn the_list_is_bounded_and_everything_on_it_is_accepted() {
    let config = config(|b| b.hours = shift(&[1, 2, 3, 4, 5, 6, 7], "00:00", "24:00").unwrap());
    let slots = offered(&config, NOON, None, None, &[], HANDLING_S);
    assert_eq!(slots.len(), MAX_SLOTS);
    let accepted = |slot| is_offered(&config, slot, NOON, None, None, &[], HANDLING_S);
    assert!(slots.into_iter().all(accepted));
    assert!(accepted(NOON.plus_s(47 * HOUR)) && !accepted(NOON.plus_s(49 * HOUR)));
}

#[test]
fn long_calls_leave_fewer_places_but_never_none() {
    let slot = NOON.plus_s(HOUR);
    let places = |agents: usize, handling_s: u32| {
        let config = config(|b| {
            let ben = b.agents[1].clone();
            b.agents = (0..agents)
                .map(|n| Agent {
                    id: AgentId::parse(&format!("ben{n}")).unwrap(),
                    ..ben.clone()
                })
                .collect();
        });
        let flights = skill("flights");
        let mut booked = Vec::new();
        while is_offered(&config, slot, NOON, flights.as_ref(), None, &booked, handling_s) {
            booked.push(Booking {
                at: slot,
                skill: flights.clone(),
                expert: None,
            });
        }
        booked.len()
    };
    assert_eq!((places(0, 300), places(1, 300), places(3, 300)), (0, 2, 6));
    assert_eq!((places(1, 900), places(3, 900), places(10, 900)), (1, 2, 8));
    assert_eq!((places(1, 3600), places(10, 3600)), (1, 2));
}

#[test]
fn hours_and_people_decide_together_what_is_offered() {
    let mut world = world(|b| {
        b.skills[1].hours = shift(&[1], "09:00", "12:00");
        b.agents[1].schedule = Some(vec![]);
        b.agents[2].schedule = shift(&[1, 2, 3, 4, 5], "09:00", "17:00");
    });
    let see = |world: &World, nth: usize| {
        let view: SkillView = world.acd.site_view(world.now).skills[nth].clone();
        (view.offer, view.availability, view.opens_at.is_some())
    };
    let (cruises, flights) = (0, 1);
    assert_eq!(see(&world, cruises), (Offer::Slot, Availability::Away, false));
    world.available("ana").available("ben");
    assert_eq!(see(&world, cruises), (Offer::Now, Availability::Free, false));
    assert_eq!(see(&world, flights), (Offer::Slot, Availability::Away, true));
    let view = world.acd.site_view(world.now);
    let monday = NOON.plus_s(3 * 24 * HOUR - 3 * HOUR);
    assert_eq!((view.skills[1].free, view.skills[1].opens_at), (0, Some(monday)));
    assert_eq!(
        (view.experts[1].offer, view.experts[1].availability),
        (Offer::Now, Availability::Free),
        "at work although no shift says so"
    );
    assert_eq!(
        (view.experts[2].offer, view.experts[2].opens_at),
        (Offer::Slot, None),
        "cleo's shift is on, and she is not there"
    );
    world.ask("cruises");
    assert_eq!(see(&world, cruises), (Offer::Wait, Availability::Busy, false));
    world.later(5 * HOUR + 60);
    let view = world.acd.site_view(world.now);
    assert_eq!(
        (view.experts[2].offer, view.experts[2].opens_at),
        (Offer::Slot, Some(monday))
    );
}

#[test]
fn without_people_or_hours_it_is_closed() {
    let nobody = world(|b| {
        for agent in &mut b.agents {
            agent.schedule = Some(vec![]);
        }
    });
    let view = nobody.acd.site_view(NOON);
    assert_eq!((view.anyone.offer, view.anyone.opens_at), (Offer::Closed, None));
    assert_eq!(
        (view.experts[0].offer, view.experts[0].opens_at),
        (Offer::Closed, None)
    );
    let never = world(|b| b.hours = vec![]);
    let view = never.acd.site_view(NOON);
    assert_eq!((view.anyone.offer, view.anyone.opens_at), (Offer::Closed, None));
}

/// A business of four agents with some of three skills; bit by bit.
fn small(skills: [u8; 4]) -> Config {
    config(|b| {
        let names = ["s0", "s1", "s2"];
        b.skills = names
            .iter()
            .map(|id| Skill {
                id: SkillId::parse(id).unwrap(),
                ..b.skills[0].clone()
            })
            .collect();
        b.agents = skills
            .iter()
            .enumerate()
            .map(|(n, bits)| {
                let has = (0..3).filter(|bit| bits & (1 << bit) != 0);
                Agent {
                    id: AgentId::parse(&format!("a{n}")).unwrap(),
                    name: "A".into(),
                    phone: Address::parse("+447700900101").unwrap(),
                    skills: Levels::new(has.map(|bit| (SkillId::parse(names[bit]).unwrap(), 1))),
                    // The fourth bit: not there on Fridays.
                    schedule: (bits & 8 != 0).then(|| shift(&[1], "09:00", "18:00").unwrap()),
                    presence: None,
                    supervisor: false,
                }
            })
            .collect();
    })
}

/// A wish: 0 to 2 a skill, 3 anyone, 4 to 7 an expert.
fn booking(slot: Millis, wish: u8) -> Booking {
    Booking {
        at: slot,
        skill: (wish < 3).then(|| SkillId::parse(&format!("s{wish}")).unwrap()),
        expert: (wish > 3).then(|| AgentId::parse(&format!("a{}", wish - 4)).unwrap()),
    }
}

/// Who could take it, tried out one by one: whether everybody finds somebody.
fn assignable(wishes: &[u8], skills: [u8; 4], left: &mut [usize; 4]) -> bool {
    let Some((wish, others)) = wishes.split_first() else {
        return true;
    };
    (0..4).any(|agent| {
        if !takers(*wish, skills).contains(&agent) || left[agent] == 0 {
            return false;
        }
        left[agent] -= 1;
        let fits = assignable(others, skills, left);
        left[agent] += 1;
        fits
    })
}

fn takers(wish: u8, skills: [u8; 4]) -> Vec<usize> {
    let may = |agent: &usize| {
        let bits = skills[*agent];
        bits & 8 == 0
            && match wish {
                0..3 => bits & (1 << wish) != 0,
                3 => true,
                _ => usize::from(wish) - 4 == *agent,
            }
    };
    (0..4).filter(may).collect()
}

/// What a group of agents can take together; only long calls make a difference.
fn within_pools(wishes: &[u8], skills: [u8; 4], handling_s: usize) -> bool {
    wishes.iter().all(|pool| {
        let pool = takers(*pool, skills);
        let inside = |wish: &&u8| takers(**wish, skills).iter().all(|agent| pool.contains(agent));
        wishes.iter().filter(inside).count() <= (pool.len() * 720 / handling_s).max(1)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Whatever is asked in whatever order: a booking is accepted exactly when all of the slot can be assigned.
    #[test]
    fn a_booking_is_refused_only_when_it_finds_nobody(
        skills in prop::array::uniform4(0..16u8),
        wishes in prop::collection::vec(0..8u8, 1..12),
        handling_s in prop_oneof![Just(300u32), Just(240), Just(720), Just(1000), Just(1500)],
    ) {
        let (config, slot) = (small(skills), NOON.plus_s(HOUR));
        let (mut booked, mut accepted) = (Vec::new(), Vec::new());
        for wish in wishes {
            let new = booking(slot, wish);
            let (what, whom) = (new.skill.as_ref(), new.expert.as_ref());
            let is = is_offered(&config, slot, NOON, what, whom, &booked, handling_s);
            prop_assert_eq!(is, offered(&config, NOON, what, whom, &booked, handling_s).contains(&slot));
            let mut with = accepted.clone();
            with.push(wish);
            let each = usize::max(1, 720 / handling_s as usize);
            let fits = assignable(&with, skills, &mut [each; 4])
                && within_pools(&with, skills, handling_s as usize);
            prop_assert_eq!(is, fits, "{:?} after {:?}", wish, accepted);
            if is {
                booked.push(new);
                accepted = with;
            }
        }
        // The order of the bookings makes no difference.
        let mut reversed = Vec::new();
        for new in booked.iter().rev() {
            let (what, whom) = (new.skill.as_ref(), new.expert.as_ref());
            prop_assert!(is_offered(&config, slot, NOON, what, whom, &reversed, handling_s));
            reversed.push(new.clone());
        }
    }

    /// Through the engine: no slot ever has more bookings than its people can take.
    #[test]
    fn no_slot_is_ever_promised_too_often(wishes in prop::collection::vec((0..3i64, 0..4u8), 1..60)) {
        let mut world = World::new();
        let slot = |nth: i64| NOON.plus_s(HOUR + nth * SLOT_S);
        for (nth, wish) in wishes {
            let (what, whom) = [(Some("cruises"), None), (Some("flights"), None), (None, None), (None, Some("cleo"))]
                [usize::from(wish)];
            let before = world.acd.slots(what.and_then(skill).as_ref(), whom.and_then(expert).as_ref(), NOON);
            prop_assert_eq!(book(&mut world, slot(nth), what, whom).is_ok(), before.contains(&slot(nth)));
        }
        for nth in 0..3 {
            let requests = world.acd.rows().requests;
            let here = requests.iter().filter(|request| request.asked.slot == Some(slot(nth)));
            let count = |wanted: Option<&str>| {
                here.clone().filter(|r| r.asked.expert.is_none() && r.asked.skill == wanted.and_then(skill)).count()
            };
            let cleo = here.clone().filter(|r| r.asked.expert.is_some()).count();
            prop_assert!(cleo <= 2 && here.clone().count() <= 6);
            prop_assert!(count(Some("cruises")) + cleo <= 4 && count(Some("flights")) + cleo <= 4);
        }
    }
}
