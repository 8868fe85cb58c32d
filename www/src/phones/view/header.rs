//! The bar at the top: whose phones these are, the connection, the voice.

use crate::net::LinkBadge;
use crate::phones::model::Msg;
use crate::phones::shell::phones;
use crate::phones::speech;
use leptos::prelude::*;

/// The bar at the top.
#[component]
pub(super) fn Header() -> impl IntoView {
    let phones = phones();
    let site = phones.part(|model| model.site.as_ref().map(ToString::to_string));
    let link = phones.part(|model| model.link);
    let aloud = phones.part(|model| model.aloud);
    view! {
        <header class="bar top">
            <h1 class="brand">
                <img src="/design/logo.svg" alt="Ringback" width="28" height="28" />
                "Virtual phones"
            </h1>
            <p class="small muted whose">
                "of " <strong id="site-id">{site}</strong> " "
                <button id="other-site" class="link" on:click=move |_| phones.send(Msg::OtherSite)>"another"</button>
            </p>
            <div class="row push ends">
                {speech::possible()
                    .then(|| {
                        view! {
                            <label class="choice" title="Says aloud what is new, by the browser's own voice">
                                <input
                                    id="aloud"
                                    type="checkbox"
                                    prop:checked=aloud
                                    on:change=move |event| phones.send(Msg::Aloud(event_target_checked(&event)))
                                />
                                <span>"Speak aloud"</span>
                            </label>
                        }
                    })}
                <LinkBadge link=link />
            </div>
        </header>
    }
}
