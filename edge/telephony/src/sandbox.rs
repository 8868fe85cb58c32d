//! The sandbox carrier's codec, and the bodies that travel to and from its exchange.

use crate::exchange::Phase;
use crate::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, general};
use acd::{Effect, Heard, HeardKind, LegEnd};
use serde::{Deserialize, Serialize};
use shared::{Address, Language, LegId, Millis, PhoneNumber};

/// `POST …/calls`: dials a leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DialBody {
    /// The leg's id; the same id again does nothing.
    pub id: LegId,
    /// The number, or SIP address, to ring.
    pub to: Address,
    /// The number shown.
    pub from: PhoneNumber,
    /// The name shown.
    pub caller: String,
    /// How long it may ring, in seconds.
    pub ring_s: u32,
    /// Where call events go.
    pub events: String,
}

/// `POST …/calls/{id}/say`: says something, and may end the leg after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SayBody {
    /// The words.
    pub text: String,
    /// Their language.
    #[serde(default)]
    pub language: Language,
    /// End the leg once they are said.
    #[serde(default)]
    pub hang_up: bool,
    /// Part the leg from the one it is joined with, before the words.
    #[serde(default)]
    pub part: bool,
}

/// `POST …/bridges`: joins two answered legs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BridgeBody {
    /// The two legs.
    pub legs: [LegId; 2],
}

/// `GET …/calls/{id}`: how a leg stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallView {
    /// The leg's id.
    pub id: LegId,
    /// Where it stands.
    pub phase: Phase,
    /// When it was answered.
    pub answered_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// How it ended.
    pub ended: Option<LegEnd>,
    /// Whether it is joined with another.
    pub joined: bool,
}

/// A call event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventBody {
    /// The event's id: the same one may arrive several times.
    pub id: String,
    /// What happened to which leg.
    #[serde(flatten)]
    pub heard: Heard,
}

/// The codec of one business's account at the sandbox.
#[derive(Debug, Clone)]
pub struct Sandbox {
    /// `https://…/sandbox/v1/{site}`.
    pub base: String,
    /// The account's secret.
    pub secret: String,
    /// The number shown to the called party.
    pub from: PhoneNumber,
    /// The name shown to the called party.
    pub caller: String,
    /// Where call events go.
    pub events: String,
}

impl Sandbox {
    fn call(&self, method: &'static str, path: &str, body: String) -> HttpCall {
        HttpCall {
            method,
            url: format!("{}{path}", self.base),
            headers: vec![
                ("authorization", format!("Bearer {}", self.secret)),
                ("content-type", "application/json".into()),
            ],
            body,
        }
    }

    fn post(&self, path: &str, body: &impl Serialize) -> Vec<HttpCall> {
        // These bodies are plain structs of texts and numbers: writing them can't fail.
        let body = serde_json::to_string(body).unwrap_or_default();
        vec![self.call("POST", path, body)]
    }
}

impl Carrier for Sandbox {
    fn request(&self, effect: &Effect, _known: &Known) -> Vec<HttpCall> {
        match effect {
            Effect::Dial { leg, to, ring_s, .. } => self.post(
                "/calls",
                &DialBody {
                    id: leg.clone(),
                    to: to.address().clone(),
                    from: self.from.clone(),
                    caller: self.caller.clone(),
                    ring_s: *ring_s,
                    events: self.events.clone(),
                },
            ),
            Effect::Announce { leg, words }
            | Effect::Farewell { leg, words }
            | Effect::Hold { leg, words, .. } => self.post(
                &format!("/calls/{leg}/say"),
                &SayBody {
                    text: words.text.clone(),
                    language: words.language.clone(),
                    hang_up: matches!(effect, Effect::Farewell { .. }),
                    part: matches!(effect, Effect::Hold { .. }),
                },
            ),
            // Whoever holds at the exchange hears its own music.
            Effect::Music { .. } => Vec::new(),
            Effect::Bridge { customer, agent } => self.post(
                "/bridges",
                &BridgeBody {
                    legs: [customer.clone(), agent.clone()],
                },
            ),
            Effect::HangUp { leg } => self.post(&format!("/calls/{leg}/hangup"), &serde_json::json!({})),
        }
    }

    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome {
        if let Some(outcome) = general(answer) {
            return outcome;
        }
        match (effect, answer.status) {
            (_, Some(200..=299)) => Outcome::Done,
            // The leg is gone already, which is what was wanted.
            (Effect::HangUp { .. } | Effect::Farewell { .. }, Some(404 | 409)) => Outcome::Done,
            (_, Some(422)) => Outcome::Refused(LegEnd::BadNumber),
            (_, _) => Outcome::Refused(LegEnd::Failed),
        }
    }

    fn ask(&self, known: &Known) -> HttpCall {
        self.call("GET", &format!("/calls/{}", known.leg), String::new())
    }

    fn told(&self, known: &Known, answer: &HttpAnswer) -> Told {
        let view = match answer.status {
            Some(404) => return Told::Absent,
            Some(200) => serde_json::from_str::<CallView>(&answer.body).ok(),
            _ => None,
        };
        let Some(view) = view.filter(|view| view.id == known.leg) else {
            return Told::Unclear;
        };
        // An exchange that was out of order remembers the attempt, but has not taken the call.
        if view.phase == Phase::Trying {
            return Told::Absent;
        }
        let heard = |kind, at| Heard {
            leg: known.leg.clone(),
            kind,
            at,
        };
        let mut news = vec![heard(HeardKind::Ringing, None)];
        news.extend(view.answered_at.map(|at| heard(HeardKind::Answered, Some(at))));
        news.extend(view.joined.then(|| heard(HeardKind::Bridged, None)));
        news.extend(view.ended.map(|how| heard(HeardKind::Ended(how), view.ended_at)));
        Told::Leg {
            price: None,
            reference: None,
            news,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::policy::Permit;
    use shared::call::Party;

    fn sandbox() -> Sandbox {
        Sandbox {
            base: "https://edge.example/sandbox/v1/meridian".into(),
            secret: "s3".into(),
            from: PhoneNumber::parse("+442079460958").unwrap(),
            caller: "Meridian".into(),
            events: "https://edge.example/events".into(),
        }
    }

    #[test]
    fn a_dial_is_one_post_that_names_its_leg() {
        let to = serde_json::from_value::<Permit>(serde_json::json!("+447700900001")).unwrap();
        let leg = LegId::parse("req_1.c1").unwrap();
        let dial = Effect::Dial {
            leg,
            party: Party::Customer,
            to,
            ring_s: 30,
            longest_s: Some(7_200),
        };
        let known = Known {
            leg: LegId::parse("req_1.c1").unwrap(),
            party: Party::Customer,
            to: Address::parse("+447700900001").unwrap(),
            reference: None,
            ordered_at: Millis(0),
            others: vec![],
        };
        let [call] = sandbox().request(&dial, &known).try_into().unwrap();
        assert_eq!(
            (call.method, call.url.as_str()),
            ("POST", "https://edge.example/sandbox/v1/meridian/calls")
        );
        assert_eq!(
            call.body,
            r#"{"id":"req_1.c1","to":"+447700900001","from":"+442079460958","caller":"Meridian","ring_s":30,"events":"https://edge.example/events"}"#
        );
        let settle = |answer| sandbox().settle(&dial, &answer);
        assert_eq!(settle(HttpAnswer::of(201, "")), Outcome::Done);
        assert_eq!(
            settle(HttpAnswer::of(422, "")),
            Outcome::Refused(LegEnd::BadNumber)
        );
        assert_eq!(settle(HttpAnswer::of(401, "")), Outcome::Refused(LegEnd::Failed));
        assert_eq!(settle(HttpAnswer::of(503, "")), Outcome::Retry(None));
        assert_eq!(settle(HttpAnswer::none(true)), Outcome::Unknown);
        assert_eq!(settle(HttpAnswer::none(false)), Outcome::Retry(None));
    }

    #[test]
    fn hanging_up_what_is_gone_is_done() {
        let hang_up = Effect::HangUp {
            leg: LegId::parse("req_1.c1").unwrap(),
        };
        assert_eq!(
            sandbox().settle(&hang_up, &HttpAnswer::of(404, "")),
            Outcome::Done
        );
    }

    #[test]
    fn the_events_form_is_pinned() {
        let leg = LegId::parse("req_1.c1").unwrap();
        let event = EventBody {
            id: "evt_1".into(),
            heard: Heard {
                leg,
                kind: HeardKind::Ended(LegEnd::NoAnswer),
                at: Some(Millis(5)),
            },
        };
        let text = r#"{"id":"evt_1","leg":"req_1.c1","kind":{"ended":"no_answer"},"at":5}"#;
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
        assert_eq!(serde_json::from_str::<EventBody>(text).unwrap(), event);
    }
}
