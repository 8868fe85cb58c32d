//! The panel's messages, written by Fluent itself.

use super::WORDS;
use crate::word::{IDS, Say, when};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use serde_json::{Map, Value};
use shared::Millis;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use unic_langid::LanguageIdentifier;

/// Our languages and their messages.
const SOURCES: [(&str, &str); 6] = [
    ("ar", include_str!("../../../locales/ar/panel.ftl")),
    ("de", include_str!("../../../locales/de/panel.ftl")),
    ("en", include_str!("../../../locales/en/panel.ftl")),
    ("es", include_str!("../../../locales/es/panel.ftl")),
    ("fr", include_str!("../../../locales/fr/panel.ftl")),
    ("ja", include_str!("../../../locales/ja/panel.ftl")),
];

/// Stands for a time, which only the customer's device can write.
const A_TIME: char = '\u{e000}';
/// What keeps names apart in a text whose words may go both ways.
const ISOLATES: [char; 2] = ['\u{2068}', '\u{2069}'];

/// One language's messages.
pub(super) struct Words {
    language: &'static str,
    bundle: FluentBundle<FluentResource>,
}

thread_local! {
    /// Those that were read.
    static READ: RefCell<BTreeMap<&'static str, Rc<Words>>> = const { RefCell::new(BTreeMap::new()) };
}

impl Words {
    /// Those of a language of ours.
    pub(super) fn of(language: &str) -> Option<Rc<Self>> {
        let (language, source) = SOURCES.iter().find(|(known, _)| *known == language)?;
        if let Some(read) = READ.with_borrow(|all| all.get(language).cloned()) {
            return Some(read);
        }
        let tag: LanguageIdentifier = language.parse().ok()?;
        let mut bundle = FluentBundle::new(vec![tag]);
        bundle
            .add_resource(FluentResource::try_new((*source).to_owned()).ok()?)
            .ok()?;
        let words = Rc::new(Self { language, bundle });
        READ.with_borrow_mut(|all| all.insert(language, Rc::clone(&words)));
        Some(words)
    }

    pub(super) const fn language(&self) -> &'static str {
        self.language
    }

    /// The words for it; none where it names a time.
    pub(super) fn say(&self, say: &Say) -> String {
        let Some(place) = say.place() else {
            return say.about().to_owned();
        };
        let about = serde_json::from_str(&format!("{{{}}}", say.about()));
        let text = self
            .message(usize::from(place), &about.unwrap_or_default())
            .unwrap_or_default();
        match text {
            text if text.contains(A_TIME) => String::new(),
            // As speech.js has it: where all goes one way they change nothing.
            text if text.chars().any(is_right_to_left) => text,
            text => text.replace(ISOLATES, ""),
        }
    }

    fn message(&self, place: usize, about: &Map<String, Value>) -> Option<String> {
        let mut args = FluentArgs::new();
        for (name, value) in about {
            match value {
                Value::Number(number) => args.set(name.as_str(), number.as_f64()?),
                Value::String(text) => args.set(name.as_str(), text.as_str()),
                // A message itself: its place, and what it is about.
                Value::Array(inner) => match inner.as_slice() {
                    [place, Value::Object(about)] => {
                        let place = usize::try_from(place.as_u64()?).ok()?;
                        args.set(name.as_str(), self.message(place, about)?);
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
        let pattern = self.bundle.get_message(IDS.get(place)?)?.value()?;
        Some(
            self.bundle
                .format_pattern(pattern, Some(&args), &mut Vec::new())
                .into_owned(),
        )
    }
}

const fn is_right_to_left(it: char) -> bool {
    matches!(it, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// The words for it, in the language that is being written.
pub(crate) fn written(say: &Say) -> String {
    let words = WORDS.with_borrow(Clone::clone);
    words.map(|it| it.say(say)).unwrap_or_default()
}

/// How the customer writes times and numbers is not known here, nor in which zone: what names a time is left out.
pub(crate) struct Writer;

impl Writer {
    pub(crate) fn day(&self, _: Millis) -> String {
        A_TIME.into()
    }

    pub(crate) fn time(&self, _: Millis) -> String {
        A_TIME.into()
    }

    pub(crate) fn window(&self, _: Millis) -> String {
        A_TIME.into()
    }

    pub(crate) fn digits(&self, text: &str) -> String {
        text.to_owned()
    }

    pub(crate) fn when(&self, _: Millis, at: Millis) -> Say {
        when(None, &self.time(at))
    }
}
