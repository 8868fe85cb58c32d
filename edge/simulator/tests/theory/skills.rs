//! Several skills and agents who have some of them, against the chain.

use serde_json::{Map, Value, json};

use crate::chain::Center;
use crate::{agrees, figure, run};

const NAMES: [&str; 3] = ["a", "b", "c"];

fn scenario(center: &Center, length: f64) -> Value {
    let arrivals = center
        .skills
        .iter()
        .zip(NAMES)
        .map(|((rate, theta, rank), name)| {
            let patience = (*theta > 0.0).then(|| json!({ "dist": "exponential", "mean": 1.0 / theta }));
            json!({ "skill": name, "rate": rate, "priority": rank, "patience": patience,
                "handle": { "dist": "exponential", "mean": 1.0 } })
        });
    let agents = center.agents.iter().map(|(speed, levels)| {
        let known = levels.iter().zip(NAMES).filter(|(level, _)| **level > 0);
        let skills: Map<String, Value> = known
            .map(|(level, name)| (name.to_owned(), json!(level)))
            .collect();
        json!({ "count": 1, "speed": speed, "skills": skills })
    });
    json!({
        "seed": 23, "warmup": 100.0, "length": length, "trunks": center.trunks, "forecast": false,
        "select": if center.primary_first { "primary-first" } else { "fcfs-longest-idle" },
        "arrivals": arrivals.collect::<Vec<_>>(), "agents": agents.collect::<Vec<_>>(),
    })
}

fn check(center: &Center) {
    let (exact, report) = (center.solve(), run(&scenario(center, 40_000.0)));
    for (skill, name) in NAMES.into_iter().enumerate().take(center.skills.len()) {
        let at = |what: &str| format!("skills/{name}/{what}");
        agrees(&report, &at("blocked"), exact.blocked[skill], 0.35);
        agrees(&report, &at("p_wait"), exact.p_wait[skill], 0.08);
        agrees(&report, &at("mean_wait"), exact.mean_wait[skill], 0.12);
        if center.skills[skill].1 > 0.0 {
            agrees(&report, &at("abandoned"), exact.abandoned[skill], 0.12);
        }
        for (agent, (_, levels)) in center.agents.iter().enumerate() {
            if levels[skill] > 0 {
                agrees(
                    &report,
                    &format!("matches/{name}/{agent}"),
                    exact.matches[skill][agent],
                    0.08,
                );
            } else {
                assert!(report["matches"][name][agent.to_string()].is_null());
            }
        }
    }
}

/// N: the first agent has one skill, the second both.
#[test]
fn n_system() {
    check(&Center {
        skills: vec![(0.7, 0.0, 0), (0.6, 0.0, 0)],
        agents: vec![(1.0, vec![1, 0]), (1.2, vec![1, 1])],
        primary_first: false,
        trunks: 9,
    });
}

/// W: one agent in the middle helps both sides. The first rule decides how often.
#[test]
fn w_system_under_both_rules() {
    for primary_first in [false, true] {
        check(&Center {
            skills: vec![(0.9, 0.3, 0), (0.8, 0.0, 0)],
            agents: vec![(1.0, vec![1, 0]), (0.8, vec![2, 1]), (1.1, vec![0, 2])],
            primary_first,
            trunks: 8,
        });
    }
}

/// Three skills around a ring of agents, with levels, patience and a skill that goes first.
#[test]
fn ring_with_a_skill_that_goes_first() {
    check(&Center {
        skills: vec![(0.8, 0.2, 1), (0.6, 0.5, 0), (0.5, 0.2, 1)],
        agents: vec![(1.0, vec![1, 2, 0]), (0.9, vec![0, 1, 2]), (1.1, vec![2, 0, 1])],
        primary_first: true,
        trunks: 7,
    });
}

/// The two rules differ in who gets whom, by far more than chance.
#[test]
fn the_rules_can_be_told_apart() {
    let center = |primary_first| Center {
        skills: vec![(0.5, 0.0, 0), (0.5, 0.0, 0)],
        agents: vec![(1.0, vec![1, 2]), (1.0, vec![2, 1])],
        primary_first,
        trunks: 6,
    };
    let share = |primary_first| figure(&run(&scenario(&center(primary_first), 20_000.0)), "matches/a/0").0;
    assert!(share(true) > share(false) + 0.1);
}
