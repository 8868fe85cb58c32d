//! Opening hours as a business's document writes them.

/// Open from one minute of the day to another, on some days of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hours {
    /// Days of the week, 1 = Monday to 7 = Sunday.
    pub days: Vec<u8>,
    /// `HH:MM`, inclusive.
    pub from: String,
    /// `HH:MM`, exclusive; `24:00` is the end of the day.
    pub to: String,
}

/// A day on which other hours hold: a holiday, a long Thursday before Christmas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exception {
    /// `2026-12-25`, or `12-25` for every year.
    pub date: String,
    /// The last day, where it is more than one; written as `date` is.
    #[cfg_attr(feature = "serde", serde(default))]
    pub until: Option<String>,
    /// What people call it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub name: String,
    /// When it is open on that day; empty means closed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub open: Vec<Span>,
}

/// A part of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// `HH:MM`, inclusive.
    pub from: String,
    /// `HH:MM`, exclusive; `24:00` is the end of the day.
    pub to: String,
}
