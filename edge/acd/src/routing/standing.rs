//! Who stands before whom: of everybody in line at once.

use crate::routing::layout::{AgentIx, Reach, SkillIx, Ticket, Want};
use crate::routing::line::Key;
use crate::routing::router::{Desk, Doing, Router};
use std::collections::BTreeMap;

/// By ticket: requests that go before, and agents at work who could help.
#[derive(Debug, Clone, Default)]
pub struct Standing(Vec<(u32, u32)>);

impl Standing {
    /// Requests that go before this one and compete with it for some agent, and agents at work who may take it sooner or
    /// later.
    pub fn of(&self, ticket: Ticket) -> (u32, u32) {
        let place = usize::try_from(ticket).ok();
        place
            .and_then(|place| self.0.get(place).copied())
            .unwrap_or_default()
    }
}

/// Requests that the same agents could take.
type Class = (Option<SkillIx>, Option<AgentIx>, bool);

fn class_of(want: &Want) -> Class {
    (want.skill, want.expert, want.reach == Reach::Anyone)
}

fn could(desk: &Desk, agent: AgentIx, (skill, expert, anyone): Class) -> bool {
    expert == Some(agent)
        || anyone
        || skill.is_none_or(|skill| desk.skills.iter().any(|(id, _)| *id == skill))
}

impl Router {
    /// Where everybody stands.
    pub fn standing(&self) -> Standing {
        let mut line: Vec<(Key, Ticket, Class)> = self
            .wants()
            .map(|(ticket, want)| (want.key(), ticket, class_of(&want)))
            .collect();
        line.sort_unstable_by_key(|(key, ..)| *key);
        let mut helpers: BTreeMap<Class, Vec<bool>> = BTreeMap::new();
        for (.., class) in &line {
            helpers.entry(*class).or_insert_with(|| {
                let desks = self.desks.iter().zip(0..);
                desks
                    .map(|(desk, agent)| desk.doing != Doing::Off && could(desk, agent, *class))
                    .collect()
            });
        }
        let share = |one: &[bool], other: &[bool]| one.iter().zip(other).any(|(one, other)| *one && *other);
        let rivals: BTreeMap<Class, Vec<Class>> = helpers
            .iter()
            .map(|(class, mine)| {
                let rivals = helpers
                    .iter()
                    .filter(|(other, theirs)| *other == class || share(mine, theirs));
                (*class, rivals.map(|(other, _)| *other).collect())
            })
            .collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut before: BTreeMap<Class, usize> = BTreeMap::new();
        let mut standing = vec![(0, 0); self.tickets()];
        for (_, ticket, class) in line {
            let ahead = rivals
                .get(&class)
                .into_iter()
                .flatten()
                .filter_map(|rival| before.get(rival))
                .sum();
            let helpers = helpers
                .get(&class)
                .map_or(0, |mine| mine.iter().filter(|may| **may).count());
            if let Some(place) = usize::try_from(ticket).ok().and_then(|at| standing.get_mut(at)) {
                *place = (count(ahead), count(helpers));
            }
            *before.entry(class).or_default() += 1;
        }
        Standing(standing)
    }
}
