//! Who asks while too many others wait for an answer is turned away at once, and told when to come again: an answer that comes
//! too late is worth nothing, and costs those behind it theirs.

use crate::answer::{Stop, problem};
use shared::SiteId;
use shared::problem::ProblemKind;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Requests of one business that may wait for its object at once. It answers some hundred in a second.
const MOST: usize = 48;
/// As many are passed on at once. A runtime may take a few of those who have arrived and finish with them before it looks for more:
/// a crowd would wait where nobody sees it, some of it for seconds. So whoever is behind a few lets others come in first.
const FEW: usize = 8;

thread_local! {
    /// How many wait in this isolate.
    static WAITING: RefCell<BTreeMap<SiteId, usize>> = const { RefCell::new(BTreeMap::new()) };
}

/// A place among those who wait, given up when it is dropped.
pub(crate) struct Place {
    site: SiteId,
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
            if let Some(count) = waiting.get_mut(&self.site) {
                *count -= 1;
                if *count == 0 {
                    waiting.remove(&self.site);
                }
            }
        });
    }
}

/// Takes a place.
pub(crate) fn enter(site: &SiteId) -> Result<Place, Stop> {
    WAITING.with_borrow_mut(|waiting| {
        let count = waiting.entry(site.clone()).or_default();
        if *count >= MOST {
            let words = "Too many people ask at this moment. Please try again in a few seconds.";
            return Err(problem(ProblemKind::Overloaded, words));
        }
        let before = *count;
        *count += 1;
        Ok(Place {
            site: site.clone(),
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
        let mut places: Vec<Place> = (0..MOST).map(|_| enter(&here).ok().unwrap()).collect();
        let passed_on = places.iter().filter(|place| !place.lets_others_in()).count();
        assert_eq!(passed_on, FEW);
        assert!(enter(&here).is_err());
        assert!(enter(&there).is_ok(), "one business does not block another");
        places.pop();
        assert!(enter(&here).is_ok());
    }
}
