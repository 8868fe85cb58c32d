//! The audit log: each line carries the hash of the one before, so that none can be changed, taken out or put in between without
//! all that follow being wrong. Whoever keeps the last hash elsewhere notices a missing end, too.

use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};
use shared::Millis;
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

/// A place in the log: a line's number and hash, or what stands before the first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Mark {
    /// The number.
    pub seq: i64,
    /// The hash.
    pub hash: String,
}

impl Default for Mark {
    fn default() -> Self {
        Self {
            seq: 0,
            hash: START.into(),
        }
    }
}

impl Mark {
    /// The line that follows here, with its hash.
    pub fn next(&self, line: impl FnOnce(i64) -> AuditLine) -> Kept {
        let line = line(self.seq + 1);
        Kept {
            hash: hash(&self.hash, &line),
            line,
        }
    }
}

/// Goes along the log from some place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chain {
    at: Mark,
    broken_at: Option<i64>,
}

impl Chain {
    /// The lines behind this place are to be taken.
    pub fn after(at: Mark) -> Self {
        Self { at, broken_at: None }
    }

    /// Takes the next line.
    pub fn take(&mut self, kept: &Kept) {
        let follows = kept.line.seq == self.at.seq + 1 && kept.hash == hash(&self.at.hash, &kept.line);
        if !follows && self.broken_at.is_none() {
            self.broken_at = Some(kept.line.seq);
        }
        self.at = Mark {
            seq: kept.line.seq,
            hash: kept.hash.clone(),
        };
    }

    /// The first line that does not follow from those before it.
    pub fn broken_at(&self) -> Option<i64> {
        self.broken_at
    }
}

/// The log gone through from its first line to its last, over and over, a piece at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// How far it has come.
    pub at: Mark,
    /// The first line that was found wrong this time.
    pub broken_at: Option<i64>,
    /// The same of the time before.
    pub before_broken_at: Option<i64>,
    /// When the end was last reached.
    pub ended_at: Option<Millis>,
}

impl Round {
    /// Takes the lines behind [`Self::at`], as they follow; `last` if there are no more now. The next time begins at `start`.
    pub fn go_on(self, lines: &[Kept], last: bool, start: &Mark, now: Millis) -> Self {
        let mut chain = Chain::after(self.at);
        lines.iter().for_each(|kept| chain.take(kept));
        let broken_at = self.broken_at.or(chain.broken_at());
        match last {
            true => Self {
                at: start.clone(),
                broken_at: None,
                before_broken_at: broken_at,
                ended_at: Some(now),
            },
            false => Self {
                at: chain.at,
                broken_at,
                ..self
            },
        }
    }

    /// The first line that is known to be wrong: what was found once is said until a whole round has not found it.
    pub fn wrong_at(&self) -> Option<i64> {
        [self.broken_at, self.before_broken_at]
            .into_iter()
            .flatten()
            .min()
    }
}

/// Seconds between two lines that say the same of something that anybody can do as often as they like.
const RARELY_S: i64 = 3600;

/// What is remembered of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Rare {
    /// When a line said it.
    pub at: Millis,
    /// How often it has happened since.
    pub more: i64,
}

impl Rare {
    /// It happens: what is remembered from now on, and what a line says of it, where it is time for one.
    pub fn happens(before: Option<Self>, what: &str, now: Millis) -> (Self, Option<String>) {
        let said = Self { at: now, more: 0 };
        let Some(before) = before else {
            return (said, Some(what.into()));
        };
        let more = before.more + 1;
        match before.is_over(now) {
            true => (said, Some(times(what, more))),
            false => (Self { more, ..before }, None),
        }
    }

    /// It has not happened lately: what a line says of the times that none has told.
    pub fn rest(self, what: &str) -> Option<String> {
        (self.more > 0).then(|| times(what, self.more))
    }

    /// Whether it is time for another line. Where the clock was set back, too.
    pub fn is_over(self, now: Millis) -> bool {
        now < self.at || self.at.plus_s(RARELY_S) <= now
    }
}

fn times(what: &str, times: i64) -> String {
    match times {
        1 => what.into(),
        _ => format!("{what}: {times} times since the line before"),
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

    /// Rounds in pieces of two lines, until the end has been reached so often.
    fn rounds(log: &[Kept], start: &Mark, mut round: Round, ends: usize) -> Round {
        let mut ended = 0;
        while ended < ends {
            let behind: Vec<Kept> = log
                .iter()
                .filter(|kept| kept.line.seq > round.at.seq)
                .take(2)
                .cloned()
                .collect();
            let last = behind.len() < 2;
            round = round.go_on(&behind, last, start, Millis(7));
            ended += usize::from(last);
        }
        round
    }

    #[test]
    fn gone_through_in_pieces_every_change_is_found_by_the_end_of_the_next_round() {
        let begun = rounds(&log(), &Mark::default(), Round::default(), 1);
        assert_eq!((begun.wrong_at(), begun.ended_at), (None, Some(Millis(7))));
        for pieces in 0..3 {
            for nth in 0..5 {
                let mut round = begun.clone();
                for _ in 0..pieces {
                    let from = log();
                    let behind: Vec<Kept> = from
                        .into_iter()
                        .filter(|it| it.line.seq > round.at.seq)
                        .take(2)
                        .collect();
                    round = round.go_on(&behind, behind.len() < 2, &Mark::default(), Millis(7));
                }
                let mut changed = log();
                changed[nth].line.what.clear();
                let found = rounds(&changed, &Mark::default(), round, 2);
                assert_eq!(found.wrong_at(), Some(nth as i64 + 1), "after {pieces} pieces");
                let mended = rounds(&log(), &Mark::default(), found, 1);
                assert_eq!(mended.wrong_at(), None, "it was put right");
            }
        }
    }

    #[test]
    fn what_was_found_is_said_while_it_is_looked_for_again() {
        let mut changed = log();
        changed[0].line.what.clear();
        let found = rounds(&changed, &Mark::default(), Round::default(), 1);
        let again = found.go_on(&[], false, &Mark::default(), Millis(8));
        assert_eq!(again.wrong_at(), Some(1));
    }

    #[test]
    fn a_log_whose_oldest_lines_are_erased_begins_at_the_last_hash_of_them() {
        let log = log();
        let start = Mark {
            seq: 2,
            hash: log[1].hash.clone(),
        };
        let begun = Round {
            at: start.clone(),
            ..Round::default()
        };
        assert_eq!(rounds(&log[2..], &start, begun.clone(), 2).wrong_at(), None);
        assert_eq!(
            rounds(&log[3..], &start, begun, 2).wrong_at(),
            Some(4),
            "one is missing"
        );
    }

    #[test]
    fn however_often_strangers_knock_a_line_an_hour_says_it() {
        let (mut rare, mut lines) = (None, Vec::new());
        for second in 0..3 * 3600 {
            let (next, line) = Rare::happens(rare, "code", Millis(second * 1000));
            rare = Some(next);
            lines.extend(line);
        }
        assert_eq!(
            lines,
            [
                "code",
                "code: 3600 times since the line before",
                "code: 3600 times since the line before"
            ]
        );
        let rest = rare.and_then(|rare| rare.rest("code"));
        assert_eq!(rest.as_deref(), Some("code: 3599 times since the line before"));
    }

    #[test]
    fn whoever_is_refused_now_and_then_has_a_line_each_time() {
        let (rare, first) = Rare::happens(None, "link", Millis(0));
        let (rare, second) = Rare::happens(Some(rare), "link", Millis(3_600_000));
        assert_eq!(
            (first.as_deref(), second.as_deref()),
            (Some("link"), Some("link"))
        );
        assert_eq!(rare.rest("link"), None);
        assert!(rare.is_over(Millis(0)), "the clock was set back");
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
