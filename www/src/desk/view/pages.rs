//! The page being viewed, and the pages before it.

use super::call::{By, Word, of_call};
use crate::desk::shell::desk;
use crate::when::{self, Say};
use leptos::prelude::*;
use shared::Millis;
use shared::request::PageVisit;

/// An address that may become a link. It came from a shopper's browser: anything but the web's own schemes stays text.
fn link(url: &str) -> Option<&str> {
    let scheme = url.split_once(':')?.0;
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")).then_some(url)
}

/// An address for eyes: without the scheme and the query, which nobody reads.
fn short(url: &str) -> &str {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    bare.split(['?', '#'])
        .next()
        .unwrap_or(bare)
        .trim_end_matches('/')
}

/// Where the customer was when they asked.
#[component]
pub(super) fn Pages() -> impl IntoView {
    let desk = desk();
    let page = of_call(desk, |pop| pop.page.clone());
    let trail = of_call(desk, |pop| pop.trail.clone());
    let asked = of_call(desk, |pop| pop.created_at);
    let nothing = move || page.with(Option::is_none) && trail.with(Vec::is_empty);
    view! {
        <section class="card stack pages" aria-labelledby="pages-title">
            <h2 id="pages-title">"What they looked at"</h2>
            <Show when=nothing>
                <p class="muted">"The customer chose not to share the page."</p>
            </Show>
            <ol id="trail" class="trail">
                {move || trail.get().into_iter().map(visit).collect_view()}
                {move || {
                    page.get()
                        .map(|page| {
                            view! {
                                <li class="now">
                                    <span class="at small num">{when::here(asked.get(), Say::Minute)}</span>
                                    <span class="what">
                                        {anchor("page", &page.url, &page.title)}
                                        {(!page.context.is_empty())
                                            .then(|| {
                                                view! {
                                                    <span class="small muted">
                                                        <By word=Word::Page /> " " <span id="page-says">{page.context.clone()}</span>
                                                    </span>
                                                }
                                            })}
                                        <span class="badge" data-tone="accent">"asked from here"</span>
                                    </span>
                                </li>
                            }
                        })
                }}
            </ol>
        </section>
    }
}

fn visit(visit: PageVisit) -> impl IntoView {
    let at = visit
        .at
        .map(|at: Millis| when::here(at, Say::Minute))
        .unwrap_or_default();
    view! {
        <li>
            <span class="at small num">{at}</span>
            <span class="what">{anchor("", &visit.url, &visit.title)}</span>
        </li>
    }
}

fn anchor(id: &'static str, url: &str, title: &str) -> impl IntoView + use<> {
    let shown = if title.trim().is_empty() {
        short(url).to_owned()
    } else {
        title.to_owned()
    };
    let address = (!title.trim().is_empty()).then(|| short(url).to_owned());
    let id = (!id.is_empty()).then_some(id);
    let named = match link(url) {
        Some(href) => {
            let href = href.to_owned();
            view! { <a id=id href=href target="_blank" rel="noopener noreferrer" dir="auto">{shown}</a> }
                .into_any()
        }
        None => view! { <span id=id dir="auto">{shown}</span> }.into_any(),
    };
    view! {
        {named}
        {address.map(|address| view! { <bdi class="small muted address" dir="ltr">{address}</bdi> })}
    }
}

#[cfg(test)]
mod tests {
    use super::{link, short};

    #[test]
    fn only_the_webs_addresses_become_links() {
        assert!(link("https://shop.example/a").is_some() && link("HTTP://shop.example").is_some());
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "shop.example",
            "",
            " https://x",
            "file:///etc",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_are_shown_short() {
        assert_eq!(
            short("https://shop.example/cruises/?utm=1#x"),
            "shop.example/cruises"
        );
        assert_eq!(short("odd"), "odd");
    }
}
