//! Does in the browser what the model says, and tells the model what comes of it.

use super::model::{Act, Action, Do, Draft, Model, Msg, Talked, Unsent, Voiced, update};
use super::signal;
use super::voice::{Call, Trial};
use crate::browser::{self, Keep};
use crate::net::{Socket, ask, ask_plain};
use crate::site;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::RequestId;
use shared::desk::DeskView;
use shared::voice::SetVoice;
use std::time::Duration;

/// The running desk, as the components hold it.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    model: RwSignal<Model>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
    talk: StoredValue<Option<Socket>, LocalStorage>,
    voice: StoredValue<Option<Call>, LocalStorage>,
    trial: StoredValue<Option<Trial>, LocalStorage>,
}

impl Desk {
    /// Starts it.
    pub(super) fn start() -> Self {
        let desk = Self {
            model: RwSignal::default(),
            socket: StoredValue::new_local(None),
            talk: StoredValue::new_local(None),
            voice: StoredValue::new_local(None),
            trial: StoredValue::new_local(None),
        };
        desk.send(Msg::Tick(browser::now()));
        desk.send(Msg::Start(site::known()));
        desk.send(Msg::Floor(
            browser::query("view").as_deref() == Some("supervisor"),
        ));
        set_interval(
            move || desk.send(Msg::Tick(browser::now())),
            Duration::from_secs(1),
        );
        desk
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
            Do::ReadDesk => self.later(async { Msg::Read(ask_plain("GET", "/v1/desk").await) }),
            Do::SignOut => self.later(async { Msg::Left(ask_plain("DELETE", "/v1/session").await) }),
            Do::Connect => {
                let socket = Socket::open("/v1/desk/live", move |wire| self.send(Msg::Wire(wire)));
                self.socket.set_value(Some(socket));
            }
            Do::Disconnect => self.socket.set_value(None),
            Do::Hurry => self.socket.with_value(|socket| {
                if let Some(socket) = socket {
                    socket.hurry();
                }
            }),
            Do::Presence(wish) => {
                let action = Action::Presence(wish.state);
                self.later(
                    async move { Msg::Done(action, ask("PUT", "/v1/desk/presence", Some(&wish)).await) },
                );
            }
            Do::Transfer(id, wish) => self.later(async move {
                let answer = ask("POST", &on_call(&id, "transfer"), Some(&wish)).await;
                Msg::Done(Action::Transfer, answer)
            }),
            Do::Requeue(id) => self.later(async move {
                let answer = ask_plain::<DeskView>("POST", &on_call(&id, "requeue")).await;
                Msg::Done(Action::Requeue, answer)
            }),
            Do::Refuse(id, wish) => self.later(async move {
                let answer = ask("POST", &on_call(&id, "refuse"), Some(&wish)).await;
                Msg::Done(Action::Refuse, answer)
            }),
            Do::Never(id) => self.later(async move {
                let answer = ask_plain::<DeskView>("POST", &on_call(&id, "never")).await;
                Msg::Done(Action::Never, answer)
            }),
            Do::Take(id) => self.later(async move {
                let answer = ask_plain::<DeskView>("POST", &format!("/v1/desk/requests/{id}/take")).await;
                Msg::Done(Action::Take, answer)
            }),
            Do::Reassign(id, wish) => self.later(async move {
                let path = format!("/v1/desk/requests/{id}/reassign");
                Msg::Done(Action::Reassign, ask("POST", &path, Some(&wish)).await)
            }),
            Do::CallAgain(wish) => self.later(async move {
                let answer = ask("POST", "/v1/desk/calls", Some(&wish)).await;
                Msg::Done(Action::CallAgain, answer)
            }),
            Do::HangUp(id) => self.later(async move {
                let answer = ask_plain::<DeskView>("POST", &on_call(&id, "hangup")).await;
                Msg::Done(Action::HangUp, answer)
            }),
            Do::Reveal(id) => self.later(async move {
                let answer = ask_plain("POST", &on_call(&id, "reveal")).await;
                Msg::Revealed(id, answer)
            }),
            Do::Save(id, disposition) => self.later(async move {
                let answer = ask("POST", &on_call(&id, "disposition"), Some(&disposition)).await;
                Msg::Done(Action::Save, answer)
            }),
            Do::Recall(id) => {
                let kept = browser::recall(Keep::Tab, &draft_key(&id));
                if let Some(draft) = kept.and_then(|json| serde_json::from_str::<Draft>(&json).ok()) {
                    self.send(Msg::Kept(id, draft));
                }
            }
            Do::Keep(id, draft) => {
                if let Ok(json) = serde_json::to_string(&draft) {
                    browser::remember(Keep::Tab, &draft_key(&id), &json);
                }
            }
            Do::Forget(id) => browser::forget(Keep::Tab, &draft_key(&id)),
            Do::TalkAbout(None) => self.talk.set_value(None),
            Do::TalkAbout(Some(id)) => {
                let tell = move |wire| self.send(Msg::Talk(Talked::Wire(wire)));
                self.talk.set_value(Some(Socket::open(talk_of(&id), tell)));
                let kept = browser::recall(Keep::Tab, &unsent_key(&id));
                if let Some(unsent) = kept.and_then(|json| serde_json::from_str::<Unsent>(&json).ok()) {
                    self.send(Msg::Talk(Talked::Kept(id, unsent)));
                }
            }
            Do::Say(say) => {
                if let Ok(json) = serde_json::to_string(&say) {
                    // A line that can't carry it is about to be known as lost: then it is said again.
                    self.talk
                        .with_value(|talk| talk.as_ref().is_some_and(|talk| talk.send(&json)));
                }
            }
            Do::KeepTalk(id, unsent) if unsent == Unsent::default() => {
                browser::forget(Keep::Tab, &unsent_key(&id));
            }
            Do::KeepTalk(id, unsent) => {
                if let Ok(json) = serde_json::to_string(&unsent) {
                    browser::remember(Keep::Tab, &unsent_key(&id), &json);
                }
            }
            Do::ReadTalk(id) => self.later(async move {
                let answer = ask_plain("GET", &talk_of(&id)).await;
                Msg::Talk(Talked::PastRead(id, answer))
            }),
            Do::VoiceIn(of) => {
                let tell = move |told| self.send(Msg::Voice(Voiced::Told(told)));
                let call = of.map(|id| Call::join(&format!("/v1/desk/requests/{id}/voice"), tell));
                self.voice.set_value(call);
            }
            Do::Voice(what) => self.act(&what),
            Do::Microphone(on) => {
                let tell = move |microphone| self.send(Msg::Voice(Voiced::Tried(microphone)));
                self.trial.set_value(on.then(|| Trial::begin(tell)));
            }
            Do::Ready(ready) => self.later(async move {
                let answer = ask("PUT", "/v1/desk/voice", Some(&SetVoice { ready })).await;
                Msg::Done(Action::Ready, answer)
            }),
            Do::Ring => signal::ring(),
            Do::Alert { title, body } => signal::alert(&title, &body),
        }
    }

    /// In the call, or while there is none at the microphone that is tried.
    fn act(self, what: &Act) {
        self.voice.with_value(|call| match (call, what) {
            (Some(call), _) => call.act(what),
            (None, Act::Use(device)) => self.trial.with_value(|trial| {
                if let Some(trial) = trial {
                    trial.choose(device);
                }
            }),
            (None, _) => {}
        });
    }

    fn later(self, answer: impl Future<Output = Msg> + 'static) {
        spawn_local(async move { self.send(answer.await) });
    }
}

fn on_call(id: &RequestId, what: &str) -> String {
    format!("/v1/desk/calls/{id}/{what}")
}

fn talk_of(id: &RequestId) -> String {
    format!("/v1/desk/requests/{id}/talk")
}

fn unsent_key(id: &RequestId) -> String {
    format!("ringback.talk.{id}")
}

fn draft_key(id: &RequestId) -> String {
    format!("ringback.draft.{id}")
}

/// The running desk.
pub(super) fn desk() -> Desk {
    expect_context()
}
