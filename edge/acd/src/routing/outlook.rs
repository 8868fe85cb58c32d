//! All waits at once: of those in line, and of somebody who would ask now.

use crate::routing::layout::{AgentIx, Ticket, tier_of};
use crate::routing::learned::{Learned, float};
use crate::routing::range::Estimate;
use crate::routing::router::{Doing, Router};
use crate::routing::sums::{Moment, Sums};

/// Waits as they look now.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// Of somebody who asks for a skill now; `None` where it is unknown.
    pub skills: Vec<Option<Estimate>>,
    /// Of somebody who asks for anybody.
    pub anyone: Option<Estimate>,
    /// Of somebody who asks for this agent and nobody else.
    pub agents: Vec<Option<Estimate>>,
    /// Of those in line, by ticket.
    pub tickets: Vec<Option<Estimate>>,
}

/// All waits of one forecast, while it is played.
#[derive(Default)]
pub(crate) struct Everything {
    skills: Vec<Sums>,
    anyone: Sums,
    agents: Vec<Sums>,
    tickets: Vec<Sums>,
    /// Not yet answered in this play: skills, anyone.
    open_skills: Vec<bool>,
    open_anyone: bool,
    /// Room to work: by skill, the pace of those who have it.
    paces: Vec<f64>,
}

impl Everything {
    /// Nothing played yet.
    pub(crate) fn new(router: &Router) -> Self {
        Self {
            skills: vec![Sums::default(); router.skills()],
            agents: vec![Sums::default(); router.desks.len()],
            tickets: vec![Sums::default(); router.tickets()],
            ..Self::default()
        }
    }

    /// The next play.
    pub(crate) fn begin(&mut self) {
        self.open_skills.clear();
        self.open_skills.resize(self.skills.len(), true);
        self.open_anyone = true;
    }

    /// True when more plays would hardly change the wait of those who would ask now.
    pub(crate) fn is_sure(&self, plays: u32) -> bool {
        self.skills
            .iter()
            .chain([&self.anyone])
            .all(|sums| sums.plays <= 0.0 || sums.is_sure(plays))
    }

    /// Somebody in line is taken.
    pub(crate) fn taken(&mut self, ticket: Ticket, at: Moment) {
        let sums = usize::try_from(ticket)
            .ok()
            .and_then(|place| self.tickets.get_mut(place));
        if let Some(sums) = sums {
            sums.add(at);
        }
    }

    /// Nobody is in line any more: whoever asked last waits for the first of those who could help, an expectation that
    /// needs no play.
    pub(crate) fn nobody_left(
        &mut self,
        router: &Router,
        workers: impl Iterator<Item = (AgentIx, f64)>,
        pace: f64,
        at: Moment,
    ) {
        let after = |rate: f64| Moment {
            time: at.time + 1.0 / rate,
            variance: at.variance + 1.0 / (rate * rate),
        };
        self.paces.clear();
        self.paces.resize(self.skills.len(), 0.0);
        for (agent, rate) in workers {
            let (Some(desk), Ok(own)) = (router.desk(agent), usize::try_from(agent)) else {
                continue;
            };
            for (skill, level) in &desk.skills {
                if let (true, Some(pace)) = (
                    may(router, *level, after(rate)),
                    self.paces.get_mut(usize::from(*skill)),
                ) {
                    *pace += rate;
                }
            }
            if let Some(sums) = self.agents.get_mut(own) {
                sums.add(after(rate));
            }
        }
        let skills = self.skills.iter_mut().zip(&mut self.open_skills).zip(&self.paces);
        for ((sums, open), pace) in skills.filter(|(_, pace)| **pace > 0.0) {
            if std::mem::take(open) {
                sums.add(after(*pace));
            }
        }
        if pace > 0.0 && std::mem::take(&mut self.open_anyone) {
            self.anyone.add(after(pace));
        }
    }

    /// The agent found nobody left: whoever asked last would be next.
    pub(crate) fn would_be_taken(&mut self, router: &Router, agent: AgentIx, at: Moment) {
        let Some(desk) = router.desk(agent) else { return };
        for (skill, level) in &desk.skills {
            let skill = usize::from(*skill);
            if let (true, Some(open), Some(sums)) = (
                may(router, *level, at),
                self.open_skills.get_mut(skill),
                self.skills.get_mut(skill),
            ) && std::mem::take(open)
            {
                sums.add(at);
            }
        }
        if std::mem::take(&mut self.open_anyone) {
            self.anyone.add(at);
        }
        let own = usize::try_from(agent)
            .ok()
            .and_then(|place| self.agents.get_mut(place));
        if let Some(sums) = own {
            sums.add(at);
        }
    }

    /// The estimates.
    pub(crate) fn outlook(&self, router: &Router, learned: &Learned) -> Outlook {
        let one = |sums: &Sums| sums.estimate().map(|played| learned.corrected(&played));
        let of = |sums: &[Sums]| sums.iter().map(one).collect();
        let mut outlook = Outlook {
            skills: of(&self.skills),
            anyone: one(&self.anyone),
            agents: of(&self.agents),
            tickets: of(&self.tickets),
        };
        outlook.nobody_waits_for_the_idle(router);
        outlook
    }
}

/// True when an agent of this level may take, at that moment of the play, somebody who asked at its beginning.
fn may(router: &Router, level: u8, at: Moment) -> bool {
    let waits = tier_of(&router.tiers, level)
        .checked_sub(1)
        .and_then(|tier| router.tiers.get(tier));
    waits.is_none_or(|tier| float(tier.after) <= at.time)
}

impl Outlook {
    fn nobody_waits_for_the_idle(&mut self, router: &Router) {
        let none = Some(Estimate::default());
        for (desk, agent) in router.desks.iter().zip(self.agents.iter_mut()) {
            if !matches!(desk.doing, Doing::Idle { .. }) {
                continue;
            }
            *agent = none;
            self.anyone = none;
            for (skill, level) in &desk.skills {
                if tier_of(&router.tiers, *level) == 0
                    && let Some(skill) = self.skills.get_mut(usize::from(*skill))
                {
                    *skill = none;
                }
            }
        }
    }
}
