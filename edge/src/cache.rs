//! What a worker keeps in memory of what it asked an object for: for a short while, and of so many names at the most.
//!
//! Requests that miss at the same moment each ask: one may not wait for another one's answer, because the runtime binds
//! whatever is awaited to the request that began it. So that a line of them forms only in front of an empty cache, one
//! request asks anew when an answer is old, and the others take the old one meanwhile.

use shared::Millis;
use std::collections::BTreeMap;

/// How long one request asks alone before another may.
const ASKING_MS: i64 = 2_000;

/// Answers by name.
pub(crate) struct Cache<T> {
    kept: BTreeMap<String, Kept<T>>,
    most: usize,
}

struct Kept<T> {
    value: T,
    at: Millis,
    for_ms: i64,
    /// When somebody began to ask for a newer one.
    asking: Option<Millis>,
}

/// What there is under a name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<T> {
    /// This, which is so old and has so long left (less than nothing: it is old, and somebody asks for a newer one).
    Kept { value: T, age_ms: i64, left_ms: i64 },
    /// Nothing: ask, and keep the answer. `stale` says that there was an old one.
    Ask { stale: bool },
}

impl<T: Clone> Cache<T> {
    /// An empty one for at most `most` names.
    pub(crate) const fn new(most: usize) -> Self {
        Self {
            kept: BTreeMap::new(),
            most,
        }
    }

    /// Looks a name up.
    pub(crate) fn find(&mut self, name: &str, now: Millis) -> Found<T> {
        let Some(kept) = self.kept.get_mut(name) else {
            return Found::Ask { stale: false };
        };
        let age_ms = now.0.saturating_sub(kept.at.0);
        let left_ms = kept.for_ms.saturating_sub(age_ms);
        let others_ask = kept
            .asking
            .is_some_and(|since| (0..ASKING_MS).contains(&now.0.saturating_sub(since.0)));
        // A clock that was set back makes ages below nothing.
        let usable = left_ms > 0 || others_ask && age_ms < 2 * kept.for_ms;
        if age_ms >= 0 && usable {
            let value = kept.value.clone();
            return Found::Kept {
                value,
                age_ms,
                left_ms,
            };
        }
        kept.asking = Some(now);
        Found::Ask { stale: true }
    }

    /// Keeps an answer that was true at an instant.
    pub(crate) fn keep(&mut self, name: &str, value: T, at: Millis, for_ms: i64) {
        if self.kept.len() >= self.most && !self.kept.contains_key(name) {
            // What is kept for less time first, so that a flood of names nobody has can't push out what there is.
            let oldest = self.kept.iter().min_by_key(|(_, kept)| (kept.for_ms, kept.at));
            if let Some(oldest) = oldest.map(|(name, _)| name.clone()) {
                self.kept.remove(&oldest);
            }
        }
        let kept = Kept {
            value,
            at,
            for_ms,
            asking: None,
        };
        self.kept.insert(name.to_owned(), kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fresh(value: u8, age_ms: i64) -> Found<u8> {
        Found::Kept {
            value,
            age_ms,
            left_ms: 5_000 - age_ms,
        }
    }

    #[test]
    fn an_answer_serves_until_it_is_old() {
        let mut cache = Cache::new(10);
        assert_eq!(cache.find("a", Millis(0)), Found::Ask { stale: false });
        cache.keep("a", 1, Millis(0), 5_000);
        assert_eq!(cache.find("a", Millis(4_999)), fresh(1, 4_999));
        assert_eq!(cache.find("b", Millis(4_999)), Found::Ask { stale: false });
        assert_eq!(cache.find("a", Millis(5_000)), Found::Ask { stale: true });
        cache.keep("a", 2, Millis(5_000), 5_000);
        assert_eq!(cache.find("a", Millis(5_001)), fresh(2, 1));
    }

    #[test]
    fn one_asks_anew_and_the_others_take_the_old_one_meanwhile() {
        let mut cache = Cache::new(10);
        cache.keep("a", 1, Millis(0), 5_000);
        assert_eq!(cache.find("a", Millis(6_000)), Found::Ask { stale: true });
        assert_eq!(cache.find("a", Millis(6_001)), fresh(1, 6_001));
        assert_eq!(
            cache.find("a", Millis(8_000)),
            Found::Ask { stale: true },
            "no answer came"
        );
        assert_eq!(
            cache.find("a", Millis(10_000)),
            Found::Ask { stale: true },
            "too old for anybody"
        );
        assert_eq!(cache.find("a", Millis(10_001)), Found::Ask { stale: true });
    }

    #[test]
    fn it_forgets_the_oldest_and_does_not_trust_a_clock_that_was_set_back() {
        let mut cache = Cache::new(2);
        for (name, at) in [("a", 1), ("b", 0), ("c", 2)] {
            cache.keep(name, 7, Millis(at), 5_000);
        }
        assert_eq!(cache.find("b", Millis(2)), Found::Ask { stale: false });
        assert_eq!(cache.find("a", Millis(2)), fresh(7, 1));
        assert_eq!(cache.find("a", Millis(-100)), Found::Ask { stale: true });
        for (name, at) in [("no", 3), ("none", 4)] {
            cache.keep(name, 0, Millis(at), 2_000);
        }
        assert_eq!(cache.find("no", Millis(4)), Found::Ask { stale: false });
        assert_eq!(cache.find("c", Millis(4)), fresh(7, 2));
    }
}
