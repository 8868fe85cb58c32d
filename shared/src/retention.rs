//! How long a business keeps what.

/// Days that each kind of thing is kept; what is older is erased by itself, within a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Retention {
    /// Requests from their end on: number, note, pages, waits, what agents did with them and wrote about them.
    pub requests_days: u32,
    /// Legs from their end on: number, equipment, seconds.
    pub usage_days: u32,
    /// Origins of pages on which the script tag was seen, from the latest time on.
    pub sightings_days: u32,
    /// Messages to the business's endpoints, and what came of them.
    pub webhooks_days: u32,
}

impl Retention {
    /// Each with its name.
    pub const fn all(&self) -> [(&'static str, u32); 4] {
        [
            ("requests_days", self.requests_days),
            ("usage_days", self.usage_days),
            ("sightings_days", self.sightings_days),
            ("webhooks_days", self.webhooks_days),
        ]
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            requests_days: 365,
            usage_days: 365,
            sightings_days: 90,
            webhooks_days: 30,
        }
    }
}
