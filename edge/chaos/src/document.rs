//! The business that is played, as a document, and what its supervisor makes of it meanwhile.

use crate::chance::Chance;
use crate::narrow::Narrow;
use crate::options::Options;
use acd::Config;
use shared::business::{Agent, Business, Centre, Retry, Routing, Skill, Timing};
use shared::equipment::Equipment;
use shared::hours::Hours;
use shared::level::Levels;
use shared::policy::Policy;
use shared::{Address, AgentId, CentreId, EquipmentId, PhoneNumber, SiteId, SkillId};

/// Days on which something happens to the clocks of London, or nothing: the opening time is always near.
const DAYS: [(i64, &str, &str); 5] = [
    // 2026-07-01 06:50 UTC, which is 7:50.
    (1_782_888_600_000, "08:00", "20:00"),
    // 2026-07-01 18:30 UTC, which is 19:30.
    (1_782_930_600_000, "08:00", "20:00"),
    // 2026-03-29 00:20 UTC; at 1:00 it will be 2:00.
    (1_774_743_600_000, "00:00", "03:00"),
    // 2026-10-25 00:20 UTC, which is 1:20, and will be so a second time.
    (1_792_887_600_000, "00:00", "02:30"),
    // 2026-12-01 19:30 UTC.
    (1_796_153_400_000, "08:00", "20:00"),
];
/// 2026-11-21 12:00 UTC.
const NOON: i64 = 1_795_262_400_000;
/// Summer time in London in 2026.
const SUMMER: std::ops::Range<i64> = 1_774_746_000_000..1_792_890_000_000;

/// What the clock on London's wall shows, in milliseconds from midnight: worked out once more, by hand.
pub(crate) fn wall_of_london(at: i64) -> i64 {
    let offset = if SUMMER.contains(&at) { 3_600_000 } else { 0 };
    (at + offset).rem_euclid(86_400_000)
}

/// A time such as `08:00` in milliseconds from midnight.
pub(crate) fn time_of_day(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some((hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?) * 60_000)
}

fn day(options: &Options) -> Option<&'static (i64, &'static str, &'static str)> {
    options.hours.and_then(|nth| DAYS.get(usize::from(nth)))
}

/// When it begins.
pub(crate) fn begin(options: &Options) -> i64 {
    day(options).map_or(NOON, |(at, ..)| *at)
}

/// The phone of an agent.
pub(crate) fn phone_of(nth: u8) -> Option<Address> {
    Address::parse(&format!("+4420794600{nth:02}")).ok()
}

fn skill_id(nth: u8) -> Option<SkillId> {
    SkillId::parse(&format!("skill{nth}")).ok()
}

/// Skills of somebody, with levels.
pub(crate) fn skills(known: &[Skill], chance: &mut Chance) -> Levels {
    let mut levels = Vec::new();
    for skill in known {
        if chance.happens(0.6) {
            levels.push((skill.id.clone(), if chance.happens(0.7) { 1 } else { 2 }));
        }
    }
    if let (true, Some(skill)) = (levels.is_empty(), chance.one_of(known)) {
        levels.push((skill.id.clone(), 1));
    }
    Levels::new(levels)
}

fn seconds(chance: &mut Chance, first: i64, last: i64) -> u32 {
    u32::try_from(chance.between(first, last)).unwrap_or(1)
}

/// The document of this option set.
pub(crate) fn config(options: &Options, chance: &mut Chance) -> Result<Config, String> {
    let tel = PhoneNumber::parse("+442079460958").map_err(|error| error.to_string())?;
    let (zone, from, to) = match day(options) {
        Some((_, from, to)) => ("Europe/London", *from, *to),
        None => ("UTC", "00:00", "24:00"),
    };
    let known: Vec<Skill> = (0..options.skills)
        .filter_map(|nth| {
            Some(Skill {
                id: skill_id(nth)?,
                name: format!("Skill {nth}"),
                priority: u8::try_from(chance.between(4, 6)).unwrap_or(5),
                hours: None,
                exceptions: vec![],
            })
        })
        .collect();
    let agents: Vec<Agent> = (0..options.agents)
        .filter_map(|nth| {
            Some(Agent {
                id: AgentId::parse(&format!("a{nth}")).ok()?,
                name: format!("Agent {nth}"),
                phone: phone_of(nth)?,
                skills: skills(&known, chance),
                schedule: None,
                presence: None,
                supervisor: nth == 0,
            })
        })
        .collect();
    let narrow = options.narrow.as_ref();
    let equipment = (0..options.equipment.len()).filter_map(|nth| {
        let mut equipment = Equipment::sandbox(EquipmentId::parse(&format!("line{nth}")).ok()?);
        equipment.preference = u8::try_from(chance.between(1, 2)).unwrap_or(1);
        equipment.rates = narrow.map_or_else(Vec::new, |narrow| narrow.rates_of(nth));
        Some(equipment)
    });
    let equipment = equipment.collect();
    let centres = [("harbour", "+442079460990")]
        .into_iter()
        .filter_map(|(id, phone)| {
            Some(Centre {
                id: CentreId::parse(id).ok()?,
                name: id.into(),
                phone: Address::parse(phone).ok()?,
            })
        });
    let wrap_up_s = seconds(chance, 5, 60);
    let business = Business {
        name: "Meridian Travel".into(),
        tel,
        country: None,
        origins: vec![],
        zone: zone.into(),
        hours: vec![Hours {
            days: vec![1, 2, 3, 4, 5, 6, 7],
            from: from.into(),
            to: to.into(),
        }],
        exceptions: vec![],
        skills: known,
        agents,
        timing: Timing {
            ring_customer_s: seconds(chance, 10, 30),
            ring_agent_s: seconds(chance, 8, 20),
            expert_patience_s: seconds(chance, 10, 60),
            hold_s: seconds(chance, 30, 180),
            confirm_s: seconds(chance, 5, 20),
            talk_s: seconds(chance, 200, 900),
            wrap_up_s,
            expire_s: seconds(chance, 120, 900),
            look_ahead_s: seconds(chance, 0, 15),
            silence_s: seconds(chance, 60, 150),
        },
        routing: Routing {
            relax_s: if chance.happens(0.6) { vec![20] } else { vec![] },
            anyone_s: chance.happens(0.5).then_some(60),
        },
        retry: Retry {
            attempts: options.attempts,
            spacing_s: vec![30, 60],
        },
        language: shared::Language::default(),
        announcements: vec![],
        members: vec![],
        sign_on: None,
        webhooks: vec![],
        retention: shared::retention::Retention::default(),
        look: shared::look::Look::default(),
        rules: vec![],
        cookies: vec![],
        equipment,
        centres: centres.collect(),
        press_one: options.press_one,
        chat: true,
        voice: true,
        policy: narrow.map_or_else(|| Policy::unbounded(vec![]), Narrow::policy),
        breaks: shared::work::usual_breaks(),
        dispositions: shared::work::usual_outcomes(),
    };
    let site = SiteId::parse("meridian").map_err(|error| error.to_string())?;
    Config::new(site, business).map_err(|faults| format!("{faults:?}"))
}
