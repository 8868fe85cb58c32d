//! The phones' state and everything that changes it. Pure: no clock, no browser.

mod table;
#[cfg(test)]
mod tests;

pub(super) use table::Table;

use crate::net::{Failure, Link, Wire};
use shared::phones::{PhoneState, PhoneView, PhonesView};
use shared::{Language, Millis, SiteId};
use std::collections::{BTreeMap, BTreeSet};

/// The whole page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Model {
    /// The browser's clock, once a second.
    pub(super) now: Millis,
    /// What the edge's clock is ahead of the browser's.
    pub(super) ahead_ms: i64,
    /// Whose phones these are.
    pub(super) site: Option<SiteId>,
    /// Which screen is up.
    pub(super) screen: Screen,
    /// The live connection.
    pub(super) link: Link,
    /// When the view was true; `None` until the first has come.
    pub(super) at: Option<Millis>,
    /// The next view opens a connection: it counts whatever its clock says.
    fresh: bool,
    /// The phones as they lie on the table.
    pub(super) table: Table,
    /// Words are spoken aloud.
    pub(super) aloud: bool,
    /// How many words of each call were heard (or were there before anybody listened).
    heard: BTreeMap<String, usize>,
    /// Calls whose button was pressed and not yet answered for.
    pub(super) pressed: BTreeSet<String>,
    /// Why a button did not work.
    pub(super) refusals: BTreeMap<String, String>,
}

/// Which screen is up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Screen {
    /// Which business?
    #[default]
    AskSite,
    /// There are no phones to be had here, and why.
    Closed(String),
    /// The phones.
    Phones,
}

/// What a person does with a phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Press {
    /// Pick up.
    Answer,
    /// Refuse.
    Decline,
    /// End the call.
    HangUp,
    /// Press the key that says: connect me.
    One,
    /// Press the key that says: never call me again.
    Nine,
}

impl Press {
    /// The word in the address.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Decline => "decline",
            Self::HangUp => "hangup",
            Self::One => "press/1",
            Self::Nine => "press/9",
        }
    }
}

/// What happens.
#[derive(Debug, Clone)]
pub(super) enum Msg {
    /// The page is there; whether words are spoken was remembered.
    Start(Option<SiteId>, bool),
    /// The browser's clock.
    Tick(Millis),
    /// A business was named.
    Site(SiteId),
    /// Another business, please.
    OtherSite,
    /// Try again now.
    Again,
    /// Something happened to the live socket.
    Wire(Wire),
    /// What came of reading the phones.
    Read(Result<PhonesView, Failure>),
    /// A button of the phone with this call.
    Press(String, Press),
    /// What came of it.
    Pressed(String, Result<PhonesView, Failure>),
    /// Speak aloud, or stop.
    Aloud(bool),
    /// A finger is over the phones.
    Touch,
}

/// What the shell is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Do {
    /// Keep the business for next time.
    RememberSite(SiteId),
    /// Open the live socket.
    Connect(SiteId),
    /// Close it.
    Disconnect,
    /// Do not wait for its pause to end.
    Hurry,
    /// Ask for the phones once: the answer says why the socket does not come.
    Read(SiteId),
    /// Ask the edge to press a button.
    Press(SiteId, String, Press),
    /// Keep whether words are spoken.
    RememberAloud(bool),
    /// Speak.
    Speak(String, Language),
    /// Be silent.
    Hush,
}

impl Model {
    /// The edge's clock now.
    pub(super) fn edge_now(&self) -> Millis {
        self.now.plus_ms(self.ahead_ms)
    }

    /// Phones that ring now.
    pub(super) fn ringing(&self) -> usize {
        self.table
            .phones()
            .filter(|phone| phone.state == PhoneState::Ringing)
            .count()
    }
}

/// Takes in what happened and says what to do about it.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Do> {
    match msg {
        Msg::Start(site, aloud) => {
            model.aloud = aloud;
            site.map_or_else(Vec::new, |site| open(model, site))
        }
        Msg::Tick(now) => {
            model.now = now;
            model.table.tick(now);
            Vec::new()
        }
        Msg::Site(site) => open(model, site),
        Msg::OtherSite => {
            let kept = Model {
                now: model.now,
                aloud: model.aloud,
                ..Model::default()
            };
            *model = kept;
            vec![Do::Hush, Do::Disconnect]
        }
        Msg::Again => match &model.screen {
            Screen::Phones => vec![Do::Hurry],
            _ => model.site.clone().map_or_else(Vec::new, |site| open(model, site)),
        },
        Msg::Wire(wire) => heard(model, &wire),
        Msg::Read(answer) => read(model, answer),
        Msg::Press(leg, press) => {
            let Some(site) = model.site.clone().filter(|_| !model.pressed.contains(&leg)) else {
                return Vec::new();
            };
            model.refusals.remove(&leg);
            model.pressed.insert(leg.clone());
            vec![Do::Press(site, leg, press)]
        }
        Msg::Pressed(leg, answer) => {
            model.pressed.remove(&leg);
            match answer {
                Ok(view) => accept(model, view),
                Err(failure) => {
                    model.refusals.insert(leg, failure.words().into());
                    Vec::new()
                }
            }
        }
        Msg::Aloud(aloud) => {
            model.aloud = aloud;
            let mut todo = vec![Do::RememberAloud(aloud)];
            todo.extend((!aloud).then_some(Do::Hush));
            todo
        }
        Msg::Touch => {
            model.table.touch(model.now);
            Vec::new()
        }
    }
}

fn open(model: &mut Model, site: SiteId) -> Vec<Do> {
    (model.screen, model.link) = (Screen::Phones, Link::Connecting);
    model.site = Some(site.clone());
    vec![Do::RememberSite(site.clone()), Do::Connect(site)]
}

fn heard(model: &mut Model, wire: &Wire) -> Vec<Do> {
    let (Screen::Phones, Some(site)) = (&model.screen, &model.site) else {
        return Vec::new();
    };
    let site = site.clone();
    model.link = model.link.after(wire, model.now);
    match wire {
        Wire::Connecting => Vec::new(),
        Wire::Live => {
            model.fresh = true;
            Vec::new()
        }
        Wire::Frame(text) => match serde_json::from_str::<PhonesView>(text) {
            Ok(view) => accept(model, view),
            // Not for us, or newer than this page; the next one may be readable.
            Err(_) => Vec::new(),
        },
        // An unknown business looks like any other loss to a socket: ask.
        Wire::Lost { .. } => vec![Do::Read(site)],
        Wire::Closed(_) => closed(model, "The server has closed this page's connection.".into()),
    }
}

fn closed(model: &mut Model, why: String) -> Vec<Do> {
    model.screen = Screen::Closed(why);
    vec![Do::Hush, Do::Disconnect]
}

fn read(model: &mut Model, answer: Result<PhonesView, Failure>) -> Vec<Do> {
    match answer {
        _ if model.screen != Screen::Phones => Vec::new(),
        Ok(view) => accept(model, view),
        // No such business, or the demo is off here: trying again would not help.
        Err(failure) if matches!(failure.status(), Some(401..=404)) => closed(model, failure.words().into()),
        Err(_) => Vec::new(),
    }
}

/// Takes over the edge's view, unless it was overtaken by a newer one.
fn accept(model: &mut Model, view: PhonesView) -> Vec<Do> {
    if !model.fresh && model.at.is_some_and(|at| view.at < at) {
        return Vec::new();
    }
    let first = model.at.is_none();
    model.fresh = false;
    model.at = Some(view.at);
    model.ahead_ms = view.at.0.saturating_sub(model.now.0);
    let speech = words_to_say(model, &view, first);
    let known: BTreeSet<&str> = view.phones.iter().map(|phone| phone.leg.as_str()).collect();
    model.heard.retain(|leg, _| known.contains(leg.as_str()));
    model.refusals.retain(|leg, _| known.contains(leg.as_str()));
    model.table.put(view.phones, model.now);
    speech
}

/// The words that were not there before. What had been said before the page came up is never spoken.
fn words_to_say(model: &mut Model, view: &PhonesView, first: bool) -> Vec<Do> {
    let mut said = Vec::new();
    for PhoneView {
        leg,
        said: words,
        state,
        ..
    } in &view.phones
    {
        let heard =
            model
                .heard
                .insert(leg.clone(), words.len())
                .unwrap_or(if first { words.len() } else { 0 });
        if model.aloud && *state != PhoneState::Ended {
            said.extend(words.iter().skip(heard).cloned());
        }
    }
    said.sort_by_key(|said| said.at);
    said.into_iter()
        .map(|said| Do::Speak(said.text, said.language))
        .collect()
}
