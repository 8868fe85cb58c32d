//! The rules of a document, checked with the rest of it.

use shared::business::Business;
use shared::limit::{MAX_ID_CHARS, MAX_NAME_CHARS, MAX_PATTERN_CHARS, MAX_READS, MAX_RULES, MAX_SKILLS};
use shared::rule::{Named, Rule, When};
use shared::{AgentId, SkillId};
use std::collections::BTreeSet;

const NOT_A_SKILL: &str = "is not among the skills";
const PATTERN: &str = "must be 1 to 200 characters, none of them a control character";

/// Tells every fault in a document's rules, and in the names of its cookies, with its path.
pub fn check(business: &Business, fault: &mut impl FnMut(String, &str)) {
    if business.rules.len() > MAX_RULES {
        fault("rules".into(), "must be 100 rules at the most");
    }
    if business.cookies.len() > MAX_READS {
        fault("cookies".into(), "must be 20 names at the most");
    }
    for (at, name) in business.cookies.iter().enumerate() {
        // What may stand in a cookie's name (RFC 6265), which is more than elsewhere.
        let sign = |b: u8| b.is_ascii_graphic() && !br#"()<>@,;:\"/[]?={}"#.contains(&b);
        if name.is_empty() || name.len() > MAX_ID_CHARS || !name.bytes().all(sign) {
            fault(format!("cookies[{at}]"), "must be the name of a cookie");
        }
    }
    for (at, rule) in business.rules.iter().enumerate() {
        one(business, rule, &mut |field, message| {
            fault(format!("rules[{at}].{field}"), message);
        });
    }
    let mut many = |kind: &str, part: fn(&When) -> &Named| {
        let names = business.rules.iter().flat_map(|rule| part(&rule.when).keys());
        if names.collect::<BTreeSet<_>>().len() > MAX_READS {
            fault(
                "rules".into(),
                &format!("must look at 20 different names of {kind} at the most"),
            );
        }
    };
    many("meta", |when| &when.meta);
    many("data", |when| &when.data);
}

fn one(business: &Business, rule: &Rule, fault: &mut impl FnMut(String, &str)) {
    if rule.name.trim().is_empty() || rule.name.chars().count() > MAX_NAME_CHARS {
        fault("name".into(), "must be 1 to 80 characters");
    }
    when(business, &rule.when, fault);
    let known = |id: &SkillId| business.skills.iter().any(|skill| skill.id == *id);
    if rule.skill.as_ref().is_some_and(|id| !known(id)) {
        fault("skill".into(), NOT_A_SKILL);
    }
    if let Some(offered) = &rule.skills {
        if offered.is_empty() || offered.len() > MAX_SKILLS {
            fault("skills".into(), "must be 1 to 64 skills, or absent for all");
        }
        for (at, id) in offered.iter().enumerate() {
            if !known(id) {
                fault(format!("skills[{at}]"), NOT_A_SKILL);
            }
            if offered.iter().take(at).any(|before| before == id) {
                fault(format!("skills[{at}]"), "stands twice");
            }
        }
        if rule.skill.as_ref().is_some_and(|id| !offered.contains(id)) {
            fault("skill".into(), "is not among this rule's skills");
        }
    }
    let agent = |id: &AgentId| business.agents.iter().any(|agent| agent.id == *id);
    if rule.expert.as_ref().is_some_and(|id| !agent(id)) {
        fault("expert".into(), "is not among the agents");
    }
}

fn when(business: &Business, when: &When, fault: &mut impl FnMut(String, &str)) {
    if let Some(url) = &when.url {
        let with_host = url.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
        if !is_pattern(url) || url.contains('#') || !(url.starts_with('/') || with_host) {
            fault(
                "when.url".into(),
                "must be a path such as /cruises/* or an address such as https://shop.example/cruises/*, \
                 of 200 characters at the most",
            );
        }
    }
    if when.product_type.as_ref().is_some_and(|text| !is_pattern(text)) {
        fault("when.product_type".into(), PATTERN);
    }
    // A meta name goes into a selector, and an attribute's name is written in small letters.
    let meta = |b: u8| b.is_ascii_alphanumeric() || b":._-".contains(&b);
    let data = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b);
    named("meta", &when.meta, meta, fault);
    named("data", &when.data, data, fault);
    for (name, pattern) in &when.cookie {
        let field = || format!("when.cookie.{name}");
        if !business.cookies.contains(name) {
            fault(field(), "is not among the business's cookies");
        }
        if !is_pattern(pattern) {
            fault(field(), PATTERN);
        }
    }
}

fn named(kind: &str, patterns: &Named, sign: fn(u8) -> bool, fault: &mut impl FnMut(String, &str)) {
    for (name, pattern) in patterns {
        let field = || format!("when.{kind}.{name}");
        if name.is_empty() || name.len() > MAX_ID_CHARS || !name.bytes().all(sign) {
            fault(field(), "is not a name that can be looked for");
        }
        if !is_pattern(pattern) {
            fault(field(), PATTERN);
        }
    }
}

fn is_pattern(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= MAX_PATTERN_CHARS && !text.chars().any(char::is_control)
}
