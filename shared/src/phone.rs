//! A telephone number in E.164 form, and how people write it at home.

use core::fmt;

/// A number that can be dialled from anywhere: `+`, a country code, 7 to 15 digits in all.
/// `Debug` masks it, so that it can't reach a log by accident.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(Box<str>);

/// Why a text is not a telephone number; `Display` says it in words for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidPhone {
    /// Nothing was typed.
    Missing,
    /// No `+` and country code in front.
    NoCountryCode,
    /// A character that no number has.
    StrangeCharacter,
    /// Fewer than 7 digits.
    TooShort,
    /// More than the 15 digits that E.164 allows.
    TooLong,
    /// No country has such a number.
    Nowhere,
}

impl InvalidPhone {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Missing,
        Self::NoCountryCode,
        Self::StrangeCharacter,
        Self::TooShort,
        Self::TooLong,
        Self::Nowhere,
    ];

    /// The reason as a word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoCountryCode => "no_country_code",
            Self::StrangeCharacter => "strange_character",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Nowhere => "nowhere",
        }
    }
}

impl fmt::Display for InvalidPhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Please enter your phone number.",
            Self::NoCountryCode => "Please start with + and your country code, for example +44 20 7946 0001.",
            Self::StrangeCharacter => "A phone number has only digits, spaces and + ( ) - .",
            Self::TooShort => "This number is too short.",
            Self::TooLong => "This number is too long.",
            Self::Nowhere => "This can't be a phone number.",
        })
    }
}

impl std::error::Error for InvalidPhone {}

impl PhoneNumber {
    /// Reads a number as people write it: spaces, dots, hyphens and brackets are dropped, a leading `00` means `+`,
    /// and a bracketed trunk zero after the country code (`+44 (0)20 …`) is left out.
    ///
    /// # Errors
    /// [`InvalidPhone`] says what is wrong, in words for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, InvalidPhone> {
        let (mut rest, mut digits, mut plus, mut said) = (text, String::new(), false, false);
        while let Some(c) = rest.chars().next() {
            let trunk = rest.strip_prefix("(0)");
            rest = trunk.unwrap_or_else(|| rest.get(c.len_utf8()..).unwrap_or_default());
            match c {
                _ if trunk.is_some() || c.is_whitespace() => continue,
                '0'..='9' => digits.push(c),
                '+' if digits.is_empty() && !plus => plus = true,
                '(' | ')' | '-' | '.' | '/' | '\u{2011}' | '\u{2013}' => {}
                _ => return Err(InvalidPhone::StrangeCharacter),
            }
            said = true;
        }
        if !said {
            return Err(InvalidPhone::Missing);
        }
        let international = match (plus, digits.strip_prefix("00")) {
            (true, _) => digits.as_str(),
            (false, Some(rest)) => rest,
            (false, None) => return Err(InvalidPhone::NoCountryCode),
        };
        match international.len() {
            0..=6 => Err(InvalidPhone::TooShort),
            16.. => Err(InvalidPhone::TooLong),
            _ if international.starts_with('0') => Err(InvalidPhone::NoCountryCode),
            _ => Ok(Self(format!("+{international}").into())),
        }
    }

    /// The number as `+` and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number without its last three digits: what it shares with its neighbours.
    pub fn neighbourhood(&self) -> &str {
        self.0.get(..self.0.len() - 3).unwrap_or_default()
    }

    /// The number for eyes that need not dial it: the first three characters and the last two.
    pub fn masked(&self) -> String {
        let hidden = self.0.len().saturating_sub(5);
        let (head, tail) = (
            self.0.get(..3).unwrap_or_default(),
            self.0.get(self.0.len() - 2..).unwrap_or_default(),
        );
        format!("{head} {} {tail}", "•".repeat(hidden))
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(PhoneNumber);

crate::schema::text!(PhoneNumber, "^\\+[1-9][0-9]{6,14}$");

/// A country by its two letters (ISO 3166-1 alpha-2), for example `GB`: in whose way a number without `+` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country([u8; 2]);

/// Why a text is no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCountry;

impl fmt::Display for InvalidCountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be two capital letters, for example GB")
    }
}

impl std::error::Error for InvalidCountry {}

impl Country {
    /// Reads the two capital letters.
    ///
    /// # Errors
    /// [`InvalidCountry`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidCountry> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(InvalidCountry),
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(Country);

crate::schema::text!(Country, "^[A-Z]{2}$");

/// `POST /v1/sites/{site}/number`: a number as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberTyped {
    /// The text.
    #[cfg_attr(feature = "schema", schemars(length(max = crate::limit::MAX_PHONE_CHARS)))]
    pub phone: String,
}

/// The number that was meant, to be shown back before it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberView {
    /// What is called.
    pub phone: PhoneNumber,
    /// As the world writes it: `+44 20 7946 0958`.
    pub international: String,
    /// As its own country writes it: `020 7946 0958`.
    pub national: String,
    /// Its country, for numbers that belong to one.
    pub country: Option<Country>,
    /// Whether the number plan has given it out. One that it has not may still be right: plans change.
    pub known: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_write_numbers_in_many_ways() {
        for text in [
            "+442079460001",
            "+44 20 7946 0001",
            "0044 20-7946-0001",
            "+44 (0)20 7946 0001",
            " +44.20.7946.0001 ",
        ] {
            assert_eq!(
                PhoneNumber::parse(text).unwrap().as_str(),
                "+442079460001",
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_said_in_words() {
        use InvalidPhone::*;
        for (text, why) in [
            ("", Missing),
            ("  ", Missing),
            ("020 7946 0001", NoCountryCode),
            ("+0 123 456 789", NoCountryCode),
            ("call me", StrangeCharacter),
            ("+44+2079460001", StrangeCharacter),
            ("+44 20", TooShort),
            ("+1234567890123456", TooLong),
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_log_never_shows_a_number() {
        assert_eq!(
            format!("{:?}", PhoneNumber::parse("+442079460001").unwrap()),
            "+44 •••••••• 01"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused_and_parsing_is_idempotent(text in "\\PC{0,40}") {
            if let Ok(number) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(number.as_str()).unwrap(), number);
            }
        }
    }
}
