//! The lines to the business's equipment: which codec, which credentials, and how requests travel.

use super::Core;
use crate::{send, socket, vault};
use acd::Order;
use shared::equipment::{Equipment, Kind};
use shared::{EquipmentId, RequestId, SiteId};
use std::rc::Rc;
use telephony::asterisk::{self, Asterisk, Stage, Tag};
use telephony::browser::Browser;
use telephony::sandbox::Sandbox;
use telephony::twilio::Twilio;
use telephony::{Carrier, HttpAnswer, HttpCall};
use worker::{Result, WebSocket};

/// How requests get to the equipment.
enum Way {
    /// By HTTP.
    Http,
    /// Over the socket that it has opened to us, if there is one.
    Socket(Option<WebSocket>),
    /// Over the sockets of the two browsers, here in the object.
    Browser(Rc<Core>),
}

/// A line to one piece of equipment.
pub(super) struct Line {
    pub(super) carrier: Box<dyn Carrier>,
    way: Way,
}

/// The tag of a piece of equipment's socket.
pub(super) fn tag(via: &EquipmentId) -> String {
    format!("carrier.{via}")
}

impl Core {
    /// A line to this equipment; `None` when the business has it no more, or has given it no credentials.
    pub(super) fn line(self: &Rc<Self>, via: &EquipmentId) -> Result<Option<Line>> {
        let (site, business, equipment) = self.read(|acd| {
            let config = acd.config();
            let business = (config.business.name.clone(), config.business.tel.clone());
            (config.site.clone(), business, config.equipment(via).cloned())
        })?;
        let Some(equipment) = equipment else {
            return Ok(None);
        };
        let (name, tel) = business;
        let from = equipment.from.clone().unwrap_or(tel);
        let origin = self.settings.public_origin()?;
        Ok(Some(match equipment.kind {
            Kind::Sandbox => Line {
                carrier: Box::new(Sandbox {
                    base: format!("{origin}/sandbox/v1/{site}"),
                    secret: self.settings.sandbox_secret()?,
                    from,
                    caller: name,
                    events: format!("{origin}/v1/carriers/sandbox/{site}/events"),
                }),
                way: Way::Http,
            },
            Kind::Asterisk => Line {
                carrier: Box::new(Asterisk::of(&equipment, from, name)),
                way: Way::Socket(self.socket_of(via)),
            },
            Kind::Browser => Line {
                carrier: Box::new(Browser),
                way: Way::Browser(Rc::clone(self)),
            },
            Kind::Presence => return Ok(None),
            Kind::Twilio => {
                let Some(token) = self.credentials(via)? else {
                    return Ok(None);
                };
                Line {
                    carrier: Box::new(Twilio::of(&equipment, from, token, self.hooks(via)?)),
                    way: Way::Http,
                }
            }
        }))
    }

    /// The socket of this equipment that may be spoken to: the newest one.
    pub(super) fn socket_of(&self, via: &EquipmentId) -> Option<WebSocket> {
        let sockets = self.state.get_websockets_with_tag(&tag(via));
        let ready = |ws: &&WebSocket| socket::is_open(ws) && is_registered(ws);
        sockets.iter().rfind(ready).cloned()
    }

    /// The credentials of this equipment, if they were given.
    pub(super) fn credentials(&self, via: &EquipmentId) -> Result<Option<String>> {
        let site = self.read(|acd| acd.config().site.clone())?;
        let kept = crate::store::equipment::kept(&self.db, via)?;
        let secret = self.settings.vault_secret()?;
        Ok(kept
            .sealed
            .and_then(|sealed| vault::open(&secret, &place(&site, via), &sealed)))
    }

    /// Notes a fault of equipment, for the log and for the business.
    pub(super) fn fault(&self, order: &Order, what: &str) {
        let (via, request) = (&order.via, &order.request);
        self.fault_of(via, request, what);
    }

    /// Notes what is wrong with equipment, as a request showed.
    pub(super) fn fault_of(&self, via: &EquipmentId, request: &RequestId, what: &str) {
        worker::console_warn!("equipment {via}, {request}: {what}");
        let now = crate::clock::now();
        if let Err(error) = crate::store::equipment::keep_fault(&self.db, via, what, now) {
            worker::console_error!("a fault could not be kept: {error}");
        }
    }
}

/// What credentials are bound to.
pub(super) fn place(site: &SiteId, via: &EquipmentId) -> String {
    format!("{site}.{via}")
}

/// True for equipment that opens a socket to us.
pub(super) fn connects(equipment: &Equipment) -> bool {
    equipment.kind == Kind::Asterisk
}

fn is_registered(ws: &WebSocket) -> bool {
    ws.deserialize_attachment::<bool>().ok().flatten() == Some(true)
}

impl Line {
    /// True when the carrier has names of its own for legs.
    pub(super) fn names(&self) -> bool {
        self.carrier.needs_reference()
    }

    /// True when it is reached by HTTP, where a connection that fails may have carried the request all the same.
    pub(super) fn by_http(&self) -> bool {
        matches!(self.way, Way::Http)
    }

    /// Sends requests in order; the answer is that to the last one. `None` when it comes later, over the socket.
    pub(super) async fn pass(
        &self,
        calls: &[HttpCall],
        seq: i64,
        attempts: u32,
        ask: bool,
    ) -> Option<HttpAnswer> {
        match &self.way {
            Way::Http => {
                let mut answer = HttpAnswer::none(false);
                for call in calls {
                    answer = send::send(call).await;
                }
                Some(answer)
            }
            Way::Browser(core) => {
                let mut answer = HttpAnswer::none(false);
                for call in calls {
                    answer = core.wish_of_browser(call).await;
                }
                Some(answer)
            }
            Way::Socket(None) => Some(HttpAnswer::none(false)),
            Way::Socket(Some(ws)) => {
                let last = calls.len().saturating_sub(1);
                for (nth, call) in calls.iter().enumerate() {
                    let stage = match ask {
                        true => Stage::Ask,
                        false if nth == last => Stage::Last,
                        false => Stage::Before,
                    };
                    let tag = Tag { seq, attempts, stage };
                    if !socket::speak(ws, &asterisk::frame(call, Some(tag))) {
                        return Some(HttpAnswer::none(nth > 0));
                    }
                }
                None
            }
        }
    }
}
