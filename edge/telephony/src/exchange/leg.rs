//! One leg at the exchange: one phone with one call.

use super::Behaviour;
use crate::sandbox::{CallView, DialBody, SayBody};
use acd::LegEnd;
use serde::{Deserialize, Serialize};
use shared::phones::Said;
use shared::{Address, LegId, Millis};

/// Where a leg stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The exchange has not taken it yet.
    Trying,
    /// The phone rings.
    Ringing,
    /// Somebody, or a machine, has answered.
    Answered,
    /// Over.
    Ended,
}

/// Something a phone does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    Answer,
    AnswerByMachine,
    Press(char),
    End(LegEnd),
}

/// A leg. Its serde form is how the exchange stores it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    dialled: DialBody,
    phase: Phase,
    since: Millis,
    said: Vec<Said>,
    joined: Option<LegId>,
    #[serde(default)]
    answered_at: Option<Millis>,
    ended: Option<LegEnd>,
    /// What it will do by itself, earliest first.
    plan: Vec<(Millis, Act)>,
    events: u32,
    failures: u32,
}

/// A second after the ringing began: a brisk person.
const SOON_MS: i64 = 1_000;
/// How long the network takes to find out that a line is busy or out of service.
const NETWORK_MS: i64 = 300;
/// How long a machine's greeting lasts before it gives up on a silent caller.
const GREETING_S: i64 = 30;
/// How long somebody thinks before pressing a key.
const THOUGHT_MS: i64 = 2_000;
/// Milliseconds that a spoken character takes: about 150 words a minute.
const SPEECH_MS: i64 = 65;

impl Leg {
    pub(super) fn new(dialled: DialBody, now: Millis) -> Self {
        Self {
            dialled,
            phase: Phase::Trying,
            since: now,
            said: Vec::new(),
            joined: None,
            answered_at: None,
            ended: None,
            plan: Vec::new(),
            events: 0,
            failures: 0,
        }
    }

    /// Its id.
    pub fn id(&self) -> &LegId {
        &self.dialled.id
    }

    /// What was dialled.
    pub fn to(&self) -> &Address {
        &self.dialled.to
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Since when.
    pub fn since(&self) -> Millis {
        self.since
    }

    pub(super) fn view(&self) -> CallView {
        CallView {
            id: self.dialled.id.clone(),
            phase: self.phase,
            answered_at: self.answered_at,
            ended_at: self.ended.map(|_| self.since),
            ended: self.ended,
            joined: self.joined.is_some(),
        }
    }

    pub(super) fn events(&self) -> &str {
        &self.dialled.events
    }

    pub(super) fn said(&self) -> &[Said] {
        &self.said
    }

    /// The leg it is joined with.
    pub fn joined(&self) -> Option<&LegId> {
        self.joined.as_ref()
    }

    pub(super) fn caller(&self) -> String {
        format!("{} {}", self.dialled.caller, self.dialled.from.as_str())
    }

    pub(super) fn wake_at(&self) -> Option<Millis> {
        self.plan.first().map(|(at, _)| *at)
    }

    pub(super) fn fails_once_more(&mut self) -> bool {
        self.failures += 1;
        self.failures <= 2
    }

    /// The next thing it does by itself, once that is due.
    pub(super) fn next_due(&mut self, now: Millis) -> Option<Act> {
        let due = self.wake_at().is_some_and(|at| at <= now);
        due.then(|| self.plan.remove(0).1)
    }

    pub(super) fn next_event(&mut self) -> String {
        self.events += 1;
        format!("evt_{}_{}", self.dialled.id, self.events)
    }

    /// Takes the call; true when the phone rings.
    pub(super) fn start(&mut self, behaviour: Behaviour, now: Millis) -> bool {
        let (phase, after_ms, act) = match behaviour {
            Behaviour::Person | Behaviour::NeverAnswers | Behaviour::Refused => {
                (Phase::Ringing, None, Act::Answer)
            }
            Behaviour::AnswersAfter(s) => (Phase::Ringing, Some(i64::from(s) * 1000), Act::Answer),
            Behaviour::HangsUpAfter(_)
            | Behaviour::FailsTwice
            | Behaviour::Presses(_)
            | Behaviour::LateAndRepeated
            | Behaviour::Reversed => (Phase::Ringing, Some(SOON_MS), Act::Answer),
            Behaviour::Voicemail => (Phase::Ringing, Some(SOON_MS), Act::AnswerByMachine),
            Behaviour::Declines => (Phase::Ringing, Some(SOON_MS), Act::End(LegEnd::Declined)),
            Behaviour::Busy | Behaviour::BusyAtFirst => {
                (Phase::Ringing, Some(NETWORK_MS), Act::End(LegEnd::Busy))
            }
            Behaviour::NotInService => (Phase::Ringing, Some(NETWORK_MS), Act::End(LegEnd::BadNumber)),
        };
        (self.phase, self.since) = (phase, now);
        let patience = (
            now.plus_s(i64::from(self.dialled.ring_s)),
            Act::End(LegEnd::NoAnswer),
        );
        self.plan = after_ms
            .map(|ms| (now.plus_ms(ms), act))
            .into_iter()
            .chain([patience])
            .collect();
        self.plan.sort_by_key(|(at, _)| *at);
        !matches!(
            behaviour,
            Behaviour::Busy | Behaviour::BusyAtFirst | Behaviour::NotInService
        )
    }

    pub(super) fn answer(&mut self, now: Millis) {
        (self.phase, self.since) = (Phase::Answered, now);
        self.answered_at = Some(now);
        self.plan = match super::behaviour(&self.dialled.to) {
            Behaviour::HangsUpAfter(s) => vec![(now.plus_s(i64::from(s)), Act::End(LegEnd::HungUp))],
            Behaviour::Voicemail => vec![(now.plus_s(GREETING_S), Act::End(LegEnd::HungUp))],
            Behaviour::Presses(key) => vec![(now.plus_ms(THOUGHT_MS), Act::Press(key))],
            _ => Vec::new(),
        };
    }

    pub(super) fn say(&mut self, body: SayBody, now: Millis) {
        let ms = i64::try_from(body.text.chars().count())
            .unwrap_or(i64::MAX)
            .saturating_mul(SPEECH_MS);
        if body.hang_up {
            self.plan = vec![(now.plus_ms(ms), Act::End(LegEnd::Released))];
        }
        self.said.push(Said {
            at: now,
            text: body.text,
            language: body.language,
        });
    }

    pub(super) fn join(&mut self, other: LegId) {
        self.joined = Some(other);
    }

    /// Leaves the leg it is joined with, and gives its id.
    pub(super) fn part(&mut self) -> Option<LegId> {
        self.joined.take()
    }

    /// Ends it; gives the leg it was joined with.
    pub(super) fn end(&mut self, how: LegEnd, now: Millis) -> Option<LegId> {
        (self.phase, self.since, self.ended) = (Phase::Ended, now, Some(how));
        self.plan.clear();
        self.joined.take()
    }

    pub(super) const fn was_busy(&self) -> bool {
        matches!(self.ended, Some(LegEnd::Busy))
    }

    pub(super) fn ended_words(&self) -> Option<&'static str> {
        Some(match self.ended? {
            LegEnd::Busy => "Busy",
            LegEnd::NoAnswer => "Not answered",
            LegEnd::Declined => "Declined",
            LegEnd::HungUp => "You hung up",
            LegEnd::Released => "The other side hung up",
            LegEnd::BadNumber => "Not in service",
            LegEnd::Failed | LegEnd::Lost => "The network failed",
        })
    }
}
