//! The Business object: one per business, the only one that changes its calls. A turn is: load → engine → one commit →
//! alarm → show → outbox. Nothing in a turn waits, so turns never overlap.

mod audit;
mod by;
mod carrier;
mod console;
mod customer;
mod desk;
mod door;
mod ear;
mod equipment;
mod front_door;
mod hear;
mod inquire;
mod line;
mod live;
mod mail;
mod operator;
mod pace;
mod passkey;
mod policy;
mod presence;
mod privacy;
mod provider;
mod public;
mod pulse;
mod session;
mod sign_on;
mod talk;
mod twilio;
mod voice;
mod webhook;

use self::ear::About;
use crate::answer::{Answer, Stop, finish, problem};
use crate::call::Call;
use crate::setting::Settings;
use crate::store::{
    business as store,
    due::{self, Due},
    front_door as refusals, policy as kept, retention, schema,
    sql::Db,
    webhook as hooks,
};
use crate::{clock, guard, outbox, page, route, secret, socket};
use acd::{Acd, Input, Reply, Step};
use shared::problem::ProblemKind;
use shared::{AgentId, Millis};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use telephony::outbox as rules;
use worker::{
    DurableObject, Env, Error, Method, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

pub(crate) use by::COOKIES as SESSION_COOKIES;

/// The binding's name.
pub(crate) const BINDING: &str = "BUSINESS";

/// One business.
#[durable_object]
pub struct Business(Rc<Core>);

// A panic in one event leaves no half-made state behind: the engine is dropped and loaded again when a commit fails.
impl std::panic::UnwindSafe for Business {}
impl std::panic::RefUnwindSafe for Business {}

impl std::fmt::Debug for Business {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Business")
    }
}

/// What the object's events share.
pub(crate) struct Core {
    state: State,
    pings: socket::Pings,
    db: Db,
    alarm: clock::Alarm,
    settings: Settings,
    /// False until the database was looked at for the first time.
    woken: Cell<bool>,
    /// The engine, a cache of the database.
    acd: RefCell<Option<Acd>>,
    /// Presence as it was last pushed, to push only changes.
    shown: RefCell<String>,
    /// What the company's own sign-in says of itself, a cache.
    provider: RefCell<Option<provider::Remembered>>,
    /// Wrong tries at the door, by agent.
    guesses: RefCell<BTreeMap<Option<AgentId>, door::Guesses>>,
    /// Whole numbers that were just seen in the logs of endpoints, and are noted.
    revealed: RefCell<webhook::Seen>,
}

impl DurableObject for Business {
    fn new(state: State, env: Env) -> Self {
        let (state, pings) = socket::Pings::of(state);
        socket::answer_pings(&state);
        let db = Db::new(state.storage());
        let core = Core {
            db,
            alarm: clock::Alarm::of(&state),
            settings: Settings::new(&env),
            woken: Cell::new(false),
            acd: RefCell::new(None),
            shown: RefCell::default(),
            provider: RefCell::default(),
            guesses: RefCell::default(),
            revealed: RefCell::default(),
            state,
            pings,
        };
        Self(Rc::new(core))
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let core = &self.0;
        let answer = finish(async { core.answer(&Call::read(request).await?).await }.await)?;
        guard::guard(answer, &core.settings)
    }

    async fn alarm(&self) -> Result<Response> {
        let core = &self.0;
        core.alarm.rang();
        core.alarm
            .arm(Some(clock::now().plus_s(rules::HEARTBEAT_S)))
            .await?;
        if core.load()? {
            core.end_sessions().await?;
            core.erase_old()?;
            match core.turn(Input::Tick, |_| Ok(())).await {
                Ok(_) => {}
                Err(Stop::Failed(error)) => return Err(error),
                Err(Stop::Refused(problem)) => return Err(Error::from(problem.detail)),
            }
        } else {
            core.alarm.arm(None).await?;
        }
        Response::empty()
    }

    async fn websocket_message(&self, ws: WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
        // People's sockets only show, but for talks and calls in the browser; what they say elsewhere comes as a call. Pings are answered
        // without waking the object.
        let WebSocketIncomingMessage::String(text) = message else {
            return Ok(());
        };
        if let Some(via) = self.0.equipment_of(&ws) {
            return self.0.told_by(&via, &ws, &text).await;
        }
        match self.0.ear_of(&ws) {
            Some(ear) if ear.about == About::Talk => self.0.said_by(&ws, &ear, &text),
            Some(ear) => self.0.heard_in_browser(&ws, &ear, &text).await,
            None => Ok(()),
        }
    }

    async fn websocket_close(&self, ws: WebSocket, code: usize, reason: String, _clean: bool) -> Result<()> {
        socket::close(&ws, code, &reason);
        self.0.unplugged(&ws).await?;
        self.0.left_talk(&ws)
    }

    async fn websocket_error(&self, ws: WebSocket, error: Error) -> Result<()> {
        worker::console_debug!("a socket failed: {error}");
        self.0.unplugged(&ws).await?;
        self.0.left_talk(&ws)
    }
}

/// What a commit may add to: the rows of the step, in the same transaction.
pub(crate) struct Turn<'a> {
    pub(crate) db: &'a Db,
    pub(crate) acd: &'a Acd,
    pub(crate) step: &'a Step,
    pub(crate) now: Millis,
}

impl Core {
    async fn answer(self: &Rc<Self>, call: &Call) -> Answer {
        let segments = call.segments();
        match segments.as_slice() {
            ["v1", "bridges"] => return self.bridge(call).await,
            ["v1", "businesses", site, rest @ ..] => return self.business(call, site, rest).await,
            ["v1", "door", site, rest @ ..] => return self.door(call, site, rest).await,
            ["v1", "session", rest @ ..] => return self.session(call, rest).await,
            _ => {}
        }
        if !self.load()? {
            return Err(problem(ProblemKind::NotFound, "There is no such business."));
        }
        match segments.as_slice() {
            path if path == page::SNAPSHOT => self.snapshot(call),
            ["v1", "sites", _, rest @ ..] => self.public(call, rest).await,
            ["v1", "desk", rest @ ..] => self.desk(call, rest).await,
            ["v1", "presence", _, via] => self.presence(call, via).await,
            ["v1", "carriers", kind, _, rest @ ..] => self.carriers(call, kind, rest).await,
            _ => route::no_route(call, false),
        }
    }

    /// Everything under `/v1/businesses/{site}`, for whoever may: what is not in the table of rights does not exist.
    async fn business(self: &Rc<Self>, call: &Call, site: &str, rest: &[&str]) -> Answer {
        let method = call.method.to_string();
        let Some(right) = access::right::console(&method, rest) else {
            let known = ["GET", "PUT", "POST", "DELETE"]
                .iter()
                .any(|method| access::right::console(method, rest).is_some());
            return route::no_route(call, known);
        };
        // The business's own server may ask for this with a signature instead.
        let signed = rest == ["usage"] && call.header("webhook-signature")?.is_some();
        if signed {
            return self.usage(call, None);
        }
        let by = self.require(call, right)?;
        if access::fresh::needed(&method, rest) {
            self.require_fresh(&by)?;
        }
        if (&call.method, rest) == (&Method::Put, &[]) {
            return self.set_up(call, site, &by).await;
        }
        if !self.load()? {
            return Err(problem(ProblemKind::NotFound, "There is no such business."));
        }
        match (&call.method, rest) {
            (Method::Get, []) => self.document(&by),
            (Method::Get, ["forecast"]) => self.forecast(),
            (Method::Get, ["report"]) => self.report(call, &by),
            (Method::Get, ["seen"]) => self.seen(),
            (Method::Get, ["audit"]) => self.audit(call, &by),
            (Method::Get, ["refusals"]) => self.refusals(),
            (Method::Get, ["usage"]) => self.usage(call, Some(&by)),
            (Method::Post, ["placement"]) => self.dry_run(call),
            (_, ["equipment", rest @ ..]) => self.equipment(call, rest, &by),
            (_, ["sign_on", rest @ ..]) => self.sign_on(call, rest, &by),
            (_, ["secrets", rest @ ..]) => self.secrets(call, rest, &by),
            (_, ["webhooks", rest @ ..]) => self.webhooks(call, rest, &by).await,
            (Method::Get, ["policy"]) => self.policy(),
            (_, ["customers", rest @ ..]) => self.customers(call, rest, &by),
            (_, ["suppressions", rest @ ..]) => self.suppressions(call, rest, &by).await,
            _ => route::no_route(call, false),
        }
    }

    /// Makes sure that the engine is in memory; false when this business was never set up.
    fn load(&self) -> Result<bool> {
        if self.acd.borrow().is_some() {
            return Ok(true);
        }
        if !schema::exists(&self.db)? {
            return Ok(false);
        }
        schema::migrate(&self.db, schema::BUSINESS)?;
        kept::salt(&self.db, secret::session_token)?;
        if !self.woken.replace(true) {
            outbox::give_up_leases(&self.db)?;
        }
        let Some(config) = store::config(&self.db, |site| self.settings.ceiling(site))? else {
            return Ok(false);
        };
        let acd = Acd::restore(config, store::load(&self.db)?, clock::now());
        self.acd.replace(Some(acd));
        Ok(true)
    }

    /// Reads from the engine.
    fn read<T>(&self, look: impl FnOnce(&Acd) -> T) -> Result<T> {
        match self.acd.borrow().as_ref() {
            Some(acd) => Ok(look(acd)),
            None => Err(Error::from("the engine is not loaded")),
        }
    }

    /// Lets one thing happen. Everything it changes is committed at once, with what `also` adds; then it is shown and sent.
    async fn turn(
        self: &Rc<Self>,
        input: Input,
        also: impl FnMut(&Turn<'_>) -> Result<()>,
    ) -> std::result::Result<Reply, Stop> {
        self.load()?;
        let now = clock::now();
        self.catch_up(now, &input)?;
        let step = self.commit(now, input, also)?;
        let due = due::due(&self.db, now)?;
        let sends = due
            .as_ref()
            .is_some_and(|due| due.sending.is_some_and(|at| at <= now));
        // Phones first: whoever only looks can wait a moment longer.
        let sent = sends && self.send_due();
        if sent {
            let due = rules::alarm_while_sending(self.read(Acd::wake_at)?, now);
            self.alarm.arm(Some(due)).await?;
        }
        if !step.writes.is_empty() {
            self.show(&step, now);
        }
        if sent {
            self.rearm().await?;
        } else {
            self.arm(due).await?;
        }
        Ok(step.reply?)
    }

    /// What is due happens before anything else does: the alarm may be late.
    fn catch_up(&self, now: Millis, next: &Input) -> Result<()> {
        let heard = self.heard_of(now)?;
        if !heard.is_empty() {
            self.commit(now, Input::Alive(heard), |_| Ok(()))?;
        }
        if self.read(|acd| acd.is_due(now))? && *next != Input::Tick {
            let step = self.commit(now, Input::Tick, |_| Ok(()))?;
            self.show(&step, now);
        }
        Ok(())
    }

    fn commit(
        &self,
        now: Millis,
        input: Input,
        mut also: impl FnMut(&Turn<'_>) -> Result<()>,
    ) -> Result<Step> {
        let mut slot = self.acd.borrow_mut();
        let Some(acd) = slot.as_mut() else {
            return Err(Error::from("the engine is not loaded"));
        };
        let step = acd.handle(now, input);
        if let Err(refusal) = &step.reply {
            if let Some(reason) = refusal.counted() {
                self.db.transaction(|| refusals::refuse(&self.db, reason, now))?;
            }
            return Ok(step);
        }
        let written = self.db.transaction(|| {
            let happened = hooks::happened(&self.db, acd.config(), &step, now)?;
            store::commit(&self.db, &step, now)?;
            hooks::tell(&self.db, acd.config(), &happened, now)?;
            also(&Turn {
                db: &self.db,
                acd,
                step: &step,
                now,
            })
        });
        if let Err(error) = written {
            // What memory holds was not kept: forget it, and load what was.
            *slot = None;
            return Err(error);
        }
        Ok(step)
    }

    /// Erases what the business does not keep any longer, when it is time to look for that.
    fn erase_old(&self) -> Result<()> {
        let now = clock::now();
        if retention::next_due(&self.db)?.is_none_or(|due| due > now) {
            return Ok(());
        }
        let keep = self.read(|acd| acd.config().business.retention)?;
        self.db.transaction(|| retention::erase(&self.db, &keep, now))
    }

    /// Arms the alarm for whatever is due first.
    async fn rearm(&self) -> Result<()> {
        self.arm(due::due(&self.db, clock::now())?).await
    }

    async fn arm(&self, due: Option<Due>) -> Result<()> {
        let deadline = self.read(Acd::wake_at)?;
        let (sending, other) = due.map_or((None, None), |due| (due.sending, due.other()));
        self.alarm.arm(rules::alarm(deadline, sending, other)).await
    }
}
