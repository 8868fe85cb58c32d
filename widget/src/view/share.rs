//! "What we will share": the page and the pages before it, each of which can be taken out.

use crate::browser::Panel;
use crate::model::here::readable;
use crate::model::{Model, Msg};
use crate::word;
use leptos::prelude::*;

/// One page that would be shared.
#[derive(Clone, PartialEq)]
struct Line {
    url: String,
    title: String,
    here: bool,
}

pub(super) fn share(panel: Panel) -> impl IntoView {
    let lines = Memo::new(move |_| panel.read(lines));
    let count = move || lines.with(|lines| {
        let here = lines.iter().filter(|line| line.here).count();
        word::share_count(here > 0, lines.len() - here)
    });
    let taken_out = move || panel.read(|model| !model.here.unshared.is_empty());
    let nothing = move || panel.read(|model| model.here.page.is_none() && model.here.trail.is_empty());
    view! {
        <details class="share" id="share" hidden=nothing>
            <summary><b>{word::SHARE}</b><span class="muted small">{count}</span></summary>
            <p class="hint">{word::SHARE_MORE}</p>
            <ul class="list">{move || lines.get().into_iter().map(|it| line(panel, it)).collect_view()}</ul>
            <button
                type="button"
                class="link"
                id="share-all"
                hidden=move || !taken_out()
                on:click=move |_| panel.send(Msg::ShareAll)
            >
                {word::SHARE_ALL}
            </button>
        </details>
    }
}

fn line(panel: Panel, line: Line) -> impl IntoView {
    let Line { url, title, here } = line;
    let path = readable(&url).to_owned();
    let name = if title.is_empty() { path.clone() } else { title };
    let more = if here { format!("{} · {path}", word::THIS_PAGE) } else { path };
    view! {
        <li class="list-row">
            <span class="grow"><b class="clip">{name.clone()}</b><small class="muted clip">{more}</small></span>
            <button
                type="button"
                class="close"
                aria-label=word::unshare(&name)
                on:click=move |_| panel.send(Msg::Unshare(url.clone()))
            ></button>
        </li>
    }
}

/// The page first, then the trail, latest first: as somebody would tell it.
fn lines(model: &Model) -> Vec<Line> {
    let page = model.here.shared_page().map(|page| Line { url: page.url, title: page.title, here: true });
    let trail = model.here.shared_trail().into_iter().rev();
    page.into_iter().chain(trail.map(|visit| Line { url: visit.url, title: visit.title, here: false })).collect()
}
