//! The browsers of customer and agent, as equipment. What is wished of them is said here; where their sockets are is the shell's
//! business, which answers in HTTP's words: nothing of it leaves the object.

use crate::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, general};
use acd::{Effect, LegEnd};
use shared::LegId;

/// The codec.
#[derive(Debug, Clone, Copy, Default)]
pub struct Browser;

/// What is wished of browsers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// It is the turn of whoever has this leg: 202, or 404 where nobody will be there.
    Ring(LegId),
    /// The two make a connection: 202. That it is there they tell by themselves.
    Connect {
        /// The customer's leg.
        customer: LegId,
        /// The agent's leg.
        agent: LegId,
    },
    /// The leg is over: 200. What its browser sees follows from the request.
    Over(LegId),
    /// Whether the leg rings or is up: 200 or 404.
    Look(LegId),
}

fn call(method: &'static str, url: String) -> HttpCall {
    HttpCall {
        method,
        url,
        headers: Vec::new(),
        body: String::new(),
    }
}

impl Wish {
    fn call(&self) -> HttpCall {
        match self {
            Self::Ring(leg) => call("POST", format!("browser:/{leg}/ring")),
            Self::Connect { customer, agent } => call("POST", format!("browser:/{customer}/connect/{agent}")),
            Self::Over(leg) => call("DELETE", format!("browser:/{leg}")),
            Self::Look(leg) => call("GET", format!("browser:/{leg}")),
        }
    }

    /// Reads what the codec wrote.
    pub fn read(call: &HttpCall) -> Option<Self> {
        let path: Vec<&str> = call.url.strip_prefix("browser:/")?.split('/').collect();
        let leg = |text: &str| LegId::parse(text).ok();
        Some(match (call.method, path.as_slice()) {
            ("POST", [of, "ring"]) => Self::Ring(leg(of)?),
            ("POST", [customer, "connect", agent]) => Self::Connect {
                customer: leg(customer)?,
                agent: leg(agent)?,
            },
            ("DELETE", [of]) => Self::Over(leg(of)?),
            ("GET", [of]) => Self::Look(leg(of)?),
            _ => return None,
        })
    }
}

impl Carrier for Browser {
    fn request(&self, effect: &Effect, _known: &Known) -> Vec<HttpCall> {
        let wish = match effect {
            Effect::Dial { leg, .. } => Wish::Ring(leg.clone()),
            Effect::Bridge { customer, agent } => Wish::Connect {
                customer: customer.clone(),
                agent: agent.clone(),
            },
            Effect::HangUp { leg } | Effect::Farewell { leg, .. } => Wish::Over(leg.clone()),
            // The page says and plays by itself what there is to hear; who is put on hold has no connection any more.
            Effect::Announce { .. } | Effect::Music { .. } | Effect::Hold { .. } => return Vec::new(),
        };
        vec![wish.call()]
    }

    fn settle(&self, _effect: &Effect, answer: &HttpAnswer) -> Outcome {
        if let Some(outcome) = general(answer) {
            return outcome;
        }
        match answer.status {
            Some(202) => Outcome::Taken,
            Some(200..=299) => Outcome::Done,
            _ => Outcome::Refused(LegEnd::Failed),
        }
    }

    fn ask(&self, known: &Known) -> HttpCall {
        Wish::Look(known.leg.clone()).call()
    }

    fn told(&self, _known: &Known, answer: &HttpAnswer) -> Told {
        match answer.status {
            Some(404) => Told::Absent,
            Some(200) => Told::Leg {
                price: None,
                reference: None,
                news: Vec::new(),
            },
            _ => Told::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use acd::policy::Permit;
    use shared::call::Party;
    use shared::{Millis, PhoneNumber};

    fn leg(text: &str) -> LegId {
        LegId::parse(text).unwrap()
    }

    #[test]
    fn what_is_wished_reads_back() {
        let number = PhoneNumber::parse("+442079460001").unwrap();
        let known = Known {
            leg: leg("req_1.c1"),
            party: Party::Customer,
            to: number.clone().into(),
            reference: None,
            ordered_at: Millis(0),
            others: vec![],
        };
        let wished = |effect: Effect| {
            let calls = Browser.request(&effect, &known);
            calls
                .iter()
                .map(|call| Wish::read(call).unwrap())
                .collect::<Vec<_>>()
        };
        let dial = Effect::Dial {
            leg: leg("req_1.c1"),
            party: Party::Customer,
            to: serde_json::from_value::<Permit>(serde_json::json!(number)).unwrap(),
            ring_s: 4,
            longest_s: Some(7_200),
        };
        let bridge = Effect::Bridge {
            customer: leg("req_1.c1"),
            agent: leg("req_1.a2"),
        };
        assert_eq!(wished(dial), [Wish::Ring(leg("req_1.c1"))]);
        assert_eq!(
            wished(bridge),
            [Wish::Connect {
                customer: leg("req_1.c1"),
                agent: leg("req_1.a2")
            }]
        );
        let hang_up = Effect::HangUp { leg: leg("req_1.a2") };
        assert_eq!(wished(hang_up), [Wish::Over(leg("req_1.a2"))]);
        let music = Effect::Music { leg: leg("req_1.c1") };
        assert_eq!(wished(music), [], "the page plays by itself");
        assert_eq!(
            Wish::read(&Browser.ask(&known)),
            Some(Wish::Look(leg("req_1.c1")))
        );
    }

    #[test]
    fn nobody_there_is_a_failure_at_once() {
        let ring = Effect::HangUp { leg: leg("req_1.c1") };
        let settle = |status| Browser.settle(&ring, &HttpAnswer::of(status, ""));
        assert_eq!(settle(202), Outcome::Taken);
        assert_eq!(settle(200), Outcome::Done);
        assert_eq!(settle(404), Outcome::Refused(LegEnd::Failed));
    }
}
