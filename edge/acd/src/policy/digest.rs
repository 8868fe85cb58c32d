//! Names for numbers and networks that tell nothing of them to whoever does not have the business's salt.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use shared::Address;
use std::fmt::Write as _;
use std::net::IpAddr;

/// Such a name: 128 bits of an HMAC-SHA-256, as hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(Box<str>);

impl Digest {
    /// The name of whom a customer's number, or SIP address, reaches.
    pub fn of_address(salt: &str, address: &Address) -> Self {
        Self::of(salt, "number", address.line().as_bytes())
    }

    /// The name of what a number, or SIP address, shares with its neighbours.
    pub fn of_neighbourhood(salt: &str, address: &Address) -> Self {
        Self::of(salt, "neighbourhood", address.neighbourhood().as_bytes())
    }

    /// The name of a network: of an IPv6 address the first 64 bits, which one line has for itself.
    pub(crate) fn of_network(salt: &str, address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::of(salt, "network", &address.octets()),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                Self::of(salt, "network", &[a, b, c, d, e, f, g, h])
            }
        }
    }

    /// The name of a network as the door knows it: of an IPv6 address the first 48 bits, since some have that many lines, and take
    /// another for each knock.
    pub(crate) fn of_knock(salt: &str, address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::of(salt, "knock", &address.octets()),
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, ..] = address.octets();
                Self::of(salt, "knock", &[a, b, c, d, e, f])
            }
        }
    }

    /// Reads a name that was kept.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        hex.then(|| Self(text.into()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(salt: &str, what: &str, value: &[u8]) -> Self {
        let mut text = String::with_capacity(32);
        // A key of any length is one for HMAC.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt.as_bytes()) {
            mac.update(what.as_bytes());
            mac.update(value);
            for byte in mac.finalize().into_bytes().iter().take(16) {
                // Writing to a string does not fail.
                if write!(text, "{byte:02x}").is_err() {
                    break;
                }
            }
        }
        Self(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_one_name_and_each_business_its_own() {
        let of = |salt, text: &str| Digest::of_network(salt, text.parse().unwrap());
        assert_eq!(of("a", "2001:db8:1:2::1"), of("a", "2001:db8:1:2:ffff::9"));
        assert_ne!(of("a", "2001:db8:1:2::1"), of("a", "2001:db8:1:3::1"));
        assert_eq!(of("a", "::ffff:192.0.2.1"), of("a", "192.0.2.1"));
        assert_ne!(of("a", "192.0.2.1"), of("b", "192.0.2.1"));
        let kept = of("a", "192.0.2.1");
        assert_eq!(Digest::parse(kept.as_str()), Some(kept));
    }

    #[test]
    fn neighbours_have_a_name_in_common_that_says_nothing_of_them() {
        let of = |text: &str| Digest::of_neighbourhood("a", &Address::parse(text).unwrap());
        assert_eq!(of("+447911123456"), of("+447911123789"));
        assert_ne!(of("+447911123456"), of("+447911124456"));
        assert_eq!(of("sip:mia@shop.example"), of("sip:max@shop.example:5070"));
        assert!(Digest::parse(of("+447911123456").as_str()).is_some());
    }

    #[test]
    fn whoever_has_many_lines_knocks_from_one_network() {
        let of = |text: &str| Digest::of_knock("a", text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:ffff::1"));
        assert_ne!(of("2001:db8:1::1"), of("2001:db8:2::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        let asks = Digest::of_network("a", "192.0.2.1".parse().unwrap());
        assert_ne!(
            of("192.0.2.1"),
            asks,
            "what is known of requests says nothing of knocks"
        );
    }
}
