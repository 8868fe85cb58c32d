//! What a page tells of itself, as parameters of an address.

use crate::answer::Stop;
use shared::limit::{MAX_FACT_CHARS, MAX_ID_CHARS, MAX_PRODUCT_TYPES, MAX_READS, MAX_URL_CHARS};
use shared::problem::{Problem, ProblemKind};
use shared::rule::{Named, PageFacts};
use worker::Url;

/// Parameters of a page's address and facts; more is nonsense.
const MAX_PARAMETERS: usize = 3 * MAX_READS + MAX_PRODUCT_TYPES + 2;

/// The page that the parameters describe; `None` when they name none. Parameters of other names mean nothing.
pub(super) fn asked(url: &Url) -> Result<Option<PageFacts>, Stop> {
    let (mut page, mut query) = (PageFacts::default(), None);
    for (nth, (name, value)) in url.query_pairs().enumerate() {
        if nth >= MAX_PARAMETERS {
            return Err(wrong(&name, "too_many", "There are too many parameters."));
        }
        match name.split_once('.').unwrap_or((&name, "")) {
            ("url", "") => {
                let told = address(&within(&name, &value, MAX_URL_CHARS)?);
                page.url =
                    told.ok_or_else(|| wrong(&name, "invalid", "This must be the address of a page."))?;
            }
            ("query", "") => query = Some(within(&name, &value, MAX_URL_CHARS)?),
            ("type", "") if page.product_type.len() < MAX_PRODUCT_TYPES => {
                page.product_type.push(within(&name, &value, MAX_FACT_CHARS)?);
            }
            ("type", "") => return Err(wrong(&name, "too_many", "There may be ten at the most.")),
            ("meta", of) => keep(&mut page.meta, of, &name, &value)?,
            ("data", of) => keep(&mut page.data, of, &name, &value)?,
            ("cookie", of) => keep(&mut page.cookie, of, &name, &value)?,
            _ => {}
        }
    }
    if let Some(query) = query.filter(|_| !page.url.contains('?')) {
        page.url = format!("{}?{query}", page.url);
    }
    Ok(Some(page).filter(|page| !page.url.is_empty()))
}

fn keep(texts: &mut Named, of: &str, name: &str, value: &str) -> Result<(), Stop> {
    if of.is_empty() {
        return Err(wrong(name, "invalid", "This needs a name, as in cookie.tier."));
    }
    if of.chars().count() > MAX_ID_CHARS {
        return Err(wrong(name, "too_long", "The name is too long."));
    }
    texts.insert(of.to_owned(), within(name, value, MAX_FACT_CHARS)?);
    Ok(())
}

fn within(name: &str, value: &str, most: usize) -> Result<String, Stop> {
    if value.chars().count() > most {
        let message = format!("This may have {most} characters at the most.");
        return Err(wrong(name, "too_long", &message));
    }
    Ok(value.to_owned())
}

fn wrong(field: &str, code: &str, message: &str) -> Stop {
    let detail = format!("{field}: {message}");
    Problem::new(ProblemKind::InvalidQuery, detail)
        .at(field, code)
        .into()
}

/// The address of a page as a browser writes it, without its fragment.
pub(crate) fn address(text: &str) -> Option<String> {
    let mut url = Url::parse(text).ok()?;
    url.set_fragment(None);
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Option<PageFacts>, (String, u16)> {
        let url = Url::parse(&format!("https://edge.example/v1/sites/meridian?{query}")).unwrap();
        asked(&url).map_err(|stop| match stop {
            Stop::Refused(problem) => (problem.errors[0].field.clone(), problem.status),
            Stop::Failed(error) => (error.to_string(), 500),
        })
    }

    #[test]
    fn the_parameters_describe_a_page() {
        assert_eq!(read("").unwrap(), None);
        assert_eq!(read("type=Product&utm=1").unwrap(), None, "facts of no page");
        let page = "url=HTTPS://Shop.example/a%23b&query=x%3D1&type=Product&type=Cruise&meta.og:type=a&data.page=b&cookie.tier=gold";
        let page = read(page).unwrap().unwrap();
        assert_eq!(page.url, "https://shop.example/a?x=1");
        assert_eq!(page.product_type, ["Product", "Cruise"]);
        assert_eq!(page.meta["og:type"], "a");
        assert_eq!(page.data["page"], "b");
        assert_eq!(page.cookie["tier"], "gold");
    }

    #[test]
    fn what_is_too_much_or_nonsense_is_refused_by_its_name() {
        let long = "x".repeat(201);
        let many = |text: &str, times: usize| vec![text; times].join("&");
        for (query, field) in [
            ("url=nonsense".to_owned(), "url"),
            ("url=javascript:alert(1)".to_owned(), "url"),
            (format!("url=https://shop.example/{}", "x".repeat(2000)), "url"),
            (format!("cookie.tier={long}"), "cookie.tier"),
            (
                format!("meta.{}=a", "x".repeat(65)),
                &format!("meta.{}", "x".repeat(65)),
            ),
            ("cookie=gold".to_owned(), "cookie"),
            ("data.=gold".to_owned(), "data."),
            (many("type=a", 11), "type"),
            (many("utm=a", 73), "utm"),
        ] {
            assert_eq!(read(&query).unwrap_err(), (field.to_owned(), 400), "{query}");
        }
        assert!(read(&format!("utm={long}")).unwrap().is_none());
    }
}
