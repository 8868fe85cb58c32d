//! Does in the browser what the door says, and tells it what comes of it.

use super::model::{Do, Model, Msg, update};
use crate::net::{Failure, ask, ask_plain};
use crate::passkey;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shared::SiteId;
use shared::door::Place;

/// A running door, as its components hold it.
#[derive(Clone, Copy)]
pub(super) struct Running {
    model: RwSignal<Model>,
    done: Callback<()>,
}

impl Running {
    pub(super) fn start(
        site: SiteId,
        to: Place,
        who: String,
        notice: Option<String>,
        link: Option<String>,
        done: Callback<()>,
    ) -> Self {
        let (model, todo) = Model::open(site, to, who, notice, link);
        let door = Self {
            model: RwSignal::new(model),
            done,
        };
        todo.into_iter().for_each(|what| door.run(what));
        let back = window_event_listener(leptos::ev::focus, move |_| door.send(Msg::Returned));
        on_cleanup(move || back.remove());
        door
    }

    /// A part of the model that the view follows; it changes only when its value does.
    pub(super) fn part<T>(self, pick: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.model.with(|model| pick(model)))
    }

    /// Something happened.
    pub(super) fn send(self, msg: Msg) {
        // The door may be shut again: then nothing is left to do.
        let todo = self.model.try_update(|model| update(model, msg));
        todo.unwrap_or_default()
            .into_iter()
            .for_each(|what| self.run(what));
    }

    fn run(self, what: Do) {
        match what {
            Do::ReadWays(site) => {
                self.later(async move { Msg::Ways(ask_plain("GET", &of(&site, "")).await) });
            }
            Do::AskLink(site, wish) => {
                self.later(
                    async move { Msg::LinkAsked(ask("POST", &of(&site, "/link"), Some(&wish)).await) },
                );
            }
            Do::OpenLink(site, link) => self
                .later(async move { Msg::Entered(ask("POST", &of(&site, "/link/open"), Some(&link)).await) }),
            Do::Look => self.later(async move { Msg::Looked(ask_plain("GET", "/v1/session").await) }),
            Do::Enter(site, entry) => {
                self.later(async move { Msg::Entered(ask("POST", &of(&site, "/code"), Some(&entry)).await) });
            }
            Do::Passkey(site) => self.later(async move { with_passkey(&site).await }),
            Do::AskSignOn(site, wish) => {
                self.later(async move {
                    Msg::SignOnAsked(ask("POST", &of(&site, "/sign_on"), Some(&wish)).await)
                });
            }
            Do::Go(address) => {
                if let Some(window) = web_sys::window() {
                    // An address that is none leaves the door as it is.
                    window.location().assign(&address).unwrap_or_default();
                }
            }
            Do::Done => self.done.run(()),
        }
    }

    fn later(self, answer: impl Future<Output = Msg> + 'static) {
        spawn_local(async move { self.send(answer.await) });
    }
}

async fn with_passkey(site: &SiteId) -> Msg {
    let wish: Result<Value, Failure> = ask_plain("POST", &of(site, "/passkey")).await;
    let wish = match wish {
        Ok(wish) => wish,
        Err(failure) => return Msg::Entered(Err(failure)),
    };
    match passkey::get(&wish).await {
        Ok(signed) => Msg::Entered(ask("POST", &of(site, "/passkey/open"), Some(&signed)).await),
        Err(why) => Msg::NoPasskey(why.words()),
    }
}

fn of(site: &SiteId, what: &str) -> String {
    format!("/v1/door/{site}{what}")
}

/// The running door.
pub(super) fn door() -> Running {
    expect_context()
}
