//! An agent's day: breaks with their reasons, and today's figures.

use crate::{BreakId, DispositionId};

/// A reason to be away, as the business's document names it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Break {
    /// Its id.
    pub id: BreakId,
    /// Its name for people.
    pub name: String,
}

/// The breaks of a business that names none.
pub fn usual_breaks() -> Vec<Break> {
    let named = [
        ("lunch", "Lunch"),
        ("training", "Training"),
        ("paperwork", "Paperwork"),
    ];
    let named = named.into_iter().filter_map(|(id, name)| {
        Some(Break {
            id: BreakId::parse(id).ok()?,
            name: name.into(),
        })
    });
    named.collect()
}

/// Breaks that nobody chooses: they follow from what happened. A document can't have their ids.
pub const IMPLIED_BREAKS: [(&str, &str); 4] = [
    ("busy", "Busy"),
    ("other", "Something else"),
    ("missed", "Missed a call"),
    ("silent", "Not connected"),
];

/// What may come of a call, as the business's document names it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its id.
    pub id: DispositionId,
    /// Its name for people.
    pub name: String,
    /// True when the order it is about has to be written down.
    #[cfg_attr(feature = "serde", serde(default))]
    pub needs_order: bool,
}

/// The outcomes of a business that names none.
pub fn usual_outcomes() -> Vec<Outcome> {
    let named = [
        ("purchase", "Purchase"),
        ("complaint", "Complaint"),
        ("other", "Other"),
    ];
    let named = named.into_iter().filter_map(|(id, name)| {
        Some(Outcome {
            id: DispositionId::parse(id).ok()?,
            name: name.into(),
            needs_order: false,
        })
    });
    named.collect()
}

/// What an agent did today, in the business's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Today {
    /// Calls in which the two talked.
    pub calls: u32,
    /// Seconds talked.
    pub talked_s: i64,
    /// Seconds of the mean wrap-up; absent before the first.
    pub wrap_up_s: Option<i64>,
    /// Calls that rang and were not taken.
    pub missed: u32,
    /// Calls that were refused with a reason.
    pub refused: u32,
}
