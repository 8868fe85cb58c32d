//! What the page tells: where the customer is and was, and whom the page names. The page is not trusted with more
//! than it could say anyway; its texts are cut to what the server takes, so that a long address can't refuse a call.

use shared::limit::{
    MAX_CONTEXT_CHARS, MAX_NOTE_CHARS, MAX_PHONE_CHARS, MAX_TITLE_CHARS, MAX_TRAIL, MAX_URL_CHARS,
};
use shared::request::{Direct, Page, PageVisit};
use shared::{AgentId, Language, SkillId};

/// What the page tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Here {
    /// The page being viewed.
    pub page: Option<Page>,
    /// The pages before it, oldest first.
    pub trail: Vec<PageVisit>,
    /// The skill the page names.
    pub skill: Option<SkillId>,
    /// The skills the page offers, in this order; empty means all.
    pub skills: Vec<SkillId>,
    /// The expert the page names.
    pub expert: Option<AgentId>,
    /// Whom the page asks for past the distribution.
    pub to: Option<Direct>,
    /// The business's number as the page knows it.
    pub tel: Option<String>,
    /// The language that the page, or the browser, names.
    pub locale: Option<Language>,
    /// Whether the page wants to be asked before a request is sent.
    pub asks: bool,
    /// The business's word of who the customer is.
    pub token: Option<String>,
    /// The number that the page fills in.
    pub phone: Option<String>,
    /// The note that the page fills in.
    pub note: Option<String>,
    /// Whether the page forbids that anything is kept on this device.
    pub forgets: bool,
    /// Addresses the customer does not want to share, [`SAID`], and what the business says by [`SIGNED`] and its name.
    pub unshared: Vec<String>,
}

/// Stands among the addresses for what the page says of itself. No page has it as its address.
pub const SAID: &str = "said:";

/// Begins the names of what the business says among the addresses.
pub const SIGNED: &str = "signed:";

impl Here {
    /// The same within the server's limits: web addresses only, without fragments, none twice in a row.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.page = self.page.and_then(|page| {
            Some(Page {
                url: bounded_url(&page.url)?,
                title: bounded_title(&page.title),
                context: bounded(&page.context, MAX_CONTEXT_CHARS),
            })
        });
        self.phone = self.phone.map(|phone| bounded(&phone, MAX_PHONE_CHARS));
        self.note = self.note.map(|note| bounded(&note, MAX_NOTE_CHARS));
        let mut trail: Vec<PageVisit> = Vec::new();
        for visit in self.trail {
            let Some(url) = bounded_url(&visit.url) else {
                continue;
            };
            if trail.last().is_none_or(|last| last.url != url) {
                trail.push(PageVisit {
                    url,
                    title: bounded_title(&visit.title),
                    at: visit.at,
                });
            }
        }
        if trail.last().map(|last| &last.url) == self.page.as_ref().map(|page| &page.url) {
            trail.pop();
        }
        let surplus = trail.len().saturating_sub(MAX_TRAIL);
        self.trail = trail.split_off(surplus);
        self
    }

    /// The page, unless the customer took it out; without what it says of itself, if they took that out.
    pub fn shared_page(&self) -> Option<Page> {
        let out = |what: &str| self.unshared.iter().any(|it| it == what);
        let mut page = self.page.clone().filter(|page| !out(&page.url))?;
        if out(SAID) {
            page.context.clear();
        }
        Some(page)
    }

    /// The trail without what the customer took out.
    pub fn shared_trail(&self) -> Vec<PageVisit> {
        self.trail
            .iter()
            .filter(|visit| !self.unshared.contains(&visit.url))
            .cloned()
            .collect()
    }
}

/// A web address without its fragment, and without its query when it is too long with it.
fn bounded_url(url: &str) -> Option<String> {
    let url = url.split_once('#').map_or(url, |(front, _)| front);
    let fits = |text: &str| text.chars().count() <= MAX_URL_CHARS;
    let url = if fits(url) {
        url
    } else {
        url.split_once('?').map_or(url, |(front, _)| front)
    };
    let web = url.starts_with("https://") || url.starts_with("http://");
    (web && fits(url)).then(|| url.to_owned())
}

fn bounded_title(title: &str) -> String {
    bounded(title, MAX_TITLE_CHARS)
}

fn bounded(text: &str, max: usize) -> String {
    text.trim().chars().take(max).collect()
}

/// An address as a person reads it: path and query, or the host for a front page.
pub fn readable(url: &str) -> &str {
    let rest = ["https://", "http://"].iter().find_map(|it| url.strip_prefix(it));
    let rest = rest.unwrap_or(url);
    match rest.split_once('/') {
        Some((host, "")) => host,
        Some((host, _)) => rest.strip_prefix(host).unwrap_or(rest),
        None => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(url: &str) -> PageVisit {
        PageVisit {
            url: url.into(),
            title: String::new(),
            at: None,
        }
    }

    #[test]
    fn addresses_lose_their_fragment_and_stay_within_the_limit() {
        let long = format!("https://shop.example/a?{}", "x".repeat(MAX_URL_CHARS));
        assert_eq!(
            bounded_url("https://shop.example/a#b"),
            Some("https://shop.example/a".into())
        );
        assert_eq!(bounded_url(&long), Some("https://shop.example/a".into()));
        assert_eq!(
            bounded_url(&format!("https://shop.example/{}", "x".repeat(MAX_URL_CHARS))),
            None
        );
        assert_eq!(bounded_url("javascript:alert(1)"), None);
    }

    #[test]
    fn the_trail_is_short_and_does_not_repeat_the_present_page() {
        let mut trail: Vec<_> = (0..20)
            .map(|n| visit(&format!("https://shop.example/{n}")))
            .collect();
        trail.push(visit("https://shop.example/19"));
        trail.push(visit("https://shop.example/now#part"));
        let page = Some(Page {
            url: "https://shop.example/now".into(),
            title: " x ".repeat(100),
            context: "y".repeat(1000),
        });
        let here = Here {
            page,
            trail,
            ..Here::default()
        }
        .bounded();
        assert_eq!(here.trail.len(), MAX_TRAIL);
        assert_eq!(here.trail.last().unwrap().url, "https://shop.example/19");
        let page = here.page.unwrap();
        assert_eq!(page.title.chars().count(), MAX_TITLE_CHARS);
        assert_eq!(page.context.chars().count(), MAX_CONTEXT_CHARS);
    }

    #[test]
    fn what_the_page_says_goes_with_it_unless_taken_out() {
        let mut here = Here {
            page: Some(Page {
                url: "https://shop.example/now".into(),
                title: String::new(),
                context: "cabin 7".into(),
            }),
            ..Here::default()
        };
        assert_eq!(here.shared_page().unwrap().context, "cabin 7");
        here.unshared.push(SAID.into());
        assert_eq!(here.shared_page().unwrap().context, "");
        here.unshared.push("https://shop.example/now".into());
        assert_eq!(here.shared_page(), None);
    }

    #[test]
    fn an_address_is_shown_by_its_path() {
        assert_eq!(
            readable("https://shop.example/cruises/fjords?from=bergen"),
            "/cruises/fjords?from=bergen"
        );
        assert_eq!(readable("https://shop.example/"), "shop.example");
        assert_eq!(readable("https://shop.example"), "shop.example");
    }
}
