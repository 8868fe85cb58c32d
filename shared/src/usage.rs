//! What a business used (`GET /v1/businesses/{site}/usage`): each leg that has ended, once.

use crate::call::Party;
use crate::{EquipmentId, LegId, Millis, RequestId};
use std::collections::BTreeMap;

/// What was used in a time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Usage {
    /// From here on.
    pub from: Millis,
    /// Up to here.
    pub to: Millis,
    /// True when there is more than one report tells: ask for a shorter time.
    pub cut: bool,
    /// All together.
    pub total: Sum,
    /// By equipment.
    pub equipment: BTreeMap<EquipmentId, Sum>,
    /// Leg by leg, those that ended first.
    pub legs: Vec<LegUsage>,
}

/// Several legs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sum {
    /// How many.
    pub legs: i64,
    /// Of these, those that were answered.
    pub answered: i64,
    /// Begun seconds of all.
    pub seconds: i64,
}

/// One leg.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LegUsage {
    /// Which.
    pub leg: LegId,
    /// Of which request.
    pub request: RequestId,
    /// Whose.
    pub party: Party,
    /// What carried it.
    pub equipment: EquipmentId,
    /// Its number, masked.
    pub number: String,
    /// When it was answered, if it was.
    pub answered_at: Option<Millis>,
    /// When it was over.
    pub ended_at: Millis,
    /// How it ended.
    pub ended: String,
    /// Begun seconds from the answer to the end.
    pub seconds: i64,
}
