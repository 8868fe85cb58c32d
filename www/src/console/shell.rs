//! Does in the browser what the model says, and tells the model what comes of it.

use super::model::{
    AskBarred, AskHook, AskIdentity, AskPerson, Barred, Do, Hook, Identity, Model, Msg, Person, Section,
    Tagged, update,
};
use super::path;
use crate::browser;
use crate::net::{Failure, ask, ask_plain, ask_version};
use crate::{passkey, site};
use js_sys::{Array, Intl, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::SiteId;
use shared::policy::Suppression;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

const SECTION: &str = "section";

/// The running console, as the components hold it.
#[derive(Clone, Copy)]
pub(super) struct Console {
    model: RwSignal<Model>,
}

impl Console {
    /// Starts it.
    pub(super) fn start() -> Self {
        let console = Self {
            model: RwSignal::default(),
        };
        console.send(Msg::Tick(browser::now()));
        console.send(Msg::Start(site::known(), zone()));
        let named = browser::query(SECTION);
        if let Some(section) = Section::ALL
            .into_iter()
            .find(|it| named.as_deref() == Some(it.id()))
        {
            console.send(Msg::Open(section));
        }
        set_interval(
            move || console.send(Msg::Tick(browser::now())),
            Duration::from_secs(1),
        );
        console
    }

    /// A part of the model that the view follows; it changes only when its value does.
    pub(super) fn part<T>(self, pick: impl Fn(&Model) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.model.with(|model| pick(model)))
    }

    /// Something happened.
    pub(super) fn send(self, msg: Msg) {
        if let Msg::Open(section) = &msg {
            browser::set_query(SECTION, section.id());
        }
        // The page may be on its way out: then nothing is left to do.
        for what in self
            .model
            .try_update(|model| update(model, msg))
            .unwrap_or_default()
        {
            self.run(what);
        }
    }

    fn run(self, what: Do) {
        match what {
            Do::RememberSite(site) => site::remember(&site),
            Do::Leave(everywhere) => self.later(async move {
                let path = if everywhere {
                    "/v1/session/all"
                } else {
                    "/v1/session"
                };
                // Whatever comes of it, this page shows nothing any more.
                drop(ask_plain::<()>("DELETE", path).await);
                Msg::Left
            }),
            Do::ReadMe => self.read("/v1/session".into(), Msg::Me),
            Do::ReadAudit(site) => self.read(of(&site, "/audit"), Msg::Audit),
            Do::Read(site) => {
                self.later(
                    async move { Msg::Read(tagged(ask_version("GET", &of(&site, ""), None, None).await)) },
                );
            }
            Do::Save(site, document, tag) => self.later(async move {
                let body = Some(document.to_string());
                Msg::Saved(tagged(
                    ask_version("PUT", &of(&site, ""), body, tag.as_deref()).await,
                ))
            }),
            Do::ReadSeen(site) => self.read(of(&site, "/seen"), Msg::Seen),
            Do::ReadReport(site, from, to) => {
                self.read(
                    of(&site, &format!("/report?from={}&to={}", from.0, to.0)),
                    Msg::Report,
                );
            }
            Do::ReadForecast(site) => self.read(of(&site, "/forecast"), Msg::Forecast),
            Do::ReadEquipment(site) => self.read(of(&site, "/equipment"), Msg::Equipment),
            Do::KeepCredentials(site, id, secret) => self.later(async move {
                let path = of(&site, &format!("/equipment/{id}/secret"));
                let answer = ask("PUT", &path, Some(&json!({ "secret": secret }))).await;
                Msg::CredentialsKept(id, answer)
            }),
            Do::ReadSecrets(site) => self.read(of(&site, "/secrets"), Msg::Secrets),
            Do::MakeSecret(site, wish) => {
                self.later(
                    async move { Msg::SecretMade(ask("POST", &of(&site, "/secrets"), Some(&wish)).await) },
                );
            }
            Do::Revoke(site, id) => self.later(async move {
                Msg::Revoked(ask_plain("DELETE", &of(&site, &format!("/secrets/{id}"))).await)
            }),
            Do::ReadRefusals(site) => self.read(of(&site, "/refusals"), Msg::Refusals),
            Do::Hook(site, what) => self.hook(&site, what),
            Do::Barred(site, what) => self.barred(&site, what),
            Do::Person(site, what) => self.person(&site, what),
            Do::Download(name, text) => {
                // Where the browser can't, nothing is lost: it can be asked for again.
                drop(download(&name, &text));
            }
            Do::Identity(site, what) => self.identity(&site, what),
            Do::Try(site, page) => self
                .later(async move { Msg::Tried(ask("POST", &of(&site, "/placement"), Some(&page)).await) }),
            Do::Copy(text) => spawn_local(async move {
                let Some(window) = web_sys::window() else { return };
                let written = window.navigator().clipboard().write_text(&text);
                if JsFuture::from(written).await.is_ok() {
                    self.send(Msg::Copied);
                }
            }),
            Do::Top => request_animation_frame(to_the_top),
            Do::Focus(place) => request_animation_frame(move || focus(&path::id(&place))),
        }
    }

    fn hook(self, site: &SiteId, what: AskHook) {
        let at = |what: &str| of(site, &format!("/webhooks{what}"));
        match what {
            AskHook::Endpoints => self.read(at(""), |answer| Hook::Endpoints(answer).into()),
            AskHook::Log(id) => {
                let path = at(&format!("/{id}/deliveries"));
                self.later(async move { Hook::Logged(id, ask_plain("GET", &path).await).into() });
            }
            AskHook::MakeSecret(id) => {
                let path = at(&format!("/{id}/secrets"));
                self.later(async move { Hook::Made(id, ask_plain("POST", &path).await).into() });
            }
            AskHook::Revoke(id, key) => {
                let path = at(&format!("/{id}/secrets/{key}"));
                self.later(async move { Hook::Done(ask_plain("DELETE", &path).await).into() });
            }
            AskHook::Test(id) => self.send_hook(at(&format!("/{id}/test"))),
            AskHook::Again(id, message) => self.send_hook(at(&format!("/{id}/deliveries/{message}/again"))),
        }
    }

    fn barred(self, site: &SiteId, what: AskBarred) {
        match what {
            AskBarred::Stands => self.read(of(site, "/policy"), |answer| Barred::Stands(answer).into()),
            AskBarred::Numbers => {
                self.read(of(site, "/suppressions"), |answer| Barred::Numbers(answer).into());
            }
            AskBarred::Suppress(phone) => {
                let path = of(site, "/suppressions");
                let wish = json!({"phone": phone, "reason": Suppression::Asked.as_str()});
                self.later(async move { Barred::Suppressed(ask("POST", &path, Some(&wish)).await).into() });
            }
            AskBarred::Forgive(id) => {
                let path = of(site, &format!("/suppressions/{id}"));
                self.later(async move { Barred::Forgiven(ask_plain("DELETE", &path).await).into() });
            }
        }
    }

    fn person(self, site: &SiteId, what: AskPerson) {
        match what {
            AskPerson::Export(whom) => {
                let path = of(site, "/customers/export");
                self.later(async move { Person::Exported(ask("POST", &path, Some(&whom)).await).into() });
            }
            AskPerson::Erase(whom) => {
                let path = of(site, "/customers/erase");
                self.later(async move { Person::Erased(ask("POST", &path, Some(&whom)).await).into() });
            }
        }
    }

    fn identity(self, site: &SiteId, what: AskIdentity) {
        match what {
            AskIdentity::AddPasskey(name) => {
                self.later(async move { Identity::Added(new_passkey(&name).await).into() });
            }
            AskIdentity::RemovePasskey(id) => {
                let path = format!("/v1/session/passkeys/{id}");
                self.later(async move { Identity::Removed(ask_plain("DELETE", &path).await).into() });
            }
            AskIdentity::SignOn => self.read(of(site, "/sign_on"), |answer| Identity::SignOn(answer).into()),
            AskIdentity::KeepSecret(secret) => {
                let path = of(site, "/sign_on/secret");
                let body = json!({ "secret": secret });
                self.later(async move { Identity::SecretKept(ask("PUT", &path, Some(&body)).await).into() });
            }
        }
    }

    fn send_hook(self, path: String) {
        self.later(async move {
            let sent: Result<Value, Failure> = ask_plain("POST", &path).await;
            Hook::Done(sent.map(drop)).into()
        });
    }

    fn read<T: DeserializeOwned + 'static>(self, path: String, then: fn(Result<T, Failure>) -> Msg) {
        self.later(async move { then(ask_plain("GET", &path).await) });
    }

    fn later(self, answer: impl Future<Output = Msg> + 'static) {
        spawn_local(async move { self.send(answer.await) });
    }
}

/// Has the browser make a passkey, and the edge keep it; or why not.
async fn new_passkey(name: &str) -> Result<(), String> {
    let words = |failure: Failure| failure.beside().to_owned();
    let wish: Value = ask_plain("POST", "/v1/session/passkeys/options")
        .await
        .map_err(words)?;
    let made = passkey::create(&wish)
        .await
        .map_err(|why| why.words().to_owned())?;
    let body = json!({"name": name, "credential": made});
    let kept: Result<Value, Failure> = ask("POST", "/v1/session/passkeys", Some(&body)).await;
    kept.map(drop).map_err(words)
}

fn of(site: &SiteId, what: &str) -> String {
    format!("/v1/businesses/{site}{what}")
}

fn tagged(answer: Result<(Value, String), Failure>) -> Result<Tagged, Failure> {
    answer.map(|(document, tag)| Tagged { document, tag })
}

/// The page from its top, with the part that is open among those in sight.
fn to_the_top() {
    let Some(window) = web_sys::window() else { return };
    let here = window
        .document()
        .and_then(|page| page.query_selector(".sections [aria-current]").ok()?);
    if let Some(here) = here {
        here.scroll_into_view_with_bool(false);
    }
    window.scroll_to_with_x_and_y(0.0, 0.0);
}

fn focus(id: &str) {
    let found = || {
        let element = web_sys::window()?.document()?.get_element_by_id(id)?;
        element.dyn_into::<web_sys::HtmlElement>().ok()?.focus().ok()
    };
    // A field that is not on the screen keeps its words in the summary.
    let _: Option<()> = found();
}

/// The browser's time zone.
fn zone() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()?
        .as_string()
}

/// Our own origin, as the script tag names it.
pub(super) fn origin() -> String {
    web_sys::window()
        .and_then(|window| window.location().origin().ok())
        .unwrap_or_default()
}

/// The running console.
pub(super) fn console() -> Console {
    expect_context()
}

/// Gives whoever looks a file of JSON.
fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let file = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
    let address = Url::create_object_url_with_blob(&file)?;
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.ok_or(JsValue::UNDEFINED)?.create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.dyn_into::<HtmlElement>()?.click();
    Url::revoke_object_url(&address)
}
