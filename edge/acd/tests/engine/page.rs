//! Which skills a page gets, and why.

use crate::world::business;
use acd::{Config, page};
use proptest::prelude::*;
use shared::rule::{PageFacts, Rule, When};
use shared::{AgentId, SiteId, SkillId};

fn skill(id: &str) -> SkillId {
    SkillId::parse(id).unwrap()
}

fn rule(name: &str, when: When) -> Rule {
    Rule {
        name: name.into(),
        when,
        ..Rule::default()
    }
}

fn url(pattern: &str) -> When {
    When {
        url: Some(pattern.into()),
        ..When::default()
    }
}

fn at(url: &str) -> PageFacts {
    PageFacts {
        url: url.into(),
        ..PageFacts::default()
    }
}

fn named(name: &str, text: &str) -> shared::rule::Named {
    [(name.to_owned(), text.to_owned())].into()
}

/// The rules of a travel shop.
fn rules() -> Vec<Rule> {
    vec![
        Rule {
            skill: Some(skill("cruises")),
            expert: Some(AgentId::parse("ana").unwrap()),
            ..rule(
                "gold members at sea",
                When {
                    cookie: named("tier", "gold"),
                    ..url("/cruises/*")
                },
            )
        },
        rule("no help with jobs", url("/jobs*")),
        Rule {
            skill: Some(skill("cruises")),
            skills: Some(vec![skill("cruises"), skill("flights")]),
            ..rule("cruises", url("/cruises/*"))
        },
        Rule {
            skill: Some(skill("flights")),
            ..rule(
                "what flies",
                When {
                    product_type: Some("flight*".into()),
                    ..When::default()
                },
            )
        },
    ]
}

#[test]
fn the_first_rule_that_matches_places_the_page() {
    let fjords = at("https://shop.example/cruises/fjords?from=bergen#map");
    let placed = page::place(&rules(), &fjords).unwrap();
    assert_eq!((placed.rule, placed.skill), (3, Some(skill("cruises"))));
    assert_eq!(placed.skills, Some(vec![skill("cruises"), skill("flights")]));

    let member = PageFacts {
        cookie: named("tier", "Gold"),
        ..fjords
    };
    let placed = page::place(&rules(), &member).unwrap();
    assert_eq!((placed.rule, placed.skills), (1, None));

    let ticket = PageFacts {
        product_type: vec!["Product".into(), "Flights > Lisbon".into()],
        ..at("https://shop.example/p/17")
    };
    assert_eq!(page::place(&rules(), &ticket).unwrap().rule, 4);

    let quiet = page::place(&rules(), &at("https://shop.example/jobs")).unwrap();
    assert_eq!((quiet.rule, quiet.skill, quiet.expert), (2, None, None));
    assert_eq!(page::place(&rules(), &at("https://shop.example/")), None);
}

#[test]
fn a_dry_run_says_which_rule_it_was_and_why_not_the_others() {
    let told = page::explain(&rules(), &at("https://shop.example/cruises/fjords"));
    assert_eq!(told.placement.unwrap().rule, 3);
    assert_eq!(told.name.as_deref(), Some("cruises"));
    let why: Vec<_> = told
        .why
        .iter()
        .map(|tried| (tried.rule, tried.matched, tried.failed.as_deref()))
        .collect();
    assert_eq!(
        why,
        [
            (1, false, Some("cookie.tier")),
            (2, false, Some("url")),
            (3, true, None)
        ]
    );

    let told = page::explain(&rules(), &at("https://shop.example/"));
    assert_eq!((told.placement, told.name, told.why.len()), (None, None, 4));
    assert_eq!(told.why[3].failed.as_deref(), Some("product_type"));
}

#[test]
fn a_pattern_of_an_address_speaks_of_a_path_or_of_all_of_it() {
    let page = "https://shop.example:8443/Cruises/fjords.html?from=bergen&to=oslo#map";
    for (pattern, matches) in [
        ("/Cruises/*", true),
        ("/cruises/*", false),
        ("/Cruises", false),
        ("/*.html", true),
        ("/*", true),
        ("https://shop.example:8443/Cruises/*", true),
        ("HTTPS://Shop.Example:8443/Cruises/*", true),
        ("*://*.example:8443/*", true),
        ("https://shop.example/*", false),
        ("http://shop.example:8443/*", false),
        ("/Cruises/fjords.html", true),
        ("/Cruises/fjords.html?*", true),
        ("/*?*to=oslo*", true),
        ("/*?*to=rome*", false),
        ("/*map", false),
        ("/Cruises/fjord?.html", false),
    ] {
        let rules = [rule("only", url(pattern))];
        assert_eq!(page::place(&rules, &at(page)).is_some(), matches, "{pattern}");
    }
    for front in ["https://shop.example/", "https://shop.example/?a=b"] {
        assert!(page::place(&[rule("front", url("/"))], &at(front)).is_some());
    }
}

#[test]
fn the_page_is_asked_for_nothing_that_no_rule_reads() {
    assert_eq!(page::reads(&[rule("cruises", url("/cruises/*"))]), None);
    let reads = page::reads(&rules()).unwrap();
    assert_eq!((reads.query, reads.product_type), (false, true));
    assert_eq!(
        (reads.cookies, reads.meta, reads.data),
        (vec!["tier".into()], vec![], vec![])
    );
    let when = When {
        meta: named("og:type", "article"),
        data: named("page", "*"),
        ..url("/search?*q=*")
    };
    let reads = page::reads(&[rule("a", when.clone()), rule("b", when)]).unwrap();
    assert_eq!(
        (reads.query, reads.meta, reads.data),
        (true, vec!["og:type".into()], vec!["page".into()])
    );
}

/// The fields of the faults of a document with one rule, and a cookie `tier`.
fn faults(change: impl FnOnce(&mut Rule)) -> Vec<String> {
    let mut document = business();
    document.cookies = vec!["tier".into()];
    let mut changed = rule("cruises", url("/cruises/*"));
    change(&mut changed);
    document.rules = vec![rule("fine", When::default()), changed];
    let checked = Config::new(SiteId::parse("meridian").unwrap(), document);
    checked
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|fault| fault.field)
        .collect()
}

#[test]
fn a_rule_that_does_not_hold_together_is_refused_by_its_field() {
    assert!(faults(|_| {}).is_empty());
    assert!(faults(|rule| rule.when.cookie = named("tier", "gold")).is_empty());
    assert!(faults(|rule| rule.when.url = Some("https://shop.example/*?a=*".into())).is_empty());
    assert_eq!(faults(|rule| rule.name = " ".into()), ["rules[1].name"]);
    for bad in [
        "",
        "cruises",
        "https://shop.example",
        "/a#b",
        "/\n",
        &format!("/{}", "x".repeat(200)),
    ] {
        assert_eq!(
            faults(|rule| rule.when.url = Some(bad.into())),
            ["rules[1].when.url"],
            "{bad}"
        );
    }
    assert_eq!(
        faults(|rule| rule.when.cookie = named("session", "*")),
        ["rules[1].when.cookie.session"]
    );
    assert_eq!(
        faults(|rule| rule.when.meta = named("a\"]", "*")),
        ["rules[1].when.meta.a\"]"]
    );
    assert_eq!(
        faults(|rule| rule.when.data = named("pageType", "*")),
        ["rules[1].when.data.pageType"]
    );
    assert_eq!(
        faults(|rule| rule.when.product_type = Some(String::new())),
        ["rules[1].when.product_type"]
    );
    assert_eq!(
        faults(|rule| rule.skill = Some(skill("trains"))),
        ["rules[1].skill"]
    );
    assert_eq!(
        faults(|rule| rule.expert = AgentId::parse("zoe").ok()),
        ["rules[1].expert"]
    );
    assert_eq!(faults(|rule| rule.skills = Some(vec![])), ["rules[1].skills"]);
    assert_eq!(
        faults(|rule| rule.skills = Some(vec![skill("flights"), skill("trains"), skill("flights")])),
        ["rules[1].skills[1]", "rules[1].skills[2]"]
    );
    assert_eq!(
        faults(|rule| (rule.skill, rule.skills) = (Some(skill("cruises")), Some(vec![skill("flights")]))),
        ["rules[1].skill"]
    );

    let mut document = business();
    document.cookies = vec!["a b".into(), String::new()];
    document.rules = vec![rule("many", When::default()); 101];
    let told = Config::new(SiteId::parse("meridian").unwrap(), document).unwrap_err();
    let fields: Vec<_> = told.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["rules", "cookies[0]", "cookies[1]"]);
}

fn word() -> impl Strategy<Value = String> {
    "[ab/*?.:]{0,6}"
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let some = || proptest::option::weighted(0.4, word());
    (some(), some(), some()).prop_map(|(url, product_type, cookie)| {
        let cookie = cookie.map(|pattern| named("tier", &pattern));
        rule(
            "any",
            When {
                url,
                product_type,
                cookie: cookie.unwrap_or_default(),
                ..When::default()
            },
        )
    })
}

fn any_page() -> impl Strategy<Value = PageFacts> {
    (word(), word(), proptest::option::of(word())).prop_map(|(path, kind, tier)| PageFacts {
        url: format!("https://shop.example/{path}"),
        product_type: vec![kind],
        cookie: tier.map(|tier| named("tier", &tier)).unwrap_or_default(),
        ..PageFacts::default()
    })
}

proptest! {
    /// The rule that counts is the first of those that would match alone, and the dry run tells the same story.
    #[test]
    fn the_first_one_wins_and_the_dry_run_agrees(rules in prop::collection::vec(any_rule(), 0..8), facts in any_page()) {
        let alone = |rule: &Rule| page::place(std::slice::from_ref(rule), &facts).is_some();
        let first = rules.iter().position(alone).map(|at| u32::try_from(at).unwrap() + 1);
        let placed = page::place(&rules, &facts);
        prop_assert_eq!(placed.as_ref().map(|placed| placed.rule), first);
        let told = page::explain(&rules, &facts);
        prop_assert_eq!(&told.placement, &placed);
        let looked_at = first.unwrap_or(u32::try_from(rules.len()).unwrap());
        prop_assert_eq!(told.why.len(), usize::try_from(looked_at).unwrap());
        for tried in &told.why {
            prop_assert_eq!(tried.matched, Some(tried.rule) == first);
            prop_assert_eq!(tried.matched, tried.failed.is_none());
        }
    }

    /// A rule behind those that are there changes nothing for pages that are placed.
    #[test]
    fn a_later_rule_takes_nothing_away(rules in prop::collection::vec(any_rule(), 0..6), later in any_rule(), facts in any_page()) {
        if let Some(placed) = page::place(&rules, &facts) {
            let more = [rules, vec![later]].concat();
            prop_assert_eq!(page::place(&more, &facts), Some(placed));
        }
    }

    /// What a page does not tell because no rule reads it makes no difference.
    #[test]
    fn what_is_not_read_does_not_count(rules in prop::collection::vec(any_rule(), 0..6), facts in any_page()) {
        let reads = page::reads(&rules).unwrap_or_default();
        let mut told = facts.clone();
        if !reads.product_type {
            told.product_type.clear();
        }
        told.cookie.retain(|name, _| reads.cookies.contains(name));
        if !reads.query {
            told.url = told.url.split('?').next().unwrap().to_owned();
        }
        prop_assert_eq!(page::place(&rules, &told), page::place(&rules, &facts));
    }
}
