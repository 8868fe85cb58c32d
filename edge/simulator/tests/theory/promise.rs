//! Promised call-backs among live callers.

use serde_json::{Value, json};

use crate::{agrees, figure, run};

fn scenario(promise: Option<f64>, length: f64) -> Value {
    let handle = json!({ "dist": "exponential", "mean": 1.0 });
    let mut promised = json!({ "skill": "promised", "rate": 5.4, "handle": handle });
    if let Some(promise) = promise {
        promised["promise"] = json!(promise);
    }
    json!({
        "seed": 3, "warmup": 200.0, "length": length, "forecast": false, "select": "fcfs-longest-idle",
        "arrivals": [{ "skill": "live", "rate": 12.6, "handle": handle }, promised],
        "agents": [{ "count": 20, "skills": { "live": 1, "promised": 1 } }],
    })
}

/// C(18, 20).
const WAITS: f64 = 0.550_769_004_816_18;

#[test]
fn who_goes_first_changes_nothing_for_all_together() {
    let fair = run(&scenario(None, 12_000.0));
    for promise in [0.4, 2.0, 1e6] {
        let report = run(&scenario(Some(promise), 12_000.0));
        agrees(&report, "total/p_wait", WAITS, 0.08);
        agrees(&report, "total/mean_wait", WAITS / 2.0, 0.3);
        // The same callers arrive at the same instants, whatever the rule.
        assert_eq!(report["total"]["offered"], fair["total"]["offered"]);
        let (here, there) = (
            figure(&report, "total/mean_wait").0,
            figure(&fair, "total/mean_wait").0,
        );
        assert!((here - there).abs() < 0.1 * there, "{here} and {there}");
    }
}

#[test]
fn promises_are_kept_and_live_callers_gain() {
    let (fair, report) = (
        run(&scenario(None, 12_000.0)),
        run(&scenario(Some(2.0), 12_000.0)),
    );
    assert!(figure(&report, "skills/promised/late").0 < 0.001);
    assert!(
        report["skills"]["promised"]["worst_late"]["mean"]
            .as_f64()
            .unwrap()
            < 0.5
    );
    assert!(report["skills"]["live"].get("late").is_none());
    let wait = |report: &Value| figure(report, "skills/live/mean_wait").0;
    assert!(
        wait(&report) < 0.8 * wait(&fair),
        "{} and {}",
        wait(&report),
        wait(&fair)
    );
}

/// A promise nobody can break is strict priority of the live callers (Cobham): W₁ = C/(s(1 − ρ₁)), W₂ = W₁/(1 − ρ).
#[test]
fn a_promise_far_away_yields_always() {
    let report = run(&scenario(Some(1e6), 20_000.0));
    let live = WAITS / 20.0 / (1.0 - 0.63);
    agrees(&report, "skills/live/mean_wait", live, 0.1);
    agrees(&report, "skills/promised/mean_wait", live / 0.1, 0.35);
}
