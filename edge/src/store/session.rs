//! Sessions of people who work at the business, and the links that open them.

use crate::store::sql::{Bind, Db};
use access::session::{LINK_S, Links, idle_since, over_at};
use serde::Deserialize;
use shared::door::{Place, Way};
use shared::member::Email;
use shared::{AgentId, Millis};
use worker::Result;

/// A session.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Session {
    pub(crate) token_hash: String,
    pub(crate) way: Way,
    pub(crate) member: Option<Email>,
    pub(crate) agent: Option<AgentId>,
    pub(crate) browser: String,
    pub(crate) opened_at: Millis,
    pub(crate) seen_at: Millis,
    pub(crate) ends_at: Millis,
}

impl Session {
    /// Its name for people: not enough to show as a token.
    pub(crate) fn id(&self) -> String {
        format!("s_{}", self.token_hash.get(..10).unwrap_or_default())
    }

    /// The tag of its sockets, so that they can be closed with it.
    pub(crate) fn tag(&self) -> String {
        format!("session.{}", self.token_hash)
    }

    pub(crate) fn is_over(&self, now: Millis) -> bool {
        over_at(self.seen_at, self.ends_at) <= now
    }
}

/// The session with this token, while it lasts.
pub(crate) fn find(db: &Db, token_hash: &str, now: Millis) -> Result<Option<Session>> {
    let query = "SELECT * FROM session WHERE token_hash = ?";
    let found: Option<Session> = db.row(query, [token_hash.into()])?;
    Ok(found.filter(|session| !session.is_over(now)))
}

pub(crate) fn open(db: &Db, session: &Session) -> Result<()> {
    db.run(
        "INSERT INTO session (token_hash, way, member, agent, browser, opened_at, seen_at, ends_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            session.token_hash.as_str().into(),
            session.way.as_str().into(),
            session.member.as_ref().map(Email::as_str).into(),
            session.agent.as_ref().map(AgentId::as_str).into(),
            session.browser.as_str().into(),
            session.opened_at.into(),
            session.seen_at.into(),
            session.ends_at.into(),
        ],
    )
}

pub(crate) fn close(db: &Db, token_hash: &str) -> Result<()> {
    db.run(
        "DELETE FROM session WHERE token_hash = ?",
        [Bind::from(token_hash)],
    )
}

/// It was used.
pub(crate) fn touch(db: &Db, token_hash: &str, now: Millis) -> Result<()> {
    db.run(
        "UPDATE session SET seen_at = MAX(seen_at, ?) WHERE token_hash = ?",
        [now.into(), token_hash.into()],
    )
}

/// Lets a session last until `ends_at`, used or not.
pub(crate) fn prolong(db: &Db, token_hash: &str, ends_at: Millis) -> Result<()> {
    db.run(
        "UPDATE session SET seen_at = ?, ends_at = ? WHERE token_hash = ?",
        [ends_at.into(), ends_at.into(), token_hash.into()],
    )
}

/// A member's sessions, the latest first.
pub(crate) fn of_member(db: &Db, member: &Email) -> Result<Vec<Session>> {
    db.rows(
        "SELECT * FROM session WHERE member = ? ORDER BY opened_at DESC, token_hash",
        [member.as_str().into()],
    )
}

/// Sessions that were opened by a code, and are no member's.
pub(crate) fn of_nobody(db: &Db) -> Result<Vec<Session>> {
    db.rows(
        "SELECT * FROM session WHERE member IS NULL ORDER BY opened_at DESC, token_hash",
        [],
    )
}

/// Sessions of this desk besides one, by the demo's name for it or by the member's whose it is.
pub(crate) fn has_other(
    db: &Db,
    agent: &AgentId,
    member: Option<&Email>,
    token_hash: &str,
    now: Millis,
) -> Result<bool> {
    let rows: Vec<Session> = db.rows(
        "SELECT * FROM session WHERE (agent = ? OR member = ?) AND token_hash <> ?",
        [
            agent.as_str().into(),
            member.map(Email::as_str).into(),
            token_hash.into(),
        ],
    )?;
    Ok(rows.iter().any(|session| !session.is_over(now)))
}

/// Sessions that are over by `now`.
pub(crate) fn expired(db: &Db, now: Millis) -> Result<Vec<Session>> {
    db.rows(
        "SELECT * FROM session WHERE ends_at <= ? OR seen_at <= ?",
        [now.into(), idle_since(now).into()],
    )
}

/// When the next session ends if nobody uses it: an [`Expiry`].
pub(crate) const NEXT_EXPIRY: &str = "SELECT MIN(seen_at) AS seen_at, MIN(ends_at) AS ends_at FROM session";

/// The answer to [`NEXT_EXPIRY`].
#[derive(Debug, Deserialize)]
pub(crate) struct Expiry {
    seen_at: Option<Millis>,
    ends_at: Option<Millis>,
}

impl Expiry {
    /// When that is; `None` without sessions.
    pub(crate) fn at(&self) -> Option<Millis> {
        Some(over_at(self.seen_at?, self.ends_at?))
    }
}

/// Forgets an agent's sessions of the demo.
pub(crate) fn forget_agent(db: &Db, agent: &AgentId) -> Result<()> {
    db.run("DELETE FROM session WHERE agent = ?", [agent.as_str().into()])
}

/// A link that was asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Link {
    pub(crate) email: Email,
    pub(crate) place: Place,
    pub(crate) browser_hash: String,
    /// The name of the network that asked, where it is known.
    pub(crate) network: Option<String>,
}

/// Links that were asked for lately.
pub(crate) fn links_of(db: &Db, email: &Email, network: Option<&str>, now: Millis) -> Result<Links> {
    #[derive(Deserialize)]
    struct Count {
        here: i64,
        own: i64,
        all: i64,
    }
    db.run(
        "DELETE FROM link WHERE made_at <= ?",
        [now.plus_s(-LINK_S).into()],
    )?;
    let count: Option<Count> = db.row(
        "SELECT COUNT(*) FILTER (WHERE email = ?1 AND network IS ?2) AS here, COUNT(*) FILTER (WHERE email = ?1) AS own,
           COUNT(*) AS \"all\" FROM link",
        [email.as_str().into(), network.into()],
    )?;
    Ok(
        count.map_or_else(Links::default, |Count { here, own, all }| Links {
            here,
            own,
            all,
        }),
    )
}

pub(crate) fn keep_link(db: &Db, id: &str, link: &Link, now: Millis) -> Result<()> {
    db.run(
        "INSERT INTO link (id, email, place, browser_hash, network, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            id.into(),
            link.email.as_str().into(),
            link.place.as_str().into(),
            link.browser_hash.as_str().into(),
            link.network.as_deref().into(),
            now.into(),
        ],
    )
}

/// A link that still works.
pub(crate) fn link(db: &Db, id: &str, now: Millis) -> Result<Option<Link>> {
    db.row(
        "SELECT email, place, browser_hash, network FROM link WHERE id = ? AND made_at > ?",
        [id.into(), now.plus_s(-LINK_S).into()],
    )
}

/// It worked once.
pub(crate) fn use_up(db: &Db, id: &str) -> Result<()> {
    db.run("DELETE FROM link WHERE id = ?", [Bind::from(id)])
}
