//! Voice over IP in place of the telephone: people at SIP addresses, past the telephone network's numbers.

use crate::{books_agree, cruises, phones_of, story};
use pbx::audio::{self, Sound};
use serde_json::{Value, json};
use stage::{Exchange, Outcome, pbx_and_sip, wait_for};

const NUMBER: &str = "+447700900001";

fn with_sip(document: &mut Value) {
    document["equipment"] = json!([pbx_and_sip()]);
}

/// Ana is at a SIP address of the phones' server, and customers may be there, too.
fn at_sip_addresses(exchange: &Exchange) -> Outcome {
    let ana = exchange.at("ana");
    exchange.stack.set_up(|document| {
        with_sip(document);
        document["policy"]["sip_domains"] = json!(["127.0.0.1"]);
        phones_of(document, &[("ana", ana.as_str())]);
    })
}

/// Waits until each of the two has heard a second of the other's tone.
fn hear_each_other(exchange: &Exchange, customer: &str, agent: &str) -> Outcome {
    let hears = |whose: &str, hz: u32| -> Outcome<bool> {
        let heard = audio::listen(&exchange.phones.heard(whose)?, &[440, 880]);
        Ok(audio::seconds_of(&heard, Sound::Tone(hz)) >= 1.0)
    };
    wait_for("a second of each other's tone", || {
        Ok((hears(customer, 880)? && hears(agent, 440)?).then_some(()))
    })
}

#[test]
fn customer_and_agent_at_sip_addresses_hear_each_other() {
    story("sip-both", with_sip, |exchange| {
        at_sip_addresses(exchange)?;
        let ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask(&exchange.at("mia"), &cruises())?;
        exchange.until(&asked, "connected")?;
        hear_each_other(exchange, "mia", "ana")?;
        ana.hang_up()?;
        let (reason, by) = exchange.end_of(&asked)?;
        assert_eq!((reason.as_str(), &by), ("talked", &json!("agent")));
        books_agree(exchange, 2)?;
        assert_eq!((exchange.calls_to("mia")?, exchange.calls_to("ana")?), (1, 1));
        let (_, usage) = exchange.stack.operate("GET", "usage")?;
        let shown = usage.to_string();
        assert!(
            shown.contains("sip:m•••@127.0.0.1") && !shown.contains("mia"),
            "{shown}"
        );
        Ok(())
    });
}

#[test]
fn a_customer_at_a_number_and_an_agent_at_a_sip_address_hear_each_other() {
    story("sip-agent", with_sip, |exchange| {
        at_sip_addresses(exchange)?;
        let ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask(NUMBER, &cruises())?;
        exchange.until(&asked, "connected")?;
        hear_each_other(exchange, NUMBER, "ana")?;
        ana.hang_up()?;
        assert_eq!(exchange.end_of(&asked)?.0, "talked");
        books_agree(exchange, 2)
    });
}

/// Nobody answers to this name there: the customer is told apart from one who is busy, and no agent's phone rings.
#[test]
fn an_address_that_nobody_has_ends_the_request_and_a_foreign_host_is_refused() {
    story("sip-nobody", with_sip, |exchange| {
        at_sip_addresses(exchange)?;
        let _ana = exchange.clerk("ana")?;
        let asked = exchange.stack.ask(&exchange.at("nobody"), &cruises())?;
        assert_eq!(exchange.end_of(&asked)?.0, "invalid_number");
        assert_eq!(exchange.calls_to("ana")?, 0);
        let refused = exchange.stack.ask("sip:mia@elsewhere.example", &cruises());
        let words = refused.err().map(|error| error.to_string());
        assert_eq!(words.as_deref(), Some("422 phone not_allowed"));
        Ok(())
    });
}
