//! Who asks: whoever shows the operator's secret, or has a session here. What they may do follows from their roles as the document
//! has them now.

use super::Core;
use crate::answer::{Stop, problem};
use crate::call::Call;
use crate::store::session::{self as store, Session};
use crate::store::sql::Db;
use crate::store::{audit, schema};
use crate::{clock, cookie, route};
use access::fresh::is_fresh;
use access::right;
use access::session::is_worth_noting;
use shared::door::Way;
use shared::member::{Member, Right, Role};
use shared::problem::ProblemKind;
use shared::{AgentId, Millis};
use worker::{Method, Result};

/// The session's cookie; its value names the business, too.
pub(crate) const COOKIES: cookie::Names = ["__Host-ringback", "ringback"];

/// Who asks.
#[derive(Debug, Clone)]
pub(super) struct By {
    /// As the audit log names them.
    pub(super) who: String,
    pub(super) name: String,
    pub(super) roles: Vec<Role>,
    /// Whose desk they have.
    pub(super) agent: Option<AgentId>,
    /// None for the operator's secret itself.
    pub(super) session: Option<Session>,
}

impl By {
    pub(super) fn may(&self, right: Right) -> bool {
        right::may(&self.roles, right)
    }

    /// Notes in the audit log what they did.
    pub(super) fn note(&self, db: &Db, now: Millis, verb: &str, what: &str) -> Result<()> {
        let session = self.session.as_ref().map(Session::id);
        audit::add(db, now, &self.who, session, verb, what)
    }

    /// The company's own sign-in, which makes members of groups.
    pub(super) fn sign_on() -> Self {
        Self {
            who: "single sign-on".into(),
            name: "Single sign-on".into(),
            roles: Vec::new(),
            agent: None,
            session: None,
        }
    }

    fn operator(session: Option<Session>) -> Self {
        Self {
            who: "operator".into(),
            name: "Operator".into(),
            roles: vec![Role::Owner],
            agent: None,
            session,
        }
    }
}

/// The same words whatever is wrong: no session, one that is over, or one of another business.
pub(super) fn signed_out() -> Stop {
    problem(ProblemKind::Unauthorized, "Please sign in.")
}

impl Core {
    /// Who asks, if they may do this.
    pub(super) fn require(&self, call: &Call, right: Right) -> std::result::Result<By, Stop> {
        let by = if call.bearer()?.is_some() {
            route::require_bearer(call, &self.settings.operator_secret()?)?;
            By::operator(None)
        } else {
            self.signed_in(call)?
        };
        if by.may(right) {
            return Ok(by);
        }
        let words = format!("You are signed in as {}, who may not do this.", by.name);
        Err(problem(ProblemKind::Forbidden, &words))
    }

    /// What only those may do who signed in a short time ago. The operator's secret itself is always fresh.
    pub(super) fn require_fresh(&self, by: &By) -> std::result::Result<(), Stop> {
        let opened = by.session.as_ref().map(|session| session.opened_at);
        if opened.is_none_or(|at| is_fresh(at, clock::now())) {
            return Ok(());
        }
        let words =
            "You signed in more than half an hour ago: sign in once more for this. What you typed is kept.";
        Err(problem(ProblemKind::SignInAgain, words))
    }

    /// Whose session the call comes with.
    pub(super) fn signed_in(&self, call: &Call) -> std::result::Result<By, Stop> {
        if call.method != Method::Get || call.is_upgrade()? {
            route::require_origin(call, &self.settings, &[])?;
        }
        let cookie = call
            .cookie(cookie::name(&self.settings, COOKIES)?)?
            .unwrap_or_default();
        let (_, token) = cookie.rsplit_once('.').ok_or_else(signed_out)?;
        if !schema::exists(&self.db)? {
            return Err(signed_out());
        }
        schema::migrate(&self.db, schema::BUSINESS)?;
        self.load()?;
        let now = clock::now();
        let session = store::find(&self.db, &crate::secret::hash(token), now)?.ok_or_else(signed_out)?;
        if is_worth_noting(session.seen_at, now) {
            store::touch(&self.db, &session.token_hash, now)?;
        }
        self.whose(session)?.ok_or_else(signed_out)
    }

    /// What a session says, as the document has its member now; nothing for one who is no member any more, or of the demo
    /// where there is none.
    pub(super) fn whose(&self, session: Session) -> Result<Option<By>> {
        if session.way == Way::Demo && self.settings.demo_code().is_none() {
            return Ok(None);
        }
        let Some(email) = session.member.clone() else {
            return Ok(Some(match (session.way, session.agent.clone()) {
                (Way::Demo, Some(agent)) => By {
                    who: format!("demo {agent}"),
                    name: self.agent_name(&agent)?,
                    roles: vec![Role::Owner],
                    agent: Some(agent),
                    session: Some(session),
                },
                (Way::Demo, None) => By {
                    who: "demo".into(),
                    name: "Demo".into(),
                    ..By::operator(Some(session))
                },
                _ => By::operator(Some(session)),
            }));
        };
        let found = self.members()?.into_iter().find(|member| member.email == email);
        Ok(found.map(|member| By {
            who: member.email.to_string(),
            name: member.name,
            roles: member.roles,
            agent: member.agent,
            session: Some(session),
        }))
    }

    /// The members, as the document has them; none while there is no document.
    pub(super) fn members(&self) -> Result<Vec<Member>> {
        if !self.load()? {
            return Ok(Vec::new());
        }
        self.read(|acd| acd.config().business.members.clone())
    }

    fn agent_name(&self, agent: &AgentId) -> Result<String> {
        let name = |acd: &acd::Acd| acd.config().agent(agent).map(|facts| facts.name.clone());
        Ok(self.read(name)?.unwrap_or_else(|| agent.to_string()))
    }
}
