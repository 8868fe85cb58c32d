//! The live socket. Dropping it closes it and silences it: nothing that is still under way can arrive afterwards.

use crate::model::Ticket;
use crate::wire;
use js_sys::Array;
use shared::presence::SiteFrame;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, WebSocket};

/// What a socket reports.
pub(super) enum Heard {
    Opened,
    Closed,
    Pong,
    Frame(SiteFrame),
}

/// An open (or opening) socket with its listeners.
pub(super) struct Socket {
    socket: WebSocket,
    _on_message: Closure<dyn Fn(MessageEvent)>,
    _on_change: [Closure<dyn Fn(Event)>; 2],
}

impl Socket {
    pub(super) fn open(site: &str, ticket: Option<&Ticket>, heard: impl Fn(Heard) + 'static) -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "http:" {
            "ws"
        } else {
            "wss"
        };
        let url = format!("{scheme}://{}/v1/sites/{site}/live", location.host().ok()?);
        let protocols = Array::of1(&JsValue::from_str("ringback.v1"));
        if let Some(ticket) = ticket {
            protocols.push(&JsValue::from_str(&format!("request.{}", ticket.id)));
            protocols.push(&JsValue::from_str(&format!("receipt.{}", ticket.receipt)));
        }
        let socket = WebSocket::new_with_str_sequence(&url, &protocols).ok()?;

        let heard = Rc::new(heard);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new({
            let heard = heard.clone();
            move |event: MessageEvent| {
                let Some(text) = event.data().as_string() else {
                    return;
                };
                if text == "pong" {
                    heard(Heard::Pong);
                } else if let Some(frame) = wire::parse(&text).and_then(|tree| wire::frame(&tree)) {
                    heard(Heard::Frame(frame));
                }
            }
        });
        let on_open = Closure::<dyn Fn(Event)>::new({
            let heard = heard.clone();
            move |_| heard(Heard::Opened)
        });
        let on_close = Closure::<dyn Fn(Event)>::new(move |_| heard(Heard::Closed));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self {
            socket,
            _on_message: on_message,
            _on_change: [on_open, on_close],
        })
    }

    pub(super) fn ping(&self) {
        // A socket that can't send is about to report that it closed.
        drop(self.socket.send_with_str("ping"));
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onopen(None);
        self.socket.set_onclose(None);
        drop(self.socket.close());
    }
}
