//! The announced wait, in short. The figures that count take a million waits and are measured in the release build with
//! `scenarios/mm100-forecast.json` and the other `-forecast` scenarios.

use serde_json::json;

use crate::{agrees, figure, line, run};

#[test]
fn baselines_are_as_bad_as_the_literature_says() {
    let mut scenario = line(9.0, 10, 8_000.0);
    scenario["forecast"] = json!(true);
    let report = run(&scenario);
    // M/M/s: the queue length gives m²/(1 − ρ); the last to enter service 2(1 + ρ − ρ²) times as much.
    agrees(&report, "forecast/ql/mse", 0.1, 0.25);
    let (queue, last) = (
        figure(&report, "forecast/ql/mse").0,
        figure(&report, "forecast/les/mse").0,
    );
    assert!((last / queue - 2.18).abs() < 0.25, "{}", last / queue);
    let (ours, _) = figure(&report, "forecast/mse");
    assert!(ours < 1.1 * queue, "{ours} and {queue}");
    let (coverage, _) = figure(&report, "forecast/coverage");
    assert!((coverage - 0.8).abs() < 0.04, "{coverage}");
    assert!(figure(&report, "forecast/bias").0.abs() < 0.05);
}

#[test]
fn the_exact_estimator_is_left_out_where_there_is_none() {
    let mut scenario = line(9.0, 10, 500.0);
    scenario["forecast"] = json!(true);
    scenario["wrap_up"] = json!(0.1);
    let report = run(&scenario);
    assert!(report["forecast"].get("ql").is_none());
    assert!(report["forecast"]["hol"]["ratio"]["mean"].is_number());
    assert_eq!(
        report["forecast"]["mse"],
        report["forecast"]["skills"]["a"]["mse"]
    );
}
