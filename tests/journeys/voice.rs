//! Customer and agent talk in their browsers: two Chromiums with microphones that beep.

use crate::MINE;
use crate::accessible::{open_at, open_to_all};
use serde_json::json;
use stage::{
    Browser, Desk, Outcome, Phones, Scheme, Shopper, Sound, Stage, TO_TALK, TO_TALK_IN_MANY, journeys, until,
};
use thirtyfour::WindowHandle;

/// Presses Answer whenever it is there.
const ANSWERS: &str = "new MutationObserver(() => document.querySelector('#answer:not(:disabled)')?.click())
    .observe(document.body, {childList: true, subtree: true}); return null";
/// How loud a microphone is, while it is.
const HEARD: &str = ".level[data-level]:not([data-level='0'])";
/// How many talk at once, unless `RINGBACK_CALLS` says otherwise: each call takes a sixth of a core, its two sides together, and where they
/// starve the pages, timers do what they are for.
const MANY: usize = 3;
/// Windows of one Chromium that may listen to a microphone at the same time: it gives the seventh none.
const LISTENING: usize = 5;

/// Ana takes calls in her browser; the phones; and a shopper on the cruises' page, with a microphone, the panel open.
pub(crate) async fn with_microphones(stage: &mut Stage) -> Outcome<(Desk, Phones, Shopper)> {
    with_shopper(stage, &TO_TALK).await
}

/// The same with a shopper whose browser has these flags.
pub(crate) async fn with_shopper(stage: &mut Stage, flags: &[&str]) -> Outcome<(Desk, Phones, Shopper)> {
    let ana = Desk::sign_in(stage.browser_with("ana", &TO_TALK).await?, &stage.stack, "ana").await?;
    ana.note_connections().await?;
    ana.talk_here().await?;
    let phones = stage.phones();
    let shopper = Shopper::at(stage.browser_with("shopper", flags).await?, &stage.stack);
    shopper.visit("cruises.html").await?;
    shopper.open_panel().await?;
    Ok((ana, phones, shopper))
}

/// From the tap to the talk: the shopper looks into the window then.
pub(crate) async fn talking(stage: &mut Stage) -> Outcome<(Desk, Phones, Shopper)> {
    let (ana, phones, shopper) = with_microphones(stage).await?;
    talk(&ana, &shopper).await?;
    Ok((ana, phones, shopper))
}

/// The same with these two.
pub(crate) async fn talk(ana: &Desk, shopper: &Shopper) -> Outcome {
    shopper.ask_to_talk(MINE).await?;
    shopper.in_the_window().await?;
    ana.answer().await?;
    shopper.call_is("talking").await?;
    ana.see("#voice-call[data-stage='talking']").await.map(drop)
}

/// Nobody's telephone had anything to do with it.
async fn no_phone_rang(phones: &Phones) -> Outcome {
    for number in [MINE, Phones::ANA] {
        assert_eq!(phones.times(number).await?, 0, "{number} rang");
    }
    Ok(())
}

/// Everybody of a business that has these people for the cruises alone, each at a desk of their own that is ready to talk: the desks'
/// windows, by their browsers.
async fn ready_desks(stage: &mut Stage, agents: &[String]) -> Outcome<Vec<(Browser, Vec<WindowHandle>)>> {
    stage.stack.set_up(|document| {
        let people = agents.iter().zip(0..).map(|(id, nth)| {
            json!({"id": id, "name": format!("Agent {nth}"), "phone": format!("+4477009020{nth:02}"), "skills": ["cruises"]})
        });
        document["agents"] = people.collect();
        // They are about other people.
        document["rules"] = json!([]);
    })?;
    let mut browsers = Vec::new();
    for (room, agents) in agents.chunks(LISTENING).enumerate() {
        let browser = stage
            .browser_with(&format!("desks-{room}"), &TO_TALK_IN_MANY)
            .await?;
        let mut desks = Vec::new();
        for id in agents {
            desks.push(browser.open_apart().await?);
            let desk = Desk::sign_in(browser.clone(), &stage.stack, id).await?;
            desk.note_connections().await?;
            desk.treat_no_sound().await?;
            desk.talk_here().await?;
            // The microphone was tried, and is not heard any more until there is a call.
            desk.click("#voice-try[aria-pressed='true']").await?;
            // Whoever sits there takes the call when it rings: people do that at the same time, and the driver one after the other.
            desk.script::<()>(ANSWERS).await?;
        }
        browsers.push((browser, desks));
    }
    Ok(browsers)
}

/// What is heard in each of these windows, once something is.
async fn heard_in(browser: &Browser, windows: &[WindowHandle]) -> Outcome<Vec<Sound>> {
    let mut heard = Vec::new();
    for window in windows {
        browser.driver().switch_to_window(window.clone()).await?;
        heard.push(browser.talks().await?);
    }
    Ok(heard)
}

journeys! {
    /// A shopper asks to talk in the browser. A window opens and waits; Ana's desk rings, she answers, and both hear each other. The shopper
    /// browses on meanwhile, mutes and hangs up. No telephone rings.
    async fn two_browsers_talk_and_no_phone_rings(stage) {
        let (ana, phones, shopper) = with_microphones(stage).await?;
        shopper.see_no("ringback-voice").await?;
        shopper.ask_to_talk(MINE).await?;
        shopper.in_the_window().await?;
        ana.see("#answer").await?;
        ana.read("#headline", "The customer is on the line").await?;
        ana.read("#me-state", "Ringing in this browser").await?;
        shopper.call_is("waiting").await?;
        shopper.read("#call-heading", "Connecting you with Ana").await?;
        ana.answer().await?;
        shopper.call_is("talking").await?;
        shopper.read("#call-heading", "You're talking with Ana Ferreira").await?;
        ana.see("#voice-call[data-stage='talking']").await?;
        ana.is("talking").await?;
        shopper.talks().await?;
        ana.talks().await?;
        // Each sees that their own microphone hears something.
        shopper.see(HEARD).await?;
        ana.see(HEARD).await?;

        // Another page of the shop: the panel comes along, the window does not even notice.
        shopper.in_the_shop().await?;
        shopper.read("ringback-voice", "a window of its own").await?;
        shopper.visit("hotels.html").await?;
        shopper.enter_panel().await?;
        shopper.is("connected").await?;
        shopper.click("#call-show").await?;
        assert_eq!(shopper.windows().await?, 2, "the one that is there is shown");
        shopper.turn_to("/call").await?;
        let sound = shopper.talks().await?;
        assert_eq!(sound.made, 1, "one connection all the time");

        shopper.click("#call-mute").await?;
        shopper.see("#call-mute[aria-pressed='true']").await?;
        shopper.read("#call-more", "muted").await?;
        shopper.see(".level[data-level='0']").await?;
        shopper.click("#call-end").await?;
        shopper.call_is("over").await?;
        ana.is("wrap_up").await?;
        shopper.in_the_shop().await?;
        shopper.ended("talked").await?;
        no_phone_rang(&phones).await?;
    }

    /// Both write to each other while they talk, and load their pages again: what was written is there, and they talk on. Also the
    /// window is loaded again: it is the same call.
    async fn what_is_loaded_again_talks_on(stage) {
        let (ana, phones, shopper) = talking(stage).await?;
        shopper.in_the_shop().await?;
        shopper.fill("#talk-text", "Cabin 7?").await?;
        shopper.click("#talk-send").await?;
        ana.read("#talk-log", "Cabin 7?").await?;
        ana.fill("#talk-text", "That one is free").await?;
        ana.click("#talk-send").await?;
        shopper.read("#talk-log", "That one is free").await?;
        shopper.driver().enter_default_frame().await?;
        shopper.driver().refresh().await?;
        shopper.enter_panel().await?;
        shopper.read("#talk-log", "That one is free").await?;
        shopper.turn_to("/call").await?;
        assert_eq!(shopper.talks().await?.made, 1, "the window has nothing to do with that");

        shopper.driver().refresh().await?;
        shopper.call_is("talking").await?;
        shopper.talks().await?;
        ana.talks().await?;
        ana.driver().refresh().await?;
        ana.see("#voice-call[data-stage='talking']").await?;
        ana.read("#talk-log", "Cabin 7?").await?;
        ana.talks().await?;
        shopper.talks().await?;
        ana.is("talking").await?;
        no_phone_rang(&phones).await?;
        ana.click("#hangup").await?;
        shopper.call_is("over").await?;
    }

    /// A browser that opens no window: the call is in the panel, survives a page of the shop, and the panel says what that means.
    async fn without_a_window_the_panel_has_the_call(stage) {
        let (ana, phones, shopper) = with_microphones(stage).await?;
        shopper.note_connections().await?;
        shopper.script::<()>("window.open = () => null; return null").await?;
        shopper.ask_to_talk(MINE).await?;
        shopper.read("ringback-voice", "lasts as long as this page").await?;
        ana.answer().await?;
        shopper.call_is("talking").await?;
        shopper.talks().await?;
        ana.talks().await?;
        open_to_all(&shopper, "a call inside the panel").await?;
        assert_eq!(shopper.windows().await?, 1);
        shopper.visit("hotels.html").await?;
        shopper.enter_panel().await?;
        shopper.call_is("talking").await?;
        ana.talks().await?;
        no_phone_rang(&phones).await?;
        shopper.click("#call-end").await?;
        shopper.ended("talked").await?;
    }

    /// Where no agent at work takes calls in the browser nothing is offered, and as soon as one does it is.
    async fn it_is_offered_while_somebody_can(stage) {
        let ana = Desk::sign_in(stage.browser_with("ana", &TO_TALK).await?, &stage.stack, "ana").await?;
        let shopper = stage.shopper().await?;
        shopper.visit("cruises.html").await?;
        shopper.open_panel().await?;
        shopper.see("#phone").await?;
        shopper.see_no("#voice").await?;
        ana.talk_here().await?;
        shopper.see("label:has(#voice)").await?;
        // For later the telephone alone is offered: nobody keeps a window open until then.
        shopper.click("label:has(input[name='when'][value='later'])").await?;
        shopper.see_no("label:has(#voice)").await?;
        shopper.click("label:has(input[name='when'][value='now'])").await?;
        ana.click("#go-away").await?;
        shopper.see_no("label:has(#voice)").await?;
    }

    /// A business that wants none has none: neither the desk's switch nor the panel's choice.
    async fn a_business_may_want_none(stage) {
        stage.stack.set_up(|document| document["voice"] = json!(false))?;
        let ana = Desk::sign_in(stage.browser_with("ana", &TO_TALK).await?, &stage.stack, "ana").await?;
        ana.see("#idle").await?;
        assert_eq!(ana.count("#voice").await?, 0);
    }

    /// Every state of it, as axe sees it, on all three screens; and in Arabic.
    async fn talking_in_the_browser_is_open_to_all(stage) {
        let (ana, _phones, shopper) = with_microphones(stage).await?;
        open_to_all(&ana, "the desk that takes calls in the browser").await?;
        shopper.click("label:has(#voice)").await?;
        shopper.see("ringback-voice .hint").await?;
        open_to_all(&shopper, "the form with a call in the browser").await?;
        shopper.on_page::<()>("Ringback('locale', 'ar')").await?;
        shopper.enter_panel().await?;
        shopper.see("html[lang='ar'] main.panel").await?;
        shopper.fill("#phone", MINE).await?;
        shopper.send().await?;
        shopper.in_the_window().await?;
        ana.see("#answer").await?;
        open_to_all(&ana, "the desk while a call in the browser rings").await?;
        shopper.see("html[dir='rtl'] .voice[data-stage='waiting']").await?;
        open_at(&shopper, "the window that waits", [(400, Scheme::Light), (320, Scheme::Dark)]).await?;
        ana.answer().await?;
        shopper.call_is("talking").await?;
        open_at(&shopper, "the window of a talk", [(400, Scheme::Light), (320, Scheme::Dark)]).await?;
        open_to_all(&ana, "the desk that talks").await?;
        shopper.click("#call-end").await?;
        shopper.call_is("over").await?;
        open_at(&shopper, "the window after a talk", [(400, Scheme::Light), (320, Scheme::Dark)]).await?;
    }

    /// What was wanted of the browser is wanted of the telephone: the customer changes their mind while they talk, and the same agent's
    /// phone rings.
    async fn the_phone_is_a_tap_away(stage) {
        let (ana, phones, shopper) = talking(stage).await?;
        shopper.click("#call-phone").await?;
        phones.answer(MINE).await?;
        ana.read("#me-state", "Phone ringing").await?;
        shopper.call_is("phone").await?;
        shopper.read("#call-more", "We call your number").await?;
        open_at(&shopper, "the window after the switch", [(400, Scheme::Light), (320, Scheme::Dark)]).await?;
        ana.read("#switched", "as one of you chose").await?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        ana.see_no("#voice-call").await?;
        shopper.in_the_shop().await?;
        shopper.is("connected").await?;
        let said = until("the sentence in the panel", || async {
            Ok(Some(shopper.text("#switched").await?))
        });
        assert!(said.await?.contains("We call your number"));
    }

    /// Several calls at once, in the windows of two browsers (of more where they are many): sound goes both ways in each of them while all are there, and no telephone
    /// rings.
    async fn several_talk_at_once(stage) {
        let phones = stage.phones();
        let many = std::env::var("RINGBACK_CALLS").map_or(Ok(MANY), |calls| calls.parse())?;
        let theirs = stage.browser_with("windows", &TO_TALK_IN_MANY).await?;
        let agents: Vec<String> = (0..many).map(|nth| format!("a{nth}")).collect();
        let mut sides = ready_desks(stage, &agents).await?;

        theirs.go(&format!("{}/panel/meridian", stage.stack.origin())).await?;
        let panels = theirs.driver().window().await?;
        let (mut windows, mut asked) = (Vec::new(), Vec::new());
        for (id, nth) in agents.iter().zip(0..) {
            windows.push(theirs.open_call(&stage.stack, id).await?);
            theirs.driver().switch_to_window(panels.clone()).await?;
            let number = format!("+4477009010{nth:02}");
            let request = stage.stack.ask(&number, &json!({"skill": "cruises", "voice": true}))?;
            theirs.hand_ticket(id, &request).await?;
            // One after the other: whoever is connected stays so, and the machine has one way at a time to find.
            until(format!("the call of {number}"), || async { stage.stack.reached(&request, "connected") }).await?;
            asked.push((number, request));
        }

        sides.push((theirs, windows));
        let mut before = Vec::new();
        for (browser, calls) in &sides {
            before.extend(heard_in(browser, calls).await?);
        }
        // By now the last of them talks, and none of the others has stopped.
        let mut after = Vec::new();
        for (browser, calls) in &sides {
            after.extend(heard_in(browser, calls).await?);
        }
        assert_eq!(after.len(), 2 * many);
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((before.made, after.made), (1, 1), "one connection all the time");
            assert!(after.received > before.received && after.sent > before.sent, "{before:?}, then {after:?}");
            assert!(after.energy > before.energy, "{before:?}, then {after:?}");
        }
        for (number, request) in &asked {
            assert!(!phones.rings(number).await?, "{number} rings");
            let view = stage.stack.view_of(request)?;
            assert_eq!((&view["state"], &view["switched"]), (&json!("connected"), &json!(null)), "{view}");
        }
    }
}
