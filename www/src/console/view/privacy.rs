//! What is kept, and for how long.

use super::field::Text;
use leptos::prelude::*;

/// What is kept for a time that nobody chooses.
const ELSE: [(&str, &str); 6] = [
    (
        "Answers to repeated requests, ids of what was heard",
        "a day, then erased by the next daily look",
    ),
    (
        "Signed requests that were refused",
        "90 days, counted by day and reason; nothing of the requests",
    ),
    ("Sign-ins to this console and to the desk", "12 hours"),
    (
        "What was learned about waits",
        "as long as the business is here: means and counts, no customer",
    ),
    (
        "Credentials and secrets",
        "until they are replaced or revoked; encrypted, or only as hashes",
    ),
    ("Recordings", "none are made"),
];

#[component]
pub(super) fn Privacy() -> impl IntoView {
    view! {
        <section class="card stack">
            <h2>"How long what is kept"</h2>
            <p class="muted">"What is older is erased by itself within a day, and for good: nobody can bring it back. A shorter time counts as soon as it is saved."</p>
            <div class="grid fields">
                <Text place="retention.requests_days" label="Requests and calls (days)" number=true optional=true placeholder="365" hint="From their end on: number, note, pages, waits, what agents did and wrote. Reports look back no further." />
                <Text place="retention.usage_days" label="Usage (days)" number=true optional=true placeholder="365" hint="Each leg of a call with its number and seconds: what it cost." />
                <Text place="retention.sightings_days" label="Sightings of the script tag (days)" number=true optional=true placeholder="90" hint="Origins of pages; nothing about visitors." />
                <Text place="retention.webhooks_days" label="Webhook log (days)" number=true optional=true placeholder="30" hint="Messages to your servers and what came of them." />
            </div>
        </section>
        <super::customer::Customer />
        <section class="card stack">
            <h2>"Everything else"</h2>
            <dl class="kept">
                {ELSE.map(|(what, how)| view! { <div><dt>{what}</dt><dd class="muted">{how}</dd></div> }).collect_view()}
            </dl>
            <p class="hint">"Nothing is kept of a visitor who does not ask for a call."</p>
        </section>
    }
}
