//! What was learned, as rows: by skill, by agent, and of the ranges.

use crate::config::Config;
use crate::engine::Acd;
use crate::routing::{AgentEvidence, AgentIx, Learned, Reliability, SkillEvidence, SkillIx};
use serde::{Deserialize, Serialize};
use shared::{AgentId, SkillId};
use std::collections::BTreeMap;

/// One row of what was learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Of a skill; of requests for anybody, without one.
    Skill(Option<SkillId>, SkillEvidence),
    /// Of an agent's pace.
    Agent(AgentId, AgentEvidence),
    /// Of how right the ranges were.
    Reliability(Reliability),
}

/// What is to be written of what was learned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lesson {
    Skill(Option<SkillIx>),
    Agent(AgentIx),
    Reliability,
}

impl Evidence {
    /// The row's key.
    pub fn key(&self) -> String {
        match self {
            Self::Skill(None, _) => "skill:".into(),
            Self::Skill(Some(id), _) => format!("skill:{id}"),
            Self::Agent(id, _) => format!("agent:{id}"),
            Self::Reliability(_) => "reliability".into(),
        }
    }
}

/// What the rows say about the skills and agents that the business has.
pub(crate) fn learned(config: &Config, rows: Vec<Evidence>) -> Learned {
    let (mut skills, mut agents, mut reliability) =
        (BTreeMap::new(), BTreeMap::new(), Reliability::default());
    for row in rows {
        match row {
            Evidence::Skill(id, evidence) => drop(skills.insert(id, evidence)),
            Evidence::Agent(id, evidence) => drop(agents.insert(id, evidence)),
            Evidence::Reliability(found) => reliability = found,
        }
    }
    let business = &config.business;
    let ids = business
        .skills
        .iter()
        .map(|skill| Some(skill.id.clone()))
        .chain([None]);
    let of_skills: Vec<SkillEvidence> = ids.map(|id| skills.remove(&id).unwrap_or_default()).collect();
    let of_agents = business
        .agents
        .iter()
        .map(|agent| agents.remove(&agent.id).unwrap_or_default());
    Learned::restore(of_skills, of_agents, reliability)
}

impl Acd {
    /// Everything that was learned, as rows.
    pub(crate) fn evidence(&self) -> Vec<Evidence> {
        let skills = (0..self.config.skill_count()).map(|ix| Lesson::Skill(Some(ix)));
        let agents = (0..self.config.agent_count()).map(Lesson::Agent);
        skills
            .chain([Lesson::Skill(None), Lesson::Reliability])
            .chain(agents)
            .filter_map(|lesson| self.row_of(&lesson))
            .collect()
    }

    /// One row of it.
    pub(crate) fn row_of(&self, lesson: &Lesson) -> Option<Evidence> {
        let business = &self.config.business;
        Some(match lesson {
            Lesson::Skill(ix) => {
                let id = match ix {
                    Some(ix) => Some(business.skills.get(usize::from(*ix))?.id.clone()),
                    None => None,
                };
                Evidence::Skill(id, self.learned.skill(*ix)?.clone())
            }
            Lesson::Agent(ix) => {
                let agent = business.agents.get(usize::try_from(*ix).ok()?)?;
                Evidence::Agent(agent.id.clone(), *self.learned.agent(*ix)?)
            }
            Lesson::Reliability => Evidence::Reliability(self.learned.reliability()),
        })
    }
}
