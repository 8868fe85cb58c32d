//! The only place that knows the time, and the only one that sets an alarm.

use shared::Millis;
use worker::{Date, Result, ScheduledTime, Storage};

/// Now.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub(crate) fn now() -> Millis {
    Millis(i64::try_from(Date::now().as_millis()).unwrap_or(i64::MAX))
}

/// Arms the object's one alarm for `at`, or disarms it.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub(crate) async fn wake_at(storage: &Storage, at: Option<Millis>) -> Result<()> {
    let Some(at) = at else {
        return storage.delete_alarm().await;
    };
    let at = telephony::outbox::armed(at, now());
    #[expect(clippy::cast_precision_loss, reason = "instants are below 2^53")]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.0 as f64));
    storage.set_alarm(ScheduledTime::new(date)).await
}
