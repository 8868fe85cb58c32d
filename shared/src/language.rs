//! The language that somebody reads and speaks, as a tag of BCP 47.

use crate::limit::MAX_LANGUAGE_CHARS;
use core::fmt;

/// A language tag, in its usual spelling: `de`, `de-AT`, `zh-Hant-TW`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Box<str>);

/// The text is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidLanguage;

impl fmt::Display for InvalidLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a language tag such as de or de-AT")
    }
}

impl std::error::Error for InvalidLanguage {}

impl Language {
    /// Reads a tag in any spelling that pages have, `de_at` among them.
    ///
    /// # Errors
    /// [`InvalidLanguage`] for what has not the shape of a tag.
    pub fn parse(text: &str) -> Result<Self, InvalidLanguage> {
        if text.len() > MAX_LANGUAGE_CHARS {
            return Err(InvalidLanguage);
        }
        let mut tag = String::with_capacity(text.len());
        let mut extended = false;
        for part in text.split(['-', '_']) {
            let letters = part.bytes().all(|it| it.is_ascii_alphabetic());
            let first = tag.is_empty();
            let fits = if first {
                letters && (2..=8).contains(&part.len())
            } else {
                (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric())
            };
            if !fits {
                return Err(InvalidLanguage);
            }
            if !first {
                tag.push('-');
            }
            // RFC 5646, 2.1.1: regions in capitals, scripts with one, the rest and all of extensions in small letters.
            let small = part.to_ascii_lowercase();
            let plain = first || extended;
            extended |= part.len() == 1;
            match (plain, letters, part.len()) {
                (false, true, 2) => tag.push_str(&part.to_ascii_uppercase()),
                (false, true, 4) => {
                    let (head, tail) = small.split_at(1);
                    tag.push_str(&head.to_ascii_uppercase());
                    tag.push_str(tail);
                }
                _ => tag.push_str(&small),
            }
        }
        Ok(Self(tag.into()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone, without script and region: `de`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// RFC 4647, lookup: this tag, and then each shortened from its end, until `find` knows one.
    pub fn look_up<T>(&self, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let mut tag = self.as_str();
        loop {
            if let Some(found) = find(tag) {
                return Some(found);
            }
            // What introduces an extension, a single letter, goes with it.
            let shorter = tag.rsplit_once('-')?.0;
            tag = match shorter.rsplit_once('-') {
                Some((front, last)) if last.len() == 1 => front,
                _ => shorter,
            };
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Default for Language {
    /// English.
    fn default() -> Self {
        Self("en".into())
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(Language);

crate::schema::text!(Language, "^(?=.{2,35}$)[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$");

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_are_read_in_any_spelling() {
        for (text, tag) in [
            ("de", "de"),
            ("DE-at", "de-AT"),
            ("zh_hant_tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("en-US-u-hc-h12", "en-US-u-hc-h12"),
        ] {
            assert_eq!(Language::parse(text).unwrap().as_str(), tag);
        }
        for text in ["", "d", "deutsche sprache", "-de", "de-", "1a", &"a-".repeat(20)] {
            assert_eq!(Language::parse(text), Err(InvalidLanguage), "{text}");
        }
    }

    #[test]
    fn the_nearest_is_found_by_shortening() {
        let near = |tag: &str, known: &[&str]| {
            let tag = Language::parse(tag).unwrap();
            tag.look_up(|it| {
                known
                    .iter()
                    .find(|known| **known == it)
                    .map(|it| (*it).to_owned())
            })
        };
        assert_eq!(near("de-AT", &["en", "de"]).as_deref(), Some("de"));
        assert_eq!(near("de-AT", &["de", "de-AT"]).as_deref(), Some("de-AT"));
        assert_eq!(near("zh-Hant-TW", &["zh", "zh-Hant"]).as_deref(), Some("zh-Hant"));
        assert_eq!(near("en-a-bbb", &["en"]).as_deref(), Some("en"));
        assert_eq!(near("nl", &["en", "de"]), None);
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_again_as_the_same(text in "[a-zA-Z0-9_-]{0,40}") {
            if let Ok(tag) = Language::parse(&text) {
                prop_assert_eq!(Language::parse(tag.as_str()), Ok(tag.clone()));
                prop_assert!(tag.as_str().starts_with(tag.primary()));
            }
        }
    }
}
