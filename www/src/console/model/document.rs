//! The document as it is edited, saved and refused.

use super::{Do, Model, Msg, Notice, Tagged};
use crate::console::{path, word};
use crate::net::Failure;
use serde_json::{Value, json};
use shared::member::Right;

/// A part of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::console) enum Section {
    #[default]
    Start,
    Business,
    People,
    Pages,
    Calls,
    Policy,
    Look,
    Webhooks,
    Reports,
    Access,
    Privacy,
    Developers,
}

impl Section {
    pub(in crate::console) const ALL: [Self; 12] = [
        Self::Start,
        Self::Business,
        Self::People,
        Self::Pages,
        Self::Calls,
        Self::Policy,
        Self::Look,
        Self::Webhooks,
        Self::Reports,
        Self::Access,
        Self::Privacy,
        Self::Developers,
    ];

    /// Its name in addresses and for tests.
    pub(in crate::console) const fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Business => "business",
            Self::People => "people",
            Self::Pages => "pages",
            Self::Calls => "calls",
            Self::Policy => "policy",
            Self::Look => "look",
            Self::Webhooks => "webhooks",
            Self::Reports => "reports",
            Self::Access => "access",
            Self::Privacy => "privacy",
            Self::Developers => "developers",
        }
    }

    /// The right without which there is nothing to see there.
    pub(in crate::console) const fn right(self) -> Option<Right> {
        match self {
            Self::Reports => Some(Right::ReadReports),
            Self::Developers | Self::Webhooks => Some(Right::ReadSecrets),
            Self::Start
            | Self::Business
            | Self::People
            | Self::Pages
            | Self::Calls
            | Self::Policy
            | Self::Look
            | Self::Access
            | Self::Privacy => None,
        }
    }

    /// Whether it shows a part of the document.
    pub(in crate::console) const fn is_form(self) -> bool {
        match self {
            Self::Business
            | Self::People
            | Self::Pages
            | Self::Calls
            | Self::Policy
            | Self::Look
            | Self::Webhooks
            | Self::Privacy => true,
            Self::Start | Self::Reports | Self::Access | Self::Developers => false,
        }
    }

    /// Where a place of the document is edited.
    pub(in crate::console) fn of(place: &str) -> Self {
        let field = place.split(['.', '[']).next().unwrap_or_default();
        match field {
            "agents" | "breaks" | "dispositions" => Self::People,
            "members" | "sign_on" | "passkey" => Self::Access,
            "skills" | "rules" | "cookies" => Self::Pages,
            "announcements" | "language" | "equipment" | "centres" | "press_one" | "chat" | "voice"
            | "timing" | "retry" | "routing" => Self::Calls,
            "policy" | "suppress" => Self::Policy,
            "webhooks" => Self::Webhooks,
            "look" => Self::Look,
            "retention" | "customer" => Self::Privacy,
            _ => Self::Business,
        }
    }
}

/// A business that is yet to be set up.
pub(in crate::console) fn starter(zone: Option<&str>) -> Value {
    json!({
        "name": "", "tel": "", "origins": [], "zone": zone.unwrap_or("Europe/London"),
        "hours": [{"days": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00"}],
        "skills": [{"id": "sales", "name": "Sales"}],
        "agents": [],
        "chat": true,
        "voice": true
    })
}

/// Changes the draft.
pub(super) fn edit(model: &mut Model, msg: Msg) {
    match msg {
        Msg::Edit(place, value) => {
            let before = model.text(&place);
            path::put(&mut model.draft, &place, value);
            model.errors.remove(&place);
            model.follow_name(&place, &before);
        }
        Msg::Add(place, mut item) => {
            if let Some(list) = path::list(&mut model.draft, &place) {
                path::rename(list, &mut item);
                list.push(item);
            }
            model.errors.remove(&place);
        }
        Msg::Remove(place, nth) => {
            if let Some(list) = path::list(&mut model.draft, &place).filter(|list| nth < list.len()) {
                list.remove(nth);
            }
            // What was wrong with later items would stand beside others now.
            model.errors.retain(|at, _| !at.starts_with(&format!("{place}[")));
        }
        Msg::Up(place, nth) => {
            if let Some(list) =
                path::list(&mut model.draft, &place).filter(|list| nth < list.len() && nth > 0)
            {
                list.swap(nth - 1, nth);
            }
            model.errors.retain(|at, _| !at.starts_with(&format!("{place}[")));
        }
        Msg::Levelled(place, skill, level) => {
            let mut levels = match path::at(&model.draft, &place) {
                Value::Object(levels) => levels.clone(),
                // A plain list means level 1 of each.
                Value::Array(all) => all
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|id| (id.to_owned(), 1.into()))
                    .collect(),
                _ => serde_json::Map::new(),
            };
            match level {
                0 => levels.remove(&skill),
                level => levels.insert(skill, level.into()),
            };
            path::put(&mut model.draft, &place, levels.into());
            model.errors.remove(&place);
        }
        Msg::Discard => {
            model.draft = if model.is_new() {
                starter(model.zone.as_deref())
            } else {
                model.saved.clone()
            };
            model.errors.clear();
            model.notice = None;
        }
        Msg::Import(text) => match serde_json::from_str::<Value>(&text) {
            Ok(document @ Value::Object(_)) => {
                model.draft = document;
                model.errors.clear();
                model.notice = None;
            }
            Ok(_) => model.say(Notice::Refused(word::NO_DOCUMENT.into())),
            Err(error) => model.say(Notice::Refused(word::no_json(&error.to_string()))),
        },
        _ => {}
    }
}

/// The draft without what people leave behind: empty lines of lists, spaces around.
fn tidy(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.trim().to_owned()),
        Value::Array(items) => items
            .iter()
            .map(tidy)
            .filter(|item| item.as_str() != Some(""))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), tidy(value)))
            .collect(),
        other => other.clone(),
    }
}

/// Sends the draft.
pub(super) fn save(model: &mut Model) -> Vec<Do> {
    let Some(site) = model.site.clone().filter(|_| !model.saving) else {
        return Vec::new();
    };
    model.draft = tidy(&model.draft);
    model.saving = true;
    model.notice = None;
    model.errors.clear();
    let tag = (!model.tag.is_empty()).then(|| model.tag.clone());
    vec![Do::Save(site, model.draft.clone(), tag)]
}

/// What came of it. What was refused is said beside its field; nothing typed is lost.
pub(super) fn saved(model: &mut Model, answer: Result<Tagged, Failure>) -> Vec<Do> {
    model.saving = false;
    match answer {
        Ok(tagged) => {
            let first = model.is_new();
            model.took(tagged);
            model.say(Notice::Saved);
            if first {
                model.section = Section::Start;
            }
            model.look()
        }
        Err(Failure::Refused(problem)) if problem.status == 409 && problem.errors.is_empty() => {
            model.say(Notice::Overtaken);
            Vec::new()
        }
        Err(Failure::Refused(problem)) if !problem.errors.is_empty() => {
            for error in &problem.errors {
                model
                    .errors
                    .entry(error.field.clone())
                    .or_insert_with(|| error.message.clone());
            }
            model.say(Notice::Refused(word::refused(model.errors.len())));
            let first = problem.errors.first().map(|error| error.field.clone());
            if let Some(place) = &first {
                model.section = Section::of(place);
            }
            first.map(Do::Focus).into_iter().collect()
        }
        Err(failure) => {
            model.refuse(&failure);
            Vec::new()
        }
    }
}
