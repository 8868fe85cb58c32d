//! The door to the console, and what is shown when the edge is away.

use super::access::Sessions;
use super::passkeys::Passkeys;
use crate::console::model::Msg;
use crate::console::shell::console;
use crate::door::Door;
use leptos::prelude::*;
use shared::door::Place;

#[component]
pub(super) fn Entry() -> impl IntoView {
    let console = console();
    let known = console.part(|model| model.site.clone().map(|site| (site, model.why.clone())));
    move || {
        known.get().map(|(site, why)| {
            view! {
                <Door
                    site=site
                    to=Place::Console
                    notice=why
                    done=move || console.send(Msg::Entered)
                    other_site=move || console.send(Msg::OtherSite)
                />
            }
        })
    }
}

/// Somebody for whom there is nothing to set up: where they are signed in, and the way to their desk.
#[component]
pub(super) fn Mine() -> impl IntoView {
    let console = console();
    let desk = console.part(|model| {
        let site = model.site.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("/desk/?site={site}")
    });
    view! {
        <main class="gate">
            <div class="stack ask">
                <Passkeys />
                <Sessions />
                <p class="muted small">"The console is for those who set this business up."</p>
                <div class="row">
                    <a class="button primary" href=desk>"Agent desk"</a>
                    <button id="sign-out" class="button" on:click=move |_| console.send(Msg::Leave)>"Sign out"</button>
                </div>
            </div>
        </main>
    }
}

#[component]
pub(super) fn Down(why: String) -> impl IntoView {
    let console = console();
    let site = console.part(|model| model.site.clone());
    view! {
        <main class="gate">
            <div id="down" class="card stack" role="alert">
                <h1>"The server can't be reached"</h1>
                <p>{why}</p>
                <button
                    class="button primary"
                    on:click=move |_| {
                        if let Some(site) = site.get() {
                            console.send(Msg::Site(site));
                        }
                    }
                >
                    "Try again"
                </button>
            </div>
        </main>
    }
}
