//! Equipment that is gone, comes back, crashes, or is not who it says it is.

use crate::{books_agree, cruises, phones_of, story};
use pbx::audio::{self, Sound};
use serde_json::{Value, json};
use stage::{pbx, wait_for};

fn with_sandbox(document: &mut Value) {
    let sandbox = json!({"id": "sandbox", "kind": "sandbox", "preference": 2});
    document["equipment"] = json!([pbx(), sandbox]);
    phones_of(document, &[("ana", "+442079460001")]);
}

#[test]
fn other_equipment_takes_over_when_the_asterisk_is_gone() {
    story("take-over", with_sandbox, |exchange| {
        let ana = exchange.clerk("ana")?;
        exchange.phones.exchange.kill();
        wait_for("the loss to be noticed", || {
            Ok((!exchange.connected()?).then_some(()))
        })?;
        let asked = exchange.stack.ask("+442079460001", &cruises())?;
        exchange.until(&asked, "connected")?;
        assert_eq!(exchange.calls_to("+442079460001")?, 0, "this was the sandbox's");
        let equipment = exchange.stack.equipment()?;
        assert!(
            equipment[0]["fault"]
                .as_str()
                .is_some_and(|fault| fault.contains("can't be reached")),
            "{equipment}"
        );
        assert!(equipment[0]["out_of_order_until"].is_number(), "{equipment}");
        ana.hang_up()?;
        assert_eq!(exchange.end_of(&asked)?.0, "talked");
        Ok(())
    });
}

#[test]
fn without_other_equipment_the_request_is_kept_until_the_asterisk_is_back() {
    let change = |document: &mut Value| {
        phones_of(document, &[("ana", "+442079460001")]);
        document["retry"] = json!({"attempts": 3, "spacing_s": [5]});
    };
    story("comes-back", change, |exchange| {
        let _ana = exchange.clerk("ana")?;
        exchange.phones.exchange.kill();
        wait_for("the loss to be noticed", || {
            Ok((!exchange.connected()?).then_some(()))
        })?;
        let asked = exchange.stack.ask("+442079460001", &cruises())?;
        exchange.until(&asked, "reserving")?;
        exchange.phones.exchange.start()?;
        exchange.until(&asked, "connected")?;
        Ok(())
    });
}

/// The server is killed and started again in the middle of a call: the two talk on, and the end is noticed.
#[test]
fn a_call_outlives_the_server() {
    let change = |document: &mut Value| phones_of(document, &[("ana", "+442079460120")]);
    story("outlives", change, |exchange| {
        let _ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+442079460001", &cruises())?;
        exchange.until(&asked, "connected")?;
        exchange.stack.kill()?;
        exchange.stack.start_again()?;
        wait_for("the Asterisk to connect again", || {
            Ok(exchange.connected()?.then_some(()))
        })?;
        assert_eq!(exchange.stack.view_of(&asked)?["state"], "connected");
        let (reason, by) = exchange.end_of(&asked)?;
        assert_eq!((reason.as_str(), &by), ("talked", &json!("agent")));
        assert_eq!(exchange.calls_to("+442079460001")?, 1, "nobody was called twice");
        books_agree(exchange, 2)
    });
}

/// The server is killed in the middle of a call for which a minute was set aside, and does not come back: the Asterisk ends it.
#[test]
fn a_call_ends_in_time_without_the_server() {
    let change = |document: &mut Value| {
        phones_of(document, &[("ana", "+447700900101")]);
        document["equipment"][0]["rates"] = json!([{"prefix": "+", "per_minute": 1000}]);
        document["policy"]["spend"] = json!({"call": 20, "hour": 1000, "day": 5000});
        document["timing"]["ring_customer_s"] = json!(10);
        document["timing"]["ring_agent_s"] = json!(10);
    };
    story("in-time", change, |exchange| {
        let _ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+447700900001", &cruises())?;
        exchange.until(&asked, "connected")?;
        exchange.stack.kill()?;
        wait_for("half a minute of the agent's tone", || {
            let heard = audio::listen(&exchange.phones.heard("+447700900001")?, &[440, 880]);
            Ok((audio::seconds_of(&heard, Sound::Tone(880)) >= 30.0).then_some(()))
        })?;
        let records = wait_for("both calls to be over", || {
            let records = exchange.phones.records()?;
            Ok((records.len() == 2).then_some(records))
        })?;
        assert!(
            records.iter().all(|record| (45..=70).contains(&record.seconds)),
            "a minute, and as long as they might have rung: {records:?}"
        );
        Ok(())
    });
}

/// The Asterisk crashes in the middle of a call: it comes back, is asked, and the call is over.
#[test]
fn a_call_that_its_equipment_lost_is_over() {
    let change = |document: &mut Value| phones_of(document, &[("ana", "+442079460001")]);
    story("lost", change, |exchange| {
        let _ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+442079460001", &cruises())?;
        exchange.until(&asked, "connected")?;
        exchange.phones.exchange.kill();
        exchange.phones.exchange.start()?;
        let (reason, by) = exchange.end_of(&asked)?;
        assert_eq!((reason.as_str(), &by), ("talked", &json!("carrier")));
        Ok(())
    });
}

#[test]
fn nobody_connects_with_another_secret() {
    story(
        "intruder",
        |_| {},
        |exchange| {
            exchange.stack.give_secret("pbx", "another-secret-than-before")?;
            wait_for("the old secret's connection to end", || {
                Ok((!exchange.connected()?).then_some(()))
            })?;
            // It keeps trying with the old one, twice a second.
            let log = || exchange.stack.log_tail().matches("wrong credentials").count();
            wait_for("it to be refused", || Ok((log() > 0).then_some(())))?;
            assert!(!exchange.connected()?);
            exchange.stack.give_secret("pbx", "a-secret-of-the-exchange")?;
            wait_for("the right one to be let in", || {
                Ok(exchange.connected()?.then_some(()))
            })
        },
    );
}
