//! What agents may ask, once they are signed in.

use super::by::By;
use super::{Core, pulse};
use crate::answer::{Answer, Stop, json, problem};
use crate::call::Call;
use crate::store::webhook::{self as hooks, Happened};
use crate::store::{business as store, forecast, journal, talk};
use crate::{clock, route, secret, socket};
use access::right;
use acd::talk::Voice;
use acd::{Command, Input, Kept, Refusal};
use shared::desk::{AgentState, CallAgain, DeskView, Disposition, Reassign, Revealed, SetPresence};
use shared::handover::{Decline, Transfer};
use shared::limit::{MAX_HISTORY, MAX_SOCKETS};
use shared::presence::SkillView;
use shared::problem::{FieldError, Problem, ProblemKind};
use shared::voice::SetVoice;
use shared::webhook::EventType;
use shared::{AgentId, Millis, RequestId};
use std::rc::Rc;
use worker::{Method, Result};

/// Finished calls shown on the desk.
const RECENT: i64 = 10;
/// How far back a supervisor sees how true the waits were, in seconds.
const PAST_WAITS_S: i64 = 3600;

const NO_PAUSE: &str = "Only those who go away have a break.";
/// Who is at the desk.
struct Seat {
    agent: AgentId,
    by: By,
}

impl Seat {
    /// The tag of the session's sockets, which close with it.
    fn tag(&self) -> Option<String> {
        self.by.session.as_ref().map(crate::store::session::Session::tag)
    }
}

impl Core {
    pub(super) async fn desk(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        let by = self.require(call, right::desk(rest))?;
        let Some(agent) = by.agent.clone() else {
            let words = format!("You are signed in as {}, who has no desk here.", by.name);
            return Err(problem(ProblemKind::Forbidden, &words));
        };
        let session = Seat { agent, by };
        match (&call.method, rest) {
            (Method::Get, []) => self.tell_desk(&session.agent),
            (Method::Get, ["live"]) => self.desk_live(call, &session).await,
            (Method::Put, ["presence"]) => {
                let wish: SetPresence = call.decode()?;
                let command = match (wish.state, wish.pause) {
                    (AgentState::Away, Some(pause)) => Command::Rest(pause),
                    (_, Some(_)) => return Err(Problem::field("pause", "invalid", NO_PAUSE).into()),
                    (state, None) => Command::Presence(state),
                };
                self.command(&session.agent, command).await
            }
            (Method::Post, ["calls"]) => {
                let wish: CallAgain = call.decode()?;
                self.call_again(&session.agent, &wish.of).await
            }
            (Method::Post, ["requests", id, "reassign"]) => {
                let wish: Reassign = call.decode()?;
                let command = Command::Reassign(request_id(id)?, wish.to);
                self.supervise(&session, command, "request.reassigned", id).await
            }
            (Method::Post, ["requests", id, "take"]) => {
                let command = Command::Take(request_id(id)?);
                self.supervise(&session, command, "request.taken_over", id).await
            }
            (Method::Post, ["calls", id, "transfer"]) => {
                let wish: Transfer = call.decode()?;
                refuse_faults(wish.faults())?;
                self.command(&session.agent, Command::Transfer(request_id(id)?, wish))
                    .await
            }
            (Method::Post, ["calls", id, "requeue"]) => {
                self.command(&session.agent, Command::Requeue(request_id(id)?))
                    .await
            }
            (Method::Post, ["calls", id, "refuse"]) => {
                let wish: Decline = call.decode()?;
                refuse_faults(wish.faults())?;
                self.command(&session.agent, Command::Decline(request_id(id)?, wish))
                    .await
            }
            (Method::Post, ["calls", id, "never"]) => {
                self.command(&session.agent, Command::Never(request_id(id)?))
                    .await
            }
            (Method::Post, ["calls", id, "hangup"]) => {
                self.command(&session.agent, Command::HangUp(request_id(id)?))
                    .await
            }
            (Method::Post, ["calls", id, "disposition"]) => {
                let disposition: Disposition = call.decode()?;
                refuse_faults(disposition.faults())?;
                self.dispose(&session.agent, request_id(id)?, disposition).await
            }
            (Method::Post, ["calls", id, "reveal"]) => {
                let id = request_id(id)?;
                let phone = self.read(|acd| acd.reveal(&session.agent, &id).map(str::to_owned))?;
                let phone = phone.ok_or(Refusal::NotYourCall)?;
                let by = &session.by;
                by.note(&self.db, clock::now(), "number.revealed", id.as_str())?;
                json(200, &Revealed { phone })
            }
            (Method::Get, ["requests", id, "talk"]) => {
                let own = session.tag();
                self.talk(
                    call,
                    &request_id(id)?,
                    Voice::Agent(session.agent.clone()),
                    own.as_deref(),
                )
            }
            (Method::Put, ["voice"]) => {
                let wish: SetVoice = call.decode()?;
                self.command(&session.agent, Command::Voice(wish.ready)).await
            }
            (Method::Get, ["requests", id, "voice"]) => {
                let own = session.tag();
                let voice = Voice::Agent(session.agent.clone());
                self.voice(call, &request_id(id)?, voice, own.as_deref()).await
            }
            (Method::Delete, ["requests", id, "voice"]) => {
                self.command(&session.agent, Command::ByPhone(request_id(id)?))
                    .await
            }
            (_, [] | ["presence" | "live" | "calls" | "voice"] | ["requests", _, "talk" | "voice"]) => {
                route::no_route(call, true)
            }
            _ => route::no_route(call, false),
        }
    }

    /// A call that is still in the engine ends its wrap-up; one whose wrap-up ran out still takes what was written.
    async fn dispose(self: &Rc<Self>, agent: &AgentId, id: RequestId, disposition: Disposition) -> Answer {
        let gone = self.read(|acd| acd.request(&id).is_none())?;
        self.read(|acd| acd.config().refuse_disposition(&disposition))??;
        if gone && self.dispose_late(agent, &id, &disposition)? {
            self.send_due();
            self.rearm().await?;
            return self.tell_desk(agent);
        }
        self.command(agent, Command::Dispose(id, disposition)).await
    }

    fn dispose_late(
        self: &Rc<Self>,
        agent: &AgentId,
        id: &RequestId,
        disposition: &Disposition,
    ) -> Result<bool> {
        let config = self.read(|acd| acd.config().clone())?;
        self.db.transaction(|| {
            let kept = store::dispose_late(&self.db, id, agent, disposition)?;
            if let Some(request) = store::request(&self.db, id)?.filter(|_| kept) {
                let written_up = Happened::to(&request, EventType::CallWrittenUp);
                hooks::tell(&self.db, &config, &[written_up], clock::now())?;
            }
            Ok(kept)
        })
    }

    /// The customer of a finished call is called again by this agent.
    async fn call_again(self: &Rc<Self>, agent: &AgentId, of: &RequestId) -> Answer {
        let unknown = || Problem::field("of", "unknown", "There is no such call.");
        let earlier = store::request(&self.db, of)?.ok_or_else(unknown)?;
        if earlier.ended_at.is_none() {
            return Err(Problem::field("of", "open", "This call is not over.").into());
        }
        let again = Command::CallAgain(secret::request_id()?, Box::new(earlier.asked));
        self.command(agent, again).await
    }

    /// What a supervisor does with somebody else's request is noted.
    async fn supervise(self: &Rc<Self>, seat: &Seat, command: Command, verb: &str, of: &str) -> Answer {
        let note = |turn: &super::Turn<'_>| seat.by.note(turn.db, turn.now, verb, of);
        self.turn(Input::Agent(seat.agent.clone(), command), note).await?;
        self.tell_desk(&seat.agent)
    }

    async fn command(self: &Rc<Self>, agent: &AgentId, command: Command) -> Answer {
        self.turn(Input::Agent(agent.clone(), command), |_| Ok(()))
            .await?;
        self.tell_desk(agent)
    }

    fn tell_desk(&self, agent: &AgentId) -> Answer {
        json(
            200,
            &self
                .desk_view(agent, clock::now())?
                .ok_or(Refusal::UnknownAgent)?,
        )
    }

    /// One agent's desk as it stands.
    pub(super) fn desk_view(&self, agent: &AgentId, now: Millis) -> Result<Option<DeskView>> {
        let lines = self.read(|acd| acd.lines(now))?;
        self.desk_view_with(lines, agent, now)
    }

    /// The same, with lines that were worked out already.
    pub(super) fn desk_view_with(
        &self,
        lines: Vec<SkillView>,
        agent: &AgentId,
        now: Millis,
    ) -> Result<Option<DeskView>> {
        let midnight = self.read(|acd| acd.config().midnight(now))?;
        let call = self.read(|acd| acd.on_desk(agent).map(|(id, phone)| (id.clone(), phone.clone())))?;
        let history = match call {
            Some((id, phone)) => store::history(&self.db, &phone, &id, MAX_HISTORY)?,
            None => Vec::new(),
        };
        let recent = store::recent(&self.db, agent, RECENT)?;
        let past = recent.iter().chain(&history).map(|request| &request.id);
        let kept = Kept {
            messages: talk::counts(&self.db, past)?,
            recent,
            today: journal::figures(&self.db, agent, midnight)?,
            history,
            waits: if self.read(|acd| acd.is_supervisor(agent))? {
                forecast::waits(&self.db, now.plus_s(-PAST_WAITS_S))?
            } else {
                Vec::new()
            },
        };
        self.read(|acd| acd.desk_view(agent, lines, &kept, now))
    }

    /// Whoever opens the desk's socket is at work.
    async fn desk_live(self: &Rc<Self>, call: &Call, session: &Seat) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        if self.read(|acd| acd.is_off(&session.agent))? {
            let sit_down = Input::Agent(session.agent.clone(), Command::SignIn);
            self.turn(sit_down, |_| Ok(())).await?;
        }
        self.plugged(&session.agent, clock::now()).await?;
        let view = self
            .desk_view(&session.agent, clock::now())?
            .ok_or(Refusal::UnknownAgent)?;
        let agent = pulse::tag(&session.agent);
        let own = session.tag();
        let tags: Vec<&str> = [agent.as_str()].into_iter().chain(own.as_deref()).collect();
        socket::accept(&self.state, MAX_SOCKETS, &tags, None, &view)
    }
}

pub(super) fn refuse_faults(faults: Vec<FieldError>) -> std::result::Result<(), Stop> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(faults).into())
    }
}

fn request_id(text: &str) -> std::result::Result<RequestId, Stop> {
    RequestId::parse(text).map_err(|_| Refusal::UnknownRequest.into())
}
