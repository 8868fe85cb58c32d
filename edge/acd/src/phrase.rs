//! What is said to the customer.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use serde::{Deserialize, Serialize};
use shared::Language;
use shared::announcement::Announcements;
use shared::bridge::Announcement;
use shared::business::Business;
use shared::limit::MAX_LANGUAGES;
use std::collections::BTreeSet;

/// What a sentence is for: equipment that can't speak has a recording of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phrase {
    /// Please hold.
    Hold,
    /// Press 1 to be connected.
    Confirm,
    /// Nobody could take the call.
    Sorry,
    /// You are never called again.
    Never,
}

impl Phrase {
    /// The name of its recording.
    pub const fn recording(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Confirm => "press-1",
            Self::Sorry => "sorry",
            Self::Never => "never",
        }
    }

    /// The name of its message in `call.ftl`.
    const fn message(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Confirm => "confirm",
            Self::Sorry => "sorry",
            Self::Never => "never",
        }
    }

    fn among(self, own: &Announcements) -> Option<&Announcement> {
        let own = match self {
            Self::Hold => own.hold.as_ref(),
            Self::Confirm => own.confirm.as_ref(),
            Self::Sorry => own.sorry.as_ref(),
            Self::Never => None,
        };
        own.filter(|own| says_something(own))
    }

    /// The phrase as a customer of this language hears it: in the nearest language in which it can be said, else in the business's;
    /// in the business's words, else in ours.
    pub fn of(self, business: &Business, asked: Option<&Language>) -> Words {
        let own = |tag: &str| {
            let spoken = business.announcements.iter();
            spoken
                .filter(|it| it.language.as_str() == tag)
                .find_map(|it| self.among(it))
        };
        let near = |language: &Language| {
            language.look_up(|tag| {
                let (own, usual) = (own(tag), self.usual(tag, &business.name));
                let language = Language::parse(tag)
                    .ok()
                    .filter(|_| own.is_some() || usual.is_some())?;
                Some((language, own, usual))
            })
        };
        let found = asked.and_then(near).or_else(|| near(&business.language));
        let (language, own, usual) = found.unwrap_or_default();
        let usual = usual
            .or_else(|| self.usual(Language::default().as_str(), &business.name))
            .unwrap_or_default();
        Words {
            phrase: self,
            text: own.and_then(|own| own.text.clone()).unwrap_or(usual),
            audio: own.and_then(|own| own.audio.clone()),
            language,
        }
    }

    /// Our words in one of our languages. Each is parsed when it is needed, which is once or twice a call.
    fn usual(self, tag: &str, name: &str) -> Option<String> {
        let (_, source) = LOCALES.iter().find(|(language, _)| *language == tag)?;
        let resource = FluentResource::try_new((*source).to_owned()).ok()?;
        let mut bundle = FluentBundle::default();
        // What is spoken has no use for marks that keep names apart from the text around them.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).ok()?;
        let mut about = FluentArgs::new();
        about.set("name", name);
        let pattern = bundle.get_message(self.message())?.value()?;
        let text = bundle.format_pattern(pattern, Some(&about), &mut Vec::new());
        Some(text.into_owned())
    }
}

/// An entry without text and recording is what a form leaves that was emptied: the usual sentence.
const fn says_something(own: &Announcement) -> bool {
    own.text.is_some() || own.audio.is_some()
}

/// Our languages and what is said in them on the telephone.
const LOCALES: [(&str, &str); 6] = [
    ("ar", include_str!("../../../locales/ar/call.ftl")),
    ("de", include_str!("../../../locales/de/call.ftl")),
    ("en", include_str!("../../../locales/en/call.ftl")),
    ("es", include_str!("../../../locales/es/call.ftl")),
    ("fr", include_str!("../../../locales/fr/call.ftl")),
    ("ja", include_str!("../../../locales/ja/call.ftl")),
];

/// A sentence in every form that some equipment can use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What it is for.
    pub phrase: Phrase,
    /// The words, for equipment that speaks.
    pub text: String,
    /// The address of a recording of them, where the business gave one.
    pub audio: Option<String>,
    /// The language of both.
    #[serde(default)]
    pub language: Language,
}

/// What a leg is to hear at this moment, for equipment that asks when it has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hears {
    /// The question whether it is the customer.
    Question(Words),
    /// This, and then music.
    Hold(Words),
    /// The other party.
    Other,
}

impl Words {
    /// What the customer hears while holding; `own` is what the business's server gave for this call alone.
    pub(crate) fn hold(business: &Business, own: Option<&Announcement>, asked: Option<&Language>) -> Self {
        let words = Phrase::Hold.of(business, asked);
        match own {
            None => words,
            Some(own) => Self {
                text: own.text.clone().unwrap_or(words.text),
                audio: own.audio.clone(),
                ..words
            },
        }
    }
}

/// The business's own announcements: each language once, nothing out of bounds.
pub(crate) fn check(business: &Business, fault: &mut impl FnMut(String, &str)) {
    if business.announcements.len() > MAX_LANGUAGES {
        fault("announcements".into(), "must be 50 languages at the most");
    }
    let mut known = BTreeSet::new();
    for (at, own) in business.announcements.iter().enumerate() {
        if !known.insert(&own.language) {
            fault(format!("announcements[{at}].language"), "stands twice");
        }
        let mut faults = Vec::new();
        for (name, own) in [
            ("hold", &own.hold),
            ("confirm", &own.confirm),
            ("sorry", &own.sorry),
        ] {
            if let Some(own) = own.as_ref().filter(|own| says_something(own)) {
                own.faults(&format!("announcements[{at}].{name}"), &mut faults);
            }
        }
        for wrong in faults {
            fault(wrong.field, &wrong.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A language that is in the folder is spoken.
    #[test]
    fn every_language_says_every_phrase() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales");
        for language in std::fs::read_dir(folder).unwrap() {
            let language = language.unwrap().file_name().into_string().unwrap();
            for phrase in [Phrase::Hold, Phrase::Confirm, Phrase::Sorry] {
                let words = phrase.usual(&language, "Meridian Voyages");
                let named = words.is_some_and(|words| words.contains("Meridian Voyages"));
                assert!(named, "{language} {phrase:?}");
            }
        }
    }
}
