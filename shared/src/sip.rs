//! SIP addresses, and what phones publish of themselves (RFC 3903) to a SIP server that passes it on
//! (`POST /v1/presence/{site}/{equipment}`).

use crate::Millis;
use crate::call::words;
use crate::limit::{MAX_ACTIVITY_CHARS, MAX_PUBLICATION_S, MAX_PUBLISHED_NOTE_CHARS, MAX_SIP_CHARS};
use crate::problem::FieldError;
use core::fmt;

/// A SIP address of record: `sip:user@host`. One that exists is well-formed, and its host is in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SipAddress(Box<str>);

/// Why a text is not a SIP address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSipAddress;

impl fmt::Display for InvalidSipAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a SIP address such as sip:ana@pbx.example, without a port or parameters")
    }
}

impl std::error::Error for InvalidSipAddress {}

const SCHEME: &str = "sip:";

impl SipAddress {
    /// Reads an address of record: a user, a host, and nothing that says how to get there. Only hosts are the same in capitals and in
    /// small letters (RFC 3261, 19.1.4).
    ///
    /// # Errors
    /// [`InvalidSipAddress`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidSipAddress> {
        let user_char = |b: u8| b.is_ascii_alphanumeric() || b"-_.!~*'()+".contains(&b);
        let host_char = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        let rest = text.get(SCHEME.len()..).unwrap_or_default();
        let scheme = text.get(..SCHEME.len()).unwrap_or_default();
        let (user, host) = rest.split_once('@').ok_or(InvalidSipAddress)?;
        let fits = scheme.eq_ignore_ascii_case(SCHEME)
            && text.len() <= MAX_SIP_CHARS
            && !user.is_empty()
            && user.bytes().all(user_char)
            && !host.is_empty()
            && host.bytes().all(host_char);
        match fits {
            true => Ok(Self(
                format!("{SCHEME}{user}@{}", host.to_ascii_lowercase()).into(),
            )),
            false => Err(InvalidSipAddress),
        }
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SipAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(SipAddress);

crate::schema::text!(
    SipAddress,
    r"^[sS][iI][pP]:[A-Za-z0-9_.!~*'()+-]+@[A-Za-z0-9.-]+$"
);

words! {
    /// What was done to a publication.
    PublicationOp {
        /// It was made, or changed: a state comes with it.
        Publish = "publish",
        /// It lasts longer.
        Refresh = "refresh",
        /// It was taken back.
        Remove = "remove",
    }
}

words! {
    /// Whether somebody can be reached there (PIDF, RFC 3863).
    Basic {
        /// Yes.
        Open = "open",
        /// No.
        Closed = "closed",
    }
}

words! {
    /// What an agent's phone says of itself.
    PhoneState {
        /// It can be rung.
        Open = "open",
        /// It is in a call.
        OnThePhone = "on_the_phone",
        /// It can't be rung, or has not been heard of for longer than it said.
        Closed = "closed",
    }
}

/// Activities (RPID, RFC 4480) of somebody who is in a call. Phones say `busy` for it, too.
const IN_A_CALL: [&str; 2] = ["on-the-phone", "busy"];
/// The note of exchanges that write no activities.
const NOTE_IN_A_CALL: &str = "On the phone";

/// A publication that a SIP server took.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Publication {
    /// What was done.
    pub op: PublicationOp,
    /// Whose state it is.
    pub entity: SipAddress,
    /// The state; needed where one is published.
    #[cfg_attr(feature = "serde", serde(default))]
    pub basic: Option<Basic>,
    /// The first activity, for example `on-the-phone`.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_ACTIVITY_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub activity: Option<String>,
    /// The first note.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_PUBLISHED_NOTE_CHARS)))]
    #[cfg_attr(feature = "serde", serde(default))]
    pub note: Option<String>,
    /// For how many seconds it holds; 0 where it was taken back.
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_PUBLICATION_S)))]
    pub expires: u32,
    /// When the server took it, by its own clock. What is older than what is known is left out.
    pub ts: Millis,
}

impl Publication {
    /// Everything that is out of bounds, or missing.
    pub fn faults(&self) -> Vec<FieldError> {
        let fault = |field: &str, code: &str, message: String| FieldError {
            field: field.into(),
            code: code.into(),
            message,
        };
        let mut faults = Vec::new();
        if self.op == PublicationOp::Publish && self.basic.is_none() {
            faults.push(fault("basic", "missing", "What is published has a state.".into()));
        }
        let texts = [
            ("activity", &self.activity, MAX_ACTIVITY_CHARS),
            ("note", &self.note, MAX_PUBLISHED_NOTE_CHARS),
        ];
        for (field, text, max) in texts {
            if text.as_ref().is_some_and(|text| text.chars().count() > max) {
                let message = format!("This may have {max} characters at the most.");
                faults.push(fault(field, "too_long", message));
            }
        }
        if self.expires > MAX_PUBLICATION_S {
            let message = format!("This may be {MAX_PUBLICATION_S} seconds at the most.");
            faults.push(fault("expires", "too_long", message));
        }
        faults
    }

    /// The state that comes with it. `basic` stays open during a call: only activity or note tell.
    pub fn state(&self) -> Option<PhoneState> {
        let in_a_call = match &self.activity {
            Some(activity) => IN_A_CALL.contains(&activity.as_str()),
            None => self.note.as_deref() == Some(NOTE_IN_A_CALL),
        };
        Some(match self.basic? {
            Basic::Open if in_a_call => PhoneState::OnThePhone,
            Basic::Open => PhoneState::Open,
            Basic::Closed => PhoneState::Closed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_record_has_a_user_and_a_host_and_nothing_else() {
        let ana = SipAddress::parse("sip:Ana.F@PBX.example").map(|it| it.to_string());
        assert_eq!(ana.as_deref(), Ok("sip:Ana.F@pbx.example"));
        let long = format!("sip:{}@pbx.example", "a".repeat(MAX_SIP_CHARS));
        for bad in [
            "",
            "sip:",
            "ana@pbx.example",
            "sip:@pbx.example",
            "sip:ana@",
            "sips:ana@pbx.example",
            "sip:ana@pbx.example:5060",
            "sip:ana@pbx.example;transport=tcp",
            "sip:ana@b@c",
            "sip:änä@pbx.example",
            "tel:+442079460001",
            &long,
        ] {
            assert_eq!(SipAddress::parse(bad), Err(InvalidSipAddress), "{bad}");
        }
    }

    fn published(basic: Basic, activity: Option<&str>, note: Option<&str>) -> Option<PhoneState> {
        let publication = Publication {
            op: PublicationOp::Publish,
            entity: SipAddress::parse("sip:ana@pbx.example").ok()?,
            basic: Some(basic),
            activity: activity.map(Into::into),
            note: note.map(Into::into),
            expires: 60,
            ts: Millis(0),
        };
        assert_eq!(publication.faults(), []);
        publication.state()
    }

    #[test]
    fn a_phone_in_a_call_is_open_and_says_so_by_activity_or_note() {
        let open = |activity, note| published(Basic::Open, activity, note);
        assert_eq!(open(None, Some("Ready")), Some(PhoneState::Open));
        assert_eq!(open(Some("on-the-phone"), None), Some(PhoneState::OnThePhone));
        assert_eq!(open(Some("busy"), Some("Ringing")), Some(PhoneState::OnThePhone));
        assert_eq!(open(None, Some("On the phone")), Some(PhoneState::OnThePhone));
        assert_eq!(open(Some("away"), Some("On the phone")), Some(PhoneState::Open));
        assert_eq!(
            published(Basic::Closed, Some("busy"), None),
            Some(PhoneState::Closed)
        );
    }
}
