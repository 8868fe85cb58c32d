//! Which skills somebody has, and how well.

use crate::SkillId;

/// Skills with their levels, 1 being primary. Reads `["a", "b"]` (all primary) and `{"a": 1, "b": 2}`; writes the latter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels(Vec<(SkillId, u8)>);

impl Levels {
    /// These skills with these levels.
    pub fn new(levels: impl IntoIterator<Item = (SkillId, u8)>) -> Self {
        Self(levels.into_iter().collect())
    }

    /// The level of a skill; `None` for one that is not there.
    pub fn level(&self, skill: &SkillId) -> Option<u8> {
        self.0
            .iter()
            .find_map(|(id, level)| (id == skill).then_some(*level))
    }

    /// Skills and levels, as written.
    pub fn iter(&self) -> impl Iterator<Item = (&SkillId, u8)> {
        self.0.iter().map(|(id, level)| (id, *level))
    }

    /// The skills alone.
    pub fn ids(&self) -> Vec<SkillId> {
        self.0.iter().map(|(id, _)| id.clone()).collect()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Levels {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, level)| (id, level)))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Levels {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Levels".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let id = generator.subschema_for::<SkillId>();
        let levels = schemars::json_schema!({
            "type": "object",
            "propertyNames": id,
            "additionalProperties": { "type": "integer", "minimum": 0, "maximum": 255 },
        });
        if generator.contract().is_serialize() {
            return levels;
        }
        schemars::json_schema!({ "anyOf": [{ "type": "array", "items": id }, levels] })
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Levels {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> serde::de::Visitor<'de> for Either {
            type Value = Levels;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a list of skills, or levels by skill")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(id) = list.next_element()? {
                    levels.push((id, 1));
                }
                Ok(Levels(levels))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    levels.push(entry);
                }
                Ok(Levels(levels))
            }
        }

        deserializer.deserialize_any(Either)
    }
}
