//! When a session is over, and what a browser is called.

use shared::Millis;
use shared::door::Way;

/// How long a session lasts without being used: a working day, and a little.
const IDLE_S: i64 = 12 * 3600;
/// How long it lasts in all.
const MEMBER_S: i64 = 7 * 24 * 3600;
/// The same for those who came in with a code that others have, too.
const CODE_S: i64 = 12 * 3600;
/// How exact "last used" is: not every call needs to be written down.
const SEEN_EVERY_S: i64 = 60;

/// How long a link from an e-mail works.
pub const LINK_S: i64 = 10 * 60;
/// Links for one address that one network is given in that time.
const MAX_LINKS_HERE: i64 = 3;
/// Links that one address is sent in that time, whoever asks: more than a stranger gets, and no flood.
const MAX_LINKS: i64 = 12;
/// Links that are kept before none is for an address of no member: those look like the others, and must not fill the place.
const MAX_LINKS_OF_STRANGERS: i64 = 100;

/// Links that were asked for in the last [`LINK_S`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Links {
    /// For this address from this network.
    pub here: i64,
    /// For this address.
    pub own: i64,
    /// In all.
    pub all: i64,
}

impl Links {
    /// Whether one more is kept. A member's own count is all that stands before it: what strangers ask for others takes nobody's place.
    pub const fn leave_room(self, for_member: bool) -> bool {
        self.here < MAX_LINKS_HERE
            && self.own < MAX_LINKS
            && (for_member || self.all < MAX_LINKS_OF_STRANGERS)
    }
}

/// How long a session that is opened this way lasts in all, in seconds.
pub const fn lasts_s(way: Way) -> i64 {
    match way {
        Way::Operator | Way::Demo => CODE_S,
        Way::Mail | Way::Passkey | Way::SignOn => MEMBER_S,
    }
}

/// When it is over if nobody uses it any more.
pub fn over_at(seen_at: Millis, ends_at: Millis) -> Millis {
    seen_at.plus_s(IDLE_S).min(ends_at)
}

/// The last instant of use that is over by now.
pub fn idle_since(now: Millis) -> Millis {
    now.plus_s(-IDLE_S)
}

/// Whether a use now is worth writing down.
pub fn is_worth_noting(seen_at: Millis, now: Millis) -> bool {
    seen_at.plus_s(SEEN_EVERY_S) <= now
}

/// A browser and its system out of what it says of itself, coarsely: for people who look for a session that is not theirs.
pub fn browser(agent: &str) -> String {
    let first = |words: &[(&str, &'static str)]| {
        let found = words.iter().find(|(word, _)| agent.contains(word));
        found.map(|(_, name)| *name)
    };
    let name = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.into(),
        (None, None) => "Another program".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_is_not_used_and_in_any_case() {
        let opened = Millis(0);
        let ends = opened.plus_s(lasts_s(Way::Mail));
        assert_eq!(over_at(opened, ends), opened.plus_s(IDLE_S));
        let late = ends.plus_s(-60);
        assert_eq!(over_at(late, ends), ends);
        assert!(!is_worth_noting(Millis(0), Millis(59_000)) && is_worth_noting(Millis(0), Millis(60_000)));
    }

    #[test]
    fn a_stranger_uses_up_no_members_links() {
        let (mut stranger, mut own) = (0, 0);
        for _ in 0..100 {
            let links = Links {
                here: stranger,
                own,
                all: own,
            };
            if links.leave_room(true) {
                (stranger, own) = (stranger + 1, own + 1);
            }
        }
        let elsewhere = Links {
            here: 0,
            own,
            all: 5000,
        };
        assert!(elsewhere.leave_room(true), "they are sent theirs");
        assert_eq!(stranger, 3);
    }

    #[test]
    fn no_mailbox_is_flooded_from_everywhere() {
        let sent = (0..100).fold(0, |own, _| {
            let links = Links {
                here: 0,
                own,
                all: own,
            };
            own + i64::from(links.leave_room(true))
        });
        assert_eq!(sent, 12);
    }

    #[test]
    fn addresses_of_nobody_fill_no_database() {
        let links = |all| Links {
            all,
            ..Links::default()
        };
        assert!(links(99).leave_room(false) && !links(100).leave_room(false));
    }

    #[test]
    fn browsers_have_names_that_people_know() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        assert_eq!(browser(chrome), "Chrome, Linux");
        assert_eq!(browser("curl/8.5"), "Another program");
    }
}
