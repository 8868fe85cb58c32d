//! The console: whoever sets the business up signs in here, and sees how it is doing.

use super::Core;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::{console as store, schema};
use crate::{clock, cookie, route, secret};
use serde::Deserialize;
use shared::problem::{Problem, ProblemKind};
use shared::{Millis, SiteId};
use std::fmt::Write as _;
use worker::{Method, Response, Result};

const COOKIES: cookie::Names = ["__Host-ringback_console", "ringback_console"];
/// A working day, and a little.
const SESSION_S: i64 = 12 * 3600;
/// Days that a report looks back without being asked for more, and at the most.
const REPORT_DAYS: i64 = 7;
const MAX_REPORT_DAYS: i64 = 92;
const DAY_MS: i64 = 24 * 3600 * 1000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    code: String,
}

impl Core {
    /// Refuses whoever is neither the operator nor signed in to this business's console.
    pub(super) fn require_operator(&self, call: &Call) -> std::result::Result<(), Stop> {
        if call.bearer()?.is_some() {
            return route::require_bearer(call, &self.settings.operator_secret()?);
        }
        if call.method != Method::Get {
            route::require_origin(call, &self.settings, &[])?;
        }
        match self.console_token(call)? {
            Some(hash) if schema::exists(&self.db)? && store::has_session(&self.db, &hash, clock::now())? => {
                Ok(())
            }
            _ => Err(problem(
                ProblemKind::Unauthorized,
                "Please sign in, or show a valid secret.",
            )),
        }
    }

    fn console_token(&self, call: &Call) -> Result<Option<String>> {
        let given = call.cookie(cookie::name(&self.settings, COOKIES)?)?;
        Ok(given.map(|token| secret::hash(&token)))
    }

    /// `…/businesses/{site}/session`: in with the operator's secret, or in the demo with its code.
    pub(super) fn console_session(&self, call: &Call, site: &str) -> Answer {
        route::require_origin(call, &self.settings, &[])?;
        match call.method {
            Method::Post => self.enter_console(call, site),
            Method::Delete => {
                if let Some(hash) = self.console_token(call)?
                    && schema::exists(&self.db)?
                {
                    store::close_session(&self.db, &hash)?;
                }
                self.with_cookie("", 0)
            }
            _ => route::no_route(call, true),
        }
    }

    fn enter_console(&self, call: &Call, site: &str) -> Answer {
        SiteId::parse(site).map_err(|_| problem(ProblemKind::NotFound, "There is no such business."))?;
        let given: SignIn = call.decode()?;
        let given = given.code.trim();
        let now = clock::now();
        let operator = secret::same(given, &self.settings.operator_secret()?);
        if !operator {
            let mut guesses = self.guesses.borrow_mut();
            let guesses = guesses.entry(None).or_default();
            if !guesses.allow(now) {
                let words = "Too many wrong codes. Please try again in a minute.";
                return Err(problem(ProblemKind::TooMany, words));
            }
            let code = self.settings.demo_code().filter(|_| self.load().unwrap_or(false));
            let right = code
                .is_some_and(|code| secret::same(&given.to_ascii_lowercase(), &code.to_ascii_lowercase()));
            if !right {
                guesses.count(now);
                let wrong = Problem::new(ProblemKind::Unauthorized, "This is not the sign-in code.");
                return Err(wrong.at("code", "invalid").into());
            }
        }
        // A business that is to be set up has nothing yet.
        schema::migrate(&self.db, schema::BUSINESS)?;
        let token = secret::session_token()?;
        store::open_session(&self.db, &secret::hash(&token), now, now.plus_s(SESSION_S))?;
        self.with_cookie(&token, SESSION_S)
    }

    fn with_cookie(&self, value: &str, max_age_s: i64) -> Answer {
        let response = empty()?;
        let header = cookie::set(&self.settings, COOKIES, value, max_age_s)?;
        response.headers().set("set-cookie", &header)?;
        Ok(response)
    }

    /// `GET …/businesses/{site}/seen`.
    pub(super) fn seen(&self, call: &Call) -> Answer {
        self.require_operator(call)?;
        self.known()?;
        let origins = self.read(|acd| acd.config().business.origins.clone())?;
        json(200, &store::seen(&self.db, &origins)?)
    }

    /// `GET …/businesses/{site}/report`.
    pub(super) fn report(&self, call: &Call) -> Answer {
        self.require_operator(call)?;
        self.known()?;
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
            Some("csv") => csv(&report),
            Some(_) => {
                let detail = "format must be json or csv.";
                Err(Problem::new(ProblemKind::InvalidQuery, detail)
                    .at("format", "invalid")
                    .into())
            }
        }
    }

    fn known(&self) -> std::result::Result<(), Stop> {
        match self.load()? {
            true => Ok(()),
            false => Err(problem(ProblemKind::NotFound, "There is no such business.")),
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
