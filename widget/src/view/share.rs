//! "What we will share": the page and the pages before it, and what the business says of the customer. Each can be taken out.

use super::Panel;
use super::element::El;
use super::part::button;
use crate::model::here::{SAID, SIGNED, readable};
use crate::model::{Model, Msg};
use crate::word::{self, Say};
use shared::customer::WHO;

/// One page that would be shared.
#[derive(Clone, PartialEq)]
struct Line {
    url: String,
    /// What stands at its head: its title, else its path.
    title: Say,
    /// What stands below that.
    more: Say,
}

pub(super) fn share(panel: Panel) -> El {
    let count = panel.el("span").class("muted small").say_of(|model| {
        let count = word::share_count(
            model.here.shared_page().is_some(),
            model.here.shared_trail().len(),
        );
        Some(if vouched(model).is_empty() {
            count
        } else {
            word::and_account(count)
        })
    });
    let list = panel.el("ul").class("list").region(lines, |panel, lines| {
        lines.iter().map(|it| line(panel, it)).collect()
    });
    panel
        .el("details")
        .class("share")
        .id("share")
        .hidden_if(|model| {
            model.here.page.is_none() && model.here.trail.is_empty() && model.vouched.known.is_none()
        })
        .inside(&[
            panel
                .el("summary")
                .inside(&[panel.el("b").say(&word::SHARE), count]),
            panel.el("p").class("hint").say(&word::SHARE_MORE),
            list,
            button(panel, "link", &word::SHARE_ALL, || Msg::ShareAll)
                .hidden_if(|model| model.here.unshared.is_empty()),
        ])
}

fn line(panel: Panel, line: &Line) -> El {
    let url = line.url.clone();
    // Whatever the page says is read in full before it goes.
    let more = if url == SAID { "muted said" } else { "muted clip" };
    panel.el("li").class("list-row").inside(&[
        panel.el("span").class("grow").inside(&[
            panel
                .el("b")
                .class("clip")
                .inside(&[panel.el("bdi").say(&line.title)]),
            panel
                .el("small")
                .class(more)
                .inside(&[panel.el("bdi").say(&line.more)]),
        ]),
        button(panel, "close", &word::NOTHING, move || Msg::Unshare(url.clone()))
            .attr_say("aria-label", &word::unshare(line.title.clone())),
    ])
}

/// The page first and what it says, then the trail, latest first: as somebody would tell it.
fn lines(model: &Model) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some(page) = model.here.shared_page() {
        lines.push(visit(page.url, page.title, true));
        if !page.context.is_empty() {
            lines.push(Line {
                url: SAID.into(),
                title: word::SAID.clone(),
                more: Say::verbatim(page.context),
            });
        }
    }
    let trail = model.here.shared_trail().into_iter().rev();
    lines.extend(trail.map(|it| visit(it.url, it.title, false)));
    lines.extend(vouched(model));
    lines
}

/// What the business says of the customer.
fn vouched(model: &Model) -> Vec<Line> {
    let Some(customer) = model.shared_customer() else {
        return Vec::new();
    };
    let by = word::vouched_by(model.site.as_ref().map_or("", |site| site.name.as_str()));
    let line = |name: &str, title: String| Line {
        url: format!("{SIGNED}{name}"),
        title: Say::verbatim(title),
        more: by.clone(),
    };
    let who = match (customer.name, customer.id) {
        (Some(name), Some(id)) => Some(format!("{name}, {id}")),
        (name, id) => name.or(id),
    };
    let who = who.map(|who| line(WHO, who));
    let facts = customer
        .facts
        .iter()
        .map(|fact| line(&fact.name, format!("{}: {}", fact.name, fact.value)));
    who.into_iter().chain(facts).collect()
}

/// A page by its title, or by its path where it has none.
fn visit(url: String, title: String, this: bool) -> Line {
    let path = readable(&url).to_owned();
    let more = match (this, title.is_empty()) {
        (true, true) => word::THIS_PAGE.clone(),
        (true, false) => word::this_page_at(&path),
        (false, true) => word::NOTHING.clone(),
        (false, false) => Say::verbatim(path.clone()),
    };
    Line {
        url,
        title: Say::verbatim(if title.is_empty() { path } else { title }),
        more,
    }
}
