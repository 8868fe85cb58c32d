//! The wrap-up being typed. It survives a refusal and a reload; only the edge's "kept" ends it.

use super::{Action, Do, Model, SAVED_FOR_S, accept, ask};
use crate::desk::word;
use crate::net::Failure;
use serde::{Deserialize, Serialize};
use shared::desk::{AgentState, DeskView, Disposition};
use shared::work::Outcome;
use shared::{DispositionId, RequestId};
use std::collections::BTreeMap;

/// What is wrong, by field: `kind`, `text`, `order`, and `` for the whole.
pub(in crate::desk) type Errors = BTreeMap<String, String>;

/// A wrap-up as typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::desk) struct Draft {
    /// What kind, once chosen.
    pub(in crate::desk) kind: Option<DispositionId>,
    /// In the agent's words.
    #[serde(default)]
    pub(in crate::desk) text: String,
    /// The order number as typed.
    #[serde(default)]
    pub(in crate::desk) order: String,
}

impl Draft {
    /// The disposition it makes, one of these, or what is wrong with it.
    pub(super) fn check(&self, outcomes: &[Outcome]) -> Result<Disposition, Errors> {
        let order = Some(self.order.trim().to_owned()).filter(|order| !order.is_empty());
        let chosen = outcomes
            .iter()
            .find(|outcome| Some(&outcome.id) == self.kind.as_ref());
        // The limits are the same whatever the kind, so they are checked before there is one.
        let made = chosen.or(outcomes.first()).map(|outcome| Disposition {
            kind: outcome.id.clone(),
            text: self.text.trim().to_owned(),
            order,
        });
        let faults = made.as_ref().map(Disposition::faults).unwrap_or_default();
        let mut errors: Errors = faults
            .into_iter()
            .map(|fault| (fault.field, fault.message))
            .collect();
        match chosen {
            None => drop(errors.insert("kind".into(), word::KIND_MISSING.into())),
            Some(outcome) if outcome.needs_order && self.order.trim().is_empty() => {
                errors.insert("order".into(), word::ORDER_MISSING.into());
            }
            Some(_) => {}
        }
        made.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

fn id(model: &Model) -> Option<RequestId> {
    model.call().map(|pop| pop.id.clone())
}

/// A draft from before a reload comes back, unless typing has begun anew.
pub(super) fn kept(model: &mut Model, of: &RequestId, kept: Draft) -> Vec<Do> {
    if id(model).as_ref() == Some(of) && model.draft == Draft::default() {
        model.draft = kept;
    }
    Vec::new()
}

pub(super) fn change(model: &mut Model, field: &str, change: impl FnOnce(&mut Draft)) -> Vec<Do> {
    change(&mut model.draft);
    model.errors.remove(field);
    id(model)
        .map(|id| Do::Keep(id, model.draft.clone()))
        .into_iter()
        .collect()
}

pub(super) fn save(model: &mut Model) -> Vec<Do> {
    let (Some(id), AgentState::WrapUp) = (id(model), model.me()) else {
        return Vec::new();
    };
    model.errors.clear();
    match model.draft.check(model.outcomes()) {
        Ok(disposition) => {
            model.saving = Some(id.clone());
            ask(model, Action::Save, Do::Save(id, disposition))
        }
        Err(errors) => {
            model.errors = errors;
            Vec::new()
        }
    }
}

pub(super) fn saved(model: &mut Model, view: DeskView) -> Vec<Do> {
    // Not the call on the desk: the socket may have told first, and the next call may be there already.
    let mut todo: Vec<Do> = model.saving.take().map(Do::Forget).into_iter().collect();
    todo.extend(accept(model, view));
    model.gone = None;
    model.saved_until = Some(model.now.plus_s(SAVED_FOR_S));
    todo
}

pub(super) fn refused(model: &mut Model, failure: &Failure) {
    let Failure::Refused(problem) = failure else {
        model
            .errors
            .insert(String::new(), word::NOT_SAVED_UNREACHABLE.into());
        return;
    };
    for error in &problem.errors {
        let field = if matches!(error.field.as_str(), "kind" | "text" | "order") {
            &error.field
        } else {
            ""
        };
        model.errors.insert(field.to_owned(), error.message.clone());
    }
    if problem.errors.is_empty() {
        model
            .errors
            .insert(String::new(), word::not_saved(&problem.detail));
    }
}
