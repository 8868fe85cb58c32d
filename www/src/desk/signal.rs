//! How a call makes itself noticed when the agent looks elsewhere: a gentle sound, a notification, the tab's title and icon.

use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AudioContext, AudioContextState, HtmlLinkElement, Notification, NotificationOptions,
    NotificationPermission, OscillatorType,
};

thread_local! {
    /// One for the page: browsers allow few, and only after a gesture.
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Two notes, a fourth apart: noticed, and not startling.
const NOTES_HZ: [f32; 2] = [587.3, 784.0];
/// Loudness of a note's beginning; 1 is the loudest.
const LOUDNESS: f32 = 0.12;
/// Seconds of one note.
const NOTE_S: f64 = 0.35;

/// To be called on a gesture: browsers let a page make a sound only after one.
pub(super) fn unlock() {
    AUDIO.with_borrow_mut(|audio| {
        if audio.is_none() {
            *audio = AudioContext::new().ok();
        }
        if let Some(audio) = audio
            .as_ref()
            .filter(|audio| audio.state() == AudioContextState::Suspended)
        {
            // The promise tells nothing that the next sound would not.
            drop(audio.resume());
        }
    });
}

/// A call comes.
pub(super) fn alert(title: &str, body: &str) {
    // Without sound the page still shows it.
    ring();
    notify(title, body).unwrap_or_default();
}

/// It still comes.
pub(super) fn ring() {
    chime().unwrap_or_default();
}

fn chime() -> Result<(), JsValue> {
    AUDIO.with_borrow(|audio| {
        let Some(audio) = audio else { return Ok(()) };
        for (note, hz) in NOTES_HZ.into_iter().enumerate() {
            let start =
                audio.current_time() + f64::from(u32::try_from(note).unwrap_or_default()) * NOTE_S * 0.6;
            let (tone, volume) = (audio.create_oscillator()?, audio.create_gain()?);
            tone.set_type(OscillatorType::Sine);
            tone.frequency().set_value(hz);
            volume.gain().set_value_at_time(LOUDNESS, start)?;
            volume
                .gain()
                .exponential_ramp_to_value_at_time(0.001, start + NOTE_S)?;
            tone.connect_with_audio_node(&volume)?
                .connect_with_audio_node(&audio.destination())?;
            tone.start_with_when(start)?;
            tone.stop_with_when(start + NOTE_S)?;
        }
        Ok(())
    })
}

/// Whether the browser has notifications at all (some phones do not), and what it was told about ours.
pub(super) fn permission() -> Option<NotificationPermission> {
    let known = js_sys::Reflect::has(&js_sys::global(), &"Notification".into()).unwrap_or_default();
    known.then(Notification::permission)
}

/// Asks for the permission; the answer shows in [`permission`] later.
pub(super) async fn ask_permission() {
    if let Ok(asked) = Notification::request_permission() {
        wasm_bindgen_futures::JsFuture::from(asked)
            .await
            .unwrap_or_default();
    }
}

fn notify(title: &str, body: &str) -> Result<(), JsValue> {
    if permission() != Some(NotificationPermission::Granted) {
        return Ok(());
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    // The next call replaces the last one's notification.
    options.set_tag("ringback-call");
    Notification::new_with_options(title, &options).map(drop)
}

/// The tab's title and icon. The page has both icons as links, whose addresses the build may have changed.
pub(super) fn badge(title: &str, call: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    document.set_title(title);
    let link = |id: &str| document.get_element_by_id(id)?.dyn_into::<HtmlLinkElement>().ok();
    if let (Some(icon), Some(wanted)) = (link("icon"), link(if call { "icon-call" } else { "icon-calm" })) {
        icon.set_href(&wanted.href());
    }
}
