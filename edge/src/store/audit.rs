//! The audit log: lines are added, and read; nothing here changes one.

use crate::store::sql::Db;
use access::audit::{Chain, Kept, START, hash};
use serde::Deserialize;
use shared::Millis;
use shared::door::{AuditLine, AuditView};
use worker::Result;

/// Lines that are read at once when the log is gone through.
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

/// Adds a line. In the transaction of what it tells, where that is one.
pub(crate) fn add(
    db: &Db,
    now: Millis,
    who: &str,
    session: Option<String>,
    verb: &str,
    what: &str,
) -> Result<()> {
    #[derive(Deserialize)]
    struct Last {
        seq: i64,
        hash: String,
    }
    let last: Option<Last> = db.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", [])?;
    let (seq, previous) = last.map_or((0, START.to_owned()), |last| (last.seq, last.hash));
    let line = AuditLine {
        seq: seq + 1,
        at: now,
        who: who.into(),
        session,
        verb: verb.into(),
        what: what.chars().take(MAX_WHAT_CHARS).collect(),
    };
    db.run(
        "INSERT INTO audit (seq, at, who, session, verb, what, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            line.seq.into(),
            line.at.into(),
            line.who.as_str().into(),
            line.session.as_deref().into(),
            line.verb.as_str().into(),
            line.what.as_str().into(),
            hash(&previous, &line).into(),
        ],
    )
}

/// The whole log, gone through from its first line: whether it holds, and its `latest` lines, the last one first.
pub(crate) fn view(db: &Db, latest: usize) -> Result<AuditView> {
    let (mut chain, mut lines) = (Chain::default(), Vec::new());
    walk(db, |kept| {
        chain.take(&kept);
        lines.push(kept.line);
        if lines.len() >= latest.saturating_mul(2).max(1) {
            lines.drain(..lines.len() - latest);
        }
    })?;
    lines.reverse();
    lines.truncate(latest);
    Ok(AuditView {
        lines: chain.lines(),
        broken_at: chain.broken_at(),
        head: chain.head().into(),
        latest: lines,
    })
}

/// Every line, the oldest first, a batch at a time.
pub(crate) fn walk(db: &Db, mut take: impl FnMut(Kept)) -> Result<()> {
    let mut after = 0;
    loop {
        let rows: Vec<Row> = db.rows(
            "SELECT seq, at, who, session, verb, what, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
            [i64::into(after), BATCH.into()],
        )?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.seq;
        rows.into_iter().for_each(|row| take(row.into()));
    }
}
