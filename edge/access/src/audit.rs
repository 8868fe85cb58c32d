//! The audit log: each line carries the hash of the one before, so that none can be changed, taken out or put in between without
//! all that follow being wrong. Whoever keeps the last hash elsewhere notices a missing end, too.

use serde_json::json;
use sha2::{Digest, Sha256};
use shared::door::AuditLine;
use std::fmt::Write as _;

/// What stands in the place of a hash before the first line.
pub const START: &str = "";

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it says.
    pub line: AuditLine,
    /// Its hash.
    pub hash: String,
}

/// The hash of a line that follows one with the hash `previous`.
pub fn hash(previous: &str, line: &AuditLine) -> String {
    // A JSON list: no text can be mistaken for the end of another.
    let text = json!([
        previous,
        line.seq,
        line.at,
        line.who,
        line.session,
        line.verb,
        line.what
    ])
    .to_string();
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string can't fail.
        write!(hex, "{byte:02x}").unwrap_or_default();
    }
    hex
}

/// Goes along the log from its first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    lines: i64,
    head: String,
    broken_at: Option<i64>,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            lines: 0,
            head: START.into(),
            broken_at: None,
        }
    }
}

impl Chain {
    /// Takes the next line.
    pub fn take(&mut self, kept: &Kept) {
        let follows = kept.line.seq == self.lines + 1 && kept.hash == hash(&self.head, &kept.line);
        if !follows && self.broken_at.is_none() {
            self.broken_at = Some(kept.line.seq);
        }
        self.lines += 1;
        self.head.clone_from(&kept.hash);
    }

    /// Lines so far.
    pub fn lines(&self) -> i64 {
        self.lines
    }

    /// The hash of the last one.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// The first line that does not follow from those before it.
    pub fn broken_at(&self) -> Option<i64> {
        self.broken_at
    }
}

/// Where two documents differ, by place and without values: `agents[0].phone`. At the most `most` places.
pub fn differences(before: &serde_json::Value, after: &serde_json::Value, most: usize) -> Vec<String> {
    let mut places = Vec::new();
    compare("", before, after, &mut places);
    let more = places.len().saturating_sub(most);
    places.truncate(most);
    if more > 0 {
        places.push(format!("and {more} more"));
    }
    places
}

fn compare(place: &str, before: &serde_json::Value, after: &serde_json::Value, places: &mut Vec<String>) {
    use serde_json::Value;
    match (before, after) {
        _ if before == after => {}
        (Value::Object(one), Value::Object(other)) => {
            let names = one
                .keys()
                .chain(other.keys().filter(|name| !one.contains_key(*name)));
            for name in names {
                let inner = if place.is_empty() {
                    name.clone()
                } else {
                    format!("{place}.{name}")
                };
                let at = |map: &serde_json::Map<String, Value>| map.get(name).cloned().unwrap_or_default();
                compare(&inner, &at(one), &at(other), places);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for at in 0..one.len().max(other.len()) {
                let item = |all: &[Value]| all.get(at).cloned().unwrap_or_default();
                compare(&format!("{place}[{at}]"), &item(one), &item(other), places);
            }
        }
        _ => places.push(place.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::Millis;

    fn log() -> Vec<Kept> {
        let mut head = START.to_owned();
        (1..=5)
            .map(|seq| {
                let line = AuditLine {
                    seq,
                    at: Millis(seq * 1000),
                    who: "olga@shop.example".into(),
                    session: Some("s_1".into()),
                    verb: "document.changed".into(),
                    what: format!("agents[{seq}].phone"),
                };
                head = hash(&head, &line);
                Kept {
                    line,
                    hash: head.clone(),
                }
            })
            .collect()
    }

    fn broken_at(log: &[Kept]) -> Option<i64> {
        let mut chain = Chain::default();
        log.iter().for_each(|kept| chain.take(kept));
        chain.broken_at()
    }

    #[test]
    fn a_log_nobody_touched_holds() {
        assert_eq!(broken_at(&log()), None);
        assert_eq!(broken_at(&[]), None);
    }

    #[test]
    fn every_change_of_a_line_is_noticed() {
        let changes: [fn(&mut AuditLine); 6] = [
            |line| line.seq += 1,
            |line| line.at = Millis(1),
            |line| line.who = "somebody@else.example".into(),
            |line| line.session = None,
            |line| line.verb = "nothing".into(),
            |line| line.what.clear(),
        ];
        for change in changes {
            for nth in 0..5 {
                let mut log = log();
                change(&mut log[nth].line);
                assert!(broken_at(&log).is_some());
            }
        }
    }

    #[test]
    fn a_line_taken_out_put_in_or_signed_anew_is_noticed() {
        let mut shorter = log();
        shorter.remove(2);
        assert_eq!(broken_at(&shorter), Some(4));
        let mut longer = log();
        longer.insert(2, longer[1].clone());
        assert_eq!(broken_at(&longer), Some(2));
        let mut forged = log();
        forged[2].line.what.clear();
        forged[2].hash = hash(&forged[1].hash.clone(), &forged[2].line);
        assert_eq!(
            broken_at(&forged),
            Some(4),
            "the next one does not follow any more"
        );
    }

    #[test]
    fn a_change_is_told_by_place_and_without_values() {
        let before = json!({"name": "A", "agents": [{"id": "ana", "phone": "1"}], "gone": 1});
        let after = json!({"name": "A", "agents": [{"id": "ana", "phone": "2"}, {"id": "ben"}], "new": true});
        assert_eq!(
            differences(&before, &after, 9),
            ["agents[0].phone", "agents[1]", "gone", "new"]
        );
        assert_eq!(differences(&before, &after, 1), ["agents[0].phone", "and 3 more"]);
    }
}
