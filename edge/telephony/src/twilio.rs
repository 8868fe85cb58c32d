//! Twilio, and what speaks its language (SignalWire by its base address).
//!
//! Each leg is a call of its own; both meet in a conference named after the request. What a leg hears is decided when Twilio asks
//! for it, at its answer ([`twiml`]): so an announcement, music and the join need no request of ours, and its events tell when
//! the two have met ([`callback`]).

pub mod callback;
pub mod signature;
pub mod twiml;

use crate::{Carrier, HttpAnswer, HttpCall, Known, Outcome, Told, general};
use acd::{Effect, Heard, HeardKind, LegEnd};
use base64::{Engine, engine::general_purpose::STANDARD};
use form_urlencoded::Serializer;
use jiff::fmt::rfc2822;
use serde::Deserialize;
use serde::de::IgnoredAny;
use shared::call::Party;
use shared::equipment::Equipment;
use shared::{Address, Millis, PhoneNumber};

/// Twilio's own address.
const BASE: &str = "https://api.twilio.com";
/// The longest that it lets a phone ring, in seconds.
const MAX_RING_S: u32 = 600;
/// The longest that it lets a call last, in seconds.
const MAX_CALL_S: u32 = 14_400;
/// How far its clock may be behind ours, in seconds.
const SKEW_S: i64 = 30;
/// The highest price that is read, in ten-thousandths: far beyond any cap, and many of them can still be added up.
const MOST: u64 = 1_000_000_000_000;
/// Calls that a search looks at: the newest ones to one number.
const PAGE: u32 = 20;

/// The codec of one account.
#[derive(Debug, Clone)]
pub struct Twilio {
    /// The interface's address.
    pub base: String,
    /// The account.
    pub account: String,
    /// Its token.
    pub token: String,
    /// The number shown.
    pub from: PhoneNumber,
    /// `https://…/v1/carriers/twilio/{site}/{equipment}`: where it asks what to do, and tells what happened.
    pub hooks: String,
    /// Have it find out whether a machine answered.
    pub detect_machines: bool,
}

#[derive(Deserialize)]
struct Call {
    sid: String,
    status: String,
    #[serde(default)]
    to: String,
    date_created: Option<String>,
    start_time: Option<String>,
    end_time: Option<String>,
    price: Option<Price>,
}

/// Twilio writes a price as text, SignalWire as a number; whatever else it may be, the rest of the call is read all the same.
#[derive(Deserialize)]
#[serde(untagged)]
enum Price {
    Text(String),
    Number(f64),
    Other(IgnoredAny),
}

impl Price {
    /// In ten-thousandths.
    fn read(&self) -> Option<u64> {
        match self {
            Self::Text(text) => ten_thousandths(text),
            Self::Number(number) => ten_thousandths(&format!("{number:.6}")),
            Self::Other(_) => None,
        }
    }
}

impl Twilio {
    /// Reads what the document says.
    pub fn of(equipment: &Equipment, from: PhoneNumber, token: String, hooks: String) -> Self {
        let base = equipment.base.as_deref().unwrap_or(BASE);
        Self {
            base: base.trim_end_matches('/').into(),
            account: equipment.account.clone().unwrap_or_default(),
            token,
            from,
            hooks,
            detect_machines: equipment.detect_machines,
        }
    }

    fn call(&self, method: &'static str, path: &str, form: Option<Serializer<'_, String>>) -> HttpCall {
        let user = format!("{}:{}", self.account, self.token);
        let mut headers = vec![("authorization", format!("Basic {}", STANDARD.encode(user)))];
        if form.is_some() {
            headers.push(("content-type", "application/x-www-form-urlencoded".into()));
        }
        HttpCall {
            method,
            url: format!("{}/2010-04-01/Accounts/{}/{path}", self.base, self.account),
            headers,
            body: form.map(|mut form| form.finish()).unwrap_or_default(),
        }
    }

    fn update(&self, known: &Known, field: &str, value: &str) -> Vec<HttpCall> {
        let path = known.reference.as_ref().map(|sid| format!("Calls/{sid}.json"));
        let mut form = Serializer::new(String::new());
        form.append_pair(field, value);
        path.map(|path| self.call("POST", &path, Some(form)))
            .into_iter()
            .collect()
    }

    fn heard(known: &Known, call: &Call) -> Vec<Heard> {
        let news = |kind, at: &Option<String>| Heard {
            leg: known.leg.clone(),
            kind,
            at: at.as_deref().and_then(instant),
        };
        // Where it doesn't say since when, not before it was ordered.
        let answered = || {
            let heard = news(HeardKind::Answered, &call.start_time);
            let at = heard.at.or(Some(known.ordered_at));
            Heard { at, ..heard }
        };
        match call.status.as_str() {
            "ringing" => vec![news(HeardKind::Ringing, &None)],
            "in-progress" => vec![answered()],
            "completed" => vec![answered(), news(HeardKind::Ended(LegEnd::HungUp), &call.end_time)],
            status => callback::end_of(status, None)
                .map(|how| news(HeardKind::Ended(how), &call.end_time))
                .into_iter()
                .collect(),
        }
    }
}

/// `Tue, 05 Mar 2024 12:34:56 +0000`.
pub(crate) fn instant(text: &str) -> Option<Millis> {
    let at = rfc2822::parse(text).ok()?.timestamp();
    Some(Millis(at.as_millisecond()))
}

/// A price as it writes it, such as `-0.01300`: what is paid is below nothing. What is less than a ten-thousandth counts as one, what is
/// more than [`MOST`] as that.
fn ten_thousandths(text: &str) -> Option<u64> {
    const PLACES: usize = 4;
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let (kept, rest) = part.split_at(part.len().min(PLACES));
    // Digits that are no number are too many.
    let scaled: u64 = format!("{whole}{kept:0<PLACES$}").parse().unwrap_or(MOST);
    let more = rest.bytes().any(|digit| digit != b'0');
    Some(scaled.saturating_add(u64::from(more)).min(MOST))
}

/// What its error codes mean that are about the number.
fn refusal(body: &str) -> LegEnd {
    #[derive(Deserialize)]
    struct Fault {
        code: Option<u32>,
    }
    let fault: Option<Fault> = serde_json::from_str(body).ok();
    match fault.and_then(|fault| fault.code) {
        // No number, not one that can be reached, not one at all.
        Some(13223..=13225 | 21211 | 21214 | 21217 | 21401) => LegEnd::BadNumber,
        _ => LegEnd::Failed,
    }
}

impl Carrier for Twilio {
    fn request(&self, effect: &Effect, known: &Known) -> Vec<HttpCall> {
        match effect {
            Effect::Dial {
                leg,
                party,
                to,
                ring_s,
                longest_s,
            } => {
                // Other equipment is chosen for these; nothing else would stop it from dialling one.
                let Address::Number(number) = to.address() else {
                    return Vec::new();
                };
                let hook = |what: &str| format!("{}/{leg}/{what}", self.hooks);
                let mut form = Serializer::new(String::new());
                form.append_pair("To", number.as_str())
                    .append_pair("From", self.from.as_str())
                    .append_pair("Url", &hook("voice"))
                    .append_pair("Method", "POST")
                    .append_pair("StatusCallback", &hook("status"))
                    .append_pair("StatusCallbackMethod", "POST")
                    .append_pair("Timeout", &ring_s.clamp(&1, &MAX_RING_S).to_string());
                for event in ["initiated", "ringing", "answered", "completed"] {
                    form.append_pair("StatusCallbackEvent", event);
                }
                if let Some(longest_s) = longest_s {
                    form.append_pair("TimeLimit", &longest_s.clamp(&1, &MAX_CALL_S).to_string());
                }
                if self.detect_machines && *party == Party::Customer {
                    form.append_pair("MachineDetection", "Enable");
                }
                vec![self.call("POST", "Calls.json", Some(form))]
            }
            Effect::Announce { .. } | Effect::Music { .. } | Effect::Bridge { .. } => Vec::new(),
            // Out of the room, which ends it for the agent; and into it again.
            Effect::Hold { leg, words, .. } => {
                let hooks = twiml::Hooks {
                    base: &self.hooks,
                    leg,
                };
                self.update(known, "Twiml", &twiml::hold(words, hooks))
            }
            Effect::Farewell { words, .. } => self.update(known, "Twiml", &twiml::farewell(words)),
            Effect::HangUp { .. } => self.update(known, "Status", "completed"),
        }
    }

    fn settle(&self, effect: &Effect, answer: &HttpAnswer) -> Outcome {
        if let Some(outcome) = general(answer) {
            return outcome;
        }
        match (effect, answer.status) {
            (Effect::Dial { .. }, Some(200..=299)) if self.reference(answer).is_none() => Outcome::Unknown,
            (_, Some(200..=299)) => Outcome::Done,
            // It is over already, or was never there.
            (Effect::HangUp { .. } | Effect::Farewell { .. }, Some(400 | 404)) => Outcome::Done,
            _ => Outcome::Refused(refusal(&answer.body)),
        }
    }

    fn ask(&self, known: &Known) -> HttpCall {
        if let Some(sid) = &known.reference {
            return self.call("GET", &format!("Calls/{sid}.json"), None);
        }
        let mut query = Serializer::new(String::new());
        query
            .append_pair("To", known.to.as_str())
            .append_pair("From", self.from.as_str())
            .append_pair("PageSize", &PAGE.to_string());
        self.call("GET", &format!("Calls.json?{}", query.finish()), None)
    }

    /// A search names no ids of ours. A call is this leg when it goes to the same number, was made after the leg was ordered, and is
    /// not one of those that are known to be other legs: there is never more than one of ours that is not known.
    fn told(&self, known: &Known, answer: &HttpAnswer) -> Told {
        #[derive(Deserialize)]
        struct List {
            calls: Vec<Call>,
        }
        let found = |call: Call| Told::Leg {
            news: Self::heard(known, &call),
            price: call.price.as_ref().and_then(Price::read),
            reference: Some(call.sid),
        };
        if known.reference.is_some() {
            return match (answer.status, serde_json::from_str::<Call>(&answer.body)) {
                (Some(404), _) => Told::Absent,
                (Some(200), Ok(call)) => found(call),
                _ => Told::Unclear,
            };
        }
        let (Some(200), Ok(list)) = (answer.status, serde_json::from_str::<List>(&answer.body)) else {
            return Told::Unclear;
        };
        let since = known.ordered_at.plus_s(-SKEW_S);
        let ours = list.calls.into_iter().find(|call| {
            let made = call.date_created.as_deref().and_then(instant);
            call.to == known.to.as_str()
                && !known.others.contains(&call.sid)
                && made.is_none_or(|at| at >= since)
        });
        ours.map_or(Told::Absent, found)
    }

    fn reference(&self, answer: &HttpAnswer) -> Option<String> {
        let call: Call = serde_json::from_str(&answer.body).ok()?;
        let plain = call.sid.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        (plain && !call.sid.is_empty() && call.sid.len() <= 64).then_some(call.sid)
    }

    fn bills(&self) -> bool {
        true
    }

    fn needs_reference(&self) -> bool {
        true
    }
}
