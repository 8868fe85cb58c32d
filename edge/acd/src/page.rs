//! Which skills a page gets: the first rule that matches says so. Pure, and it can tell why.

mod check;

pub use check::check;

use shared::rule::{Explained, Named, PageFacts, Placement, Reads, Rule, Tried, When};
use std::collections::BTreeSet;
use wildmatch::WildMatchPattern;

/// `*` is any run of characters. The crate wants a sign for one character too; it gets one that no text has, because `?`
/// begins a query.
type Glob = WildMatchPattern<'*', '\0'>;

/// Where a page stands; `None` when no rule matches.
pub fn place(rules: &[Rule], page: &PageFacts) -> Option<Placement> {
    numbered(rules)
        .find(|(_, rule)| failed(&rule.when, page).is_none())
        .map(|(number, rule)| Placement {
            rule: number,
            skill: rule.skill.clone(),
            skills: rule.skills.clone(),
            expert: rule.expert.clone(),
        })
}

/// The same with every rule that was looked at, and why it did not match.
pub fn explain(rules: &[Rule], page: &PageFacts) -> Explained {
    let placement = place(rules, page);
    let last = placement.as_ref().map(|placement| placement.rule);
    let why: Vec<Tried> = numbered(rules)
        .take_while(|(number, _)| last.is_none_or(|last| *number <= last))
        .map(|(number, rule)| {
            let failed = failed(&rule.when, page);
            Tried {
                rule: number,
                name: rule.name.clone(),
                matched: failed.is_none(),
                failed: failed.map(Condition::field),
            }
        })
        .collect();
    let matched = why.last().filter(|tried| tried.matched);
    Explained {
        name: matched.map(|tried| tried.name.clone()),
        placement,
        why,
    }
}

/// What the rules look at beside the address's path; `None` when it is nothing.
pub fn reads(rules: &[Rule]) -> Option<Reads> {
    let names = |part: fn(&When) -> &Named| -> Vec<String> {
        let all: BTreeSet<&String> = rules.iter().flat_map(|rule| part(&rule.when).keys()).collect();
        all.into_iter().cloned().collect()
    };
    let reads = Reads {
        query: rules
            .iter()
            .any(|rule| rule.when.url.as_ref().is_some_and(|url| url.contains('?'))),
        meta: names(|when| &when.meta),
        product_type: rules.iter().any(|rule| rule.when.product_type.is_some()),
        data: names(|when| &when.data),
        cookies: names(|when| &when.cookie),
    };
    (reads != Reads::default()).then_some(reads)
}

fn numbered(rules: &[Rule]) -> impl Iterator<Item = (u32, &Rule)> {
    (1..).zip(rules)
}

/// A condition of a rule.
enum Condition<'a> {
    Url,
    Meta(&'a str),
    ProductType,
    Data(&'a str),
    Cookie(&'a str),
}

impl Condition<'_> {
    /// As the document calls it.
    fn field(self) -> String {
        match self {
            Self::Url => "url".into(),
            Self::Meta(name) => format!("meta.{name}"),
            Self::ProductType => "product_type".into(),
            Self::Data(name) => format!("data.{name}"),
            Self::Cookie(name) => format!("cookie.{name}"),
        }
    }
}

/// The first condition that does not hold.
fn failed<'a>(when: &'a When, page: &PageFacts) -> Option<Condition<'a>> {
    if when
        .url
        .as_ref()
        .is_some_and(|pattern| !address_matches(pattern, &page.url))
    {
        return Some(Condition::Url);
    }
    if let Some(name) = differs(&when.meta, &page.meta) {
        return Some(Condition::Meta(name));
    }
    if when
        .product_type
        .as_ref()
        .is_some_and(|pattern| !page.product_type.iter().any(|text| matches(pattern, text)))
    {
        return Some(Condition::ProductType);
    }
    if let Some(name) = differs(&when.data, &page.data) {
        return Some(Condition::Data(name));
    }
    differs(&when.cookie, &page.cookie).map(Condition::Cookie)
}

/// The first name whose text is not there or does not match.
fn differs<'a>(patterns: &'a Named, texts: &Named) -> Option<&'a str> {
    patterns
        .iter()
        .find(|(name, pattern)| !texts.get(*name).is_some_and(|text| matches(pattern, text)))
        .map(|(name, _)| name.as_str())
}

fn matches(pattern: &str, text: &str) -> bool {
    Glob::new_case_insensitive(pattern).matches(text)
}

/// Compares as much of the address as the pattern speaks of.
fn address_matches(pattern: &str, address: &str) -> bool {
    let address = upto(address, '#');
    let address = if pattern.contains('?') {
        address
    } else {
        upto(address, '?')
    };
    if pattern.starts_with('/') {
        let (_, path) = split(address);
        return Glob::new(pattern).matches(path);
    }
    let ((place, path), (at, pattern_path)) = (split(address), split(pattern));
    let whole = format!("{}{path}", place.to_ascii_lowercase());
    Glob::new(&format!("{}{pattern_path}", at.to_ascii_lowercase())).matches(&whole)
}

/// Scheme and host, and the rest from the first slash on.
fn split(address: &str) -> (&str, &str) {
    let from = address.find("://").map_or(0, |at| at + "://".len());
    let rest = address.get(from..).unwrap_or_default();
    let end = from + rest.find('/').unwrap_or(rest.len());
    address.split_at_checked(end).unwrap_or((address, ""))
}

fn upto(text: &str, sign: char) -> &str {
    text.split_once(sign).map_or(text, |(front, _)| front)
}
