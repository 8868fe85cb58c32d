//! Calls over real SIP and real audio, through a real Asterisk: what people hear, and every way in which a call can go.

#![expect(
    clippy::indexing_slicing,
    clippy::panic_in_result_fn,
    reason = "a test that can not go on should stop"
)]

mod branches;
mod equipment;
mod talk;

use serde_json::{Value, json};
use stage::{Exchange, Outcome};

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

/// What a shopper wants who asks about cruises.
fn cruises() -> Value {
    json!({"skill": "cruises"})
}
