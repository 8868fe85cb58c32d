//! The members of a business's document, as far as they concern the engine.

use crate::Config;
use shared::AgentId;
use shared::business::Business;
use shared::limit::MAX_MEMBERS;
use shared::member::Role;
use std::collections::BTreeSet;

/// Addresses and desks that stand once, names, at least one role.
pub(crate) fn check(business: &Business, fault: &mut impl FnMut(String, &str)) {
    if business.members.len() > MAX_MEMBERS {
        fault("members".into(), "must be 1000 members at the most");
    }
    let (mut addresses, mut desks) = (BTreeSet::new(), BTreeSet::new());
    for (at, member) in business.members.iter().enumerate() {
        if !addresses.insert(&member.email) {
            fault(format!("members[{at}].email"), "stands twice");
        }
        if !member.is_named() {
            fault(format!("members[{at}].name"), "must be 1 to 80 characters");
        }
        if member.roles.is_empty() {
            fault(format!("members[{at}].roles"), "must be one role at least");
        }
        if let Some(agent) = &member.agent {
            if !business.agents.iter().any(|known| known.id == *agent) {
                fault(format!("members[{at}].agent"), "is not among the agents");
            } else if !desks.insert(agent) {
                fault(format!("members[{at}].agent"), "is somebody else's desk already");
            }
        }
    }
}

impl Config {
    /// True when this agent sees the floor: by their own entry, or as a member who is a supervisor.
    pub(crate) fn supervises(&self, agent: &AgentId) -> bool {
        let member = |member: &&shared::member::Member| member.agent.as_ref() == Some(agent);
        let as_member = self.business.members.iter().find(member);
        self.agent(agent).is_some_and(|facts| facts.supervisor)
            || as_member.is_some_and(|member| member.roles.contains(&Role::Supervisor))
    }
}
