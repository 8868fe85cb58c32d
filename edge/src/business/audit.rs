//! The audit log, for whoever may read it.

use super::Core;
use super::by::By;
use super::console::as_file;
use crate::answer::{Answer, json};
use crate::call::Call;
use crate::clock;
use crate::store::audit as store;
use shared::problem::{Problem, ProblemKind};
use std::fmt::Write as _;

/// Lines that the console shows.
const LATEST: i64 = 200;

impl Core {
    /// `GET …/businesses/{site}/audit`: the latest lines, and whether the log is whole; as CSV all of it.
    pub(super) fn audit(&self, call: &Call, by: &By) -> Answer {
        let now = clock::now();
        match call.query("format").as_deref() {
            None | Some("json") => {
                let view = self.db.transaction(|| store::view(&self.db, LATEST, now))?;
                json(200, &view)
            }
            Some("csv") => {
                by.note(&self.db, now, "audit.exported", "")?;
                let mut text = String::from("seq,at,who,session,verb,what,hash\r\n");
                store::walk(&self.db, |kept| {
                    let (line, hash) = (kept.line, kept.hash);
                    let session = line.session.unwrap_or_default();
                    let (who, what) = (quoted(&line.who), quoted(&line.what));
                    let written = write!(
                        text,
                        "{},{},{who},{session},{},{what},{hash}\r\n",
                        line.seq, line.at.0, line.verb
                    );
                    // Writing to a string can't fail.
                    written.unwrap_or_default();
                })?;
                as_file(text, "audit.csv")
            }
            Some(_) => {
                let detail = "format must be json or csv.";
                let wrong = Problem::new(ProblemKind::InvalidQuery, detail);
                Err(wrong.at("format", "invalid").into())
            }
        }
    }
}

/// A field as RFC 4180 has it; none begins like a formula.
fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}
