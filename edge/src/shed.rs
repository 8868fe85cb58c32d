//! Who asks while too many others wait for an answer is turned away at once, and told when to come again: an answer that comes
//! too late is worth nothing, and costs those behind it theirs.

use crate::answer::{Stop, problem};
use crate::network;
use shared::problem::ProblemKind;
use shared::{Millis, SiteId};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::IpAddr;

/// Requests of one business that may wait for its object at once. It answers some hundred in a second.
const MOST: usize = 48;
/// As many of them may come from one network: whoever opens many connections turns away their own, and nobody else.
const MOST_OF_ONE: usize = 12;
/// As many are passed on at once. A runtime may take a few of those who have arrived and finish with them before it looks for more:
/// a crowd would wait where nobody sees it, some of it for seconds. So whoever is behind a few lets others come in first.
const FEW: usize = 8;

/// Nobody waits longer for an answer. Of whoever breaks off the runtime lets go without a word: nothing is dropped, and nobody gives
/// the place up.
const LONGEST_MS: i64 = 15_000;

/// Since when a request waits, and from which network.
type Waits = (Millis, Option<IpAddr>);

thread_local! {
    /// Whose requests wait in this isolate, by the number of their place.
    static WAITING: RefCell<BTreeMap<SiteId, BTreeMap<u64, Waits>>> = const { RefCell::new(BTreeMap::new()) };
    /// The number of the next place.
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// A place among those who wait, given up when it is dropped.
pub(crate) struct Place {
    site: SiteId,
    number: u64,
    /// How many had come before, and wait still.
    before: usize,
}

impl Place {
    /// True for whoever is to let others come in first, to be counted.
    pub(crate) fn lets_others_in(&self) -> bool {
        self.before >= FEW
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        WAITING.with_borrow_mut(|waiting| {
            if let Some(places) = waiting.get_mut(&self.site) {
                places.remove(&self.number);
                if places.is_empty() {
                    waiting.remove(&self.site);
                }
            }
        });
    }
}

/// Takes a place for somebody from this network, where it is known.
pub(crate) fn enter(site: &SiteId, from: Option<IpAddr>, now: Millis) -> Result<Place, Stop> {
    let from = from.map(network::line);
    WAITING.with_borrow_mut(|waiting| {
        let places = waiting.entry(site.clone()).or_default();
        // Also where the clock was set back in the meantime.
        places.retain(|_, (since, _)| (0..LONGEST_MS).contains(&now.0.saturating_sub(since.0)));
        let before = places.len();
        let own = places.values().filter(|(_, other)| *other == from).count();
        if before >= MOST || (from.is_some() && own >= MOST_OF_ONE) {
            let words = "Too many people ask at this moment. Please try again in a few seconds.";
            return Err(problem(ProblemKind::Overloaded, words));
        }
        let number = NEXT.replace(NEXT.get().wrapping_add(1));
        places.insert(number, (now, from));
        Ok(Place {
            site: site.clone(),
            number,
            before,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_when_too_many_wait_is_turned_away_until_one_is_answered() {
        let (here, there) = (SiteId::parse("here").unwrap(), SiteId::parse("there").unwrap());
        let now = Millis(1_000);
        let mut places: Vec<Place> = (0..MOST).map(|_| enter(&here, None, now).ok().unwrap()).collect();
        let passed_on = places.iter().filter(|place| !place.lets_others_in()).count();
        assert_eq!(passed_on, FEW);
        assert!(enter(&here, None, now).is_err());
        assert!(
            enter(&there, None, now).is_ok(),
            "one business does not block another"
        );
        places.pop();
        assert!(enter(&here, None, now).is_ok());
    }

    #[test]
    fn a_network_that_asks_very_often_turns_away_its_own_only() {
        let here = SiteId::parse("one-network").unwrap();
        let now = Millis(1_000);
        let from = |host: usize| format!("2001:db8:1:2::{host:x}").parse().ok();
        let _places: Vec<Place> = (0..MOST_OF_ONE)
            .map(|host| enter(&here, from(host), now).ok().unwrap())
            .collect();
        assert!(
            enter(&here, from(99), now).is_err(),
            "another address of the same line"
        );
        assert!(enter(&here, "2001:db8:1:3::1".parse().ok(), now).is_ok());
        assert!(enter(&here, None, now).is_ok());
    }

    #[test]
    fn places_of_those_who_broke_off_are_free_again() {
        let here = SiteId::parse("broken-off").unwrap();
        let now = Millis(1_000);
        (0..MOST).for_each(|_| std::mem::forget(enter(&here, None, now)));
        assert!(enter(&here, None, now.plus_ms(LONGEST_MS - 1)).is_err());
        let later = now.plus_ms(LONGEST_MS);
        assert_eq!(enter(&here, None, later).ok().unwrap().before, 0);
    }
}
