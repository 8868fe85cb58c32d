//! Does in the browser what the model says, and tells the model what comes of it.

use super::model::{Do, Model, Msg, update};
use super::speech;
use crate::browser::{self, Keep};
use crate::net::{Socket, ask_plain};
use crate::site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

const ALOUD: &str = "ringback.aloud";

/// The running page, as the components hold it.
#[derive(Clone, Copy)]
pub(super) struct Phones {
    model: RwSignal<Model>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
}

impl Phones {
    /// Starts it.
    pub(super) fn start() -> Self {
        let phones = Self {
            model: RwSignal::default(),
            socket: StoredValue::new_local(None),
        };
        let aloud = browser::recall(Keep::Long, ALOUD).as_deref() != Some("no");
        phones.send(Msg::Tick(browser::now()));
        phones.send(Msg::Start(site::known(), aloud));
        set_interval(
            move || phones.send(Msg::Tick(browser::now())),
            Duration::from_secs(1),
        );
        phones
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
        // The page may be on its way out: then nothing is left to do.
        for what in self
            .model
            .try_update(|model| update(model, msg))
            .unwrap_or_default()
        {
            self.run(what);
        }
    }

    fn run(self, what: Do) {
        match what {
            Do::RememberSite(site) => site::remember(&site),
            Do::Connect(site) => {
                let path = format!("/sandbox/v1/{site}/phones/live");
                let socket = Socket::open(path, move |wire| self.send(Msg::Wire(wire)));
                self.socket.set_value(Some(socket));
            }
            Do::Disconnect => self.socket.set_value(None),
            Do::Hurry => self.socket.with_value(|socket| {
                if let Some(socket) = socket {
                    socket.hurry();
                }
            }),
            Do::Read(site) => {
                self.later(async move {
                    Msg::Read(ask_plain("GET", &format!("/sandbox/v1/{site}/phones")).await)
                });
            }
            Do::Press(site, leg, press) => self.later(async move {
                let path = format!("/sandbox/v1/{site}/phones/{leg}/{}", press.as_str());
                let answer = ask_plain("POST", &path).await;
                Msg::Pressed(leg, answer)
            }),
            Do::RememberAloud(aloud) => {
                browser::remember(Keep::Long, ALOUD, if aloud { "yes" } else { "no" });
            }
            Do::Speak(text, language) => speech::say(&text, &language),
            Do::Hush => speech::hush(),
        }
    }

    fn later(self, answer: impl Future<Output = Msg> + 'static) {
        spawn_local(async move { self.send(answer.await) });
    }
}

/// The running page.
pub(super) fn phones() -> Phones {
    expect_context()
}
