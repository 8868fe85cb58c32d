//! Customers for whom the business itself vouches: what its server signs, and what an agent may rely on.

use crate::PhoneNumber;
use crate::limit::{MAX_FACT_CHARS, MAX_FACTS, MAX_ID_CHARS, MAX_TOKEN_CHARS};

/// What the business's server says of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Customer {
    /// Who it is, by the business's own name for them; absent when the customer keeps it to themselves.
    pub id: Option<String>,
    /// Their name, with the id.
    pub name: Option<String>,
    /// Their number.
    pub phone: Option<PhoneNumber>,
    /// What else the agent should know.
    pub facts: Vec<Fact>,
}

/// One thing that is known, in the business's words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// What it is about.
    pub name: String,
    /// What it is.
    pub value: String,
}

/// Stands among the names of facts for who the customer is. No fact has an empty name.
pub const WHO: &str = "";

impl Customer {
    /// Without what the customer keeps to themselves: facts by their names, and [`WHO`].
    #[must_use]
    pub fn without(mut self, withheld: &[String]) -> Self {
        if withheld.iter().any(|name| name == WHO) {
            (self.id, self.name) = (None, None);
        }
        self.facts.retain(|fact| !withheld.contains(&fact.name));
        self
    }

    /// Whether every part is within its bounds.
    pub fn is_bounded(&self) -> bool {
        let short = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
        self.id.as_deref().is_none_or(|id| short(id, MAX_ID_CHARS))
            && self
                .name
                .as_deref()
                .is_none_or(|name| short(name, MAX_FACT_CHARS))
            && self.facts.len() <= MAX_FACTS
            && self
                .facts
                .iter()
                .all(|fact| short(&fact.name, MAX_ID_CHARS) && short(&fact.value, MAX_FACT_CHARS))
    }
}

/// The signed word of the business's server, as the page hands it on. It is a secret of the customer's: `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Identity {
    /// The token: a JWT.
    #[cfg_attr(feature = "schema", schemars(length(max = MAX_TOKEN_CHARS)))]
    pub token: String,
    /// What of it the customer keeps to themselves: names of facts, and [`WHO`].
    #[cfg_attr(feature = "serde", serde(default))]
    pub withheld: Vec<String>,
}

impl core::fmt::Debug for Identity {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Identity without {:?}", self.withheld)
    }
}

impl Identity {
    /// Whether both parts are within their bounds.
    pub fn is_bounded(&self) -> bool {
        self.token.len() <= MAX_TOKEN_CHARS
            && self.withheld.len() <= MAX_FACTS + 1
            && self
                .withheld
                .iter()
                .all(|name| name.chars().count() <= MAX_ID_CHARS)
    }
}

/// Why a token is not believed; `Display` says it in words for the customer, who can go on without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproven {
    /// It is no token of ours: not signed with a live secret, not for this business, or without what it needs.
    Forged,
    /// Its time is over, or it claims more than an hour.
    Expired,
    /// A call was asked for with it before.
    Used,
    /// The secret that it was signed with is for something else.
    NotAllowed,
}

impl Unproven {
    /// The reason as a word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Forged => "forged",
            Self::Expired => "expired",
            Self::Used => "used",
            Self::NotAllowed => "not_allowed",
        }
    }
}

impl core::fmt::Display for Unproven {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Forged | Self::NotAllowed => {
                "We can't confirm who you are with this page. You can go on without that."
            }
            Self::Expired => {
                "Your sign-in with this page is too old to confirm who you are. Reload the page, or go on without."
            }
            Self::Used => {
                "Your sign-in with this page was used for a call already. Reload the page, or go on without."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_customer_keeps_is_not_there() {
        let fact = |name: &str| Fact {
            name: name.into(),
            value: "x".into(),
        };
        let ada = Customer {
            id: Some("4711".into()),
            name: Some("Ada".into()),
            phone: None,
            facts: vec![fact("Tier"), fact("Orders")],
        };
        let left = ada.clone().without(&["Tier".into()]);
        assert_eq!(
            (left.id.as_deref(), left.facts),
            (Some("4711"), vec![fact("Orders")])
        );
        let left = ada.without(&[WHO.into()]);
        assert_eq!((left.id, left.name, left.facts.len()), (None, None, 2));
    }

    #[test]
    fn a_log_never_shows_a_token() {
        let identity = Identity {
            token: "secret".into(),
            withheld: vec![],
        };
        assert!(!format!("{identity:?}").contains("secret"));
    }
}
