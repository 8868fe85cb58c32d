//! Which skills a page gets: the rules of a business's document, what a page tells of itself, and what comes of both.
//!
//! Patterns are texts in which `*` stands for any run of characters, also none; there is no other sign. The path and query
//! of an address mind case, as servers do; its scheme and host, and every other text, do not.

use crate::look::ButtonLook;
use crate::presence::SiteView;
use crate::{AgentId, SkillId};
use std::collections::BTreeMap;

/// Texts by name.
pub type Named = BTreeMap<String, String>;

/// Places a page. The first rule of the document that matches counts; those after it are not looked at.
///
/// A rule has no priority: whatever a page tells, a shopper could tell too. The priority is the skill's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its name for whoever runs the business; pages never see it.
    pub name: String,
    /// What must be so. Everything named must match; a rule that names nothing matches every page.
    #[cfg_attr(feature = "serde", serde(default))]
    pub when: When,
    /// The skill that is chosen beforehand.
    #[cfg_attr(feature = "serde", serde(default))]
    pub skill: Option<SkillId>,
    /// The skills offered, in this order; absent means all, in the business's order.
    #[cfg_attr(feature = "serde", serde(default))]
    pub skills: Option<Vec<SkillId>>,
    /// The expert of the page.
    #[cfg_attr(feature = "serde", serde(default))]
    pub expert: Option<AgentId>,
}

/// The conditions of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct When {
    /// The address: a path (`/cruises/*`), or with scheme and host (`https://shop.example/cruises/*`). The query counts
    /// only for a pattern that has a `?`; a fragment never does.
    pub url: Option<String>,
    /// Contents of `<meta name=…>` or `<meta property=…>`, by that name.
    pub meta: Named,
    /// A type or category that the page's JSON-LD names; one that matches is enough.
    pub product_type: Option<String>,
    /// Values of `data-…` attributes of the script tag, `<body>` or `<html>`, by the name after `data-`.
    pub data: Named,
    /// Values of cookies, by name; the name must be among the business's `cookies`.
    pub cookie: Named,
}

/// What a page tells of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageFacts {
    /// Its address, as the browser writes it.
    pub url: String,
    /// Its meta tags.
    pub meta: Named,
    /// The types and categories that its JSON-LD names.
    pub product_type: Vec<String>,
    /// Its `data-…` attributes.
    pub data: Named,
    /// The shopper's cookies, as far as the business names them.
    pub cookie: Named,
}

/// Where a page stands: what the rule that matched says. The rule goes by its number, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Placement {
    /// The number of the rule.
    pub rule: u32,
    /// The skill that is chosen beforehand.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub skill: Option<SkillId>,
    /// The skills offered, in this order; absent means all.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub skills: Option<Vec<SkillId>>,
    /// The expert of the page.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub expert: Option<AgentId>,
}

/// What a business's rules look at beside the address's path, so that a page tells nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reads {
    /// Whether they look at the address's query.
    pub query: bool,
    /// Names of meta tags.
    pub meta: Vec<String>,
    /// Whether they look at types and categories in JSON-LD.
    pub product_type: bool,
    /// Names of `data-…` attributes, without `data-`.
    pub data: Vec<String>,
    /// Names of cookies.
    pub cookies: Vec<String>,
}

/// `GET /v1/sites/{site}`: the business as the shoppers of one page see it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageView<'a> {
    /// Presence.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub site: &'a SiteView,
    /// Where the page stands; absent when no rule matches, or when no page was named.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub placement: Option<Placement>,
    /// What else the rules look at; absent when it is nothing.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub reads: Option<Reads>,
    /// How the button looks; absent when it is as we made it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub look: Option<ButtonLook>,
}

/// `POST /v1/businesses/{site}/placement`: a page that need not exist, and rules that need not be saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DryRun {
    /// As in [`PageFacts`].
    pub url: String,
    /// As in [`PageFacts`].
    pub meta: Named,
    /// As in [`PageFacts`].
    pub product_type: Vec<String>,
    /// As in [`PageFacts`].
    pub data: Named,
    /// As in [`PageFacts`].
    pub cookie: Named,
    /// The rules to try instead of the business's.
    pub rules: Option<Vec<Rule>>,
    /// The cookies' names to go with them.
    pub cookies: Option<Vec<String>>,
}

impl DryRun {
    /// The page alone.
    pub fn page(&self) -> PageFacts {
        PageFacts {
            url: self.url.clone(),
            meta: self.meta.clone(),
            product_type: self.product_type.clone(),
            data: self.data.clone(),
            cookie: self.cookie.clone(),
        }
    }
}

/// What a dry run answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explained {
    /// Where the page would stand; absent when no rule matches.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub placement: Option<Placement>,
    /// The name of the rule that matched.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub name: Option<String>,
    /// Every rule that was looked at, in order; the last one is the one that matched, if any did.
    pub why: Vec<Tried>,
}

/// A rule that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tried {
    /// Its number, counted from 1.
    pub rule: u32,
    /// Its name.
    pub name: String,
    /// Whether it matched.
    pub matched: bool,
    /// The first condition that did not hold, as its field is called: `url`, `cookie.tier`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub failed: Option<String>,
}
