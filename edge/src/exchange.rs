//! The Exchange object: the sandbox's virtual telephone exchange, one per account. The shell around
//! [`telephony::exchange`]; it sends call events from the same outbox as the business sends effects.

use crate::answer::{Answer, finish, json, problem};
use crate::call::Call;
use crate::setting::Settings;
use crate::store::{exchange as store, schema, sql::Db};
use crate::{clock, guard, outbox, route, send, socket};
use serde_json::json as value;
use shared::LegId;
use shared::limit::MAX_SOCKETS;
use shared::problem::ProblemKind;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use telephony::courier::retry_after_ms;
use telephony::exchange::{Exchange as Engine, Gesture, Input, Reply};
use telephony::outbox::HEARTBEAT_S;
use telephony::{HttpCall, signature};
use worker::{
    DurableObject, Env, Error, Method, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    durable_object,
};

/// The binding's name.
pub(crate) const BINDING: &str = "EXCHANGE";
/// The tag of the phones page's sockets.
const PHONES: &str = "phones";

/// One account's exchange.
#[durable_object]
pub struct Exchange(Rc<Core>);

impl std::panic::UnwindSafe for Exchange {}
impl std::panic::RefUnwindSafe for Exchange {}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Exchange")
    }
}

struct Core {
    state: State,
    db: Db,
    alarm: clock::Alarm,
    settings: Settings,
    /// False until the database was looked at for the first time.
    woken: Cell<bool>,
    engine: RefCell<Option<Engine>>,
}

impl DurableObject for Exchange {
    fn new(state: State, env: Env) -> Self {
        socket::answer_pings(&state);
        let db = Db::new(state.storage());
        Self(Rc::new(Core {
            db,
            alarm: clock::Alarm::of(&state),
            settings: Settings::new(&env),
            woken: Cell::new(false),
            engine: RefCell::new(None),
            state,
        }))
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let core = &self.0;
        let answer = finish(async { core.answer(&Call::read(request).await?).await }.await)?;
        guard::guard(answer, &core.settings)
    }

    async fn alarm(&self) -> Result<Response> {
        self.0.alarm.rang();
        self.0.alarm.arm(Some(clock::now().plus_s(HEARTBEAT_S))).await?;
        self.0.turn(Input::Tick).await?;
        Response::empty()
    }

    async fn websocket_message(&self, _ws: WebSocket, _message: WebSocketIncomingMessage) -> Result<()> {
        Ok(())
    }

    async fn websocket_close(&self, ws: WebSocket, code: usize, reason: String, _clean: bool) -> Result<()> {
        socket::close(&ws, code, &reason);
        Ok(())
    }

    async fn websocket_error(&self, _ws: WebSocket, error: Error) -> Result<()> {
        worker::console_debug!("a socket failed: {error}");
        Ok(())
    }
}

impl Core {
    async fn answer(self: &Rc<Self>, call: &Call) -> Answer {
        let segments = call.segments();
        match segments.as_slice() {
            ["sandbox", "v1", _, "phones", rest @ ..] => self.phones(call, rest).await,
            ["sandbox", "v1", _, rest @ ..] => self.account(call, rest).await,
            _ => route::no_route(call, false),
        }
    }

    /// What a business asks of its exchange.
    async fn account(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        route::require_bearer(call, &self.settings.sandbox_secret()?)?;
        let input = match (&call.method, rest) {
            (Method::Post, ["calls"]) => Input::Dial(call.decode()?),
            (Method::Post, ["calls", id, "say"]) => Input::Say(leg_id(id)?, call.decode()?),
            (Method::Post, ["calls", id, "hangup"]) => Input::HangUp(leg_id(id)?),
            (Method::Post, ["bridges"]) => Input::Bridge(call.decode()?),
            (Method::Get, ["calls", id]) => return self.tell(&leg_id(id)?),
            _ => return route::no_route(call, false),
        };
        let (status, kind) = match self.turn(input).await? {
            Reply::Created => return json(201, &value!({ "status": "created" })),
            Reply::Done => return json(200, &value!({ "status": "done" })),
            Reply::Unknown => ("There is no such call.", ProblemKind::NotFound),
            Reply::Conflict => ("The call is not in that state.", ProblemKind::Conflict),
            Reply::Refused => ("This number can't be called.", ProblemKind::InvalidField),
            Reply::Unavailable => {
                let response = finish(Err(problem(
                    ProblemKind::Overloaded,
                    "The exchange is out of order.",
                )))?;
                response.headers().set("retry-after", "1")?;
                return Ok(response);
            }
        };
        Err(problem(kind, status))
    }

    fn tell(&self, id: &LegId) -> Answer {
        self.load()?;
        let engine = self.engine.borrow();
        let call = engine.as_ref().and_then(|engine| engine.call(id));
        let call = call.ok_or_else(|| problem(ProblemKind::NotFound, "There is no such call."))?;
        json(200, &call)
    }

    /// What people do with the virtual phones, while the demo is on.
    async fn phones(self: &Rc<Self>, call: &Call, rest: &[&str]) -> Answer {
        if self.settings.demo_code().is_none() {
            return Err(problem(ProblemKind::NotFound, "The demo is not on."));
        }
        route::require_origin(call, &self.settings, &[])?;
        let gesture = match (&call.method, rest) {
            (Method::Get, []) => return json(200, &self.view()?),
            (Method::Get, ["live"]) if call.is_upgrade()? => {
                return socket::accept(&self.state, MAX_SOCKETS, &[PHONES], None, &self.view()?);
            }
            (Method::Post, [_, "answer"]) => Gesture::Answer,
            (Method::Post, [_, "decline"]) => Gesture::Decline,
            (Method::Post, [_, "hangup"]) => Gesture::HangUp,
            (Method::Post, [_, "press", key]) => Gesture::Press(key_of(key)?),
            _ => return route::no_route(call, false),
        };
        let id = leg_id(rest.first().copied().unwrap_or_default())?;
        match self.turn(Input::Person(id, gesture)).await? {
            Reply::Created | Reply::Done => json(200, &self.view()?),
            Reply::Unknown | Reply::Refused => {
                Err(problem(ProblemKind::NotFound, "This phone does not ring."))
            }
            Reply::Conflict | Reply::Unavailable => Err(problem(
                ProblemKind::Conflict,
                "The phone is not in that state any more.",
            )),
        }
    }

    fn load(&self) -> Result<()> {
        if self.engine.borrow().is_none() {
            schema::migrate(&self.db, schema::EXCHANGE)?;
            if !self.woken.replace(true) {
                outbox::give_up_leases(&self.db)?;
            }
            self.engine.replace(Some(Engine::restore(store::load(&self.db)?)));
        }
        Ok(())
    }

    fn view(&self) -> Result<shared::phones::PhonesView> {
        self.load()?;
        let engine = self.engine.borrow();
        let engine = engine
            .as_ref()
            .ok_or_else(|| Error::from("the exchange is not loaded"))?;
        Ok(engine.phones(clock::now()))
    }

    async fn turn(self: &Rc<Self>, input: Input) -> Result<Reply> {
        self.load()?;
        let now = clock::now();
        let step = {
            let mut slot = self.engine.borrow_mut();
            let Some(engine) = slot.as_mut() else {
                return Err(Error::from("the exchange is not loaded"));
            };
            let step = engine.handle(now, input);
            if let Err(error) = self.db.transaction(|| store::commit(&self.db, &step, now)) {
                *slot = None;
                return Err(error);
            }
            step
        };
        if !step.legs.is_empty() {
            let view = self.view()?;
            self.state
                .get_websockets_with_tag(PHONES)
                .iter()
                .for_each(|ws| socket::show(ws, &view));
        }
        self.send_due();
        self.rearm(step.wake_at).await?;
        Ok(step.reply)
    }

    async fn rearm(&self, plan: Option<shared::Millis>) -> Result<()> {
        let due = plan
            .into_iter()
            .chain(outbox::next_due(&self.db, clock::now())?)
            .min();
        self.alarm.arm(due).await
    }

    fn send_due(self: &Rc<Self>) {
        outbox::attempt_due(&self.state, &self.db, |row| {
            let core = Rc::clone(self);
            async move { core.attempt(&row).await }
        });
    }

    /// Sends one event, signed anew for every attempt: a signature is only good for some minutes.
    async fn attempt(self: &Rc<Self>, row: &outbox::Row) -> Result<()> {
        let store::Pending { url, event } = serde_json::from_str(&row.payload)?;
        let (body, now) = (serde_json::to_string(&event)?, clock::now());
        let mut headers = signature::sign(&self.settings.event_secret()?, &event.id, now, &body);
        headers.push(("content-type", "application/json".into()));
        let answer = send::send(&HttpCall {
            method: "POST",
            url,
            headers,
            body,
        })
        .await;
        let failed = answer.status.is_none_or(|status| status == 429 || status >= 500);
        match retry_after_ms(row.attempts + 1, answer.retry_after_s, false).filter(|_| failed) {
            Some(ms) => outbox::postpone(&self.db, row.seq, clock::now().plus_ms(ms), true)?,
            None => outbox::remove(&self.db, row.seq)?,
        }
        // What waited behind it in its lane is due now.
        self.turn(Input::Tick).await?;
        Ok(())
    }
}

fn key_of(text: &str) -> std::result::Result<char, crate::answer::Stop> {
    let mut keys = text.chars().filter(|key| "0123456789*#".contains(*key));
    match (keys.next(), text.chars().count()) {
        (Some(key), 1) => Ok(key),
        _ => Err(problem(ProblemKind::NotFound, "There is no such key.")),
    }
}

fn leg_id(text: &str) -> std::result::Result<LegId, crate::answer::Stop> {
    LegId::parse(text).map_err(|_| problem(ProblemKind::NotFound, "There is no such call."))
}
