//! What a manager asks of a time that is over (`GET /v1/businesses/{site}/report`).

use crate::Millis;

/// Calls of one hour, skill, page or agent.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Which one: an instant, an hour of the day, an id, an address. Empty for requests that named none.
    pub key: String,
    /// Requests.
    pub asked: u32,
    /// Of these, those that led to a talk.
    pub talked: u32,
    /// Of these, those that were given up in line or on hold: by the customer, or because nobody came in time.
    pub abandoned: u32,
    /// Of these, those whose customer was not reached.
    pub not_reached: u32,
    /// Customers who were called. Their wait is from their place in line, or the time promised, to the first dial.
    pub called: u32,
    /// Of these, those who were called within the target.
    pub in_time: u32,
    /// Their mean wait, in seconds; absent without any.
    pub wait_s: Option<f64>,
    /// Nine of ten waited no longer than this, in seconds.
    pub wait_90_s: Option<f64>,
    /// Seconds talked in all.
    pub talk_s: u64,
}

/// A wait in line, as it was announced at first and as it came, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wait {
    /// The expected wait.
    pub announced_s: u32,
    /// It was to be rarely shorter.
    pub low_s: u32,
    /// It was to be rarely longer.
    pub high_s: u32,
    /// How long it was.
    pub waited_s: u32,
}

/// Everything about a time.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// From here on.
    pub from: Millis,
    /// Up to here.
    pub to: Millis,
    /// The wait that counts as in time, in seconds.
    pub target_s: u32,
    /// True when there were more requests than one report looks at: the latest are missing.
    pub cut: bool,
    /// All together.
    pub total: Line,
    /// Hour by hour, those with requests; keys are instants.
    pub hours: Vec<Line>,
    /// By the hour of the day in the business's zone; keys are 0 to 23, all of them.
    pub day: Vec<Line>,
    /// Day by day in the business's zone, all of them; keys are dates such as `2026-11-21`.
    #[cfg_attr(feature = "serde", serde(default))]
    pub days: Vec<Line>,
    /// Waits that were announced and came to an end, the latest 300.
    #[cfg_attr(feature = "serde", serde(default))]
    pub waits: Vec<Wait>,
    /// By skill.
    pub skills: Vec<Line>,
    /// By the page that the request came from, without its query; those with the most requests.
    pub pages: Vec<Line>,
    /// By the agent who had the call last.
    pub agents: Vec<Line>,
}

/// Where the script tag has been seen (`GET /v1/businesses/{site}/seen`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seen {
    /// The origin of the page.
    pub origin: String,
    /// For the first time.
    pub first_at: Millis,
    /// The latest time, to the minute.
    pub last_at: Millis,
    /// Whether it is one of the business's.
    pub allowed: bool,
}
