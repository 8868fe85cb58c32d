//! Who the business is, where its button may stand, and when it calls.

use super::field::{Lines, Text};
use super::hours::{Exceptions, Hours};
use leptos::prelude::*;

#[component]
pub(super) fn Business() -> impl IntoView {
    view! {
        <section class="card stack">
            <h2>"The business"</h2>
            <div class="grid fields">
                <Text place="name" label="Name" hint="As the announcement says it." />
                <Text place="tel" label="Telephone" kind="tel" placeholder="+44 20 7946 0958" hint="For the plain link, and shown to whoever is called." />
                <Text place="country" label="Country" optional=true placeholder="GB" hint="Two letters: how numbers without country code are read, where it is not known from where a customer writes." />
                <Text place="zone" label="Time zone" placeholder="Europe/London" />
            </div>
            <Lines place="origins" label="Your pages' origins" hint="One a line, for example https://shop.example. Only their pages may show the button." />
        </section>
        <section class="stack">
            <h2>"Hours"</h2>
            <Hours place="hours" empty="Never open: nobody is called." />
        </section>
        <section class="stack">
            <h2>"Holidays and special days"</h2>
            <p class="muted">"Days on which other hours hold than those of the week. A day of one year comes before a day of every year."</p>
            <Exceptions place="exceptions" empty="No holidays or special days yet." />
        </section>
    }
}
