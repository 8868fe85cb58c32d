//! Something to say: which message of `locales/{language}/panel.ftl`, and what it is about. The words are found where it is drawn, so
//! that no decision depends on a language.

use crate::wire::quote;

// Of `locales/en/panel.ftl`: `IDS`, the ids in their order, and `say!`, a message by its id. No id travels to shoppers' devices: their
// messages come in the same order, and a message goes by its place.
include!(concat!(env!("OUT_DIR"), "/messages.rs"));
pub(crate) use say;

/// Something to say: one of our messages, or somebody else's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    place: Option<u16>,
    /// What a message is about, as the members of a JSON object without its braces: that is how it goes to the JavaScript that
    /// writes it, and a tree of our own was 4 kB more of what every shopper loads. Of words that are none of ours, they themselves.
    about: String,
}

impl Say {
    /// A message of ours, by its place among [`IDS`]: `say!` knows it.
    // Called from a hundred places, each of which is smaller for a call; so are those below.
    #[inline(never)]
    pub const fn ours(place: u16) -> Self {
        Self {
            place: Some(place),
            about: String::new(),
        }
    }

    /// Somebody else's words, as they are.
    pub const fn verbatim(words: String) -> Self {
        Self {
            place: None,
            about: words,
        }
    }

    /// The message's place; `None` for words that are none of ours.
    pub const fn place(&self) -> Option<u16> {
        self.place
    }

    /// What it is about: members of a JSON object. A member that is a list `[place, {…}]` is a message itself.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// With a name or a time.
    #[must_use]
    #[inline(never)]
    pub fn text(mut self, name: &str, text: &str) -> Self {
        self.name(name);
        quote(text, &mut self.about);
        self
    }

    /// With a number, by which a language may choose its words.
    #[must_use]
    #[inline(never)]
    pub fn number(mut self, name: &str, number: i64) -> Self {
        self.name(name);
        self.about.push_str(&number.to_string());
        self
    }

    /// With another message in it.
    #[must_use]
    #[inline(never)]
    pub fn words(mut self, name: &str, words: Self) -> Self {
        let Some(place) = words.place else {
            return self.text(name, &words.about);
        };
        self.name(name);
        self.about.push('[');
        self.about.push_str(&place.to_string());
        self.about.push_str(",{");
        self.about.push_str(&words.about);
        self.about.push_str("}]");
        self
    }

    fn name(&mut self, name: &str) {
        if !self.about.is_empty() {
            self.about.push(',');
        }
        quote(name, &mut self.about);
        self.about.push(':');
    }
}
