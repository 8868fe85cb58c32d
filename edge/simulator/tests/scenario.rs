//! Scenarios as people write them: what is refused and how it is said, and that nothing depends on anything else.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that can not go on should stop"
)]

use serde_json::{Value, json};
use simulator::{Plan, Scenario};

fn good() -> Value {
    json!({
        "seed": 1, "warmup": 10, "length": 300, "batches": 5, "trunks": 12, "ring": 0.1, "wrap_up": 0.2,
        "thresholds": [0.2],
        "arrivals": [
            { "skill": "a", "rate": 5, "interarrival": { "dist": "hyperexponential", "cv": 2 },
              "handle": { "dist": "lognormal", "mean": 1, "cv": 1.2 }, "patience": { "dist": "erlang", "mean": 2, "k": 3 } },
            { "skill": "b", "rate": 2, "interarrival": "deterministic",
              "handle": { "dist": "deterministic", "mean": 1 }, "promise": 3, "slack": 0.5 },
        ],
        "agents": [{ "count": 5, "skills": { "a": 1 } }, { "count": 4, "speed": 1.5, "skills": { "a": 2, "b": 1 } }],
        "select": "primary-first",
    })
}

fn simulate(scenario: &Value) -> Result<String, String> {
    simulator::simulate(&scenario.to_string(), &mut |_| ())
        .map(|report| serde_json::to_string(&report).unwrap())
        .map_err(|wrong| wrong.to_string())
}

#[test]
fn the_same_scenario_gives_the_same_bytes() {
    let first = simulate(&good()).unwrap();
    assert_eq!(first, simulate(&good()).unwrap());
    let mut other = good();
    other["seed"] = json!(2);
    assert_ne!(first, simulate(&other).unwrap());
}

#[test]
fn whether_waits_are_forecast_changes_nothing_else() {
    let with: Value = serde_json::from_str(&simulate(&good()).unwrap()).unwrap();
    let mut scenario = good();
    scenario["forecast"] = json!(false);
    let without: Value = serde_json::from_str(&simulate(&scenario).unwrap()).unwrap();
    assert_eq!(with["total"], without["total"]);
    assert_eq!(with["matches"], without["matches"]);
    assert!(without["forecast"].is_null() && with["forecast"].is_object());
}

#[test]
fn every_call_is_accounted_for() {
    let report: Value = serde_json::from_str(&simulate(&good()).unwrap()).unwrap();
    assert!(report.get("undecided").is_none());
    for of in [&report["total"], &report["skills"]["a"], &report["skills"]["b"]] {
        let mean = |name: &str| of[name]["mean"].as_f64().unwrap();
        let sum = mean("answered") + (mean("blocked") + mean("abandoned")) * mean("offered");
        assert!((sum - mean("offered")).abs() < 1e-6);
    }
}

#[test]
fn the_smallest_scenario_does() {
    let small = json!({ "length": 100, "arrivals": [{ "skill": "a", "rate": 1, "handle": { "dist": "exponential", "mean": 1 } }],
                        "agents": [{ "count": 2, "skills": { "a": 1 } }] });
    assert!(simulate(&small).is_ok());
}

#[test]
fn a_wrong_scenario_names_the_field() {
    for (at, value, said) in [
        ("/length", json!(0), "length: must be greater than 0"),
        ("/length", json!(1e12), "length: must be at most"),
        ("/warmup", json!(-1), "warmup: must be from 0"),
        ("/batches", json!(1), "batches: must be from 2 to 1000, not 1"),
        ("/batches", json!("many"), "batches: invalid type"),
        ("/trunks", json!(0), "trunks: must be at least 1, or null"),
        ("/ring", json!(-0.5), "ring: must be from 0"),
        (
            "/select",
            json!("best"),
            "select: must be primary-first or fcfs-longest-idle",
        ),
        ("/thresholds/0", json!(-1), "thresholds[0]: must be from 0"),
        ("/arrivals", json!([]), "arrivals: must be from 1 to 1000, not 0"),
        ("/agents", json!([]), "agents: must be from 1 to 1000, not 0"),
        (
            "/arrivals/0/rate",
            json!(0),
            "arrivals[0].rate: must be greater than 0",
        ),
        (
            "/arrivals/1/skill",
            json!("c"),
            r#"arrivals[1].skill: no agent has "c""#,
        ),
        (
            "/arrivals/0/handle/mean",
            json!(0),
            "arrivals[0].handle.mean: must be greater than 0",
        ),
        (
            "/arrivals/0/handle/cv",
            json!(-1),
            "arrivals[0].handle.cv: must be from 0",
        ),
        (
            "/arrivals/0/handle/dist",
            json!("gamma"),
            "arrivals[0].handle.dist: unknown variant `gamma`",
        ),
        (
            "/arrivals/0/handle",
            json!({ "dist": "lognormal", "mean": 1 }),
            "arrivals[0].handle.cv: is missing",
        ),
        (
            "/arrivals/1/handle",
            json!({ "dist": "exponential" }),
            "arrivals[1].handle.mean: is missing",
        ),
        (
            "/arrivals/1/handle",
            json!({ "dist": "exponential", "mean": 1, "k": 2 }),
            "arrivals[1].handle.k: does not belong",
        ),
        (
            "/arrivals/0/patience/k",
            json!(0),
            "arrivals[0].patience.k: must be from 1",
        ),
        (
            "/arrivals/0/interarrival",
            json!("often"),
            "arrivals[0].interarrival: unknown variant `often`",
        ),
        (
            "/arrivals/0/interarrival/cv",
            json!(0.5),
            "arrivals[0].interarrival.cv: must be at least 1",
        ),
        (
            "/arrivals/0/interarrival/mean",
            json!(9),
            "arrivals[0].interarrival.mean: contradicts the rate",
        ),
        (
            "/arrivals/0/priority",
            json!(10),
            "arrivals[0].priority: must be from 0 to 9",
        ),
        (
            "/arrivals/0/slack",
            json!(1),
            "arrivals[0].slack: belongs to a promise",
        ),
        (
            "/arrivals/1/promise",
            json!(-1),
            "arrivals[1].promise: must be greater than 0",
        ),
        (
            "/arrivals/1/priority",
            json!(1),
            "arrivals[1].priority: does not go with a promise",
        ),
        ("/agents/0/count", json!(0), "agents[0].count: must be from 1"),
        (
            "/agents/1/speed",
            json!(0),
            "agents[1].speed: must be greater than 0",
        ),
        (
            "/agents/1/skills/b",
            json!(0),
            "agents[1].skills.b: must be from 1 to 9",
        ),
        (
            "/agents/0/skills",
            json!({}),
            "agents[0].skills: must name at least one skill",
        ),
    ] {
        let mut scenario = good();
        set(&mut scenario, at, value);
        let told = simulate(&scenario).unwrap_err();
        assert!(told.starts_with(said), "{at}: {told}");
    }
}

#[test]
fn an_unknown_field_is_refused_where_it_is() {
    for (at, said) in [
        ("/lenght", "lenght: unknown field"),
        ("/arrivals/0/colour", "arrivals[0].colour: unknown field"),
        ("/arrivals/0/handle/sd", "arrivals[0].handle.sd: unknown field"),
        ("/agents/1/skill", "agents[1].skill: unknown field"),
    ] {
        let mut scenario = good();
        set(&mut scenario, at, json!(1));
        let told = simulate(&scenario).unwrap_err();
        assert!(told.starts_with(said), "{at}: {told}");
    }
    let mut scenario = good();
    scenario.as_object_mut().unwrap().remove("agents");
    assert!(
        simulate(&scenario)
            .unwrap_err()
            .contains("missing field `agents`")
    );
    assert!(simulator::simulate("{", &mut |_| ()).is_err());
}

/// A line that only grows ends with words, not without memory; one that starves somebody ends, too.
#[test]
fn a_starving_line_ends() {
    let handle = json!({ "dist": "exponential", "mean": 1 });
    let scenario = json!({ "length": 1000, "forecast": false,
        "arrivals": [{ "skill": "a", "rate": 1.5, "handle": handle },
                     { "skill": "b", "rate": 0.5, "handle": handle, "priority": 1 }],
        "agents": [{ "count": 1, "skills": { "a": 1, "b": 1 } }] });
    let report: Value = serde_json::from_str(&simulate(&scenario).unwrap()).unwrap();
    assert!(report["undecided"].as_u64().unwrap() > 400);
}

#[test]
fn the_examples_are_scenarios() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() > 5);
    for file in files {
        let scenario = Scenario::read(&std::fs::read_to_string(&file).unwrap());
        if let Err(wrong) = scenario.and_then(|scenario| Plan::of(&scenario)) {
            panic!("{}: {wrong}", file.display());
        }
    }
}

/// Sets a value at a JSON pointer, whose last part may be new.
fn set(scenario: &mut Value, at: &str, value: Value) {
    let (parent, key) = at.rsplit_once('/').unwrap();
    match scenario.pointer_mut(parent).unwrap() {
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing can be set at {at}"),
    }
}
