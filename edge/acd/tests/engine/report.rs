//! A manager looks back on a day.

use crate::world::*;
use acd::Prediction;
use acd::report::Told;
use shared::call::EndReason;
use shared::report::Wait;
use shared::{AgentId, Millis, SkillId};

const NINE: Millis = Millis(1_795_165_200_000); // 2026-11-20T09:00Z, nine o'clock in London, too

fn call(minute: i64, wait_s: i64) -> Told {
    let asked = NINE.plus_s(minute * 60);
    Told {
        created_at: asked,
        queued_at: asked,
        called_at: Some(asked.plus_s(wait_s)),
        connected_at: Some(asked.plus_s(wait_s + 20)),
        predicted: None,
        ended_at: Some(asked.plus_s(wait_s + 200)),
        reason: Some(EndReason::Talked),
        skill: SkillId::parse("cruises").ok(),
        agent: AgentId::parse("ana").ok(),
        page: Some(format!("https://shop.example/cruises?visitor={minute}")),
    }
}

fn given_up(minute: i64) -> Told {
    Told {
        called_at: None,
        connected_at: None,
        agent: None,
        reason: Some(EndReason::CancelledByCustomer),
        ..call(minute, 0)
    }
}

#[test]
fn waits_service_level_and_what_was_given_up() {
    let told = [call(0, 10), call(10, 50), call(70, 90), given_up(75)];
    let report = config(business()).report(&told, NINE, NINE.plus_s(24 * 3600), false);
    let total = &report.total;
    assert_eq!(
        (
            total.asked,
            total.talked,
            total.abandoned,
            total.called,
            total.in_time
        ),
        (4, 3, 1, 3, 2)
    );
    assert_eq!(
        (total.wait_s, total.wait_90_s, total.talk_s),
        (Some(50.0), Some(90.0), 540)
    );
    let hours: Vec<(&str, u32)> = report
        .hours
        .iter()
        .map(|line| (line.key.as_str(), line.asked))
        .collect();
    assert_eq!(hours, [("1795165200000", 2), ("1795168800000", 2)]);
    assert_eq!(report.day.len(), 24);
    assert_eq!((report.day[9].asked, report.day[10].asked), (2, 2));
    assert_eq!(
        report.pages.len(),
        1,
        "a visitor's query does not make another page"
    );
    assert_eq!(
        report
            .agents
            .iter()
            .map(|line| line.key.as_str())
            .collect::<Vec<_>>(),
        ["", "ana"]
    );
}

#[test]
fn a_time_without_calls_has_no_waits() {
    let report = config(business()).report(&[], NINE, NINE, false);
    assert_eq!((report.total.asked, report.total.wait_s), (0, None));
    assert_eq!(report.day.len(), 24);
}

#[test]
fn days_are_those_on_the_wall_and_none_is_left_out() {
    let told = [call(0, 10), given_up(15 * 60 + 30)];
    let report = config(business()).report(&told, NINE, NINE.plus_s(3 * 24 * 3600), false);
    let days: Vec<(&str, u32)> = report
        .days
        .iter()
        .map(|line| (line.key.as_str(), line.asked))
        .collect();
    let expected = [
        ("2026-11-20", 1),
        ("2026-11-21", 1),
        ("2026-11-22", 0),
        ("2026-11-23", 0),
    ];
    assert_eq!(days, expected, "half past midnight is another day");
}

#[test]
fn waits_as_announced_stand_beside_waits_as_they_came() {
    let announced = Told {
        predicted: Some(Prediction {
            low_ms: 20_000,
            mean_ms: 60_500,
            high_ms: 120_000,
        }),
        ..call(0, 75)
    };
    let at_once = Told {
        predicted: Some(Prediction::default()),
        ..call(1, 0)
    };
    let report = config(business()).report(&[announced, at_once, call(2, 9)], NINE, NINE.plus_s(3600), false);
    let wait = Wait {
        announced_s: 60,
        low_s: 20,
        high_s: 120,
        waited_s: 75,
    };
    assert_eq!(
        report.waits,
        [wait],
        "who did not wait, or was told nothing, says nothing about it"
    );
}
