//! The only place that knows the time, and the only one that sets an alarm.

use shared::Millis;
use std::cell::RefCell;
use telephony::outbox::Armed;
use worker::{Result, ScheduledTime, State, Storage};

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub(crate) fn now() -> Millis {
    #[expect(clippy::cast_possible_truncation, reason = "an instant in whole milliseconds")]
    let now = js_sys::Date::now() as i64;
    Millis(now)
}

/// An object's one alarm.
pub(crate) struct Alarm {
    storage: Storage,
    armed: RefCell<Armed>,
}

impl Alarm {
    pub(crate) fn of(state: &State) -> Self {
        Self {
            storage: state.storage(),
            armed: RefCell::default(),
        }
    }

    /// It rang: it is armed no more.
    pub(crate) fn rang(&self) {
        self.armed.borrow_mut().forget();
    }

    /// Arms it for `at`, or disarms it.
    pub(crate) async fn arm(&self, at: Option<Millis>) -> Result<()> {
        // Before the runtime is asked: what is asked for meanwhile comes after it.
        let change = self.armed.borrow_mut().change(at, now());
        let done = match change {
            None => return Ok(()),
            Some(Some(at)) => self.set(at).await,
            Some(None) => self.storage.delete_alarm().await,
        };
        if done.is_err() {
            self.armed.borrow_mut().forget();
        }
        done
    }

    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    async fn set(&self, at: Millis) -> Result<()> {
        #[expect(clippy::cast_precision_loss, reason = "instants are below 2^53")]
        let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64));
        self.storage.set_alarm(ScheduledTime::new(date)).await
    }
}
