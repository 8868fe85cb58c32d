//! What is kept of one customer: as a file, or not any more.

use super::field::Fault;
use crate::console::model::{By, CONFIRMED, Person, WHOM};
use crate::console::path;
use crate::console::shell::console;
use crate::console::word;
use leptos::prelude::*;

#[component]
pub(super) fn Customer() -> impl IntoView {
    let console = console();
    let by = console.part(|model| model.customer.by);
    let typed = console.part(|model| model.customer.typed.clone());
    let confirmed = console.part(|model| model.customer.confirmed.clone());
    let unnamed = console.part(|model| !model.customer.is_named());
    let unsure = console.part(|model| !model.customer.may_erase());
    let busy = console.part(|model| model.customer.busy);
    let wrong = console.part(|model| model.errors.contains_key(WHOM));
    let said = console.part(|model| word::of_customer(model.customer.told, model.customer.erased));
    let id = path::id(WHOM);
    let choice = move |it: By, id: &'static str, words: &'static str| {
        view! {
            <label>
                <input type="radio" name="customer-by" id=id prop:checked=move || by.get() == it on:change=move |_| console.send(Person::By(it).into()) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <section class="card stack" id="customer">
            <h2>"One customer"</h2>
            <p class="muted">"What a customer may ask you for: everything that is kept of them, or that nothing is. Numbers that are never called stay on that list, as digests."</p>
            <fieldset class="field">
                <legend class="sr-only">"Named by"</legend>
                <div class="segmented">
                    {choice(By::Phone, "customer-by-phone", "By their number")}
                    {choice(By::Token, "customer-by-token", "By your own name for them")}
                </div>
            </fieldset>
            <div class="field">
                <label for=id.clone()>{move || if by.get() == By::Phone { "Number" } else { "Your name for them (sub of your tokens)" }}</label>
                <div class="row">
                    <input
                        id=id.clone()
                        class="grow"
                        autocomplete="off"
                        placeholder=move || if by.get() == By::Phone { "+44 7700 900001" } else { "" }
                        prop:value=typed
                        on:input=move |event| console.send(Person::Typed(event_target_value(&event)).into())
                        aria-describedby=format!("{id}-error")
                        aria-invalid=move || wrong.get().then_some("true")
                    />
                    <button id="export-customer" class="button" disabled=unnamed aria-busy=move || busy.get().then_some("true") on:click=move |_| console.send(Person::Export.into())>
                        "Download what is kept"
                    </button>
                </div>
                <Fault place=WHOM />
            </div>
            <div class="field">
                <label for="erase-confirm">"To erase all of it for good, type " <strong>{CONFIRMED}</strong></label>
                <div class="row">
                    <input
                        id="erase-confirm"
                        class="grow"
                        autocomplete="off"
                        prop:value=confirmed
                        on:input=move |event| console.send(Person::Confirmed(event_target_value(&event)).into())
                    />
                    <button id="erase-customer" class="button danger" disabled=unsure on:click=move |_| console.send(Person::Erase.into())>"Erase"</button>
                </div>
            </div>
            <p id="customer-said" role="status" hidden=move || said.with(Option::is_none)>{said}</p>
        </section>
    }
}
