//! What agents may ask, once they are signed in.

use super::{Core, pulse};
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::webhook::{self as hooks, Happened};
use crate::store::{business as store, forecast, journal};
use crate::{clock, cookie, route, secret, socket};
use acd::{Command, Input, Kept, Refusal};
use serde::Serialize;
use shared::desk::{AgentState, CallAgain, DeskView, Disposition, Reassign, Revealed, SetPresence, SignIn};
use shared::handover::{Decline, Transfer};
use shared::limit::{MAX_HISTORY, MAX_SOCKETS};
use shared::presence::SkillView;
use shared::problem::{FieldError, Problem, ProblemKind};
use shared::webhook::EventType;
use shared::{AgentId, Millis, RequestId};
use std::rc::Rc;
use worker::{Method, Result};

/// The session's cookie; its value names the business, too.
pub(crate) const SESSION_COOKIES: cookie::Names = ["__Host-ringback_desk", "ringback_desk"];
/// A working day, and a little.
const SESSION_S: i64 = 12 * 3600;
/// How much longer a session lasts that ended in the middle of a call.
const GRACE_S: i64 = 15 * 60;
/// Finished calls shown on the desk.
const RECENT: i64 = 10;
/// How far back a supervisor sees how true the waits were, in seconds.
const PAST_WAITS_S: i64 = 3600;

const NO_PAUSE: &str = "Only those who go away have a break.";
/// Wrong codes for one agent that are borne in a minute.
const MAX_GUESSES: u32 = 10;

/// Wrong codes of the present minute. In memory: a restart forgives, and costs a guesser more than it gives.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    minute: i64,
    wrong: u32,
}

impl Guesses {
    pub(super) fn allow(&self, now: Millis) -> bool {
        self.minute != now.0 / 60_000 || self.wrong < MAX_GUESSES
    }

    pub(super) fn count(&mut self, now: Millis) {
        let minute = now.0 / 60_000;
        if self.minute != minute {
            *self = Self { minute, wrong: 0 };
        }
        self.wrong += 1;
    }
}

/// Whose session it is.
struct Session {
    agent: AgentId,
    token_hash: String,
}

impl Session {
    /// The tag of this session's sockets, so that they can be closed with it.
    fn tag(&self) -> String {
        format!("session.{}", self.token_hash)
    }
}

#[derive(Serialize)]
struct DemoAgent {
    id: AgentId,
    name: String,
}

impl Core {
    pub(super) async fn desk(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        if call.method != Method::Get {
            route::require_origin(call, &self.settings, &[])?;
        }
        match (&call.method, rest) {
            (Method::Get, ["demo"]) => return self.demo_agents(),
            (Method::Post, ["session"]) => return self.sign_in(call).await,
            _ => {}
        }
        let session = self.session(call)?;
        match (&call.method, rest) {
            (Method::Delete, ["session"]) => self.sign_out(&session).await,
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
                self.command(&session.agent, Command::Reassign(request_id(id)?, wish.to))
                    .await
            }
            (Method::Post, ["requests", id, "take"]) => {
                self.command(&session.agent, Command::Take(request_id(id)?)).await
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
                json(
                    200,
                    &Revealed {
                        phone: phone.ok_or(Refusal::NotYourCall)?,
                    },
                )
            }
            (_, [] | ["session" | "presence" | "live" | "demo" | "calls"]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    fn demo_agents(&self) -> Answer {
        if self.settings.demo_code().is_none() {
            return Err(problem(ProblemKind::NotFound, "The demo is not on."));
        }
        let agents: Vec<DemoAgent> = self.read(|acd| {
            let agents = acd.config().business.agents.iter();
            agents
                .map(|agent| DemoAgent {
                    id: agent.id.clone(),
                    name: agent.name.clone(),
                })
                .collect()
        })?;
        json(200, &agents)
    }

    async fn sign_in(self: &Rc<Self>, call: &Call) -> Answer {
        let Some(code) = self.settings.demo_code() else {
            return Err(problem(
                ProblemKind::NotFound,
                "There is no sign-in of this kind here.",
            ));
        };
        let sign_in: SignIn = call.decode()?;
        // Unknown names share one count: they are not worth more memory.
        let whom = self.read(|acd| acd.config().agent(&sign_in.agent).map(|agent| agent.id.clone()))?;
        if !self
            .guesses
            .borrow_mut()
            .entry(whom.clone())
            .or_default()
            .allow(clock::now())
        {
            return Err(problem(
                ProblemKind::TooMany,
                "Too many wrong codes. Please try again in a minute.",
            ));
        }
        if !secret::same(
            &sign_in.code.trim().to_ascii_lowercase(),
            &code.to_ascii_lowercase(),
        ) {
            self.guesses
                .borrow_mut()
                .entry(whom)
                .or_default()
                .count(clock::now());
            let wrong = Problem::new(ProblemKind::Unauthorized, "This is not the sign-in code.");
            return Err(wrong.at("code", "invalid").into());
        }
        let token = secret::session_token()?;
        let token_hash = secret::hash(&token);
        let agent = sign_in.agent;
        self.turn(Input::Agent(agent.clone(), Command::SignIn), |turn| {
            store::open_session(turn.db, &token_hash, &agent, turn.now.plus_s(SESSION_S))
        })
        .await
        .map_err(|stop| match stop {
            Stop::Refused(problem) if problem.status == 404 => (*problem).at("agent", "invalid").into(),
            other => other,
        })?;
        let site = self.read(|acd| acd.config().site.clone())?;
        let response = self.tell_desk(&agent)?;
        response.headers().set(
            "set-cookie",
            &cookie::set(
                &self.settings,
                SESSION_COOKIES,
                &format!("{site}.{token}"),
                SESSION_S,
            )?,
        )?;
        Ok(response)
    }

    fn session(&self, call: &Call) -> std::result::Result<Session, Stop> {
        let refused = || problem(ProblemKind::Unauthorized, "Please sign in.");
        let cookie = call
            .cookie(cookie::name(&self.settings, SESSION_COOKIES)?)?
            .unwrap_or_default();
        let (_, token) = cookie.rsplit_once('.').ok_or_else(refused)?;
        let token_hash = secret::hash(token);
        let agent = store::session(&self.db, &token_hash, clock::now())?.ok_or_else(refused)?;
        Ok(Session { agent, token_hash })
    }

    /// The agent goes offline with the last session; one that has a call must end it first.
    async fn sign_out(self: &Rc<Self>, session: &Session) -> Answer {
        let hash = session.token_hash.as_str();
        if store::has_other_session(&self.db, &session.agent, hash, clock::now())? {
            store::close_session(&self.db, hash)?;
        } else {
            let leave = Input::Agent(session.agent.clone(), Command::SignOut);
            self.turn(leave, |turn| store::close_session(turn.db, hash))
                .await?;
        }
        for ws in self.state.get_websockets_with_tag(&session.tag()) {
            socket::close(&ws, 4401, "signed out");
        }
        let response = empty()?;
        response.headers().set(
            "set-cookie",
            &cookie::set(&self.settings, SESSION_COOKIES, "", 0)?,
        )?;
        Ok(response)
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

    /// Ends the sessions whose time is over. An agent in a call keeps the desk until it is written up.
    pub(super) async fn end_sessions(self: &Rc<Self>) -> Result<()> {
        let now = clock::now();
        for over in store::expired_sessions(&self.db, now)? {
            let session = Session {
                agent: over.agent,
                token_hash: over.token_hash,
            };
            match self.sign_out(&session).await {
                Ok(_) => {}
                Err(Stop::Refused(_)) => {
                    store::prolong_session(&self.db, &session.token_hash, now.plus_s(GRACE_S))?;
                }
                Err(Stop::Failed(error)) => return Err(error),
            }
        }
        Ok(())
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
        let kept = Kept {
            recent: store::recent(&self.db, agent, RECENT)?,
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

    async fn desk_live(self: &Rc<Self>, call: &Call, session: &Session) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        route::require_origin(call, &self.settings, &[])?;
        self.plugged(&session.agent, clock::now()).await?;
        let view = self
            .desk_view(&session.agent, clock::now())?
            .ok_or(Refusal::UnknownAgent)?;
        let agent = pulse::tag(&session.agent);
        socket::accept(&self.state, MAX_SOCKETS, &[&agent, &session.tag()], None, &view)
    }
}

fn refuse_faults(faults: Vec<FieldError>) -> std::result::Result<(), Stop> {
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(faults).into())
    }
}

fn request_id(text: &str) -> std::result::Result<RequestId, Stop> {
    RequestId::parse(text).map_err(|_| Refusal::UnknownRequest.into())
}
