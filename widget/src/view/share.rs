//! "What we will share": the page and the pages before it, each of which can be taken out.

use super::element::El;
use super::part::button;
use crate::browser::Panel;
use crate::model::here::readable;
use crate::model::{Model, Msg};
use crate::word;

/// One page that would be shared.
#[derive(Clone, PartialEq)]
struct Line {
    url: String,
    title: String,
    here: bool,
}

pub(super) fn share(panel: Panel) -> El {
    let count = panel.el("span").class("muted small").text_of(|model| {
        Some(word::share_count(
            model.here.shared_page().is_some(),
            model.here.shared_trail().len(),
        ))
    });
    let list = panel.el("ul").class("list").region(lines, |panel, lines| {
        lines.iter().map(|it| line(panel, it)).collect()
    });
    panel
        .el("details")
        .class("share")
        .id("share")
        .hidden_if(|model| model.here.page.is_none() && model.here.trail.is_empty())
        .inside(&[
            panel
                .el("summary")
                .inside(&[panel.el("b").text(word::SHARE), count]),
            panel.el("p").class("hint").text(word::SHARE_MORE),
            list,
            button(panel, "link", word::SHARE_ALL, || Msg::ShareAll)
                .hidden_if(|model| model.here.unshared.is_empty()),
        ])
}

fn line(panel: Panel, line: &Line) -> El {
    let path = readable(&line.url);
    let name = if line.title.is_empty() { path } else { &line.title };
    let more = match (line.here, line.title.is_empty()) {
        (true, true) => word::THIS_PAGE.to_owned(),
        (true, false) => format!("{} · {path}", word::THIS_PAGE),
        (false, true) => String::new(),
        (false, false) => path.to_owned(),
    };
    let url = line.url.clone();
    panel.el("li").class("list-row").inside(&[
        panel.el("span").class("grow").inside(&[
            panel.el("b").class("clip").text(name),
            panel.el("small").class("muted clip").text(&more),
        ]),
        button(panel, "close", "", move || Msg::Unshare(url.clone()))
            .attr("aria-label", &word::unshare(name)),
    ])
}

/// The page first, then the trail, latest first: as somebody would tell it.
fn lines(model: &Model) -> Vec<Line> {
    let page = model.here.shared_page().map(|page| Line {
        url: page.url,
        title: page.title,
        here: true,
    });
    let trail = model.here.shared_trail().into_iter().rev();
    page.into_iter()
        .chain(trail.map(|visit| Line {
            url: visit.url,
            title: visit.title,
            here: false,
        }))
        .collect()
}
