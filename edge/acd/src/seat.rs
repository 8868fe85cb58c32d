//! How many calls one slot can take, and which: an assignment of its bookings to the agents who are there.
//!
//! **The rule.** A booking is accepted when all bookings of the slot, it included, can be given to agents who are there and
//! may take them, each agent taking [`calls_of`] one at the most. Somebody with two skills is therefore never counted for
//! both, and a booking is refused only when no such assignment exists. The assignment is a proof, not a plan: when the
//! time comes, the engine gives each call to whoever is free.
//!
//! Where calls take longer than an agent's share of a slot, an agent takes one call a slot by that rule, and would be busy
//! all day and more. Then the agents of each kind of booking take [`calls_of`] all of them together, no more.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The share of their time that agents are booked for, in percent. At 80 % nine people out of ten get the next slot; at
/// 95 % every second one, because nothing is left for the times when more come than usual.
const UTILISATION: usize = 80;

/// Calls that so many agents together can take in a slot; at least one while there is anybody.
pub(crate) const fn calls_of(agents: usize, slot_s: usize, handling_s: usize) -> usize {
    if agents == 0 {
        return 0;
    }
    let seconds = agents * slot_s * UTILISATION / 100;
    let handling_s = if handling_s == 0 { 1 } else { handling_s };
    if seconds < handling_s {
        1
    } else {
        seconds / handling_s
    }
}

/// The bookings of one slot, given to agents. Agents and kinds of booking are numbers here.
#[derive(Debug, Clone)]
pub(crate) struct Seats {
    slot_s: usize,
    handling_s: usize,
    kinds: Vec<Kind>,
    /// What each agent has, booking by booking.
    given: BTreeMap<usize, Vec<usize>>,
    /// What [`Self::find_roomy`] found, until the next booking.
    roomy: Option<BTreeSet<usize>>,
}

/// Bookings that the same agents may take.
#[derive(Debug, Clone)]
struct Kind {
    /// In ascending order.
    agents: Vec<usize>,
    booked: usize,
}

/// True when all who may take the one may take the other. Bookings that nobody can take are in nobody's way.
fn is_within(one: &[usize], other: &[usize]) -> bool {
    !one.is_empty() && one.iter().all(|agent| other.binary_search(agent).is_ok())
}

/// How a booking finds room: who takes it, and who moves what for it.
struct Path {
    /// The agent with room.
    last: usize,
    /// Which kind each agent on the way would take.
    takes: BTreeMap<usize, usize>,
    /// The agent each kind on the way would leave.
    leaves: BTreeMap<usize, usize>,
}

impl Seats {
    /// An empty slot of so many seconds, where a call takes so many.
    pub(crate) const fn new(slot_s: usize, handling_s: usize) -> Self {
        Self {
            slot_s,
            handling_s,
            kinds: Vec::new(),
            given: BTreeMap::new(),
            roomy: None,
        }
    }

    /// The kind of bookings that these agents, in ascending order, may take.
    pub(crate) fn kind(&mut self, agents: Vec<usize>) -> usize {
        let known = self.kinds.iter().position(|kind| kind.agents == agents);
        known.unwrap_or_else(|| {
            self.kinds.push(Kind { agents, booked: 0 });
            self.kinds.len() - 1
        })
    }

    /// True when one more booking that these agents, in ascending order, may take can be accepted.
    pub(crate) fn has_room(&mut self, agents: &[usize]) -> bool {
        if !self.within_pools(agents) {
            return false;
        }
        if self.roomy.is_none() {
            self.roomy = Some(self.find_roomy());
        }
        let roomy = |agent| self.roomy.as_ref().is_some_and(|roomy| roomy.contains(agent));
        agents
            .iter()
            .any(|agent| roomy(agent) || !self.given.contains_key(agent))
    }

    /// Among the agents who have something or may: those who have room, and those who would if others took what they have.
    fn find_roomy(&self) -> BTreeSet<usize> {
        let agents = self.kinds.iter().flat_map(|kind| &kind.agents).copied();
        let mut roomy: BTreeSet<usize> = agents.filter(|agent| self.is_free(*agent)).collect();
        let mut next: Vec<usize> = roomy.iter().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(agent) = next.pop() {
            for (nth, kind) in self.kinds.iter().enumerate() {
                if seen.contains(&nth) || kind.agents.binary_search(&agent).is_err() {
                    continue;
                }
                seen.insert(nth);
                for (holder, has) in &self.given {
                    if has.contains(&nth) && roomy.insert(*holder) {
                        next.push(*holder);
                    }
                }
            }
        }
        roomy
    }

    fn is_free(&self, agent: usize) -> bool {
        self.given
            .get(&agent)
            .is_none_or(|has| has.len() < self.capacity())
    }

    /// One more booking. One that was accepted under another document, and finds nobody now, takes nobody's place.
    pub(crate) fn book(&mut self, kind: usize) {
        self.roomy = None;
        if let Some(path) = self.path(kind) {
            self.follow(&path, kind);
        }
        if let Some(kind) = self.kinds.get_mut(kind) {
            kind.booked += 1;
        }
    }

    fn capacity(&self) -> usize {
        calls_of(1, self.slot_s, self.handling_s)
    }

    /// Breadth first from the booking to an agent with room, each agent and kind visited once. That there is no such path
    /// means that the assignment can't be extended, however it is turned (Berge 1957).
    fn path(&self, kind: usize) -> Option<Path> {
        let (mut takes, mut leaves) = (BTreeMap::new(), BTreeMap::new());
        let mut next = VecDeque::from([kind]);
        let mut seen = BTreeSet::from([kind]);
        while let Some(kind) = next.pop_front() {
            for agent in &self.kinds.get(kind)?.agents {
                if takes.contains_key(agent) {
                    continue;
                }
                takes.insert(*agent, kind);
                if self.is_free(*agent) {
                    let last = *agent;
                    return Some(Path { last, takes, leaves });
                }
                for other in self.given.get(agent).into_iter().flatten() {
                    if seen.insert(*other) {
                        leaves.insert(*other, *agent);
                        next.push_back(*other);
                    }
                }
            }
        }
        None
    }

    fn follow(&mut self, path: &Path, start: usize) {
        let mut agent = path.last;
        while let Some(kind) = path.takes.get(&agent) {
            self.given.entry(agent).or_default().push(*kind);
            let Some(from) = path.leaves.get(kind).filter(|_| *kind != start) else {
                return;
            };
            if let Some(given) = self.given.get_mut(from)
                && let Some(at) = given.iter().position(|other| other == kind)
            {
                given.swap_remove(at);
            }
            agent = *from;
        }
    }

    /// With long calls: one more for these agents, and no group of agents has more than they can take together.
    fn within_pools(&self, agents: &[usize]) -> bool {
        // With shorter ones, what agents take one by one is never more than what they take together.
        let long = self.slot_s * UTILISATION / 100 < self.handling_s;
        let room = |pool: &[usize]| {
            let within = self.kinds.iter().filter(|kind| is_within(&kind.agents, pool));
            let booked: usize = within.map(|kind| kind.booked).sum();
            booked < calls_of(pool.len(), self.slot_s, self.handling_s)
        };
        let mut groups = self
            .kinds
            .iter()
            .filter(|kind| kind.booked > 0 && is_within(agents, &kind.agents));
        !long || (room(agents) && groups.all(|kind| room(&kind.agents)))
    }
}
