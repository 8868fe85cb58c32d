//! Does what the model asks for. The only place of the panel that touches network, clock, storage and the page around it.

mod clock;
mod focus;
mod host;
mod http;
mod keep;
mod socket;
mod words;

pub(crate) use words::written;

use crate::model::{Do, Here, Model, Msg, Ticket, update};
use crate::wire::{self, Tree};
use reactive_graph::signal::RwSignal;
use reactive_graph::traits::{Update, With, WithUntracked};
use shared::SiteId;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::spawn_local;

/// The panel's one handle: read the model, send a message. One word, so that every closure can have its own.
#[derive(Clone, Copy)]
pub(crate) struct Panel(&'static Hands);

/// What lives as long as the program: the model, and open things that a later message may close.
struct Hands {
    model: RwSignal<Model>,
    site: String,
    host: Option<host::Host>,
    socket: RefCell<Option<socket::Socket>>,
    timers: RefCell<clock::Timers>,
    /// Draws the panel; until it is drawn.
    draw: Cell<Option<fn(Panel)>>,
}

impl Panel {
    /// The panel of the business that the address names (`/panel/{site}`).
    pub(crate) fn new() -> Self {
        let location = web_sys::window().map(|window| window.field("location"));
        let path = location
            .and_then(|location| location.field("pathname").text())
            .unwrap_or_default();
        let named = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let site = SiteId::parse(named)
            .map(|site| site.as_str().to_owned())
            .unwrap_or_default();
        let mut model = Model::default();
        (model.language, model.wished) = words::language();
        let model = RwSignal::new(model);
        let hands = Hands {
            model,
            site,
            host: host::find(),
            socket: RefCell::default(),
            timers: RefCell::default(),
            draw: Cell::default(),
        };
        Self(Box::leak(Box::new(hands)))
    }

    /// Begins: listens to the page and the network, and tells the model what this device kept. Draws when there is something to be
    /// told: what the program asks for first mostly is there already, and a panel without it would be drawn twice.
    pub(crate) fn begin(self, draw: fn(Self)) {
        let hands = self.0;
        hands.draw.set(Some(draw));
        if let Some(host) = &hands.host {
            host.listen(move |heard| {
                self.send(match heard {
                    host::Heard::Here(here) => Msg::Here(*here),
                    host::Heard::Opened { focus } => Msg::Opened { focus },
                    host::Heard::Closed => Msg::Closed,
                    host::Heard::Leave(go) => Msg::Leave(go),
                });
            });
        }
        host::on_online(move || self.send(Msg::Online));
        host::on_escape(move || self.send(Msg::Close));
        self.send(Msg::Start {
            kept: keep::number(),
            ticket: hands
                .host
                .is_none()
                .then(|| keep::followed(&hands.site))
                .flatten()
                .or_else(|| keep::ticket(&hands.site)),
            framed: hands.host.is_some(),
            speaks: host::can_speak(),
        });
        if hands.host.is_none() {
            self.send(Msg::Here(Here::default()));
        }
    }

    /// Reads something of the model, and follows it.
    pub(crate) fn read<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.0.model.with(part)
    }

    /// Reads something of the model as it is now.
    pub(crate) fn peek<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.0.model.with_untracked(part)
    }

    /// How the device's owner writes times.
    pub(crate) fn writer(self) -> words::Writer {
        words::Writer
    }

    /// Tells the model what happened, and does what follows.
    pub(crate) fn send(self, msg: Msg) {
        let begins = matches!(msg, Msg::Start { .. } | Msg::Here(_));
        let to_do = self.0.model.try_update(|model| update(model, clock::now(), msg));
        for it in to_do.unwrap_or_default() {
            self.perform(it);
        }
        if !begins && let Some(draw) = self.0.draw.take() {
            draw(self);
        }
    }

    /// A key that nobody else has.
    pub(crate) fn fresh_key() -> String {
        clock::random_text()
    }

    fn perform(self, it: Do) {
        let hands = self.0;
        let site = hands.site.as_str();
        match it {
            Do::GetSite => match http::first() {
                Some(answer) => self.send(Msg::Site(http::read(Ok(answer), wire::site))),
                None => self.ask(http::site(site), |answer| {
                    Msg::Site(http::read(answer, wire::site))
                }),
            },
            Do::GetSlots(whom) => self.ask(http::slots(site, &whom), move |answer| Msg::Slots {
                whom,
                times: http::read(answer, http::times),
            }),
            Do::ReadCustomer(token) => {
                self.ask(http::customer(site, &token), move |answer| Msg::CustomerRead {
                    token,
                    customer: http::read(answer, wire::customer),
                });
            }
            Do::ReadNumber(text) => self.ask(http::number(site, &text), move |answer| Msg::NumberRead {
                text,
                number: http::read(answer, wire::number),
            }),
            Do::Post { key, body } => {
                self.ask(http::post(site, key, &body), |answer| {
                    Msg::Posted(http::read(answer, wire::accepted))
                });
            }
            Do::GetRequest(ticket) => {
                self.ask(http::request(site, &ticket), |answer| {
                    Msg::Request(http::read(answer, wire::request))
                });
            }
            Do::Delete(ticket) => {
                self.ask(http::cancel(site, &ticket), |answer| {
                    Msg::Cancelled(http::read(answer, wire::request))
                });
            }
            Do::Patch(ticket, slot) => {
                self.ask(http::reschedule(site, &ticket, slot), |answer| {
                    Msg::Moved(http::read(answer, wire::request))
                });
            }
            Do::Connect(ticket) => self.connect(ticket.as_ref()),
            Do::Disconnect => drop(hands.socket.take()),
            Do::Ping => {
                if let Some(socket) = &*hands.socket.borrow() {
                    socket.ping();
                }
            }
            Do::After(ms, wake) => {
                hands
                    .timers
                    .borrow_mut()
                    .set(ms, wake, move || self.send(Msg::Woke(wake)));
            }
            Do::KeepNumber(number) => keep::keep_number(&number),
            Do::ForgetNumber => keep::forget_number(),
            Do::KeepTicket(ticket) => keep::keep_ticket(site, &ticket),
            Do::ForgetTicket => keep::forget_ticket(site),
            Do::TellReady => hands.tell(host::Host::ready),
            Do::AskPage(body) => hands.tell(|host| host.ask(&body)),
            Do::TellClose => hands.tell(host::Host::close),
            Do::TellState(state, text) => hands.tell(|host| host.state(state, &written(&text))),
            Do::FindZone => self.send(Msg::Zone(clock::zone())),
            Do::Speak(locale) => words::learn(locale.as_ref(), move || {
                let (shown, wished) = words::language();
                self.send(Msg::Language { shown, wished });
            }),
            Do::FocusHeading => focus::soon("heading"),
            Do::FocusField(field) => focus::soon(field.id()),
        }
    }

    /// Asks, and sends the answer as a message when it comes.
    fn ask(self, asked: http::Ask, told: impl FnOnce(http::Answer) -> Msg + 'static) {
        let told: Box<dyn FnOnce(http::Answer) -> Msg> = Box::new(told);
        spawn_local(async move {
            let answer = asked.send().await;
            self.send(told(answer));
        });
    }

    fn connect(self, ticket: Option<&Ticket>) {
        drop(self.0.socket.take());
        let socket = socket::Socket::open(&self.0.site, ticket, move |heard| {
            self.send(match heard {
                socket::Heard::Opened => Msg::SocketOpened,
                socket::Heard::Closed => Msg::SocketClosed,
                socket::Heard::Pong => Msg::SocketPong,
                socket::Heard::Frame(frame) => Msg::Frame(frame),
            });
        });
        if socket.is_none() {
            // A browser without sockets: after the message that asked, not within it.
            spawn_local(async move { self.send(Msg::SocketClosed) });
        }
        self.0.socket.replace(socket);
    }
}

impl Hands {
    fn tell(&self, what: impl FnOnce(&host::Host)) {
        if let Some(host) = &self.host {
            what(host);
        }
    }
}
