//! What a document says of equipment and of service centres must hold together.

use crate::hours::Fault;
use shared::business::Business;
use shared::equipment::{Equipment, Kind};
use shared::limit::{MAX_CENTRES, MAX_FACT_CHARS, MAX_LEVEL, MAX_NAME_CHARS, MAX_PREFIXES};
use std::collections::BTreeSet;

/// What a kind needs must be there, and nothing of another kind.
pub(super) fn equipment(equipment: &Equipment, path: &str, fault: Fault<'_>) {
    let kind = equipment.kind;
    if kind == Kind::Browser {
        fault(format!("{path}.kind"), "is there by itself: switch it by `voice`");
    }
    if equipment.id.as_str() == Kind::Browser.as_str() {
        fault(
            format!("{path}.id"),
            "is that of the browser, which is there by itself",
        );
    }
    if !(1..=MAX_LEVEL).contains(&equipment.preference) {
        fault(format!("{path}.preference"), "must be 1 (first) to 9 (last)");
    }
    if equipment.prefixes.len() > MAX_PREFIXES || equipment.rates.len() > MAX_PREFIXES {
        fault(path.into(), "has too many prefixes or rates: 300 at the most");
    }
    for (at, prefix) in equipment.prefixes.iter().enumerate() {
        if !is_prefix(prefix) {
            fault(
                format!("{path}.prefixes[{at}]"),
                "must be the beginning of a number, such as +44",
            );
        }
    }
    for (at, rate) in equipment.rates.iter().enumerate() {
        if !is_prefix(&rate.prefix) && rate.prefix != "sip:" {
            fault(
                format!("{path}.rates[{at}].prefix"),
                "must be the beginning of a number, such as +44, or sip:",
            );
        }
    }
    let fields = [
        ("app", &equipment.app, Kind::Asterisk),
        ("dial", &equipment.dial, Kind::Asterisk),
        ("dial_sip", &equipment.dial_sip, Kind::Asterisk),
        ("sounds", &equipment.sounds, Kind::Asterisk),
        ("account", &equipment.account, Kind::Twilio),
        ("base", &equipment.base, Kind::Twilio),
    ];
    for (field, value, of) in fields {
        let needed = of == kind
            && match field {
                "dial" => equipment.dial_sip.is_none(),
                other => other == "account",
            };
        let path = format!("{path}.{field}");
        match value.as_deref() {
            None if needed => fault(path, "is needed for this kind of equipment"),
            Some(_) if of != kind => fault(path, "does not belong to this kind of equipment"),
            Some(text)
                if text.is_empty() || text.len() > MAX_FACT_CHARS || text.contains(char::is_whitespace) =>
            {
                fault(path, "must be 1 to 200 characters without spaces");
            }
            Some(text) if field == "dial" && !text.contains("{number}") && !text.contains("{digits}") => {
                fault(path, "must contain {number} or {digits}");
            }
            Some(text) if field == "dial_sip" && !text.contains("{address}") => {
                fault(path, "must contain {address}");
            }
            Some(text) if field == "sounds" && !text.contains("{phrase}") => {
                fault(path, "must contain {phrase}");
            }
            Some(text) if field == "base" && !text.starts_with("https://") && !is_loopback(text) => {
                fault(path, "must begin with https://");
            }
            Some(text)
                if field == "account" && !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
            {
                fault(path, "must be an account id: letters, digits and hyphens");
            }
            Some(_) | None => {}
        }
    }
    let carried = [
        ("from", equipment.from.is_some()),
        ("prefixes", !equipment.prefixes.is_empty()),
        ("hours", equipment.hours.is_some()),
        ("rates", !equipment.rates.is_empty()),
    ];
    for (field, _) in carried.into_iter().filter(|(_, given)| *given && !kind.carries()) {
        fault(
            format!("{path}.{field}"),
            "does not belong to equipment that carries no calls",
        );
    }
    if equipment.detect_machines && kind != Kind::Twilio {
        fault(
            format!("{path}.detect_machines"),
            "does not belong to this kind of equipment",
        );
    }
}

/// A carrier on the same machine needs no encryption on the way to it.
fn is_loopback(base: &str) -> bool {
    ["http://127.0.0.1:", "http://localhost:"]
        .iter()
        .any(|own| base.starts_with(own))
}

/// Service centres: ids that stand once, names, numbers and SIP addresses that may be called.
pub(crate) fn centres(business: &Business, fault: Fault<'_>) {
    let mut ids = BTreeSet::new();
    if business.centres.len() > MAX_CENTRES {
        fault("centres".into(), "must be 100 at the most");
    }
    for (at, centre) in business.centres.iter().enumerate() {
        if !ids.insert(&centre.id) {
            fault(format!("centres[{at}].id"), "stands twice");
        }
        if centre.name.trim().is_empty() || centre.name.chars().count() > MAX_NAME_CHARS {
            fault(format!("centres[{at}].name"), "must be 1 to 80 characters");
        }
        if let Err(why) = crate::policy::may_be_named(&centre.phone) {
            fault(format!("centres[{at}].phone"), why.words());
        }
    }
}

fn is_prefix(text: &str) -> bool {
    text.strip_prefix('+')
        .is_some_and(|digits| digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()))
}
