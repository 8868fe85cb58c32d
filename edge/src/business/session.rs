//! Sessions: opened at the door, listed, ended by whoever has them, by time, and by what becomes of their member.

use super::by::{By, COOKIES};
use super::{Core, Turn};
use crate::answer::{Answer, Stop, empty, json};
use crate::call::Call;
use crate::store::passkey;
use crate::store::session::{self as store, Session};
use crate::{clock, cookie, route, secret, socket};
use access::change::has_owner;
use access::right;
use access::session::{browser, lasts_s};
use acd::{Command, Input};
use shared::door::{Me, SessionView, Way};
use shared::member::{Email, Member};
use shared::{AgentId, SiteId};
use std::rc::Rc;
use worker::{Method, Result};

/// How much longer a session lasts that ended in the middle of a call.
const GRACE_S: i64 = 15 * 60;
/// A live socket's close codes: signed out; what they may do has changed, so that they connect again.
const SIGNED_OUT: usize = 4401;
const ALTERED: usize = 1000;

/// A session that was opened: the row, and what its browser keeps.
pub(super) struct Opened {
    pub(super) session: Session,
    cookie: String,
}

impl Core {
    /// `/v1/session…`
    pub(super) async fn session(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        let by = self.signed_in(call)?;
        match (&call.method, rest) {
            (Method::Get, []) => json(200, &self.me(&by)?),
            (Method::Delete, []) => {
                if let Some(session) = &by.session {
                    self.sign_out(&by, session).await?;
                }
                self.without_cookie()
            }
            (Method::Delete, ["all"]) => {
                self.sign_out_everywhere(&by).await?;
                self.without_cookie()
            }
            (_, ["passkeys", rest @ ..]) => self.passkeys(call, rest, &by),
            (_, [] | ["all"]) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    /// A session that is not kept yet.
    pub(super) fn new_session(
        &self,
        call: &Call,
        site: &SiteId,
        way: Way,
        member: Option<Email>,
        agent: Option<AgentId>,
    ) -> Result<Opened> {
        let (token, now) = (secret::session_token()?, clock::now());
        let user_agent = call.header("user-agent")?.unwrap_or_default();
        Ok(Opened {
            cookie: format!("{site}.{token}"),
            session: Session {
                token_hash: secret::hash(&token),
                way,
                member,
                agent,
                browser: browser(&user_agent),
                opened_at: now,
                seen_at: now,
                ends_at: now.plus_s(lasts_s(way)),
            },
        })
    }

    /// The answer to a sign-in: who it is, and the cookie.
    pub(super) async fn welcome(self: &Rc<Self>, opened: Opened) -> Answer {
        let Some(by) = self.whose(opened.session.clone())? else {
            return Err(super::by::signed_out());
        };
        if self.load()? {
            self.rearm().await?;
        }
        let response = json(200, &self.me(&by)?)?;
        response
            .headers()
            .set("set-cookie", &self.session_cookie(&opened)?)?;
        Ok(response)
    }

    /// What a session's browser keeps of it.
    pub(super) fn session_cookie(&self, opened: &Opened) -> Result<String> {
        let lasts = lasts_s(opened.session.way);
        cookie::set(&self.settings, COOKIES, &opened.cookie, lasts)
    }

    fn without_cookie(&self) -> Answer {
        let response = empty()?;
        let header = cookie::set(&self.settings, COOKIES, "", 0)?;
        response.headers().set("set-cookie", &header)?;
        Ok(response)
    }

    fn me(&self, by: &By) -> Result<Me> {
        let own = by.session.as_ref();
        let sessions = self.sessions_of(by)?;
        let now = clock::now();
        let views = sessions
            .iter()
            .filter(|session| !session.is_over(now))
            .map(|session| SessionView {
                id: session.id(),
                way: session.way,
                browser: session.browser.clone(),
                opened_at: session.opened_at,
                seen_at: session.seen_at,
                here: own.is_some_and(|own| own.token_hash == session.token_hash),
            });
        Ok(Me {
            name: by.name.clone(),
            email: own.and_then(|own| own.member.as_ref()).map(ToString::to_string),
            roles: by.roles.clone(),
            rights: right::all(&by.roles),
            agent: by.agent.clone(),
            sessions: views.collect(),
            passkeys: self.passkeys_of(by)?,
        })
    }

    /// A member's sessions; of those who came in with a code only their own: others have the code, too.
    fn sessions_of(&self, by: &By) -> Result<Vec<Session>> {
        match by.session.as_ref().and_then(|own| own.member.as_ref()) {
            Some(member) => store::of_member(&self.db, member),
            None => Ok(by.session.clone().into_iter().collect()),
        }
    }

    /// Ends a session. The agent goes offline with the last one; whoever has a call must end it first.
    async fn sign_out(self: &Rc<Self>, by: &By, session: &Session) -> std::result::Result<(), Stop> {
        let now = clock::now();
        match self.last_of(by, session)? {
            Some(agent) => {
                let end = |turn: &Turn<'_>| {
                    store::close(turn.db, &session.token_hash)?;
                    by.note(turn.db, turn.now, "signed.out", "")
                };
                self.turn(Input::Agent(agent, Command::SignOut), end).await?;
            }
            None => self.db.transaction(|| {
                store::close(&self.db, &session.token_hash)?;
                by.note(&self.db, now, "signed.out", "")
            })?,
        }
        self.hang_up_on(session, SIGNED_OUT, "signed out");
        Ok(())
    }

    /// Ends all of somebody's sessions, call or no call: an agent who has one is away after it.
    async fn sign_out_everywhere(self: &Rc<Self>, by: &By) -> std::result::Result<(), Stop> {
        let sessions = self.sessions_of(by)?;
        let now = clock::now();
        by.note(
            &self.db,
            now,
            "signed.out.everywhere",
            &sessions.len().to_string(),
        )?;
        self.revoke(&sessions).await
    }

    /// Takes sessions away from whoever has them, at once.
    pub(super) async fn revoke(self: &Rc<Self>, sessions: &[Session]) -> std::result::Result<(), Stop> {
        for session in sessions {
            let agent = match self.whose(session.clone())? {
                Some(by) => self.last_of(&by, session)?,
                None => None,
            };
            store::close(&self.db, &session.token_hash)?;
            self.hang_up_on(session, SIGNED_OUT, "signed out");
            if let Some(agent) = agent {
                self.send_off(agent).await?;
            }
        }
        Ok(())
    }

    /// The agent's last session is gone: offline, or away after the call.
    async fn send_off(self: &Rc<Self>, agent: AgentId) -> std::result::Result<(), Stop> {
        let leave = Input::Agent(agent.clone(), Command::SignOut);
        match self.turn(leave, |_| Ok(())).await {
            Err(Stop::Refused(_)) => {
                let away = Command::Presence(shared::desk::AgentState::Away);
                match self.turn(Input::Agent(agent, away), |_| Ok(())).await {
                    Ok(_) | Err(Stop::Refused(_)) => Ok(()),
                    Err(failed) => Err(failed),
                }
            }
            other => other.map(drop),
        }
    }

    /// The agent whose last session this is.
    fn last_of(&self, by: &By, session: &Session) -> Result<Option<AgentId>> {
        let Some(agent) = by.agent.clone().filter(|_| self.load().unwrap_or(false)) else {
            return Ok(None);
        };
        let members = self.members()?;
        let member = members
            .iter()
            .find(|member| member.agent.as_ref() == Some(&agent));
        let member = member.map(|member| &member.email);
        let others = store::has_other(&self.db, &agent, member, &session.token_hash, clock::now())?;
        Ok((!others).then_some(agent))
    }

    fn hang_up_on(&self, session: &Session, code: usize, why: &str) {
        for ws in self.state.get_websockets_with_tag(&session.tag()) {
            socket::close(&ws, code, why);
        }
    }

    /// What a new document means for those who are in: whoever is no member any more is out at once, and whoever may do something
    /// else now connects again; the first owner sends all others out. `before` are the members as they were.
    pub(super) async fn enforce(
        self: &Rc<Self>,
        before: &[Member],
        after: &[Member],
        by: &By,
    ) -> std::result::Result<(), Stop> {
        if !has_owner(before) && has_owner(after) {
            // Whoever else came in by a code that many may know is nobody here any more.
            let own = by.session.as_ref().map(Session::id);
            let mut others = store::of_nobody(&self.db)?;
            others.retain(|session| Some(session.id()) != own);
            self.revoke(&others).await?;
        }
        for member in access::change::removed(before, after) {
            let sessions = store::of_member(&self.db, &member.email)?;
            for session in &sessions {
                store::close(&self.db, &session.token_hash)?;
                self.hang_up_on(session, SIGNED_OUT, "no longer a member here");
            }
            passkey::forget(&self.db, &member.email)?;
            self.leave_desk(member, after, !sessions.is_empty()).await?;
        }
        for member in access::change::altered(before, after) {
            let sessions = store::of_member(&self.db, &member.email)?;
            for session in &sessions {
                self.hang_up_on(session, ALTERED, "roles changed");
            }
            let now = after.iter().find(|now| now.email == member.email);
            if now.is_none_or(|now| now.agent != member.agent) {
                self.leave_desk(member, after, !sessions.is_empty()).await?;
            }
        }
        Ok(())
    }

    /// The desk that was this member's is left, unless it is gone itself or has somebody else now.
    async fn leave_desk(
        self: &Rc<Self>,
        member: &Member,
        after: &[Member],
        was_in: bool,
    ) -> std::result::Result<(), Stop> {
        let Some(agent) = member.agent.clone().filter(|_| was_in) else {
            return Ok(());
        };
        let there = self.read(|acd| acd.config().agent(&agent).is_some() && !acd.is_off(&agent))?;
        let email = after
            .iter()
            .find(|other| other.agent.as_ref() == Some(&agent))
            .map(|other| &other.email);
        if there && !store::has_other(&self.db, &agent, email, "", clock::now())? {
            self.send_off(agent).await?;
        }
        Ok(())
    }

    /// Ends the sessions whose time is over. A live socket counts as use; an agent in a call keeps the desk until it is written up.
    pub(super) async fn end_sessions(self: &Rc<Self>) -> Result<()> {
        let now = clock::now();
        for over in store::expired(&self.db, now)? {
            let live = !self.state.get_websockets_with_tag(&over.tag()).is_empty();
            if live && over.ends_at > now {
                store::touch(&self.db, &over.token_hash, now)?;
                continue;
            }
            let Some(by) = self.whose(over.clone())? else {
                store::close(&self.db, &over.token_hash)?;
                continue;
            };
            match self.sign_out(&by, &over).await {
                Ok(()) => {}
                Err(Stop::Refused(_)) => {
                    store::prolong(&self.db, &over.token_hash, now.plus_s(GRACE_S))?;
                }
                Err(Stop::Failed(error)) => return Err(error),
            }
        }
        Ok(())
    }
}
