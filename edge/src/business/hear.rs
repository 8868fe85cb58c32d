//! From the equipment: signed events by HTTP, and the socket of an Asterisk.

use super::Core;
use super::line::{self, tag};
use crate::answer::{Answer, Stop, empty, problem};
use crate::call::Call;
use crate::store::{business as store, leg};
use crate::{clock, route, secret, socket};
use base64::{Engine, engine::general_purpose::STANDARD};
use shared::EquipmentId;
use shared::equipment::Equipment;
use shared::problem::ProblemKind;
use std::rc::Rc;
use telephony::asterisk::{self, Asterisk, Signal, Stage};
use telephony::sandbox::EventBody;
use telephony::signature;
use worker::{Method, Result, WebSocket};

impl Core {
    /// Everything under `/v1/carriers/{kind}/{site}/`.
    pub(super) async fn carriers(self: &Rc<Self>, call: &Call, kind: &str, rest: &[&str]) -> Answer {
        match (kind, rest) {
            ("sandbox", ["events"]) if call.method == Method::Post => self.sandbox_event(call).await,
            ("sandbox", ["events"]) => route::no_route(call, true),
            ("asterisk", [via]) => self.plug_in(call, via),
            ("twilio", [via, leg, about]) => self.twilio(call, via, leg, about).await,
            _ => route::no_route(call, false),
        }
    }

    /// `POST …/sandbox/{site}/events`: believed only when signed, applied only once.
    async fn sandbox_event(self: &Rc<Self>, call: &Call) -> Answer {
        let header = |name| call.header(name).map(Option::unwrap_or_default);
        let (id, timestamp) = (header("webhook-id")?, header("webhook-timestamp")?);
        let signed = header("webhook-signature")?;
        let secret = self.settings.event_secret()?;
        signature::verify(&secret, &id, &timestamp, &signed, clock::now(), &call.body)
            .map_err(|why| problem(ProblemKind::Unauthorized, &why.to_string()))?;
        let event: EventBody = call.decode()?;
        if !store::heard_before(&self.db, &event.id)? {
            self.listen(event.heard, None, |db, now| store::remember(db, &event.id, now))
                .await?;
        }
        empty()
    }

    /// `GET …/asterisk/{site}/{equipment}`: an Asterisk opens its socket. Nothing is said to it before it says that it is ready:
    /// what arrives together with the answer to its handshake it may leave unread.
    fn plug_in(&self, call: &Call, via: &str) -> Answer {
        if !call.is_upgrade()? {
            return Err(problem(ProblemKind::MethodNotAllowed, "This is a WebSocket."));
        }
        let via = self.recognise(call, via, line::connects)?;
        let offered = socket::Offered::of(call)?;
        socket::accept_silently(&self.state, &[&tag(&via)], offered.taken("ari"))
    }

    /// Whether it is this equipment that calls, and of the kind that does.
    pub(super) fn recognise(
        &self,
        call: &Call,
        via: &str,
        kind: impl FnOnce(&Equipment) -> bool,
    ) -> std::result::Result<EquipmentId, Stop> {
        let refused = || {
            problem(
                ProblemKind::Unauthorized,
                "This needs the equipment's credentials.",
            )
        };
        let via = EquipmentId::parse(via).map_err(|_| refused())?;
        let expected = self.read(|acd| acd.config().equipment(&via).is_some_and(kind))?;
        let password = self.credentials(&via)?.filter(|_| expected).ok_or_else(refused)?;
        let given = call.header("authorization")?.unwrap_or_default();
        if !secret::same(&given, &basic(via.as_str(), &password)) {
            worker::console_warn!("equipment {via}: wrong credentials were refused");
            return Err(refused());
        }
        Ok(via)
    }

    /// The equipment whose socket this is.
    pub(super) fn equipment_of(&self, ws: &WebSocket) -> Option<EquipmentId> {
        let tags = self.state.get_tags(ws);
        tags.iter()
            .find_map(|tag| EquipmentId::parse(tag.strip_prefix("carrier.")?).ok())
    }

    /// A message from an Asterisk.
    pub(super) async fn told_by(
        self: &Rc<Self>,
        via: &EquipmentId,
        ws: &WebSocket,
        text: &str,
    ) -> Result<()> {
        if !self.load()? {
            return Ok(());
        }
        match asterisk::hear(text) {
            Ok(Signal::Registered) => self.registered(via, ws).await,
            Ok(Signal::Heard(heard)) => {
                // Of its own legs alone: what other equipment carries is none of its business.
                if leg::account(&self.db, &heard.leg)?.is_none_or(|account| account.via != *via) {
                    return Ok(());
                }
                self.listen(heard, None, |_, _| Ok(())).await
            }
            Ok(Signal::Answer(exchanged)) => match exchanged.tag {
                Some(tag) if tag.stage == Stage::Before => Ok(()),
                Some(tag) => {
                    let ask = tag.stage == Stage::Ask;
                    self.answered(via, (tag.seq, tag.attempts), ask, &exchanged.answer)
                        .await
                }
                None => Ok(()),
            },
            Ok(Signal::Tidy(call)) => {
                socket::speak(ws, &asterisk::frame(&call, None));
                Ok(())
            }
            Ok(Signal::Nothing) => Ok(()),
            Err(garbage) => {
                worker::console_warn!("equipment {via}: {garbage}");
                Ok(())
            }
        }
    }

    /// It is ready: from now on it may be spoken to. Whatever waits for it is due, and a connection before this one is over.
    async fn registered(self: &Rc<Self>, via: &EquipmentId, ws: &WebSocket) -> Result<()> {
        for other in self.state.get_websockets_with_tag(&tag(via)) {
            if !socket::is(&other, ws) {
                socket::close(&other, 4409, "a newer connection took over");
            }
        }
        ws.serialize_attachment(true)?;
        let filter = self.read(|acd| {
            let config = acd.config();
            let equipment = config.equipment(via)?;
            let business = &config.business;
            Some(Asterisk::of(equipment, business.tel.clone(), business.name.clone()).filter())
        })?;
        if let Some(filter) = filter {
            socket::speak(ws, &asterisk::frame(&filter, None));
        }
        worker::console_log!("equipment {via}: connected");
        store::hurry(&self.db, via, clock::now())?;
        self.send_due();
        self.rearm().await
    }
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

impl From<Stop> for worker::Error {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Failed(error) => error,
            Stop::Refused(problem) => Self::from(problem.detail),
        }
    }
}
