//! The desk's state and everything that changes it. Pure: no clock, no browser.

mod draft;
mod entry;
mod gone;
mod hand;
mod live;
mod msg;
mod talk;
#[cfg(test)]
mod tests;
mod voice;
mod wish;

pub(super) use draft::{Draft, Errors};
pub(super) use entry::Entry;
pub(super) use gone::Gone;
pub(super) use hand::{Hand, HandForm, may};
pub(super) use msg::{Action, Do, Msg};
pub(super) use talk::{Talk, Talked, Unsent};
pub(super) use voice::{Act, Device, Microphone, Stage, Told, Voice, Voiced};

use live::{accept, heard, read};
use wish::{ask, on_call, rest, want};

use crate::desk::word;
#[cfg(test)]
use crate::net::Wire;
use crate::net::{Failure, Link};
#[cfg(test)]
use shared::desk::SetPresence;
use shared::desk::{AgentState, CallAgain, DeskView, Reassign, Revealed, ScreenPop};
use shared::work::Outcome;
use shared::{BreakId, Millis, RequestId, SiteId};

/// Seconds that the desk goes on saying how a call ended that nobody talked in.
const GONE_FOR_S: i64 = 20;
/// Seconds that the desk goes on saying that something worked.
const SAVED_FOR_S: i64 = 6;
/// Seconds between attempts to find the edge when the page starts without it.
const START_AGAIN_S: i64 = 5;

/// The whole desk.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Model {
    /// The browser's clock, once a second.
    pub(super) now: Millis,
    /// What the edge's clock is ahead of the browser's, so that "since" is right on a computer that is wrong.
    pub(super) ahead_ms: i64,
    /// The business named to us; needed for signing in only.
    pub(super) site: Option<SiteId>,
    /// Which screen is up.
    pub(super) screen: Screen,
    /// The live connection.
    pub(super) link: Link,
    /// The next view opens a connection: it counts whatever its clock says.
    fresh: bool,
    /// What the door is to know.
    pub(super) entry: Entry,
    /// The desk as the edge last said it.
    pub(super) view: Option<DeskView>,
    /// What was asked of the edge and not yet answered.
    pub(super) pending: Option<Action>,
    /// Why the edge did not do it.
    pub(super) refusal: Option<String>,
    /// The number that the customer of this request has.
    pub(super) revealed: Option<(RequestId, String)>,
    /// The wrap-up as typed so far.
    pub(super) draft: Draft,
    /// What is wrong with it.
    pub(super) errors: Errors,
    /// The request whose wrap-up is on its way.
    saving: Option<RequestId>,
    /// Handing on or refusing, while that form is open.
    pub(super) hand: Option<HandForm>,
    /// What became of a call that left this desk on purpose, until then.
    handed: Option<(&'static str, Millis)>,
    /// The floor was chosen, for supervisors.
    pub(super) floor: bool,
    /// The keys are shown.
    pub(super) keys: bool,
    /// The call that ended before anybody talked.
    pub(super) gone: Option<Gone>,
    /// The agent was set away while the desk was not connected, and has not heard of it.
    pub(super) set_away: bool,
    /// Until when "saved" is said.
    saved_until: Option<Millis>,
    /// What is written about the call on the desk.
    pub(super) talk: Talk,
    /// What was written in earlier calls.
    pub(super) past_talks: talk::Past,
    /// Calls that this browser carries.
    pub(super) voice: Voice,
}

/// Which screen is up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Screen {
    /// Finding out who this is.
    #[default]
    Starting,
    /// The edge can't be reached or has failed; tried again at that instant.
    Down {
        /// Why.
        why: String,
        /// When it is tried again.
        retry_at: Millis,
    },
    /// Which business?
    AskSite {
        /// What was wrong with the last one.
        problem: Option<String>,
    },
    /// Who are you?
    Entry,
    /// The desk itself.
    Desk,
}

impl Model {
    /// The call on the desk.
    pub(super) fn call(&self) -> Option<&ScreenPop> {
        self.view.as_ref()?.call.as_ref()
    }

    /// This agent's presence.
    pub(super) fn me(&self) -> AgentState {
        self.view
            .as_ref()
            .map_or(AgentState::Offline, |view| view.me.state)
    }

    /// The edge's clock now.
    pub(super) fn edge_now(&self) -> Millis {
        self.now.plus_ms(self.ahead_ms)
    }

    /// True while "saved" is to be said.
    pub(super) fn saved(&self) -> bool {
        self.saved_until.is_some()
    }

    /// What may come of a call.
    pub(super) fn outcomes(&self) -> &[Outcome] {
        self.view.as_ref().map_or(&[], |view| &view.dispositions)
    }

    /// True while the floor is to be seen.
    pub(super) fn on_floor(&self) -> bool {
        self.floor && self.view.as_ref().is_some_and(|view| view.floor.is_some())
    }

    /// True while this agent may call somebody again.
    pub(super) fn may_call(&self) -> bool {
        self.screen == Screen::Desk && self.call().is_none()
    }

    /// What was done with a call that left this desk on purpose.
    pub(super) fn handed(&self) -> Option<&'static str> {
        self.handed.map(|(words, _)| words)
    }

    /// The break that was chosen: during a call the one after it.
    pub(super) fn pause(&self) -> Option<BreakId> {
        let me = &self.view.as_ref()?.me;
        match me.next {
            Some(_) => me.next_pause.clone(),
            None => me.pause.as_ref().map(|pause| pause.id.clone()),
        }
    }

    /// The presence that was chosen: during a call the one after it.
    pub(super) fn wanted(&self) -> AgentState {
        let after = self.view.as_ref().and_then(|view| view.me.next);
        after.unwrap_or_else(|| self.me())
    }
}

/// Takes in what happened and says what to do about it.
pub(super) fn update(model: &mut Model, msg: Msg) -> Vec<Do> {
    let mut todo = happen(model, msg);
    todo.extend(talk::follow(model));
    todo.extend(voice::follow(model));
    todo
}

fn happen(model: &mut Model, msg: Msg) -> Vec<Do> {
    match msg {
        Msg::Start(site) => {
            model.site = site;
            vec![Do::ReadDesk]
        }
        Msg::Tick(now) => tick(model, now),
        Msg::Again => again(model),
        Msg::Site(site) => {
            model.site = Some(site.clone());
            entry::show(model, None, vec![Do::RememberSite(site)])
        }
        Msg::OtherSite => {
            model.site = None;
            entry::show(model, None, Vec::new())
        }
        Msg::Entered => entry::entered(model),
        Msg::Read(answer) => read(model, answer),
        Msg::Wire(wire) => heard(model, &wire),
        Msg::Want(state) => want(model, state),
        Msg::Toggle => {
            let other = if model.wanted() == AgentState::Available {
                AgentState::Away
            } else {
                AgentState::Available
            };
            want(model, other)
        }
        Msg::Rest(pause) => rest(model, pause),
        Msg::Hand(which) => hand::open(model, which),
        Msg::HandTo(to) => hand::change(model, |form| form.to = Some(to)),
        Msg::HandReason(reason) => hand::change(model, |form| form.reason = Some(reason)),
        Msg::HandText(text) => hand::change(model, |form| form.text = text),
        Msg::HandGo => hand::go(model),
        Msg::Requeue => on_call(model, Action::Requeue, Do::Requeue),
        Msg::CallAgain(of) if model.may_call() => {
            ask(model, Action::CallAgain, Do::CallAgain(CallAgain { of }))
        }
        Msg::CallAgain(_) => Vec::new(),
        Msg::Floor(shown) => {
            model.floor = shown;
            Vec::new()
        }
        Msg::Take(id) => ask(model, Action::Take, Do::Take(id)),
        Msg::Reassign(id, to) => ask(model, Action::Reassign, Do::Reassign(id, Reassign { to })),
        Msg::Keys => {
            model.keys = !model.keys;
            Vec::new()
        }
        Msg::Escape => {
            (model.keys, model.hand) = (false, None);
            Vec::new()
        }
        Msg::HangUp => on_call(model, Action::HangUp, Do::HangUp),
        Msg::Reveal => on_call(model, Action::Reveal, Do::Reveal),
        Msg::Revealed(id, answer) => revealed(model, id, answer),
        Msg::Kept(id, kept) => draft::kept(model, &id, kept),
        Msg::Kind(kind) => draft::change(model, "kind", |draft| draft.kind = Some(kind)),
        Msg::Text(text) => draft::change(model, "text", |draft| draft.text = text),
        Msg::Order(order) => draft::change(model, "order", |draft| draft.order = order),
        Msg::Save => draft::save(model),
        Msg::Done(action, answer) => done(model, action, answer),
        Msg::Talk(what) => talk::talked(model, what),
        Msg::Voice(what) => voice::voiced(model, what),
        Msg::SignOut => ask(model, Action::SignOut, Do::SignOut),
        Msg::Left(answer) => left(model, answer),
        Msg::Dismiss => {
            (model.refusal, model.gone, model.set_away) = (None, None, false);
            Vec::new()
        }
    }
}

fn tick(model: &mut Model, now: Millis) -> Vec<Do> {
    model.now = now;
    if model.gone.as_ref().is_some_and(|gone| gone.until <= now) {
        model.gone = None;
    }
    model.saved_until = model.saved_until.filter(|&until| until > now);
    model.handed = model.handed.filter(|&(_, until)| until > now);
    match model.screen {
        Screen::Down { retry_at, .. } if retry_at <= now => again(model),
        _ => Vec::new(),
    }
}

fn again(model: &mut Model) -> Vec<Do> {
    match &model.screen {
        Screen::Desk => vec![Do::Hurry],
        Screen::Down { .. } => {
            model.screen = Screen::Starting;
            vec![Do::ReadDesk]
        }
        Screen::Starting | Screen::Entry | Screen::AskSite { .. } => Vec::new(),
    }
}

/// True, and the sign-in is up, when the edge no longer knows who this is.
fn session_over(model: &mut Model, failure: &Failure) -> Option<Vec<Do>> {
    (failure.status() == Some(401))
        .then(|| entry::show(model, Some(word::SESSION_OVER.into()), vec![Do::Disconnect]))
}

fn revealed(model: &mut Model, id: RequestId, answer: Result<Revealed, Failure>) -> Vec<Do> {
    model.pending = model.pending.filter(|&pending| pending != Action::Reveal);
    match answer {
        Ok(number) => {
            if model.call().is_some_and(|pop| pop.id == id) {
                model.revealed = Some((id, number.phone));
            }
            Vec::new()
        }
        Err(failure) => session_over(model, &failure).unwrap_or_else(|| {
            model.refusal = Some(failure.words().into());
            Vec::new()
        }),
    }
}

fn done(model: &mut Model, action: Action, answer: Result<DeskView, Failure>) -> Vec<Do> {
    model.pending = model.pending.filter(|&pending| pending != action);
    match answer {
        Ok(view) if action == Action::Save => draft::saved(model, view),
        Ok(view) if hand::takes_away(action) => {
            let todo = accept(model, view);
            model.gone = None;
            // The next call may be there already: then there is something else to look at.
            if model.call().is_none() {
                model.handed = Some((word::left(action), model.now.plus_s(SAVED_FOR_S)));
            }
            todo
        }
        Ok(view) if action == Action::Never => {
            let todo = accept(model, view);
            model.hand = None;
            model.handed = Some((word::left(action), model.now.plus_s(SAVED_FOR_S)));
            todo
        }
        Ok(view) => accept(model, view),
        Err(failure) => session_over(model, &failure).unwrap_or_else(|| {
            if action == Action::Save {
                draft::refused(model, &failure);
            } else if hand::takes_away(action)
                || matches!(
                    action,
                    Action::Take | Action::Reassign | Action::CallAgain | Action::Never
                )
            {
                hand::refused(model, &failure);
            } else {
                model.refusal = Some(failure.words().into());
            }
            Vec::new()
        }),
    }
}

fn left(model: &mut Model, answer: Result<(), Failure>) -> Vec<Do> {
    model.pending = None;
    match answer {
        _ if model.screen != Screen::Desk => Vec::new(),
        // Without a session there is nothing left to leave.
        Err(failure) if failure.status() != Some(401) => {
            model.refusal = Some(failure.words().into());
            Vec::new()
        }
        _ => entry::show(model, None, vec![Do::Disconnect]),
    }
}
