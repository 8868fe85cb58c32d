//! One line: who waits for the same thing, in order.

use crate::routing::layout::Ticket;
use std::collections::VecDeque;

/// Where somebody stands: the smaller goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// What goes before everything of a higher rank.
    pub(crate) rank: u8,
    /// The place in line: an instant.
    pub(crate) place: i64,
    /// Decides between equal places.
    pub(crate) tie: u64,
}

/// Somebody in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) ticket: Ticket,
}

/// A line. People mostly join at the end of their rank and leave at its front, so each rank is a double-ended queue: both
/// cost a constant time, and whoever leaves from the middle moves the shorter side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// By rank, ascending.
    ranks: Vec<VecDeque<Entry>>,
}

/// How far a reader of a line has got.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cursor {
    nth_rank: usize,
    at: usize,
}

impl Line {
    /// Puts an entry where its key says. True when it is the first now.
    pub(crate) fn insert(&mut self, entry: Entry) -> bool {
        let rank = entry.key.rank;
        let nth = match self.ranks.binary_search_by_key(&Some(rank), rank_of) {
            Ok(nth) => nth,
            Err(nth) => {
                // An empty queue stands for no rank: it sorts first, and is used again before a new one is made.
                if let Some(empty) = self.ranks.iter().position(VecDeque::is_empty) {
                    let queue = self.ranks.remove(empty);
                    let nth = if empty < nth { nth - 1 } else { nth };
                    self.ranks.insert(nth, queue);
                    nth
                } else {
                    self.ranks.insert(nth, VecDeque::new());
                    nth
                }
            }
        };
        if let Some(queue) = self.ranks.get_mut(nth) {
            if queue.back().is_none_or(|last| last.key < entry.key) {
                queue.push_back(entry);
            } else {
                let at = queue.partition_point(|other| other.key < entry.key);
                queue.insert(at, entry);
            }
        }
        self.first() == Some(entry)
    }

    /// Takes out the entry with this key. True when it was the first.
    pub(crate) fn remove(&mut self, key: Key) -> bool {
        let first = self.first().is_some_and(|entry| entry.key == key);
        let found = self
            .ranks
            .iter_mut()
            .find(|queue| rank_of(queue) == Some(key.rank));
        let Some(queue) = found else { return false };
        if first {
            queue.pop_front();
        } else if let Ok(at) = queue.binary_search_by_key(&key, |entry| entry.key) {
            queue.remove(at);
        }
        if queue.is_empty() {
            // Keeps the order of ranks: empty ones first.
            self.ranks.sort_by_key(rank_of);
        }
        first
    }

    /// Who is first.
    pub(crate) fn first(&self) -> Option<Entry> {
        self.ranks.iter().find_map(|queue| queue.front().copied())
    }

    /// The entry at the cursor, in order.
    pub(crate) fn at(&self, cursor: &mut Cursor) -> Option<Entry> {
        while let Some(queue) = self.ranks.get(cursor.nth_rank) {
            if let Some(entry) = queue.get(cursor.at) {
                return Some(*entry);
            }
            *cursor = Cursor {
                nth_rank: cursor.nth_rank + 1,
                at: 0,
            };
        }
        None
    }

    /// How many stand in it.
    pub(crate) fn len(&self) -> usize {
        self.ranks.iter().map(VecDeque::len).sum()
    }
}

impl Cursor {
    /// One further.
    pub(crate) fn step(&mut self) {
        self.at += 1;
    }
}

fn rank_of(queue: &VecDeque<Entry>) -> Option<u8> {
    queue.front().map(|entry| entry.key.rank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever joins and leaves in whatever order, a line is what a sorted list would be.
        #[test]
        fn a_line_is_a_sorted_list(acts in prop::collection::vec((any::<bool>(), 0..3u8, 0..20i64, 0..4u64), 1..200)) {
            let (mut line, mut list) = (Line::default(), std::collections::BTreeMap::new());
            for (nth, (joins, rank, place, tie)) in acts.into_iter().enumerate() {
                let key = Key { rank, place, tie };
                let was_first = list.keys().next() == Some(&key);
                if joins && !list.contains_key(&key) {
                    let ticket = u32::try_from(nth).unwrap();
                    list.insert(key, ticket);
                    prop_assert_eq!(line.insert(Entry { key, ticket }), list.keys().next() == Some(&key));
                } else if !joins {
                    let there = list.remove(&key).is_some();
                    prop_assert_eq!(line.remove(key), there && was_first);
                }
                prop_assert_eq!(line.len(), list.len());
                let mut cursor = Cursor::default();
                for (key, ticket) in list.clone() {
                    prop_assert_eq!(line.at(&mut cursor), Some(Entry { key, ticket }));
                    cursor.step();
                }
                prop_assert_eq!(line.at(&mut cursor), None);
            }
        }
    }
}
