//! Secrets that a business's server signs with, as far as they are told: what each is good for, and until when.

use crate::Millis;

/// Days after which a secret ends at the latest, where it is to end at all: a year, and the day that some have.
pub const MAX_SECRET_DAYS: u16 = 366;
const DAY_MS: i64 = 24 * 3600 * 1000;

crate::call::words! {
    /// What a secret may be used for.
    Scope {
        /// Having two numbers connected: `POST /v1/bridges`.
        Bridges = "bridges",
        /// Vouching for customers: tokens that pages hand on.
        Customers = "customers",
        /// Reading what was used: `GET /v1/businesses/{site}/usage`.
        Usage = "usage",
    }
}

/// What one secret may be used for: something at least, and each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// Everything there is.
    pub fn all() -> Self {
        Self(Scope::ALL.to_vec())
    }

    /// These, in the order of [`Scope::ALL`]; none where there are none.
    pub fn of(wanted: &[Scope]) -> Option<Self> {
        let scopes: Vec<Scope> = Scope::ALL
            .iter()
            .copied()
            .filter(|scope| wanted.contains(scope))
            .collect();
        (!scopes.is_empty()).then_some(Self(scopes))
    }

    /// Reads what [`Display`](core::fmt::Display) writes: words with a blank between.
    pub fn parse(text: &str) -> Option<Self> {
        let words: Option<Vec<Scope>> = text.split(' ').map(Scope::parse).collect();
        Self::of(&words?)
    }

    /// Whether this is among them.
    pub fn allow(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }

    /// Each.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }
}

impl Default for Scopes {
    fn default() -> Self {
        Self::all()
    }
}

impl core::fmt::Display for Scopes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (nth, scope) in self.iter().enumerate() {
            let blank = if nth > 0 { " " } else { "" };
            write!(f, "{blank}{scope}")?;
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Scopes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Scopes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wanted = <Vec<Scope> as serde::Deserialize>::deserialize(deserializer)?;
        Self::of(&wanted).ok_or_else(|| serde::de::Error::custom("must name one at least"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Scopes {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Scopes".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let scope = generator.subschema_for::<Scope>();
        schemars::json_schema!({ "type": "array", "items": scope, "minItems": 1 })
    }
}

/// In how many days a secret ends: 1 to [`MAX_SECRET_DAYS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretDays(u16);

impl SecretDays {
    /// So many days; none where they are not within the bounds.
    pub const fn of(days: u16) -> Option<Self> {
        if days >= 1 && days <= MAX_SECRET_DAYS {
            Some(Self(days))
        } else {
            None
        }
    }

    /// As a number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The end of what begins now.
    pub fn after(self, now: Millis) -> Millis {
        now.plus_ms(i64::from(self.0) * DAY_MS)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for SecretDays {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for SecretDays {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let days = <u16 as serde::Deserialize>::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format_args!("must be 1 to {MAX_SECRET_DAYS}"));
        Self::of(days).ok_or_else(wrong)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SecretDays {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SecretDays".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1, "maximum": MAX_SECRET_DAYS })
    }
}

/// `POST /v1/businesses/{site}/secrets`: what a new secret is to be. No body asks for one that is good for everything and has no end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SecretWish {
    /// What it may be used for; everything, unless it says so.
    pub scopes: Scopes,
    /// In how many days it ends; never, unless it says so.
    pub expires_in_days: Option<SecretDays>,
}

/// A secret (`GET /v1/businesses/{site}/secrets`): one that is live, or ended lately.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ServerSecret {
    /// Its name.
    pub id: String,
    /// When it was made.
    pub created_at: Millis,
    /// When something was last signed with it.
    pub last_used_at: Option<Millis>,
    /// What it may be used for.
    pub scopes: Scopes,
    /// From when on it is unknown.
    pub expires_at: Option<Millis>,
}

impl ServerSecret {
    /// Whether its time is over.
    pub fn has_ended(&self, now: Millis) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// A new secret, shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSecret {
    /// Its name.
    pub id: String,
    /// Itself.
    pub secret: String,
    /// When it was made.
    pub created_at: Millis,
}

/// A new secret for the business's server, shown this once.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewServerSecret {
    /// Its name.
    pub id: String,
    /// Itself.
    pub secret: String,
    /// When it was made.
    pub created_at: Millis,
    /// What it may be used for.
    pub scopes: Scopes,
    /// From when on it is unknown.
    pub expires_at: Option<Millis>,
}

/// How often something was refused on a day (`GET /v1/businesses/{site}/refusals`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refused {
    /// The day's begin, UTC.
    pub day: Millis,
    /// Why.
    pub reason: String,
    /// How often.
    pub count: i64,
    /// The latest time.
    pub last_at: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_something_each_once_and_read_as_they_are_written() {
        assert_eq!(Scopes::of(&[]), None);
        let two = Scopes::of(&[Scope::Usage, Scope::Bridges, Scope::Usage]).unwrap();
        assert_eq!(two.to_string(), "bridges usage");
        assert!(two.allow(Scope::Usage) && !two.allow(Scope::Customers));
        for scopes in [two, Scopes::all()] {
            assert_eq!(Scopes::parse(&scopes.to_string()), Some(scopes));
        }
        for wrong in ["", " ", "bridges  usage", "bridges,usage", "everything"] {
            assert_eq!(Scopes::parse(wrong), None, "{wrong}");
        }
    }

    /// What a database of before scopes is given by its migration: everything there was, and nothing that comes later.
    #[test]
    fn what_earlier_secrets_may_is_written_out() {
        assert_eq!(Scopes::parse("bridges customers usage"), Some(Scopes::all()));
    }

    #[test]
    fn a_secret_ends_after_its_days_and_not_before() {
        assert_eq!((SecretDays::of(0), SecretDays::of(367)), (None, None));
        let made = Millis(1_795_000_000_000);
        let end = SecretDays::of(1).unwrap().after(made);
        assert_eq!(end, made.plus_s(86_400));
        let mut secret = ServerSecret {
            id: "key_1".into(),
            created_at: made,
            last_used_at: None,
            scopes: Scopes::all(),
            expires_at: Some(end),
        };
        assert!(!secret.has_ended(end.plus_ms(-1)) && secret.has_ended(end));
        secret.expires_at = None;
        assert!(!secret.has_ended(Millis(i64::MAX)));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_wish_is_read_at_the_border() {
        let read = |json: &str| serde_json::from_str::<SecretWish>(json);
        assert_eq!(read("{}").unwrap(), SecretWish::default());
        let wish = read(r#"{"scopes": ["usage"], "expires_in_days": 366}"#).unwrap();
        assert_eq!(wish.scopes, Scopes::of(&[Scope::Usage]).unwrap());
        assert_eq!(wish.expires_in_days, SecretDays::of(366));
        for wrong in [
            r#"{"scopes": []}"#,
            r#"{"scopes": ["all"]}"#,
            r#"{"expires_in_days": 0}"#,
            r#"{"expires_in_days": 367}"#,
            r#"{"expires_at": 1}"#,
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
