//! Names of things. An id that exists is well-formed: it was parsed at the border.

use crate::limit::MAX_ID_CHARS;
use core::fmt;

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "must be 1 to {MAX_ID_CHARS} characters out of a-z, 0-9, '-', '_' and '.'"
        )
    }
}

impl std::error::Error for InvalidId {}

fn well_formed(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_ID_CHARS
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Reads an id.
            ///
            /// # Errors
            /// [`InvalidId`] when the text is empty, too long, or has a character outside `a-z 0-9 - _ .`.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                if well_formed(text) { Ok(Self(text.into())) } else { Err(InvalidId) }
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(&text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "serde")]
        crate::text_serde::as_text!($name);

        crate::schema::text!($name, "^[a-z0-9_.-]{1,64}$");
    };
}

id! {
    /// A business, as the script tag names it (`data-site`). It names, it never authorises.
    SiteId
}
id! {
    /// A call request (`req_…`), from the shopper's tap to its end.
    RequestId
}
id! {
    /// One party's half of a call. Chosen by us before the carrier is asked, so that asking twice dials once.
    LegId
}
id! {
    /// Calling equipment of a business: a carrier and what it needs to know.
    EquipmentId
}
id! {
    /// A service centre of a business: a number that pages may ask for by name.
    CentreId
}
id! {
    /// An endpoint of a business's own that is told what happens.
    WebhookId
}
id! {
    /// An agent of a business.
    AgentId
}
id! {
    /// What came of a call, as the business says it, for example `purchase`.
    DispositionId
}
id! {
    /// A reason to be away, for example `lunch`.
    BreakId
}
id! {
    /// A skill of a business, for example `cruises`.
    SkillId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_lower_case_and_plain() {
        assert!(SiteId::parse("meridian").is_ok());
        for bad in ["", "Meridian", "a b", "ä", "a/b", &"x".repeat(MAX_ID_CHARS + 1)] {
            assert_eq!(SiteId::parse(bad), Err(InvalidId), "{bad}");
        }
    }
}
