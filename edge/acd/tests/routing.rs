//! The router pairs as the rule says, whatever happens; the forecast is the exact mean where there is one.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that can not go on should stop"
)]

use acd::routing::{Forecaster, Layout, Learned, Reach, Router, Select, Ticket, Tier, Want};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
enum Act {
    Join {
        skill: Option<u16>,
        expert: Option<u32>,
        rank: u8,
        place: i64,
        reach: u8,
        not: Option<u32>,
    },
    Leave(usize),
    Change {
        nth: usize,
        rank: u8,
        reach: u8,
    },
    Idle(u32, i64),
    Busy(u32),
    Off(u32),
}

fn act() -> impl Strategy<Value = Act> {
    let agent = 0..5u32;
    prop_oneof![
        6 => (proptest::option::weighted(0.8, 0..3u16), proptest::option::weighted(0.2, agent.clone()), 0..3u8, 0..50i64, 0..5u8, proptest::option::weighted(0.1, agent.clone()))
            .prop_map(|(skill, expert, rank, place, reach, not)| Act::Join { skill, expert, rank, place, reach, not }),
        2 => (0..20usize).prop_map(Act::Leave),
        2 => (0..20usize, 0..3u8, 0..5u8).prop_map(|(nth, rank, reach)| Act::Change { nth, rank, reach }),
        6 => (agent.clone(), 0..50i64).prop_map(|(agent, since)| Act::Idle(agent, since)),
        1 => agent.clone().prop_map(Act::Busy),
        1 => agent.prop_map(Act::Off),
    ]
}

fn reach(n: u8, expert: Option<u32>) -> Reach {
    match n {
        0 if expert.is_some() => Reach::Expert,
        0 | 1 => Reach::Skilled(u8::MAX),
        2 => Reach::Skilled(1),
        3 => Reach::Skilled(2),
        _ => Reach::Anyone,
    }
}

fn layout(select: Select) -> Layout {
    Layout {
        skills: 3,
        agents: vec![
            vec![(0, 1)],
            vec![(0, 2), (1, 1)],
            vec![(1, 2), (2, 1)],
            vec![(0, 3), (1, 1), (2, 2)],
            vec![(2, 1)],
        ],
        select,
        tiers: vec![Tier { level: 2, after: 10 }, Tier { level: 3, after: 20 }],
    }
}

/// The rule, said in the plainest way.
struct Plain {
    layout: Layout,
    waiting: BTreeMap<Ticket, (Want, Option<u32>)>,
    idle: BTreeMap<u32, i64>,
}

impl Plain {
    fn may(&self, want: &Want, not: Option<u32>, agent: u32) -> bool {
        let level = |skill| {
            self.layout.agents[agent as usize]
                .iter()
                .find(|(id, _)| *id == skill)
                .map(|(_, level)| *level)
        };
        not != Some(agent)
            && (want.expert == Some(agent)
                || match (want.reach, want.skill) {
                    (Reach::Expert, _) => false,
                    (Reach::Anyone, _) | (Reach::Skilled(_), None) => true,
                    (Reach::Skilled(max), Some(skill)) => level(skill).is_some_and(|level| level <= max),
                })
    }

    fn best(&self) -> Option<(Ticket, u32)> {
        let mut waiting: Vec<_> = self.waiting.iter().collect();
        waiting.sort_by_key(|(_, (want, _))| (want.rank, want.place, want.tie));
        waiting.into_iter().find_map(|(ticket, (want, not))| {
            let idle = self
                .idle
                .iter()
                .filter(|(agent, _)| self.may(want, *not, **agent));
            let best = idle.min_by_key(|(agent, since)| {
                let skills = &self.layout.agents[**agent as usize];
                let level = skills
                    .iter()
                    .find(|(id, _)| Some(*id) == want.skill)
                    .map_or(u8::MAX, |(_, level)| *level);
                let level = if self.layout.select == Select::FcfsLongestIdle && level != u8::MAX {
                    0
                } else {
                    level
                };
                let level = if want.skill.is_none() { 0 } else { level };
                (want.expert != Some(**agent), level, **since, **agent)
            });
            best.map(|(agent, _)| (*ticket, *agent))
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// After any changes the pairs are those of the plain rule, one by one, and then nobody waits beside an idle agent who may
    /// help.
    #[test]
    fn the_pairs_are_those_of_the_plain_rule(acts in prop::collection::vec((act(), any::<bool>()), 1..80), longest_idle in any::<bool>()) {
        let select = if longest_idle { Select::FcfsLongestIdle } else { Select::PrimaryFirst };
        let mut router = Router::new(&layout(select));
        let mut plain = Plain { layout: layout(select), waiting: BTreeMap::new(), idle: BTreeMap::new() };
        for (tie, (act, more)) in (0u64..).zip(acts) {
            match act {
                Act::Join { skill, expert, rank, place, reach: far, not } => {
                    let want = Want { skill, expert, rank, place, tie, reach: reach(far, expert) };
                    let ticket = router.join_except(want, not.into_iter().collect());
                    plain.waiting.insert(ticket, (want, not));
                }
                Act::Leave(nth) => {
                    if let Some(ticket) = plain.waiting.keys().nth(nth).copied() {
                        plain.waiting.remove(&ticket);
                        router.leave(ticket);
                    }
                }
                Act::Change { nth, rank, reach: far } => {
                    if let Some((ticket, (want, _))) = plain.waiting.iter_mut().nth(nth) {
                        *want = Want { rank, reach: reach(far, want.expert), ..*want };
                        router.change(*ticket, *want);
                    }
                }
                Act::Idle(agent, since) => {
                    plain.idle.insert(agent, since);
                    router.idle(agent, since);
                }
                Act::Busy(agent) => {
                    plain.idle.remove(&agent);
                    router.busy(agent, Some(0), 0);
                }
                Act::Off(agent) => {
                    plain.idle.remove(&agent);
                    router.off(agent);
                }
            }
            // Several things may happen before the router is asked.
            if more {
                continue;
            }
            loop {
                let found = router.next_match();
                prop_assert_eq!(found, plain.best());
                let Some((ticket, agent)) = found else { break };
                router.assign(ticket, agent, 0);
                plain.waiting.remove(&ticket);
                plain.idle.remove(&agent);
            }
            prop_assert_eq!(router.missed_match(), None);
        }
    }
}

fn taught(skills: u16, agents: u32, mean: i64) -> Learned {
    let mut learned = Learned::new(skills, agents);
    for agent in (0..agents).cycle().take(5 * agents as usize) {
        for skill in 0..skills {
            learned.handled(Some(skill), agent, mean);
        }
    }
    learned
}

fn want(skill: u16, place: i64) -> Want {
    Want {
        skill: Some(skill),
        expert: None,
        rank: 1,
        place,
        tie: place.unsigned_abs(),
        reach: Reach::Skilled(u8::MAX),
    }
}

#[test]
fn with_one_kind_of_agent_the_forecast_is_the_exact_conditional_mean() {
    let layout = Layout {
        skills: 1,
        agents: vec![vec![(0, 1)]; 10],
        ..Layout::default()
    };
    let mut router = Router::new(&layout);
    for agent in 0..10 {
        router.busy(agent, Some(0), 0);
    }
    let learned = taught(1, 10, 1000);
    for n in 0..40i64 {
        let ticket = router.join(want(0, n));
        let estimate = Forecaster::new().wait_of(&router, &learned, ticket, 0).unwrap();
        // Gamma(n + 1, s mu): mean (n + 1) m, variance (n + 1) m^2, with m = 100 ticks.
        let turns = f64::from(i32::try_from(n + 1).unwrap());
        assert!((estimate.mean - turns * 100.0).abs() < 1e-6, "{estimate:?}");
        assert!(
            (estimate.variance - turns * 10_000.0).abs() < 1e-3,
            "{estimate:?}"
        );
    }
    let outlook = Forecaster::new().outlook(&router, &learned, 0);
    assert!((outlook.skills[0].unwrap().mean - 4_100.0).abs() < 1e-6);
    assert!((outlook.tickets[0].unwrap().mean - 100.0).abs() < 1e-6);
    assert!((outlook.tickets[39].unwrap().mean - 4_000.0).abs() < 1e-6);
}

#[test]
fn where_two_kinds_compete_the_forecast_is_the_mean_over_who_becomes_free_first() {
    // One waits ahead whom either of two agents may take; then one for the first agent alone. Exact: 1 + 1/2 handling times.
    let layout = Layout {
        skills: 2,
        agents: vec![vec![(0, 1), (1, 1)], vec![(1, 1)]],
        ..Layout::default()
    };
    let mut router = Router::new(&layout);
    router.busy(0, Some(0), 0);
    router.busy(1, Some(1), 0);
    router.join(want(1, 1));
    let ticket = router.join(want(0, 2));
    let estimate = Forecaster::new()
        .wait_of(&router, &taught(2, 2, 1000), ticket, 3)
        .unwrap();
    assert!((estimate.mean / 1500.0 - 1.0).abs() < 0.1, "{estimate:?}");
}

#[test]
fn nobody_at_work_or_nothing_known_is_unknown_never_a_number() {
    let layout = Layout {
        skills: 2,
        agents: vec![vec![(0, 1)], vec![(1, 1)]],
        ..Layout::default()
    };
    let mut router = Router::new(&layout);
    router.busy(0, Some(0), 0);
    let (here, there) = (router.join(want(0, 1)), router.join(want(1, 2)));
    let mut forecaster = Forecaster::new();
    assert_eq!(forecaster.wait_of(&router, &Learned::new(2, 2), here, 3), None);
    let learned = taught(2, 2, 1000);
    assert!(forecaster.wait_of(&router, &learned, here, 3).is_some());
    assert_eq!(forecaster.wait_of(&router, &learned, there, 3), None);
    let outlook = forecaster.outlook(&router, &learned, 3);
    assert!(outlook.skills[0].is_some() && outlook.skills[1].is_none() && outlook.anyone.is_some());
    assert!(outlook.agents[0].is_some() && outlook.agents[1].is_none());
}

#[test]
fn people_who_give_up_shorten_the_line_as_the_theory_says() {
    // M/M/100+M with theta = mu: the mean is the sum of 1/(s mu + i theta), the variance that of the squares.
    let agents = 100u32;
    let layout = Layout {
        skills: 1,
        agents: vec![vec![(0, 1)]; 100],
        ..Layout::default()
    };
    let mut router = Router::new(&layout);
    let mut learned = taught(1, agents, 1_000_000);
    for agent in 0..agents {
        router.busy(agent, Some(0), 0);
    }
    // Exponential patience of mean 10^6 ticks, seen through a window of 400 000.
    let mut seed = 7u64;
    for _ in 0..15_000 {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let unit = ((seed >> 11) as f64 + 1.0) / (1u64 << 53) as f64;
        let patience = (-unit.ln() * 1e6) as i64;
        learned.waited(Some(0), patience.min(400_000), patience < 400_000);
    }
    let mut ticket = 0;
    for _ in 0..=60 {
        ticket = router.join(Want {
            tie: u64::from(ticket) + 1,
            ..want(0, 0)
        });
    }
    let estimate = Forecaster::new().wait_of(&router, &learned, ticket, 0).unwrap();
    let steps = || (0..=60).map(|i| 1.0 / (100.0 + f64::from(i)));
    let (mean, variance) = (
        steps().sum::<f64>() * 1e6,
        steps().map(|step| step * step).sum::<f64>() * 1e12,
    );
    assert!(
        (estimate.mean / mean - 1.0).abs() < 0.03,
        "{} for {mean}",
        estimate.mean
    );
    assert!(
        (estimate.variance / variance - 1.0).abs() < 0.15,
        "{} for {variance}",
        estimate.variance
    );
}
