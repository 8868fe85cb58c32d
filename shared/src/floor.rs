//! What a supervisor sees: the lines, who waits in them, and how true the announced waits were. Part of [`crate::desk::DeskView`].

use crate::call::RequestState;
use crate::presence::WaitRange;
use crate::{Millis, RequestId, SkillId};

/// The whole floor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Floor {
    /// Each skill's line.
    pub queues: Vec<Queue>,
    /// Requests that nobody has, in order of their place: [`crate::limit::MAX_FLOOR`] at the most.
    pub requests: Vec<InLine>,
    /// How many more there are.
    pub more: u32,
}

/// One skill's line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Queue {
    /// The skill.
    pub skill: SkillId,
    /// Its name.
    pub name: String,
    /// Requests that wait for it now.
    pub waiting: u32,
    /// Since when the first of them waits.
    pub oldest: Option<Millis>,
    /// The wait that is announced now.
    pub wait: Option<WaitRange>,
    /// Of the last hour's calls for which a wait had been announced: the mean of what was announced, in seconds.
    pub predicted_s: Option<i64>,
    /// The mean of what came true.
    pub actual_s: Option<i64>,
}

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InLine {
    /// The request.
    pub id: RequestId,
    /// Where it stands.
    pub state: RequestState,
    /// The skill asked for, by name.
    pub skill_name: Option<String>,
    /// The customer's number, masked.
    pub phone: String,
    /// Its place in line.
    pub queued_at: Millis,
    /// When it is to be called, where that is later.
    pub due: Option<Millis>,
    /// When its wait should be over at the latest, as it was told.
    pub told_until: Option<Millis>,
    /// Whom it prefers, by name.
    pub expert_name: Option<String>,
    /// Times that it was handed on, given back or refused.
    pub handed: u32,
}
