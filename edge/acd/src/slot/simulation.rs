//! What the utilisation does, against the stationary distribution of the same line worked out with pencil and paper:
//! requests come by chance, `a` a slot on the average, and each takes the earliest of the next `horizon` slots that has
//! room for `c`.

use super::{Board, Booking, SLOT_S};
use crate::config::Config;
use crate::timetable::Whom;
use shared::business::{Agent, Business, Retry, Routing, Skill, Timing};
use shared::hours::Hours;
use shared::level::Levels;
use shared::policy::Policy;
use shared::{AgentId, Millis, PhoneNumber, SiteId, SkillId};

/// Calls of so many seconds, of which an agent takes one a slot.
const HANDLING_S: u32 = 720;

fn config(agents: u32) -> Config {
    let skill = SkillId::parse("help").unwrap();
    let phone = PhoneNumber::parse("+447700900101").unwrap();
    let business = Business {
        name: "Meridian".into(),
        tel: phone.clone(),
        country: None,
        origins: vec![],
        zone: "UTC".into(),
        hours: vec![Hours {
            days: vec![1, 2, 3, 4, 5, 6, 7],
            from: "00:00".into(),
            to: "24:00".into(),
        }],
        exceptions: vec![],
        skills: vec![Skill {
            id: skill.clone(),
            name: "Help".into(),
            priority: 5,
            hours: None,
            exceptions: vec![],
        }],
        agents: (0..agents)
            .map(|n| Agent {
                id: AgentId::parse(&format!("a{n}")).unwrap(),
                name: "A".into(),
                phone: phone.clone(),
                skills: Levels::new([(skill.clone(), 1)]),
                schedule: None,
                presence: None,
                supervisor: false,
            })
            .collect(),
        timing: Timing::default(),
        routing: Routing::default(),
        retry: Retry::default(),
        rules: vec![],
        cookies: vec![],
        equipment: vec![],
        centres: vec![],
        policy: Policy::unbounded(vec![]),
        press_one: false,
        chat: true,
        voice: true,
        breaks: shared::work::usual_breaks(),
        language: shared::Language::default(),
        announcements: Vec::new(),
        dispositions: shared::work::usual_outcomes(),
        members: Vec::new(),
        sign_on: None,
        webhooks: Vec::new(),
        retention: shared::retention::Retention::default(),
        look: shared::look::Look::default(),
    };
    Config::new(SiteId::parse("m").unwrap(), business).unwrap()
}

/// Numbers from 0 to 1 (xorshift64*, Vigna 2016).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
        f64::from(u32::try_from(bits).unwrap()) / f64::from(1 << 24)
    }

    /// How many come when `mean` do on the average (Knuth).
    fn poisson(&mut self, mean: f64) -> u32 {
        let (limit, mut product, mut n) = ((-mean).exp(), self.next(), 0);
        while product > limit {
            product *= self.next();
            n += 1;
        }
        n
    }
}

/// Out of all requests: the share that gets the next slot, the mean number of slots ahead, the share refused.
fn simulate(mean: f64, capacity: u32, horizon: Option<i64>, slots: i64) -> (f64, f64, f64) {
    let config = config(capacity);
    let mut chance = Chance(0x5EED);
    let mut booked: Vec<Booking> = Vec::new();
    let (mut all, mut next, mut ahead, mut refused) = (0.0, 0.0, 0.0, 0.0);
    for nth in 0..slots {
        let begin = Millis(0).plus_s(nth * SLOT_S);
        let first = begin.plus_s(SLOT_S);
        booked.retain(|booking| booking.at >= first);
        for _ in 0..chance.poisson(mean) {
            all += 1.0;
            let whom = Whom {
                skill: None,
                expert: None,
            };
            let end = first.plus_s(horizon.unwrap_or(100) * SLOT_S);
            let mut times = config.hours.times(whom);
            let mut board = Board::new(&config, begin, &booked, HANDLING_S);
            match board.next_free(whom, &mut times, first, end) {
                None => refused += 1.0,
                Some(at) => {
                    let slots = i32::try_from(at.seconds_since(begin) / SLOT_S).unwrap();
                    ahead += f64::from(slots);
                    next += if slots == 1 { 1.0 } else { 0.0 };
                    booked.push(Booking {
                        at,
                        skill: None,
                        expert: None,
                    });
                }
            }
        }
    }
    (next / all, ahead / (all - refused), refused / all)
}

#[test]
fn at_eighty_percent_nine_out_of_ten_get_the_next_slot() {
    let (next, ahead, _) = simulate(8.0, 10, None, 3000);
    assert!((next - 0.891_796_41).abs() < 0.01, "{next}");
    assert!((ahead - 1.109_827_79).abs() < 0.01, "{ahead}");
}

#[test]
fn with_an_end_in_sight_a_few_are_refused() {
    let (next, _, refused) = simulate(9.0, 10, Some(3), 4000);
    assert!((next - 0.704_872_01).abs() < 0.02, "{next}");
    assert!((refused - 0.000_820_50).abs() < 0.000_7, "{refused}");
    let (next, _, refused) = simulate(4.0, 5, Some(4), 4000);
    assert!((next - 0.746_295_14).abs() < 0.02, "{next}");
    assert!((refused - 0.000_123_55).abs() < 0.000_3, "{refused}");
}
