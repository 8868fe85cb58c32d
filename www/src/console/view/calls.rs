//! What carries the calls, and how patiently people are called.

use super::announcements::Announcements;
use super::field::{Add, Check, Choice, Fault, Items, Lines, Text};
use super::hours::Hours;
use crate::console::model::Msg;
use crate::console::path;
use crate::console::shell::console;
use crate::when::{self, Say};
use leptos::prelude::*;
use serde_json::json;
use shared::equipment::EquipmentView;

#[component]
pub(super) fn Calls() -> impl IntoView {
    view! {
        <section class="stack">
            <h2>"Equipment"</h2>
            <p class="muted">"What carries your calls, the lowest preference first; the next one takes over when one fails. Without any: the sandbox, which rings nobody's real telephone."</p>
            <Items place="equipment" what="Equipment" empty="The sandbox." item=|at| view! { <Unit at=at /> } />
            <div class="row">
                <Add place="equipment" label="Add equipment" item=json!({"id": "pbx", "kind": "asterisk", "dial": "PJSIP/{number}@trunk"}) />
            </div>
        </section>
        <Announcements />
        <section class="stack">
            <h2>"Service centres"</h2>
            <p class="muted">"Numbers that pages may ask for by name, past the distribution: " <code>"data-to=\"centre:id\""</code></p>
            <Items place="centres" what="Centre" empty="None." item=|at: String| view! {
                <div class="grid fields">
                    <Text place=format!("{at}.name") label="Name" />
                    <Text place=format!("{at}.id") label="Id" />
                    <Text place=format!("{at}.phone") label="Telephone, or SIP address" />
                </div>
            } />
            <div class="row"><Add place="centres" label="Add a centre" item=json!({"id": "", "name": "", "phone": ""}) /></div>
        </section>
        <section class="card stack">
            <h2>"Calling customers"</h2>
            <Check place="press_one" label="Whoever answers must press 1 before an agent is called: keeps machines out" />
            <Check place="chat" label="Customers and agents may write to each other, from the request to the end of the call" />
            <Check place="voice" label="Customers may talk in the browser, with agents whose desk takes calls there; everybody else is called" />
            <div class="grid fields">
                <Text place="timing.ring_customer_s" label="Customer's phone rings (seconds)" number=true optional=true />
                <Text place="timing.ring_agent_s" label="Agent's phone rings (seconds)" number=true optional=true />
                <Text place="timing.wrap_up_s" label="Wrap-up at most (seconds)" number=true optional=true />
                <Text place="timing.hold_s" label="Holding at most (seconds)" number=true optional=true />
                <Text place="retry.attempts" label="Attempts to reach a customer" number=true optional=true />
                <Text place="routing.anyone_s" label="Anybody may be asked after (seconds)" number=true optional=true />
            </div>
        </section>
    }
}

#[component]
fn Unit(at: String) -> impl IntoView {
    let console = console();
    let kinds = ["asterisk", "twilio", "sandbox", "presence"].map(|kind| (kind.to_owned(), kind.to_owned()));
    let kinds = Signal::stored(kinds.to_vec());
    let (of_kind, of_id) = (format!("{at}.kind"), format!("{at}.id"));
    let kind = console.part(move |model| model.text(&of_kind));
    let state = console.part(move |model| {
        let id = model.text(&of_id);
        model.equipment.iter().find(|it| it.id.as_str() == id).cloned()
    });
    let carries = Signal::derive(move || kind.get() != "presence");
    let (own, called) = (at.clone(), at.clone());
    view! {
        <div class="grid fields">
            <Text place=format!("{at}.id") label="Id" />
            <Choice place=format!("{at}.kind") label="Kind" choices=kinds />
            {move || {
                let at = called.clone();
                carries.get().then(|| view! {
                    <Text place=format!("{at}.preference") label="Preference" number=true optional=true hint="1 goes first." />
                    <Text place=format!("{at}.from") label="Number shown" kind="tel" optional=true />
                })
            }}
            {move || {
                let at = own.clone();
                match kind.get().as_str() {
                    "asterisk" => view! {
                        <Text place=format!("{at}.dial") label="How to dial numbers" optional=true placeholder="PJSIP/{number}@trunk" />
                        <Text place=format!("{at}.dial_sip") label="How to dial SIP addresses" optional=true placeholder="PJSIP/out/{address}" />
                    }.into_any(),
                    "twilio" => view! {
                        <Text place=format!("{at}.account") label="Account" placeholder="AC…" />
                        <Text place=format!("{at}.base") label="Other address" optional=true hint="For what speaks Twilio's language." />
                    }.into_any(),
                    "presence" => view! {
                        <p class="hint">"A SIP server that tells what agents' phones publish. It carries no calls."</p>
                    }.into_any(),
                    _ => ().into_any(),
                }
            }}
        </div>
        <details hidden=move || !carries.get()>
            <summary>"Which calls it carries"</summary>
            <div class="stack inner">
                <div class="grid fields">
                    <Text place=format!("{at}.share") label="Share among equals" number=true optional=true placeholder="1" hint="In proportion to the others'; 0 only when nothing else works." />
                    <Lines place=format!("{at}.prefixes") label="Only numbers that begin with" hint="One a line, for example +44. Empty: all." />
                </div>
                <p class="muted small">"Only at these times:"</p>
                <Hours place=format!("{at}.hours") empty="Always." nothing="Never." />
                <p class="muted small">"What a minute costs; among equals the cheapest goes first."</p>
                <Items place=format!("{at}.rates") what="Rate" empty="No prices." item=|at: String| view! {
                    <div class="grid fields">
                        <Text place=format!("{at}.prefix") label="Numbers that begin with" placeholder="+44" />
                        <Text place=format!("{at}.per_minute") label="A minute (ten-thousandths)" number=true placeholder="150" />
                    </div>
                } />
                <div class="row"><Add place=format!("{at}.rates") label="Add a price" item=json!({"prefix": "+", "per_minute": 0}) /></div>
            </div>
        </details>
        {move || state.get().map(|state| view! { <State state=state sandbox=kind.get() == "sandbox" /> })}
    }
}

/// How it does, and its credentials.
#[component]
fn State(state: EquipmentView, sandbox: bool) -> impl IntoView {
    let console = console();
    let typed = RwSignal::new(String::new());
    let id = state.id.to_string();
    let place = format!("secret.{id}");
    let (field, to) = (path::id(&place), id.clone());
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        console.send(Msg::Credentials(to.clone(), typed.get()));
        typed.set(String::new());
    };
    let badge = match (
        state.connected,
        state.has_secret || sandbox,
        state.out_of_order_until,
    ) {
        (_, _, Some(_)) => ("danger", "out of order"),
        (Some(true), ..) => ("ok", "connected"),
        (Some(false), true, _) => ("warn", "not connected"),
        (_, false, _) => ("warn", "needs its credentials"),
        (None, true, None) => ("ok", "ready"),
    };
    let fault = state.fault.clone().map(|words| {
        let at = state
            .fault_at
            .map(|at| when::here(at, Say::Day))
            .unwrap_or_default();
        view! { <p class="small muted">"Latest fault, " {at} ": " {words}</p> }
    });
    view! {
        <div class="row"><span class="badge" data-equipment=id data-tone=badge.0>{badge.1}</span></div>
        {fault}
        {(!sandbox).then(|| view! {
            <form class="row" on:submit=keep>
                <div class="field grow">
                    <label for=field.clone()>"Credentials (password or token)"</label>
                    <input id=field type="password" autocomplete="off" prop:value=typed on:input=move |event| typed.set(event_target_value(&event)) />
                </div>
                <button class="button small">"Keep"</button>
            </form>
            <p class="hint">"Encrypted, and never shown again."</p>
            <Fault place=place />
        })}
    }
}
