//! Two people who talk, and what they hear.

use crate::{books_agree, cruises, phones_of, story};
use pbx::audio::{self, Sound};
use serde_json::json;
use stage::{broken, wait_for};

const CUSTOMER: &str = "+447700900001";
const ANA: &str = "+447700900101";

/// The customer's phone rings first; the customer hears the announcement, then music, while the agent's rings; then the two hear
/// each other; and when the agent hangs up, both phones are free.
#[test]
fn both_hear_each_other_after_the_announcement() {
    story(
        "talk",
        |_| {},
        |exchange| {
            let ana = exchange.clerk("ana")?;
            let asked = exchange.stack.ask(CUSTOMER, &cruises())?;
            let first = wait_for("the customer's phone to ring", || {
                let view = exchange.stack.view_of(&asked)?;
                Ok((view["legs"]["customer"] == "ringing").then_some(view))
            })?;
            if first["legs"]["agent"] != "idle" {
                return broken("the agent was called before the customer had answered");
            }
            exchange.until(&asked, "connected")?;
            let tones = [440, 880, pbx::MUSIC_HZ];
            let heard = |number: &str| -> stage::Outcome<Vec<Sound>> {
                Ok(audio::listen(&exchange.phones.heard(number)?, &tones))
            };
            wait_for("a second of each other's tone", || {
                let enough = |number, hz| {
                    Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
                        audio::seconds_of(&heard(number)?, Sound::Tone(hz)) >= 1.0,
                    )
                };
                Ok((enough(CUSTOMER, 880)? && enough(ANA, 440)?).then_some(()))
            })?;
            ana.hang_up()?;
            let (reason, by) = exchange.end_of(&asked)?;
            assert_eq!((reason.as_str(), &by), ("talked", &json!("agent")));
            wait_for("both phones to be free", || {
                Ok((exchange.calls_to(CUSTOMER)? == 1 && exchange.calls_to(ANA)? == 1).then_some(()))
            })?;
            // The customer: words, then the agent, and nothing of the agent before the words were over.
            let recording = exchange.phones.heard(CUSTOMER)?;
            let words = audio::read(&exchange.phones.exchange.path("data/sounds/ringback/hold.wav"))?;
            let likeness = audio::likeness(&recording, &words);
            assert!(
                likeness > 0.9,
                "the announcement is not in what the customer heard: {likeness}"
            );
            let sounds = heard(CUSTOMER)?;
            let agent_from = sounds
                .iter()
                .position(|sound| *sound == Sound::Tone(880))
                .ok_or("no agent")?;
            let before = sounds.get(..agent_from).unwrap_or_default();
            assert!(
                audio::seconds_of(before, Sound::Other) > 2.0,
                "no words before the agent: {before:?}"
            );
            assert!(
                !sounds.contains(&Sound::Tone(440)),
                "the customer hears their own voice"
            );
            // The agent hears the customer, no announcement and no music.
            let sounds = heard(ANA)?;
            assert!(
                !sounds.contains(&Sound::Tone(pbx::MUSIC_HZ)),
                "the agent hears music"
            );
            assert!(
                audio::seconds_of(&sounds, Sound::Other) < 0.5,
                "the agent hears words: {sounds:?}"
            );
            Ok(())
        },
    );
}

/// Where the agent takes long, there is music after the announcement.
#[test]
fn there_is_music_until_the_agent_answers() {
    story(
        "music",
        |document| phones_of(document, &[("ana", "+442079460012")]),
        |exchange| {
            let _ana = exchange.clerk("ana")?;
            let asked = exchange.stack.ask(CUSTOMER, &cruises())?;
            exchange.until(&asked, "connected")?;
            let sounds = audio::listen(&exchange.phones.heard(CUSTOMER)?, &[pbx::MUSIC_HZ]);
            let music = audio::seconds_of(&sounds, Sound::Tone(pbx::MUSIC_HZ));
            assert!(music > 1.0, "{music} seconds of music");
            Ok(())
        },
    );
}

/// Ana hands the call on to Ben: the customer stays on the line and hears the announcement again, Ana's phone is free, and the
/// customer and Ben hear each other.
#[test]
fn handed_on_in_the_middle_of_a_call() {
    const BEN: &str = "+447700900102";
    story(
        "handed-on",
        |_| {},
        |exchange| {
            let ana = exchange.clerk("ana")?;
            let asked = exchange.stack.ask(CUSTOMER, &cruises())?;
            exchange.until(&asked, "connected")?;
            let ben = exchange.clerk("ben")?;
            let seconds = |number: &str, hz: u32| -> stage::Outcome<f64> {
                let sounds = audio::listen(&exchange.phones.heard(number)?, &[440, 880, 1200]);
                Ok(audio::seconds_of(&sounds, Sound::Tone(hz)))
            };
            wait_for("a second of each other's tone", || {
                Ok((seconds(ANA, 440)? >= 1.0 && seconds(CUSTOMER, 880)? >= 1.0).then_some(()))
            })?;
            ana.hand_on(&json!({"agent": "ben"}))?;
            wait_for("ana's phone to be free", || {
                Ok((exchange.calls_to(ANA)? == 1).then_some(()))
            })?;
            assert_eq!(exchange.calls_to(CUSTOMER)?, 0, "the customer stays on the line");
            exchange.until(&asked, "connected")?;
            wait_for("a second of each other's tone, with ben", || {
                Ok((seconds(BEN, 440)? >= 1.0 && seconds(CUSTOMER, 1200)? >= 1.0).then_some(()))
            })?;
            let sounds = audio::listen(&exchange.phones.heard(CUSTOMER)?, &[440, 880, 1200]);
            let last = |hz| sounds.iter().rposition(|sound| *sound == Sound::Tone(hz));
            let first = |hz| sounds.iter().position(|sound| *sound == Sound::Tone(hz));
            let between = last(880)
                .zip(first(1200))
                .and_then(|(from, to)| sounds.get(from..to));
            let words = audio::seconds_of(between.unwrap_or_default(), Sound::Other);
            assert!(words > 2.0, "{words} seconds of words between ana and ben");
            ben.hang_up()?;
            assert_eq!(exchange.end_of(&asked)?.0, "talked");
            books_agree(exchange, 3)
        },
    );
}

/// Whoever hangs up, both are free, and it is on record who did.
#[test]
fn either_side_may_hang_up() {
    for (name, customer, agent, by) in [
        ("hangup-customer", "+442079460108", "+442079460001", "customer"),
        ("hangup-agent", "+442079460001", "+442079460108", "agent"),
    ] {
        story(
            name,
            |document| phones_of(document, &[("ana", agent)]),
            |exchange| {
                let ana = exchange.clerk("ana")?;
                let asked = exchange.stack.ask(customer, &cruises())?;
                let (reason, who) = exchange.end_of(&asked)?;
                assert_eq!(reason, "talked");
                assert_eq!(who, json!(by));
                wait_for("both legs to be over", || {
                    Ok((exchange.calls_to(customer)? == 1 && exchange.calls_to(agent)? == 1).then_some(()))
                })?;
                drop(ana);
                Ok(())
            },
        );
    }
}

/// Twenty calls at once: none is lost, and nobody hears anybody else's agent.
#[test]
fn twenty_calls_at_once_are_neither_lost_nor_crossed() {
    let change = |document: &mut serde_json::Value| {
        document["rules"] = json!([]);
        document["agents"] = (0..20)
            .map(|nth| {
                let phone = format!("+4420794600{:02}", nth % 3 + 1);
                json!({"id": format!("a{nth}"), "name": format!("Agent {nth}"), "phone": phone, "skills": ["cruises"]})
            })
            .collect();
    };
    story("twenty", change, |exchange| {
        let clerks: Vec<_> = (0..20)
            .map(|nth| exchange.clerk(&format!("a{nth}")))
            .collect::<Result<_, _>>()?;
        // Twenty numbers that nobody else has: the area code's zeros are not looked at by the network.
        let asked: Vec<_> = (0..20)
            .map(|nth| {
                exchange
                    .stack
                    .ask(&format!("+44770090{:04}", 61 + nth), &cruises())
            })
            .collect::<Result<_, _>>()?;
        for one in &asked {
            exchange.until(one, "connected")?;
        }
        let said = exchange.phones.exchange.command("bridge show all")?;
        let joined = said.lines().filter(|line| line.contains("req_")).count();
        assert_eq!(joined, 20, "{said}");
        for clerk in &clerks {
            clerk.hang_up()?;
        }
        for one in &asked {
            assert_eq!(exchange.end_of(one)?.0, "talked");
        }
        wait_for("all phones to be free", || {
            Ok((exchange.phones.records()?.len() == 40).then_some(()))
        })?;
        let left = exchange.phones.exchange.command("core show channels count")?;
        assert!(left.contains("0 active channels"), "{left}");
        books_agree(exchange, 40)
    });
}
