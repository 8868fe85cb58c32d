//! What customers hear on the telephone: their language, the business's words.

use crate::world::{World, business, config};
use acd::{Config, Effect, HeardKind, Hears, Words};
use shared::announcement::Announcements;
use shared::bridge::Announcement;
use shared::business::Business;
use shared::call::Party;
use shared::{Language, SiteId, SkillId};

fn tag(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

fn own(language: &str, hold: &str) -> Announcements {
    Announcements {
        language: tag(language),
        hold: Some(Announcement {
            text: Some(hold.into()),
            audio: None,
        }),
        confirm: None,
        sorry: None,
    }
}

/// What a customer of this language hears while the agent is called.
fn heard(business: Business, language: Option<&str>) -> Words {
    let mut world = World::of(business);
    world.available("ana");
    let asked = world.try_ask(|asked| {
        asked.language = language.map(tag);
        asked.skill = SkillId::parse("cruises").ok();
    });
    let id = asked.unwrap().id;
    world.customer(&id, HeardKind::Answered);
    let said = world.effects.iter().find_map(|effect| match effect {
        Effect::Announce { words, .. } => Some(words.clone()),
        _ => None,
    });
    let words = said.expect("something is said");
    let leg = acd::leg_id(&id, Party::Customer, 1).unwrap();
    assert_eq!(world.acd.hears(&leg), Some(Hears::Hold(words.clone())));
    words
}

#[test]
fn a_customer_hears_the_language_that_they_read() {
    for (language, tag, words) in [
        (Some("de-AT"), "de", "Bitte bleiben Sie am Apparat."),
        (Some("es-419"), "es", "No cuelgue, por favor."),
        (Some("ja"), "ja", "Meridian Travelの担当者におつなぎします。"),
        (Some("ar-EG"), "ar", "يُرجى البقاء على الخط"),
        (Some("nl"), "en", "Please hold while we connect you"),
        (None, "en", "Please hold while we connect you"),
    ] {
        let heard = heard(business(), language);
        assert!(heard.text.starts_with(words), "{language:?}: {}", heard.text);
        assert_eq!(heard.language.as_str(), tag);
    }
}

#[test]
fn the_business_has_its_own_words_and_languages_we_do_not_speak() {
    let spoken = || Business {
        language: tag("fr"),
        announcements: vec![
            own("nl", "Een ogenblik, alstublieft."),
            own("de-AT", "Servus!"),
            own("en", "One moment, please."),
        ],
        ..business()
    };
    for (language, tag, words) in [
        (Some("nl-BE"), "nl", "Een ogenblik, alstublieft."),
        (Some("de-AT"), "de-AT", "Servus!"),
        (Some("en-GB"), "en", "One moment, please."),
    ] {
        let heard = heard(spoken(), language);
        assert_eq!((heard.language.as_str(), heard.text.as_str()), (tag, words));
    }
    let other = heard(spoken(), Some("de-DE"));
    assert!(other.text.starts_with("Bitte bleiben Sie"), "{}", other.text);
    let rest = heard(spoken(), Some("sv"));
    assert!(rest.text.starts_with("Veuillez rester en ligne"), "{}", rest.text);
}

#[test]
fn a_recording_stands_for_its_language_alone() {
    let mut recorded = own("de", "x");
    recorded.hold = Some(Announcement {
        text: None,
        audio: Some("https://cdn.example/hold-de.wav".into()),
    });
    let spoken = || Business {
        announcements: vec![recorded.clone()],
        ..business()
    };
    let german = heard(spoken(), Some("de"));
    assert_eq!(german.audio.as_deref(), Some("https://cdn.example/hold-de.wav"));
    assert!(
        german.text.starts_with("Bitte bleiben Sie"),
        "for equipment that speaks"
    );
    assert_eq!(heard(spoken(), Some("fr")).audio, None);
}

#[test]
fn what_is_wrong_is_named_by_its_place_and_what_was_emptied_is_the_usual() {
    let mut empty = own("de", "x");
    empty.hold = Some(Announcement {
        text: None,
        audio: None,
    });
    let mut document = Business {
        announcements: vec![empty, own("en", " ")],
        ..business()
    };
    assert!(refused_at(&document, "announcements[1].hold.text"));
    document.announcements[1] = own("de", "Hallo");
    assert!(refused_at(&document, "announcements[1].language"));
    document.announcements.pop();
    config(document.clone());
    assert!(heard(document, Some("de")).text.starts_with("Bitte bleiben Sie"));
}

/// Whether the document is refused for what stands at this place.
fn refused_at(document: &Business, place: &str) -> bool {
    let faults = Config::new(SiteId::parse("meridian").unwrap(), document.clone()).unwrap_err();
    faults.iter().any(|fault| fault.field == place)
}
