//! What customers hear on the telephone, language by language.

use super::field::{Add, Fault, Items, Text};
use leptos::prelude::*;
use serde_json::json;

/// What is said when, and the name it has in the document.
const PHRASES: [(&str, &str, &str); 3] = [
    ("hold", "While the agent is called", "Please hold …"),
    (
        "confirm",
        "Where 1 has to be pressed",
        "… Press 1 to be connected.",
    ),
    ("sorry", "When nobody could take the call", "We are sorry …"),
];

#[component]
pub(super) fn Announcements() -> impl IntoView {
    view! {
        <section class="stack">
            <h2>"What customers hear"</h2>
            <p class="muted">
                "Each customer hears the language that they read, as far as it is here or among ours: Arabic, English, French, German, Japanese, Spanish. \
                 What you leave empty is our sentence with your name."
            </p>
            <Items place="announcements" what="Language" empty="Our sentences, in each of our languages." item=|at| view! { <Spoken at=at /> } />
            <Fault place="announcements" />
            <div class="row"><Add place="announcements" label="Add a language" item=json!({"language": ""}) /></div>
            <div class="card grid fields">
                <Text place="language" label="For everybody else" optional=true placeholder="en" hint="The language of customers whose own is not spoken." />
            </div>
        </section>
    }
}

#[component]
fn Spoken(at: String) -> impl IntoView {
    let phrase = |(name, label, placeholder): (&str, &'static str, &'static str)| {
        let at = format!("{at}.{name}");
        view! {
            <fieldset class="stack">
                <legend>{label}</legend>
                <div class="grid fields">
                    <Text place=format!("{at}.text") label="Words" optional=true placeholder=placeholder />
                    <Text place=format!("{at}.audio") label="Recording" optional=true kind="url" placeholder="https://…/hold.wav" />
                </div>
                <Fault place=at />
            </fieldset>
        }
    };
    view! {
        <div class="grid fields">
            <Text place=format!("{at}.language") label="Language" placeholder="de" hint="Its tag: de, or de-AT for Austria alone." />
        </div>
        {PHRASES.map(phrase).collect_view()}
    }
}
