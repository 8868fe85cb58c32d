//! The sandbox carrier's codec, and the bodies that travel to and from its exchange.

use crate::{Carrier, HttpAnswer, HttpCall, Outcome};
use acd::{Effect, Heard, LegEnd};
use serde::{Deserialize, Serialize};
use shared::{LegId, PhoneNumber};

/// `POST …/calls`: dials a leg.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DialBody {
    /// The leg's id; the same id again does nothing.
    pub id: LegId,
    /// The number to ring.
    pub to: PhoneNumber,
    /// The number shown.
    pub from: PhoneNumber,
    /// The name shown.
    pub caller: String,
    /// How long it may ring, in seconds.
    pub ring_s: u32,
    /// What is said as soon as it is answered.
    pub say: Option<String>,
    /// Where call events go.
    pub events: String,
}

/// `POST …/calls/{id}/say`: says something, and may end the leg after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SayBody {
    /// The words.
    pub text: String,
    /// End the leg once they are said.
    #[serde(default)]
    pub hang_up: bool,
}

/// `POST …/bridges`: joins two answered legs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BridgeBody {
    /// The two legs.
    pub legs: [LegId; 2],
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
    fn post(&self, path: &str, body: &impl Serialize) -> HttpCall {
        HttpCall {
            method: "POST",
            url: format!("{}{path}", self.base),
            headers: vec![
                ("authorization", format!("Bearer {}", self.secret)),
                ("content-type", "application/json".into()),
            ],
            // These bodies are plain structs of texts and numbers: writing them can't fail.
            body: serde_json::to_string(body).unwrap_or_default(),
        }
    }
}

impl Carrier for Sandbox {
    fn request(&self, effect: &Effect) -> HttpCall {
        match effect {
            Effect::Dial {
                leg, to, ring_s, say, ..
            } => self.post(
                "/calls",
                &DialBody {
                    id: leg.clone(),
                    to: to.number().clone(),
                    from: self.from.clone(),
                    caller: self.caller.clone(),
                    ring_s: *ring_s,
                    say: say.clone(),
                    events: self.events.clone(),
                },
            ),
            Effect::Farewell { leg, text } => self.post(
                &format!("/calls/{leg}/say"),
                &SayBody {
                    text: text.clone(),
                    hang_up: true,
                },
            ),
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
        match (effect, answer.status) {
            (_, None) => Outcome::Unknown,
            (_, Some(200..=299)) => Outcome::Done,
            (_, Some(429 | 500..=599)) => Outcome::Retry(answer.retry_after_s),
            // The leg is gone already, which is what was wanted.
            (Effect::HangUp { .. } | Effect::Farewell { .. }, Some(404 | 409)) => Outcome::Done,
            (_, Some(422)) => Outcome::Refused(LegEnd::BadNumber),
            (_, Some(_)) => Outcome::Refused(LegEnd::Failed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::{HeardKind, policy};
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
        let to = policy::permit(&PhoneNumber::parse("+447700900001").unwrap()).unwrap();
        let leg = LegId::parse("req_1.c1").unwrap();
        let dial = Effect::Dial {
            leg,
            party: Party::Customer,
            to,
            ring_s: 30,
            say: Some("hold".into()),
        };
        let call = sandbox().request(&dial);
        assert_eq!(
            (call.method, call.url.as_str()),
            ("POST", "https://edge.example/sandbox/v1/meridian/calls")
        );
        assert_eq!(
            call.body,
            r#"{"id":"req_1.c1","to":"+447700900001","from":"+442079460958","caller":"Meridian","ring_s":30,"say":"hold","events":"https://edge.example/events"}"#
        );
        let settle = |status| {
            sandbox().settle(
                &dial,
                &HttpAnswer {
                    status,
                    retry_after_s: None,
                },
            )
        };
        assert_eq!(settle(Some(201)), Outcome::Done);
        assert_eq!(settle(Some(422)), Outcome::Refused(LegEnd::BadNumber));
        assert_eq!(settle(Some(401)), Outcome::Refused(LegEnd::Failed));
        assert_eq!(settle(Some(503)), Outcome::Retry(None));
        assert_eq!(settle(None), Outcome::Unknown);
    }

    #[test]
    fn hanging_up_what_is_gone_is_done() {
        let hang_up = Effect::HangUp {
            leg: LegId::parse("req_1.c1").unwrap(),
        };
        assert_eq!(
            sandbox().settle(
                &hang_up,
                &HttpAnswer {
                    status: Some(404),
                    retry_after_s: None
                }
            ),
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
            },
        };
        let text = r#"{"id":"evt_1","leg":"req_1.c1","kind":{"ended":"no_answer"}}"#;
        assert_eq!(serde_json::to_string(&event).unwrap(), text);
        assert_eq!(serde_json::from_str::<EventBody>(text).unwrap(), event);
    }
}
