//! What agents may ask, once they are signed in.

use super::Core;
use crate::answer::{Answer, Stop, empty, json, problem};
use crate::call::Call;
use crate::store::business as store;
use crate::{clock, route, secret, socket};
use acd::{Command, Input, Refusal};
use serde::Serialize;
use shared::desk::{DeskView, Disposition, Revealed, SetPresence, SignIn};
use shared::problem::{Problem, ProblemKind};
use shared::{AgentId, Millis, RequestId};
use std::rc::Rc;
use worker::{Method, Result};

/// The session's cookie: over https with the prefix that binds it to this host, else (locally) without.
pub(crate) const SESSION_COOKIES: [&str; 2] = ["__Host-ringback_desk", "ringback_desk"];
/// A working day, and a little.
const SESSION_S: i64 = 12 * 3600;
/// Finished calls shown on the desk.
const RECENT: i64 = 10;

/// Wrong codes that are borne in a minute.
const MAX_GUESSES: u32 = 10;

/// Wrong codes of the present minute. In memory: a restart forgives, and costs a guesser more than it gives.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    minute: i64,
    wrong: u32,
}

impl Guesses {
    fn allow(&self, now: Millis) -> bool {
        self.minute != now.0 / 60_000 || self.wrong < MAX_GUESSES
    }

    fn count(&mut self, now: Millis) {
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
            (Method::Get, ["live"]) => self.desk_live(call, &session),
            (Method::Put, ["presence"]) => {
                let wish: SetPresence = call.decode()?;
                self.command(&session.agent, Command::Presence(wish.state)).await
            }
            (Method::Post, ["calls", id, "hangup"]) => {
                self.command(&session.agent, Command::HangUp(request_id(id)?))
                    .await
            }
            (Method::Post, ["calls", id, "disposition"]) => {
                let disposition: Disposition = call.decode()?;
                let faults = disposition.faults();
                if !faults.is_empty() {
                    return Err(Problem::fields(faults).into());
                }
                self.command(&session.agent, Command::Dispose(request_id(id)?, disposition))
                    .await
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
            (_, [] | ["session" | "presence" | "live" | "demo"]) => route::no_route(call, true),
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
        if !self.guesses.borrow_mut().allow(clock::now()) {
            return Err(problem(
                ProblemKind::TooMany,
                "Too many wrong codes. Please try again in a minute.",
            ));
        }
        if !secret::same(
            &sign_in.code.trim().to_ascii_lowercase(),
            &code.to_ascii_lowercase(),
        ) {
            self.guesses.borrow_mut().count(clock::now());
            let wrong = Problem::new(ProblemKind::Unauthorized, "This is not the sign-in code.");
            return Err(wrong.at("code", "invalid").into());
        }
        let token = secret::session_token()?;
        let token_hash = secret::hash(&token);
        let agent = sign_in.agent;
        self.turn(Input::Agent(agent.clone(), Command::SignIn), |turn| {
            store::open_session(turn.db, &token_hash, &agent, turn.now.plus_s(SESSION_S), turn.now)
        })
        .await
        .map_err(|stop| match stop {
            Stop::Refused(problem) if problem.status == 404 => (*problem).at("agent", "invalid").into(),
            other => other,
        })?;
        let site = self.read(|acd| acd.config().site.clone())?;
        let response = self.tell_desk(&agent)?;
        response
            .headers()
            .set("set-cookie", &self.cookie(&format!("{site}.{token}"), SESSION_S)?)?;
        Ok(response)
    }

    fn cookie(&self, value: &str, max_age_s: i64) -> Result<String> {
        let [secure, plain] = SESSION_COOKIES;
        let https = self.settings.public_origin()?.starts_with("https:");
        let (name, flag) = if https { (secure, "; Secure") } else { (plain, "") };
        Ok(format!(
            "{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{flag}"
        ))
    }

    fn session(&self, call: &Call) -> std::result::Result<Session, Stop> {
        let refused = || problem(ProblemKind::Unauthorized, "Please sign in.");
        for name in SESSION_COOKIES {
            let cookie = call.cookie(name)?;
            let Some((_, token)) = cookie.as_deref().and_then(|value| value.rsplit_once('.')) else {
                continue;
            };
            let token_hash = secret::hash(token);
            let agent = store::session(&self.db, &token_hash, clock::now())?.ok_or_else(refused)?;
            return Ok(Session { agent, token_hash });
        }
        Err(refused())
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
        response.headers().set("set-cookie", &self.cookie("", 0)?)?;
        Ok(response)
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
        let recent = store::recent(&self.db, agent, RECENT)?;
        self.read(|acd| acd.desk_view(agent, &recent, now))
    }

    fn desk_live(&self, call: &Call, session: &Session) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        route::require_origin(call, &self.settings, &[])?;
        let view = self
            .desk_view(&session.agent, clock::now())?
            .ok_or(Refusal::UnknownAgent)?;
        let agent = format!("agent.{}", session.agent);
        socket::accept(&self.state, &[&agent, &session.tag()], None, &view)
    }
}

fn request_id(text: &str) -> std::result::Result<RequestId, Stop> {
    RequestId::parse(text).map_err(|_| Refusal::UnknownRequest.into())
}
