//! The form that the edge draws into the panel's page.

#![cfg(feature = "page")]
#![expect(clippy::unwrap_used, reason = "a test that can not go on should stop")]

use shared::Millis;
use shared::presence::{Offer, SiteView};
use widget::form;

const NOW: Millis = Millis(1_795_000_000_000);

fn meridian() -> SiteView {
    let skill = |id: &str, name: &str, offer: &str| {
        serde_json::json!({
            "id": id, "name": name, "availability": "away", "offer": offer, "free": 0, "waiting": 0, "wait": null,
            "opens_at": (offer == "slot").then_some(NOW.0 + 3_600_000),
        })
    };
    let view = serde_json::json!({
        "site": "meridian", "name": "Meridian <& Sons>", "tel": "+442079460000", "at": NOW.0,
        "anyone": skill("", "", "now"), "experts": [], "centres": [], "consent": "",
        "skills": [skill("cruises", "Cruises \"&\" rivers", "now"), skill("flights", "Flights", "slot")],
    });
    serde_json::from_value(view).unwrap()
}

/// Everything that can be filled in is there, in the language asked for.
#[test]
fn it_can_be_filled_in() {
    let german = form(meridian(), "de", NOW).unwrap();
    assert_eq!((german.language, german.direction.as_str()), ("de", "ltr"));
    for part in [
        "<main class=\"panel\" data-state=\"form\"",
        "id=\"phone\"",
        "id=\"note\"",
        "id=\"consent\"",
        "id=\"send\"",
        "value=\"skill:cruises\"",
        "value=\"skill:flights\"",
        "value=\"anyone\"",
        "Worum geht es?",
    ] {
        assert!(german.html.contains(part), "{part} is missing in {}", german.html);
    }
    assert_eq!(form(meridian(), "ar", NOW).unwrap().direction, "rtl");
    assert_eq!(form(meridian(), "tlh", NOW), None);
    // Nobody is known, so nothing is chosen or kept.
    assert!(!german.html.contains(" checked name=\"who\""));
}

/// What others wrote stays what it is.
#[test]
fn names_are_text() {
    let html = form(meridian(), "en", NOW).unwrap().html;
    assert!(html.contains("Meridian &lt;&amp; Sons&gt;"), "{html}");
    assert!(html.contains("Cruises &quot;&amp;&quot; rivers"), "{html}");
    assert!(!html.contains("Meridian <"));
}

/// In which zone somebody is, and how they write times, only their device knows: nothing wrong is said meanwhile.
#[test]
fn times_are_left_to_the_device() {
    let mut site = meridian();
    site.anyone.offer = Offer::Slot;
    let html = form(site, "en", NOW).unwrap().html;
    assert!(!html.contains('\u{e000}'), "{html}");
}
