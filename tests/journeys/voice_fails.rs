//! Whatever comes between two browsers that talk, or are to, ends at the telephone: the same request, the same agent.

use crate::MINE;
use crate::voice::{talk, talking, with_microphones, with_shopper};
use serde_json::json;
use stage::{Cable, Desk, MICROPHONE, Outcome, Phones, Stage, TO_TALK, Turn, journeys, within};
use std::time::{Duration, Instant};

/// From the tap to the customer's phone when the browsers find no way to each other: eight seconds of trying, and what is around them.
const NO_WAY: Duration = Duration::from_secs(12);
/// How long the pages themselves try.
const TRIED: Duration = Duration::from_secs(8);
/// The same from a cut in the middle of a talk, which browsers notice late.
const CUT: Duration = Duration::from_secs(25);

/// A microphone, and no way out for what it hears: the network lets through nothing but pages.
const NO_UDP: [&str; 4] = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
];

/// Waits until a phone rings, for so long since then.
async fn rings_within(phones: &Phones, number: &str, since: Instant, limit: Duration) -> Outcome {
    within(
        limit.saturating_sub(since.elapsed()),
        format!("{number} to ring"),
        || async { Ok(phones.rings(number).await?.then_some(())) },
    )
    .await?;
    eprintln!("{number} rang after {:.1} s", since.elapsed().as_secs_f64());
    Ok(())
}

/// The customer's phone rings, then that of the agent who has the call already, and both talk.
async fn they_talk_by_phone(ana: &Desk, phones: &Phones) -> Outcome {
    phones.answer(MINE).await?;
    phones.answer(Phones::ANA).await?;
    ana.is("talking").await
}

fn relayed(stage: &mut Stage) -> Outcome<Turn> {
    let turn = Turn::start(stage.stack.folder())?;
    stage.stack.start_again_with(&turn.settings(true))?;
    Ok(turn)
}

journeys! {
    /// Neither side learns the other's address: all of it goes through the relay.
    async fn through_a_relay_and_nothing_else(stage) {
        let _turn = relayed(stage)?;
        let (ana, _phones, shopper) = talking(stage).await?;
        for side in [&*ana, &*shopper] {
            assert_eq!(side.talks().await?.by, "relay");
        }
    }

    /// A network that lets no sound through: eight seconds after both were ready the phone takes over.
    async fn a_network_without_udp_leads_to_the_phone(stage) {
        let (ana, phones, shopper) = with_shopper(stage, &NO_UDP).await?;
        shopper.ask_to_talk(MINE).await?;
        let tapped = Instant::now();
        ana.answer().await?;
        rings_within(&phones, MINE, tapped, NO_WAY).await?;
        shopper.in_the_window().await?;
        shopper.read("#call-more", "could not connect").await?;
        ana.read("#switched", "could not connect").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// Each side is told addresses of the other's, and none leads anywhere: nothing says so, and eight seconds later the phone takes over.
    async fn addresses_that_lead_nowhere_lead_to_the_phone(stage) {
        let (ana, phones, shopper) = with_microphones(stage).await?;
        ana.mislead().await?;
        shopper.ask_to_talk(MINE).await?;
        shopper.in_the_window().await?;
        shopper.mislead().await?;
        ana.see("#answer").await?;
        let tapped = Instant::now();
        ana.answer().await?;
        shopper.call_is("connecting").await?;
        rings_within(&phones, MINE, tapped, NO_WAY).await?;
        assert!(tapped.elapsed() >= TRIED, "something gave up before its time");
        assert!(ana.misled().await? > 0 && shopper.misled().await? > 0, "neither was told an address");
        shopper.read("#call-more", "could not connect").await?;
        ana.read("#switched", "could not connect").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// The cable is cut while they talk: both pages say that they reconnect, and then the phone rings, with the same agent.
    async fn a_cut_cable_leads_to_the_phone(stage) {
        let turn = relayed(stage)?;
        let (ana, phones, shopper) = talking(stage).await?;
        shopper.talks().await?;
        let cut = Instant::now();
        drop(turn);
        shopper.call_is("reconnecting").await?;
        ana.see("#voice-call[data-stage='reconnecting']").await?;
        rings_within(&phones, MINE, cut, CUT).await?;
        shopper.read("#call-more", "connection was lost").await?;
        ana.read("#switched", "connection was lost").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// The customer's cable is cut while they talk, and nothing of theirs comes through any more, neither sound nor word: the agent's page
    /// notices, and the customer's phone rings, with the same agent.
    async fn a_customer_who_is_cut_off_is_called(stage) {
        let turn = relayed(stage)?;
        let cable = Cable::to_edge(&stage.stack)?;
        let through = cable.flag();
        let (ana, phones, shopper) = with_shopper(stage, &[&TO_TALK[..], &[&through]].concat()).await?;
        talk(&ana, &shopper).await?;
        shopper.talks().await?;
        assert!(cable.carried() > 0, "the customer's browser goes another way");
        let cut = Instant::now();
        cable.cut();
        drop(turn);
        ana.see("#voice-call[data-stage='reconnecting']").await?;
        rings_within(&phones, MINE, cut, CUT).await?;
        ana.read("#switched", "connection was lost").await?;
        shopper.read("#call-more", "connection was lost").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// The customer's browser does not give its microphone: the phone, at once.
    async fn a_microphone_that_is_refused_leads_to_the_phone(stage) {
        let flags = [&MICROPHONE[..], &["--deny-permission-prompts"]].concat();
        let (ana, phones, shopper) = with_shopper(stage, &flags).await?;
        shopper.ask_to_talk(MINE).await?;
        phones.is(MINE, "ringing").await?;
        shopper.turn_to("/call").await?;
        shopper.read("#call-more", "no microphone to use").await?;
        ana.read("#switched", "no microphone").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// The agent's microphone is gone when she answers: the phone, at once, and hers.
    async fn an_agent_without_a_microphone_takes_the_phone(stage) {
        let (ana, phones, shopper) = with_microphones(stage).await?;
        let gone = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError') }; return null";
        ana.script::<()>(gone).await?;
        shopper.ask_to_talk(MINE).await?;
        ana.answer().await?;
        ana.read("#switched", "this desk could not").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }

    /// The window is closed in the middle of the talk: that is hanging up.
    async fn a_closed_window_hangs_up(stage) {
        let (ana, phones, shopper) = talking(stage).await?;
        shopper.driver().close_window().await?;
        ana.is("wrap_up").await?;
        assert!(!phones.rings(MINE).await?);
    }

    /// A window that was closed while the customer waited is missed when it is their turn: the phone rings.
    async fn a_window_that_is_gone_leads_to_the_phone(stage) {
        let (ana, phones, shopper) = with_microphones(stage).await?;
        stage.stack.ask("+442079460001", &json!({"skill": "cruises"}))?;
        phones.answer(Phones::ANA).await?;
        ana.is("talking").await?;
        shopper.ask_to_talk(MINE).await?;
        shopper.in_the_window().await?;
        shopper.call_is("waiting").await?;
        shopper.read("#call-heading", "You're next").await?;
        shopper.driver().close_window().await?;
        ana.click("#hangup").await?;
        ana.is("wrap_up").await?;
        ana.write_up("other", "", None).await?;
        phones.is(MINE, "ringing").await?;
        ana.read("#switched", "window did not answer").await?;
        they_talk_by_phone(&ana, &phones).await?;
    }
}
