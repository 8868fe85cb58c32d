//! A company's own sign-in (OpenID Connect), as the document has it. The client's secret is kept elsewhere.

use crate::member::Role;

/// Characters of a client's id.
pub const MAX_CLIENT_ID_CHARS: usize = 200;
/// Characters of what is asked for besides.
pub const MAX_SCOPE_CHARS: usize = 200;
/// Groups that make members.
pub const MAX_GROUPS: usize = 50;
/// Characters of a group's name.
pub const MAX_GROUP_CHARS: usize = 200;

/// Single sign-on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOn {
    /// Who vouches for people: `https://login.shop.example`.
    pub issuer: String,
    /// What the issuer calls this business's Ringback.
    pub client_id: String,
    /// What is asked for beside `openid email profile`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub scope: Option<String>,
    /// No other way in for members.
    #[cfg_attr(feature = "serde", serde(default))]
    pub only: bool,
    /// Groups whose people become members when they come for the first time.
    #[cfg_attr(feature = "serde", serde(default))]
    pub groups: Vec<GroupRole>,
}

/// What the people of a group become.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupRole {
    /// The group, as the issuer's claim `groups` names it.
    pub group: String,
    /// What they become; not an owner.
    pub role: Role,
}

/// `GET /v1/businesses/{site}/sign_on`: how the company's own sign-in stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignOnStatus {
    /// What the provider has to send browsers back to.
    pub redirect_uri: String,
    /// Whether there is a secret for this issuer and client.
    pub has_secret: bool,
}

/// `PUT /v1/businesses/{site}/sign_on/secret`. Nobody ever reads it back.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClientSecret {
    /// 8 to 500 visible characters.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[!-~]{8,500}$")))]
    pub secret: String,
}

impl core::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("ClientSecret")
    }
}
