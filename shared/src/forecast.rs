//! Waits as they were announced, beside what came true (`GET /v1/businesses/{site}/forecast`).

use crate::{Millis, RequestId, SkillId};

/// Announced and actual waits of the latest calls.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Forecast {
    /// By skill.
    pub skills: Vec<SkillWaits>,
    /// Call by call, the latest first.
    pub calls: Vec<CallWait>,
}

/// One skill's waits.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SkillWaits {
    /// The skill; absent for requests for anybody.
    pub skill: Option<SkillId>,
    /// Calls of the period.
    pub calls: i64,
    /// Of these, calls that waited although a wait had been announced.
    pub compared: i64,
    /// Mean wait announced, in milliseconds.
    pub predicted_ms: Option<f64>,
    /// Mean wait.
    pub actual_ms: Option<f64>,
    /// Root mean square error of the announced mean, in milliseconds.
    pub error_ms: Option<f64>,
    /// Share of waits inside the announced range; meant to be 0.8.
    pub coverage: Option<f64>,
}

/// One call's wait.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallWait {
    /// The request.
    pub id: RequestId,
    /// The skill asked for.
    pub skill: Option<SkillId>,
    /// Its place in line.
    pub queued_at: Millis,
    /// The range's lower end as announced at first, in milliseconds.
    pub predicted_low_ms: Option<i64>,
    /// Its mean.
    pub predicted_ms: Option<i64>,
    /// Its upper end.
    pub predicted_high_ms: Option<i64>,
    /// The wait as it came.
    pub actual_ms: i64,
    /// What was announced on the way: the first wait, and each that was longer than the one before, with its reason.
    #[cfg_attr(feature = "serde", serde(default))]
    pub told: Vec<Told>,
}

/// One announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Told {
    /// When.
    pub at: Millis,
    /// The range's lower end, in milliseconds.
    pub low_ms: i64,
    /// Its mean.
    pub mean_ms: i64,
    /// Its upper end.
    pub high_ms: i64,
    /// How many were ahead in line.
    pub ahead: i64,
    /// How many could help.
    pub helpers: i64,
    /// Why it was longer than the one before.
    pub change: Option<String>,
}
