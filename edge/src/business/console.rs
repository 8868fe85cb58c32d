//! How the business is doing, for the console.

use super::Core;
use super::by::By;
use crate::answer::{Answer, Stop, json};
use crate::call::Call;
use crate::clock;
use crate::store::console as store;
use shared::Millis;
use shared::problem::{Problem, ProblemKind};
use std::fmt::Write as _;
use worker::Response;

/// Days that a report looks back without being asked for more, and at the most.
const REPORT_DAYS: i64 = 7;
const MAX_REPORT_DAYS: i64 = 92;
const DAY_MS: i64 = 24 * 3600 * 1000;

impl Core {
    /// `GET …/businesses/{site}/seen`.
    pub(super) fn seen(&self) -> Answer {
        let origins = self.read(|acd| acd.config().business.origins.clone())?;
        json(200, &store::seen(&self.db, &origins)?)
    }

    /// `GET …/businesses/{site}/report`.
    pub(super) fn report(&self, call: &Call, by: &By) -> Answer {
        let to = instant(call, "to", clock::now())?;
        let from = instant(call, "from", to.plus_ms(-REPORT_DAYS * DAY_MS))?;
        if to.0.saturating_sub(from.0) > MAX_REPORT_DAYS * DAY_MS {
            let detail = "A report looks at 92 days at the most.";
            return Err(Problem::new(ProblemKind::InvalidQuery, detail)
                .at("from", "invalid")
                .into());
        }
        let mut told = store::told(&self.db, from, to)?;
        let most = usize::try_from(store::MAX_TOLD).unwrap_or(usize::MAX);
        let cut = told.len() > most;
        told.truncate(most);
        let report = self.read(|acd| acd.config().report(&told, from, to, cut))?;
        match call.query("format").as_deref() {
            None | Some("json") => json(200, &report),
            Some("csv") => {
                by.note(&self.db, clock::now(), "report.exported", "")?;
                csv(&report)
            }
            Some(_) => {
                let detail = "format must be json or csv.";
                Err(Problem::new(ProblemKind::InvalidQuery, detail)
                    .at("format", "invalid")
                    .into())
            }
        }
    }
}

/// An instant of the query, in milliseconds.
pub(super) fn instant(call: &Call, name: &str, usual: Millis) -> std::result::Result<Millis, Stop> {
    match call.query(name) {
        None => Ok(usual),
        Some(text) => text.parse().map(Millis).map_err(|_| {
            let detail = format!("{name} must be an instant in milliseconds since 1970.");
            Problem::new(ProblemKind::InvalidQuery, detail)
                .at(name, "invalid")
                .into()
        }),
    }
}

/// Every line of a report, with what it is about in front. Addresses are of the business's own pages; a quote in them is doubled,
/// and none begins like a formula.
fn csv(report: &shared::report::Report) -> Answer {
    let mut text =
        String::from("by,key,asked,talked,abandoned,not_reached,called,in_time,wait_s,wait_90_s,talk_s\r\n");
    let groups = [
        ("all", std::slice::from_ref(&report.total)),
        ("hour", &report.hours),
        ("hour_of_day", &report.day),
        ("day", &report.days),
        ("skill", &report.skills),
        ("page", &report.pages),
        ("agent", &report.agents),
    ];
    for (by, lines) in groups {
        for line in lines {
            let seconds = |it: Option<f64>| it.map(|it| format!("{it:.1}")).unwrap_or_default();
            let written: std::result::Result<(), std::fmt::Error> = write!(
                text,
                "{by},\"{}\",{},{},{},{},{},{},{},{},{}\r\n",
                line.key.replace('"', "\"\""),
                line.asked,
                line.talked,
                line.abandoned,
                line.not_reached,
                line.called,
                line.in_time,
                seconds(line.wait_s),
                seconds(line.wait_90_s),
                line.talk_s
            );
            written.map_err(|error| worker::Error::from(error.to_string()))?;
        }
    }
    as_file(text, "report.csv")
}

/// A CSV for people to keep.
pub(super) fn as_file(text: String, name: &str) -> Answer {
    let response = Response::ok(text)?;
    let headers = response.headers();
    headers.set("content-type", "text/csv; charset=utf-8")?;
    headers.set("content-disposition", &format!("attachment; filename=\"{name}\""))?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    Ok(response)
}
