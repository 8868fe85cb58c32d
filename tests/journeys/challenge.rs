//! What a page has to show before its customer is called: its key alone calls nobody.

use crate::MINE;
use serde_json::{Value, json};
use stage::{Endpoint, Manners, Outcome, Stage, journeys, worked};

fn challenged(stage: &Stage, kind: &str) -> Outcome {
    stage.stack.set_up(|document| {
        if let Some(now) = document.pointer_mut("/policy/challenge") {
            *now = json!(kind);
        }
    })
}

journeys! {
    /// Whoever copies the page's key is refused until they have worked, for every call anew: what was shown once, was made for another
    /// business or was changed is as good as nothing.
    async fn the_key_alone_calls_nobody(stage) {
        challenged(stage, "work")?;
        let _ana = stage.agent("ana").await?;
        let (status, told) = stage.stack.ask_showing(MINE, "")?;
        assert_eq!((status, &told["type"]), (428, &json!("/problems#challenge-required")));
        let proof = worked(&told)?;

        let mut easier = told.clone();
        easier["challenge"]["work"]["parameters"]["keyPrefix"] = json!("");
        for bad in [worked(&easier)?, "nonsense".into(), "A".repeat(5000)] {
            let (status, _) = stage.stack.ask_showing(MINE, &bad)?;
            assert_eq!(status, 428, "{bad:.40}");
        }
        let (status, _) = stage.stack.ask_showing(MINE, &proof)?;
        assert_eq!(status, 201);
        let (status, told) = stage.stack.ask_showing("+447700900202", &proof)?;
        assert_eq!(status, 428, "{told}");
        let (status, _) = stage.stack.ask_showing("+447700900202", &worked(&told)?)?;
        assert_eq!(status, 201);
        stage.stack.later(400).await?;
        let (_, told) = stage.stack.ask_showing("+447700900203", "")?;
        let late = worked(&told)?;
        stage.stack.later(400).await?;
        let (status, _) = stage.stack.ask_showing("+447700900203", &late)?;
        assert_eq!(status, 428);
    }

    /// A shopper notices nothing but that the button takes a moment.
    async fn a_shopper_s_device_works_by_itself(stage) {
        challenged(stage, "work")?;
        let (_ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
    }

    /// Turnstile's token is believed when Cloudflare says that it is for us, once; when Cloudflare is silent, work is asked for instead.
    async fn turnstile_and_what_stands_in_for_it(stage) {
        let cloudflare = Endpoint::start()?;
        cloudflare.now(Manners::Says(r#"{"success":true,"hostname":"127.0.0.1","action":"callback","cdata":"meridian"}"#));
        stage.stack.start_again_with(&[
            ("TURNSTILE_SITE_KEY", "1x00000000000000000000AA".into()),
            ("TURNSTILE_SECRET", "1x0000000000000000000000000000000AA".into()),
            ("TURNSTILE_VERIFY", cloudflare.url.clone()),
        ])?;
        challenged(stage, "turnstile")?;
        let _ana = stage.agent("ana").await?;
        let (status, told) = stage.stack.ask_showing(MINE, "")?;
        assert_eq!((status, &told["challenge"]["kind"]), (428, &json!("turnstile")));
        assert!(cloudflare.received().is_empty());

        let (status, _) = stage.stack.ask_showing(MINE, "XXXX.DUMMY.TOKEN.XXXX")?;
        assert_eq!(status, 201);
        let said: Value = serde_json::from_str(&cloudflare.hears(1).await?[0].body)?;
        assert_eq!(said["response"], "XXXX.DUMMY.TOKEN.XXXX");
        let (status, _) = stage.stack.ask_showing("+447700900202", "XXXX.DUMMY.TOKEN.XXXX")?;
        assert_eq!(status, 428, "a token was shown twice");

        cloudflare.now(Manners::Says(r#"{"success":true,"hostname":"evil.example","action":"callback","cdata":"meridian"}"#));
        let (status, _) = stage.stack.ask_showing("+447700900202", "made.elsewhere")?;
        assert_eq!(status, 428);
        cloudflare.now(Manners::Says(r#"{"success":false,"error-codes":["timeout-or-duplicate"]}"#));
        let (status, _) = stage.stack.ask_showing("+447700900202", "too.late")?;
        assert_eq!(status, 428);

        cloudflare.now(Manners::Answers(503));
        let (status, told) = stage.stack.ask_showing("+447700900202", "not.heard")?;
        assert_eq!((status, &told["challenge"]["kind"]), (428, &json!("work")));
        let (status, _) = stage.stack.ask_showing("+447700900202", &worked(&told)?)?;
        assert_eq!(status, 201);
    }
}
