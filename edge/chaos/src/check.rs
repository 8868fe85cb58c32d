//! What must never break, looked at from outside: what was committed, what whoever asked was told, and what phones did. Nothing here
//! asks the engine; what it should have done is worked out once more, in the plainest way.

mod end;
mod phones;
mod policy;
mod routing;
mod rows;

use self::policy::Counts;
use crate::far::Map;
use crate::world::World;
use serde::Serialize;
use shared::{Address, AgentId, LegId, RequestId};
use std::collections::{BTreeMap, BTreeSet};

/// What must never break; the numbers are those of the invariants in ARCHITECTURE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) enum Law {
    /// I1: no request that was accepted is lost, none is made twice, each has somebody or something that ends it.
    Lost,
    /// I2: nobody is called twice.
    Twice,
    /// I3: nobody is booked twice.
    Booking,
    /// I4: first come, first served.
    Fairness,
    /// I5: whoever takes it may, and it is open.
    Eligibility,
    /// I6: every effect has a cause that was committed, and is done once.
    Effects,
    /// I7: nobody is dialled without leave, or any more.
    Leave,
    /// I8: what a leg cost is known.
    Money,
    /// I13: what is in memory follows from what was committed.
    Memory,
    /// I14: every change is on record.
    Record,
}

impl Law {
    pub(crate) const fn number(self) -> &'static str {
        match self {
            Self::Lost => "I1",
            Self::Twice => "I2",
            Self::Booking => "I3",
            Self::Fairness => "I4",
            Self::Eligibility => "I5",
            Self::Effects => "I6",
            Self::Leave => "I7",
            Self::Money => "I8",
            Self::Memory => "I13",
            Self::Record => "I14",
        }
    }
}

/// What broke, and how.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Broken {
    pub(crate) law: Law,
    pub(crate) how: String,
}

/// A request as it was written last.
#[derive(Debug, Clone, Copy)]
struct Kept {
    version: i64,
    ended: bool,
}

/// What is remembered to check what comes.
#[derive(Debug, Default)]
pub(crate) struct Check {
    pub(crate) broken: Option<Broken>,
    /// A new document is being taken: what was decided under the old one may look odd for a step.
    pub(crate) edited: bool,
    known: Map<RequestId, Kept>,
    open: u64,
    ended: u64,
    told: BTreeMap<u64, RequestId>,
    phones: Map<Address, RequestId>,
    deadlines: Map<RequestId, i32>,
    ordered: Map<LegId, ()>,
    dialled: Map<LegId, ()>,
    /// Who did not take whose call: not to be asked again, unless they come back on purpose or the request is turned to others.
    missed: BTreeSet<(RequestId, AgentId)>,
    /// Who got whom in this step.
    assigned: Vec<(RequestId, AgentId)>,
    /// Of what a narrow policy limits.
    pub(crate) counts: Counts,
}

impl Check {
    pub(crate) fn accepted(&self) -> u64 {
        self.open + self.ended
    }

    fn is_known(&self, id: &RequestId) -> bool {
        self.known.contains_key(id)
    }
}

impl World {
    /// Something broke that never must; the first thing is what counts.
    pub(crate) fn break_law(&mut self, law: Law, how: impl FnOnce() -> String) {
        if self.check.broken.is_none() {
            self.check.broken = Some(Broken { law, how: how() });
        }
    }
}
