//! Calls over real SIP and real audio, through a real Asterisk: what people hear, and every way in which a call can go.

#![expect(
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    reason = "a test that can not go on should stop"
)]

mod branches;
mod equipment;
mod presence;
mod sip;
mod talk;

use serde_json::{Value, json};
use stage::{Exchange, Outcome, wait_for};

/// Plays one story with telephones of its own. When it breaks, what the server said last is shown.
#[expect(clippy::panic, reason = "a broken story is a failed test")]
fn story(name: &str, change: impl FnOnce(&mut Value), play: impl FnOnce(&mut Exchange) -> Outcome) {
    let mut exchange = match Exchange::open(name, change) {
        Ok(exchange) => exchange,
        Err(error) => panic!("{name}: {error}"),
    };
    if let Err(error) = play(&mut exchange) {
        eprintln!("the server's log ends with:\n{}", exchange.stack.log_tail());
        eprintln!("the exchange said:\n{}", exchange.phones.exchange.said());
        panic!("{name}: {error}");
    }
}

/// Agents' phones, by id; those who are not named have none that is used.
fn phones_of(document: &mut Value, phones: &[(&str, &str)]) {
    for (id, phone) in phones {
        let agents = document["agents"].as_array_mut().into_iter().flatten();
        for agent in agents.filter(|agent| agent["id"] == *id) {
            agent["phone"] = json!(phone);
        }
    }
}

/// Every leg is in the business's usage once, with the seconds that the telephone network has in its own records. Ours counts
/// begun seconds and theirs complete ones, so that ours has up to one more, and two where the clocks tick between.
fn books_agree(exchange: &Exchange, legs: usize) -> Outcome {
    let usage = wait_for("every leg in the usage", || {
        let (_, usage) = exchange.stack.operate("GET", "usage")?;
        Ok((usage["total"]["legs"] == legs).then_some(usage))
    })?;
    let rows = usage["legs"].as_array().into_iter().flatten();
    let mut ours: Vec<i64> = rows.filter_map(|leg| leg["seconds"].as_i64()).collect();
    let records = wait_for("every leg in the network's records", || {
        let records = exchange.phones.records()?;
        Ok((records.len() == legs).then_some(records))
    })?;
    let mut theirs: Vec<i64> = records.iter().map(|record| record.seconds).collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    let (our_sum, their_sum) = (ours.iter().sum::<i64>(), theirs.iter().sum::<i64>());
    assert_eq!((ours.len(), &usage["total"]["seconds"]), (legs, &json!(our_sum)));
    let agree = ours
        .iter()
        .zip(&theirs)
        .all(|(ours, theirs)| (0..=2).contains(&(ours - theirs)));
    assert!(agree, "{ours:?} in our books, {theirs:?} in the network's");
    println!("{legs} legs: {our_sum} begun seconds in our books, {their_sum} complete ones in the network's");
    Ok(())
}

/// What a shopper wants who asks about cruises.
fn cruises() -> Value {
    json!({"skill": "cruises"})
}
