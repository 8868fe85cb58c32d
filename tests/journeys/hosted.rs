//! Calls that a hosted carrier carries, over real HTTP: markup asked for, callbacks signed, and everything that can go wrong.

use serde_json::{Value, json};
use stage::{Asked, Clerk, Hosted, Mood, Outcome, Stage, journeys, until};

const CUSTOMER: &str = "+442079460001";
const ANA: &str = "+442079460002";

/// The business's calls go through the hosted carrier, and through the sandbox where that can't.
fn through(stage: &Stage, hosted: &Hosted, token: &str) -> Outcome<Clerk> {
    stage.stack.set_up(|document| {
        let own = json!({"id": "hosted", "kind": "twilio", "account": stage::ACCOUNT, "base": hosted.base});
        let sandbox = json!({"id": "sandbox", "kind": "sandbox", "preference": 2});
        document["equipment"] = json!([own, sandbox]);
        if let Some(phone) = document.pointer_mut("/agents/0/phone") {
            *phone = json!(ANA);
        }
    })?;
    stage.stack.give_secret("hosted", token)?;
    Clerk::at(&stage.stack, "ana")
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
