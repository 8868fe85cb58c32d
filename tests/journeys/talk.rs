//! Customer and agent write to each other.

use crate::MINE;
use crate::accessible::{open_at, open_to_all};
use serde_json::json;
use stage::{Browser, Outcome, Phones, Scheme, Shopper, Stage, Talk, journeys};

/// Types a message and sends it with Enter.
async fn write(browser: &Browser, text: &str) -> Outcome {
    browser.fill("#talk-text", text).await?;
    browser.see("#talk-text").await?.send_keys("\u{e007}").await?;
    Ok(())
}

/// Waits until the last message of one side reads so.
async fn reads(browser: &Browser, by: &str, text: &str) -> Outcome {
    browser
        .read(
            &format!(
                "#talk-log > [data-by='{by}']:nth-last-child(1 of [data-by='{by}']):not([data-waits]) p"
            ),
            text,
        )
        .await
        .map(drop)
}

/// Loads the page again; the panel comes back by itself.
async fn again(shopper: &Shopper) -> Outcome {
    shopper.driver().enter_default_frame().await?;
    shopper.driver().refresh().await?;
    shopper.enter_panel().await
}

/// Ana talks with somebody else, and a second shopper waits in line for her.
async fn one_waits(stage: &mut Stage) -> Outcome<(stage::Desk, Phones, Shopper)> {
    let (ana, phones, first) = stage.at_the_cruises().await?;
    first.ask("+442079460001").await?;
    phones.answer(Phones::ANA).await?;
    ana.is("talking").await?;
    let browser = stage.browser("waiting-shopper").await?;
    let second = Shopper::at(browser, &stage.stack);
    second.visit("cruises.html").await?;
    second.open_panel().await?;
    second.ask(MINE).await?;
    second.is("queued").await?;
    Ok((ana, phones, second))
}

journeys! {
    /// A customer writes while they wait, and it is there when Ana takes the call. She answers; both see it at once, and again after a
    /// reload. After the call both can still read it, and in the customer's next call so can whoever has that.
    async fn written_while_waiting_answered_in_the_call_and_read_after_it(stage) {
        let (ana, phones, shopper) = one_waits(stage).await?;
        shopper.see("ringback-talk[data-state='waiting']").await?;
        shopper.read("#talk-state", "read by whoever takes your call").await?;
        write(&shopper, "I'm at <b>gate</b> 7 & <img src=x onerror=alert(1)>").await?;
        reads(&shopper, "customer", "I'm at <b>gate</b> 7 & <img src=x onerror=alert(1)>").await?;
        ana.see_no("#talk-log li").await?;

        ana.click("#hangup").await?;
        ana.is("wrap_up").await?;
        ana.write_up("other", "", None).await?;
        ana.call_is("dialing_customer").await?;
        reads(&ana, "customer", "I'm at <b>gate</b> 7 & <img src=x onerror=alert(1)>").await?;
        for side in [&*ana, &*shopper] {
            assert_eq!(side.count("#talk-log li b:not(.sr-only), #talk-log img").await?, 0, "text is text");
        }
        ana.read("#talk-unread", "1 new").await?;
        shopper.see("ringback-talk[data-state='here']").await?;
        shopper.read("#talk-state", "Ana Ferreira is reading along").await?;
        ana.see("#talk-state[data-state='here']").await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;

        write(&ana, "Here is the cabin: 7041").await?;
        ana.see_no("#talk-unread").await?;
        reads(&shopper, "agent", "Here is the cabin: 7041").await?;
        shopper.read("#talk-log > [data-by='agent'] small", "Ana Ferreira").await?;
        write(&shopper, "That one, please").await?;
        reads(&ana, "customer", "That one, please").await?;
        open_to_all(&ana, "the desk with messages").await?;
        open_to_all(&shopper, "the panel with messages").await?;
        shopper.look_like(1280, 800, Scheme::Light).await?;
        ana.look_like(1280, 800, Scheme::Light).await?;

        again(&shopper).await?;
        reads(&shopper, "agent", "Here is the cabin: 7041").await?;
        ana.driver().refresh().await?;
        reads(&ana, "customer", "That one, please").await?;
        assert_eq!((ana.count("#talk-log li").await?, shopper.count("#talk-log li").await?), (3, 3));

        phones.hang_up(MINE).await?;
        shopper.ended("talked").await?;
        reads(&shopper, "customer", "That one, please").await?;
        shopper.read("#talk-state", "You can still read").await?;
        shopper.see_no("#talk-text").await?;
        again(&shopper).await?;
        reads(&shopper, "agent", "Here is the cabin: 7041").await?;
        ana.is("wrap_up").await?;
        reads(&ana, "customer", "That one, please").await?;
        ana.see_no("#talk-text").await?;
        ana.wrap_up("other", "Cabin 7041", None).await?;
        ana.click("#recent > li:first-child [data-messages]").await?;
        ana.read("#recent .messages", "Here is the cabin: 7041").await?;

        shopper.press("Ask for another call").await?;
        shopper.send().await?;
        ana.read("#history [data-messages]", "3 messages").await?;
        ana.click("#history [data-messages]").await?;
        ana.read("#history .messages", "That one, please").await?;
        ana.see_no("#talk-log li").await?;
    }

    /// What comes while the panel is closed stands on the button, on the next page as well, until the panel is opened.
    async fn a_message_for_a_closed_panel_is_told_on_the_button(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.answer(MINE).await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        write(&ana, "Here is the cabin: 7041").await?;
        reads(&shopper, "agent", "Here is the cabin: 7041").await?;

        shopper.tap_button().await?;
        write(&ana, "It has a balcony").await?;
        shopper.button_says("✉\u{fe0e} 1 · ").await?;
        write(&ana, "And a bath").await?;
        shopper.button_says("✉\u{fe0e} 2 · ").await?;
        shopper.visit("index.html").await?;
        shopper.button_says("✉\u{fe0e} 2 · ").await?;
        write(&ana, "Shall I book it?").await?;
        shopper.button_says("✉\u{fe0e} 3 · ").await?;

        shopper.open_panel().await?;
        reads(&shopper, "agent", "Shall I book it?").await?;
        shopper.button_says_no("✉").await?;
        shopper.tap_button().await?;
        shopper.button_says_no("✉").await?;
    }

    /// What is too long is said beside the field, and stays in it. What is written while the server is away is kept, over a reload, too,
    /// and arrives once when it is back.
    async fn nothing_that_was_typed_is_lost(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        shopper.see("ringback-talk[data-state='here']").await?;
        for side in [&*shopper, &*ana] {
            let long = "set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set";
            let _: () = side.script(&format!(
                "const {long}, field = document.querySelector('#talk-text'); set.call(field, 'x'.repeat(1001));
                 field.dispatchEvent(new Event('input', {{ bubbles: true }})); return null"
            )).await?;
            side.click("#talk-send").await?;
            side.read("#talk-error", "characters fit").await?;
            side.see("#talk-text[aria-invalid='true']").await?;
            let left: usize = side.script("return document.querySelector('#talk-text').value.length").await?;
            assert_eq!(left, 1001);
            side.fill("#talk-text", "").await?;
        }

        stage.stack.kill()?;
        write(&shopper, "Are you there?").await?;
        write(&ana, "One moment").await?;
        shopper.see("#talk-log > [data-waits]").await?;
        shopper.see("ringback-talk[data-state='offline']").await?;
        ana.see("#talk-state[data-state='offline']").await?;
        shopper.fill("#talk-text", "And this is half a sent").await?;
        stage.stack.start_again()?;
        reads(&ana, "customer", "Are you there?").await?;
        reads(&shopper, "agent", "One moment").await?;
        shopper.see_no("#talk-log > [data-waits]").await?;
        again(&shopper).await?;
        reads(&shopper, "agent", "One moment").await?;
        let half = shopper.see("#talk-text").await?.value().await?;
        assert_eq!(half.as_deref(), Some("And this is half a sent"));
        assert_eq!((ana.count("#talk-log li").await?, shopper.count("#talk-log li").await?), (2, 2), "each of them once");
    }

    /// What programs may say: a message sent twice is one, bounds hold, and only who has the receipt hears anything.
    async fn a_resend_is_no_second_message(stage) {
        let asked = stage.stack.ask("+442079460203", &json!({"skill": "flights"}))?;
        let other = stage.stack.ask("+442079460204", &json!({"skill": "flights"}))?;
        let mut talk = Talk::open(&stage.stack, &asked)?;
        let stands = talk.hears("talk")?;
        assert_eq!((&stands["open"], &stands["agent_here"]), (&json!(true), &json!(false)));
        talk.say("k1", " Hello\u{7}\r\nthere ")?;
        let kept = talk.hears("messages")?;
        assert_eq!((&kept[0]["n"], &kept[0]["text"], &kept[0]["key"]), (&json!(1), &json!("Hello\nthere"), &json!("k1")));
        talk.say("k1", "Hello\nthere")?;
        assert_eq!(talk.hears("messages")?[0], kept[0], "the same again");
        for (key, text, code) in [
            ("k1", "Something else".to_owned(), "reused"), ("k2", " \n".to_owned(), "missing"),
            ("k3", "x".repeat(1001), "too_long"), ("with space", "x".to_owned(), "invalid"),
        ] {
            talk.say(key, &text)?;
            let unsaid = talk.hears("unsaid")?;
            assert_eq!((&unsaid["key"], &unsaid["problem"]["errors"][0]["code"]), (&json!(key), &json!(code)));
        }
        talk.say("k4", &"é".repeat(1000))?;
        assert_eq!(talk.hears("messages")?[0]["n"], 2);
        for nth in 0..18 {
            talk.say(&format!("more-{nth}"), "x")?;
            talk.hears("messages")?;
        }
        talk.say("more", "x")?;
        assert_eq!(talk.hears("unsaid")?["problem"]["errors"][0]["code"], "too_fast");
        talk.say("k1", "Hello\nthere")?;
        assert_eq!(talk.hears("messages")?[0]["n"], 1, "a resend counts for nothing");

        let mut second = Talk::open(&stage.stack, &asked)?;
        assert_eq!(second.hears("messages")?.as_array().map(Vec::len), Some(20), "everything at once");
        second.send("what is this?")?;
        assert_eq!(second.hears("unsaid")?["problem"]["status"], 400);
        assert!(second.hears("talk").is_err(), "and the line is closed");
        assert!(Talk::open_with(&stage.stack, &other, &asked).is_err(), "somebody else's");

        let mut theirs = Talk::open(&stage.stack, &other)?;
        theirs.hears("talk")?;
        stage.stack.cancel(&other)?;
        while theirs.hears("talk")?["open"] == true {}
        theirs.say("k1", "Too late")?;
        assert_eq!(theirs.hears("unsaid")?["problem"]["errors"][0]["code"], "over");
    }

    /// Whoever opens one window after the other, or says the same again and again, has the talk to themselves: of a side's sockets the oldest
    /// goes, a resend is shown to nobody else, and too much within a minute ends the line.
    async fn nobody_floods_a_talk(stage) {
        let asked = stage.stack.ask("+442079460203", &json!({"skill": "flights"}))?;
        let mut windows = Vec::new();
        for _ in 0..9 {
            let mut window = Talk::open(&stage.stack, &asked)?;
            window.hears("talk")?;
            windows.push(window);
        }
        let (first, others) = windows.split_at_mut(1);
        assert!(first[0].hears("messages").is_err(), "the oldest is closed");
        let (second, last) = others.split_at_mut(7);
        last[0].say("k1", "Hello")?;
        for window in second.iter_mut().chain(&mut *last) {
            assert_eq!(window.hears("messages")?[0]["n"], 1);
        }
        for _ in 0..3 {
            last[0].say("k1", "Hello")?;
            assert_eq!(last[0].hears("messages")?[0]["n"], 1);
        }
        last[0].say("k2", "Is anybody there?")?;
        for window in second.iter_mut().chain(&mut *last) {
            assert_eq!(window.hears("messages")?[0]["n"], 2, "nothing twice");
        }
        let mut heard = 0;
        for _ in 0..70 {
            if last[0].say("k1", "Hello").is_err() || last[0].hears("messages").is_err() {
                break;
            }
            heard += 1;
        }
        assert!(heard < 60, "{heard} in a minute");
        second[0].say("k3", "Still here")?;
        assert_eq!(second[0].hears("messages")?[0]["n"], 3, "the others go on");
    }

    /// A business without chat has none anywhere.
    async fn a_business_may_have_none(stage) {
        stage.stack.set_up(|document| document["chat"] = json!(false))?;
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        ana.call_is("dialing_customer").await?;
        ana.see_no("#talk").await?;
        assert_eq!(shopper.count("ringback-talk").await?, 0);
        let asked = stage.stack.ask("+442079460203", &json!({"skill": "flights"}))?;
        let mut talk = Talk::open(&stage.stack, &asked)?;
        assert_eq!(talk.hears("talk")?["open"], false);
        talk.say("k1", "Hello?")?;
        assert_eq!(talk.hears("unsaid")?["problem"]["errors"][0]["code"], "off");
    }

    /// From right to left, in the dark, on the smallest screens.
    async fn in_arabic_on_a_small_screen(stage) {
        let (ana, phones, shopper) = stage.at_the_cruises().await?;
        shopper.on_page::<()>("Ringback('locale', 'ar')").await?;
        shopper.enter_panel().await?;
        shopper.ask(MINE).await?;
        phones.is(MINE, "ringing").await?;
        write(&shopper, "هل هذه المقصورة متاحة؟").await?;
        reads(&ana, "customer", "هل هذه المقصورة متاحة؟").await?;
        write(&ana, "Yes, until Friday.").await?;
        reads(&shopper, "agent", "Yes, until Friday.").await?;
        open_at(&shopper, "the panel with messages in Arabic", [(390, Scheme::Light), (320, Scheme::Dark)]).await?;
    }
}
