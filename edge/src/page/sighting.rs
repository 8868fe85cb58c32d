//! Where the script tag was seen, until the business's object is asked the next time anyway.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Businesses and origins that are remembered: page views can be made up.
const MOST_SITES: usize = 100;
const MOST_ORIGINS: usize = 5;
const MAX_CHARS: usize = 200;

thread_local! {
    static SIGHTED: RefCell<BTreeMap<String, BTreeSet<String>>> = const { RefCell::new(BTreeMap::new()) };
}

/// A page of this origin asked about the business.
pub(super) fn note(site: &str, origin: &str) {
    let web = origin.starts_with("https://") || origin.starts_with("http://");
    if !web || origin.len() > MAX_CHARS {
        return;
    }
    SIGHTED.with_borrow_mut(|sighted| {
        if sighted.len() >= MOST_SITES && !sighted.contains_key(site) {
            return;
        }
        let origins = sighted.entry(site.to_owned()).or_default();
        if origins.len() < MOST_ORIGINS {
            origins.insert(origin.to_owned());
        }
    });
}

/// Takes what was noted of a business.
pub(super) fn take(site: &str) -> BTreeSet<String> {
    SIGHTED
        .with_borrow_mut(|sighted| sighted.remove(site))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_told_once_and_nonsense_never() {
        for origin in [
            "https://shop.example",
            "https://shop.example",
            "null",
            "javascript:alert(1)",
        ] {
            note("meridian", origin);
        }
        for nth in 0..20 {
            note("flood", &format!("https://{nth}.example"));
        }
        assert_eq!(
            take("meridian"),
            BTreeSet::from(["https://shop.example".to_owned()])
        );
        assert_eq!(take("meridian"), BTreeSet::new());
        assert_eq!(take("flood").len(), MOST_ORIGINS);
    }
}
