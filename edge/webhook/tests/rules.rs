//! What is told when, and how often it is tried.

use acd::{Agent, Request};
use proptest::prelude::*;
use serde_json::json;
use shared::Millis;
use shared::webhook::EventType;
use telephony::HttpAnswer;
use webhook::retry::{Next, SCHEDULE_S, after};

/// Attempts until it is over, and the seconds they took in all.
fn play(answers: impl Iterator<Item = HttpAnswer>) -> (u32, i64, Next) {
    let (mut attempts, mut passed) = (0, 0);
    for answer in answers {
        attempts += 1;
        match after(attempts, &answer) {
            Next::Again(in_s) => passed += in_s,
            over => return (attempts, passed, over),
        }
    }
    (attempts, passed, Next::Again(0))
}

#[test]
fn an_endpoint_that_is_down_is_tried_on_the_published_days() {
    let down = std::iter::repeat_with(|| HttpAnswer::none(true));
    assert_eq!(play(down), (10, SCHEDULE_S.iter().sum(), Next::GiveUp));
    assert_eq!(
        SCHEDULE_S.iter().sum::<i64>(),
        272_105,
        "a little more than three days"
    );
}

#[test]
fn who_is_gone_is_left_alone_and_who_is_busy_gets_time() {
    assert_eq!(after(1, &HttpAnswer::of(410, "")), Next::Gone);
    assert_eq!(
        after(1, &HttpAnswer::of(301, "")),
        Next::Again(5),
        "nobody sends us elsewhere"
    );
    let busy = HttpAnswer {
        retry_after_s: Some(120),
        ..HttpAnswer::of(429, "")
    };
    assert_eq!(after(1, &busy), Next::Again(120));
    assert_eq!(after(5, &busy), Next::Again(18_000));
    let never = HttpAnswer {
        retry_after_s: Some(u32::MAX),
        ..busy
    };
    assert_eq!(after(1, &never), Next::Again(86_400));
}

fn answers() -> impl Strategy<Value = HttpAnswer> {
    (prop::option::of(100_u16..600), prop::option::of(any::<u32>())).prop_map(|(status, retry_after_s)| {
        HttpAnswer {
            status,
            retry_after_s,
            sent: true,
            body: String::new(),
        }
    })
}

proptest! {
    /// Whatever an endpoint answers: it is over after ten attempts at the most, attempts are never closer than published and never
    /// more than a day apart, and it counts as delivered exactly when the last answer was a good one.
    #[test]
    fn it_ends_and_keeps_its_distances(answers in prop::collection::vec(answers(), 10)) {
        for (nth, answer) in (1_u32..).zip(&answers) {
            let good = answer.status.is_some_and(|status| (200..300).contains(&status));
            match after(nth, answer) {
                Next::Again(in_s) => {
                    prop_assert!(!good && nth < 10);
                    prop_assert!(in_s >= SCHEDULE_S[nth as usize] && in_s <= 86_400);
                }
                Next::Delivered => prop_assert!(good),
                Next::Gone => prop_assert_eq!(answer.status, Some(410)),
                Next::GiveUp => prop_assert!(!good && nth == 10),
            }
        }
    }
}

#[expect(clippy::unwrap_used, reason = "the wish is written out here")]
fn asked() -> Request {
    let wish = json!({"phone": "+447700900123", "skill": "cruises", "note": "A cabin", "consent": true,
        "page": {"url": "https://shop.example/cruises?sid=1", "title": "Cruises"}});
    Request::new(
        "req_1".to_owned().try_into().unwrap(),
        serde_json::from_value(wish).unwrap(),
        Millis(1_000),
    )
}

#[test]
fn the_story_of_a_request_is_told_in_its_order() {
    use EventType::*;
    let created = asked();
    let of = |before: &Request, change: fn(&mut Request)| {
        let mut after = before.clone();
        change(&mut after);
        (webhook::event::of_request(Some(before), &after), after)
    };
    assert_eq!(webhook::event::of_request(None, &created), [RequestCreated]);
    let (events, dialled) = of(&created, |it| it.called_at = Some(Millis(31_000)));
    assert_eq!(events, [], "not every step is worth a message");
    let (events, talking) = of(&dialled, |it| it.connected_at = Some(Millis(41_000)));
    assert_eq!(events, [CallStarted]);
    let (events, handed) = of(&talking, |it| it.asked.skill = None);
    assert_eq!(events, [RequestMoved]);
    let (events, ended) = of(&handed, |it| {
        it.ended_at = Some(Millis(71_500));
        it.reason = Some(shared::call::EndReason::Talked);
    });
    assert_eq!(events, [CallEnded]);
    let told = webhook::event::request(&ended, false);
    assert_eq!(
        (&told["outcome"], &told["wait_s"], &told["talk_s"]),
        (&json!("talked"), &json!(30), &json!(30))
    );
    let (events, _) = of(&ended, |it| {
        it.disposition = serde_json::from_value(json!({"kind": "purchase"})).ok();
    });
    assert_eq!(events, [CallWrittenUp]);
    let (events, _) = of(&created, |it| {
        it.ended_at = Some(Millis(2_000));
        it.reason = Some(shared::call::EndReason::CancelledByCustomer);
    });
    assert_eq!(events, [RequestCancelled]);
    let (events, _) = of(&created, |it| {
        it.ended_at = Some(Millis(2_000));
        it.reason = Some(shared::call::EndReason::Expired);
    });
    assert_eq!(events, [RequestExpired]);
}

#[test]
fn numbers_are_masked_unless_the_business_wants_them_whole() {
    let request = asked();
    assert!(
        !webhook::event::request(&request, false)
            .to_string()
            .contains("7700900123")
    );
    assert_eq!(
        webhook::event::request(&request, true)["customer"],
        "+447700900123"
    );
}

#[test]
fn an_agent_is_told_of_when_the_presence_changes() {
    let ana = Agent::offline("ana".to_owned().try_into().unwrap(), Millis(0));
    let mut there = ana.clone();
    there.state = shared::desk::AgentState::Available;
    assert_eq!(
        webhook::event::of_agent(Some(&ana), &there),
        Some(EventType::AgentStatus)
    );
    let mut idle = there.clone();
    idle.idle_since = Millis(9);
    assert_eq!(webhook::event::of_agent(Some(&there), &idle), None);
}

#[test]
fn an_agent_is_told_of_when_only_the_phone_changes() {
    let mut ana = Agent::offline("ana".to_owned().try_into().unwrap(), Millis(0));
    ana.state = shared::desk::AgentState::Available;
    let mut calling = ana.clone();
    calling.published = Some(acd::Published {
        entity: serde_json::from_value(serde_json::json!("sip:ana@example.com")).unwrap(),
        state: shared::sip::PhoneState::OnThePhone,
        at: Millis(5),
        until: Millis(60_000),
        lapsed: false,
        since: Millis(5),
    });
    assert_eq!(
        webhook::event::of_agent(Some(&ana), &calling),
        Some(EventType::AgentStatus)
    );
    assert_eq!(webhook::event::agent(&calling)["line"], "on_the_phone");
    let mut refreshed = calling.clone();
    refreshed
        .published
        .iter_mut()
        .for_each(|phone| phone.until = Millis(120_000));
    assert_eq!(
        webhook::event::of_agent(Some(&calling), &refreshed),
        None,
        "it says the same again"
    );
}
