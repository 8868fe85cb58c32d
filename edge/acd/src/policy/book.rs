//! What the dial policy remembers: requests that were accepted, calls that were dialled, numbers that are never called again,
//! requests that wait for leave. Everything is rows; what is here is an index over them.

use super::spend::{DAY_MS, Dial, HOUR_MS};
use super::{Coming, Dearer, Digest, neighbours};
use serde::{Deserialize, Serialize};
use shared::equipment::Equipment;
use shared::policy::{Held, Suppression};
use shared::{EquipmentId, LegId, Millis, RequestId};
use std::collections::BTreeMap;

/// Days that requests are counted.
pub(crate) const WEEK_MS: i64 = 7 * DAY_MS;
/// How old a network is when it is forgotten: what is looked for once an hour is not older than a day then.
pub(crate) const NETWORK_MS: i64 = 23 * HOUR_MS;

/// A request that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which.
    pub request: RequestId,
    /// When.
    pub at: Millis,
    /// The number to call.
    pub number: Digest,
    /// What the number shares with its neighbours, for a day, and not after its customer was erased.
    pub neighbourhood: Option<Digest>,
    /// From which network, for a day.
    pub network: Option<Digest>,
}

/// Neighbours whom nobody calls for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The requests for one of them, the oldest first: what they share is kept nowhere else.
    pub asked: Vec<RequestId>,
    /// How long.
    pub until: Millis,
}

/// A number that is never called again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppressed {
    /// Which.
    pub number: Digest,
    /// What people see of it.
    pub masked: String,
    /// Why.
    pub reason: Suppression,
    /// Since when.
    pub at: Millis,
}

/// A request that could be dialled, but for the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Which.
    pub request: RequestId,
    /// Why.
    pub why: Held,
    /// Since when.
    pub since: Millis,
    /// When leave is asked for again.
    pub until: Millis,
}

/// All rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// What digests are made with.
    pub salt: String,
    /// Requests, the oldest first.
    pub asked: Vec<Asked>,
    /// Calls.
    pub dials: Vec<Dial>,
    /// Numbers.
    pub suppressed: Vec<Suppressed>,
    /// Who waits.
    pub waiting: Vec<Waiting>,
    /// Equipment that bills more than its rates say.
    pub dearer: Vec<Dearer>,
}

/// A change of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Add.
    Asked(Asked),
    /// Add or replace.
    Dial(Dial),
    /// Remove: it was not dialled after all.
    Undialled(LegId),
    /// Add or replace.
    Suppressed(Suppressed),
    /// Remove.
    Forgiven(Digest),
    /// Add or replace.
    Waiting(Waiting),
    /// Remove.
    Released(RequestId),
    /// Add or replace.
    Dearer(Dearer),
    /// Forget networks and neighbourhoods up to one instant, and requests, calls and bills up to another.
    Forget {
        /// Networks and neighbourhoods.
        networks: Millis,
        /// Requests, calls and bills.
        all: Millis,
    },
}

impl Record {
    /// Writes a change down.
    pub fn keep(&mut self, note: Note) {
        match note {
            Note::Asked(asked) => self.asked.push(asked),
            Note::Dial(dial) => match self.dials.iter_mut().rev().find(|old| old.leg == dial.leg) {
                Some(old) => *old = dial,
                None => self.dials.push(dial),
            },
            Note::Undialled(leg) => self.dials.retain(|dial| dial.leg != leg),
            Note::Suppressed(suppressed) => {
                self.suppressed.retain(|old| old.number != suppressed.number);
                self.suppressed.push(suppressed);
            }
            Note::Forgiven(number) => self.suppressed.retain(|old| old.number != number),
            Note::Waiting(waiting) => {
                self.waiting.retain(|old| old.request != waiting.request);
                self.waiting.push(waiting);
            }
            Note::Released(request) => self.waiting.retain(|old| old.request != request),
            Note::Dearer(dearer) => {
                self.dearer.retain(|old| old.via != dearer.via);
                self.dearer.push(dearer);
            }
            Note::Forget { networks, all } => {
                self.asked.retain(|asked| asked.at > all);
                self.dials.retain(|dial| dial.at > all);
                self.dearer.retain(|dearer| dearer.at > all);
                for asked in self.asked.iter_mut().filter(|asked| asked.at <= networks) {
                    (asked.network, asked.neighbourhood) = (None, None);
                }
            }
        }
    }
}

/// The index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub(crate) salt: String,
    asked: Vec<Asked>,
    by_number: BTreeMap<Digest, Vec<Millis>>,
    by_network: BTreeMap<Digest, Vec<(Millis, Digest)>>,
    by_neighbourhood: BTreeMap<Digest, Vec<(Millis, Digest)>>,
    dials: BTreeMap<LegId, Dial>,
    dialled: Vec<Millis>,
    rings: BTreeMap<Digest, Vec<Millis>>,
    suppressed: BTreeMap<Digest, Suppressed>,
    waiting: BTreeMap<RequestId, Waiting>,
    dearer: BTreeMap<EquipmentId, Dearer>,
}

impl Book {
    pub(crate) fn new(mut record: Record) -> Self {
        let mut book = Self {
            salt: record.salt,
            ..Self::default()
        };
        record.asked.sort_by_key(|asked| asked.at);
        record.dials.sort_by_key(|dial| dial.at);
        let notes = record.asked.into_iter().map(Note::Asked);
        let notes = notes.chain(record.dials.into_iter().map(Note::Dial));
        let notes = notes.chain(record.suppressed.into_iter().map(Note::Suppressed));
        let notes = notes.chain(record.waiting.into_iter().map(Note::Waiting));
        let notes = notes.chain(record.dearer.into_iter().map(Note::Dearer));
        notes.for_each(|note| book.take(note));
        book
    }

    /// True where this number was asked for from the same network just now, or nobody knows the network.
    pub(crate) fn asked_from(&self, coming: &Coming) -> bool {
        let from = |network| self.by_network.get(network);
        let asked = |(_, number): &(Millis, Digest)| *number == coming.number;
        coming
            .network
            .as_ref()
            .is_none_or(|network| from(network).is_some_and(|before| before.iter().any(asked)))
    }

    pub(crate) fn record(&self) -> Record {
        Record {
            salt: self.salt.clone(),
            asked: self.asked.clone(),
            dials: self.dials.values().cloned().collect(),
            suppressed: self.suppressed.values().cloned().collect(),
            waiting: self.waiting.values().cloned().collect(),
            dearer: self.dearer.values().cloned().collect(),
        }
    }

    pub(crate) fn take(&mut self, note: Note) {
        match note {
            Note::Asked(asked) => {
                self.by_number
                    .entry(asked.number.clone())
                    .or_default()
                    .push(asked.at);
                let entry = (asked.at, asked.number.clone());
                if let Some(network) = &asked.network {
                    self.by_network
                        .entry(network.clone())
                        .or_default()
                        .push(entry.clone());
                }
                if let Some(neighbourhood) = &asked.neighbourhood {
                    let neighbours = self.by_neighbourhood.entry(neighbourhood.clone());
                    neighbours.or_default().push(entry);
                }
                self.asked.push(asked);
            }
            Note::Dial(dial) => {
                if !self.dials.contains_key(&dial.leg) {
                    self.dialled.push(dial.at);
                    self.rings.entry(dial.number.clone()).or_default().push(dial.at);
                }
                self.dials.insert(dial.leg.clone(), dial);
            }
            Note::Undialled(leg) => {
                if let Some(dial) = self.dials.remove(&leg) {
                    remove(&mut self.dialled, dial.at);
                    if let Some(rings) = self.rings.get_mut(&dial.number) {
                        remove(rings, dial.at);
                    }
                }
            }
            Note::Suppressed(suppressed) => {
                self.suppressed.insert(suppressed.number.clone(), suppressed);
            }
            Note::Forgiven(number) => {
                self.suppressed.remove(&number);
            }
            Note::Waiting(waiting) => {
                self.waiting.insert(waiting.request.clone(), waiting);
            }
            Note::Released(request) => {
                self.waiting.remove(&request);
            }
            Note::Dearer(dearer) => {
                self.dearer.insert(dearer.via.clone(), dearer);
            }
            Note::Forget { networks, all } => self.forget(networks, all),
        }
    }

    fn forget(&mut self, networks: Millis, all: Millis) {
        let mut record = self.record();
        record.keep(Note::Forget { networks, all });
        *self = Self::new(record);
    }

    /// When something is to be forgotten next.
    pub(crate) fn forgets_at(&self) -> Option<Millis> {
        let dated = |asked: &&Asked| asked.network.is_some() || asked.neighbourhood.is_some();
        let dated = self.asked.iter().find(dated);
        let oldest = self.asked.first().map(|asked| asked.at);
        let dearer = self.dearer.values().map(|dearer| dearer.at);
        let oldest = oldest
            .into_iter()
            .chain(self.dialled.first().copied())
            .chain(dearer)
            .min();
        let dated = dated.map(|asked| asked.at.plus_ms(DAY_MS));
        dated
            .into_iter()
            .chain(oldest.map(|at| at.plus_ms(WEEK_MS)))
            .min()
    }

    pub(crate) fn dial(&self, leg: &LegId) -> Option<&Dial> {
        self.dials.get(leg)
    }

    /// The last call to the customer of a request.
    pub(crate) fn dial_of(&self, request: &RequestId) -> Option<&Dial> {
        let own = |dial: &&Dial| {
            let tail = dial.leg.as_str().strip_prefix(request.as_str());
            tail.is_some_and(|tail| tail.starts_with('.'))
        };
        self.dials.values().filter(own).max_by_key(|dial| dial.at)
    }

    /// What a minute over this equipment costs at the least, by its bills.
    pub(crate) fn least(&self, equipment: &Equipment) -> u32 {
        let dearer = self.dearer.get(&equipment.id);
        let wrong = dearer.filter(|dearer| dearer.rates == equipment.rates);
        wrong.map_or(0, |dearer| dearer.per_minute)
    }

    pub(crate) fn dials(&self) -> impl Iterator<Item = &Dial> {
        self.dials.values()
    }

    pub(crate) fn suppressed(&self, number: &Digest) -> Option<&Suppressed> {
        self.suppressed.get(number)
    }

    pub(crate) fn waiting(&self, request: &RequestId) -> Option<&Waiting> {
        self.waiting.get(request)
    }

    pub(crate) fn everybody_waiting(&self) -> impl Iterator<Item = &Waiting> {
        self.waiting.values()
    }

    /// True when this number was asked for as often as may be since then.
    pub(crate) fn number_asked(&self, number: &Digest, since: Millis, limit: u32) -> bool {
        let asked = self.by_number.get(number).map(Vec::as_slice);
        reached(asked.unwrap_or_default(), since, limit).is_some()
    }

    /// When this number was rung, the oldest first.
    pub(crate) fn rang(&self, number: &Digest) -> &[Millis] {
        self.rings.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// When one more call may be made, where as many as may be were made in the last `window_ms`, and `ahead` others go before it.
    pub(crate) fn called(&self, window_ms: i64, limit: u32, ahead: u32, now: Millis) -> Option<Millis> {
        let first = reached(&self.dialled, now.plus_ms(-window_ms), limit)?;
        let (Some(rounds), Some(nth)) = (ahead.checked_div(limit), ahead.checked_rem(limit)) else {
            return Some(first.plus_ms(window_ms));
        };
        let oldest = self.dialled.len().saturating_sub(size(limit));
        let own = self.dialled.get(oldest.saturating_add(size(nth)));
        let at = own.copied().unwrap_or(first);
        Some(at.plus_ms(window_ms.saturating_mul(i64::from(rounds) + 1)))
    }

    /// What a network asked for since then, the latest first; nothing where it did not ask as often as `limit` in all.
    pub(crate) fn network_asked(
        &self,
        network: &Digest,
        since: Millis,
        limit: u32,
    ) -> impl Iterator<Item = &Digest> {
        let all = self
            .by_network
            .get(network)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let all = if all.len() < size(limit) { &[] } else { all };
        let young = all.iter().rev().take_while(move |(at, _)| *at > since);
        young.map(|(_, number)| number)
    }

    /// Until when nobody of this neighbourhood is called.
    pub(crate) fn quarantined(&self, neighbourhood: &Digest, limit: u32, now: Millis) -> Option<Millis> {
        neighbours::quarantine(self.by_neighbourhood.get(neighbourhood)?, limit, now)
    }

    /// The neighbourhoods where nobody is called.
    pub(crate) fn quarantines(&self, limit: u32, now: Millis) -> Vec<Closed> {
        let closed = |(name, times): (&Digest, &Vec<(Millis, Digest)>)| {
            let until = neighbours::quarantine(times, limit, now)?;
            let there = self
                .asked
                .iter()
                .filter(|asked| asked.neighbourhood.as_ref() == Some(name));
            Some(Closed {
                asked: there.map(|asked| asked.request.clone()).collect(),
                until,
            })
        };
        self.by_neighbourhood.iter().filter_map(closed).collect()
    }
}

pub(crate) fn size(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// Takes one of these instants away.
fn remove(times: &mut Vec<Millis>, at: Millis) {
    if let Some(nth) = times.iter().rposition(|time| *time == at) {
        times.remove(nth);
    }
}

/// The first of the latest `limit` instants, when all of them lie after `since`. They are in order.
pub(super) fn reached(times: &[Millis], since: Millis, limit: u32) -> Option<Millis> {
    if limit == 0 {
        // Never; it is looked at again some day, since a document may change.
        return Some(since.plus_ms(DAY_MS));
    }
    let first = times.get(times.len().checked_sub(size(limit))?)?;
    (*first > since).then_some(*first)
}
