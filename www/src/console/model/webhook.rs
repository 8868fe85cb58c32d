//! Endpoints that are told what happens: their secrets, and the log of what they were told.

use super::{Do, Model, Msg};
use crate::net::Failure;
use shared::secret::NewSecret;
use shared::webhook::{DeliveryView, EndpointView};

/// What may happen to them. The first text is the endpoint's id.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::console) enum Hook {
    Endpoints(Result<Vec<EndpointView>, Failure>),
    MakeSecret(String),
    Made(String, Result<NewSecret, Failure>),
    /// Takes one secret back.
    Revoke(String, String),
    /// Shows what an endpoint was told; closes that when it is open.
    Log(String),
    Logged(String, Result<Vec<DeliveryView>, Failure>),
    Test(String),
    /// Sends a message again.
    Again(String, String),
    /// A secret was taken back, or a message is on its way.
    Done(Result<(), Failure>),
}

/// What to ask the edge about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::console) enum AskHook {
    Endpoints,
    Log(String),
    MakeSecret(String),
    Revoke(String, String),
    Test(String),
    Again(String, String),
}

/// What is known of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::console) struct Hooks {
    pub(in crate::console) endpoints: Vec<EndpointView>,
    /// A new secret, shown this once, and whose it is.
    pub(in crate::console) made: Option<(String, NewSecret)>,
    /// The endpoint whose log is open.
    pub(in crate::console) open: Option<String>,
    /// That log, once it is there.
    pub(in crate::console) log: Option<Vec<DeliveryView>>,
}

/// What is to be looked at while this part is open.
pub(super) fn look(model: &Model) -> Vec<Do> {
    let log = model.hooks.open.clone().map(AskHook::Log);
    let all = std::iter::once(AskHook::Endpoints).chain(log);
    let site = model.site.clone();
    all.filter_map(|what| Some(Do::Hook(site.clone()?, what)))
        .collect()
}

/// Takes in what happened.
pub(super) fn update(model: &mut Model, hook: Hook) -> Vec<Do> {
    let ask = |model: &Model, what: AskHook| {
        let site = model.site.clone();
        site.map(|site| Do::Hook(site, what))
            .into_iter()
            .collect::<Vec<_>>()
    };
    match hook {
        Hook::Endpoints(Ok(endpoints)) => model.hooks.endpoints = endpoints,
        Hook::MakeSecret(id) => return ask(model, AskHook::MakeSecret(id)),
        Hook::Made(id, Ok(made)) => {
            model.hooks.made = Some((id, made));
            return look(model);
        }
        Hook::Revoke(id, key) => {
            model.hooks.made = model.hooks.made.take().filter(|(_, made)| made.id != key);
            return ask(model, AskHook::Revoke(id, key));
        }
        Hook::Log(id) => {
            model.hooks.log = None;
            let open = model.hooks.open.as_ref() != Some(&id);
            model.hooks.open = open.then_some(id);
            return look(model);
        }
        Hook::Logged(id, Ok(log)) => {
            if model.hooks.open.as_ref() == Some(&id) {
                model.hooks.log = Some(log);
            }
        }
        Hook::Test(id) => {
            if model.hooks.open.as_ref() != Some(&id) {
                model.hooks.log = None;
                model.hooks.open = Some(id.clone());
            }
            return ask(model, AskHook::Test(id));
        }
        Hook::Again(id, message) => return ask(model, AskHook::Again(id, message)),
        Hook::Done(Ok(())) => return look(model),
        Hook::Endpoints(Err(failure))
        | Hook::Made(_, Err(failure))
        | Hook::Logged(_, Err(failure))
        | Hook::Done(Err(failure)) => model.refuse(&failure),
    }
    Vec::new()
}

impl From<Hook> for Msg {
    fn from(hook: Hook) -> Self {
        Self::Hook(hook)
    }
}
