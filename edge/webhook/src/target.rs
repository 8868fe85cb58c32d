//! Where messages may go. An endpoint's address is the business's to choose, and our servers must not be its way into networks that
//! are not public. Names are judged as they are written; which address a name has, only the runtime knows, and it connects to
//! public ones only.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Characters of an address.
const MAX_CHARS: usize = 500;

/// Why nothing is sent there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is no address of the web.
    Unreadable,
    /// What is sent would be readable on the way.
    NotHttps,
    /// It has a user or a password in it, which would stand in the document.
    Credentials,
    /// It is not on the public Internet.
    NotPublic,
}

impl Refused {
    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unreadable => {
                "must be an address such as https://shop.example/hooks, of 500 characters at the most"
            }
            Self::NotHttps => "must begin with https://",
            Self::Credentials => "must have no user or password in it",
            Self::NotPublic => "must be on the public Internet",
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// Checks an endpoint's address. In the demo it may be on this machine, without encryption.
///
/// # Errors
/// Why nothing is sent there.
pub fn check(address: &str, demo: bool) -> Result<(), Refused> {
    if address.chars().count() > MAX_CHARS {
        return Err(Refused::Unreadable);
    }
    let url = Url::parse(address).map_err(|_| Refused::Unreadable)?;
    let host = url.host().ok_or(Refused::Unreadable)?;
    match url.scheme() {
        "https" => {}
        "http" if demo => {}
        "http" => return Err(Refused::NotHttps),
        _ => return Err(Refused::Unreadable),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refused::Credentials);
    }
    let public = match host {
        Host::Domain(name) => is_public_name(name),
        Host::Ipv4(ip) => is_public_v4(ip),
        Host::Ipv6(ip) => is_public_v6(ip),
    };
    if public || demo {
        Ok(())
    } else {
        Err(Refused::NotPublic)
    }
}

fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    // Names of this machine and of local networks (RFC 6761, 6762, 8375, and what is usual).
    let local = [
        "localhost",
        "local",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
        "arpa",
        "test",
        "invalid",
        "onion",
    ];
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.') && !local.contains(&last)
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_broadcast()
        || ip.is_documentation();
    // "This network", carriers' own, protocol assignments, benchmarks, reserved.
    let more = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
        || a >= 240;
    !special && !more
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    if let Some(mapped) = ip.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    // An address of the old kind in another's clothes: translated (NAT64), tunnelled (6to4, Teredo).
    if (a, b) == (0x64, 0xff9b) || a == 0x2002 || (a, b) == (0x2001, 0) {
        return false;
    }
    let documentation = (a, b) == (0x2001, 0xdb8) || a == 0x3fff && b < 0x1000;
    // Only this eighth is given out to the public Internet.
    a & 0xe000 == 0x2000 && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_addresses_are_taken() {
        for good in [
            "https://shop.example/hooks?a=b",
            "https://hooks.shop.co.uk:8443/x",
            "https://9.9.9.9/",
            "https://[2606:4700::1111]/",
        ] {
            assert_eq!(check(good, false), Ok(()), "{good}");
        }
    }

    #[test]
    fn whatever_could_be_a_way_inside_is_refused_however_it_is_written() {
        for bad in [
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://metadata.google.internal/",
            "https://printer/",
            "https://nas.local/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://0.0.0.0/",
            "https://10.1.2.3/",
            "https://172.31.0.1/",
            "https://192.168.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://198.18.0.1/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
            "https://[ff02::1]/",
        ] {
            assert_eq!(check(bad, false), Err(Refused::NotPublic), "{bad}");
            assert_eq!(check(bad, true), Ok(()), "the demo is on this machine: {bad}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_is_refused_even_in_the_demo() {
        for bad in [
            "",
            "shop.example",
            "ftp://shop.example/",
            "file:///etc/passwd",
            "https://",
            "javascript:1",
        ] {
            assert_eq!(check(bad, true), Err(Refused::Unreadable), "{bad}");
        }
        assert_eq!(check("http://shop.example/", false), Err(Refused::NotHttps));
        assert_eq!(
            check("https://a:b@shop.example/", true),
            Err(Refused::Credentials)
        );
        let long = format!("https://shop.example/{}", "x".repeat(500));
        assert_eq!(check(&long, true), Err(Refused::Unreadable));
    }
}
