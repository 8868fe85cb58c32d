//! The languages: whole, alike, spoken by the program and by nothing else; and what they make of numbers.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that can not go on should stop"
)]

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use serde_json::Value;
use shared::presence::{Offer, WaitRange};
use shared::voice::Switch;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use widget::word::{self, IDS, Say};

const PARTS: [&str; 4] = ["panel.ftl", "button.ftl", "call.ftl", "voice.ftl"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn languages() -> Vec<String> {
    let folders = fs::read_dir(root().join("locales")).unwrap();
    let mut names: Vec<String> = folders
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn source(language: &str, part: &str) -> String {
    let path = root().join("locales").join(language).join(part);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// What a message uses: its variables, and the sets of plural forms by which it chooses.
#[derive(Debug, Default)]
struct Uses {
    variables: BTreeSet<String>,
    forms: Vec<BTreeSet<String>>,
}

impl Uses {
    fn pattern(&mut self, pattern: &Pattern<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<String>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let named = variants.iter().filter_map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => Some(name.clone()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                self.forms.push(named.collect());
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.clone());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            _ => {}
        }
    }
}

fn messages(language: &str, part: &str) -> BTreeMap<String, Uses> {
    let resource = parser::parse(source(language, part))
        .unwrap_or_else(|(_, errors)| panic!("locales/{language}/{part}: {errors:?}"));
    let mut found = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let (id, mut uses) = (message.id.name, Uses::default());
        uses.pattern(message.value.as_ref().expect("a message has words"));
        let twice = found.insert(id.clone(), uses);
        assert!(twice.is_none(), "locales/{language}/{part}: {id} stands twice");
    }
    found
}

#[test]
fn every_language_says_what_english_says() {
    for part in PARTS {
        let english = messages("en", part);
        for language in languages() {
            let own = messages(&language, part);
            let (ours, theirs): (Vec<_>, Vec<_>) = (own.keys().collect(), english.keys().collect());
            assert_eq!(ours, theirs, "locales/{language}/{part}");
            for (id, uses) in &own {
                assert_eq!(
                    uses.variables, english[id].variables,
                    "locales/{language}/{part}: {id}"
                );
            }
        }
    }
}

/// What is chosen by a number has a form for every kind of number that the language tells apart.
#[test]
fn every_language_has_its_own_plural_forms() {
    for (language, all) in [
        ("ar", &["zero", "one", "two", "few", "many", "other"][..]),
        ("de", &["one", "other"]),
        ("en", &["one", "other"]),
        ("es", &["one", "other"]),
        ("fr", &["one", "other"]),
        ("ja", &["other"]),
    ] {
        let all: BTreeSet<String> = all.iter().map(|it| (*it).to_owned()).collect();
        for (id, uses) in messages(language, "panel.ftl") {
            for forms in uses.forms {
                // Where one form serves all, the language writes an abbreviation that does not change. Arabic has none.
                let one_for_all = forms.len() == 1 && forms.contains("other") && language != "ar";
                assert!(one_for_all || forms == all, "{language}: {id} has {forms:?}");
            }
        }
    }
}

/// The literals of `say!("…")` in the program; its tests among it name no others.
fn said(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            said(&path, found);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            // The function alone, not a method of that name.
            let calls = text.match_indices("say!(\"").filter(|(at, _)| {
                let before = text.get(..*at).and_then(|front| front.chars().next_back());
                before.is_none_or(|c| !"._".contains(c))
            });
            let ids = calls.filter_map(|(at, call)| text.get(at + call.len()..)?.split('"').next());
            found.extend(ids.map(str::to_owned));
        }
    }
}

#[test]
fn the_panel_says_every_message_and_no_other() {
    let mut used = BTreeSet::new();
    said(&root().join("widget/src"), &mut used);
    // What words.js asks for by itself, and what is written about a request in talk.js.
    used.insert("direction".into());
    let talk = fs::read_to_string(root().join("widget/talk.js")).unwrap();
    let calls = talk.split("say(\"").skip(1);
    used.extend(calls.filter_map(|call| call.split('"').next()).map(str::to_owned));
    let known: BTreeSet<String> = messages("en", "panel.ftl").into_keys().collect();
    assert_eq!(used, known);
}

#[test]
fn a_call_in_the_browser_says_every_message_and_no_other() {
    let code = ["apart.js", "call.js", "microphone.js"]
        .map(|file| fs::read_to_string(root().join("widget").join(file)).unwrap())
        .concat();
    let known: BTreeSet<String> = messages("en", "voice.ftl").into_keys().collect();
    for id in &known {
        // A name may be missing, and why it goes by telephone is the server's word.
        let base = id.strip_suffix("-unnamed").unwrap_or(id);
        let switch = id.strip_prefix("phone-").map(|why| why.replace('-', "_"));
        let of_server = switch.is_some_and(|why| Switch::parse(&why).is_some());
        assert!(
            of_server || code.contains(&format!("\"{base}\"")),
            "nobody says {id}"
        );
    }
    for why in Switch::ALL {
        let id = format!("phone-{}", why.as_str().replace('_', "-"));
        assert!(known.contains(&id), "{id}");
    }
    let said = code
        .split("say(\"")
        .skip(1)
        .filter_map(|call| call.split('"').next());
    for id in said.filter(|id| !id.ends_with('-')) {
        assert!(known.contains(id), "{id} has no words");
    }
    for language in languages() {
        for (id, uses) in messages(&language, "voice.ftl") {
            assert!(uses.forms.is_empty(), "{language}: {id} counts nothing");
        }
    }
}

#[test]
fn the_button_says_every_word_and_no_other() {
    let code = ["say.js", "loader.js", "frame.js"]
        .map(|file| fs::read_to_string(root().join("widget").join(file)).unwrap())
        .concat();
    let words = messages("en", "button.ftl");
    for (id, uses) in &words {
        let offered = Offer::ALL.iter().any(|offer| offer.as_str() == id);
        let used = ["words.", "say?.", "say."]
            .iter()
            .any(|before| code.contains(&format!("{before}{id}")));
        assert!(offered || used, "nobody says {id}");
        assert!(
            uses.forms.is_empty(),
            "{id}: the build takes text and variables only"
        );
    }
    for offer in Offer::ALL {
        assert!(words.contains_key(offer.as_str()), "{offer:?}");
    }
}

/// As the panel writes it, but for the digits.
fn read(language: &str, say: &Say) -> String {
    let resource = FluentResource::try_new(source(language, "panel.ftl")).unwrap();
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap();
    written(&bundle, say)
}

fn written(bundle: &FluentBundle<FluentResource>, say: &Say) -> String {
    let about = serde_json::from_str(&format!("{{{}}}", say.about())).unwrap();
    message(bundle, say.place().unwrap().into(), &about)
}

fn message(bundle: &FluentBundle<FluentResource>, place: u64, about: &Value) -> String {
    let id = IDS[usize::try_from(place).unwrap()];
    let mut values = FluentArgs::new();
    for (name, it) in about.as_object().unwrap() {
        let value = match it {
            Value::String(text) => FluentValue::from(text.clone()),
            Value::Number(number) => FluentValue::from(number.as_i64().unwrap()),
            Value::Array(said) => FluentValue::from(message(bundle, said[0].as_u64().unwrap(), &said[1])),
            other => panic!("{id}: {other}"),
        };
        values.set(name.clone(), value);
    }
    let pattern = bundle.get_message(id).unwrap().value().unwrap();
    let mut errors = Vec::new();
    let text = bundle
        .format_pattern(pattern, Some(&values), &mut errors)
        .into_owned();
    assert!(errors.is_empty(), "{id}: {errors:?}");
    text
}

#[test]
fn a_wait_is_a_range_and_never_more_exact_than_it_is() {
    for (low_s, high_s, words) in [
        (0, 0, "any moment now"),
        (10, 60, "under a minute"),
        (20, 170, "up to 3 min"),
        (120, 180, "about 3 min"),
        (120, 300, "2–5 min"),
        (4000, 9000, "over an hour"),
    ] {
        assert_eq!(read("en", &word::wait_text(WaitRange { low_s, high_s })), words);
    }
}

#[test]
fn arabic_counts_in_six_ways() {
    for (pages, words) in [
        (1, "صفحة واحدة"),
        (2, "صفحتان"),
        (3, "3 صفحات"),
        (10, "10 صفحات"),
        (11, "11 صفحة"),
        (100, "100 صفحة"),
    ] {
        assert_eq!(read("ar", &word::share_count(false, pages)), words);
    }
    for (left, words) in [
        (0, "لم يبقَ أي حرف"),
        (1, "بقي حرف واحد"),
        (2, "بقي حرفان"),
        (3, "بقيت 3 أحرف"),
        (11, "بقي 11 حرفًا"),
        (100, "بقي 100 حرف"),
    ] {
        assert_eq!(read("ar", &word::note_left(left)), words);
    }
    for (minutes, words) in [(2, "نحو دقيقتين"), (3, "نحو 3 دقائق"), (11, "نحو 11 دقيقة")]
    {
        let wait = WaitRange {
            low_s: (minutes - 1) * 60,
            high_s: minutes * 60,
        };
        assert_eq!(read("ar", &word::wait_text(wait)), words);
    }
}

#[test]
fn one_is_not_many_where_a_language_tells_them_apart() {
    for (language, one, two) in [
        ("en", "1 page", "2 pages"),
        ("de", "1 Seite", "2 Seiten"),
        ("es", "1 página", "2 páginas"),
        ("fr", "1 page", "2 pages"),
        ("ja", "1ページ", "2ページ"),
    ] {
        assert_eq!(read(language, &word::share_count(false, 1)), one);
        assert_eq!(read(language, &word::share_count(false, 2)), two);
    }
    // None is singular in French, and plural in Spanish.
    assert_eq!(read("fr", &word::note_left(0)), "encore 0 caractère");
    assert_eq!(read("es", &word::note_left(0)), "quedan 0 caracteres");
}

#[test]
fn a_sentence_within_a_sentence_is_of_the_same_language() {
    let range = WaitRange {
        low_s: 120,
        high_s: 300,
    };
    for (language, words) in [
        ("de", "Voraussichtliche Wartezeit: 2–5 Min."),
        ("fr", "Attente estimée\u{a0}: 2 à 5\u{a0}min."),
        ("ja", "待ち時間の目安：2～5分"),
    ] {
        assert_eq!(read(language, &word::wait_left(Some(range))), words);
    }
    let opens = word::opens(Some("Ana"), Some(word::when(Some("Montag"), "9:00")));
    assert!(read("de", &opens).starts_with("Ana ist am Montag um 9:00 wieder da."));
}
