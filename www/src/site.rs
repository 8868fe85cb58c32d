//! Which business a page is about: named in the page's address, remembered from last time, or asked for.

use crate::browser::{self, Keep};
use leptos::prelude::*;
use shared::SiteId;

const KEY: &str = "ringback.site";
const FIELD: &str = "site";

/// The business that the address names or that was used last.
pub(crate) fn known() -> Option<SiteId> {
    let named = browser::query(FIELD).and_then(|text| SiteId::parse(&text).ok());
    named.or_else(|| SiteId::parse(&browser::recall(Keep::Long, KEY)?).ok())
}

/// Remembers the business, here and in the address.
pub(crate) fn remember(site: &SiteId) {
    browser::remember(Keep::Long, KEY, site.as_str());
    browser::set_query(FIELD, site.as_str());
}

/// What somebody typed as a business, or what is wrong with it.
pub(crate) fn read(text: &str) -> Result<SiteId, &'static str> {
    match text.trim() {
        "" => Err("Enter the business's id."),
        text => SiteId::parse(&text.to_ascii_lowercase())
            .map_err(|_| "An id has only letters, digits, hyphens, underscores and dots."),
    }
}

/// Asks for the business.
#[component]
pub(crate) fn AskSite(
    /// What the page is called.
    title: &'static str,
    /// What is wrong with the business named before.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// Takes the answer.
    found: impl Fn(SiteId) + 'static,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<String>);
    let error = move || wrong.get().or_else(|| problem.get());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match read(&typed.get()) {
            Ok(site) => found(site),
            Err(words) => wrong.set(Some(words.into())),
        }
    };
    view! {
        <form id="ask-site" class="card stack ask" on:submit=submit novalidate>
            <h1>{title}</h1>
            <p class="muted">"Which business is this for? Its id is in the script tag of its pages."</p>
            <div class="field">
                <label for="site">"Business"</label>
                <input
                    id="site"
                    name="site"
                    autocomplete="organization"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="meridian"
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        wrong.set(None);
                    }
                    aria-describedby="site-error"
                    aria-invalid=move || error().is_some().then_some("true")
                />
                <p id="site-error" class="error" role="alert">{error}</p>
            </div>
            <button id="site-go" class="button primary block">"Continue"</button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_id_is_read_as_people_type_it() {
        assert_eq!(
            read(" Meridian ").map(|site| site.to_string()),
            Ok("meridian".into())
        );
        assert!(read("  ").is_err_and(|words| words.contains("Enter")));
        assert!(read("a b").is_err());
    }
}
