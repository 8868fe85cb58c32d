//! Where somebody is called: a telephone number, or a SIP address in its place.

use crate::limit::MAX_SIP_CHARS;
use crate::phone::{InvalidPhone, PhoneNumber};
use core::fmt;
use core::net::Ipv4Addr;

/// A number or a SIP address. It travels as one text, `+44…` or `sip:…`. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A telephone number.
    Number(PhoneNumber),
    /// A SIP address.
    Sip(SipUri),
}

/// Why a text is no address; `Display` says it in words for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidAddress {
    /// It looks like a number, and is none.
    Number(InvalidPhone),
    /// It looks like a SIP address, and is none.
    Sip(InvalidSipUri),
}

impl fmt::Display for InvalidAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(why) => why.fmt(f),
            Self::Sip(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for InvalidAddress {}

impl Address {
    /// Reads a number as people write it, or a SIP address.
    ///
    /// # Errors
    /// [`InvalidAddress`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, InvalidAddress> {
        // No number has either of these.
        if text.contains([':', '@']) {
            SipUri::parse(text).map(Self::Sip).map_err(InvalidAddress::Sip)
        } else {
            PhoneNumber::parse(text)
                .map(Self::Number)
                .map_err(InvalidAddress::Number)
        }
    }

    /// The address as it is dialled.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Number(number) => number.as_str(),
            Self::Sip(uri) => uri.as_str(),
        }
    }

    /// The number, where it is one.
    pub fn number(&self) -> Option<&PhoneNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::Sip(_) => None,
        }
    }

    /// The address without what can be written in several ways for one phone: what is counted, limited and never called again.
    pub fn line(&self) -> String {
        match self {
            Self::Number(number) => number.as_str().to_owned(),
            Self::Sip(uri) => uri.line(),
        }
    }

    /// What it shares with its neighbours: of a number all but the last three digits, of a SIP address the host, since users have
    /// names of any kind.
    pub fn neighbourhood(&self) -> String {
        match self {
            Self::Number(number) => number.neighbourhood().to_owned(),
            Self::Sip(uri) => format!("@{}", uri.host()),
        }
    }

    /// The address for eyes that need not dial it.
    pub fn masked(&self) -> String {
        match self {
            Self::Number(number) => number.masked(),
            Self::Sip(uri) => uri.masked(),
        }
    }
}

impl From<PhoneNumber> for Address {
    fn from(number: PhoneNumber) -> Self {
        Self::Number(number)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(Address);

crate::schema::text!(
    Address,
    r"^(\+[1-9][0-9]{6,14}|[sS][iI][pP]:[A-Za-z0-9+][A-Za-z0-9_.+~-]{0,63}@[A-Za-z0-9]([A-Za-z0-9.-]{0,98}[A-Za-z0-9])?(:[1-9][0-9]{0,3})?)$"
);

/// A SIP URI (RFC 3261) that can be dialled: `sip:user@host`, with a port where there is one, and nothing else. Its host is in lower
/// case. What could end a dial string, or say how to get there, is no part of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SipUri(Box<str>);

/// Why a text is no such URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSipUri;

impl fmt::Display for InvalidSipUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "must be a SIP address such as sip:ana@pbx.example or sip:ana@192.0.2.1:5080, without a password or parameters",
        )
    }
}

impl std::error::Error for InvalidSipUri {}

const SCHEME: &str = "sip:";
/// Characters of a user.
const MAX_USER_CHARS: usize = 64;
/// Digits from which on a user of nothing else is taken for a telephone number.
const NUMBER_DIGITS: usize = 7;
/// Where most of the world calls for help: refused, although some exchange may have such an extension.
const EMERGENCY: [&str; 6] = ["000", "110", "112", "119", "911", "999"];

impl SipUri {
    /// Reads one. A user begins with a letter, a digit or `+`, since what begins with `*` or `#` may be an order to an exchange.
    ///
    /// # Errors
    /// [`InvalidSipUri`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidSipUri> {
        let (scheme, rest) = text.split_at_checked(SCHEME.len()).ok_or(InvalidSipUri)?;
        let (user, place) = rest.split_once('@').ok_or(InvalidSipUri)?;
        let (host, port) = match place.split_once(':') {
            Some((host, port)) => (host, Some(read_port(port).ok_or(InvalidSipUri)?)),
            None => (place, None),
        };
        let begins = |b: &u8| b.is_ascii_alphanumeric() || *b == b'+';
        let fits = scheme.eq_ignore_ascii_case(SCHEME)
            && text.len() <= MAX_SIP_CHARS
            && user.len() <= MAX_USER_CHARS
            && user.as_bytes().first().is_some_and(begins)
            && user
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.+~".contains(&b))
            && is_host(host);
        if !fits {
            return Err(InvalidSipUri);
        }
        let host = host.to_ascii_lowercase();
        Ok(Self(match port {
            Some(port) => format!("{SCHEME}{user}@{host}:{port}").into(),
            None => format!("{SCHEME}{user}@{host}").into(),
        }))
    }

    /// The URI as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who is called there.
    pub fn user(&self) -> &str {
        self.parts().0
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        let place = self.parts().1;
        place.split_once(':').map_or(place, |(host, _)| host)
    }

    fn parts(&self) -> (&str, &str) {
        let rest = self.0.strip_prefix(SCHEME).unwrap_or_default();
        rest.split_once('@').unwrap_or_default()
    }

    /// True for a user who is a telephone number: a call to it may go on through somebody's gateway, at a cost that nobody here knows.
    pub fn is_number(&self) -> bool {
        let user = self.user();
        let digits: String = user.chars().filter(char::is_ascii_digit).collect();
        let plain = user.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
        plain && (digits.len() >= NUMBER_DIGITS || EMERGENCY.contains(&digits.as_str()))
    }

    fn line(&self) -> String {
        // Servers differ in whether a user's capitals matter: whoever is Ana and ana is one person here.
        format!("{SCHEME}{}@{}", self.user().to_ascii_lowercase(), self.host())
    }

    /// The first character of the user, and the host.
    pub fn masked(&self) -> String {
        let first = self.user().get(..1).unwrap_or_default();
        format!("{SCHEME}{first}•••@{}", self.host())
    }
}

impl fmt::Debug for SipUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

fn read_port(text: &str) -> Option<u16> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let port = text.parse().ok().filter(|port| *port > 0);
    if digits { port } else { None }
}

/// True for a name as DNS has it, and for an IPv4 address.
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // No name ends with a label of digits: what does is an address, or nothing.
    let last = text.rsplit('.').next().unwrap_or_default();
    let numeric = last.bytes().all(|b| b.is_ascii_digit());
    text.split('.').all(label) && (!numeric || text.parse::<Ipv4Addr>().is_ok())
}

/// Hosts of SIP addresses: one, `pbx.example`, or all below a name, `*.pbx.example`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SipDomain(Box<str>);

/// Why a text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSipDomain;

impl fmt::Display for InvalidSipDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be a host such as pbx.example, or *.pbx.example for all below it")
    }
}

impl std::error::Error for InvalidSipDomain {}

const BELOW: &str = "*.";

impl SipDomain {
    /// Reads one. All below a name of one part, such as `*.com`, would be nearly everybody.
    ///
    /// # Errors
    /// [`InvalidSipDomain`] for anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidSipDomain> {
        let fits = match text.strip_prefix(BELOW) {
            Some(name) => is_host(name) && name.contains('.') && name.parse::<Ipv4Addr>().is_err(),
            None => is_host(text),
        };
        match fits && text.len() <= MAX_SIP_CHARS {
            true => Ok(Self(text.to_ascii_lowercase().into())),
            false => Err(InvalidSipDomain),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True when the address is there.
    pub fn has(&self, uri: &SipUri) -> bool {
        match self.0.strip_prefix(BELOW) {
            Some(name) => {
                let below = uri.host().strip_suffix(name);
                below.is_some_and(|below| below.len() > 1 && below.ends_with('.'))
            }
            None => uri.host() == &*self.0,
        }
    }
}

#[cfg(feature = "serde")]
crate::text_serde::as_text!(SipDomain);

crate::schema::text!(
    SipDomain,
    r"^(\*\.)?[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$"
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn uri(text: &str) -> SipUri {
        SipUri::parse(text).unwrap()
    }

    #[test]
    fn an_address_is_a_number_or_a_sip_address() {
        let read = |text: &str| Address::parse(text).map(|it| it.as_str().to_owned());
        assert_eq!(read("+44 20 7946 0001").as_deref(), Ok("+442079460001"));
        assert_eq!(
            read("SIP:Ana.F@PBX.Example").as_deref(),
            Ok("sip:Ana.F@pbx.example")
        );
        assert_eq!(
            read("sip:7001@192.0.2.1:05080").as_deref(),
            Ok("sip:7001@192.0.2.1:5080")
        );
        assert_eq!(
            read("020 7946 0001"),
            Err(InvalidAddress::Number(InvalidPhone::NoCountryCode))
        );
        assert_eq!(
            read("sips:ana@pbx.example"),
            Err(InvalidAddress::Sip(InvalidSipUri))
        );
    }

    #[test]
    fn what_is_more_than_a_user_and_a_host_is_refused() {
        let long = format!("sip:{}@pbx.example", "a".repeat(MAX_USER_CHARS + 1));
        let longer = format!("sip:a@{}example", "a.".repeat(MAX_SIP_CHARS / 2));
        for bad in [
            "sip:",
            "sip:pbx.example",
            "sip:@pbx.example",
            "sip:ana@",
            "sip:ana:secret@pbx.example",
            "sip:ana@pbx.example;transport=tcp",
            "sip:ana@pbx.example?subject=x",
            "sip:ana@pbx.example:",
            "sip:ana@pbx.example:0",
            "sip:ana@pbx.example:65536",
            "sip:ana@pbx.example:+5060",
            "sip:ana@pbx.example:5060:1",
            "sip:ana@b@c",
            "sip:ana@-pbx.example",
            "sip:ana@pbx..example",
            "sip:ana@pbx.example.",
            "sip:ana@192.0.2",
            "sip:ana@192.0.2.256",
            "sip:ana@[2001:db8::1]",
            "sip:*72@pbx.example",
            "sip:ana&PJSIP/ben@pbx.example",
            "sip:ana/x@pbx.example",
            "sip:ana,30@pbx.example",
            "sip:${EXTEN}@pbx.example",
            "sip:ana%40x@pbx.example",
            "sip:änä@pbx.example",
            " sip:ana@pbx.example",
            "tel:+442079460001",
            &long,
            &longer,
        ] {
            assert_eq!(SipUri::parse(bad), Err(InvalidSipUri), "{bad}");
        }
    }

    #[test]
    fn one_phone_has_one_line_however_it_is_written() {
        let line = |text: &str| Address::parse(text).unwrap().line();
        assert_eq!(line("sip:Ana@PBX.example:5080"), line("sip:ana@pbx.example"));
        assert_ne!(line("sip:ana@pbx.example"), line("sip:ben@pbx.example"));
        assert_eq!(line("+44 20 7946 0001"), "+442079460001");
    }

    #[test]
    fn a_log_never_shows_who() {
        let ana = Address::parse("sip:ana@pbx.example:5080").unwrap();
        assert_eq!(format!("{ana:?}"), "sip:a•••@pbx.example");
        assert_eq!(ana.neighbourhood(), "@pbx.example");
    }

    #[test]
    fn a_user_of_digits_is_a_number_in_disguise() {
        for number in [
            "+442079460001",
            "00442079460001",
            "020.7946-0001",
            "5550123",
            "112",
            "+112",
            "9-1-1",
        ] {
            assert!(uri(&format!("sip:{number}@gw.example")).is_number(), "{number}");
        }
        for user in ["ana", "7001", "ana-5550123", "555012"] {
            assert!(!uri(&format!("sip:{user}@gw.example")).is_number(), "{user}");
        }
    }

    #[test]
    fn a_domain_is_one_host_or_all_below_a_name() {
        let has = |domain: &str, host: &str| {
            let uri = uri(&format!("sip:ana@{host}"));
            SipDomain::parse(domain).unwrap().has(&uri)
        };
        assert!(has("PBX.example", "pbx.example") && has("pbx.example", "pbx.example:5080"));
        assert!(!has("pbx.example", "a.pbx.example") && !has("pbx.example", "xpbx.example"));
        assert!(has("*.pbx.example", "a.pbx.example") && has("*.pbx.example", "b.a.pbx.example"));
        assert!(!has("*.pbx.example", "pbx.example") && !has("*.pbx.example", "apbx.example"));
        for bad in [
            "",
            "*",
            "*.com",
            "*.192.0.2.1",
            "a.*.example",
            "pbx.example:5060",
            "sip:pbx.example",
        ] {
            assert_eq!(SipDomain::parse(bad), Err(InvalidSipDomain), "{bad}");
        }
    }

    proptest! {
        /// Whatever is read can stand in a dial string without ending it, and is read again as itself.
        #[test]
        fn what_is_read_is_safe_to_dial(text in "(sip:|SIP:)?[ -~]{0,20}@?[ -~]{0,20}(:[0-9]{0,6})?") {
            if let Ok(Address::Sip(uri)) = Address::parse(&text) {
                let plain = |c: char| c.is_ascii_alphanumeric() || "-_.+~:@".contains(c);
                let safe = uri.as_str().chars().all(plain);
                prop_assert!(safe);
                prop_assert_eq!(uri.as_str().matches('@').count(), 1);
                prop_assert_eq!(SipUri::parse(uri.as_str()), Ok(uri.clone()));
                prop_assert_eq!(&uri.host().to_ascii_lowercase(), uri.host());
                let line = Address::Sip(uri).line();
                prop_assert_eq!(Address::parse(&line).unwrap().line(), line);
            }
        }

        #[test]
        fn a_user_and_a_host_make_an_address(user in "[a-zA-Z0-9+][a-zA-Z0-9_.+~-]{0,63}", host in "[a-z0-9]{1,9}(-[a-z0-9]{1,9})?(\\.[a-z]{1,9}){1,3}", port in proptest::option::of(1..u16::MAX)) {
            let port = port.map_or_else(String::new, |port| format!(":{port}"));
            let read = uri(&format!("sip:{user}@{host}{port}"));
            prop_assert_eq!((read.user(), read.host()), (user.as_str(), host.as_str()));
        }
    }
}
