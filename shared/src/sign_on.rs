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
pub struct GroupRole {
    /// The group, as the issuer's claim `groups` names it.
    pub group: String,
    /// What they become; not an owner.
    pub role: Role,
}
