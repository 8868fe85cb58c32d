//! Phones that publish whether they can be rung: a real PBX tells a real SIP server, and shoppers see it.

use pbx::{Instance, Kamailio};
use serde_json::{Value, json};
use stage::{Clerk, Outcome, Stack, Watch, kamailio, parts, wait_for};
use std::time::{Duration, Instant};

/// How soon a shopper sees what a phone published.
const SOON: Duration = Duration::from_secs(2);
/// Seconds for which the PBX publishes. Asterisk publishes anew ten seconds before they are over.
const EXPIRATION: u32 = 13;
const SECRET: &str = "a-secret-of-the-sip-server";
const PASSWORD: &str = "a-password-of-a-phone";

fn publishing(document: &mut Value) {
    document["equipment"] = json!([
        {"id": "sandbox", "kind": "sandbox"},
        {"id": "sip", "kind": "presence"},
    ]);
    for agent in document["agents"].as_array_mut().into_iter().flatten() {
        let id = agent["id"].as_str().unwrap_or_default().to_owned();
        agent["presence"] = json!(format!("sip:{id}@pbx.example"));
    }
}

/// Ana at her desk, whose phone is one of a PBX that publishes.
struct Presence {
    stack: Stack,
    ana: Clerk,
    shopper: Watch,
    server: Kamailio,
    pbx: Instance,
}

impl Presence {
    fn open(name: &str) -> Outcome<Self> {
        let stack = Stack::start_on_time(name)?;
        stack.set_up(publishing)?;
        stack.give_secret("sip", SECRET)?;
        let ana = Clerk::at(&stack, "ana")?;
        let mut shopper = Watch::open(&stack)?;
        shopper.until("Ana, whose phone has published nothing", |frame| {
            of_ana(frame) == Some("free")
        })?;
        let edge = format!("{}/v1/presence/meridian/sip", stack.origin());
        let phones = [("ana", PASSWORD), ("ben", PASSWORD)];
        let server = kamailio(&stack, &edge, ("sip", SECRET), &phones)?;
        let unique = format!("{name}-{}", std::process::id());
        let pbx = pbx::publisher(&parts()?, &unique, server.port, EXPIRATION, PASSWORD)?;
        Ok(Self {
            stack,
            ana,
            shopper,
            server,
            pbx,
        })
    }

    /// How long it takes until the shopper sees that Ana's phone is like this.
    fn change(&mut self, phone: &str, sees: &str) -> Outcome<Duration> {
        let began = Instant::now();
        self.pbx.command(&format!("devstate change Custom:ana {phone}"))?;
        self.see(phone, sees)?;
        Ok(began.elapsed())
    }

    fn see(&mut self, what: &str, sees: &str) -> Outcome {
        self.shopper.until(what, |frame| of_ana(frame) == Some(sees))
    }

    /// Ana's phone, as her desk shows it.
    fn line(&self) -> Outcome<String> {
        Ok(self.ana.view()?["me"]["line"].as_str().unwrap_or_default().into())
    }
}

/// Ana's availability on the panel's live socket: she is somebody whom pages name.
fn of_ana(frame: &Value) -> Option<&str> {
    let experts = frame["site"]["experts"].as_array()?;
    experts.iter().find(|it| it["id"] == "ana")?["availability"].as_str()
}

#[expect(clippy::panic, reason = "a broken story is a failed test")]
fn story(name: &str, play: impl FnOnce(&mut Presence) -> Outcome) {
    let mut presence = match Presence::open(name) {
        Ok(presence) => presence,
        Err(error) => panic!("{name}: {error}"),
    };
    if let Err(error) = play(&mut presence) {
        eprintln!("the server's log ends with:\n{}", presence.stack.log_tail());
        eprintln!("Kamailio said:\n{}", presence.server.said());
        eprintln!("the PBX said:\n{}", presence.pbx.said());
        panic!("{name}: {error}");
    }
}

#[test]
fn what_a_phone_publishes_reaches_shoppers_within_two_seconds() {
    story("published", |presence| {
        let mut took = Vec::new();
        for (phone, sees, says) in [
            ("UNAVAILABLE", "away", "closed"),
            ("NOT_INUSE", "free", "open"),
            ("INUSE", "busy", "on_the_phone"),
            ("NOT_INUSE", "free", "open"),
            ("RINGING", "busy", "on_the_phone"),
            ("UNAVAILABLE", "away", "closed"),
            ("NOT_INUSE", "free", "open"),
        ] {
            let time = presence.change(phone, sees)?;
            assert!(time < SOON, "{phone} took {time:?}");
            assert_eq!(presence.line()?, says, "the desk says so, too");
            took.push(format!("{phone} {} ms", time.as_millis()));
        }
        println!("from the phone to the shopper: {}", took.join(", "));
        Ok(())
    });
}

#[test]
fn a_phone_publishes_for_itself_only() {
    story("impostor", |presence| {
        presence.change("INUSE", "busy")?;
        wait_for("the SIP server to refuse another's password", || {
            let said = presence.server.said();
            Ok(said.contains("ben may not publish for cleo").then_some(()))
        })?;
        let view = presence.ana.view()?;
        let colleagues = view["colleagues"].as_array().into_iter().flatten();
        let lines: Vec<&Value> = colleagues.map(|colleague| &colleague["line"]).collect();
        assert_eq!(lines, [&Value::Null, &Value::Null], "nothing was told of them");
        Ok(())
    });
}

/// What is known of a phone outlives the server, and what was published meanwhile is told when it is back.
#[test]
fn a_server_that_was_away_hears_what_it_missed() {
    story("missed", |presence| {
        presence.change("INUSE", "busy")?;
        presence.stack.kill()?;
        presence.pbx.command("devstate change Custom:ana UNAVAILABLE")?;
        presence.stack.start_again()?;
        presence.shopper = Watch::open(&presence.stack)?;
        presence.see("the news", "away")?;
        assert_eq!(presence.line()?, "closed");
        presence.change("INUSE", "busy")?;
        presence.stack.kill()?;
        presence.stack.start_again()?;
        presence.shopper = Watch::open(&presence.stack)?;
        presence.see("what was known", "busy")
    });
}

/// No PUBLISH tells that a phone has vanished: what it published is over at its time.
#[test]
fn a_phone_that_vanishes_is_away_when_its_time_is_over() {
    story("vanished", |presence| {
        let lasts = Duration::from_secs(EXPIRATION.into());
        let began = Instant::now();
        presence.change("INUSE", "busy")?;
        let published = Instant::now();
        presence.pbx.kill();
        presence.see("the end of what was published", "away")?;
        assert!(began.elapsed() >= lasts, "nobody counts as away too early");
        let late = published.elapsed().saturating_sub(lasts);
        assert!(late < SOON, "{late:?}");
        let most = began.elapsed().saturating_sub(lasts);
        println!(
            "what was not refreshed was over {} to {} ms after its time",
            late.as_millis(),
            most.as_millis()
        );
        assert_eq!(presence.line()?, "closed");
        Ok(())
    });
}
