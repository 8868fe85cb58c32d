//! Signing in.

use super::{Do, Model, Screen, open};
use crate::desk::word;
use crate::net::Failure;
use serde::Deserialize;
use shared::AgentId;
use shared::desk::{DeskView, SignIn};
use std::collections::BTreeMap;

/// One of the demo's agents (`GET /v1/desk/demo`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(in crate::desk) struct DemoAgent {
    /// Id.
    pub(in crate::desk) id: AgentId,
    /// Name.
    pub(in crate::desk) name: String,
}

/// Whom the form offers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desk) enum Agents {
    /// Not known yet.
    #[default]
    Asked,
    /// These.
    Offered(Vec<DemoAgent>),
    /// Nobody: whoever signs in types their id.
    Typed,
    /// The edge did not say; trying again may help.
    Failed(String),
}

/// The sign-in form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desk) struct Entry {
    /// Whom it offers.
    pub(in crate::desk) agents: Agents,
    /// Who was chosen or typed.
    pub(in crate::desk) who: String,
    /// The code as typed.
    pub(in crate::desk) code: String,
    /// What is wrong, by field: `agent`, `code`.
    pub(in crate::desk) errors: BTreeMap<String, String>,
    /// What is wrong with the attempt, or why the form is up again.
    pub(in crate::desk) notice: Option<String>,
    /// The edge is asked.
    pub(in crate::desk) busy: bool,
}

/// Puts the sign-in up (or the question for the business), after doing `first`.
pub(super) fn show(model: &mut Model, notice: Option<String>, first: Vec<Do>) -> Vec<Do> {
    let mut todo = first;
    // Who was here comes back to the same place: only the code is asked again.
    let who = model
        .view
        .take()
        .map_or_else(|| model.entry.who.clone(), |view| view.me.id.to_string());
    model.entry = Entry {
        who,
        notice,
        ..Entry::default()
    };
    (
        model.link,
        model.pending,
        model.refusal,
        model.gone,
        model.revealed,
    ) = Default::default();
    (model.draft, model.errors, model.saved_until) = Default::default();
    model.screen = match &model.site {
        Some(site) => {
            todo.push(Do::ReadAgents(site.clone()));
            Screen::Entry
        }
        None => Screen::AskSite { problem: None },
    };
    todo
}

pub(super) fn agents(model: &mut Model, found: Result<Vec<DemoAgent>, Failure>) -> Vec<Do> {
    model.entry.agents = match found {
        Ok(list) if !list.is_empty() => {
            // A name from elsewhere must not stay chosen invisibly.
            if !list.iter().any(|agent| agent.id.as_str() == model.entry.who) {
                model.entry.who.clear();
            }
            Agents::Offered(list)
        }
        Ok(_) => Agents::Typed,
        Err(failure) if failure.status() == Some(404) => Agents::Typed,
        Err(failure) => Agents::Failed(failure.words().into()),
    };
    Vec::new()
}

pub(super) fn who(model: &mut Model, agent: String) -> Vec<Do> {
    model.entry.errors.remove("agent");
    model.entry.who = agent;
    Vec::new()
}

pub(super) fn code(model: &mut Model, code: String) -> Vec<Do> {
    model.entry.errors.remove("code");
    model.entry.code = code;
    Vec::new()
}

pub(super) fn enter(model: &mut Model) -> Vec<Do> {
    let (Some(site), false) = (model.site.clone(), model.entry.busy) else {
        return Vec::new();
    };
    let entry = &mut model.entry;
    (entry.notice, entry.errors) = Default::default();
    let agent = AgentId::parse(&entry.who.trim().to_ascii_lowercase());
    let code = entry.code.trim().to_owned();
    let wrong = match (&agent, entry.who.trim()) {
        (Ok(_), _) => None,
        (Err(_), "") if entry.agents == Agents::Typed => Some(word::ID_MISSING.to_owned()),
        (Err(_), "") => Some(word::WHO_MISSING.to_owned()),
        (Err(invalid), _) => Some(format!("An id {invalid}.")),
    };
    if let Some(words) = wrong {
        entry.errors.insert("agent".into(), words);
    }
    if code.is_empty() {
        entry.errors.insert("code".into(), word::CODE_MISSING.into());
    }
    match agent {
        Ok(agent) if entry.errors.is_empty() => {
            entry.busy = true;
            vec![Do::SignIn(SignIn { site, agent, code })]
        }
        _ => Vec::new(),
    }
}

pub(super) fn entered(model: &mut Model, answer: Result<DeskView, Failure>) -> Vec<Do> {
    model.entry.busy = false;
    match answer {
        Ok(view) => {
            model.entry = Entry {
                who: view.me.id.to_string(),
                ..Entry::default()
            };
            let mut todo: Vec<Do> = model.site.clone().map(Do::RememberSite).into_iter().collect();
            todo.extend(open(model, view));
            todo
        }
        Err(Failure::Refused(problem)) => {
            if problem.errors.iter().any(|error| error.field == "site") {
                model.screen = Screen::AskSite {
                    problem: Some(problem.detail),
                };
                return Vec::new();
            }
            let mut elsewhere = problem.errors.is_empty();
            for error in problem.errors {
                match error.field.as_str() {
                    "agent" | "code" => {
                        model.entry.errors.insert(error.field, error.message);
                    }
                    _ => elsewhere = true,
                }
            }
            match problem.status {
                // The edge does not say which of the two is wrong; the code is what one types.
                401 if model.entry.errors.is_empty() => {
                    model.entry.errors.insert("code".into(), problem.detail);
                }
                _ if elsewhere => model.entry.notice = Some(problem.detail),
                _ => {}
            }
            Vec::new()
        }
        Err(failure) => {
            model.entry.notice = Some(failure.words().into());
            Vec::new()
        }
    }
}
