//! One skill: Erlang's formulas and their relatives.

use serde_json::json;

use crate::{agrees, line, run};

#[test]
fn erlang_c() {
    let mut scenario = line(8.0, 10, 30_000.0);
    scenario["thresholds"] = json!([0, 0.5]);
    let report = run(&scenario);
    let waits = 0.409_180_150_796_443_5;
    agrees(&report, "total/p_wait", waits, 0.04);
    agrees(&report, "total/mean_wait", waits / 2.0, 0.12);
    agrees(&report, "total/mean_wait_given_wait", 0.5, 0.08);
    agrees(&report, "total/occupancy", 0.8, 0.01);
    let within = |seconds: f64| 1.0 - waits * (-2.0 * seconds).exp();
    agrees(&report, "skills/a/p_wait_le/0", within(0.0), 0.04);
    agrees(&report, "skills/a/p_wait_le/0.5", within(0.5), 0.04);
}

#[test]
fn erlang_b_whatever_the_handling_time() {
    for handle in [
        json!({ "dist": "exponential", "mean": 1.0 }),
        json!({ "dist": "hyperexponential", "mean": 1.0, "cv": 2.0 }),
        json!({ "dist": "lognormal", "mean": 1.0, "cv": 1.5 }),
        json!({ "dist": "deterministic", "mean": 1.0 }),
    ] {
        let mut scenario = line(8.0, 10, 15_000.0);
        scenario["trunks"] = json!(10);
        scenario["arrivals"][0]["handle"] = handle;
        let report = run(&scenario);
        agrees(&report, "total/blocked", 0.121_661_064_252_951_5, 0.06);
        assert_eq!(report["total"]["mean_wait"]["mean"], 0.0);
    }
}

#[test]
fn erlang_a() {
    let mut scenario = line(100.0, 100, 1_500.0);
    scenario["arrivals"][0]["patience"] = json!({ "dist": "exponential", "mean": 1.0 });
    let report = run(&scenario);
    agrees(&report, "total/p_wait", 0.513_298_798_279, 0.08);
    agrees(&report, "total/abandoned", 0.039_860_996_809, 0.14);
    // E[W] = P(abandoned)/θ.
    agrees(&report, "total/mean_wait", 0.039_860_996_809, 0.14);
}

/// Pollaczek and Khinchine: E[W] = λ E[S²] / 2(1 − ρ).
#[test]
fn one_server_and_other_handling_times() {
    for (handle, squared) in [
        (json!({ "dist": "erlang", "mean": 1.0, "k": 4 }), 0.25),
        (json!({ "dist": "lognormal", "mean": 1.0, "cv": 0.8 }), 0.64),
        (
            json!({ "dist": "hyperexponential", "mean": 1.0, "cv": 1.5 }),
            2.25,
        ),
        (json!({ "dist": "deterministic", "mean": 1.0 }), 0.0),
    ] {
        let mut scenario = line(0.7, 1, 100_000.0);
        scenario["arrivals"][0]["handle"] = handle;
        agrees(
            &run(&scenario),
            "total/mean_wait",
            0.7 * (1.0 + squared) / 0.6,
            0.15,
        );
    }
}

/// GI/M/1: P(W > 0) = σ and E[W] = σ/(μ(1 − σ)), σ the root of σ = A*(μ(1 − σ)).
#[test]
fn other_times_between_arrivals() {
    let erlang_2 = |s: f64| (1.4 / (1.4 + s)).powi(2);
    let regular = |s: f64| (-s / 0.7).exp();
    let root = |transform: &dyn Fn(f64) -> f64| (0..200).fold(0.5, |sigma, _| transform(1.0 - sigma));
    for (between, sigma) in [
        (json!({ "dist": "erlang", "k": 2 }), root(&erlang_2)),
        (json!("deterministic"), root(&regular)),
    ] {
        let mut scenario = line(0.7, 1, 100_000.0);
        scenario["arrivals"][0]["interarrival"] = between;
        let report = run(&scenario);
        agrees(&report, "total/p_wait", sigma, 0.05);
        agrees(&report, "total/mean_wait", sigma / (1.0 - sigma), 0.12);
    }
}

/// Ringing and wrap-up occupy the agent, speed shortens the talk alone, and the caller is gone when the talk is over.
#[test]
fn ring_speed_and_wrap_up() {
    let mut scenario = line(0.5, 1, 100_000.0);
    scenario["ring"] = json!(0.25);
    scenario["wrap_up"] = json!(0.5);
    scenario["agents"][0]["speed"] = json!(2.0);
    let report = run(&scenario);
    agrees(&report, "total/occupancy", 0.5 * 1.25, 0.03);
    // M/G/1 with S = 0.75 + Exp(mean 0.5).
    let second = 1.25_f64.powi(2) + 0.25;
    agrees(
        &report,
        "total/mean_wait",
        0.5 * second / (2.0 * (1.0 - 0.625)),
        0.1,
    );
    // With one trunk: blocked during ring and talk (0.75 s), but who comes during the wrap-up waits. Renewal: a cycle is one
    // call taken in; of wrap-up, the chance that nobody comes is e^(−0.25).
    scenario["trunks"] = json!(1);
    let report = run(&scenario);
    let busy = 0.75;
    // Nobody may be waiting and talking at once, so at most one waits during wrap-up; until the agent is free it keeps the
    // trunk. Time from hang-up to the next arrival is Exp(0.5), and it occupies until max(wrap-up end, arrival) + busy.
    let waits = 1.0 - (-0.25_f64).exp();
    let waited = 0.5 - waits / 0.5;
    let taken = busy + waited;
    agrees(&report, "total/p_wait", waits, 0.06);
    agrees(&report, "total/blocked", taken / (taken + 2.0), 0.05);
}
