//! A scenario as it is written, before anything is checked. Times are seconds.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// What is wrong with a scenario, with the field's name in front: `arrivals[0].rate: must be greater than 0`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong(String);

impl Wrong {
    /// This is wrong with that field.
    pub(crate) fn new(field: &str, what: impl fmt::Display) -> Self {
        Self(format!("{field}: {what}"))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wrong {}

/// Everything a run depends on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Where all chance begins.
    #[serde(default)]
    pub seed: u64,
    /// Seconds before anything is measured.
    #[serde(default)]
    pub warmup: f64,
    /// Seconds that are measured.
    pub length: f64,
    /// Equal parts of the measured time; the half widths come from how they differ.
    #[serde(default = "twenty")]
    pub batches: u32,
    /// How many may be in the system, waiting or talking. `None`: any number.
    #[serde(default)]
    pub trunks: Option<u32>,
    /// Seconds an agent's phone rings before each call.
    #[serde(default)]
    pub ring: f64,
    /// Seconds an agent is kept after each call.
    #[serde(default)]
    pub wrap_up: f64,
    /// Who calls.
    pub arrivals: Vec<Arrivals>,
    /// Who answers.
    pub agents: Vec<Group>,
    /// The engine's routing policy, by name.
    #[serde(default = "primary_first")]
    pub select: String,
    /// Waits of which the share is reported, in seconds.
    #[serde(default)]
    pub thresholds: Vec<f64>,
    /// Whether waits are forecast at all; `false` is faster.
    #[serde(default = "yes")]
    pub forecast: bool,
}

/// A stream of callers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrivals {
    /// The skill they ask for.
    pub skill: String,
    /// Arrivals per second.
    pub rate: f64,
    /// How the times between them are distributed; their mean is 1/rate.
    #[serde(default, deserialize_with = "name_or_shape")]
    pub interarrival: Shape,
    /// How long an agent of speed 1 needs.
    pub handle: Shape,
    /// How long they wait before they give up. `None`: for ever.
    #[serde(default)]
    pub patience: Option<Shape>,
    /// Lower goes first, as a skill's priority in the product.
    #[serde(default)]
    pub priority: u8,
    /// They were promised a call back within so many seconds.
    #[serde(default)]
    pub promise: Option<f64>,
    /// So many seconds before the promise is broken, they go first.
    #[serde(default)]
    pub slack: Option<f64>,
}

/// A distribution and its parameters.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Which one.
    pub dist: Kind,
    /// The mean, in seconds. Needed but between arrivals.
    #[serde(default)]
    pub mean: Option<f64>,
    /// The coefficient of variation, for `lognormal` and `hyperexponential`.
    #[serde(default)]
    pub cv: Option<f64>,
    /// The number of phases, for `erlang`.
    #[serde(default)]
    pub k: Option<u32>,
}

/// The distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Without memory.
    #[default]
    Exponential,
    /// Always the mean.
    Deterministic,
    /// The logarithm is normal.
    Lognormal,
    /// Two exponentials, each contributing half of the mean.
    Hyperexponential,
    /// A sum of `k` exponentials.
    Erlang,
}

/// Agents who are alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How many.
    pub count: u32,
    /// Handling times are divided by it.
    #[serde(default = "one")]
    pub speed: f64,
    /// Levels by skill; 1 is the best.
    pub skills: BTreeMap<String, u8>,
}

impl Scenario {
    /// Parses a scenario; says which field is not what it should be.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let json = &mut serde_json::Deserializer::from_str(text);
        let read: Self = serde_path_to_error::deserialize(&mut *json).map_err(|error| {
            let field = error.path().to_string();
            Wrong::new(if field == "." { "scenario" } else { &field }, error.inner())
        })?;
        json.end().map_err(|error| Wrong::new("scenario", error))?;
        Ok(read)
    }
}

/// `"exponential"`, or `{ "dist": "erlang", "k": 3 }`.
fn name_or_shape<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Shape, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = Shape;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a distribution, or an object with its parameters")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Shape, E> {
            let dist = Kind::deserialize(serde::de::value::StrDeserializer::new(name))?;
            Ok(Shape {
                dist,
                ..Shape::default()
            })
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Shape, A::Error> {
            Shape::deserialize(MapAccessDeserializer::new(map))
        }
    }
    deserializer.deserialize_any(Either)
}

fn twenty() -> u32 {
    20
}

fn yes() -> bool {
    true
}

fn one() -> f64 {
    1.0
}

fn primary_first() -> String {
    "primary-first".to_owned()
}
