//! The dial policy as it stands, for whoever runs the business.

use crate::engine::Acd;
use crate::policy::{self, Closed, Dearer, Suppressed, Waiting};
use shared::Millis;
use shared::policy::Limits;

/// The policy as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyView {
    /// The limits that hold.
    pub limits: Limits,
    /// The caps that hold, in hundredths.
    pub caps: shared::policy::Spend,
    /// What is set aside or was spent, in ten-thousandths: in the last hour, in the last day.
    pub committed: (u64, u64),
    /// Equipment that is reckoned dearer than its rates say.
    pub dearer: Vec<Dearer>,
    /// Where nobody is called for a while.
    pub quarantined: Vec<Closed>,
    /// Requests that wait for leave.
    pub waiting: Vec<Waiting>,
    /// Who is never called again.
    pub suppressed: Vec<Suppressed>,
}

impl Acd {
    /// The policy as it stands.
    pub fn policy_view(&self, now: Millis) -> PolicyView {
        let rules = &self.config.rules;
        let record = self.book.record();
        let quarantined = self.book.quarantines(rules.limits.neighbours, now);
        let in_force = |dearer: &Dearer| self.least_per_minute(&dearer.via) > 0;
        PolicyView {
            limits: rules.limits,
            caps: rules.spend,
            committed: policy::committed(record.dials.iter(), now),
            dearer: record.dearer.into_iter().filter(in_force).collect(),
            quarantined,
            waiting: record.waiting,
            suppressed: record.suppressed,
        }
    }
}
