//! The smallest app in Leptos that does something: a button that counts.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| {
        let count = RwSignal::new(0);
        view! { <button id="count" on:click=move |_| *count.write() += 1>{count}</button> }
    });
}
