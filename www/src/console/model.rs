//! The console's state and everything that changes it. Pure: no clock, no browser.

mod customer;
mod document;
mod identity;
mod msg;
mod policy;
mod secret;
#[cfg(test)]
mod tests;
mod told;
mod webhook;

pub(super) use customer::{AskPerson, By, CONFIRMED, Customer, Person, WHOM};
pub(super) use document::{Section, starter};
pub(super) use identity::{
    AskIdentity, CLIENT_SECRET, Identities, Identity, NEW_PASSKEY, SIGN_ON, new_sign_on,
};
pub(super) use msg::{Do, Msg, Tagged};
pub(super) use policy::{AskBarred, Barred, NEW_NUMBER, Policy};
pub(super) use secret::{ENDS, Hindrance, Making};
pub(super) use told::{Tried, more_conditions};
pub(super) use webhook::{AskHook, Hook, Hooks};

use super::{path, word};
use crate::net::Failure;
use serde_json::Value;
use shared::door::{AuditView, Me};
use shared::equipment::EquipmentView;
use shared::forecast::Forecast;
use shared::member::Right;
use shared::report::{Report, Seen};
use shared::secret::{NewServerSecret, Refused, ServerSecret};
use shared::{Millis, SiteId};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 3600 * 1000;
/// Milliseconds between looks at what changes by itself.
const LOOK_EVERY_MS: i64 = 3_000;
/// Milliseconds that "copied" and "saved" are said.
const SAID_FOR_MS: i64 = 4_000;

/// Which screen is up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Screen {
    #[default]
    Starting,
    /// Which business? With what was wrong with the last one.
    AskSite(Option<String>),
    SignIn,
    /// Signed in, and nothing to set up: only where one is signed in.
    Mine,
    /// The edge does not answer.
    Down(String),
    Console,
}

/// Something to say about the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Notice {
    Saved,
    Copied,
    /// Why it was not done.
    Refused(String),
    /// Somebody else changed the document meanwhile.
    Overtaken,
}

/// The whole console.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Model {
    pub(super) now: Millis,
    pub(super) screen: Screen,
    pub(super) site: Option<SiteId>,
    pub(super) zone: Option<String>,
    /// Why the door is up.
    pub(super) why: Option<String>,
    /// Who is in, once it is known.
    pub(super) me: Option<Me>,
    pub(super) audit: Option<AuditView>,
    /// The document as the edge has it; null for a business that is new.
    pub(super) saved: Value,
    tag: String,
    /// The document as it is edited.
    pub(super) draft: Value,
    /// What the edge found wrong, by place.
    pub(super) errors: BTreeMap<String, String>,
    pub(super) saving: bool,
    pub(super) notice: Option<Notice>,
    said_at: Millis,
    pub(super) section: Section,
    looked_at: Millis,
    pub(super) seen: Option<Vec<Seen>>,
    pub(super) report: Option<Result<Report, String>>,
    pub(super) days: u32,
    pub(super) forecast: Option<Forecast>,
    pub(super) equipment: Vec<EquipmentView>,
    pub(super) secrets: Vec<ServerSecret>,
    pub(super) making: Making,
    pub(super) made: Option<NewServerSecret>,
    pub(super) refusals: Vec<Refused>,
    pub(super) hooks: Hooks,
    pub(super) policy: Policy,
    pub(super) customer: Customer,
    pub(super) identities: Identities,
    pub(super) try_url: String,
    pub(super) tried: Option<Result<Tried, String>>,
}

impl Model {
    /// Whether something is edited and not saved.
    pub(super) fn dirty(&self) -> bool {
        self.draft != self.saved
    }

    /// Whether whoever is in may do this; as long as that is not known, they may.
    pub(super) fn may(&self, right: Right) -> bool {
        self.me.as_ref().is_none_or(|me| me.may(right))
    }

    /// Whether the business is not there yet.
    pub(super) fn is_new(&self) -> bool {
        self.saved.is_null()
    }

    /// What stands at a place of the draft.
    pub(super) fn at(&self, place: &str) -> &Value {
        path::at(&self.draft, place)
    }

    /// The same as text; numbers too.
    pub(super) fn text(&self, place: &str) -> String {
        match self.at(place) {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// How many items a list has.
    pub(super) fn count(&self, place: &str) -> usize {
        self.at(place).as_array().map_or(0, Vec::len)
    }

    /// Ids and names of a list's items.
    pub(super) fn named(&self, list: &str) -> Vec<(String, String)> {
        let items = self.at(list).as_array().into_iter().flatten();
        let text = |item: &Value, field: &str| {
            item.get(field)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        items.map(|item| (text(item, "id"), text(item, "name"))).collect()
    }

    /// The script tag to paste.
    pub(super) fn tag_to_paste(&self, origin: &str) -> String {
        let site = self.site.as_ref().map(SiteId::as_str).unwrap_or_default();
        format!("<script async src=\"{origin}/v1/ringback.js\" data-site=\"{site}\"></script>")
    }

    fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.said_at = self.now;
    }

    fn refuse(&mut self, failure: &Failure) {
        if failure.status() == Some(401) {
            let why = if failure.is_stale() {
                failure.words()
            } else {
                word::SESSION_OVER
            };
            (self.screen, self.why) = (Screen::SignIn, Some(why.to_owned()));
        } else {
            self.say(Notice::Refused(failure.words().to_owned()));
        }
    }

    fn took(&mut self, tagged: Tagged) {
        self.saved = tagged.document.clone();
        self.draft = tagged.document;
        self.tag = tagged.tag;
        self.errors.clear();
    }

    /// What the section that is open needs from the edge.
    fn look(&mut self) -> Vec<Do> {
        self.looked_at = self.now;
        let Some(site) = self.site.clone().filter(|_| !self.is_new()) else {
            return Vec::new();
        };
        let (days, tomorrow) = (i64::from(self.days.max(1)), self.now.plus_ms(60_000));
        let report = |days: i64| Do::ReadReport(site.clone(), tomorrow.plus_ms(-days * DAY_MS), tomorrow);
        match self.section {
            section if section.right().is_some_and(|right| !self.may(right)) => Vec::new(),
            Section::Start if !self.may(Right::ReadReports) => Vec::new(),
            Section::Start => vec![Do::ReadSeen(site.clone()), report(1)],
            Section::Reports => vec![report(days), Do::ReadForecast(site)],
            Section::Calls if !self.may(Right::ReadEquipment) => Vec::new(),
            Section::Calls => vec![Do::ReadEquipment(site)],
            Section::Webhooks => webhook::look(self),
            Section::Policy => {
                let mut all = policy::look(self);
                if self.may(Right::ReadSecrets) {
                    all.push(Do::ReadRefusals(site));
                }
                all
            }
            Section::Developers => vec![Do::ReadSecrets(site.clone()), Do::ReadRefusals(site)],
            Section::Access => {
                let mut all = identity::look(self);
                all.push(Do::ReadMe);
                if self.may(Right::ReadAudit) {
                    all.push(Do::ReadAudit(site));
                }
                all
            }
            Section::Business | Section::People | Section::Pages | Section::Look | Section::Privacy => {
                Vec::new()
            }
        }
    }

    /// Changes an item's id with its name, as long as nobody but the draft knows it.
    fn follow_name(&mut self, place: &str, before: &str) {
        let Some(item) = place.strip_suffix(".name").filter(|item| item.ends_with(']')) else {
            return;
        };
        let id = format!("{item}.id");
        // Members have none.
        if self.at(&id).is_null() {
            return;
        }
        let now = self.text(&id);
        let known = path::at(&self.saved, &id).as_str() == Some(now.as_str());
        if !known && (now.is_empty() || now == path::slug(before)) {
            let made = path::slug(&self.text(place));
            path::put(&mut self.draft, &id, Value::String(made));
        }
    }
}

/// Takes in what happened and says what to do about it.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Do> {
    match msg {
        Msg::Start(site, zone) => {
            model.days = 7;
            model.zone = zone;
            match site {
                Some(site) => return update(model, Msg::Site(site)),
                None => model.screen = Screen::AskSite(None),
            }
        }
        Msg::Tick(now) => {
            model.now = now;
            if model.said_at.plus_ms(SAID_FOR_MS) <= now
                && matches!(model.notice, Some(Notice::Saved | Notice::Copied))
            {
                model.notice = None;
            }
            let changes = matches!(
                model.section,
                Section::Start | Section::Calls | Section::Policy | Section::Webhooks
            );
            if model.screen == Screen::Console && changes && model.looked_at.plus_ms(LOOK_EVERY_MS) <= now {
                return model.look();
            }
        }
        Msg::Site(site) => {
            model.site = Some(site.clone());
            model.screen = Screen::Starting;
            return vec![Do::RememberSite(site.clone()), Do::Read(site)];
        }
        Msg::OtherSite => {
            *model = Model {
                now: model.now,
                days: model.days,
                zone: model.zone.take(),
                screen: Screen::AskSite(None),
                ..Model::default()
            };
        }
        Msg::Entered => {
            model.screen = Screen::Starting;
            // It may be somebody else now.
            model.me = None;
            return model.site.clone().map(Do::Read).into_iter().collect();
        }
        Msg::Me(answer) => {
            let first = model.me.is_none();
            model.me = answer.ok();
            // What there is to see depends on who looks.
            if first && model.screen == Screen::Console {
                return model.look();
            }
        }
        Msg::Audit(answer) => model.audit = answer.ok(),
        Msg::Leave => return vec![Do::Leave(false)],
        Msg::LeaveEverywhere => return vec![Do::Leave(true)],
        Msg::Left => {
            let (site, zone) = (model.site.take(), model.zone.take());
            let days = model.days;
            *model = Model {
                now: model.now,
                screen: Screen::SignIn,
                site,
                zone,
                days,
                ..Model::default()
            };
        }
        Msg::Read(answer) => return read(model, answer),
        Msg::Open(section) => {
            model.section = section;
            let mut to_do = model.look();
            to_do.push(Do::Top);
            return to_do;
        }
        Msg::Edit(..)
        | Msg::Add(..)
        | Msg::Remove(..)
        | Msg::Up(..)
        | Msg::Levelled(..)
        | Msg::Discard
        | Msg::Import(_) => {
            document::edit(model, msg);
        }
        Msg::Save => return document::save(model),
        Msg::Saved(answer) => return document::saved(model, answer),
        Msg::Hook(hook) => return webhook::update(model, hook),
        Msg::Identity(what) => return identity::update(model, what),
        Msg::Barred(what) => return policy::update(model, what),
        Msg::Person(what) => return customer::update(model, what),
        other => return told::update(model, other),
    }
    Vec::new()
}

fn read(model: &mut Model, answer: Result<Tagged, Failure>) -> Vec<Do> {
    match answer {
        Ok(tagged) => {
            let edited = model.dirty() && !model.is_new();
            // Whoever had to sign in again goes on with what they typed, unless somebody else has changed it since.
            if edited && model.saved == tagged.document {
                model.tag = tagged.tag;
            } else {
                model.took(tagged);
                if edited {
                    model.say(Notice::Overtaken);
                }
            }
            model.screen = Screen::Console;
        }
        Err(failure) => match failure.status() {
            Some(401) => {
                model.screen = Screen::SignIn;
                return Vec::new();
            }
            Some(403) => {
                model.screen = Screen::Mine;
                return vec![Do::ReadMe];
            }
            // Whoever may know finds nothing there: the business is to be set up.
            Some(404) => {
                model.saved = Value::Null;
                model.draft = starter(model.zone.as_deref());
                model.tag.clear();
                model.section = Section::Business;
                model.screen = Screen::Console;
            }
            _ => model.screen = Screen::Down(failure.words().to_owned()),
        },
    }
    match model.screen {
        Screen::Console if model.me.is_none() => vec![Do::ReadMe],
        _ => model.look(),
    }
}
