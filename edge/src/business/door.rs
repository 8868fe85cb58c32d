//! The door of the people who work here: which ways in are open, and in by each of them. A refusal never tells whether somebody is
//! known.

use super::Core;
use super::session::Opened;
use crate::answer::{Answer, Stop, json, problem};
use crate::call::Call;
use crate::store::business as kept;
use crate::store::session::{self as store, Link};
use crate::store::sql::Db;
use crate::store::{audit, schema};
use crate::{clock, cookie, route, secret};
use access::change::has_owner;
use access::session::LINK_S;
use acd::{Command, Input};
use shared::door::{AskLink, CodeEntry, DemoAgent, DoorView, OpenLink, Way};
use shared::member::Email;
use shared::problem::{Problem, ProblemKind};
use shared::{AgentId, Millis, SiteId};
use std::rc::Rc;
use telephony::outbox::Task;
use worker::{Method, Response, Result};

/// The cookie of a browser that asked for a link: the link works there alone.
const ASKED: cookie::Names = ["__Host-ringback_asked", "ringback_asked"];

/// Wrong codes for one agent, and wrong tries of all other kinds, that are borne in a minute.
const MAX_GUESSES: u32 = 10;

/// Wrong tries of the present minute. In memory: a restart forgives, and costs a guesser more than it gives.
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

impl Core {
    /// `/v1/door/{site}…`
    pub(super) async fn door(self: &Rc<Self>, call: &Call, site: &str, rest: &[&str]) -> Answer {
        let site = SiteId::parse(site)
            .ok()
            .filter(|site| !site.as_str().contains('.'))
            .ok_or_else(|| problem(ProblemKind::NotFound, "There is no such business."))?;
        if call.method != Method::Get {
            route::require_origin(call, &self.settings, &[])?;
        }
        match (&call.method, rest) {
            (Method::Get, []) => json(200, &self.ways_in()?),
            (Method::Post, ["code"]) => self.by_code(call, &site).await,
            (Method::Post, ["link"]) => self.send_link(call).await,
            (Method::Post, ["link", "open"]) => self.by_link(call, &site).await,
            (Method::Post, ["passkey"]) => self.ask_passkey(call),
            (Method::Post, ["passkey", "open"]) => self.by_passkey(call, &site).await,
            (Method::Post, ["sign_on"]) => self.ask_sign_on(call, &site).await,
            (Method::Get, ["sign_on", "back"]) => self.by_sign_on(call, &site).await,
            (
                _,
                []
                | ["code" | "link" | "passkey" | "sign_on"]
                | ["link" | "passkey", "open"]
                | ["sign_on", "back"],
            ) => route::no_route(call, true),
            _ => route::no_route(call, false),
        }
    }

    fn ways_in(&self) -> Result<DoorView> {
        let known = self.load()?;
        let demo = self.settings.demo_code().is_some() && !has_owner(&self.members()?);
        if !known {
            return Ok(DoorView {
                operator: true,
                ..DoorView::default()
            });
        }
        let mail = self.settings.mail()?.is_some() && !self.is_sign_on_only()?;
        let (passkey, sign_on) = (self.takes_passkeys()?, self.has_sign_on()?);
        self.read(|acd| {
            let business = &acd.config().business;
            let agents = business.agents.iter().filter(|_| demo).map(|agent| DemoAgent {
                id: agent.id.clone(),
                name: agent.name.clone(),
            });
            DoorView {
                business: Some(business.name.clone()),
                mail: mail && !business.members.is_empty(),
                passkey,
                sign_on,
                operator: !has_owner(&business.members),
                demo,
                agents: agents.collect(),
            }
        })
    }

    /// The name of the network that knocks, where it is known.
    pub(super) fn knock(&self, call: &Call) -> Result<Option<String>> {
        let network = call.network(&self.settings)?;
        self.read(|acd| network.map(|network| acd.knock(network).as_str().to_owned()))
    }

    /// Refuses when too many tries of this kind were wrong in the present minute.
    fn refuse_guessers(&self, of: Option<&AgentId>) -> std::result::Result<(), Stop> {
        let mut guesses = self.guesses.borrow_mut();
        if guesses.entry(of.cloned()).or_default().allow(clock::now()) {
            return Ok(());
        }
        Err(problem(
            ProblemKind::TooMany,
            "Too many wrong tries. Please try again in a minute.",
        ))
    }

    /// Counts a wrong code, and notes it.
    fn wrong_code(&self, of: Option<&AgentId>) -> Result<()> {
        let mut guesses = self.guesses.borrow_mut();
        guesses.entry(of.cloned()).or_default().count(clock::now());
        drop(guesses);
        self.note_refusal("code")
    }

    /// Notes that somebody was not let in. Not every time: anybody can knock.
    pub(super) fn note_refusal(&self, what: &str) -> Result<()> {
        if !schema::exists(&self.db)? {
            return Ok(());
        }
        schema::migrate(&self.db, schema::BUSINESS)?;
        let note = || audit::add_rarely(&self.db, clock::now(), "somebody", "sign_in.refused", what);
        self.db.transaction(note)
    }

    /// With the demo's code, to a desk or to the console; with the operator's secret as long as nobody owns the business.
    async fn by_code(self: &Rc<Self>, call: &Call, site: &SiteId) -> Answer {
        let given: CodeEntry = call.decode()?;
        let code = given.code.trim();
        let known = self.load()?;
        // Codes that several people have open no business that is somebody's.
        let owned = has_owner(&self.members()?);
        let operator =
            secret::same(code, &self.settings.operator_secret()?) && !owned && given.agent.is_none();
        // Unknown names share one count: they are not worth more memory.
        let agent = match &given.agent {
            Some(agent) if known => self.read(|acd| acd.config().agent(agent).map(|it| it.id.clone()))?,
            _ => None,
        };
        if !operator {
            self.refuse_guessers(agent.as_ref())?;
            let demo = self.settings.demo_code().filter(|_| known && !owned);
            let right =
                demo.is_some_and(|demo| secret::same(&code.to_ascii_lowercase(), &demo.to_ascii_lowercase()));
            if !right {
                self.wrong_code(agent.as_ref())?;
                let wrong = Problem::new(ProblemKind::Unauthorized, "This is not the sign-in code.");
                return Err(wrong.at("code", "invalid").into());
            }
        }
        if given.agent != agent {
            let unknown = Problem::new(ProblemKind::NotFound, "There is no such agent.");
            return Err(unknown.at("agent", "invalid").into());
        }
        // A business that is to be set up has nothing yet.
        schema::migrate(&self.db, schema::BUSINESS)?;
        let way = if operator { Way::Operator } else { Way::Demo };
        let opened = self.new_session(call, site, way, None, agent.clone())?;
        match agent {
            Some(agent) => {
                self.turn(Input::Agent(agent, Command::SignIn), |turn| {
                    self.keep(turn.db, turn.now, &opened)
                })
                .await?;
            }
            None => self
                .db
                .transaction(|| self.keep(&self.db, clock::now(), &opened))?,
        }
        self.welcome(opened).await
    }

    /// Keeps a session, and notes it.
    pub(super) fn keep(&self, db: &Db, now: Millis, opened: &Opened) -> Result<()> {
        store::open(db, &opened.session)?;
        let session = &opened.session;
        // The engine is in use while a turn is committed: this looks at the session alone.
        let who = match (&session.member, &session.agent) {
            (Some(member), _) => member.to_string(),
            (None, Some(agent)) => format!("demo {agent}"),
            (None, None) => session.way.to_string(),
        };
        let what = format!("{}, {}", session.way, session.browser);
        audit::add(db, now, &who, Some(session.id()), "signed.in", &what)
    }

    /// A link is sent if the address is a member's. What is answered, and when, tells nobody which are.
    async fn send_link(self: &Rc<Self>, call: &Call) -> Answer {
        let wish: AskLink = call.decode()?;
        let email = Email::parse(&wish.email)
            .map_err(|why| Problem::field("email", "invalid", format!("This {why}.")))?;
        if !self.load()? || self.settings.mail()?.is_none() || self.is_sign_on_only()? {
            return Err(problem(ProblemKind::NotFound, "No links are sent here."));
        }
        let now = clock::now();
        let name = cookie::name(&self.settings, ASKED)?;
        let kept_already = call.cookie(name)?.filter(|value| value.len() == 64);
        let browser = match kept_already {
            Some(value) => value,
            None => secret::session_token()?,
        };
        let known = self.members()?.iter().any(|member| member.email == email);
        let network = self.knock(call)?;
        let links = store::links_of(&self.db, &email, network.as_deref(), now)?;
        if links.leave_room(known) {
            let id = secret::key_id()?;
            let link = Link {
                email,
                place: wish.to,
                browser_hash: secret::hash(&browser),
                network,
            };
            self.db.transaction(|| {
                store::keep_link(&self.db, &id, &link, now)?;
                if !known {
                    return Ok(());
                }
                // Whoever knows the address can ask.
                let (who, what) = (link.email.as_str(), link.place.as_str());
                audit::add_rarely(&self.db, now, who, "link.asked", what)?;
                kept::put(&self.db, &Task::Mail { mail: id.clone() }, now)
            })?;
            self.send_due();
            self.rearm().await?;
        }
        let response = Response::empty()?.with_status(202);
        let header = cookie::set(&self.settings, ASKED, &browser, LINK_S)?;
        response.headers().set("set-cookie", &header)?;
        response.headers().set("cache-control", "no-store")?;
        Ok(response)
    }

    /// In with a link: once, in time, in the browser that asked for it.
    async fn by_link(self: &Rc<Self>, call: &Call, site: &SiteId) -> Answer {
        let given: OpenLink = call.decode()?;
        if !self.load()? {
            return Err(no_such_link());
        }
        // Nobody guesses a link: it has 256 bits. So wrong ones lock nobody out.
        let now = clock::now();
        let id = given.token.split('.').next().unwrap_or_default().to_owned();
        let genuine = secret::same(&given.token, &self.link_token(site, &id)?);
        let link = store::link(&self.db, &id, now)?.filter(|_| genuine);
        let browser = call
            .cookie(cookie::name(&self.settings, ASKED)?)?
            .unwrap_or_default();
        let here = link
            .as_ref()
            .is_some_and(|link| secret::same(&link.browser_hash, &secret::hash(&browser)));
        let Some(link) = link else {
            self.note_refusal("link")?;
            return Err(no_such_link());
        };
        if !here {
            self.note_refusal("link in another browser")?;
            let words = "This link works only in the browser that asked for it. Ask for one here.";
            return Err(problem(ProblemKind::Unauthorized, words));
        }
        if self.is_sign_on_only()? || !self.members()?.iter().any(|member| member.email == link.email) {
            return Err(no_such_link());
        }
        let opened = self.new_session(call, site, Way::Mail, Some(link.email), None)?;
        self.db.transaction(|| {
            store::use_up(&self.db, &id)?;
            self.keep(&self.db, now, &opened)
        })?;
        self.welcome(opened).await
    }

    /// What a link says. Derived, so that it is kept nowhere.
    pub(super) fn link_token(&self, site: &SiteId, id: &str) -> Result<String> {
        let mark = secret::mark(&self.settings.receipt_secret()?, &format!("link.{site}.{id}"))?;
        Ok(format!("{id}.{mark}"))
    }
}

fn no_such_link() -> Stop {
    problem(
        ProblemKind::Unauthorized,
        "This link was used already, or is older than ten minutes. Ask for a new one.",
    )
}
