//! Who is not called, and why: the policy as it stands, and the numbers that are never called again.

use super::{Do, Model, Msg, Notice};
use crate::net::Failure;
use shared::policy::{PolicyView, SuppressionView};

/// Where what is wrong with a number for the list is said.
pub(in crate::console) const NEW_NUMBER: &str = "suppress.phone";

/// What may happen to it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Barred {
    Stands(Result<PolicyView, Failure>),
    Numbers(Result<Vec<SuppressionView>, Failure>),
    /// A number is typed for the list.
    Typed(String),
    /// What was typed is never to be called again.
    Suppress,
    Suppressed(Result<(), Failure>),
    /// A number, by its id, may be called again.
    Forgive(String),
    Forgiven(Result<(), Failure>),
}

/// What to ask the edge about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum AskBarred {
    Stands,
    Numbers,
    Suppress(String),
    Forgive(String),
}

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::console) struct Policy {
    /// The limits that hold, what was spent, what waits; once it is there.
    pub(in crate::console) stands: Option<PolicyView>,
    /// The numbers that are never called; once they are there.
    pub(in crate::console) numbers: Option<Vec<SuppressionView>>,
    /// A number that is typed for the list.
    pub(in crate::console) typed: String,
}

fn ask(model: &Model, what: impl IntoIterator<Item = AskBarred>) -> Vec<Do> {
    let site = model.site.as_ref();
    what.into_iter()
        .filter_map(|what| Some(Do::Barred(site?.clone(), what)))
        .collect()
}

/// What is to be looked at while this part is open.
pub(super) fn look(model: &Model) -> Vec<Do> {
    ask(model, [AskBarred::Stands, AskBarred::Numbers])
}

/// Takes in what happened.
pub(super) fn update(model: &mut Model, what: Barred) -> Vec<Do> {
    match what {
        Barred::Stands(Ok(stands)) => model.policy.stands = Some(stands),
        Barred::Numbers(Ok(numbers)) => model.policy.numbers = Some(numbers),
        Barred::Typed(text) => {
            model.policy.typed = text;
            model.errors.remove(NEW_NUMBER);
        }
        Barred::Suppress => {
            let number = model.policy.typed.trim().to_owned();
            return ask(model, [AskBarred::Suppress(number)]);
        }
        Barred::Suppressed(Ok(())) => {
            model.policy.typed.clear();
            model.say(Notice::Saved);
            return look(model);
        }
        Barred::Suppressed(Err(failure)) if failure.status() == Some(422) => {
            model.errors.insert(NEW_NUMBER.into(), failure.words().to_owned());
        }
        Barred::Forgive(id) => return ask(model, [AskBarred::Forgive(id)]),
        Barred::Forgiven(Ok(())) => return look(model),
        Barred::Stands(Err(failure))
        | Barred::Numbers(Err(failure))
        | Barred::Suppressed(Err(failure))
        | Barred::Forgiven(Err(failure)) => model.refuse(&failure),
    }
    Vec::new()
}

impl From<Barred> for Msg {
    fn from(what: Barred) -> Self {
        Self::Barred(what)
    }
}
