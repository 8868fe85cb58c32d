//! Members: the people of a business who may sign in, and their roles.

use crate::AgentId;
use crate::call::words;
use crate::limit::{MAX_EMAIL_CHARS, MAX_NAME_CHARS};
use core::fmt;

words! {
    /// What somebody is at a business. What each may do stands in the crate `access`.
    Role {
        /// Everything; the only one who makes owners.
        Owner = "owner",
        /// Sets the business up, and members who are no owners.
        Admin = "admin",
        /// Sees the floor and the reports.
        Supervisor = "supervisor",
        /// Takes calls.
        Agent = "agent",
        /// Looks, and changes nothing.
        Auditor = "auditor",
    }
}

words! {
    /// A thing that somebody may do.
    Right {
        /// Read the business's document.
        ReadDocument = "document.read",
        /// See telephone numbers of the document whole.
        SeeNumbers = "numbers.see",
        /// Change the document and the list of numbers that are never called, and try its rules.
        ChangeDocument = "document.change",
        /// Read reports, forecasts, where the tag was seen and who is not called.
        ReadReports = "reports.read",
        /// Take every leg of a time away as a file.
        ExportUsage = "usage.export",
        /// See the state of the calling equipment.
        ReadEquipment = "equipment.read",
        /// Give calling equipment, and the sign-in of the company, their credentials.
        KeepCredentials = "credentials.keep",
        /// See which secrets there are, and what was refused.
        ReadSecrets = "secrets.read",
        /// Make and revoke secrets.
        ChangeSecrets = "secrets.change",
        /// Read the audit log.
        ReadAudit = "audit.read",
        /// Take calls at the desk.
        TakeCalls = "calls.take",
        /// See the floor and move requests in line.
        Supervise = "floor.supervise",
        /// Make others owners.
        MakeOwners = "owners.make",
    }
}

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Member {
    /// Where their sign-in links go; tells one member from another.
    pub email: Email,
    /// The name shown to colleagues.
    pub name: String,
    /// What they are here; at least one.
    pub roles: Vec<Role>,
    /// Which of the business's agents they are at the desk.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub agent: Option<AgentId>,
}

impl Member {
    /// True when the name can be shown.
    pub fn is_named(&self) -> bool {
        !self.name.trim().is_empty() && self.name.chars().count() <= MAX_NAME_CHARS
    }
}

/// An e-mail address, in small letters. Plain on purpose: no comments, quotes or bare hosts, so that it can stand in a header and in
/// an SMTP command as it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(Box<str>);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEmail;

impl fmt::Display for InvalidEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be an e-mail address such as ana@shop.example")
    }
}

impl std::error::Error for InvalidEmail {}

impl Email {
    /// Reads an address; spaces around and capitals don't count.
    ///
    /// # Errors
    /// [`InvalidEmail`] when it is none that we write to.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim().to_ascii_lowercase();
        let (user, host) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let label = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        };
        let good = text.len() <= MAX_EMAIL_CHARS
            && user.split('.').all(word)
            && host.contains('.')
            && host.split('.').all(label);
        good.then(|| Self(text.into())).ok_or(InvalidEmail)
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(Email);

crate::schema::text!(Email, "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_and_in_small_letters() {
        assert_eq!(
            Email::parse(" Ana.Ferreira+desk@Shop.Example ").map(|it| it.to_string()),
            Ok("ana.ferreira+desk@shop.example".into())
        );
        for bad in [
            "",
            "ana",
            "ana@",
            "@shop.example",
            "ana@shop",
            "a b@shop.example",
            "ana@shop.example>\r\nBcc: x@y.example",
            "ana@-shop.example",
            "ana@shop..example",
            ".ana@shop.example",
            "\"ana\"@shop.example",
            "ana@shop.example,b@c.example",
        ] {
            assert_eq!(Email::parse(bad), Err(InvalidEmail), "{bad}");
        }
        assert!(Email::parse(&format!("{}@shop.example", "x".repeat(MAX_EMAIL_CHARS))).is_err());
    }
}
