//! Calls that a hosted carrier carries, over real HTTP: markup asked for, callbacks signed, and everything that can go wrong.

use serde_json::{Value, json};
use stage::{Asked, Clerk, Hosted, Mood, Outcome, Stack, Stage, journeys, until, wait_for};

const CUSTOMER: &str = "+442079460001";
const ANA: &str = "+442079460002";

/// How often anybody's phone may be rung in a day where one customer is called by all.
const RINGS: usize = 2;

/// The demo's business may what its document says, and every other the same but for how often it rings anybody.
fn ceilings() -> Outcome<String> {
    let demo: Value = serde_json::from_str(include_str!("../../www/demo/meridian.json"))?;
    let (limits, spend) = (demo.pointer("/policy/limits"), demo.pointer("/policy/spend"));
    let widest = json!({"limits": limits, "spend": spend, "unproven": true});
    let mut other = widest.clone();
    if let Some(rings) = other.pointer_mut("/limits/rings_day") {
        *rings = json!(RINGS);
    }
    Ok(json!({"meridian": widest, "*": other}).to_string())
}

/// Somebody has one customer called through the pages of one business after the other.
#[test]
fn all_businesses_together_ring_nobody_more_often_than_one_may() {
    let play = || -> Outcome {
        let stack = Stack::start_with("annoyed", &[("DIAL_CEILINGS", ceilings()?)])?;
        let shops = ["northwind", "southgate", "eastport"];
        let carriers: Vec<Hosted> = shops.iter().map(|_| Hosted::start()).collect::<Outcome<_>>()?;
        for (nth, (site, hosted)) in shops.iter().zip(&carriers).enumerate() {
            set_up(&stack, site, hosted, &[])?;
            stack.give_secret_at(site, "hosted", stage::TOKEN)?;
            let ana = Clerk::of(&stack, site, "ana")?;
            let asked = stack.ask_at(site, CUSTOMER, &cruises())?;
            if nth < RINGS {
                wait_for("a call", || stack.reached(&asked, "connected"))?;
                ana.hang_up()?;
                wait_for("its end", || stack.reached(&asked, "ended"))?;
                continue;
            }
            // The business waits, with its customer, as if it had called that often itself.
            let view = wait_for("it to wait", || stack.reached(&asked, "scheduled"))?;
            let told = |name: &str| view.get(name).and_then(Value::as_i64).unwrap_or_default();
            let hours = (told("next_attempt_at") - stage::now_ms()) / 3_600_000;
            // A day after the first call, at the full hour.
            assert!((23..=24).contains(&hours), "{view}");
            assert_eq!(told("attempt"), 0, "{view}");
            assert_eq!(hosted.dialled(CUSTOMER), 0);
            // Whoever was not called that often is.
            let other = stack.ask_at(site, "+442079460009", &cruises())?;
            wait_for("another's call", || stack.reached(&other, "connected"))?;
            ana.hang_up()?;
            wait_for("its end", || stack.reached(&other, "ended"))?;
            // A day later the phone may ring again, and does.
            stack.pass(25 * 3600)?;
            // Connections that were idle for a day are closed.
            let _ana = wait_for("the desk", || Ok(Clerk::of(&stack, site, "ana").ok()))?;
            wait_for("the call", || stack.reached(&asked, "connected"))?;
            assert_eq!(hosted.dialled(CUSTOMER), 1);
        }
        Ok(())
    };
    play().unwrap();
}

journeys! {
    /// A carrier bills more than its rates say: the business is told, and no call is made that would cost more than calls may; until its
    /// document names what a minute costs, and lets calls cost that.
    async fn a_carrier_bills_more_than_its_rates_say(stage) {
        let hosted = Hosted::start()?;
        // 0.0130 a minute for either party, and calls of 1.00 at the most.
        charging(&stage.stack, &hosted, 130, 100)?;
        stage.stack.give_secret("hosted", stage::TOKEN)?;
        let (status, made) = stage.stack.operate("POST", "webhooks/crm/secrets")?;
        assert_eq!(status, 201, "{made}");
        hosted.charge(9_000);
        let ana = Clerk::at(&stage.stack, "ana")?;
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        wait_for("the call", || stage.stack.reached(&asked, "connected"))?;
        ana.hang_up()?;
        wait_for("its end", || stage.stack.reached(&asked, "ended"))?;
        wait_for(
            "the phones to be free",
            || Ok((hosted.alive() == 0).then_some(())),
        )?;
        let fault = || -> Outcome<Option<String>> {
            let told = stage.stack.equipment()?;
            Ok(told
                .pointer("/0/fault")
                .and_then(Value::as_str)
                .map(str::to_owned))
        };
        // The carrier takes its time: it has no price when it is asked first.
        let bill = wait_for("the bill", || {
            stage.stack.pass(30)?;
            // Connections that were idle meanwhile are closed, and whatever is under way takes too long.
            Ok(fault().ok().flatten().filter(|fault| fault.contains("bills")))
        })?;
        assert!(bill.contains("0.9000 a minute"), "{bill}");
        let told = dearer(&stage.stack)?;
        assert_eq!(told.pointer("/0/equipment"), Some(&json!("hosted")), "{told}");
        assert_eq!(told.pointer("/0/per_minute"), Some(&json!(9_000)), "{told}");
        let (_, log) = stage.stack.operate("GET", "webhooks/crm/deliveries")?;
        assert_eq!(log.pointer("/0/event"), Some(&json!("equipment.dearer")), "{log}");
        assert_eq!(log.pointer("/1"), None, "once");
        let ana = wait_for("the desk", || Ok(Clerk::at(&stage.stack, "ana").ok()))?;
        let other = stage.stack.ask("+442079460009", &cruises())?;
        let view = wait_for("its end", || stage.stack.reached(&other, "ended"))?;
        assert_eq!(view.get("reason"), Some(&json!("blocked_number")), "{view}");
        assert_eq!(hosted.dialled("+442079460009"), 0);
        let merchant = stage.browser("merchant").await?;
        merchant.go(&format!("{}/console/?site=meridian&section=policy", stage.stack.origin())).await?;
        merchant.fill("#code", &stage.stack.operator()).await?;
        merchant.click("#sign-in-go").await?;
        merchant.read("#stands [data-dearer='hosted']", "billed 0.9000 a minute, more than its rates say").await?;
        charging(&stage.stack, &hosted, 9_000, 200)?;
        assert_eq!(dearer(&stage.stack)?, json!([]), "rates that say so are believed");
        let again = stage.stack.ask("+442079460009", &cruises())?;
        wait_for("the call", || stage.stack.reached(&again, "connected"))?;
        ana.hang_up()?;
    }
}

/// Equipment that billed more than its rates say.
fn dearer(stack: &Stack) -> Outcome<Value> {
    Ok(stack.policy()?.get("dearer").cloned().unwrap_or_default())
}

/// The demo's business, whose calls go through the hosted carrier at this rate, in ten-thousandths a minute, and cost this much each at the
/// most, in hundredths.
fn charging(stack: &Stack, hosted: &Hosted, per_minute: u32, call: u32) -> Outcome {
    stack.set_up(|document| {
        let line = json!({
            "id": "hosted", "kind": "twilio", "account": stage::ACCOUNT, "base": hosted.base,
            "rates": [{"prefix": "+", "per_minute": per_minute}]
        });
        document["equipment"] = json!([line]);
        document["timing"] = json!({"wrap_up_s": 1});
        // Nobody listens there: what was told stands in the log.
        let told = json!({"id": "crm", "url": "http://127.0.0.1:9/", "events": ["equipment.dearer"]});
        document["webhooks"] = json!([told]);
        for (path, value) in [
            ("/policy/spend/call", json!(call)),
            ("/agents/0/phone", json!(ANA)),
        ] {
            if let Some(place) = document.pointer_mut(path) {
                *place = value;
            }
        }
    })
}

/// The business's calls go through the hosted carrier, and through the sandbox where that can't.
fn through(stage: &Stage, hosted: &Hosted, token: &str) -> Outcome<Clerk> {
    let sandbox = json!({"id": "sandbox", "kind": "sandbox", "preference": 2});
    set_up(&stage.stack, "meridian", hosted, &[sandbox])?;
    stage.stack.give_secret("hosted", token)?;
    Clerk::at(&stage.stack, "ana")
}

/// A business has this carrier, and `more` equipment.
fn set_up(stack: &Stack, site: &str, hosted: &Hosted, more: &[Value]) -> Outcome {
    stack.set_up_as(site, |document| {
        let own = json!({"id": "hosted", "kind": "twilio", "account": stage::ACCOUNT, "base": hosted.base});
        document["equipment"] = [std::slice::from_ref(&own), more].concat().into();
        if let Some(rings) = document.pointer_mut("/policy/limits/rings_day")
            && site != "meridian"
        {
            *rings = json!(RINGS);
        }
        if let Some(phone) = document.pointer_mut("/agents/0/phone") {
            *phone = json!(ANA);
        }
    })
}

async fn reaches(stage: &Stage, asked: &Asked, state: &str) -> Outcome<Value> {
    until(state, async || stage.stack.reached(asked, state)).await
}

async fn all_quiet(hosted: &Hosted) -> Outcome {
    until("all phones to be free", async || {
        Ok((hosted.alive() == 0).then_some(()))
    })
    .await
}

fn cruises() -> Value {
    json!({"skill": "cruises"})
}

journeys! {
    /// The customer is called, then the agent; both talk; the agent hangs up; both phones are free.
    async fn a_call_through_a_hosted_carrier(stage) {
        let hosted = Hosted::start()?;
        let ana = through(stage, &hosted, stage::TOKEN)?;
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        reaches(stage, &asked, "connected").await?;
        assert_eq!((hosted.dialled(CUSTOMER), hosted.dialled(ANA)), (1, 1));
        ana.hang_up()?;
        let view = reaches(stage, &asked, "ended").await?;
        assert_eq!((&view["reason"], &view["ended_by"]), (&json!("talked"), &json!("agent")));
        all_quiet(&hosted).await?;
    }

    /// Wrong credentials: the request is not lost, other equipment carries it, and the business sees why.
    async fn a_hosted_carrier_that_refuses_our_credentials(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, "not-the-token-of-the-account")?;
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        reaches(stage, &asked, "connected").await?;
        assert_eq!(hosted.dialled(CUSTOMER), 0);
        let equipment = stage.stack.equipment()?;
        assert!(equipment[0]["fault"].as_str().is_some_and(|fault| fault.contains("credentials")), "{equipment}");
    }

    /// Its address is another one from now on: the token that was given for the one before is not sent there.
    async fn a_hosted_carrier_that_moved_needs_its_secret_again(stage) {
        let (hosted, elsewhere) = (Hosted::start()?, Hosted::start()?);
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        let sandbox = json!({"id": "sandbox", "kind": "sandbox", "preference": 2});
        set_up(&stage.stack, "meridian", &elsewhere, &[sandbox])?;
        let equipment = stage.stack.equipment()?;
        assert_eq!(equipment[0]["has_secret"], json!(false), "{equipment}");
        assert!(equipment[0]["fault"].as_str().is_some_and(|fault| fault.contains("its secret again")), "{equipment}");
        let (_, audit) = stage.stack.operate("GET", "audit")?;
        let forgotten = |line: &&Value| line["verb"] == "credentials.forgotten";
        let lines = audit["latest"].as_array().cloned().unwrap_or_default();
        assert_eq!(lines.iter().filter(forgotten).count(), 1, "{audit}");
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        reaches(stage, &asked, "connected").await?;
        assert_eq!((hosted.dialled(CUSTOMER), elsewhere.dialled(CUSTOMER)), (0, 0), "the sandbox's");
    }

    /// It says "later" for longer than a customer waits: the other equipment takes over at once.
    async fn a_hosted_carrier_that_is_too_busy(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        hosted.set(Mood::Refuses(429, 30));
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        reaches(stage, &asked, "connected").await?;
        assert_eq!(hosted.dialled(CUSTOMER), 0);
    }

    /// It takes the call and its answer never comes: the customer, whose phone rings, is called by nobody else.
    async fn a_hosted_carrier_that_hangs_after_it_took_the_call(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        hosted.set(Mood::Hangs);
        let asked = stage.stack.ask("+442079460009", &cruises())?;
        until("the phone to ring", async || Ok((hosted.dialled("+442079460009") == 1).then_some(()))).await?;
        hosted.set(Mood::Well);
        reaches(stage, &asked, "connected").await?;
        assert_eq!(hosted.dialled("+442079460009"), 1);
    }

    /// Its answers are garbage: the call is found by asking, not dialled again.
    async fn a_hosted_carrier_that_babbles(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        // The sandbox would take over before anything is dialled, since nobody can be asked.
        hosted.set(Mood::Babbles);
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        reaches(stage, &asked, "connected").await?;
        assert!(hosted.dialled(CUSTOMER) <= 1);
    }

    /// Nobody is gone: nothing answers at its address. The sandbox takes over.
    async fn a_hosted_carrier_that_is_not_there(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        drop(hosted);
        let asked = stage.stack.ask(CUSTOMER, &cruises())?;
        let view = reaches(stage, &asked, "connected").await?;
        assert_eq!(view["attempt"], 1);
    }

    /// Whoever can't sign is not believed, and hears nothing about calls.
    async fn callbacks_that_nobody_signed(stage) {
        let hosted = Hosted::start()?;
        let _ana = through(stage, &hosted, stage::TOKEN)?;
        for (equipment, about, signature) in [
            ("hosted", "voice", "AAAA"), ("hosted", "status", ""), ("hosted", "room", "RSOYDt4T1cUTdK1PDd93/VVr8B8="), ("elsewhere", "voice", "AAAA"), ("sandbox", "voice", "AAAA"),
        ] {
            let address = format!("{}/v1/carriers/twilio/meridian/{equipment}/req_1.c1/{about}", stage.stack.origin());
            let status = stage::post_form(&address, "CallStatus=completed", signature)?;
            assert_eq!(status, 403, "{equipment} {about}");
        }
    }
}
