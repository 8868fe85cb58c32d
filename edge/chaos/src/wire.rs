//! The scripted carriers' language: as little as a codec can be, so that what is played is the courier and not the parsing of JSON.
//! A request is a verb, a leg and a few words.

use crate::options::Kind;
use acd::{Effect, Heard, HeardKind, LegEnd};
use shared::Millis;
use telephony::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, general};

/// The codec of one kind of equipment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wire(pub(crate) Kind);

/// How an end travels.
const ENDS: [(&str, LegEnd); 8] = [
    ("busy", LegEnd::Busy),
    ("no_answer", LegEnd::NoAnswer),
    ("declined", LegEnd::Declined),
    ("hung_up", LegEnd::HungUp),
    ("released", LegEnd::Released),
    ("bad_number", LegEnd::BadNumber),
    ("failed", LegEnd::Failed),
    ("lost", LegEnd::Lost),
];

pub(crate) fn word(how: LegEnd) -> &'static str {
    ENDS.iter()
        .find(|(_, end)| *end == how)
        .map_or("lost", |(word, _)| word)
}

impl Wire {
    fn call(self, verb: &'static str, known: &Known, body: String) -> HttpCall {
        // Equipment with names of its own is told them; the first time, and when it is asked, ours.
        let own = (self.0 == Kind::Referring).then(|| known.reference.clone());
        HttpCall {
            method: verb,
            url: own.flatten().unwrap_or_else(|| known.leg.to_string()),
            headers: Vec::new(),
            body,
        }
    }
}

impl Carrier for Wire {
    fn request(&self, effect: &Effect, known: &Known) -> Vec<HttpCall> {
        let by_itself = matches!(
            effect,
            Effect::Announce { .. } | Effect::Music { .. } | Effect::Hold { .. }
        );
        if self.0 == Kind::Browser && by_itself {
            return Vec::new();
        }
        let (verb, body) = match effect {
            Effect::Dial {
                to,
                ring_s,
                longest_s,
                ..
            } => {
                let longest_s = longest_s.map_or_else(|| "-".to_owned(), |s| s.to_string());
                ("dial", format!("{} {ring_s} {longest_s}", to.address().as_str()))
            }
            Effect::Announce { .. } => ("say", String::new()),
            Effect::Hold { .. } => ("part", String::new()),
            Effect::Farewell { .. } => ("bye", String::new()),
            Effect::Music { .. } if self.0 != Kind::Plugged => return Vec::new(),
            Effect::Music { .. } => ("music", String::new()),
            Effect::Bridge { customer, .. } => ("join", customer.to_string()),
            Effect::HangUp { .. } => ("end", String::new()),
        };
        vec![self.call(verb, known, body)]
    }

    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome {
        if let Some(outcome) = general(answer) {
            return outcome;
        }
        let later = match self.0 {
            Kind::Plugged => matches!(effect, Effect::Announce { .. } | Effect::Hold { .. }),
            Kind::Referring | Kind::Browser => matches!(effect, Effect::Bridge { .. }),
            Kind::Named => false,
        };
        match (effect, answer.status) {
            (_, Some(200..=299)) if later => Outcome::Taken,
            (_, Some(200..=299)) => Outcome::Done,
            (Effect::HangUp { .. } | Effect::Farewell { .. }, Some(404 | 409)) => Outcome::Done,
            (_, Some(422)) => Outcome::Refused(LegEnd::BadNumber),
            (_, _) => Outcome::Refused(LegEnd::Failed),
        }
    }

    fn ask(&self, known: &Known) -> HttpCall {
        HttpCall {
            method: "ask",
            url: known.leg.to_string(),
            headers: Vec::new(),
            body: String::new(),
        }
    }

    /// `phase reference answered_at ended_at end joined`, with `-` for what is not there.
    fn told(&self, known: &Known, answer: &HttpAnswer) -> Told {
        match answer.status {
            Some(404) => return Told::Absent,
            Some(200) if self.0 == Kind::Browser => {
                return Told::Leg {
                    price: None,
                    reference: None,
                    news: Vec::new(),
                };
            }
            Some(200) => {}
            _ => return Told::Unclear,
        }
        let words: Vec<&str> = answer.body.split(' ').collect();
        let [phase, reference, answered, ended, how, joined] = words.as_slice() else {
            return Told::Unclear;
        };
        let at = |word: &str| word.parse().ok().map(Millis);
        let heard = |kind, at| Heard {
            leg: known.leg.clone(),
            kind,
            at,
        };
        let mut news = Vec::new();
        if *phase != "trying" {
            news.push(heard(HeardKind::Ringing, None));
        }
        news.extend(at(answered).map(|at| heard(HeardKind::Answered, Some(at))));
        news.extend((*joined == "joined").then(|| heard(HeardKind::Bridged, None)));
        let end = ENDS.iter().find(|(word, _)| word == how).map(|(_, how)| *how);
        news.extend(end.map(|how| heard(HeardKind::Ended(how), at(ended))));
        Told::Leg {
            // By its rates it cost no more than was reckoned.
            price: end.filter(|_| self.bills()).map(|_| 0),
            reference: Some((*reference).to_owned()),
            news,
        }
    }

    fn reference(&self, answer: &HttpAnswer) -> Option<String> {
        let named = self.0 == Kind::Referring && answer.body.starts_with('r');
        named.then(|| answer.body.clone())
    }

    fn bills(&self) -> bool {
        self.0 == Kind::Referring
    }

    fn needs_reference(&self) -> bool {
        self.0 == Kind::Referring
    }
}
