//! The sign-in, and what is shown when the edge is away.

use crate::console::model::Msg;
use crate::console::shell::console;
use leptos::prelude::*;

#[component]
pub(super) fn Entry() -> impl IntoView {
    let console = console();
    let site = console.part(|model| model.site.as_ref().map(ToString::to_string));
    let (code, error) = (
        console.part(|model| model.code.clone()),
        console.part(|model| model.code_error.clone()),
    );
    let busy = console.part(|model| model.entering);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        console.send(Msg::Enter);
    };
    view! {
        <main class="gate">
            <form id="sign-in" class="card stack ask" on:submit=submit novalidate>
                <img src="/design/logo.svg" alt="" width="40" height="40" />
                <h1>"Console"</h1>
                <p class="muted small row">
                    <span>"Business " <strong>{site}</strong></span>
                    <button id="other-site" type="button" class="link" on:click=move |_| console.send(Msg::OtherSite)>"another"</button>
                </p>
                <div class="field">
                    <label for="code">"Code"</label>
                    <input
                        id="code"
                        type="password"
                        autocomplete="current-password"
                        prop:value=code
                        on:input=move |event| console.send(Msg::Code(event_target_value(&event)))
                        aria-describedby="code-hint code-error"
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                    />
                    <p id="code-hint" class="hint">"The operator's secret; in the demo the code that the start command printed."</p>
                    <p id="code-error" class="error" role="alert">{error}</p>
                </div>
                <button id="sign-in-go" class="button primary block" aria-busy=move || busy.get().then_some("true")>
                    {move || busy.get().then(|| view! { <span class="spinner" aria-hidden="true"></span> })}
                    "Sign in"
                </button>
            </form>
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
