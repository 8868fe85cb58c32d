//! The door on the screen.

use super::model::{Busy, Msg, Step, Ways};
use super::shell::{Running, door};
use super::word;
use crate::browser;
use leptos::prelude::*;
use shared::SiteId;
use shared::door::{DemoAgent, Place, SIGN_ON_FAILED, Turned};

/// What stands behind the `#` of a link that signs in.
const LINK: &str = "in";

/// The door: every way in that is open.
#[component]
pub(crate) fn Door(
    /// At which business.
    site: SiteId,
    /// To what.
    to: Place,
    /// Who was here last.
    #[prop(optional)]
    who: String,
    /// Why the door is up.
    notice: Option<String>,
    /// Somebody is in.
    done: impl Fn() + Send + Sync + 'static,
    /// Another business, please.
    other_site: impl Fn() + 'static,
) -> impl IntoView {
    let named = site.to_string();
    let link = browser::take_fragment(LINK);
    let turned =
        browser::take_fragment(SIGN_ON_FAILED).map(|why| word::turned(Turned::parse(&why)).to_owned());
    let notice = turned.or(notice);
    let door = Running::start(site, to, who, notice, link, Callback::new(move |()| done()));
    provide_context(door);
    let notice = door.part(|model| model.notice.clone());
    let step = door.part(|model| model.step.clone());
    let business = door.part(|model| model.view().and_then(|view| view.business.clone()));
    view! {
        <main class="gate">
            <div id="door" class="card stack ask">
                <div class="stack heading">
                    <img src="/design/logo.svg" alt="" width="40" height="40" />
                    <h1>{word::title(to)}</h1>
                    <p class="muted small row">
                        <span>"Business " <strong id="sign-in-site">{move || business.get().unwrap_or_else(|| named.clone())}</strong></span>
                        <button id="other-site" type="button" class="link" on:click=move |_| other_site()>"another"</button>
                    </p>
                </div>
                {move || {
                    notice.get().map(|words| view! { <p id="sign-in-notice" class="notice" data-tone="warn" role="alert">{words}</p> })
                }}
                {move || match step.get() {
                    Step::Choose => view! { <Choose /> }.into_any(),
                    Step::Sent(email) => view! { <Sent email=email /> }.into_any(),
                    Step::Landed(_) => view! { <Landed /> }.into_any(),
                }}
            </div>
        </main>
    }
}

/// All the ways.
#[component]
fn Choose() -> impl IntoView {
    let door = door();
    let ways = door.part(|model| match &model.ways {
        Ways::Asked => Err(None),
        Ways::Failed(why) => Err(Some(why.clone())),
        Ways::Known(view) => Ok((
            (view.passkey, view.sign_on),
            view.mail,
            model.takes_code(),
            model.is_shut(),
        )),
    });
    move || {
        match ways.get() {
        Err(None) => view! {
            <p class="row muted" role="status"><span class="spinner" aria-hidden="true"></span>"Asking for the ways in…"</p>
        }
        .into_any(),
        Err(Some(why)) => view! {
            <div id="door-failed" class="notice stack" data-tone="danger" role="alert">
                <p>{why}</p>
                <button type="button" class="button small" on:click=move |_| door.send(Msg::Again)>"Try again"</button>
            </div>
        }
        .into_any(),
        Ok(((passkey, sign_on), mail, code, shut)) => view! {
            {passkey.then(|| view! { <Tap id="passkey-go" of=Busy::Passkey tap=Msg::Passkey words="Sign in with a passkey" /> })}
            {sign_on.then(|| view! { <Tap id="sign-on-go" of=Busy::SignOn tap=Msg::SignOn words="Sign in with your company" /> })}
            {((passkey || sign_on) && mail).then(|| view! { <p class="or muted small">"or by e-mail"</p> })}
            {mail.then(|| view! { <Mail first=!passkey && !sign_on /> })}
            {((passkey || sign_on || mail) && code).then(|| view! { <p class="or muted small">"or with a code"</p> })}
            {code.then(|| view! { <Code first=!mail && !passkey && !sign_on /> })}
            {shut.then(|| view! { <Shut /> })}
        }
        .into_any(),
    }
    }
}

/// A way in that is one tap.
#[component]
fn Tap(id: &'static str, of: Busy, tap: Msg, words: &'static str) -> impl IntoView {
    let door = door();
    let busy = door.part(move |model| model.busy == Some(of));
    view! {
        <button id=id type="button" class="button primary block" aria-busy=move || busy.get().then_some("true") on:click=move |_| door.send(tap.clone())>
            <Spin on=busy />
            {words}
        </button>
    }
}

/// A link by e-mail.
#[component]
fn Mail(first: bool) -> impl IntoView {
    let door = door();
    let email = door.part(|model| model.email.clone());
    let error = door.part(|model| model.errors.get("email").cloned());
    let busy = door.part(|model| model.busy == Some(Busy::Link));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        door.send(Msg::AskLink);
    };
    view! {
        <form id="ask-link" class="stack" on:submit=submit novalidate>
            <div class="field">
                <label for="email">"E-mail"</label>
                <input
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="email"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="you@company.example"
                    prop:value=email
                    on:input=move |event| door.send(Msg::Email(event_target_value(&event)))
                    aria-describedby="email-error"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                />
                <p id="email-error" class="error" role="alert">{error}</p>
            </div>
            <button id="link-go" class="button block" class:primary=first aria-busy=move || busy.get().then_some("true")>
                <Spin on=busy />
                "E-mail me a sign-in link"
            </button>
        </form>
    }
}

/// A link is on its way, if the address is known here.
#[component]
fn Sent(email: String) -> impl IntoView {
    let door = door();
    view! {
        <div id="link-sent" class="stack" role="status">
            <svg class="letter" viewBox="0 0 64 48" aria-hidden="true"><rect x="3" y="5" width="58" height="38" rx="5" /><path d="M5 9l27 20L59 9" /></svg>
            <h2>"Look into your mailbox"</h2>
            <p>"If " <strong class="long">{email}</strong> " may sign in here, a link is on its way. It works once, within ten minutes, in this browser."</p>
            <p class="muted small">"Nothing there? Look into the spam folder. Three links in ten minutes are sent at the most."</p>
        </div>
        <button id="link-back" type="button" class="button block" on:click=move |_| door.send(Msg::Back)>"Another way in"</button>
    }
}

/// A link was opened: programs that look into links before people do don't tap.
#[component]
fn Landed() -> impl IntoView {
    let door = door();
    let busy = door.part(|model| model.busy == Some(Busy::Open));
    view! {
        <p>"One tap is left."</p>
        <button id="link-open" type="button" class="button primary block" aria-busy=move || busy.get().then_some("true") on:click=move |_| door.send(Msg::OpenLink)>
            <Spin on=busy />
            "Sign in"
        </button>
    }
}

/// No way in is open.
#[component]
fn Shut() -> impl IntoView {
    let door = door();
    let (to, unknown) = (
        door.part(|model| model.to),
        door.part(|model| model.view().is_none_or(|view| view.business.is_none())),
    );
    let site = door.part(|model| model.site.to_string());
    view! {
        <div id="door-shut" class="notice stack" data-tone="warn" role="status">
            {move || match (unknown.get(), to.get()) {
                (true, Place::Desk) => view! { <p>"There is no business of this name."</p> }.into_any(),
                (false, Place::Desk) => view! {
                    <p>"Nobody can sign in here yet."</p>
                    <p><a href=format!("/console/?site={}", site.get())>"Set it up in the console"</a></p>
                }.into_any(),
                (_, Place::Console) => view! {
                    <p>"No way in is open. Ask whoever runs this server to let it send e-mails."</p>
                }.into_any(),
            }}
        </div>
    }
}

/// With the demo's code, or with the operator's secret.
#[component]
fn Code(first: bool) -> impl IntoView {
    let door = door();
    let code = door.part(|model| model.code.clone());
    let error = door.part(|model| model.errors.get("code").cloned());
    let busy = door.part(|model| model.busy == Some(Busy::Code));
    let agents = door.part(|model| match model.view() {
        Some(view) if model.offers_agents() => view.agents.clone(),
        _ => Vec::new(),
    });
    let hint = door.part(|model| {
        let (demo, operator) = model
            .view()
            .map_or((false, false), |view| (view.demo, view.operator));
        match (demo, operator && model.to == Place::Console) {
            (true, true) => "The operator's secret; in the demo the code that the start command printed.",
            (true, false) => "This is the demo: the start command printed the code.",
            (false, _) => "The operator's secret. It opens the console until somebody owns the business.",
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        door.send(Msg::Enter);
    };
    view! {
        <form id="sign-in" class="stack" on:submit=submit novalidate>
            <Who agents=agents />
            <div class="field">
                <label for="code">"Code"</label>
                <input
                    id="code"
                    name="code"
                    type="password"
                    autocomplete="current-password"
                    prop:value=code
                    on:input=move |event| door.send(Msg::Code(event_target_value(&event)))
                    aria-describedby="code-hint code-error"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                />
                <p id="code-hint" class="hint">{hint}</p>
                <p id="code-error" class="error" role="alert">{error}</p>
            </div>
            <button id="sign-in-go" class="button block" class:primary=first aria-busy=move || busy.get().then_some("true")>
                <Spin on=busy />
                "Sign in"
            </button>
        </form>
    }
}

/// One of the demo's agents.
#[component]
fn Who(#[prop(into)] agents: Signal<Vec<DemoAgent>>) -> impl IntoView {
    let door = door();
    let error = door.part(|model| model.errors.get("agent").cloned());
    move || {
        let agents = agents.get();
        (!agents.is_empty()).then(|| {
            let cards: Vec<_> = agents.iter().map(|agent| card(door, agent)).collect();
            view! {
                <div class="field" id="who">
                    <fieldset
                        class="field"
                        aria-describedby="agent-error"
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                    >
                        <legend>"Who are you?"</legend>
                        <div class="list who">{cards}</div>
                    </fieldset>
                    <p id="agent-error" class="error" role="alert">{error}</p>
                </div>
            }
        })
    }
}

fn card(door: Running, agent: &DemoAgent) -> impl IntoView + use<> {
    let id = agent.id.to_string();
    let initials: String = agent
        .name
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .collect();
    let chosen = {
        let id = id.clone();
        door.part(move |model| model.who == id)
    };
    let choose = {
        let id = id.clone();
        move |_| door.send(Msg::Who(id.clone()))
    };
    view! {
        <label class="list-row">
            <input type="radio" name="agent" id=format!("agent-{id}") value=id prop:checked=chosen on:change=choose />
            <span class="face" aria-hidden="true">{initials}</span>
            <span class="name">{agent.name.clone()}</span>
        </label>
    }
}

#[component]
fn Spin(on: Memo<bool>) -> impl IntoView {
    move || {
        on.get()
            .then(|| view! { <span class="spinner" aria-hidden="true"></span> })
    }
}
