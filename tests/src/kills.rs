//! A server that is killed again and again while people ask for calls, and what must hold of everything it had said: a history of
//! what was asked and acknowledged, and the far end of the carrier, which no crash touches, as the witness.

use crate::api::{client, get, word};
use crate::{ACCOUNT, Clerk, Findings, Hosted, Outcome, Stack, TOKEN, broken, wait_for};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const SITE: &str = "meridian";
const AGENTS: usize = 12;
/// Customers who ask at the same time.
const CUSTOMERS: usize = 4;
/// Of so many who ask, one waits for the call; the others take it back at once.
const WAITS: usize = 20;
/// Acknowledged requests after which the server is killed, at the most.
const MOST: u64 = 30;
/// A server that lives lets everybody talk in this time.
const PATIENCE: Duration = Duration::from_secs(120);

/// What became of something that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    /// The connection broke: it may have happened, or not.
    Nothing,
    Accepted {
        id: String,
        receipt: String,
    },
}

#[derive(Debug, Clone)]
struct Entry {
    nth: usize,
    told: Told,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Crashes.
    pub kills: u32,
    /// Requests that were acknowledged.
    pub acknowledged: usize,
    /// Requests in flight when the server died.
    pub in_flight: usize,
    /// Phone calls that the carrier took.
    pub calls: usize,
    /// Customers who talked.
    pub talked: usize,
    /// What should not be, in words.
    pub faults: Vec<String>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} kills: {} requests acknowledged ({} in flight at a kill), {} phone calls, {} customers talked, {} faults",
            self.kills,
            self.acknowledged,
            self.in_flight,
            self.calls,
            self.talked,
            self.faults.len()
        )?;
        self.faults.iter().try_for_each(|fault| writeln!(f, "  {fault}"))
    }
}

impl Findings for Found {
    fn json(&self) -> Value {
        json!({
            "kills": self.kills, "acknowledged": self.acknowledged, "in_flight": self.in_flight, "calls": self.calls,
            "talked": self.talked, "faults": self.faults,
        })
    }

    fn faults(&self) -> &[String] {
        &self.faults
    }
}

/// Kills the server so often, at moments that follow from `seed`, and says what was found.
///
/// # Errors
/// When the server does not come up, or not everything comes to its end.
pub fn kill_again_and_again(times: u32, seed: u64) -> Outcome<Found> {
    let (mut stack, hosted) = (Stack::start_on_disk("kills")?, Hosted::start()?);
    open(&stack, &hosted)?;
    let mut found = Found {
        kills: times,
        ..Found::default()
    };
    let mut history: Vec<Entry> = Vec::new();
    let (mut next, mut chance) = (0, seed);
    for _ in 0..times {
        let target = 1 + draw(&mut chance) % MOST;
        let clerks = at_work(&stack)?;
        let entries = load(&mut stack, &mut next, usize::try_from(target)?, &mut found.faults)?;
        drop(clerks);
        stack.start_again()?;
        for mut entry in entries {
            if entry.told == Told::Nothing {
                found.in_flight += 1;
                entry.told = settle(&stack, entry.nth, &mut found.faults)?;
            } else if draw(&mut chance).is_multiple_of(8)
                && settle(&stack, entry.nth, &mut found.faults)? != entry.told
            {
                found.faults.push(format!(
                    "request {} is another one when it is repeated",
                    entry.nth
                ));
            }
            history.push(entry);
        }
    }
    let clerks = at_work(&stack)?;
    let ends = all_end(&stack, &clerks, &history, &mut found)?;
    check(&stack, &hosted, &history, &ends, &mut found)?;
    Ok(found)
}

/// The demo's business with agents enough, who answer and hang up by themselves, and a carrier whose memory survives.
fn open(stack: &Stack, hosted: &Hosted) -> Outcome {
    stack.set_up(|document| {
        document["equipment"] = json!([{"id": "hosted", "kind": "twilio", "account": ACCOUNT, "base": hosted.base}]);
        document["rules"] = json!([]);
        document["timing"] = json!({"wrap_up_s": 1, "silence_s": 3600});
        document["agents"] = (0..AGENTS)
            .map(|nth| {
                let phone = format!("+44207946010{}", 2 + nth % 3);
                json!({"id": format!("a{nth}"), "name": format!("Agent {nth}"), "phone": phone, "skills": ["cruises"]})
            })
            .collect();
    })?;
    stack.give_secret("hosted", TOKEN)
}

/// Everybody is back: whoever was called while the server was gone counts as not there.
fn at_work(stack: &Stack) -> Outcome<Vec<Clerk>> {
    (0..AGENTS)
        .map(|nth| Clerk::at(stack, &format!("a{nth}")))
        .collect()
}

/// The next number of a sequence that `state` stands in (splitmix64, Steele, Lea and Flood 2014).
fn draw(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn number(nth: usize) -> String {
    format!("+4477009{nth:05}")
}

/// Asks for the call of the nth customer. Always the same key and body, so that it can be repeated.
fn ask(origin: &str, nth: usize) -> Result<Told, String> {
    let body = json!({"phone": number(nth), "consent": true, "skill": "cruises"});
    let post = client()
        .post(format!("{origin}/v1/sites/{SITE}/requests"))
        .header("idempotency-key", format!("kill-{nth}"));
    let Ok(mut answer) = post.send(body.to_string()) else {
        return Ok(Told::Nothing);
    };
    let status = answer.status().as_u16();
    let Ok(told) = answer.body_mut().read_json::<Value>() else {
        return Ok(Told::Nothing);
    };
    match (status, word(&told, "/request/id"), word(&told, "/receipt")) {
        (201, Some(id), Some(receipt)) => Ok(Told::Accepted {
            id: id.into(),
            receipt: receipt.into(),
        }),
        (500.., ..) => Ok(Told::Nothing),
        _ => Err(format!("request {nth} is refused: {status} {told}")),
    }
}

/// Customers ask and take back until the server has acknowledged so many requests; then it is killed under them.
fn load(stack: &mut Stack, next: &mut usize, target: usize, faults: &mut Vec<String>) -> Outcome<Vec<Entry>> {
    let origin = stack.origin();
    let (turn, acknowledged, over) = (
        AtomicUsize::new(*next),
        AtomicUsize::new(0),
        AtomicBool::new(false),
    );
    let told: Mutex<(Vec<Entry>, Vec<String>)> = Mutex::default();
    let customer = || {
        while !over.load(Ordering::Relaxed) {
            let nth = turn.fetch_add(1, Ordering::Relaxed);
            let answer = ask(&origin, nth);
            let waits = nth.is_multiple_of(WAITS);
            if let Ok(Told::Accepted { id, receipt }) = &answer {
                acknowledged.fetch_add(1, Ordering::Relaxed);
                if !waits {
                    // Whether this arrives before the end is left open; its effect is looked at later.
                    let address = format!("{origin}/v1/sites/{SITE}/requests/{id}");
                    let bearer = format!("Bearer {receipt}");
                    drop(client().delete(address).header("authorization", bearer).call());
                }
            }
            let lost = answer == Ok(Told::Nothing);
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            match answer {
                Ok(answer) => told.0.push(Entry { nth, told: answer }),
                Err(fault) => told.1.push(fault),
            }
            if lost {
                return;
            }
        }
    };
    let killed = std::thread::scope(|scope| {
        for _ in 0..CUSTOMERS {
            scope.spawn(customer);
        }
        let began = Instant::now();
        while acknowledged.load(Ordering::Relaxed) < target && began.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_micros(200));
        }
        let killed = stack.kill();
        over.store(true, Ordering::Relaxed);
        killed
    });
    killed?;
    *next = turn.into_inner();
    let (entries, more) = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    faults.extend(more);
    if entries.iter().all(|entry| entry.told == Told::Nothing) {
        return broken("nothing was acknowledged");
    }
    Ok(entries)
}

/// Repeats a request of which nobody knows whether it was taken: now it is, once.
fn settle(stack: &Stack, nth: usize, faults: &mut Vec<String>) -> Outcome<Told> {
    // A connection from before the crash may still be among those that are kept.
    let answers = (0..5).map(|_| ask(&stack.origin(), nth));
    let answer = answers.into_iter().find(|answer| *answer != Ok(Told::Nothing));
    match answer.unwrap_or(Ok(Told::Nothing)) {
        Ok(Told::Nothing) => broken(format!("request {nth} gets no answer from a server that lives")),
        Ok(accepted) => Ok(accepted),
        Err(fault) => {
            faults.push(fault);
            Ok(Told::Nothing)
        }
    }
}

/// Waits until every request that was acknowledged has come to its end, and says which.
fn all_end(
    stack: &Stack,
    clerks: &[Clerk],
    history: &[Entry],
    found: &mut Found,
) -> Outcome<BTreeMap<usize, String>> {
    let mut ends = BTreeMap::new();
    for entry in history {
        let Told::Accepted { id, receipt } = &entry.told else {
            continue;
        };
        found.acknowledged += 1;
        let asked = stack.asked(id, receipt);
        let began = Instant::now();
        let view = loop {
            match stack.view_of(&asked) {
                Err(error) => {
                    found
                        .faults
                        .push(format!("request {} ({id}) is lost: {error}", entry.nth));
                    break None;
                }
                Ok(view) if word(&view, "/state") == Some("ended") => break Some(view),
                Ok(view) if began.elapsed() > PATIENCE => {
                    found
                        .faults
                        .push(format!("request {} does not end: {view}", entry.nth));
                    break None;
                }
                Ok(_) => {
                    // Whoever missed a call that a crash had cut comes back.
                    for clerk in clerks {
                        if clerk.state()? == "away" {
                            clerk.go("available")?;
                        }
                    }
                    std::thread::sleep(Duration::from_millis(200));
                }
            }
        };
        if let Some(reason) = view.as_ref().and_then(|view| word(view, "/reason")) {
            found.talked += usize::from(reason == "talked");
            ends.insert(entry.nth, reason.to_owned());
        }
    }
    Ok(ends)
}

/// How often each leg is in a usage report.
fn books(usage: &Value) -> Outcome<BTreeMap<String, usize>> {
    let mut books = BTreeMap::new();
    for leg in usage.get("legs").and_then(Value::as_array).ok_or("no legs")? {
        *books
            .entry(word(leg, "/leg").unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    Ok(books)
}

/// What the carrier took, against what was asked and what the server's books say.
fn check(
    stack: &Stack,
    hosted: &Hosted,
    history: &[Entry],
    ends: &BTreeMap<usize, String>,
    found: &mut Found,
) -> Outcome {
    wait_for(
        "all phones to be free",
        || Ok((hosted.alive() == 0).then_some(())),
    )?;
    let (taken, faults) = (hosted.taken(), &mut found.faults);
    // A leg whose end was told to a server that was gone is asked about.
    let address = format!("{}/v1/businesses/{SITE}/usage", stack.origin());
    let began = Instant::now();
    // Books of a leg that nobody dialled are closed at once, so counting alone says nothing of those that were.
    let books = loop {
        let books = books(&get(&address, Some(&stack.operator()))?)?;
        if taken.iter().all(|call| books.contains_key(call.leg.as_str())) || began.elapsed() > PATIENCE {
            break books;
        }
        std::thread::sleep(Duration::from_millis(200));
    };
    found.calls = taken.len();
    let mut seen = BTreeSet::new();
    let mut free_at = BTreeMap::new();
    let ids: BTreeMap<&str, usize> = history
        .iter()
        .filter_map(|entry| match &entry.told {
            Told::Accepted { id, .. } => Some((id.as_str(), entry.nth)),
            Told::Nothing => None,
        })
        .collect();
    if ids.len() != found.acknowledged {
        faults.push("two customers have the same request".into());
    }
    let mut in_order: Vec<_> = taken.iter().collect();
    in_order.sort_by_key(|call| call.at);
    for call in in_order {
        let (leg, to) = (call.leg.as_str(), call.to.as_str());
        if !seen.insert(leg) {
            faults.push(format!("{leg} was dialled twice"));
        }
        if books.get(leg) != Some(&1) {
            faults.push(format!(
                "{leg} is {} times in the books",
                books.get(leg).unwrap_or(&0)
            ));
        }
        let request = leg.split('.').next().unwrap_or_default();
        let Some(nth) = ids.get(request) else {
            faults.push(format!("{leg} was dialled for a request that nobody was told of"));
            continue;
        };
        if !leg.contains(".c") {
            continue;
        }
        if to != number(*nth) {
            faults.push(format!("{leg} rang {to}"));
        }
        if free_at
            .insert(to, call.ended_at)
            .is_some_and(|free| free > Some(call.at))
        {
            faults.push(format!("{to} was called twice at once"));
        }
    }
    let rang = |nth: usize| free_at.contains_key(number(nth).as_str());
    for (nth, reason) in ends.iter().filter(|(_, reason)| *reason == "talked") {
        if !rang(*nth) {
            faults.push(format!("request {nth} is {reason}, and nobody was called"));
        }
    }
    // Nobody but the customers gives up here, so whoever waits is talked with, or was not reached for a reason of the carrier's.
    for nth in ends.keys().filter(|nth| nth.is_multiple_of(WAITS)) {
        if ends
            .get(nth)
            .is_some_and(|reason| reason.starts_with("cancelled"))
        {
            faults.push(format!("request {nth} was cancelled, and nobody asked for that"));
        }
    }
    Ok(())
}
