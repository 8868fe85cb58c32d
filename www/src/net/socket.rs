//! A WebSocket that comes back: it tries again with growing pauses, notices a line that has gone silent, and tries at once
//! when the network or the tab returns.

use leptos::leptos_dom::helpers::{IntervalHandle, TimeoutHandle, WindowListenerHandle};
use leptos::prelude::{set_interval_with_handle, set_timeout_with_handle, window_event_listener_untyped};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, Event, MessageEvent, WebSocket};

/// The edge closes sockets that say nothing; middle boxes forget them after a minute or less.
const PING_EVERY: Duration = Duration::from_secs(25);
/// A ping is answered at once; a line that needs longer is dead although nobody has said so.
const PONG_WITHIN: Duration = Duration::from_secs(8);
/// A handshake that takes longer is given up.
const OPEN_WITHIN: Duration = Duration::from_secs(10);
/// Close codes of ours (4000 and up) mean "do not come back like this".
const FINAL_CODES: std::ops::Range<u16> = 4000..5000;

/// What happens to the socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wire {
    /// It tries to connect.
    Connecting,
    /// It is connected.
    Live,
    /// A message arrived.
    Frame(String),
    /// The connection is gone; it tries again by itself after that many milliseconds.
    Lost {
        /// The pause.
        retry_ms: u32,
    },
    /// The edge closed it for good, with this code.
    Closed(u16),
}

/// The pause before attempt number `attempt` (from 0): 1 s, doubling to 15 s, spread by `chance` (0 to 1), so that a
/// restarted edge is not met by all desks in the same instant.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0.75 to 1.25 times 1 000 to 15 000"
)]
fn pause_ms(attempt: u32, chance: f64) -> u32 {
    let base = 1000_u32.saturating_mul(1 << attempt.min(4)).min(15_000);
    (f64::from(base) * (0.75 + chance.clamp(0.0, 1.0) / 2.0)) as u32
}

/// A socket to a path of the page's own origin. Dropping it closes it.
pub(crate) struct Socket {
    inner: Rc<Inner>,
    listeners: Vec<WindowListenerHandle>,
}

struct Inner {
    path: String,
    tell: Box<dyn Fn(Wire)>,
    /// The line in use; a line that is not in here any more is not listened to.
    line: RefCell<Option<Line>>,
    /// Timers of the present line or pause.
    timers: RefCell<Timers>,
    attempt: Cell<u32>,
    /// Counts the lines: what an older one says is ignored.
    serial: Cell<u32>,
    silent: Cell<bool>,
    done: Cell<bool>,
}

#[derive(Default)]
struct Timers {
    beat: Option<IntervalHandle>,
    wait: Option<TimeoutHandle>,
}

struct Line {
    web: WebSocket,
    _open: Closure<dyn Fn()>,
    _message: Closure<dyn Fn(MessageEvent)>,
    _close: Closure<dyn Fn(CloseEvent)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.web.set_onopen(None);
        self.web.set_onmessage(None);
        self.web.set_onclose(None);
        self.web.close().unwrap_or_default();
    }
}

impl Timers {
    fn clear(&mut self) {
        if let Some(beat) = self.beat.take() {
            beat.clear();
        }
        if let Some(wait) = self.wait.take() {
            wait.clear();
        }
    }
}

impl Socket {
    /// Connects, and tells what happens from then on. `tell` is never called before this returns.
    pub(crate) fn open(path: impl Into<String>, tell: impl Fn(Wire) + 'static) -> Self {
        let inner = Rc::new(Inner {
            path: path.into(),
            tell: Box::new(tell),
            line: RefCell::default(),
            timers: RefCell::default(),
            attempt: Cell::new(0),
            serial: Cell::new(0),
            silent: Cell::new(false),
            done: Cell::new(false),
        });
        Inner::after(&inner, Duration::ZERO, Inner::connect);
        let listeners = ["online", "offline", "visibilitychange", "focus"]
            .into_iter()
            .map(|name| {
                let inner = Rc::downgrade(&inner);
                window_event_listener_untyped(name, move |_: Event| with(&inner, Inner::probe))
            })
            .collect();
        Self { inner, listeners }
    }

    /// Says something; false when there is no line that could carry it.
    pub(crate) fn send(&self, text: &str) -> bool {
        let line = self.inner.line.borrow();
        let open = line
            .as_ref()
            .filter(|line| line.web.ready_state() == WebSocket::OPEN);
        open.is_some_and(|line| line.web.send_with_str(text).is_ok())
    }

    /// Does not wait for the pause to end.
    pub(crate) fn hurry(&self) {
        Inner::probe(&self.inner);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        for listener in self.listeners.drain(..) {
            listener.remove();
        }
        self.inner.done.set(true);
        self.inner.hang_up();
    }
}

fn with(inner: &Weak<Inner>, act: impl FnOnce(&Rc<Inner>)) {
    if let Some(inner) = inner.upgrade().filter(|inner| !inner.done.get()) {
        act(&inner);
    }
}

impl Inner {
    fn hang_up(&self) {
        self.serial.set(self.serial.get().wrapping_add(1));
        self.timers.borrow_mut().clear();
        // Closing a line may run its listeners: not while it is borrowed.
        let line = self.line.borrow_mut().take();
        drop(line);
    }

    /// Does something later, unless the line has changed by then. There is one such wait at a time.
    fn after(this: &Rc<Self>, delay: Duration, act: impl FnOnce(&Rc<Self>) + 'static) {
        let (weak, serial) = (Rc::downgrade(this), this.serial.get());
        let wait = set_timeout_with_handle(
            move || {
                with(&weak, |this| {
                    if this.serial.get() == serial {
                        act(this);
                    }
                });
            },
            delay,
        );
        if let Some(before) = std::mem::replace(&mut this.timers.borrow_mut().wait, wait.ok()) {
            before.clear();
        }
    }

    fn connect(this: &Rc<Self>) {
        this.hang_up();
        (this.tell)(Wire::Connecting);
        match Self::line(this) {
            Ok(line) => {
                *this.line.borrow_mut() = Some(line);
                Self::after(this, OPEN_WITHIN, Self::lost);
            }
            Err(_) => Self::lost(this),
        }
    }

    fn line(this: &Rc<Self>) -> Result<Line, wasm_bindgen::JsValue> {
        let location = web_sys::window()
            .ok_or(wasm_bindgen::JsValue::UNDEFINED)?
            .location();
        let scheme = if location.protocol()? == "https:" {
            "wss"
        } else {
            "ws"
        };
        let web = WebSocket::new(&format!("{scheme}://{}{}", location.host()?, this.path))?;
        let serial = this.serial.get();
        let mine = {
            let weak = Rc::downgrade(this);
            move |act: &dyn Fn(&Rc<Self>)| {
                with(&weak, |this| {
                    if this.serial.get() == serial {
                        act(this);
                    }
                });
            }
        };
        let open = Closure::<dyn Fn()>::new({
            let mine = mine.clone();
            move || mine(&Self::opened)
        });
        let message = Closure::<dyn Fn(MessageEvent)>::new({
            let mine = mine.clone();
            move |event: MessageEvent| {
                let Some(text) = event.data().as_string() else {
                    return;
                };
                mine(&|this| this.heard(&text));
            }
        });
        let close = Closure::<dyn Fn(CloseEvent)>::new(move |event: CloseEvent| {
            mine(&|this| Self::closed(this, event.code()));
        });
        web.set_onopen(Some(open.as_ref().unchecked_ref()));
        web.set_onmessage(Some(message.as_ref().unchecked_ref()));
        web.set_onclose(Some(close.as_ref().unchecked_ref()));
        Ok(Line {
            web,
            _open: open,
            _message: message,
            _close: close,
        })
    }

    fn opened(this: &Rc<Self>) {
        if let Some(wait) = this.timers.borrow_mut().wait.take() {
            wait.clear();
        }
        let weak = Rc::downgrade(this);
        let beat = set_interval_with_handle(move || with(&weak, Self::ping), PING_EVERY);
        this.timers.borrow_mut().beat = beat.ok();
        (this.tell)(Wire::Live);
    }

    fn heard(&self, text: &str) {
        self.silent.set(false);
        // Only words heard prove a healthy line: an edge that accepts and closes at once must not be asked every second.
        self.attempt.set(0);
        if text != "pong" {
            (self.tell)(Wire::Frame(text.to_owned()));
        }
    }

    fn closed(this: &Rc<Self>, code: u16) {
        if FINAL_CODES.contains(&code) {
            this.done.set(true);
            this.hang_up();
            (this.tell)(Wire::Closed(code));
        } else {
            Self::lost(this);
        }
    }

    fn lost(this: &Rc<Self>) {
        this.hang_up();
        let attempt = this.attempt.get();
        this.attempt.set(attempt.saturating_add(1));
        let retry_ms = pause_ms(attempt, js_sys::Math::random());
        Self::after(this, Duration::from_millis(u64::from(retry_ms)), Self::connect);
        (this.tell)(Wire::Lost { retry_ms });
    }

    fn ping(this: &Rc<Self>) {
        let sent = this
            .line
            .borrow()
            .as_ref()
            .is_some_and(|line| line.web.send_with_str("ping").is_ok());
        this.silent.set(true);
        if sent {
            Self::after(this, PONG_WITHIN, |this| {
                if this.silent.get() {
                    Self::lost(this);
                }
            });
        } else {
            Self::lost(this);
        }
    }

    /// Something changed around us: a line that seems alive proves it, a pause ends.
    fn probe(this: &Rc<Self>) {
        let state = this.line.borrow().as_ref().map(|line| line.web.ready_state());
        match state {
            Some(WebSocket::OPEN) => Self::ping(this),
            Some(WebSocket::CONNECTING) => {}
            _ => Self::connect(this),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pause_ms;

    #[test]
    fn pauses_grow_and_stay_bounded_and_spread() {
        let pauses: Vec<u32> = (0..7).map(|attempt| pause_ms(attempt, 0.5)).collect();
        assert_eq!(pauses, [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
        assert_eq!(
            (pause_ms(0, 0.0), pause_ms(0, 1.0), pause_ms(u32::MAX, 9.0)),
            (750, 1250, 18_750)
        );
    }
}
