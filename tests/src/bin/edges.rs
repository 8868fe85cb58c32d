//! `cargo xtask bench edge`: how many requests a business's object accepts and how many page views the worker answers, beside the
//! least that does the same; what happens in a flood; what an open business weighs.

use bench::{Figure, Report};
use serde_json::{Value, json};
use stage::{BareEdge, Load, Outcome, Stack, broken, figure, load, median, tell};
use std::process::ExitCode;
use std::time::Duration;

/// Rounds of which the median counts, ours and the control's in turn.
const ROUNDS: usize = 5;
const CONNECTIONS: usize = 8;
const ACCEPTS: usize = 600;
const VIEWS: usize = 6000;
/// Far more than are answered at a time.
const FLOOD: usize = 256;
const FLOOD_S: u64 = 5;
const BUSINESSES: usize = 10_000;
/// As many as one local workerd can have awake: it gives the SQLite databases of all its objects 512 MiB together. (Cloudflare spreads
/// objects over many processes.)
const AWAKE: usize = 500;
/// Seconds after which an object that nobody asks is put to sleep, and some more.
const FALLS_ASLEEP_S: u64 = 11;
const LONG: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    tell(measure())
}

const PARTS: [&str; 4] = ["accepts", "views", "flood", "businesses"];

/// The part after `--only`.
fn only() -> Outcome<Option<String>> {
    let mut words = std::env::args().skip_while(|word| word != "--only");
    let part = words.nth(1);
    match &part {
        Some(part) if !PARTS.contains(&part.as_str()) => {
            broken(format!("{part} is none of {}", PARTS.join(", ")))
        }
        _ => Ok(part),
    }
}

fn measure() -> Outcome<Report> {
    let only = only()?;
    let wanted = |part: &str| only.as_ref().is_none_or(|only| only == part);
    let stack = Stack::start_on_time("bench-edge")?;
    let bare = BareEdge::start(stack.folder())?;
    let mut figures = Vec::new();
    if wanted("accepts") {
        let rust = BareEdge::start_in_rust(stack.folder())?;
        figures.extend(of("accepts", accepts(&stack, &bare, &rust))?);
    }
    if wanted("views") {
        figures.extend(of("views", views(&stack, &bare))?);
    }
    if wanted("flood") {
        figures.extend(of("flood", flood(&stack))?);
    }
    drop((stack, bare));
    if wanted("businesses") {
        figures.extend(of("businesses", businesses())?);
    }
    Ok(Report {
        bench: "edge",
        figures,
    })
}

/// Which part a failure is of.
fn of<T>(part: &str, outcome: Outcome<T>) -> Outcome<T> {
    outcome.map_err(|error| format!("{part}: {error}").into())
}

fn ask(site: &str, nth: usize) -> String {
    ask_at(&format!("/v1/sites/{site}/requests"), nth)
}

fn ask_at(path: &str, nth: usize) -> String {
    let body = json!({"phone": format!("+4477009{nth:05}"), "consent": true, "skill": "cruises"});
    load::post(
        path,
        &[("idempotency-key", &format!("bench-{nth}"))],
        &body.to_string(),
    )
}

/// A business as the demo's, with nobody at work.
fn open(stack: &Stack, site: &str) -> Outcome {
    stack.set_up_as(site, |_| {})
}

/// All of them, or it is no measurement.
fn all(run: &Load, status: u16, count: usize) -> Outcome {
    let right = run
        .heard
        .iter()
        .filter(|(_, heard)| heard.status == status)
        .count();
    match run.heard.iter().find(|(_, heard)| heard.status != status) {
        None if right == count => Ok(()),
        other => broken(format!("{right} of {count} answers are {status}: {other:?}")),
    }
}

fn accepts(stack: &Stack, bare: &BareEdge, rust: &BareEdge) -> Outcome<Vec<Figure>> {
    let (mut ours, mut theirs, mut in_rust, mut as_many) = (vec![], vec![], vec![], vec![]);
    for round in 0..=ROUNDS {
        let site = format!("round-{round}");
        open(stack, &site)?;
        let here = load::run(stack.port(), CONNECTIONS, ACCEPTS, LONG, |nth| ask(&site, nth))?;
        all(&here, 201, ACCEPTS)?;
        let there = load::run(bare.port, CONNECTIONS, ACCEPTS, LONG, |nth| ask(&site, nth))?;
        all(&there, 201, ACCEPTS)?;
        let in_ours = load::run(rust.port, CONNECTIONS, ACCEPTS, LONG, |nth| ask(&site, nth))?;
        all(&in_ours, 201, ACCEPTS)?;
        let path = format!("/rows/{site}");
        let six = load::run(rust.port, CONNECTIONS, ACCEPTS, LONG, |nth| ask_at(&path, nth))?;
        all(&six, 201, ACCEPTS)?;
        // The first round warms up whatever is kept.
        if round > 0 {
            ours.push(here);
            theirs.push(there);
            in_rust.push(in_ours);
            as_many.push(six);
        }
    }
    let of = |runs: &[Load], look: &dyn Fn(&Load) -> f64| median(runs.iter().map(look).collect());
    let beside = |look: &dyn Fn(&Load) -> f64| (of(&ours, look), Some(("one row each", of(&theirs, look))));
    let (rate, rate_beside) = beside(&|run| run.rate(201));
    let least = of(&in_rust, &|run| run.rate(201));
    let same_rows = of(&as_many, &|run| run.rate(201));
    let (p50, p50_beside) = beside(&|run| run.within_ms(201, 50));
    let (p99, p99_beside) = beside(&|run| run.within_ms(201, 99));
    Ok(vec![
        figure("accept_per_s", "1/s", rate, rate_beside),
        figure(
            "accept_per_s_in_rust",
            "1/s",
            rate,
            Some(("one row each, in workers-rs", least)),
        ),
        figure("least_in_rust_per_s", "1/s", least, rate_beside),
        figure("same_rows_per_s", "1/s", same_rows, rate_beside),
        figure("accept_p50_ms", "ms", p50, p50_beside),
        figure("accept_p99_ms", "ms", p99, p99_beside),
    ])
}

fn views(stack: &Stack, bare: &BareEdge) -> Outcome<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let view = load::get(
        "/v1/sites/meridian?url=https%3A%2F%2Fshop.example%2Fcruises.html",
        &[("origin", "https://shop.example")],
    );
    for round in 0..=ROUNDS {
        let here = load::run(stack.port(), CONNECTIONS, VIEWS, LONG, |_| view.clone())?;
        all(&here, 200, VIEWS)?;
        let there = load::run(bare.port, CONNECTIONS, VIEWS, LONG, |_| load::get("/hello", &[]))?;
        all(&there, 200, VIEWS)?;
        if round > 0 {
            ours.push(here.rate(200));
            theirs.push(there.rate(200));
        }
    }
    Ok(vec![figure(
        "presence_per_s",
        "1/s",
        median(ours),
        Some(("hello", median(theirs))),
    )])
}

/// Many more ask than can be answered: who is turned away is told when to come again, who is not is there afterwards.
fn flood(stack: &Stack) -> Outcome<Vec<Figure>> {
    open(stack, "flood")?;
    open(stack, "calm")?;
    let calm = |from: usize| load::run(stack.port(), 1, 100, LONG, |nth| ask("calm", from + nth));
    let before = calm(0)?;
    let alone = load::run(stack.port(), CONNECTIONS, ACCEPTS, LONG, |nth| ask("flood", nth))?;
    let run = load::run(
        stack.port(),
        FLOOD,
        usize::MAX,
        Duration::from_secs(FLOOD_S),
        |nth| ask("flood", ACCEPTS + nth),
    )?;
    let after = calm(100)?;
    let shed: Vec<_> = run
        .heard
        .iter()
        .filter(|(_, it)| matches!(it.status, 429 | 503))
        .collect();
    if let Some((_, odd)) = run
        .heard
        .iter()
        .find(|(_, it)| !matches!(it.status, 201 | 429 | 503))
    {
        return broken(format!("in the flood: {odd:?}"));
    }
    if let Some((_, odd)) = shed.iter().find(|(_, it)| it.retry_after_s.is_none()) {
        return broken(format!("turned away without a time: {odd:?}"));
    }
    let taken: Vec<_> = run.heard.iter().filter(|(_, it)| it.status == 201).collect();
    let mut lost = 0;
    for (_, heard) in &taken {
        let told: Value = serde_json::from_str(&heard.body)?;
        let word = |at: &str| told.pointer(at).and_then(Value::as_str).unwrap_or_default();
        lost += usize::from(!stack.knows("flood", word("/request/id"), word("/receipt"))?);
    }
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let offered = count(run.heard.len()) / run.took.as_secs_f64();
    Ok(vec![
        figure(
            "flood_offered_per_s",
            "1/s",
            offered,
            Some(("accepted alone", alone.rate(201))),
        ),
        figure(
            "flood_accepted_per_s",
            "1/s",
            run.rate(201),
            Some(("accepted alone", alone.rate(201))),
        ),
        figure(
            "flood_accepted_p99_ms",
            "ms",
            run.within_ms(201, 99),
            Some(("alone", alone.within_ms(201, 99))),
        ),
        figure("flood_turned_away", "requests", count(shed.len()), None),
        figure("flood_acknowledged", "requests", count(taken.len()), None),
        figure("flood_connections_lost", "times", count(run.again), None),
        figure("flood_lost", "requests", count(lost), None),
        figure(
            "calm_after_flood_p50_ms",
            "ms",
            after.within_ms(201, 50),
            Some(("before", before.within_ms(201, 50))),
        ),
    ])
}

/// Businesses that stay in memory, for what one weighs; then many more, of which those that nobody asks are put to sleep.
fn businesses() -> Outcome<Vec<Figure>> {
    let awake = Stack::start_on_disk_awake("bench-awake")?;
    let none = awake.memory_kb()?;
    make(&awake, 0..AWAKE)?;
    let all_of_them = awake.memory_kb()?;
    drop(awake);
    let stack = Stack::start_on_disk("bench-businesses")?;
    let (mut took, mut slowest) = (Duration::ZERO, Vec::new());
    in_turns(|from| {
        took += make(&stack, from..from + AWAKE)?.took;
        Ok(())
    })?;
    in_turns(|from| {
        let seen = load::run(stack.port(), CONNECTIONS, AWAKE, LONG, |nth| {
            load::get(&format!("/v1/sites/b{}", from + nth), &[])
        })?;
        slowest.push(seen.within_ms(200, 99));
        all(&seen, 200, AWAKE)
    })?;
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    Ok(vec![
        figure(
            "business_memory_kb",
            "kB",
            (all_of_them - none) / count(AWAKE),
            None,
        ),
        figure("businesses_open", "objects", count(BUSINESSES), None),
        figure(
            "businesses_made_per_s",
            "1/s",
            count(BUSINESSES) / took.as_secs_f64(),
            None,
        ),
        figure("businesses_first_view_p99_ms", "ms", median(slowest), None),
        figure("businesses_memory_mb", "MB", stack.memory_kb()? / 1024.0, None),
    ])
}

/// Does something with all businesses, no more at once than can be awake, from the number of the first of them.
fn in_turns(mut act: impl FnMut(usize) -> Outcome) -> Outcome {
    for from in (0..BUSINESSES).step_by(AWAKE) {
        act(from)?;
        std::thread::sleep(Duration::from_secs(FALLS_ASLEEP_S));
    }
    Ok(())
}

/// Sets up businesses by their numbers.
fn make(stack: &Stack, numbers: std::ops::Range<usize>) -> Outcome<Load> {
    let document = stack.seeded()?.to_string();
    let bearer = format!("Bearer {}", stack.operator());
    let made = load::run(stack.port(), CONNECTIONS, numbers.len(), LONG, |nth| {
        let put = load::post(
            &format!("/v1/businesses/b{}", numbers.start + nth),
            &[("authorization", &bearer)],
            &document,
        );
        put.replacen("POST", "PUT", 1)
    })?;
    all(&made, 200, numbers.len())?;
    Ok(made)
}
