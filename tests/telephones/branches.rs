//! Every way in which a call can go otherwise.

use crate::{cruises, phones_of, story};
use serde_json::{Value, json};
use stage::{Exchange, Outcome, wait_for};

/// One attempt, and short patience.
fn once(document: &mut Value) {
    document["retry"] = json!({"attempts": 1, "spacing_s": []});
    document["timing"] = json!({"ring_customer_s": 4, "ring_agent_s": 3, "confirm_s": 5});
}

/// The customer is not reached, for this reason, and no agent's phone has rung for it.
fn not_reached(exchange: &Exchange, customer: &str, reason: &str) -> Outcome {
    let ana = exchange.clerk("ana")?;
    let asked = exchange.stack.ask(customer, &cruises())?;
    assert_eq!(exchange.end_of(&asked)?.0, reason);
    wait_for("the agent to be available again", || {
        Ok((ana.state()? == "available").then_some(()))
    })?;
    wait_for("the customer's phone to be free", || {
        Ok((exchange.calls_to(customer)? == 1).then_some(()))
    })?;
    assert_eq!(
        exchange.calls_to("+447700900101")?,
        0,
        "an agent's phone has rung for nobody"
    );
    Ok(())
}

#[test]
fn the_customer_is_busy() {
    story("busy", once, |exchange| {
        not_reached(exchange, "+442079460200", "customer_busy")
    });
}

#[test]
fn the_customer_does_not_answer() {
    story("no-answer", once, |exchange| {
        not_reached(exchange, "+442079460201", "customer_no_answer")
    });
}

#[test]
fn the_customer_declines() {
    story("declines", once, |exchange| {
        not_reached(exchange, "+442079460202", "customer_declined")
    });
}

#[test]
fn the_number_is_not_in_service() {
    story("no-number", once, |exchange| {
        not_reached(exchange, "+442079460999", "invalid_number")
    });
}

fn careful(document: &mut Value) {
    once(document);
    document["press_one"] = json!(true);
}

#[test]
fn a_machine_presses_nothing_and_no_agent_is_called() {
    story("machine", careful, |exchange| {
        not_reached(exchange, "+442079460203", "customer_not_confirmed")
    });
}

#[test]
fn another_key_is_not_a_yes() {
    story("wrong-key", careful, |exchange| {
        not_reached(exchange, "+442079460302", "customer_not_confirmed")
    });
}

#[test]
fn whoever_presses_9_is_never_called_again() {
    story("press-9", careful, |exchange| {
        not_reached(exchange, "+442079460309", "customer_forbade")?;
        let (_, never) = exchange.stack.operate("GET", "suppressions")?;
        assert_eq!(never[0]["reason"], "pressed_9", "{never}");
        assert!(exchange.stack.ask("+442079460309", &cruises()).is_err());
        Ok(())
    });
}

#[test]
fn whoever_presses_1_is_connected() {
    story("press-1", careful, |exchange| {
        let ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+442079460301", &cruises())?;
        exchange.until(&asked, "connected")?;
        ana.hang_up()?;
        assert_eq!(exchange.end_of(&asked)?.0, "talked");
        Ok(())
    });
}

#[test]
fn the_customer_hangs_up_while_holding_and_the_agents_phone_stops_ringing() {
    let change = |document: &mut Value| phones_of(document, &[("ana", "+442079460201")]);
    story("left", change, |exchange| {
        let ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+442079460102", &cruises())?;
        let (reason, by) = exchange.end_of(&asked)?;
        assert_eq!(
            (reason.as_str(), &by),
            ("customer_hung_up_on_hold", &json!("customer"))
        );
        assert_eq!(ana.state()?, "available");
        wait_for("her phone to stop", || {
            Ok((exchange.calls_to("+442079460201")? == 1).then_some(()))
        })
    });
}

/// The first agent does not take the call; the second one does, while the customer still holds.
fn next_agent(name: &str, first: &'static str) {
    let change = move |document: &mut Value| {
        once(document);
        phones_of(document, &[("ana", first), ("cleo", "+442079460001")]);
    };
    story(name, change, |exchange| {
        let ana = exchange.clerk("ana")?;
        let cleo = exchange.clerk("cleo")?;
        let asked = exchange
            .stack
            .ask("+442079460001", &json!({"skill": "cruises", "expert": "ana"}))?;
        let view = exchange.until(&asked, "connected")?;
        assert_eq!(view["agent_name"], "Cleo Marsh");
        assert_eq!(view["attempt"], 1, "the customer was called once");
        assert_eq!(ana.state()?, "away");
        assert_eq!(exchange.calls_to(first)?, 1);
        cleo.hang_up()?;
        assert_eq!(exchange.end_of(&asked)?.0, "talked");
        Ok(())
    });
}

#[test]
fn a_busy_agent_is_passed_over() {
    next_agent("agent-busy", "+442079460200");
}

#[test]
fn an_agent_who_does_not_answer_is_passed_over() {
    next_agent("agent-no-answer", "+442079460201");
}

#[test]
fn an_agent_who_declines_is_passed_over() {
    next_agent("agent-declines", "+442079460202");
}

#[test]
fn where_nobody_takes_it_the_customer_hears_so() {
    let change = |document: &mut Value| {
        once(document);
        phones_of(document, &[("ana", "+442079460200")]);
    };
    story("sorry", change, |exchange| {
        let _ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask("+447700900001", &cruises())?;
        assert_eq!(exchange.end_of(&asked)?.0, "agent_no_answer");
        wait_for("the customer's phone to be free", || {
            Ok((exchange.calls_to("+447700900001")? == 1).then_some(()))
        })?;
        let recording = exchange.phones.heard("+447700900001")?;
        let words = pbx::audio::read(&exchange.phones.exchange.path("data/sounds/ringback/sorry.wav"))?;
        let likeness = pbx::audio::likeness(&recording, &words);
        assert!(
            likeness > 0.9,
            "the apology is not in what the customer heard: {likeness}"
        );
        Ok(())
    });
}
