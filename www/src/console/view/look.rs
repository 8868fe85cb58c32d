//! How button and panel look, shown as it is edited.

use super::field::{Choice, Text};
use crate::console::model::Msg;
use crate::console::shell::console;
use leptos::prelude::*;
use shared::look::{Colour, Palette, READABLE};

/// Our own colours, light and dark, as the panel's sheet has them.
const OURS: [[&str; 3]; 2] = [
    ["#0a5c55", "#dcefeb", "#ffffff"],
    ["#62cbb9", "#143a34", "#04211d"],
];
const ACCENT: &str = "look.accent";

#[component]
pub(super) fn Appearance() -> impl IntoView {
    let corners = [
        ("", "Where lines end (right)"),
        ("start", "Where lines begin (left)"),
    ];
    let corners = corners.map(|(value, name)| (value.to_owned(), name.to_owned()));
    let corners = Signal::stored(corners.to_vec());
    view! {
        <section class="card stack">
            <div class="grid fields">
                <Text place="look.name" label="Name shoppers see" optional=true hint="The business's name, if you leave it empty." />
                <Text place="look.label" label="Words on the button" optional=true placeholder="Talk to a person" hint="A page's own data-label comes first." />
                <Accent />
                <Choice place="look.corner" label="Corner" choices=corners />
                <Text place="look.inset_block" label="Away from the lower edge (pixels)" number=true optional=true placeholder="20" />
                <Text place="look.inset_inline" label="Away from the side (pixels)" number=true optional=true placeholder="20" />
            </div>
            <p class="hint">"Pages see it when they are loaded anew. A page's own --ringback-… properties come first."</p>
        </section>
        <Preview />
    }
}

/// The colour: typed or picked, and how readable text on it is.
#[component]
fn Accent() -> impl IntoView {
    let console = console();
    let typed = console.part(|model| model.text(ACCENT));
    let colour = Memo::new(move |_| typed.with(|text| Colour::parse(text.trim()).ok()));
    let shown = move || {
        colour
            .get()
            .map_or_else(|| OURS[0][0].to_owned(), |it| it.to_string())
    };
    let put = move |text: String| console.send(Msg::Edit(ACCENT.into(), text.into()));
    let faint = move || colour.get().filter(|it| it.under_white() < READABLE);
    view! {
        <div class="stack accent">
            <Text place=ACCENT label="Colour" optional=true placeholder="#0a5c55" />
            <div class="row">
                <input type="color" aria-label="Pick the colour" prop:value=shown on:input=move |event| put(event_target_value(&event)) />
                {move || colour.get().map(|it| {
                    let tone = if it.under_white() >= READABLE { "ok" } else { "danger" };
                    view! { <span id="contrast" class="badge" data-tone=tone>{format!("white text {:.1} to 1", it.under_white())}</span> }
                })}
            </div>
            {move || faint().map(|it| {
                let near = it.darkened().to_string();
                let (name, to) = (near.clone(), near);
                view! {
                    <p class="row small"><span>{format!("Too faint: {READABLE} to 1 is needed. ")}<code>{name.clone()}</code>" and darker ones work."</span>
                    <button id="take-colour" class="button small" on:click=move |_| put(to.clone())>"Take " {name}</button></p>
                }
            })}
        </div>
    }
}

/// Button and panel on somebody's page, in both schemes.
#[component]
fn Preview() -> impl IntoView {
    let phone = RwSignal::new(false);
    view! {
        <section class="stack">
            <div class="row">
                <h2>"Preview"</h2>
                <fieldset class="segmented push" id="preview-width">
                    <legend class="sr-only">"Window"</legend>
                    {[(false, "Wide"), (true, "Phone")].map(|(it, name)| view! {
                        <label><input type="radio" name="preview-width" prop:checked=move || phone.get() == it on:change=move |_| phone.set(it) /><span>{name}</span></label>
                    }).collect_view()}
                </fieldset>
            </div>
            <div class="previews" data-phone=move || phone.get().then_some("true")>
                <Scene dark=false />
                <Scene dark=true />
            </div>
        </section>
    }
}

#[component]
fn Scene(dark: bool) -> impl IntoView {
    let console = console();
    let accent = console.part(|model| Colour::parse(model.text(ACCENT).trim()).ok());
    let colour = move |nth: usize| {
        let [light, night] = OURS;
        let ours = if dark { night } else { light };
        accent.get().map_or_else(
            || ours.get(nth).copied().unwrap_or_default().to_owned(),
            |it| {
                let palette = if dark {
                    Palette::dark(it)
                } else {
                    Palette::light(it)
                };
                let of = palette.properties();
                of.get(nth)
                    .map(|(_, colour)| colour.to_string())
                    .unwrap_or_default()
            },
        )
    };
    let button = move || {
        accent
            .get()
            .map_or_else(|| OURS[0][0].to_owned(), |it| it.to_string())
    };
    let or = move |place: &'static str, usual: fn(&crate::console::model::Model) -> String| {
        console.part(move |model| {
            let text = model.text(place);
            if text.trim().is_empty() {
                usual(model)
            } else {
                text
            }
        })
    };
    let name = or("look.name", |model| model.text("name"));
    let label = or("look.label", |_| "Talk to a person".into());
    let start = console.part(|model| model.text("look.corner") == "start");
    let inset = move |place: &'static str| {
        console.part(move |model| {
            model
                .text(place)
                .parse::<u16>()
                .ok()
                .filter(|it| *it <= 200)
                .unwrap_or(20)
        })
    };
    let (block, inline) = (inset("look.inset_block"), inset("look.inset_inline"));
    let scheme = if dark { "dark" } else { "light" };
    view! {
        <figure class="scene" data-scheme=scheme role="img" aria-label=format!("Preview of button and panel in the {scheme} scheme")
            data-corner=move || if start.get() { "start" } else { "end" }
            style:--p-accent=move || colour(0) style:--p-soft=move || colour(1) style:--p-on=move || colour(2)
            style:--p-button=button
            style:--p-block=move || format!("{}px", block.get()) style:--p-inline=move || format!("{}px", inline.get())>
            <div class="lines"><span></span><span></span><span></span><span></span></div>
            <div class="mock-panel">
                <strong>{name}</strong>
                <span class="mock-row chosen">"Cruises" <em>"free now"</em></span>
                <span class="mock-row">"Flights"</span>
                <span class="mock-field">"+44 7700 900123"</span>
                <span class="mock-call">"Call me"</span>
                <span class="mock-link">"Choose a time"</span>
            </div>
            <div class="mock-button"><i></i><span><b>{label}</b><small>"free now"</small></span></div>
        </figure>
    }
}
