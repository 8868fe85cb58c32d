//! What is asked only of those who signed in a short time ago: a browser left open gives nobody the keys. A session that is older shows
//! the door again; what was typed stays.

use shared::Millis;
use shared::business::Business;

/// Seconds for which a sign-in is fresh.
pub const FRESH_S: i64 = 30 * 60;

/// Whether a session that was opened then is.
pub fn is_fresh(opened_at: Millis, now: Millis) -> bool {
    opened_at.plus_s(FRESH_S) >= now
}

/// Whether a call of `/v1/businesses/{site}/…` needs one: whatever makes or shows a secret, and whatever is kept of one customer.
pub fn needed(method: &str, path: &[&str]) -> bool {
    matches!(
        (method, path),
        (
            "POST",
            ["secrets"] | ["webhooks", _, "secrets"] | ["customers", "export" | "erase"]
        ) | ("DELETE", ["secrets", _] | ["webhooks", _, "secrets", _])
            | ("PUT", ["equipment", _, "secret"] | ["sign_on", "secret"])
    )
}

/// Whether a change of the document does: of who may do what, how they come in, who may be called, how much may be spent, and where
/// the carriers' credentials are sent.
pub fn needed_for(before: &Business, after: &Business) -> bool {
    before.members != after.members
        || before.sign_on != after.sign_on
        || before.policy != after.policy
        || before.equipment != after.equipment
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::right;
    use shared::equipment::Equipment;
    use shared::policy::Challenge;
    use shared::{Country, EquipmentId};

    #[test]
    fn half_an_hour_is_fresh_and_a_moment_more_is_not() {
        let opened = Millis(1_000);
        assert!(is_fresh(opened, opened.plus_s(FRESH_S)));
        assert!(!is_fresh(opened, opened.plus_s(FRESH_S).plus_ms(1)));
    }

    #[test]
    fn whoever_may_be_called_at_which_price_and_over_what_needs_a_fresh_sign_in() {
        let before: Business = serde_json::from_value(serde_json::json!({
            "name": "Meridian", "tel": "+442079460958", "origins": [], "zone": "Europe/London", "hours": [], "skills": [], "agents": [],
        }))
        .unwrap();
        assert!(!needed_for(&before, &before));
        let changes: [fn(&mut Business); 4] = [
            |business| business.policy.spend.day += 1,
            |business| business.policy.challenge = Challenge::None,
            |business| business.policy.countries = vec![Country::parse("FR").unwrap()],
            |business| {
                let id = EquipmentId::parse("line").unwrap();
                business.equipment.push(Equipment::sandbox(id));
            },
        ];
        for change in changes {
            let mut after = before.clone();
            change(&mut after);
            assert!(needed_for(&before, &after));
        }
        let mut named = before.clone();
        named.name = "Meridian Travel".into();
        assert!(!needed_for(&before, &named));
    }

    #[test]
    fn whatever_needs_a_fresh_sign_in_exists_and_changes_something() {
        let routes: [(&str, &[&str]); 8] = [
            ("POST", &["secrets"]),
            ("DELETE", &["secrets", "key"]),
            ("POST", &["webhooks", "shop", "secrets"]),
            ("DELETE", &["webhooks", "shop", "secrets", "key"]),
            ("PUT", &["equipment", "pbx", "secret"]),
            ("PUT", &["sign_on", "secret"]),
            ("POST", &["customers", "export"]),
            ("POST", &["customers", "erase"]),
        ];
        for (method, path) in routes {
            assert!(
                needed(method, path) && right::console(method, path).is_some(),
                "{path:?}"
            );
            assert!(!needed("GET", path), "{path:?}");
        }
        assert!(
            !needed("PUT", &[]),
            "which change of a document it is says `needed_for`"
        );
    }
}
