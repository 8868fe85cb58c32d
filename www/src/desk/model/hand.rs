//! Handing a call on, refusing one, and never calling again: the little form in between.

use super::{Action, Do, Model, ask};
use crate::desk::word;
use crate::net::Failure;
use shared::call::RequestState;
use shared::handover::{Decline, RefusalReason, Target, Transfer};

/// Which form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Hand {
    /// To whom, and what they should know.
    On,
    /// Why not.
    Refuse,
    /// Whether the customer is really never to be called again.
    Never,
}

/// The form as filled in so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct HandForm {
    /// Which.
    pub(in crate::desk) hand: Hand,
    /// To whom, once chosen.
    pub(in crate::desk) to: Option<Target>,
    /// Why, once chosen.
    pub(in crate::desk) reason: Option<RefusalReason>,
    /// The note, or the reason in words.
    pub(in crate::desk) text: String,
    /// What is wrong with it.
    pub(in crate::desk) error: Option<String>,
}

/// True while there is somebody to hand on, to refuse, or never to be called again.
pub(in crate::desk) fn may(model: &Model, hand: Hand) -> bool {
    model.call().is_some_and(|pop| match (hand, pop.state) {
        (Hand::Never, _) => true,
        (_, RequestState::Ended) | (Hand::Refuse, RequestState::Connected) => false,
        (Hand::On | Hand::Refuse, _) => true,
    })
}

/// Opens a form, or closes it when it is the one that is open.
pub(super) fn open(model: &mut Model, hand: Hand) -> Vec<Do> {
    let same = model.hand.as_ref().is_some_and(|form| form.hand == hand);
    let form = HandForm {
        hand,
        to: None,
        reason: None,
        text: String::new(),
        error: None,
    };
    model.hand = (!same && may(model, hand)).then_some(form);
    Vec::new()
}

pub(super) fn change(model: &mut Model, change: impl FnOnce(&mut HandForm)) -> Vec<Do> {
    if let Some(form) = &mut model.hand {
        change(form);
        form.error = None;
    }
    Vec::new()
}

pub(super) fn go(model: &mut Model) -> Vec<Do> {
    let (Some(form), Some(id)) = (
        &mut model.hand,
        model.view.as_ref().and_then(|view| view.call.as_ref()),
    ) else {
        return Vec::new();
    };
    let id = id.id.clone();
    let text = form.text.trim().to_owned();
    let what = match (form.hand, form.to.clone(), form.reason) {
        (Hand::On, Some(to), _) => {
            let wish = Transfer { to, note: text };
            let fault = wish.faults().into_iter().next();
            fault.map_or(Ok((Action::Transfer, Do::Transfer(id, wish))), Err)
        }
        (Hand::Refuse, _, Some(reason)) => {
            let wish = Decline { reason, text };
            let fault = wish.faults().into_iter().next();
            fault.map_or(Ok((Action::Refuse, Do::Refuse(id, wish))), Err)
        }
        (Hand::Never, ..) => Ok((Action::Never, Do::Never(id))),
        (Hand::On, None, _) => {
            form.error = Some(word::WHOM_MISSING.into());
            return Vec::new();
        }
        (Hand::Refuse, _, None) => {
            form.error = Some(word::REASON_MISSING.into());
            return Vec::new();
        }
    };
    match what {
        Ok((action, what)) => ask(model, action, what),
        Err(fault) => {
            form.error = Some(fault.message);
            Vec::new()
        }
    }
}

/// True for what takes the call from this desk on purpose: its going is no news then.
pub(super) const fn takes_away(action: Action) -> bool {
    matches!(action, Action::Transfer | Action::Refuse | Action::Requeue)
}

/// The edge did not do it: the form says why, while it is there.
pub(super) fn refused(model: &mut Model, failure: &Failure) {
    let words = match failure {
        Failure::Refused(problem) => problem
            .errors
            .first()
            .map_or_else(|| failure.words().to_owned(), |error| error.message.clone()),
        Failure::Unreachable => failure.words().to_owned(),
    };
    match &mut model.hand {
        Some(form) => form.error = Some(words),
        None => model.refusal = Some(words),
    }
}
