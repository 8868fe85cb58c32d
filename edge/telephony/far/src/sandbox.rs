//! The embedded exchange behind its HTTP interface.

use crate::{Diary, FarEnd, Tell, duration_ms};
use shared::{LegId, Millis};
use std::collections::BTreeSet;
use telephony::exchange::{Behaviour, Exchange, Gesture, Input, Phase, Reply, behaviour};
use telephony::{HttpAnswer, HttpCall};

/// The sandbox's far end.
#[derive(Debug, Default)]
pub struct SandboxEnd {
    exchange: Exchange,
    wake_at: Option<Millis>,
    diary: Diary,
    legs: BTreeSet<LegId>,
    /// Phones that a person picks up, and when.
    persons: Vec<(Millis, LegId)>,
}

/// How long a person takes to pick up.
const BRISK_MS: i64 = 1_000;

impl SandboxEnd {
    fn handle(&mut self, now: Millis, input: Input) -> Reply {
        let step = self.exchange.handle(now, input);
        self.wake_at = step.wake_at;
        for post in step.posts {
            self.diary.tells.push(Tell {
                leg: post.event.heard.leg.clone(),
                about: "events",
                text: serde_json::to_string(&post.event).unwrap_or_default(),
            });
        }
        step.reply
    }

    fn input(&mut self, now: Millis, call: &HttpCall) -> Option<Input> {
        let path = call
            .url
            .split_once("/calls")
            .map(|(_, rest)| rest.trim_start_matches('/'));
        let Some(path) = path else {
            return serde_json::from_str(&call.body).ok().map(Input::Bridge);
        };
        let (id, verb) = path.split_once('/').unwrap_or((path, ""));
        if path.is_empty() {
            let body: telephony::sandbox::DialBody = serde_json::from_str(&call.body).ok()?;
            if self.legs.insert(body.id.clone()) {
                *self.diary.dialled.entry(body.to.clone()).or_default() += 1;
                if behaviour(&body.to) == Behaviour::Person {
                    self.persons.push((now.plus_ms(BRISK_MS), body.id.clone()));
                }
            }
            return Some(Input::Dial(Box::new(body)));
        }
        let id = LegId::parse(id).ok()?;
        match verb {
            "say" => {
                let body: telephony::sandbox::SayBody = serde_json::from_str(&call.body).ok()?;
                self.diary
                    .said
                    .entry(id.clone())
                    .or_default()
                    .push(body.text.clone());
                Some(Input::Say(id, body))
            }
            "hangup" => Some(Input::HangUp(id)),
            _ => None,
        }
    }
}

impl FarEnd for SandboxEnd {
    fn carry(&mut self, now: Millis, call: &HttpCall) -> HttpAnswer {
        if call.method == "GET" {
            let id = call.url.rsplit('/').next().and_then(|id| LegId::parse(id).ok());
            return match id.and_then(|id| self.exchange.call(&id)) {
                Some(view) => HttpAnswer::of(200, serde_json::to_string(&view).unwrap_or_default()),
                None => HttpAnswer::of(404, ""),
            };
        }
        let Some(input) = self.input(now, call) else {
            return HttpAnswer::of(422, "");
        };
        match self.handle(now, input) {
            Reply::Created => HttpAnswer::of(201, ""),
            Reply::Done => HttpAnswer::of(200, ""),
            Reply::Unknown => HttpAnswer::of(404, ""),
            Reply::Conflict => HttpAnswer::of(409, ""),
            Reply::Refused => HttpAnswer::of(422, ""),
            Reply::Unavailable => HttpAnswer::of(503, ""),
        }
    }

    fn pass(&mut self, now: Millis) {
        let due = |(at, _): &&(Millis, LegId)| *at <= now;
        let picks: Vec<LegId> = self
            .persons
            .iter()
            .filter(due)
            .map(|(_, leg)| leg.clone())
            .collect();
        self.persons.retain(|(at, _)| *at > now);
        for leg in picks {
            self.handle(now, Input::Person(leg, Gesture::Answer));
        }
        self.handle(now, Input::Tick);
    }

    fn wake_at(&self) -> Option<Millis> {
        self.persons.iter().map(|(at, _)| *at).chain(self.wake_at).min()
    }

    fn diary(&mut self) -> &mut Diary {
        &mut self.diary
    }

    fn noted(&self) -> &Diary {
        &self.diary
    }

    fn alive(&self) -> Vec<LegId> {
        let up = |id: &&LegId| {
            let phase = self.exchange.call(id).map(|view| view.phase);
            matches!(phase, Some(Phase::Ringing | Phase::Answered))
        };
        self.legs.iter().filter(up).cloned().collect()
    }

    fn hears(&self, leg: &LegId) -> Option<LegId> {
        self.exchange.leg(leg)?.joined().cloned()
    }

    fn record(&self, leg: &LegId) -> Option<i64> {
        let view = self.exchange.call(leg)?;
        duration_ms(view.answered_at, view.ended_at)
    }
}
