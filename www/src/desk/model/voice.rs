//! Calls that this browser carries: whether the desk takes them, the microphone, and the one that goes on.

use super::wish::ask;
use super::{Action, Do, Model, Screen};
use crate::desk::word;
use serde::Deserialize;
use shared::call::{LegState, RequestState};
use shared::{Millis, RequestId};

/// Milliseconds between two rings.
const RING_MS: i64 = 3_000;

/// Milliseconds for which the microphone stays open to be seen at work, once it has proved to be there. Nobody is listened to for longer
/// without having asked for it.
const SEEN_MS: i64 = 20_000;

/// The desk's part in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::desk) struct Voice {
    /// The call that it is about.
    pub(in crate::desk) of: Option<RequestId>,
    /// How that stands in this browser.
    pub(in crate::desk) told: Told,
    /// The microphone while it is tried out, before calls.
    pub(in crate::desk) trial: Option<Microphone>,
    /// When that ends by itself; when the agent ends it, where the agent began it.
    trial_until: Option<Millis>,
    /// The desk is to take calls as soon as the microphone is there.
    wanted: bool,
    /// The agent has answered.
    answered: bool,
    /// When it rang last.
    rang_at: Option<Millis>,
}

/// How the call stands, as `widget/voice.js` tells it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(in crate::desk) struct Told {
    /// Where it stands.
    pub(in crate::desk) stage: Stage,
    /// Nothing was heard for so long that the telephone is to be offered.
    pub(in crate::desk) silent: bool,
    /// The customer does not hear the agent, who wants it so.
    pub(in crate::desk) muted: bool,
    /// The browser plays nothing before a tap.
    pub(in crate::desk) muffled: bool,
    /// The microphone.
    pub(in crate::desk) microphone: Microphone,
}

/// Where a call stands in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::desk) enum Stage {
    /// Its line is not there yet.
    #[default]
    Opening,
    /// Nobody is to be connected yet.
    Waiting,
    /// The browsers look for a way to each other.
    Connecting,
    /// Both are heard.
    Talking,
    /// They were.
    Reconnecting,
    /// It goes to the telephone.
    Phone,
    /// Another page of this desk has it.
    Elsewhere,
    /// It is over here.
    Over,
}

impl Stage {
    /// As it stands in the page.
    pub(in crate::desk) const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Waiting => "waiting",
            Self::Connecting => "connecting",
            Self::Talking => "talking",
            Self::Reconnecting => "reconnecting",
            Self::Phone => "phone",
            Self::Elsewhere => "elsewhere",
            Self::Over => "over",
        }
    }
}

/// The microphone.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(in crate::desk) struct Microphone {
    /// Why there is none; empty while there is, or nobody has asked.
    pub(in crate::desk) trouble: String,
    /// The one in use.
    pub(in crate::desk) device: String,
    /// All of them, once one is open.
    pub(in crate::desk) devices: Vec<Device>,
    /// How loud it is, from 0 to 5.
    pub(in crate::desk) level: u8,
}

/// One of several microphones.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(in crate::desk) struct Device {
    /// The browser's id.
    pub(in crate::desk) id: String,
    /// Its name.
    pub(in crate::desk) label: String,
}

/// What happens to it.
#[derive(Debug, Clone)]
pub(in crate::desk) enum Voiced {
    /// Take calls in this browser, or no longer.
    Ready(bool),
    /// Try the microphone, or enough of that.
    Try(bool),
    /// The microphone that is tried stands so.
    Tried(Microphone),
    /// The call stands so.
    Told(Told),
    /// Take the call.
    Answer,
    /// The other way with the microphone.
    Mute,
    /// Use this microphone.
    Use(String),
    /// Play what the browser did not play.
    Play,
    /// Go on by telephone.
    ByPhone,
}

/// What is to be done with the call in this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) enum Act {
    /// Take it.
    Answer,
    /// Mute, or no longer.
    Mute(bool),
    /// Use this microphone.
    Use(String),
    /// Play what the browser did not play.
    Play,
    /// Go on by telephone.
    ByPhone,
}

impl Model {
    /// Whether this desk takes calls in the browser.
    pub(in crate::desk) fn speaks(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.me.voice)
    }

    /// Whether the call waits for the agent's answer in this browser.
    pub(in crate::desk) fn rings_here(&self) -> bool {
        let rings = self.call().is_some_and(|pop| {
            pop.voice
                && pop.state == RequestState::RingingAgent
                && matches!(pop.legs.agent, LegState::Dialing | LegState::Ringing)
        });
        rings && !self.voice.answered && matches!(self.voice.told.stage, Stage::Opening | Stage::Waiting)
    }
}

/// It goes with the call on the desk.
pub(super) fn follow(model: &mut Model) -> Vec<Do> {
    let mut todo = Vec::new();
    let call = model.call().filter(|_| model.screen == Screen::Desk);
    let wanted = call
        .filter(|pop| pop.voice && pop.state != RequestState::Ended)
        .map(|pop| pop.id.clone());
    if wanted != model.voice.of {
        model.voice.of.clone_from(&wanted);
        (model.voice.told, model.voice.answered) = (Told::default(), false);
        todo.push(Do::VoiceIn(wanted.clone()));
        if wanted.is_some() && model.voice.trial.take().is_some() {
            todo.push(Do::Microphone(false));
        }
    }
    if model.voice.trial_until.is_some_and(|until| until <= model.now) {
        model.voice.trial_until = None;
        todo.extend(model.voice.trial.take().map(|_| Do::Microphone(false)));
    }
    todo.extend(ring(model));
    todo
}

/// It rings again and again, as telephones do; the first time it also says so.
fn ring(model: &mut Model) -> Vec<Do> {
    if !model.rings_here() {
        model.voice.rang_at = None;
        return Vec::new();
    }
    let (now, before) = (model.now, model.voice.rang_at);
    if before.is_some_and(|before| now.0 - before.0 < RING_MS) {
        return Vec::new();
    }
    model.voice.rang_at = Some(now);
    vec![match before {
        Some(_) => Do::Ring,
        None => Do::Alert {
            title: word::ANSWER_HERE.into(),
            body: word::ANSWER_MORE.into(),
        },
    }]
}

pub(super) fn voiced(model: &mut Model, what: Voiced) -> Vec<Do> {
    match what {
        Voiced::Ready(true) => {
            (model.voice.wanted, model.voice.trial) = (true, Some(Microphone::default()));
            vec![Do::Microphone(true)]
        }
        Voiced::Ready(false) => {
            (model.voice.wanted, model.voice.trial) = (false, None);
            let mut todo = vec![Do::Microphone(false)];
            todo.extend(ask(model, Action::Ready, Do::Ready(false)));
            todo
        }
        Voiced::Try(on) => {
            model.voice.trial = on.then(Microphone::default);
            model.voice.trial_until = None;
            vec![Do::Microphone(on)]
        }
        Voiced::Tried(microphone) => tried(model, microphone),
        Voiced::Told(told) => {
            model.voice.told = told;
            Vec::new()
        }
        Voiced::Answer if model.rings_here() => {
            model.voice.answered = true;
            vec![Do::Voice(Act::Answer)]
        }
        Voiced::Answer => Vec::new(),
        Voiced::Mute if model.voice.of.is_some() => {
            vec![Do::Voice(Act::Mute(!model.voice.told.muted))]
        }
        Voiced::Mute => Vec::new(),
        Voiced::Use(device) => vec![Do::Voice(Act::Use(device))],
        Voiced::Play => vec![Do::Voice(Act::Play)],
        Voiced::ByPhone => vec![Do::Voice(Act::ByPhone)],
    }
}

/// A desk takes calls in the browser once the microphone has proved to be there.
fn tried(model: &mut Model, microphone: Microphone) -> Vec<Do> {
    if model.voice.trial.is_none() {
        return Vec::new();
    }
    let (works, fails) = (!microphone.devices.is_empty(), !microphone.trouble.is_empty());
    model.voice.trial = Some(microphone);
    if fails {
        model.voice.wanted = false;
    }
    if works && std::mem::take(&mut model.voice.wanted) {
        model.voice.trial_until = Some(model.now.plus_ms(SEEN_MS));
        return ask(model, Action::Ready, Do::Ready(true));
    }
    Vec::new()
}
