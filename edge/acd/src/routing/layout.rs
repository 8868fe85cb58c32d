//! The words of the router: skills, agents, levels, and what a request wants.

use crate::routing::line::Key;

/// The number of an agent in the [`Layout`].
pub type AgentIx = u32;
/// The number of a skill in the [`Layout`].
pub type SkillIx = u16;
/// Somebody in line.
pub type Ticket = u32;

/// How the agent is chosen among those who are idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Select {
    /// Primary level first, then the longest idle.
    #[default]
    PrimaryFirst,
    /// The longest idle, whatever the level.
    FcfsLongestIdle,
}

impl Select {
    /// Reads the name of a policy.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "primary-first" => Some(Self::PrimaryFirst),
            "fcfs-longest-idle" => Some(Self::FcfsLongestIdle),
            _ => None,
        }
    }
}

/// Levels that may take a request only after it has waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tier {
    /// The first level of the tier.
    pub level: u8,
    /// Ticks of waiting after which it may take a request.
    pub after: i64,
}

/// Skills and agents.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Number of skills.
    pub skills: u16,
    /// Each agent's skills with their levels.
    pub agents: Vec<Vec<(SkillIx, u8)>>,
    /// How agents are chosen.
    pub select: Select,
    /// Levels that have to wait, ascending; empty when every level may take everything at once.
    pub tiers: Vec<Tier>,
}

/// Whom a request may go to at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Only to the agent it prefers.
    Expert,
    /// To agents with the skill up to this level.
    Skilled(u8),
    /// To any agent.
    Anyone,
}

/// What a request wants at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Want {
    /// The skill; without one anybody will do.
    pub skill: Option<SkillIx>,
    /// The agent it prefers, whatever that agent's skills.
    pub expert: Option<AgentIx>,
    /// Lower goes first, before place in line.
    pub rank: u8,
    /// Place in line: an instant.
    pub place: i64,
    /// Decides between equal places.
    pub tie: u64,
    /// Whom it may go to.
    pub reach: Reach,
}

impl Want {
    pub(crate) fn key(&self) -> Key {
        Key {
            rank: self.rank,
            place: self.place,
            tie: self.tie,
        }
    }
}

/// The tier of a level: 0 is not made to wait.
pub(crate) fn tier_of(tiers: &[Tier], level: u8) -> usize {
    tiers.partition_point(|tier| tier.level <= level)
}
