//! The live socket. Dropping it closes it and silences it: nothing that is still under way can arrive afterwards.

use crate::model::Ticket;
use crate::wire::{self, Tree};
use js_sys::Array;
use shared::presence::SiteFrame;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, WebSocket};

/// What a socket reports.
pub(super) enum Heard {
    Opened,
    Closed,
    Pong,
    Frame(Box<SiteFrame>),
}

type Listener = Closure<dyn Fn(Event)>;

/// An open (or opening) socket with its listeners.
pub(super) struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Socket {
    pub(super) fn open(site: &str, ticket: Option<&Ticket>, heard: impl Fn(Heard) + 'static) -> Option<Self> {
        let origin = web_sys::window()?.field("location").field("origin").text()?;
        // "http" becomes "ws", and "https" becomes "wss".
        let url = format!("ws{}/v1/sites/{site}/live", origin.strip_prefix("http")?);
        let protocols = Array::new();
        let offer = |protocol: &str| protocols.push(&JsValue::from_str(protocol));
        offer("ringback.v1");
        if let Some(ticket) = ticket {
            offer(&format!("request.{}", ticket.id));
            offer(&format!("receipt.{}", ticket.receipt));
        }
        let socket = WebSocket::new_with_str_sequence(&url, &protocols).ok()?;

        let heard: Rc<dyn Fn(Heard)> = Rc::new(heard);
        let on_message = listener(&heard, read);
        let on_open = listener(&heard, |_| Some(Heard::Opened));
        let on_close = listener(&heard, |_| Some(Heard::Closed));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            _listeners: [on_message, on_open, on_close],
        })
    }

    pub(super) fn ping(&self) {
        // A socket that can't send is about to report that it closed.
        drop(self.socket.send_with_str("ping"));
    }
}

fn listener(heard: &Rc<dyn Fn(Heard)>, what: fn(&Event) -> Option<Heard>) -> Listener {
    let heard = heard.clone();
    let then: Box<dyn Fn(Event)> = Box::new(move |event| {
        if let Some(what) = what(&event) {
            heard(what);
        }
    });
    Closure::wrap(then)
}

/// What a message says; nothing, when it can't be read.
fn read(event: &Event) -> Option<Heard> {
    let text = event.field("data").text()?;
    if text == "pong" {
        return Some(Heard::Pong);
    }
    wire::frame(&wire::parse(&text)?).map(|frame| Heard::Frame(Box::new(frame)))
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        drop(self.socket.close());
    }
}
