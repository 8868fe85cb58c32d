//! Something to say: which message of `locales/{language}/panel.ftl`, and what it is about. The words are found where it is drawn, so
//! that no decision depends on a language.

/// Something to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Say {
    /// One of our messages.
    Message {
        /// Its id.
        id: &'static str,
        /// Its variables.
        about: Vec<(&'static str, About)>,
    },
    /// Somebody else's words, as they are.
    Verbatim(String),
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A name, a time.
    Text(String),
    /// A number, by which a language may choose its words.
    Number(i64),
    /// Another message.
    Words(Say),
}

/// A message of ours.
pub const fn say(id: &'static str) -> Say {
    Say::Message {
        id,
        about: Vec::new(),
    }
}

impl Say {
    /// With a name or a time.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.with(name, About::Text(text.to_owned()))
    }

    /// With a number.
    #[must_use]
    pub fn number(self, name: &'static str, number: i64) -> Self {
        self.with(name, About::Number(number))
    }

    /// With another message in it.
    #[must_use]
    pub fn words(self, name: &'static str, words: Self) -> Self {
        self.with(name, About::Words(words))
    }

    fn with(mut self, name: &'static str, it: About) -> Self {
        if let Self::Message { about, .. } = &mut self {
            about.push((name, it));
        }
        self
    }
}
