//! The audit log: lines are added, read and, when they are old, erased from its beginning; nothing here changes one.

use crate::store::sql::Db;
use access::audit::{Chain, Kept, Mark, Rare, Round};
use serde::Deserialize;
use shared::Millis;
use shared::door::{AuditLine, AuditView};
use worker::Result;

/// Lines that are read, and looked at, at once when the log is gone through.
const BATCH: i64 = 1000;
/// Characters of what a line is about.
const MAX_WHAT_CHARS: usize = 500;

#[derive(Deserialize)]
struct Row {
    seq: i64,
    at: Millis,
    who: String,
    session: Option<String>,
    verb: String,
    what: String,
    hash: String,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        Self {
            line: AuditLine {
                seq: row.seq,
                at: row.at,
                who: row.who,
                session: row.session,
                verb: row.verb,
                what: row.what,
            },
            hash: row.hash,
        }
    }
}

/// What the chain of those lines begins after that are still kept.
fn start(db: &Db) -> Result<Mark> {
    let start: Option<Mark> = db.row("SELECT seq, hash FROM audit_start", [])?;
    Ok(start.unwrap_or_default())
}

/// The last line; before there is one, where the chain begins.
fn end(db: &Db) -> Result<Mark> {
    match db.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", [])? {
        Some(last) => Ok(last),
        None => start(db),
    }
}

/// Adds a line. In the transaction of what it tells, where that is one.
pub(crate) fn add(
    db: &Db,
    now: Millis,
    who: &str,
    session: Option<String>,
    verb: &str,
    what: &str,
) -> Result<()> {
    let Kept { line, hash } = end(db)?.next(|seq| AuditLine {
        seq,
        at: now,
        who: who.into(),
        session,
        verb: verb.into(),
        what: what.chars().take(MAX_WHAT_CHARS).collect(),
    });
    db.run(
        "INSERT INTO audit (seq, at, who, session, verb, what, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            line.seq.into(),
            line.at.into(),
            line.who.as_str().into(),
            line.session.as_deref().into(),
            line.verb.as_str().into(),
            line.what.as_str().into(),
            hash.into(),
        ],
    )
}

/// Adds a line of what anybody can do as often as they like: one an hour, which says how often it was. In a transaction.
pub(crate) fn add_rarely(db: &Db, now: Millis, who: &str, verb: &str, what: &str) -> Result<()> {
    let key = || [who.into(), verb.into(), what.into()];
    let query = "SELECT at, more FROM audit_rare WHERE who = ? AND verb = ? AND what = ?";
    let before: Option<Rare> = db.row(query, key())?;
    let (rare, line) = Rare::happens(before, what, now);
    let [who_is, verb_is, what_is] = key();
    db.run(
        "INSERT OR REPLACE INTO audit_rare (who, verb, what, at, more) VALUES (?, ?, ?, ?, ?)",
        [who_is, verb_is, what_is, rare.at.into(), rare.more.into()],
    )?;
    line.map_or(Ok(()), |line| add(db, now, who, None, verb, &line))
}

/// Adds what no line has told yet of that, where it has not happened lately. In a transaction.
pub(crate) fn add_rest(db: &Db, now: Millis) -> Result<()> {
    #[derive(Deserialize)]
    struct Kind {
        who: String,
        verb: String,
        what: String,
        #[serde(flatten)]
        rare: Rare,
    }
    let all: Vec<Kind> = db.rows("SELECT who, verb, what, at, more FROM audit_rare", [])?;
    for kind in all.into_iter().filter(|kind| kind.rare.is_over(now)) {
        if let Some(line) = kind.rare.rest(&kind.what) {
            add(db, now, &kind.who, None, &kind.verb, &line)?;
        }
        db.run(
            "DELETE FROM audit_rare WHERE who = ? AND verb = ? AND what = ?",
            [kind.who.into(), kind.verb.into(), kind.what.into()],
        )?;
    }
    Ok(())
}

/// Goes through the next piece of the log; true when that was the last one. In a transaction.
pub(crate) fn check(db: &Db, now: Millis) -> Result<bool> {
    go_on(db, now).map(|(_, ended)| ended)
}

fn go_on(db: &Db, now: Millis) -> Result<(Round, bool)> {
    #[derive(Deserialize)]
    struct Come {
        #[serde(flatten)]
        at: Mark,
        broken_at: Option<i64>,
        before_broken_at: Option<i64>,
        ended_at: Option<Millis>,
    }
    let start = start(db)?;
    let come: Option<Come> = db.row(
        "SELECT seq, hash, broken_at, before_broken_at, ended_at FROM audit_round",
        [],
    )?;
    let mut round = come.map_or_else(Round::default, |come| Round {
        at: come.at,
        broken_at: come.broken_at,
        before_broken_at: come.before_broken_at,
        ended_at: come.ended_at,
    });
    // What it had come to was erased meanwhile.
    if round.at.seq < start.seq {
        round.at = start.clone();
    }
    let piece = behind(db, round.at.seq)?;
    let ended = i64::try_from(piece.len()).unwrap_or(i64::MAX) < BATCH;
    let round = round.go_on(&piece, ended, &start, now);
    db.run(
        "INSERT OR REPLACE INTO audit_round (one, seq, hash, broken_at, before_broken_at, ended_at) VALUES (1, ?, ?, ?, ?, ?)",
        [
            round.at.seq.into(),
            round.at.hash.as_str().into(),
            round.broken_at.into(),
            round.before_broken_at.into(),
            round.ended_at.into(),
        ],
    )?;
    Ok((round, ended))
}

/// The `latest` lines, the last one first, and whether the log holds: these, and the next piece of all, are looked at now. In a
/// transaction.
pub(crate) fn view(db: &Db, latest: i64, now: Millis) -> Result<AuditView> {
    let (round, _) = go_on(db, now)?;
    let (start, end) = (start(db)?, end(db)?);
    // One more, which those that are shown follow.
    let rows: Vec<Row> = db.rows(
        "SELECT seq, at, who, session, verb, what, hash FROM audit ORDER BY seq DESC LIMIT ?",
        [(latest + 1).into()],
    )?;
    let mut lines: Vec<Kept> = rows.into_iter().map(Kept::from).collect();
    let before = (i64::try_from(lines.len()).unwrap_or(i64::MAX) > latest)
        .then(|| lines.pop())
        .flatten();
    let mut chain = Chain::after(before.map_or_else(
        || start.clone(),
        |kept| Mark {
            seq: kept.line.seq,
            hash: kept.hash,
        },
    ));
    lines.iter().rev().for_each(|kept| chain.take(kept));
    let wrong = round.wrong_at().into_iter().chain(chain.broken_at());
    Ok(AuditView {
        lines: end.seq - start.seq,
        broken_at: wrong.min(),
        whole_at: round.ended_at,
        head: end.hash,
        latest: lines.into_iter().map(|kept| kept.line).collect(),
    })
}

/// Erases lines from before this, the oldest first and `most` at the most; the chain begins after them from now on. True when there
/// may be more of them. In a transaction.
pub(crate) fn erase(db: &Db, before: Millis, most: i64) -> Result<bool> {
    #[derive(Deserialize)]
    struct Old {
        at: Millis,
        #[serde(flatten)]
        mark: Mark,
    }
    let oldest: Vec<Old> = db.rows(
        "SELECT at, seq, hash FROM audit ORDER BY seq LIMIT ?",
        [most.into()],
    )?;
    let found = oldest.len();
    let gone: Vec<Mark> = oldest
        .into_iter()
        .take_while(|old| old.at < before)
        .map(|old| old.mark)
        .collect();
    let full = gone.len() == found && i64::try_from(found).unwrap_or(i64::MAX) >= most;
    let Some(last) = gone.into_iter().next_back() else {
        return Ok(false);
    };
    db.run("DELETE FROM audit WHERE seq <= ?", [last.seq.into()])?;
    db.run(
        "INSERT OR REPLACE INTO audit_start (one, seq, hash) VALUES (1, ?, ?)",
        [last.seq.into(), last.hash.into()],
    )?;
    Ok(full)
}

/// Every line, the oldest first, a batch at a time.
pub(crate) fn walk(db: &Db, mut take: impl FnMut(Kept)) -> Result<()> {
    let mut after = 0;
    loop {
        let lines = behind(db, after)?;
        let Some(last) = lines.last() else { return Ok(()) };
        after = last.line.seq;
        lines.into_iter().for_each(&mut take);
    }
}

/// The lines behind this one, a batch of them.
fn behind(db: &Db, seq: i64) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = db.rows(
        "SELECT seq, at, who, session, verb, what, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        [seq.into(), BATCH.into()],
    )?;
    Ok(rows.into_iter().map(Kept::from).collect())
}
