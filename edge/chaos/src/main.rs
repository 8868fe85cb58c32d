//! `chaos [--seeds N] [--seed S] [--events E] [--crash-at-each | --crash-at K] [--json] [--mutants [--only NAME]]`: what was played on
//! the standard output.

use chaos::{Crashes, Tally, Verdict};
use std::process::ExitCode;
use std::time::Instant;

/// A seventh faster than the system's: a play is mostly rows that come and go.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Seeds that are played.
const SEEDS: u64 = 100;
/// Events with faults in the play of one seed.
const EVENTS: u64 = 20_000;
/// The same where the process dies at each moment of it, which is a play for each, and so many seeds.
const SCENARIO: u64 = 300;
const SCENARIOS: u64 = 30;
/// Failing seeds that are shown whole.
const SHOWN: usize = 3;

#[derive(Debug)]
struct Wish {
    first: u64,
    seeds: u64,
    events: u64,
    crashes: Crashes,
    json: bool,
    mutants: bool,
    only: String,
}

fn main() -> ExitCode {
    match wish() {
        Ok(wish) if wish.mutants => mutants(&wish),
        Ok(wish) => run(&wish),
        Err(wrong) => {
            eprintln!(
                "{wrong}\nusage: cargo xtask chaos [--seeds N] [--seed S] [--events E] [--crash-at-each | --crash-at K] [--json] [--mutants]"
            );
            ExitCode::from(2)
        }
    }
}

fn wish() -> Result<Wish, String> {
    let mut wish = Wish {
        first: 1,
        seeds: SEEDS,
        events: EVENTS,
        crashes: Crashes::ByChance,
        json: false,
        mutants: false,
        only: String::new(),
    };
    let (mut seeds, mut seed, mut events) = (None, None, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut next = || {
            words
                .next()
                .ok_or_else(|| format!("{word} needs a word after it"))
        };
        let number = |text: String| {
            let number = text.parse::<u64>();
            number.map_err(|_| format!("{word}: {text} is no number"))
        };
        match word.as_str() {
            "--seeds" => seeds = Some(number(next()?)?),
            "--seed" => seed = Some(number(next()?)?),
            "--events" => events = Some(number(next()?)?),
            "--crash-at" => wish.crashes = Crashes::At(number(next()?)?),
            "--crash-at-each" => wish.crashes = Crashes::AtEach,
            "--json" => wish.json = true,
            "--mutants" => wish.mutants = true,
            "--only" => wish.only = next()?,
            _ => return Err(format!("{word} means nothing here")),
        }
    }
    if wish.crashes != Crashes::ByChance {
        (wish.seeds, wish.events) = (SCENARIOS, SCENARIO);
    }
    wish.events = events.unwrap_or(wish.events);
    wish.first = seed.unwrap_or(1);
    // A seed alone is to be played again, and nothing else.
    wish.seeds = seeds.unwrap_or(if seed.is_some() { 1 } else { wish.seeds });
    Ok(wish)
}

fn run(wish: &Wish) -> ExitCode {
    let begun = Instant::now();
    let mut total = Tally::default();
    let mut failed: Vec<Verdict> = Vec::new();
    let (mut plays, mut failures, mut last) = (0_u64, 0_u64, None);
    let seeds = wish.first..wish.first + wish.seeds;
    let played = chaos::each(seeds, wish.events, wish.crashes, |verdict| {
        plays += 1;
        let seed = verdict.seed;
        total.add(&verdict.tally);
        if let (Some(law), Some(how)) = (verdict.broken, &verdict.how) {
            failures += 1;
            let at = verdict
                .crash_at
                .map_or_else(String::new, |at| format!(", crash at {at}"));
            eprintln!("seed {seed}{at}: {law}: {how}");
            if failed.len() < SHOWN {
                // Once more, and this time somebody reads.
                failed.extend(chaos::play(seed, wish.events, verdict.crash_at, true));
            }
        }
        last = Some(verdict);
    });
    if let Err(wrong) = played {
        eprintln!("{wrong}");
        return ExitCode::FAILURE;
    }
    let seconds = begun.elapsed().as_secs_f64();
    if wish.json {
        let hash = last.filter(|_| plays == 1).map(|verdict| verdict.hash);
        let report = serde_json::json!({
            "seeds": wish.seeds,
            "plays": plays,
            "first": wish.first,
            "failures": failures,
            "total": total,
            "seconds": seconds,
            "hash": hash,
            "failed": failed,
        });
        println!("{report:#}");
    } else {
        for verdict in &failed {
            tell(verdict, wish.events);
        }
        #[expect(clippy::cast_precision_loss, reason = "shown in three digits")]
        let rate = total.events as f64 / seconds;
        println!(
            "{} seeds from {}, {plays} plays: {} events, {} requests accepted, {} legs, {} conversations, {} crashes, {:.0} hours of business\n\
             {seconds:.1} s, {rate:.0} events/s, {failures} failures",
            wish.seeds,
            wish.first,
            total.events,
            total.accepted,
            total.legs,
            total.conversations,
            total.crashes,
            std::time::Duration::from_millis(total.milliseconds.unsigned_abs()).as_secs_f64() / 3600.0,
        );
        if let Some(verdict) = last.filter(|_| plays == 1) {
            println!("event log {}", verdict.hash);
        }
    }
    if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A seed that failed, with everything that is needed to understand it.
fn tell(verdict: &Verdict, events: u64) {
    for line in &verdict.last {
        println!("{line}");
    }
    if let Some(options) = &verdict.options {
        println!("{options:#}");
    }
    println!(
        "seed {} broke {}: {}\n    cargo xtask chaos --seed {} --events {events}{}\n",
        verdict.seed,
        verdict.broken.unwrap_or_default(),
        verdict.how.as_deref().unwrap_or_default(),
        verdict.seed,
        verdict
            .crash_at
            .map_or_else(String::new, |at| format!(" --crash-at {at}")),
    );
}

#[cfg(not(feature = "mutants"))]
fn mutants(_wish: &Wish) -> ExitCode {
    eprintln!("this was built without the feature `mutants`");
    ExitCode::from(2)
}

/// Plays with each bug on purpose until it is found, and prints the table.
#[cfg(feature = "mutants")]
fn mutants(wish: &Wish) -> ExitCode {
    let begun = Instant::now();
    let mut watch = |found: &chaos::mutants::Found| {
        if !wish.json {
            let law = found.law.as_deref().unwrap_or("not found");
            println!("| {} | {} | {law} | {} |", found.mutant, found.words, found.seeds);
            eprintln!("    {}", found.how);
        }
    };
    if !wish.json {
        println!(
            "| mutant | what it does | invariant that caught it | seeds needed |\n| --- | --- | --- | --- |"
        );
    }
    let found = chaos::mutants::mutants(wish.first, wish.events, &wish.only, &mut watch);
    let missed = found.iter().filter(|found| found.law.is_none()).count();
    let seconds = begun.elapsed().as_secs_f64();
    if wish.json {
        println!(
            "{:#}",
            serde_json::json!({ "mutants": found, "missed": missed, "seconds": seconds })
        );
    } else {
        println!("{} mutants, {missed} missed, {seconds:.1} s", found.len());
    }
    if missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
