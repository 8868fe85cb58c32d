//! `cargo xtask bench call`: from the request to the customer's phone, and from the customer's answer to the agent's phone, beside
//! the least that does the same.

use bench::{Beside, Figure, Report};
use pbx::{Edge, Telephones};
use serde_json::{Value, json};
use stage::{Bare, Clerk, Outcome, Stack, Uas, broken, tell, wait_for};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const CALLS: usize = 200;
const AGENTS: usize = 24;
const AT_ONCE: usize = 20;
const PATIENCE: Duration = Duration::from_secs(20);
const SECRET: &str = "a-secret-of-the-exchange";

fn main() -> ExitCode {
    tell(measure())
}

fn agent_number(nth: usize) -> String {
    format!("+4477008{nth:05}")
}

fn customer_number(nth: usize) -> String {
    format!("+4477009{nth:05}")
}

fn measure() -> Outcome<Report> {
    let stack = Stack::start_on_time("bench-call")?;
    stack.set_up(|document| {
        document["equipment"] = json!([stage::pbx()]);
        document["rules"] = json!([]);
        document["timing"] = json!({"wrap_up_s": 1, "look_ahead_s": 0});
        document["agents"] = (0..AGENTS)
            .map(|nth| json!({"id": format!("a{nth}"), "name": format!("Agent {nth}"), "phone": agent_number(nth), "skills": ["cruises"]}))
            .collect();
    })?;
    stack.give_secret("pbx", SECRET)?;
    let uas = Uas::start()?;
    let edge = |url: String| Edge {
        url,
        user: "pbx".into(),
        password: SECRET.into(),
    };
    let ours = format!(
        "{}/v1/carriers/asterisk/meridian/pbx",
        stack.origin().replacen("http", "ws", 1)
    );
    let (parts, words, unique) = (stage::parts()?, pbx::words("Meridian Travel"), std::process::id());
    let mut first = Telephones::exchange(&parts, &format!("bench-{unique}"), &edge(ours), uas.port, &words)?;
    let bare = Bare::start()?;
    let mut second = Telephones::exchange(
        &parts,
        &format!("bare-{unique}"),
        &edge(bare.url.clone()),
        uas.port,
        &words,
    )?;
    first.wait_ready()?;
    second.wait_ready()?;
    wait_for("the Asterisk to connect", || {
        Ok((stack.equipment()?.pointer("/0/connected") == Some(&true.into())).then_some(()))
    })?;
    let _clerks: Vec<Clerk> = (0..AGENTS)
        .map(|nth| Clerk::at(&stack, &format!("a{nth}")))
        .collect::<Result<_, _>>()?;
    // Connections are made and programs warm before it counts.
    for nth in 0..10 {
        one(&stack, &uas, 90_000 + nth)?;
        other(&bare, &uas, 91_000 + nth)?;
    }
    let (mut post, mut bare_post, mut answer, mut bare_answer) = (vec![], vec![], vec![], vec![]);
    for nth in 0..CALLS {
        let (to_customer, to_agent) = one(&stack, &uas, nth)?;
        post.push(to_customer);
        answer.push(to_agent);
        let (to_customer, to_agent) = other(&bare, &uas, 50_000 + nth)?;
        bare_post.push(to_customer);
        bare_answer.push(to_agent);
    }
    let (lost, crossed) = at_once(&stack, &uas)?;
    let mut figures = Vec::new();
    for (name, ours, bare) in [
        ("post_to_invite", &mut post, &mut bare_post),
        ("answer_to_agent_invite", &mut answer, &mut bare_answer),
    ] {
        for (p, share) in [("p50", 50), ("p99", 99)] {
            figures.push(Figure {
                name: format!("{name}_{p}_ms"),
                value: percentile(ours, share),
                unit: "ms",
                beside: Some(Beside {
                    name: "bare script",
                    value: percentile(bare, share),
                }),
            });
        }
    }
    let count = |name: &str, value: usize| Figure {
        name: name.into(),
        value: f64::from(u32::try_from(value).unwrap_or(u32::MAX)),
        unit: "calls",
        beside: None,
    };
    figures.extend([
        count("at_once", AT_ONCE),
        count("at_once_lost", lost),
        count("at_once_crossed", crossed),
    ]);
    Ok(Report {
        bench: "call",
        figures,
    })
}

fn ms(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64() * 1000.0
}

fn percentile(values: &mut [f64], share: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values
        .get((values.len() * share / 100).min(values.len().saturating_sub(1)))
        .copied()
        .unwrap_or(f64::NAN)
}

/// The agent whose phone was called after this call's customer had answered.
fn agent_called(uas: &Uas, before: &std::collections::BTreeMap<String, usize>) -> Outcome<Instant> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        for nth in 0..AGENTS {
            let number = agent_number(nth);
            let seen = before.get(&number).copied().unwrap_or_default();
            if let Some(reached) = uas.wait(&number, seen, Duration::ZERO) {
                return Ok(reached.invited);
            }
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    broken("no agent's phone was called")
}

fn one(stack: &Stack, uas: &Uas, nth: usize) -> Outcome<(f64, f64)> {
    let customer = customer_number(nth);
    let before = uas.counts();
    let posted = Instant::now();
    let asked = stack.ask(&customer, &json!({"skill": "cruises"}))?;
    let Some(reached) = uas.wait(&customer, 0, PATIENCE) else {
        return broken("the customer's phone was not called");
    };
    let agent = agent_called(uas, &before)?;
    stack.cancel(&asked)?;
    wait_for("the end", || {
        Ok((stack.state_of(&asked)? == "ended").then_some(()))
    })?;
    Ok((ms(posted, reached.invited), ms(reached.answered, agent)))
}

fn other(bare: &Bare, uas: &Uas, nth: usize) -> Outcome<(f64, f64)> {
    let (customer, agent) = (customer_number(nth), format!("+4477007{nth:05}"));
    let posted = Instant::now();
    stage::post_text(&bare.address, &format!("c{nth} {customer} {agent}"))?;
    let reached = uas
        .wait(&customer, 0, PATIENCE)
        .ok_or("the script did not call the customer")?;
    let agent = uas
        .wait(&agent, 0, PATIENCE)
        .ok_or("the script did not call the agent")?;
    Ok((ms(posted, reached.invited), ms(reached.answered, agent.invited)))
}

/// Twenty calls at once: how many were lost, and how many rang somebody more than once.
fn at_once(stack: &Stack, uas: &Uas) -> Outcome<(usize, usize)> {
    // Whoever wrote up the last calls is back.
    wait_for("all agents", || {
        let site = stack.site()?;
        let free = site.pointer("/anyone/free").and_then(Value::as_u64);
        Ok((free >= Some(AT_ONCE as u64)).then_some(()))
    })?;
    let asked: Vec<_> = (0..AT_ONCE)
        .map(|nth| stack.ask(&customer_number(80_000 + nth), &json!({"skill": "cruises"})))
        .collect::<Result<_, _>>()?;
    let mut lost = 0;
    for one in &asked {
        lost += usize::from(
            wait_for("a call", || {
                Ok((stack.state_of(one)? == "connected").then_some(()))
            })
            .is_err(),
        );
    }
    let crossed = (0..AT_ONCE)
        .filter(|nth| uas.counts().get(&customer_number(80_000 + nth)) != Some(&1))
        .count();
    for one in &asked {
        stack.cancel(one)?;
    }
    Ok((lost, crossed))
}
