//! From which network somebody asks. Only whoever stands before us knows, and tells it in a header that the deployment names: believed
//! unasked, it would be whatever the client writes.

use crate::setting::Settings;
use std::net::{IpAddr, Ipv6Addr};
use worker::{Headers, Result};

/// The address that was told. `None` where nobody tells it (a server of one's own that nothing stands before): then networks are not
/// counted.
pub(crate) fn of(headers: &Headers, settings: &Settings) -> Result<Option<IpAddr>> {
    let Some(header) = settings.network_header() else {
        return Ok(None);
    };
    Ok(headers.get(&header)?.as_deref().and_then(last))
}

/// The last address of a list: what stands before us added it, and what is before it the client may have made up.
fn last(told: &str) -> Option<IpAddr> {
    told.rsplit(',').next()?.trim().parse().ok()
}

/// A network without the part that tells one of its people from another.
pub(crate) fn truncated(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// What one customer of a provider has: an address of version 4, the first 64 bits of one of version 6.
pub(crate) fn line(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn of_a_list_only_the_last_address_was_added_by_somebody_we_know() {
        assert_eq!(last("198.51.100.7"), Some(ip("198.51.100.7")));
        assert_eq!(
            last("10.0.0.1, 203.0.113.9 , 2001:db8::7"),
            Some(ip("2001:db8::7"))
        );
        assert_eq!(last("203.0.113.9, unknown"), None);
        assert_eq!(last(""), None);
    }

    #[test]
    fn a_line_has_as_many_addresses_as_its_provider_gives_it() {
        assert_eq!(line(ip("2001:db8:1:2:3:4:5:6")), ip("2001:db8:1:2::"));
        assert_eq!(line(ip("::ffff:198.51.100.7")), ip("198.51.100.7"));
        assert_ne!(line(ip("198.51.100.7")), line(ip("198.51.100.8")));
    }
}
